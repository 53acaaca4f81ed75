"""Posting lists and directory of the static index.

    shard      [terms, one a line; their lists one after the other as symbols]
    list       level (1 symbol), highest impact (1), cases in the head (number), tail
               (number: 0 for none, 1 for one that is not kept, else its file's number and
               2), gaps between case numbers (numbers, the first counted from 0), impacts
               (1 symbol each)
    tail       [cases (number), gaps, impacts, as in a list]
    directory  [pairs: a line for each first character with all second ones; other terms,
               one a line; levels; highest impacts in tens: one symbol a term each]

Terms are in code point order; the directory has the pairs first, then the others. How
numbers are written: `symbols.py`. Single characters keep no tail: they never choose a
case where a query has better, and their tails would be a fifth of the index.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from builder.index.directory import Directory, rows_of, step_of
from builder.index.impacts import Impacts
from builder.index.ranking import HEAD_LENGTH, longest_head
from builder.index.symbols import ALPHABET, number, numbers, symbols
from builder.text.analyzer import is_single

SHARD_SIZE: Final = 2_500  # symbols and characters of terms
_NOT_KEPT: Final = 1  # a tail without a file


class TermShards:
    """The shards and tails of all terms; take the shards first, they number the tails."""

    def __init__(self, impacts: Impacts, head_length: int = HEAD_LENGTH) -> None:
        self._impacts = impacts
        self._head_length = head_length
        self._tail_rows: list[int] = []
        self.first_terms: list[str] = []

    def shards(self) -> Iterator[tuple[str, str]]:
        """Yield the payload of each shard."""
        impacts = self._impacts
        terms: list[str] = []
        lists: list[str] = []
        size = 0
        for row, written in enumerate(self._lists()):
            term = impacts.terms[row]
            grown = size + len(term) + 1 + len(written)
            if terms and grown > SHARD_SIZE:
                yield self._shard(terms, lists)
                terms, lists, size = [], [], 0
            terms.append(term)
            lists.append(written)
            size += len(term) + 1 + len(written)
        if terms:
            yield self._shard(terms, lists)

    def tails(self) -> Iterator[str]:
        """Yield the payload of each tail."""
        for row in self._tail_rows:
            _, tail = self._impacts.cut(row, self._head_length)
            yield number(len(tail)) + self._part(tail)

    def _shard(self, terms: list[str], lists: list[str]) -> tuple[str, str]:
        self.first_terms.append(terms[0])
        return "\n".join(terms), "".join(lists)

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
        levels, highest = impacts.levels.tolist(), impacts.highest.tolist()
        for row in range(len(impacts.terms)):
            start, end = offsets[row], offsets[row + 1]
            head = ALPHABET[levels[row]] + ALPHABET[highest[row]]
            longest = longest_head(impacts.terms[row], self._head_length)
            if end - start <= longest:
                body = gap_text[bounds[row] : bounds[row + 1]] + impact_text[start:end]
                yield f"{head}{number(end - start)}{ALPHABET[0]}{body}"
            else:
                best, _ = impacts.cut(row, longest)
                tail = number(self._tail_number(row))
                yield f"{head}{number(longest)}{tail}{self._part(best)}"

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
    pairs: list[int] = []
    others: list[int] = []
    for row in rows_of(impacts, held).tolist():
        (pairs if len(impacts.terms[row]) == 2 else others).append(row)
    lines: list[str] = []
    for row in pairs:
        term = impacts.terms[row]
        if lines and lines[-1][0] == term[0]:
            lines[-1] += term[1]
        else:
            lines.append(term)
    rows = [*pairs, *others]
    steps = np.array([step_of(highest) for highest in impacts.highest[rows].tolist()], np.uint8)
    return [
        "\n".join(lines),
        "\n".join(impacts.terms[row] for row in others),
        symbols(impacts.levels[rows]).decode(),
        symbols(steps).decode(),
    ]
