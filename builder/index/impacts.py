"""Impacts: how much a term says about a case, as whole numbers 1..90.

An impact is the saturated BM25F frequency of a term in a case, before idf, on 90 steps
(one symbol of a shard). The idf becomes a whole-number weight of the term, see
`frequency_levels.py`. Both are fixed at build time, so every searcher adds up the same
whole numbers.

Source: Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted
fields", CIKM 2004.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from builder.index.frequency_levels import frequency_floor, frequency_level, level_weight
from builder.index.ranking import HIGHEST_IMPACT, Posting
from builder.text.fields import FIELDS, K1, FieldCounts


@dataclass(frozen=True, eq=False)
class Impacts:
    """The posting lists of all terms, one after the other in a few arrays.

    Attributes:
        case_count: number of cases, with or without terms.
        field_totals: lengths of each field summed over the cases, in the order of
            `FIELDS`; divided by `case_count` they are the average lengths.
        terms: in code point order.
        offsets: int64, one more than terms: the list of term i is offsets[i]:offsets[i+1].
        case_nos: int32, ascending within a list.
        impacts: uint8, 1..90, beside `case_nos`.
        levels: uint8, one a term: how many cases have it, as `frequency_level` gives it.
        weights: int32, one a term: 256 times its idf, at least 1.
        highest: uint8, one a term: its highest impact.
        field_lengths: int32, a row a case: terms in each field, in the order of `FIELDS`.
    """

    case_count: int
    field_totals: tuple[int, ...]
    terms: Sequence[str]
    offsets: NDArray[np.int64]
    case_nos: NDArray[np.int32]
    impacts: NDArray[np.uint8]
    levels: NDArray[np.uint8]
    weights: NDArray[np.int32]
    highest: NDArray[np.uint8]
    field_lengths: NDArray[np.int32]

    @property
    def frequencies(self) -> NDArray[np.int64]:
        """Return the number of cases that have each term."""
        return np.diff(self.offsets)

    def row(self, term: str) -> int | None:
        """Return the position of a term in `terms`, or None."""
        at = bisect_left(self.terms, term)
        return at if at < len(self.terms) and self.terms[at] == term else None

    def weight(self, term: str) -> int:
        """Return the weight of a term, 0 where no case has it."""
        row = self.row(term)
        return 0 if row is None else int(self.weights[row])

    def highest_impact(self, term: str) -> int:
        """Return the highest impact of a term, 0 where no case has it."""
        row = self.row(term)
        return 0 if row is None else int(self.highest[row])

    def postings(self, term: str) -> list[Posting]:
        """Return the posting list of a term by ascending case number."""
        row = self.row(term)
        if row is None:
            return []
        part = slice(int(self.offsets[row]), int(self.offsets[row + 1]))
        pairs = zip(self.case_nos[part].tolist(), self.impacts[part].tolist(), strict=True)
        return [Posting(*pair) for pair in pairs]

    def cut(self, row: int, limit: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return where the best postings of a term stand in `case_nos`, and the others.

        At most `limit` are best: the highest impacts, the lower case number on a tie.
        Both parts ascend.
        """
        start, end = int(self.offsets[row]), int(self.offsets[row + 1])
        order = np.argsort(-self.impacts[start:end].astype(np.int16), kind="stable")
        return start + np.sort(order[:limit]), start + np.sort(order[limit:])


def compute_impacts(cases: Sequence[FieldCounts]) -> Impacts:
    """Return the impacts of all cases; their order is their case number.

    The cases are gone through twice, one at a time, so that they may be read from a
    cache as they are needed.
    """
    terms, rows_by_case = _number_terms(cases)
    frequencies = np.zeros(len(terms), np.int64)
    for rows in rows_by_case:
        frequencies[rows] += 1  # a case has a term once
    offsets = np.concatenate(([0], np.cumsum(frequencies)))
    totals = tuple(sum(case.lengths[at] for case in cases) for at in range(len(FIELDS)))
    case_nos = np.empty(int(offsets[-1]), np.int32)
    impacts = np.empty(len(case_nos), np.uint8)
    free = offsets[:-1].copy()
    for case_no, (case, rows) in enumerate(zip(cases, rows_by_case, strict=True)):
        places = free[rows]
        case_nos[places] = case_no
        impacts[places] = _case_impacts(case, totals, len(cases))
        free[rows] += 1
    floor = frequency_floor(len(cases))
    level_of = {
        frequency: frequency_level(frequency, floor)
        for frequency in np.unique(frequencies).tolist()
    }
    levels = np.array([level_of[frequency] for frequency in frequencies.tolist()], np.uint8)
    weight_of = np.array(
        [level_weight(len(cases), level) for level in range(int(levels.max(initial=0)) + 1)],
        np.int32,
    )
    return Impacts(
        case_count=len(cases),
        field_totals=totals,
        terms=terms,
        offsets=offsets,
        case_nos=case_nos,
        impacts=impacts,
        levels=levels,
        weights=weight_of[levels],
        highest=np.maximum.reduceat(impacts, offsets[:-1]) if terms else impacts,
        field_lengths=np.array([case.lengths for case in cases], np.int32).reshape(
            len(cases), len(FIELDS)
        ),
    )


class _Numbering(dict[str, int]):
    """Numbers terms as they first appear."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


def _number_terms(cases: Sequence[FieldCounts]) -> tuple[list[str], list[NDArray[np.int32]]]:
    """Return all terms in code point order, and for each case the rows of its terms."""
    numbering = _Numbering()
    numbers = [
        np.fromiter(map(numbering.__getitem__, case.terms()), np.int32, case.term_count)
        for case in cases
    ]
    terms = sorted(numbering)
    row_of = np.empty(len(terms), np.int32)
    row_of[[numbering[term] for term in terms]] = np.arange(len(terms), dtype=np.int32)
    return terms, [row_of[case_numbers] for case_numbers in numbers]


def _case_impacts(case: FieldCounts, totals: Sequence[int], case_count: int) -> NDArray[np.uint8]:
    """Return the impact of each term of a case, in the order of `case.terms()`.

    Field by field and in this order of operations, so that another language which does
    the same in double precision gets the same numbers.
    """
    counts = np.frombuffer(case.counts, np.uint8).reshape(len(FIELDS), case.term_count)
    frequency = np.zeros(case.term_count)
    for field, row, length, total in zip(FIELDS, counts, case.lengths, totals, strict=True):
        if length:
            relative = length / (total / case_count)
            norm = 1 - field.length_share + field.length_share * relative
            frequency += field.weight * row / norm
    saturated = frequency / (K1 + frequency)
    return np.clip(np.rint(HIGHEST_IMPACT * saturated), 1, HIGHEST_IMPACT).astype(np.uint8)
