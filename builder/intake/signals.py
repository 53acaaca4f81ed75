"""Early signals: what rises in the ledger, the tickets and cases behind it, and what to do.

Two lists follow from the rises. **行政约谈**, to summon and warn, where disputes do not settle,
a group complains or much money is at stake. **指导帮扶**, to guide and help, where most settle:
there the trade lacks a rule or a form rather than the will. Businesses are not in the ledger;
the tickets' numbers lead to them in the export.
"""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

import numpy as np

from builder.checks.cleared import ClearedCase
from builder.intake.board import tickets_at
from builder.intake.control_limits import FEWEST_WEEKS, NEWEST, limit
from builder.intake.report import is_settled
from builder.intake.rises import Rise, find_rises, history_weeks
from builder.intake.series import Table, coded
from builder.model.case import as_day
from builder.model.ledger import Ledger, Light, Ticket
from builder.model.statute import Citation
from builder.model.vocabulary import Vocabularies

_WEEK: Final = datetime.timedelta(days=7)
_DAY: Final = datetime.timedelta(days=1)
_LOOKED_BACK: Final = 8  # weeks: how long a rise has lasted, and how its disputes have ended
_CASES: Final = 3
_LAW: Final = 3
# From here on it is a matter for 约谈.
_SETTLED_BELOW: Final = 60  # per cent of the disputes of the last weeks that settled
_FEWEST_CLOSED: Final = 5  # closed disputes that can tell a share
_GROUP: Final = 10  # complainants of one ticket
_MUCH: Final = Decimal(50_000)  # yuan in dispute


class Measure(StrEnum):
    """What the office does about a rise."""

    SUMMON = "summon"
    GUIDE = "guide"

    @property
    def label(self) -> str:
        return {"summon": "行政约谈", "guide": "指导帮扶"}[self]


@dataclass(frozen=True)
class Week:
    """Seven days of a series."""

    first: datetime.date
    last: datetime.date
    count: int
    is_new: bool  # one of the weeks looked at


@dataclass(frozen=True)
class Signal:
    """One rise, in words.

    Attributes:
        title: what rises.
        also: other series that rise by the same tickets.
        since: first day of the first week in which it stood out.
        weeks: oldest first.
        expected: tickets expected in the newest week.
        limit: tickets in a week from which the newest one stands out.
        tickets: of the newest weeks, newest first.
        open, settled, unsettled: how many of the series' tickets of the last weeks.
        disputed: yuan in dispute in the newest weeks.
        reason: why this measure.
        cases: ids of the nearest cases of the library, newest first.
        law: what those cases rest on, most often first.
    """

    title: str
    also: tuple[str, ...]
    since: datetime.date
    weeks: tuple[Week, ...]
    expected: float
    limit: int
    tickets: tuple[Ticket, ...]
    open: int
    settled: int
    unsettled: int
    disputed: Decimal
    measure: Measure
    reason: str
    cases: tuple[str, ...]
    law: tuple[str, ...]


@dataclass(frozen=True)
class Signals:
    """What was found on a day.

    Attributes:
        history: whole weeks of the ledger before the newest ones.
        found: the least likely first.
    """

    on: datetime.date
    history: int
    found: tuple[Signal, ...]

    @property
    def is_enough(self) -> bool:
        """Whether the ledger goes back far enough to tell."""
        return self.history >= FEWEST_WEEKS

    def of(self, measure: Measure) -> tuple[Signal, ...]:
        """Return the signals that call for a measure."""
        return tuple(one for one in self.found if one.measure is measure)


def signals(
    ledger: Ledger, words: Vocabularies, cases: Sequence[ClearedCase], at: datetime.datetime
) -> Signals:
    """Return the early signals of a moment; what happened later is not known to it."""
    tickets = tickets_at(ledger, at)
    on = at.date()
    table = _table(tickets, words, on)
    rises = find_rises(table)
    found = []
    lasting = {rise.key: 0 for rise in rises}
    for back in range(1, _LOOKED_BACK):
        if not any(weeks == back - 1 for weeks in lasting.values()):
            break
        earlier = {
            key for rise in find_rises(_shifted(table, back)) for key in (rise.key, *rise.also)
        }
        for rise in rises:
            if lasting[rise.key] == back - 1 and earlier & {rise.key, *rise.also}:
                lasting[rise.key] = back
    for rise in rises:
        since = on - _WEEK * (lasting[rise.key] + 1) + _DAY
        found.append(_signal(rise, table, tickets, words, cases, on, since))
    return Signals(on, max(history_weeks(table), 0), tuple(found))


def _table(tickets: Sequence[Ticket], words: Vocabularies, on: datetime.date) -> Table:
    types = words["dispute_types"]

    def family(ticket: Ticket) -> str | None:
        known = ticket.dispute_type
        return types.path(known)[0].id if known in types and known else None

    def kind(ticket: Ticket) -> str | None:
        return ticket.dispute_type if ticket.dispute_type in types.parents else None

    columns = {
        "family": coded([family(ticket) for ticket in tickets]),
        "kind": coded([kind(ticket) for ticket in tickets]),
        "industry": coded([ticket.industry for ticket in tickets]),
        "station": coded([ticket.station for ticket in tickets]),
        "place": coded([ticket.place for ticket in tickets]),
    }
    age = np.array([(on - as_day(ticket.received)).days for ticket in tickets], dtype=np.int64)
    return Table(
        age,
        {what: codes for what, (codes, _) in columns.items()},
        {what: names for what, (_, names) in columns.items()},
    )


