"""Take an export into the ledger: update, never duplicate, and account for every row.

read = imported + updated + unchanged + rejected. A ticket that stands twice in one file counts
once: the row with the later state is taken, the other is rejected and names that row. An export
older than the ledger never takes a ticket back to an earlier state.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from builder.detectors.detect import detect
from builder.intake.columns import ColumnsFault, Layout, Naming
from builder.intake.ledger_store import ledger_from
from builder.intake.rows import RowFault, RowReader, RowReading
from builder.intake.scrubbing import is_clean
from builder.intake.table import Export, Row
from builder.intake.words import Words
from builder.model.ledger import Ledger, OtherWord, Ticket
from builder.model.vocabulary import Vocabularies

_STATE: Final = ("accepted", "closed", "told")  # a newer export says all of these
_KINDS_OF_PERSONS: Final = ("mobile", "id-card")


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the file."""

    sheet: str  # '' for a text file
    row: int  # as the program numbers it

    @property
    def label(self) -> str:
        return f"工作表“{self.sheet}”第 {self.row} 行" if self.sheet else f"第 {self.row} 行"


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that became no ticket, and why."""

    place: Place
    reason: str
    repeated: bool = False  # another row of the file has the same ticket


@dataclass(frozen=True, slots=True)
class Remark:
    """What was left out of a ticket, and why."""

    place: Place
    what: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The tickets of a file."""

    rows: int  # with anything in them, below the heads
    found: tuple[tuple[Place, RowReading], ...]  # one a ticket
    rejected: tuple[Rejected, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Import:
    """What an import did. `read` is the sum of the four below it."""

    ledger: Ledger
    read: int
    imported: int
    updated: int
    unchanged: int
    rejected: tuple[Rejected, ...]
    remarks: tuple[Remark, ...]
    other_words: tuple[tuple[OtherWord, int], ...]  # and how many tickets have each

    def told(self) -> dict[str, Any]:
        """Return the account as JSON tells it."""
        return {
            "as_of": self.ledger.as_of.isoformat(" ", "minutes"),
            "tickets": len(self.ledger.tickets),
            "read": self.read,
            "imported": self.imported,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": [
                {"sheet": one.place.sheet, "row": one.place.row, "reason": one.reason}
                for one in self.rejected
            ],
            "remarks": [
                {"sheet": one.place.sheet, "row": one.place.row, "what": one.what}
                for one in self.remarks
            ],
            "other_words": [
                {"field": word.field, "word": word.word, "tickets": count}
                for word, count in self.other_words
            ],
        }


def read_tickets(
    found: Sequence[Layout], naming: Naming, vocabularies: Vocabularies, now: datetime.datetime
) -> Reading:
    """Return the tickets of a file's tables.

    Args:
        now: no ticket can tell of a later day.

    Raises:
        ColumnsFault: the column of numbers has telephone or identity numbers in it.
    """
    words = Words(vocabularies, naming)
    count = 0
    taken: dict[str, tuple[Place, RowReading]] = {}
    rejected: list[Rejected] = []
    for layout in found:
        reader = RowReader(layout, naming, words, now)
        numbers = []
        for row in _rows(layout):
            count += 1
            place = Place(layout.table.name, row.number)
            try:
                read = reader.read(row)
            except RowFault as fault:
                rejected.append(Rejected(place, f"{fault}。"))
                continue
            number = read.ticket.number
            numbers.append(number)
            before = taken.get(number)
            if before is None or _later(read.ticket, before[1].ticket):
                taken[number] = place, read
                loser, winner = (before[0] if before else None), place
            else:
                loser, winner = place, before[0]
            if loser is not None:
                reason = f"和{winner.label}是同一件，以那一行为准（状态更晚，或排在后面）。"
                rejected.append(Rejected(loser, reason, repeated=True))
        _check_numbers(numbers, layout)
    order = {layout.table.name: place for place, layout in enumerate(found)}
    return Reading(
        count,
        tuple(taken.values()),
        tuple(sorted(rejected, key=lambda one: (order[one.place.sheet], one.place.row))),
        tuple(Remark(place, what) for place, read in taken.values() for what in read.remarks),
    )


