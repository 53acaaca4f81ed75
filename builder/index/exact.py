"""Score a case exactly, from its own counts: the second look at what cut lists found.

Pure and without numpy, because the command line is started for one search. The same sums
as `impacts.py`, in the same order; the twin in the browser is
`builder/site/client/exact.js`, checked by `tests/golden/exact.json`.
"""

from collections.abc import Mapping, Sequence

from builder.index.ranking import HIGHEST_IMPACT
from builder.text.fields import FIELDS, HIGHEST_COUNT, K1


def impact(counts: Sequence[int], lengths: Sequence[int], averages: Sequence[float]) -> int:
    """Return the impact of a term in a case, 1..90, or 0 where the case lacks it.

    Args:
        counts: how often it stands in each field, in the order of `FIELDS`.
        lengths: terms in each field of the case.
        averages: mean length of each field over all cases.

    Source: BM25F, see `impacts.py`.
    """
    if not any(counts):
        return 0
    frequency = 0.0
    for field, count, length, average in zip(FIELDS, counts, lengths, averages, strict=True):
        if length:
            norm = 1 - field.length_share + field.length_share * (length / average)
            frequency += field.weight * min(count, HIGHEST_COUNT) / norm
    saturated = frequency / (K1 + frequency)
    return min(max(round(HIGHEST_IMPACT * saturated), 1), HIGHEST_IMPACT)


def exact_score(
    weights: Mapping[str, int],
    counts: Sequence[Mapping[str, int]],
    lengths: Sequence[int],
    averages: Sequence[float],
) -> int:
    """Return the sum of weight times impact over the terms of a query.

    Args:
        weights: term -> its whole-number weight.
        counts: of each field: term -> how often it stands there.
        lengths, averages: as for `impact`.
    """
    return sum(
        weight * impact([field.get(term, 0) for field in counts], lengths, averages)
        for term, weight in weights.items()
    )