def _shifted(table: Table, weeks: int) -> Table:
    """Return the table as it stood weeks before."""
    return Table(table.age - weeks * _WEEK.days, table.codes, table.names)


def _signal(
    rise: Rise,
    table: Table,
    tickets: Sequence[Ticket],
    words: Vocabularies,
    cases: Sequence[ClearedCase],
    on: datetime.date,
    since: datetime.date,
) -> Signal:
    named = {what: table.names[what][code] for what, code in rise.key}
    newest = sorted(
        (tickets[int(place)] for place in rise.members), key=lambda one: one.sort_key, reverse=True
    )
    lately = [
        ticket
        for ticket in _members(table, rise, tickets)
        if on - _WEEK * _LOOKED_BACK < as_day(ticket.received) <= on
    ]
    ended = [is_settled(ticket, words) for ticket in lately if ticket.light is Light.GREEN]
    settled, unsettled = ended.count(True), ended.count(False)
    disputed = sum((ticket.disputed or Decimal(0) for ticket in newest), Decimal(0))
    measure, reason = _measure(newest, settled, unsettled, disputed)
    near = _near_cases(named, cases, words)
    return Signal(
        title=_title(named, words),
        also=tuple(
            _title({what: table.names[what][code] for what, code in key}, words)
            for key in rise.also
        ),
        since=since,
        weeks=_weeks(rise, on),
        expected=rise.expected[0],
        limit=limit(rise.expected[0], rise.variance[0], rise.allowed / NEWEST),
        tickets=tuple(newest),
        open=sum(ticket.light is not Light.GREEN for ticket in lately),
        settled=settled,
        unsettled=unsettled,
        disputed=disputed,
        measure=measure,
        reason=reason,
        cases=tuple(case.id for case in near[:_CASES]),
        law=_law(near, words),
    )


def _members(table: Table, rise: Rise, tickets: Sequence[Ticket]) -> list[Ticket]:
    chosen = [True] * len(tickets)
    for what, code in rise.key:
        codes = table.codes[what]
        chosen = [own and codes[place] == code for place, own in enumerate(chosen)]
    return [ticket for ticket, own in zip(tickets, chosen, strict=True) if own]


def _weeks(rise: Rise, on: datetime.date) -> tuple[Week, ...]:
    weeks = []
    for back, count in enumerate(rise.counts):
        last = on - _WEEK * back
        weeks.append(Week(last - _WEEK + _DAY, last, count, back < NEWEST))
    return tuple(reversed(weeks))


def _measure(
    newest: Sequence[Ticket], settled: int, unsettled: int, disputed: Decimal
) -> tuple[Measure, str]:
    """Return what to do, and why in one clause."""
    ended = settled + unsettled
    group = max(ticket.consumers for ticket in newest)
    if group >= _GROUP:
        return Measure.SUMMON, f"有 {group} 人的群体投诉"
    if ended >= _FEWEST_CLOSED and settled * 100 < _SETTLED_BELOW * ended:
        return Measure.SUMMON, f"近 {_LOOKED_BACK} 周办结的 {ended} 件里只调成 {settled} 件"
    if disputed >= _MUCH:
        return Measure.SUMMON, f"近两周争议金额 {disputed:,} 元"
    if ended >= _FEWEST_CLOSED:
        return (
            Measure.GUIDE,
            f"近 {_LOOKED_BACK} 周办结的 {ended} 件里调成 {settled} 件，多半说得通",
        )
    return Measure.GUIDE, f"近 {_LOOKED_BACK} 周办结的只有 {ended} 件，先了解情况"


def _title(named: dict[str, str], words: Vocabularies) -> str:
    """Return what a series is about, from the largest to the smallest."""
    vocabularies = {
        "family": "dispute_types",
        "kind": "dispute_types",
        "industry": "industries",
        "station": "stations",
    }
    parts = []
    for what in ("station", "place", "industry", "family", "kind"):
        if what in named:
            word, name = named[what], vocabularies.get(what)
            known = name is not None and word in words[name]
            parts.append(words[name].label(word) if name is not None and known else word)
    return "·".join(parts)


def _near_cases(
    named: dict[str, str], cases: Sequence[ClearedCase], words: Vocabularies
) -> list[ClearedCase]:
    """Return the cases of the type, those of the industry first; of the industry alone without."""
    wanted = named.get("kind") or named.get("family")
    ids = words["dispute_types"].with_descendants(wanted) if wanted else frozenset()
    industry = named.get("industry")
    found = [
        (bool(ids & set(case.dispute_types)), industry in (None, case.industry), place, case)
        for place, case in enumerate(cases)  # newest first
    ]
    chosen = [one for one in found if (one[0] if wanted else one[1])]
    return [one[3] for one in sorted(chosen, key=lambda one: (not one[0], not one[1], one[2]))]


def _law(cases: Sequence[ClearedCase], words: Vocabularies) -> tuple[str, ...]:
    """Return the articles that most of the cases rest on, at least two of them."""
    cited: Counter[Citation] = Counter(
        citation for case in cases for citation in {article.citation for article in case.articles}
    )
    often = sorted((-count, citation) for citation, count in cited.items() if count > 1)
    return tuple(words.statutes.label(citation) for _, citation in often[:_LAW])
