"""The most alike cases of every case, all at once.

Each case becomes a query of its own best terms (weight x impact squared); the posting
lists of common terms are cut to their best, as for any query. Everything is a whole
number, so the same impacts give the same neighbours.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from builder.index.comparable import NEIGHBOURS
from builder.index.impacts import Impacts
from builder.index.ranking import HEAD_LENGTH
from builder.text.analyzer import is_single

TERMS_PER_CASE: Final = 32
_KEY_BITS: Final = 63
_CHUNK: Final = 1 << 20  # postings looked at in one go


def neighbours(impacts: Impacts, count: int = NEIGHBOURS) -> list[list[int]]:
    """Return for each case, in case number order, the numbers of its `count` most alike others.

    Best first; fewer where fewer share one of its best terms; the lower case number wins a
    tie.
    """
    starts, best = _best_postings_by_case(impacts)
    rows = np.searchsorted(impacts.offsets, best, side="right") - 1
    factors = impacts.weights[rows].astype(np.int64) * impacts.impacts[best]
    heads = {
        row: impacts.cut(row, HEAD_LENGTH)[0]
        for row in np.unique(rows).tolist()
        if impacts.offsets[row + 1] - impacts.offsets[row] > HEAD_LENGTH
    }
    found = []
    for case_no in range(impacts.case_count):
        part = slice(int(starts[case_no]), int(starts[case_no + 1]))
        found.append(_nearest(impacts, heads, case_no, rows[part], factors[part], count))
    return found


def _best_postings_by_case(impacts: Impacts) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the best postings of each case, as positions in `impacts.case_nos`.

    Those of case i are positions[starts[i]:starts[i + 1]], best first. Terms that only
    one case has and single characters are left out.
    """
    frequencies = impacts.frequencies
    eligible = frequencies > 1
    eligible[[is_single(term) for term in impacts.terms]] = False
    weights = np.repeat(np.where(eligible, impacts.weights, 0), frequencies)
    # One sort of whole numbers: case, then value falling, then position.
    highest = int(weights.max(initial=0)) * int(impacts.impacts.max(initial=0)) ** 2
    place_bits = len(weights).bit_length()
    value_bits = highest.bit_length()
    spare = _KEY_BITS - place_bits - impacts.case_count.bit_length()
    dropped = max(0, value_bits - spare)  # fine detail, in libraries past 12,000
    keys = np.empty(int(np.count_nonzero(weights)), np.int64)
    filled = 0
    for start in range(0, len(weights), _CHUNK):
        places = start + np.flatnonzero(weights[start : start + _CHUNK])
        values = weights[places] * impacts.impacts[places].astype(np.int64) ** 2
        key = impacts.case_nos[places].astype(np.int64) << (value_bits - dropped)
        key |= (highest - values) >> dropped
        keys[filled : filled + len(places)] = (key << place_bits) | places
        filled += len(places)
    keys.sort()
    case_bounds = np.arange(impacts.case_count + 1) << (value_bits - dropped + place_bits)
    bounds = np.searchsorted(keys, case_bounds)
    kept = np.minimum(np.diff(bounds), TERMS_PER_CASE)
    starts = np.concatenate(([0], np.cumsum(kept)))
    picked = np.repeat(bounds[:-1] - starts[:-1], kept) + np.arange(starts[-1])
    return starts, keys[picked] & ((1 << place_bits) - 1)


def _nearest(
    impacts: Impacts,
    heads: dict[int, NDArray[np.int64]],
    case_no: int,
    rows: NDArray[np.int64],
    factors: NDArray[np.int64],
    count: int,
) -> list[int]:
    """Return the best others of one case whose best terms are `rows`."""
    if not len(rows):
        return []
    places: list[NDArray[np.int64] | slice] = [
        heads[row] if row in heads else slice(*impacts.offsets[row : row + 2].tolist())
        for row in rows.tolist()
    ]
    lists = [impacts.case_nos[place] for place in places]
    others = np.concatenate(lists)
    term_nos = np.repeat(np.arange(len(rows)), [len(cases) for cases in lists])
    gains = factors[term_nos] * np.concatenate([impacts.impacts[place] for place in places])
    # Sums of whole numbers far below 2**53: exact as floats.
    scores = np.bincount(others, gains, impacts.case_count).astype(np.int64)
    scores[case_no] = 0
    return _highest(scores, count)


def _highest(scores: NDArray[np.int64], count: int) -> list[int]:
    """Return the places of the highest positive scores, highest first, then lower place."""
    places = np.flatnonzero(scores)
    if len(places) > count:
        least = np.partition(scores[places], len(places) - count)[len(places) - count]
        places = places[scores[places] >= least]
    order = np.argsort(-scores[places], kind="stable")
    best: list[int] = places[order[:count]].tolist()
    return best
