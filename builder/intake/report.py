"""The numbers of a day or a week, as official reports use them.

Every rate says what it counts. A ticket counts once in 按时初查率 and 按期办结率: on the day of
the step where it was in time, else on the day after the last day it could have been; so the
report of a day does not change when later exports come in.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from builder.intake.board import Board, Urgency, accept_by, arrival_of, board, end_by
from builder.model.calendar import Calendar
from builder.model.case import as_day
from builder.model.ledger import Ledger, Light, Ticket
from builder.model.vocabulary import Vocabularies

LEAST_FOR_PERCENT: Final = 5  # of fewer only the counts are given
_DAY: Final = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of tickets.

    Attributes:
        means: the definition, numerator and denominator.
        unknown: tickets that would count if the ledger said more of them.
    """

    name: str
    part: int
    whole: int
    means: str
    unknown: int = 0

    @property
    def percent(self) -> str:
        """Return the share with one decimal, or '' where it would say too much."""
        if self.whole < LEAST_FOR_PERCENT:
            return ""
        tenths = (2000 * self.part + self.whole) // (2 * self.whole)
        return f"{tenths // 10}.{tenths % 10}%"


@dataclass(frozen=True, slots=True)
class Group:
    """The tickets of one station or one dispute type."""

    id: str | None
    received: int
    closed: int
    open: int
    over: int
    before: int  # received in the time before


@dataclass(frozen=True, slots=True)
class Report:
    """What a day or a week came to."""

    first: datetime.date
    last: datetime.date
    board: Board  # at the end of it
    received: tuple[Ticket, ...]
    received_before: int  # in the time of the same length before
    accepted: int
    refused: int
    visited: int
    closed: tuple[Ticket, ...]
    recovered: Decimal  # yuan, of the closed ones
    recovered_unknown: int
    disputed: Decimal  # yuan, of the received ones
    rates: tuple[Rate, ...]
    stations: tuple[Group, ...]
    types: tuple[Group, ...]
    groups: tuple[Ticket, ...]  # of those received, more than one consumer each
    undated: int  # closed, on a day that the export does not tell


def report(
    ledger: Ledger,
    vocabularies: Vocabularies,
    first: datetime.date,
    last: datetime.date,
    at: datetime.datetime,
) -> Report:
    """Return the numbers of the days from `first` to `last`.

    Args:
        at: the moment the report tells up to, on or after `last`'s morning.
    """
    made = board(ledger, vocabularies.calendar, at)
    tickets = [one.ticket for one in made.standings]
    before = first - (last - first + _DAY)

    def within(moment: datetime.date | None) -> bool:
        return moment is not None and first <= as_day(moment) <= last

    received = tuple(sorted((t for t in tickets if within(t.received)), key=lambda t: t.sort_key))
    closed = tuple(sorted((t for t in tickets if within(t.closed)), key=lambda t: t.sort_key))
    refusals = [t for t in closed if is_refused(t, vocabularies)]
    return Report(
        first=first,
        last=last,
        board=made,
        received=received,
        received_before=sum(before <= as_day(t.received) < first for t in tickets),
        accepted=sum(within(t.accepted) for t in tickets),
        refused=len(refusals),
        visited=sum(within(t.visited) for t in tickets),
        closed=closed,
        recovered=sum((t.recovered for t in closed if t.recovered is not None), Decimal(0)),
        recovered_unknown=sum(t.recovered is None for t in closed if is_settled(t, vocabularies)),
        disputed=sum((t.disputed for t in received if t.disputed is not None), Decimal(0)),
        rates=(
            _first_check(tickets, vocabularies.calendar, first, last, at),
            _in_time(tickets, vocabularies.calendar, first, last, at),
            _success(closed, vocabularies),
            _met(closed),
            _arrived(tickets, within),
            _simple(tickets, first, last, at),
        ),
        stations=_groups(made, lambda t: t.station, first, last, before),
        types=_groups(made, lambda t: t.dispute_type, first, last, before),
        groups=tuple(t for t in received if t.consumers > 1),
        undated=sum(t.light is Light.GREEN and t.closed is None for t in tickets),
    )


def is_refused(ticket: Ticket, vocabularies: Vocabularies) -> bool:
    """Return whether a ticket was not accepted for a reason of the law."""
    grounds = vocabularies["grounds"].by_id
    ground = grounds.get(ticket.ground or "")
    return "bu-shouli" in ticket.outcomes or (ground is not None and ground.of == "bu-shouli")


def is_settled(ticket: Ticket, vocabularies: Vocabularies) -> bool | None:
    """Return whether a ticket was settled: the first outcome that says so decides."""
    terms = vocabularies["outcomes"].by_id
    told = (terms[one].settled for one in ticket.outcomes if one in terms)
    return next((one for one in told if one is not None), None)


