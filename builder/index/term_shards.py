"""Posting lists and directory of the static index.

    shard      [names, lists one after the other as symbols]
    names      two texts: a line for each first character with the second characters of its
               pairs; the other terms, one a line. The lists of the pairs come first
    list       number: twice the cases in the head, and 1 where the list is cut; of a cut
               list level (1 symbol), highest impact (1), tail (number: 0 for one that is
               not kept, else its file's number and 1); gaps between case numbers (numbers,
               the first counted from 0), impacts (1 symbol each)
    tail       [cases (number), gaps, impacts, as in a list]
    directory  names; levels; highest impacts in tens: one symbol a term each

A shard holds a range of terms in code point order; the manifest has the first of each. Of
a whole list the browser works out level and highest impact itself: most terms are in a
case or two, and would be mostly header. How numbers are written: `symbols.py`. Single
characters keep no tail: they never choose a case where a query has better, and their
tails would be a fifth of the index.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from builder.index.directory import Directory, rows_of, step_of
from builder.index.impacts import Impacts
from builder.index.ranking import HEAD_LENGTH, longest_head
from builder.index.symbols import ALPHABET, number, numbers, symbols
from builder.text.analyzer import is_single

SHARD_SIZE: Final = 2_500  # symbols and characters of terms
_NOT_KEPT: Final = 0  # a tail without a file


class TermShards:
    """The shards and tails of all terms; take the shards first, they number the tails."""

    def __init__(self, impacts: Impacts, head_length: int = HEAD_LENGTH) -> None:
        self._impacts = impacts
        self._head_length = head_length
        self._tail_rows: list[int] = []
        self.first_terms: list[str] = []

    def shards(self) -> Iterator[list[str]]:
        """Yield the payload of each shard."""
        impacts = self._impacts
        terms: list[str] = []
        lists: list[str] = []
        size = 0
        for row, written in enumerate(self._lists()):
            term = impacts.terms[row]
            grown = size + len(term) + len(written)
            if terms and grown > SHARD_SIZE:
                yield self._shard(terms, lists)
                terms, lists, size = [], [], 0
            terms.append(term)
            lists.append(written)
            size += len(term) + len(written)
        if terms:
            yield self._shard(terms, lists)

    def tails(self) -> Iterator[str]:
        """Yield the payload of each tail."""
        for row in self._tail_rows:
            _, tail = self._impacts.cut(row, self._head_length)
            yield number(len(tail)) + self._part(tail)

    def _shard(self, terms: list[str], lists: list[str]) -> list[str]:
        self.first_terms.append(terms[0])
        order, names = _named(terms)
        return [*names, "".join(lists[at] for at in order)]

    def _lists(self) -> Iterator[str]:
        """Yield the list of each term."""
        impacts = self._impacts
        starts = impacts.offsets[:-1]
        gaps = impacts.case_nos.astype(np.int64)
        gaps[1:] -= impacts.case_nos[:-1]
        gaps[starts] = impacts.case_nos[starts]
        written, ends = numbers(gaps)
        bounds = np.concatenate(([0], ends))[impacts.offsets].tolist()
        gap_text = written.decode()
        impact_text = symbols(impacts.impacts).decode()
        offsets = impacts.offsets.tolist()
        for row, term in enumerate(impacts.terms):
            start, end = offsets[row], offsets[row + 1]
            longest = longest_head(term, self._head_length)
            if end - start <= longest:
                body = gap_text[bounds[row] : bounds[row + 1]] + impact_text[start:end]
                yield number(2 * (end - start)) + body
            else:
                best, _ = impacts.cut(row, longest)
                head = number(2 * longest + 1) + ALPHABET[int(impacts.levels[row])]
                head += ALPHABET[int(impacts.highest[row])] + number(self._tail_number(row))
                yield head + self._part(best)

    def _tail_number(self, row: int) -> int:
        if is_single(self._impacts.terms[row]):
            return _NOT_KEPT
        self._tail_rows.append(row)
        return len(self._tail_rows) + _NOT_KEPT

    def _part(self, places: NDArray[np.int64]) -> str:
        """Return gaps and impacts of some of the postings, which ascend."""
        case_nos = self._impacts.case_nos[places]
        gaps = np.diff(case_nos, prepend=0)
        return (numbers(gaps)[0] + symbols(self._impacts.impacts[places])).decode()


def directory_payload(impacts: Impacts, held: Directory) -> list[str]:
    """Return the payload of the directory."""
    rows = rows_of(impacts, held)
    order, names = _named([impacts.terms[row] for row in rows.tolist()])
    rows = rows[order]
    steps = np.array([step_of(highest) for highest in impacts.highest[rows].tolist()], np.uint8)
    return [*names, symbols(impacts.levels[rows]).decode(), symbols(steps).decode()]


def _named(terms: Sequence[str]) -> tuple[list[int], list[str]]:
    """Return terms as two texts, and which of them comes where in these."""
    pairs = [at for at, term in enumerate(terms) if len(term) == 2]
    others = [at for at, term in enumerate(terms) if len(term) != 2]
    lines: list[str] = []
    for at in pairs:
        term = terms[at]
        if lines and lines[-1][0] == term[0]:
            lines[-1] += term[1]
        else:
            lines.append(term)
    return [*pairs, *others], ["\n".join(lines), "\n".join(terms[at] for at in others)]