def merge(reading: Reading, before: Ledger | None, as_of: datetime.datetime | None) -> Import:
    """Return the ledger with what was read put in.

    Args:
        as_of: the moment the export was made, where it is known; else the latest moment that a
            ticket of it tells.
    """
    told = as_of or latest([read.ticket for _, read in reading.found])
    tickets = {ticket.number: ticket for ticket in before.tickets} if before else {}
    is_older = before is not None and told is not None and told < before.as_of
    imported = updated = unchanged = 0
    for _, read in reading.found:
        number = read.ticket.number
        old = tickets.get(number)
        new = read.ticket if old is None else _updated(old, read, is_older)
        imported += old is None
        updated += old is not None and old != new
        unchanged += old == new
        tickets[number] = new
    moments = [moment for moment in (told, before.as_of if before else None) if moment]
    moment = max(moments) if moments else datetime.datetime.min
    return Import(
        ledger_from(tickets.values(), moment),
        reading.rows,
        imported,
        updated,
        unchanged,
        reading.rejected,
        reading.remarks,
        _counted(read.ticket for _, read in reading.found),
    )


def latest(tickets: Iterable[Ticket]) -> datetime.datetime | None:
    """Return the latest moment that tickets tell; the end of a day where no hour of it is known."""
    exact: datetime.datetime | None = None
    day: datetime.date | None = None
    for ticket in tickets:
        for moment in (ticket.received, ticket.accepted, ticket.visited, ticket.closed):
            if isinstance(moment, datetime.datetime):
                exact = moment if exact is None else max(exact, moment)
            elif moment is not None:
                day = moment if day is None else max(day, moment)
    if day is not None and (exact is None or day > exact.date()):
        return datetime.datetime.combine(day, datetime.time(23, 59))
    return exact


def unread_tables(export: Export, found: Sequence[Layout]) -> list[str]:
    """Return what to say of the sheets that were not read."""
    read = {layout.table.name for layout in found}
    notes = []
    for table in export.tables:
        rows = sum(not row.is_empty for row in table.rows)
        if table.name not in read and rows:
            why = "是隐藏的" if table.hidden else "没有认出表头"
            name = table.name if is_clean(table.name) else "（名称略）"
            notes.append(f"工作表“{name}”{why}，没有读（{rows} 行）；要读请加 --sheet。")
    return notes


def _rows(layout: Layout) -> Iterator[Row]:
    """Yield the rows below the head that have anything in them; a repeated head is none."""
    head = layout.table.rows[layout.head_row].cells
    for row in layout.table.rows[layout.head_row + 1 :]:
        if not row.is_empty and row.cells != head:
            yield row


def _check_numbers(numbers: Sequence[str], layout: Layout) -> None:
    persons = sum(
        any(
            one.kind in _KINDS_OF_PERSONS and one.end - one.start == len(number)
            for one in detect(number)
        )
        for number in numbers[:200]
    )
    if persons * 2 > len(numbers[:200]) and persons > 1:
        raise ColumnsFault(
            f"“{layout.of('number')[0].head}”一列",
            "里面像是手机号或身份证号，不是投诉的编号。",
            "请用 --columns 指明哪一列是编号。",
        )


def _later(one: Ticket, other: Ticket) -> bool:
    """Return whether a row tells a later state than one before it in the file, or the same."""
    return _state(one) >= _state(other)


def _state(ticket: Ticket) -> tuple[int, str]:
    moment = max(
        (m.isoformat() for m in (ticket.closed, ticket.accepted, ticket.visited) if m), default=""
    )
    return ticket.light.rank, moment


def _updated(old: Ticket, read: RowReading, is_older: bool) -> Ticket:
    """Return a ticket as a new row tells it; what the row leaves open stays.

    An older row only fills in what is not known yet, and takes no state back.
    """
    new = read.ticket
    if is_older:
        if new.light.rank < old.light.rank:
            return old
        missing = {
            one.name: getattr(new, one.name)
            for one in fields(Ticket)
            if one.name in read.said and getattr(old, one.name) == one.default
        }
        return replace(old, **missing)
    changes: dict[str, Any] = {name: getattr(new, name) for name in read.said}
    changes |= {name: getattr(new, name) for name in _STATE if name in read.fields}
    if any(name in read.fields for name in _STATE):
        changes["told"] = new.told
    return replace(old, **changes, other_words=_other_words(old, new, read.fields))


def _other_words(old: Ticket, new: Ticket, told: frozenset[str]) -> tuple[OtherWord, ...]:
    """Return the words of the new row, and those of fields that it does not tell."""
    fresh = {word.field for word in new.other_words}
    kept = [word for word in old.other_words if word.field not in told | fresh]
    return (*kept, *new.other_words)


def _counted(tickets: Iterable[Ticket]) -> tuple[tuple[OtherWord, int], ...]:
    counts: dict[OtherWord, int] = {}
    for ticket in tickets:
        for word in ticket.other_words:
            counts[word] = counts.get(word, 0) + 1
    ordered: Mapping[OtherWord, int] = dict(
        sorted(counts.items(), key=lambda item: (-item[1], item[0].field, item[0].word))
    )
    return tuple(ordered.items())