def _first_check(
    tickets: Iterable[Ticket],
    calendar: Calendar,
    first: datetime.date,
    last: datetime.date,
    at: datetime.datetime,
) -> Rate:
    counted = []
    for ticket in tickets:
        decided = ticket.accepted or ticket.closed
        if decided is None and ticket.light is not Light.BLACK:
            continue  # decided, on a day that is not told
        counted.append((decided, accept_by(ticket, calendar)))
    return _punctual(
        "按时初查率",
        counted,
        (first, last, at),
        "分母：期内作出受理或不予受理决定的，加上期内刚超过 7 个工作日还没决定的；"
        "分子：其中在收到次日起 7 个工作日内决定的。",
    )


def _in_time(
    tickets: Iterable[Ticket],
    calendar: Calendar,
    first: datetime.date,
    last: datetime.date,
    at: datetime.datetime,
) -> Rate:
    counted = [
        (t.closed, end_by(t, calendar).day)
        for t in tickets
        if t.accepted and (t.closed or t.light is Light.RED)
    ]
    return _punctual(
        "按期办结率",
        counted,
        (first, last, at),
        "分母：受理后期内办结的，加上期内刚超过调解期限还没办结的；"
        "分子：其中在法定调解期限内办结的。不予受理的不算。",
    )


def _punctual(
    name: str,
    counted: Iterable[tuple[datetime.date | None, datetime.date]],
    span: tuple[datetime.date, datetime.date, datetime.datetime],
    means: str,
) -> Rate:
    """Return the share of steps in time; each is a day it was done, or None, and its last day."""
    first, last, at = span
    part = whole = 0
    for done, by in counted:
        in_time = done is not None and as_day(done) <= by
        if not in_time and at.date() <= by:
            continue  # still open, and not late
        event = as_day(done) if done is not None and in_time else by + _DAY
        if first <= event <= last:
            whole += 1
            part += in_time
    return Rate(name, part, whole, means)


def _success(closed: Sequence[Ticket], vocabularies: Vocabularies) -> Rate:
    told = [is_settled(ticket, vocabularies) for ticket in closed]
    return Rate(
        "调解成功率",
        told.count(True),
        len(told) - told.count(None),
        "分母：期内办结、结果说得清调成没调成的（撤回、不予受理、移送等不算）；"
        "分子：其中调解成功或自行和解的。",
        sum(not ticket.outcomes for ticket in closed),
    )


def _met(closed: Sequence[Ticket]) -> Rate:
    told = [ticket.met for ticket in closed]
    return Rate(
        "见面率",
        told.count(True),
        len(told) - told.count(None),
        "分母：期内办结、台账写明见没见面的；分子：其中见到投诉人本人的。",
        told.count(None),
    )


def _arrived(tickets: Iterable[Ticket], within: Callable[[datetime.date | None], bool]) -> Rate:
    part = whole = unknown = 0
    for ticket in tickets:
        if not within(ticket.visited):
            continue
        by = arrival_of(ticket)
        if by is None or not isinstance(ticket.visited, datetime.datetime):
            unknown += 1
            continue
        whole += 1
        part += ticket.visited <= by
    return Rate(
        "30 分钟到场率",
        part,
        whole,
        "分母：期内到场、收到和到场都写到几点几分的；分子：其中收到后 30 分钟内到场的。",
        unknown,
    )


def _simple(
    tickets: Iterable[Ticket], first: datetime.date, last: datetime.date, at: datetime.datetime
) -> Rate:
    part = whole = 0
    for ticket in tickets:
        came = as_day(ticket.received)
        same_day = ticket.closed is not None and as_day(ticket.closed) == came
        if not ticket.simple or not first <= came <= last:
            continue
        if not same_day and at.date() <= came:
            continue  # the day is not over
        whole += 1
        part += same_day
    return Rate(
        "简易投诉当日办结率",
        part,
        whole,
        "分母：期内收到的简易投诉（当天还没过完又没办结的不算）；分子：其中当天办结的。",
    )


def _groups(
    made: Board,
    of: Callable[[Ticket], str | None],
    first: datetime.date,
    last: datetime.date,
    before: datetime.date,
) -> tuple[Group, ...]:
    """Return the groups that had something to do, the largest first; without a value last."""
    counts: dict[str | None, Counter[str]] = {}
    for standing in made.standings:
        ticket = standing.ticket
        count = counts.setdefault(of(ticket), Counter())
        came = as_day(ticket.received)
        count["received"] += first <= came <= last
        count["before"] += before <= came < first
        count["closed"] += ticket.closed is not None and first <= as_day(ticket.closed) <= last
        count["open"] += ticket.light is not Light.GREEN
        count["over"] += standing.urgency is Urgency.OVER
    found = [
        Group(one, n["received"], n["closed"], n["open"], n["over"], n["before"])
        for one, n in counts.items()
        if n["received"] or n["closed"] or n["open"]
    ]
    return tuple(sorted(found, key=lambda g: (g.id is None, -g.received, -g.open, g.id or "")))
