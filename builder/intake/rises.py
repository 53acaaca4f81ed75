"""Which series rise above their own history: one alarm a rise, however often it is counted.

The same tickets are counted by type, by industry, by place and together. Of the series that
stand out and share most of their tickets the least likely one is kept, the others are named
with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from builder.intake.control_limits import (
    FEWEST_WEEKS,
    MOST_WEEKS,
    NEWEST,
    Judged,
    judge,
    standing_out,
)
from builder.intake.series import CROSSINGS, Counts, Integers, Key, Table, count_series

# False alarms a week that the limits allow: over all single series, and over all crossings.
SINGLE_ALARMS: Final = 0.17
CROSSED_ALARMS: Final = 0.15
_SHARED: Final = 0.6  # of the tickets of the smaller series: it is the same rise
_WEEK: Final = 7


@dataclass(frozen=True)
class Rise:
    """One rise.

    Attributes:
        key: (what, code) pairs that tell its series.
        counts: tickets a week, the newest week first.
        expected: in the newest week, and in the two newest.
        variance: of both.
        chance: of so many tickets or more where nothing has changed, before correction.
        allowed: the chance up to which a series stands out that week.
        members: places of the newest tickets in the table.
        also: keys of other series that rise by the same tickets.
    """

    key: Key
    counts: tuple[int, ...]
    expected: tuple[float, float]
    variance: tuple[float, float]
    chance: float
    allowed: float
    members: Integers
    also: tuple[Key, ...] = ()


def history_weeks(table: Table) -> int:
    """Return how many whole weeks of history lie before the newest ones."""
    oldest = int(table.age.max()) if len(table.age) else -1
    return (oldest + 1) // _WEEK - NEWEST


def find_rises(table: Table) -> list[Rise]:
    """Return the rises of the newest weeks, the least likely first; none without history."""
    weeks = min(history_weeks(table), MOST_WEEKS)
    if weeks < FEWEST_WEEKS:
        return []
    counts = count_series(table, weeks + NEWEST, NEWEST)
    if not counts.keys:
        return []
    judged = judge(counts.counts, counts.totals)
    rises = []
    for crossed, alarms in ((False, SINGLE_ALARMS), (True, CROSSED_ALARMS)):
        numbers = np.array([n for n, key in enumerate(counts.keys) if (len(key) > 1) == crossed])
        if not len(numbers):
            continue
        seen = sum(often for what, often in counts.seen.items() if (len(what) > 1) == crossed)
        chosen = numbers[standing_out(judged.chance[numbers], seen - len(numbers), alarms)]
        allowed = alarms / seen
        rises += [_rise(int(number), counts, judged, allowed) for number in chosen]
    return _merged(sorted(rises, key=_order))


def _rise(number: int, counts: Counts, judged: Judged, allowed: float) -> Rise:
    one, both = judged.expected[number]
    narrow, wide = judged.variance[number]
    return Rise(
        key=counts.keys[number],
        counts=tuple(int(count) for count in counts.counts[number]),
        expected=(float(one), float(both)),
        variance=(float(narrow), float(wide)),
        chance=float(judged.chance[number]),
        allowed=allowed,
        members=counts.members[number],
    )


def _order(rise: Rise) -> tuple[float, int, Key]:
    """Return what orders rises: the least likely first; of the same tickets, what tells most."""
    what = tuple(name for name, _ in rise.key)
    return rise.chance, CROSSINGS.index(what), rise.key


def _merged(rises: Sequence[Rise]) -> list[Rise]:
    """Return one rise for those that share most of their tickets."""
    kept: list[Rise] = []
    for rise in rises:
        for place, other in enumerate(kept):
            shared = len(np.intersect1d(rise.members, other.members, assume_unique=True))
            if shared >= _SHARED * min(len(rise.members), len(other.members)):
                kept[place] = replace(other, also=(*other.also, rise.key))
                break
        else:
            kept.append(rise)
    return kept
