"""Is a count of the newest weeks more than its own history explains?

The expected count of a series is its share of all other tickets in the weeks before, times
the other tickets of the week looked at, so that a holiday or a busy month moves both. Past
rises weigh less. The count is held against a negative binomial distribution with that
expectation; its variance is what the history shows, and what is uncertain in the
expectation itself.

Source: Farrington et al., "A statistical algorithm for the early detection of outbreaks of
    infectious disease", JRSS A 159 (1996); weights and quantiles as in Noufaily et al., "An
    improved algorithm for outbreak detection in multiple surveillance systems", Statistics
    in Medicine 32 (2013). How often it is right: `docs/engineer/signals.md`.
"""

import math
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Numbers: TypeAlias = npt.NDArray[np.float64]

NEWEST: Final = 2  # weeks that are looked at: the newest alone, and both together
FEWEST_WEEKS: Final = 12  # of history before them
MOST_WEEKS: Final = 26
_OUTLIER: Final = 2.58  # standard deviations from which a past week weighs less
_ROUNDS: Final = 3
_LARGE: Final = 2.0  # tickets a week from which a series tells how far counts stray
_COMMON_WEIGHT: Final = 25.0  # weeks that the common dispersion counts as, beside the own
_LEAST_EXPECTED: Final = 0.1  # tickets a week; of a series never seen before
_TAIL_TERMS: Final = 2_000
_NEGLIGIBLE: Final = 1e-14


@dataclass(frozen=True, slots=True)
class Judged:
    """How likely the newest counts are, a row a series.

    Attributes:
        expected: tickets expected in the newest week and in both, shape (series, 2).
        variance: of the counts, same shape.
        chance: probability of so many tickets or more in either window where nothing has
            changed, corrected for looking twice; shape (series,).
    """

    expected: Numbers
    variance: Numbers
    chance: Numbers


def judge(counts: npt.ArrayLike, totals: npt.ArrayLike) -> Judged:
    """Return how the newest counts of series stand to their own history.

    Args:
        counts: tickets a week, shape (series, weeks), the newest week first.
        totals: of all tickets a week, shape (weeks,).

    Raises:
        ValueError: fewer weeks than `NEWEST + FEWEST_WEEKS`.
    """
    y = np.atleast_2d(np.asarray(counts, dtype=np.float64))
    others = np.maximum(np.asarray(totals, dtype=np.float64)[None, :] - y, 1.0)
    if y.shape[1] < NEWEST + FEWEST_WEEKS:
        raise ValueError("too short a history")
    past, past_others = y[:, NEWEST:], others[:, NEWEST:]
    weights = np.ones_like(past)
    for turn in range(_ROUNDS):
        seen = (weights * past).sum(axis=1)
        odds = np.maximum(seen, _LEAST_EXPECTED) / (weights * past_others).sum(axis=1)
        fitted = np.maximum(odds[:, None] * past_others, _LEAST_EXPECTED / 10)
        freedom = np.maximum(weights.sum(axis=1) - 1, 1.0)
        spread = (weights * (past - fitted) ** 2 / fitted).sum(axis=1) / freedom
        common = _common(spread, freedom, fitted.mean(axis=1))
        spread = (freedom * spread + _COMMON_WEIGHT * common) / (freedom + _COMMON_WEIGHT)
        spread = np.maximum(spread, 1.0)
        # Anscombe residuals
        far = 1.5 * (past ** (2 / 3) - fitted ** (2 / 3)) / fitted ** (1 / 6)
        # a past rise widens its own series' spread, so it is first held to the common one
        far = far / np.sqrt(spread if turn else common)[:, None]
        weights = np.where(far > _OUTLIER, (_OUTLIER / np.maximum(far, _OUTLIER)) ** 2, 1.0)
    windows = (y[:, :1], y[:, :NEWEST].sum(axis=1, keepdims=True))
    bases = (others[:, :1], others[:, :NEWEST].sum(axis=1, keepdims=True))
    found = np.concatenate(windows, axis=1)
    base = np.concatenate(bases, axis=1)
    expected = np.maximum(odds[:, None] * base, _LEAST_EXPECTED)
    unsure = expected**2 / np.maximum(seen, 1.0)[:, None] + expected**2 / base
    variance = spread[:, None] * expected + unsure
    chance = np.minimum(1.0, NEWEST * tail(found, expected, variance).min(axis=1))
    return Judged(expected, variance, chance)


def _common(spread: Numbers, freedom: Numbers, mean: Numbers) -> Numbers:
    """Return the dispersion of all larger series, for each: half a year of one tells little."""
    large = mean >= _LARGE
    shared = float(np.average(spread[large], weights=freedom[large])) if large.any() else 1.0
    return np.full_like(spread, max(shared, 1.0))


def tail(found: npt.ArrayLike, expected: npt.ArrayLike, variance: npt.ArrayLike) -> Numbers:
    """Return the probability of `found` or more, element by element.

    A negative binomial distribution by its mean and variance; where the variance is not
    over the mean, Poisson. Terms are added from `found` upwards.
    """
    k = np.atleast_1d(np.asarray(found, dtype=np.float64))
    mean = np.broadcast_to(np.asarray(expected, dtype=np.float64), k.shape)
    wide = np.broadcast_to(np.asarray(variance, dtype=np.float64), k.shape)
    over = np.maximum(wide - mean, mean * 1e-6)
    size = mean**2 / over  # of the negative binomial; very large: Poisson
    share = over / (mean + over)
    first = np.exp(
        _log_gamma(k + size)
        - _log_gamma(size)
        - _log_gamma(k + 1)
        + size * np.log1p(-share)
        + k * np.log(share)
    )
    total, term, at = first.copy(), first, k
    for _ in range(_TAIL_TERMS):
        term = term * share * (at + size) / (at + 1)
        at = at + 1
        total += term
        # beyond the mean terms only fall
        if np.all((at > mean) & (term <= total * _NEGLIGIBLE)):
            break
    return np.where(k <= 0, 1.0, np.minimum(total, 1.0))


def limit(expected: float, variance: float, chance: float) -> int:
    """Return the smallest count whose probability is not over `chance`."""
    count = max(int(expected), 1)
    while float(tail(count, expected, variance)[0]) > chance:
        count += 1
    return count


def standing_out(chances: Numbers, others: int, alarms: float) -> npt.NDArray[np.bool_]:
    """Return which of many series stand out, corrected for all that might have.

    Args:
        chances: as `judge` gives them.
        others: series that were not looked at, since they have too few tickets to stand out.
        alarms: how often a week one false alarm may happen, over all series together.

    Source: Holm, "A simple sequentially rejective multiple test procedure", 1979.
    """
    order = np.argsort(chances, kind="stable")
    left = others + len(chances) - np.arange(len(chances))
    passes = chances[order] * left <= alarms
    count = len(passes) if passes.all() else int(np.argmin(passes))
    chosen = np.zeros(len(chances), dtype=np.bool_)
    chosen[order[:count]] = True
    return chosen


_gamma = np.vectorize(math.lgamma, otypes=[np.float64])


def _log_gamma(values: Numbers) -> Numbers:
    return np.asarray(_gamma(values), dtype=np.float64)
