"""The 黑红绿 board: the colour of each ticket at a moment, what is due by when, who is over.

By the law in force (`builder/search/deadlines.py`): the decision on a complaint, and the end
of its mediation. By the office's own rule: a simple complaint is closed on the day it came;
somebody is on the spot within 30 minutes of it.
"""

import datetime
from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from builder.model.calendar import Calendar
from builder.model.case import as_day
from builder.model.ledger import Ledger, Light, Ticket
from builder.search.deadlines import Deadline, deadlines

NEAR_WORKING_DAYS: Final = 2  # before the last day for a decision
NEAR_DAYS: Final = 7  # before the last day of a mediation
ARRIVAL: Final = datetime.timedelta(minutes=30)


class Urgency(StrEnum):
    """How a ticket stands to what is due."""

    OVER = "over"
    NEAR = "near"
    CALM = "calm"

    @property
    def label(self) -> str:
        return {"over": "已超期", "near": "临期", "calm": "正常"}[self]


class Step(StrEnum):
    """What is due."""

    ACCEPT = "accept"
    END = "end"
    SIMPLE = "simple"
    ARRIVE = "arrive"

    @property
    def label(self) -> str:
        return {
            "accept": "决定是否受理",
            "end": "调解达成或终止",
            "simple": "简易投诉当日办结",
            "arrive": "30 分钟到场",
        }[self]

    @property
    def by_law(self) -> bool:
        """Return whether the law says so, and not the office alone."""
        return self in (Step.ACCEPT, Step.END)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to be done on a ticket that is not closed."""

    step: Step
    by: datetime.date  # the last day, or the last moment
    urgency: Urgency
    citation: str = ""  # the article, as case files write it; '' for the office's own rule
    is_provisional: bool = False  # not accepted yet, or on a day not told: the latest it can be
    is_known: bool = True  # the holiday table covers all days counted


@dataclass(frozen=True, slots=True)
class Standing:
    """A ticket as it stood at the board's moment."""

    ticket: Ticket
    dues: tuple[Due, ...]  # the most urgent first; none of a closed ticket

    @property
    def urgency(self) -> Urgency:
        return self.dues[0].urgency if self.dues else Urgency.CALM


@dataclass(frozen=True, slots=True)
class Board:
    """All tickets that had come in by a moment."""

    at: datetime.datetime
    as_of: datetime.datetime  # up to which the ledger tells
    standings: tuple[Standing, ...]  # open ones first, the most urgent first; then closed ones

    @property
    def opens(self) -> tuple[Standing, ...]:
        return tuple(one for one in self.standings if one.ticket.light is not Light.GREEN)

    def counts(self) -> dict[Light, int]:
        """Return how many tickets have each colour."""
        found = Counter(one.ticket.light for one in self.standings)
        return {light: found[light] for light in Light}

    def having(self, urgency: Urgency) -> tuple[Standing, ...]:
        """Return the tickets that are so urgent."""
        return tuple(one for one in self.standings if one.urgency is urgency)

    def closed_on(self, day: datetime.date) -> tuple[Standing, ...]:
        """Return the tickets closed on a day."""
        return tuple(
            one for one in self.standings if one.ticket.closed and as_day(one.ticket.closed) == day
        )


_RANK: Final = {Urgency.OVER: 0, Urgency.NEAR: 1, Urgency.CALM: 2}


def board(ledger: Ledger, calendar: Calendar, at: datetime.datetime) -> Board:
    """Return the board at a moment; what happened later is not known to it."""
    standings = [
        Standing(ticket, dues_of(ticket, calendar, at)) for ticket in tickets_at(ledger, at)
    ]
    return Board(at, ledger.as_of, tuple(sorted(standings, key=_order)))


def moment_of(ledger: Ledger, day: datetime.date | None) -> datetime.datetime:
    """Return the moment a board or report of a day is made for.

    Without a day, and on the ledger's last day, that is the moment up to which the ledger
    tells; else the end of the day.
    """
    if day is None or day == ledger.as_of.date():
        return ledger.as_of
    return datetime.datetime.combine(day, datetime.time(23, 59))


def tickets_at(ledger: Ledger, at: datetime.datetime) -> list[Ticket]:
    """Return the tickets that had come in by a moment, without what happened after it."""
    found = []
    for ticket in ledger.tickets:
        if _is_after(ticket.received, at):
            continue
        closed = _until(ticket.closed, at)
        found.append(
            replace(
                ticket,
                accepted=_until(ticket.accepted, at),
                visited=_until(ticket.visited, at),
                closed=closed,
                told=None if closed is not ticket.closed else ticket.told,
            )
        )
    return found


def dues_of(ticket: Ticket, calendar: Calendar, at: datetime.datetime) -> tuple[Due, ...]:
    """Return what is due on a ticket, the most urgent first; nothing on a closed one."""
    if ticket.light is Light.GREEN:
        return ()
    received = as_day(ticket.received)
    dues = [_by_law(ticket, calendar, at)]
    if ticket.simple:
        dues.append(Due(Step.SIMPLE, received, _urgency(received, at.date(), at.date())))
    arrival = arrival_of(ticket)
    if arrival is not None and ticket.visited is None and received == at.date():
        dues.append(Due(Step.ARRIVE, arrival, Urgency.OVER if at > arrival else Urgency.NEAR))
    return tuple(sorted(dues, key=lambda due: (_RANK[due.urgency], due.by.isoformat(), due.step)))


def accept_by(ticket: Ticket, calendar: Calendar) -> datetime.date:
    """Return the last day for deciding whether to accept a complaint."""
    return deadlines(as_day(ticket.received), None, calendar)[0].day


def end_by(ticket: Ticket, calendar: Calendar) -> Deadline:
    """Return the last day of a mediation; where two rules hold side by side, the earlier one."""
    accepted = as_day(ticket.accepted) if ticket.accepted else None
    ends = deadlines(as_day(ticket.received), accepted, calendar)[1:]
    return min(ends, key=lambda end: end.day)


def arrival_of(ticket: Ticket) -> datetime.datetime | None:
    """Return by when somebody should be on the spot; None where the hour is not known."""
    known = isinstance(ticket.received, datetime.datetime)
    return ticket.received + ARRIVAL if known else None  # type: ignore[return-value]


def _by_law(ticket: Ticket, calendar: Calendar, at: datetime.datetime) -> Due:
    today = at.date()
    if ticket.light is Light.BLACK:
        first = deadlines(as_day(ticket.received), None, calendar)[0]
        near = calendar.working_days_after(today, NEAR_WORKING_DAYS)
        step = Step.ACCEPT
    else:
        first = end_by(ticket, calendar)
        near = today + datetime.timedelta(days=NEAR_DAYS)
        step = Step.END
    return Due(
        step,
        first.day,
        _urgency(first.day, today, near),
        first.citation,
        first.is_provisional,
        first.is_known,
    )


def _urgency(last: datetime.date, today: datetime.date, near: datetime.date) -> Urgency:
    if today > last:
        return Urgency.OVER
    return Urgency.NEAR if last <= near else Urgency.CALM


def _until(moment: datetime.date | None, at: datetime.datetime) -> datetime.date | None:
    return None if moment is None or _is_after(moment, at) else moment


def _is_after(moment: datetime.date, at: datetime.datetime) -> bool:
    if isinstance(moment, datetime.datetime):
        return moment > at
    return moment > at.date()


def _order(standing: Standing) -> tuple[object, ...]:
    return (
        standing.ticket.light is Light.GREEN,
        _RANK[standing.urgency],
        next((due.by.isoformat() for due in standing.dues[:1]), ""),
        *standing.ticket.sort_key,
    )
