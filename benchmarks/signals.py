"""How often early signals are right: simulated years with planted rises, and years with none.

    python -m benchmarks.signals [--years 40] [--seed 1]

Prints, for each kind of year, false alarms a month, and the share of planted rises that are
found within one and within two weeks of their beginning, by how many tickets the series
usually sees a week. All years are made up; a year has some 12,000 tickets.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.table import table
from builder.intake.control_limits import FEWEST_WEEKS, NEWEST
from builder.intake.rises import Rise, find_rises
from builder.intake.series import Integers, Key, Table

_TICKETS_A_WEEK: Final = 230
_WEEKS: Final = 52
_LONG: Final = 3  # weeks that a planted rise lasts
_REST: Final = 4  # weeks without alarm after which the same series alarms anew
_SIZES: Final = {"kind": 91, "industry": 26, "station": 6, "place": 40}
_KINDS_A_FAMILY: Final = 7
_MONTH: Final = 52 / 12


@dataclass(frozen=True)
class Year:
    """One simulated year.

    Attributes:
        week, codes: of each ticket.
        planted: (first week, key, factor, usual tickets a week) of each rise.
    """

    week: Integers
    codes: Mapping[str, Integers]
    planted: tuple[tuple[int, Key, float, float], ...]


@dataclass(frozen=True)
class Kind:
    """What years of one sort are like."""

    name: str
    overdispersion: float = 1.0  # variance over mean of a kind's weekly count
    season: float = 0.0  # share by which the busiest month is over the mean
    factor: float = 1.0  # of planted rises; 1: none


KINDS: Final = (
    Kind("平稳"),
    Kind("平稳，起伏大（方差 1.5 倍）", overdispersion=1.5),
    Kind("有淡旺季（±30%）", season=0.3),
    Kind("种下 3 倍的上升", factor=3.0),
    Kind("种下 3 倍，起伏大", overdispersion=1.5, factor=3.0),
    Kind("种下 2 倍的上升", factor=2.0),
)


def simulate(dice: np.random.Generator, kind: Kind) -> Year:
    """Return a year; types and industries are as uneven as those of a real office."""
    shares = {what: _uneven(dice, size) for what, size in _SIZES.items()}
    shares["station"] = np.full(_SIZES["station"], 1 / _SIZES["station"])
    level = 1 + kind.season * np.sin(2 * np.pi * (np.arange(_WEEKS) / _WEEKS + dice.random()))
    mean = _TICKETS_A_WEEK * shares["kind"][None, :] * level[:, None]
    if kind.overdispersion > 1:
        scale = kind.overdispersion - 1
        mean = dice.gamma(mean / scale, scale)
    counts = dice.poisson(mean)
    week, code = np.nonzero(counts)
    often = counts[week, code]
    weeks, kinds = np.repeat(week, often), np.repeat(code, often)
    codes = {
        "kind": kinds,
        **{
            what: dice.choice(size, len(kinds), p=shares[what])
            for what, size in _SIZES.items()
            if what != "kind"
        },
    }
    planted = tuple(_plans(dice, kind, shares))
    for first, key, factor, usual in planted:
        extra = dice.poisson(usual * (factor - 1) * level[first : first + _LONG])
        fresh = np.repeat(np.arange(first, first + len(extra)), extra)
        weeks = np.concatenate([weeks, fresh])
        for what in codes:
            own = dict(key).get(what)
            drawn = dice.choice(_SIZES[what], len(fresh), p=shares[what])
            codes[what] = np.concatenate(
                [codes[what], drawn if own is None else np.full(len(fresh), own)]
            )
    codes["family"] = codes["kind"] // _KINDS_A_FAMILY
    return Year(weeks.astype(np.int64), codes, planted)


def _uneven(dice: np.random.Generator, size: int) -> np.ndarray:
    weights = 1 / (np.arange(size) + 3.0)
    dice.shuffle(weights)
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def _plans(
    dice: np.random.Generator, kind: Kind, shares: Mapping[str, np.ndarray]
) -> Iterator[tuple[int, Key, float, float]]:
    """Yield two rises a year, in kinds and in crossings of kind and station."""
    if kind.factor <= 1:
        return
    rates = _TICKETS_A_WEEK * shares["kind"]
    for first in (
        NEWEST + FEWEST_WEEKS + int(dice.integers(0, 12)),
        36 + int(dice.integers(0, 10)),
    ):
        code = int(dice.choice(np.flatnonzero(rates >= (5 if dice.random() < 0.7 else 2))))
        usual = float(rates[code])
        key: Key = (("kind", code),)
        if usual / _SIZES["station"] >= 1.5 and dice.random() < 0.2:
            station = int(dice.integers(0, _SIZES["station"]))
            usual, key = usual / _SIZES["station"], (("kind", code), ("station", station))
        yield first, key, kind.factor, usual


def alarms(year: Year) -> Iterator[tuple[int, Rise]]:
    """Yield the week and the rise of each alarm, weeks counted as one alarm while it lasts."""
    names = {what: [str(code) for code in range(200)] for what in year.codes}
    last_alarm: dict[Key, int] = {}
    for week in range(NEWEST + FEWEST_WEEKS, _WEEKS):
        known = year.week <= week
        tickets = Table(
            (week - year.week[known]) * 7 + 3,
            {what: codes[known] for what, codes in year.codes.items()},
            names,
        )
        for rise in find_rises(tickets):
            keys = (rise.key, *rise.also)
            before = max((last_alarm.get(key, -_WEEKS) for key in keys), default=-_WEEKS)
            for key in keys:
                last_alarm[key] = week
            if week - before > _REST:
                yield week, rise


def is_of(rise: Rise, planted: Key, codes: Mapping[str, Integers]) -> bool:
    """Return whether an alarm is about a planted rise: it, a part of it, or what it is part of."""
    wanted = set(planted)
    family = ("family", dict(planted)["kind"] // _KINDS_A_FAMILY)
    return any(
        set(key) <= wanted | {family} or wanted <= set(key) for key in (rise.key, *rise.also)
    ) or _mostly(rise, planted, codes)


def _mostly(rise: Rise, planted: Key, codes: Mapping[str, Integers]) -> bool:
    own = np.logical_and.reduce([codes[what][rise.members] == code for what, code in planted])
    return bool(own.mean() > 0.5)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--years", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    rows = []
    for kind in KINDS:
        dice = np.random.default_rng(given.seed)
        false, months = 0, 0.0
        found: dict[str, list[int]] = defaultdict(list)
        for _ in range(given.years):
            year = simulate(dice, kind)
            months += (_WEEKS - NEWEST - FEWEST_WEEKS) / _MONTH
            when: dict[int, int] = {}
            for week, rise in alarms(year):
                meant = [
                    number
                    for number, (first, key, _, _) in enumerate(year.planted)
                    if first <= week < first + _LONG + NEWEST and is_of(rise, key, year.codes)
                ]
                for number in meant:
                    when.setdefault(number, week - year.planted[number][0])
                false += not meant
            for number, (_, _, _, usual) in enumerate(year.planted):
                found["≥5" if usual >= 5 else "<5"].append(when.get(number, _WEEKS))
        rows.append((kind.name, str(given.years), f"{false / months:.2f}", *_shares(found)))
    head = ("年份", "年数", "误报/月", "≥5 件/周：件数", "一周内", "两周内", "<5：件数", "两周内")
    print(table(head, rows))


def _shares(found: Mapping[str, list[int]]) -> tuple[str, ...]:
    cells: list[str] = []
    for size in ("≥5", "<5"):
        delays = np.array(found[size])
        cells.append(str(len(delays)) if len(delays) else "—")
        within = (1, 2) if size == "≥5" else (2,)
        cells += [f"{(delays < weeks).mean():.0%}" if len(delays) else "—" for weeks in within]
    return tuple(cells)


if __name__ == "__main__":
    main()
