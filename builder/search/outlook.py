"""What a set of precedents adds up to: how many were settled, for how much, in what time.

Every figure names its cases. Small sets are told case by case: no share under five.
Twin of `builder/site/client/outlook.js`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from builder.index.comparable import NOT_SETTLED, SETTLED, Comparable

LEAST_FOR_SHARES: Final = 5
ROWS_SHOWN: Final = 4
PITFALLS_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Quartiles:
    """Three cases of a sorted list that stand for all: a quarter, half, three quarters in.

    Attributes:
        values: lower quartile, median, upper quartile, by nearest rank.
        every: all values, lowest first.
        cases: all that were counted, by number, in the order of `every`.
    """

    values: tuple[int, int, int]
    every: tuple[int, ...]
    cases: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """Something that several cases have."""

    id: str
    cases: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A line of one case."""

    text: str
    case_no: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a set of cases adds up to.

    Attributes:
        cases: the set, by number, most alike first.
        settled, not_settled: parts of it; the rest is neither.
        recovered: thousandths of what was asked for that settled cases got back, or None.
        days: from 收到 to 结案, or None.
        law: provisions by number of cases, at least two each.
        methods: of settled cases.
        pitfalls: failings named in the cases, those not settled first.
    """

    cases: tuple[int, ...]
    settled: tuple[int, ...]
    not_settled: tuple[int, ...]
    recovered: Quartiles | None
    days: Quartiles | None
    law: tuple[Counted, ...]
    methods: tuple[Counted, ...]
    pitfalls: tuple[Told, ...]

    @property
    def may_tell_shares(self) -> bool:
        """Whether there are enough decided cases to speak of a share."""
        return len(self.settled) + len(self.not_settled) >= LEAST_FOR_SHARES

    @property
    def settled_share(self) -> int:
        """Per cent of the decided cases that were settled, rounded down."""
        return 100 * len(self.settled) // (len(self.settled) + len(self.not_settled))


def outlook(
    cases: Sequence[tuple[int, Comparable]], sections: Callable[[int], Mapping[str, str]]
) -> Outlook:
    """Return what cases add up to.

    Args:
        cases: number and comparable of each, most alike first.
        sections: case number -> section id -> text.
    """
    settled = [(no, case) for no, case in cases if case["settled"] == SETTLED]
    failed = [(no, case) for no, case in cases if case["settled"] == NOT_SETTLED]
    return Outlook(
        cases=tuple(no for no, _ in cases),
        settled=tuple(no for no, _ in settled),
        not_settled=tuple(no for no, _ in failed),
        recovered=_quartiles((no, _recovered(case)) for no, case in settled),
        days=_quartiles((no, case["days"]) for no, case in cases),
        law=_counted(((no, case["law"]) for no, case in cases), least=2),
        methods=_counted(((no, case["methods"]) for no, case in settled), least=1),
        pitfalls=_pitfalls([*failed, *cases], sections),
    )


def _recovered(case: Comparable) -> int | None:
    """Return thousandths of the sum asked for (or, not known, in dispute) that came back."""
    asked = case["claimed"] or case["disputed"]
    if not asked or case["recovered"] is None:
        return None
    return 1000 * case["recovered"] // asked


def _quartiles(values: Iterable[tuple[int, int | None]]) -> Quartiles | None:
    known = sorted((value, no) for no, value in values if value is not None)
    if not known:
        return None
    # nearest rank: the smallest value with at least a quarter (half, ...) of all up to it
    ranks = [(len(known) * quarter + 3) // 4 - 1 for quarter in (1, 2, 3)]
    lower, median, upper = (known[rank][0] for rank in ranks)
    return Quartiles(
        (lower, median, upper),
        tuple(value for value, _ in known),
        tuple(no for _, no in known),
    )


def _counted(rows: Iterable[tuple[int, Sequence[str]]], least: int) -> tuple[Counted, ...]:
    """Return what most cases have, the first met of equals first."""
    cases: dict[str, list[int]] = {}
    for no, ids in rows:
        for one in ids:
            cases.setdefault(one, []).append(no)
    ordered = sorted(cases.items(), key=lambda item: -len(item[1]))
    kept = [Counted(one, tuple(numbers)) for one, numbers in ordered if len(numbers) >= least]
    return tuple(kept[:ROWS_SHOWN])


def _pitfalls(
    cases: Sequence[tuple[int, Comparable]], sections: Callable[[int], Mapping[str, str]]
) -> tuple[Told, ...]:
    """Return one failing a case."""
    told: dict[int, Told] = {}
    for no, case in cases:
        first, count = case["weak"]
        if count and no not in told:
            line = sections(no).get("lessons", "").split("\n")[first]
            told[no] = Told(line, no)
        if len(told) == PITFALLS_SHOWN:
            break
    return tuple(told.values())
