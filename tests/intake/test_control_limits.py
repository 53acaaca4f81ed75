"""Control limits: the right probabilities, and quiet on what is no rise."""

from math import comb, exp, factorial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.intake.control_limits import (
    FEWEST_WEEKS,
    NEWEST,
    judge,
    limit,
    standing_out,
    tail,
)

WEEKS = NEWEST + 24


def series(newest, usual=6, weeks=WEEKS):
    """Return counts of one series: the newest weeks, and about `usual` before."""
    return [*newest, *(usual + (1, -1, 0, 2, -2)[at % 5] for at in range(weeks - len(newest)))]


def chance(counts, totals=None):
    return float(judge([counts], totals or [200] * len(counts)).chance[0])


def test_tails_are_those_of_the_distributions():
    for found, mean in ((3, 1.5), (10, 6.0), (25, 6.0), (60, 40.0)):
        below = sum(exp(-mean) * mean**k / factorial(k) for k in range(found))
        assert tail(found, mean, mean)[0] == pytest.approx(1 - below, rel=1e-4, abs=1e-12)
    # negative binomial: size 4, success 0.4, so mean 6 and variance 15
    below = sum(comb(k + 3, k) * 0.4**4 * 0.6**k for k in range(20))
    assert tail(20, 6.0, 15.0)[0] == pytest.approx(1 - below, rel=1e-6)
    assert tail(0, 5.0, 9.0)[0] == 1.0


@given(st.integers(1, 200), st.floats(0.1, 100), st.floats(1, 5))
def test_a_tail_is_a_probability_and_falls(found, mean, spread):
    one, more = tail([found, found + 1], [mean] * 2, [mean * spread] * 2)
    assert 0 <= more <= one + 1e-5
    assert one <= 1
    edge = limit(mean, mean * spread, 0.01)
    assert tail(edge, mean, mean * spread)[0] <= 0.01
    assert edge == 1 or tail(edge - 1, mean, mean * spread)[0] > 0.01


def test_three_times_the_usual_is_unlikely_and_the_usual_is_not():
    assert chance(series([18, 17])) < 1e-5
    assert chance(series([18, 6])) < 1e-3
    assert chance(series([6, 7])) > 0.2
    assert chance(series([9, 5])) > 0.05


def test_a_week_in_which_everything_rises_is_no_rise():
    counts = series([18, 18])
    assert chance(counts, [600, 600, *[200] * (WEEKS - 2)]) > 0.1


def test_a_past_rise_does_not_hide_a_new_one():
    counts = series([18, 17])
    counts[10:13] = [20, 22, 19]
    rows = [counts, *(series([6, 6 + at % 3]) for at in range(20))]
    chances = judge(rows, [200] * WEEKS).chance
    assert chances[0] < 1e-3  # of 170 single series the limit is as strict
    assert min(chances[1:]) > 0.1


def test_what_strays_widely_has_to_rise_more():
    calm = series([14, 12])
    wild = [14, 12, *([2, 11, 5, 1, 12, 6] * 4)]
    assert chance(wild) > 10 * chance(calm)


def test_a_series_never_seen_before_can_stand_out():
    assert chance([9, 8, *[0] * (WEEKS - 2)]) < 1e-6


def test_too_short_a_history_is_refused():
    with pytest.raises(ValueError, match="short"):
        judge([[5] * (NEWEST + FEWEST_WEEKS - 1)], [100] * (NEWEST + FEWEST_WEEKS - 1))


def test_many_series_are_held_to_a_stricter_limit():
    chances = np.array([0.004, 0.3, 0.5])
    assert standing_out(chances, 0, 0.1).tolist() == [True, False, False]
    assert standing_out(chances, 97, 0.1).tolist() == [False, False, False]
    # those that passed are not counted again for the rest
    assert standing_out(np.array([0.03, 0.02, 0.9]), 0, 0.06).tolist() == [True, True, False]


def test_a_flat_series_seldom_stands_out():
    dice = np.random.default_rng(5)
    counts = dice.poisson(6, (4000, WEEKS))
    chances = judge(counts, [230] * WEEKS).chance
    assert (chances < 0.01).mean() < 0.012
    assert (chances < 0.001).mean() < 0.002
