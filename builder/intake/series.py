"""Tickets counted week by week: by type, industry, station, place, and what they have in common.

Weeks are seven days back from the day looked at, so that the newest one is always whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Integers: TypeAlias = npt.NDArray[np.int64]
Key: TypeAlias = tuple[tuple[str, int], ...]  # (what, code) pairs that tell a series
# What tells series apart, the most telling first: one thing, or several together. `kind` is
# the second level of dispute types, `family` the first.
CROSSINGS: Final[tuple[tuple[str, ...], ...]] = (
    ("kind",),
    ("family",),
    ("industry",),
    ("place",),
    ("kind", "industry"),
    ("kind", "station"),
    ("kind", "place"),
    ("industry", "place"),
    ("kind", "industry", "place"),
)
FEWEST: Final = 5  # tickets in the newest two weeks, below which a series is not looked at
_UNKNOWN: Final = -1


@dataclass(frozen=True)
class Table:
    """Tickets as numbers.

    Attributes:
        age: days before the day looked at, 0 for that day; shape (tickets,).
        codes: what a ticket is filed under -> place in `names`, -1 where it is not known.
        names: what it is filed under -> ids or words, in the order of their codes.
    """

    age: Integers
    codes: Mapping[str, Integers]
    names: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Counts:
    """The series with enough tickets in the newest weeks.

    Attributes:
        keys: of each series.
        counts: tickets a week, shape (series, weeks), the newest week first.
        totals: of all tickets a week, shape (weeks,).
        members: places of the tickets of the newest weeks in the table, a list a series.
        seen: crossing -> how many of its series have any ticket at all.
    """

    keys: Sequence[Key]
    counts: Integers
    totals: Integers
    members: Sequence[Integers]
    seen: Mapping[tuple[str, ...], int]


def coded(words: Sequence[str | None]) -> tuple[Integers, list[str]]:
    """Return the code of each word, and the words by code; None is -1."""
    names = sorted({word for word in words if word is not None})
    code_of = {name: code for code, name in enumerate(names)}
    codes = [_UNKNOWN if word is None else code_of[word] for word in words]
    return np.array(codes, dtype=np.int64), names


def count_series(table: Table, weeks: int, newest: int) -> Counts:
    """Return the weekly counts of every series that has enough tickets.

    Args:
        weeks: to count back, the newest ones included.
        newest: of them, in which `FEWEST` tickets are needed.
    """
    week = table.age // 7
    inside = np.flatnonzero((table.age >= 0) & (week < weeks))
    week = week[inside]
    totals = np.bincount(week, minlength=weeks)[:weeks]
    keys: list[Key] = []
    rows: list[Integers] = []
    members: list[Integers] = []
    seen: dict[tuple[str, ...], int] = {}
    for crossing in CROSSINGS:
        codes = [table.codes[what][inside] for what in crossing]
        sizes = [max(len(table.names[what]), 1) for what in crossing]
        key = np.zeros(len(inside), dtype=np.int64)
        for code, size in zip(codes, sizes, strict=True):
            key = key * size + code
        key[np.logical_or.reduce([code < 0 for code in codes])] = _UNKNOWN
        seen[crossing] = len(np.unique(key[key >= 0]))
        is_new = (week < newest) & (key >= 0)
        found, often = np.unique(key[is_new], return_counts=True)
        chosen = found[often >= FEWEST]
        if not len(chosen):
            continue
        at = np.minimum(np.searchsorted(chosen, key), len(chosen) - 1)
        own = chosen[at] == key
        counted = np.bincount(at[own] * weeks + week[own], minlength=len(chosen) * weeks)
        rows.append(counted.reshape(len(chosen), weeks))
        for number, one in enumerate(chosen):
            keys.append(_parts(int(one), crossing, sizes))
            members.append(inside[is_new & own & (at == number)])
    counts = np.concatenate(rows) if rows else np.zeros((0, weeks), dtype=np.int64)
    return Counts(keys, counts, totals, members, seen)


def _parts(key: int, crossing: Sequence[str], sizes: Sequence[int]) -> tuple[tuple[str, int], ...]:
    parts = []
    for what, size in zip(reversed(crossing), reversed(sizes), strict=True):
        key, code = divmod(key, size)
        parts.append((what, code))
    return tuple(reversed(parts))
