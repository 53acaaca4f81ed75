"""One row of an export as a ticket, or the reason why it is none."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from builder.intake.cells import (
    CellFault,
    amount_of,
    flag_of,
    moment_of,
    number_of,
    people_of,
    prose_of,
    text_of,
)
from builder.intake.columns import (
    LABELS,
    PRIVATE,
    VOCABULARY_OF,
    Column,
    Layout,
    Naming,
    plain,
)
from builder.intake.scrubbing import (
    LONGEST,
    coarse_place,
    is_clean,
    stand_ins,
    without_identifiers,
)
from builder.intake.table import Cell, Row
from builder.intake.words import Words, parts_of, state_of
from builder.model.case import as_day
from builder.model.ledger import Light, OtherWord, Ticket
from builder.text.ticket import parse_ticket

_DAYS: Final = ("received", "accepted", "visited", "closed")
_AREA_HEADS: Final = ("街道", "商圈", "市场", "区域", "网格")
_LONGEST_WORD: Final = 40


class RowFault(Exception):
    """A row that gives no ticket; says why."""


@dataclass
class RowReading:
    """A ticket read from a row, and what could not be read of it.

    Attributes:
        remarks: what was left out of the ticket, and why.
        fields: those the row's table has a column for.
        said: those of them that the row says something of.
    """

    ticket: Ticket
    remarks: list[str] = field(default_factory=list)
    fields: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()


@dataclass
class _Beside:
    """What is known and told of a row beside its ticket.

    Attributes:
        private: names that tell who is meant -> what to put in their place.
        others: words that the vocabularies do not have.
        remarks: what was left out of the ticket, and why.
    """

    private: dict[str, str]
    others: list[OtherWord] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def keep(self, name: str, word: str) -> None:
        """Keep a word that a field's vocabulary does not have, who is meant taken out."""
        kept = without_identifiers(word[:_LONGEST_WORD], self.private)
        if kept:
            self.others.append(OtherWord(name, kept))


@dataclass(frozen=True)
class RowReader:
    """Reads the rows of one table.

    Attributes:
        now: no ticket can tell of a later day.
    """

    layout: Layout
    naming: Naming
    words: Words
    now: datetime.datetime

    def read(self, row: Row) -> RowReading:
        """Return the ticket of a row.

        Raises:
            RowFault: its number or a day of its state cannot be read, or days contradict.
        """
        number = self._needed("number", row, number_of)
        if not number:
            raise RowFault("没有编号")
        values: dict[str, Any] = {"number": number}
        for name in _DAYS:
            values[name] = self._day(name, row)
        if values["received"] is None:
            raise RowFault(f"没有{LABELS['received']}日期")
        _check_order(values)
        beside = _Beside(self._private(row))
        for name, read in _READERS.items():
            values[name] = self._optional(name, row, read, beside)
        for name in VOCABULARY_OF:
            values[name] = self._terms(name, row, beside)
        values["place"] = self._place(row, beside)
        self._state(row, values, beside)
        self._text(row, values, beside)
        found = {name: value for name, value in values.items() if value is not None}
        ticket = Ticket(**found, other_words=tuple(dict.fromkeys(beside.others)))
        has = {column.field for column in self.layout.columns} | set(self.naming.fixed)
        return RowReading(ticket, beside.remarks, frozenset(has), frozenset(found))

    def _cell(self, name: str, row: Row) -> tuple[Column, Cell] | None:
        for column in self.layout.of(name):
            if column.place < len(row.cells):
                return column, row.cells[column.place]
        return None

    def _needed(self, name: str, row: Row, read: Callable[[Cell], Any]) -> Any:
        found = self._cell(name, row)
        if found is None:
            return None
        try:
            return read(found[1])
        except CellFault as fault:
            raise RowFault(f"“{found[0].head}”{fault}{_shown(found[1])}") from fault

    def _day(self, name: str, row: Row) -> datetime.date | None:
        moment: datetime.date | None = self._needed(name, row, moment_of)
        if moment is not None and as_day(moment) > self.now.date():
            raise RowFault(f"{LABELS[name]}日期 {as_day(moment)} 还没到")
        return moment

    def _optional(
        self, name: str, row: Row, read: Callable[[Cell, Column], Any], beside: _Beside
    ) -> Any:
        found = self._cell(name, row)
        if found is None:
            return None
        try:
            return read(found[1], found[0])
        except CellFault as fault:
            beside.remarks.append(f"“{found[0].head}”{fault}{_shown(found[1])}，没有收")
            return None

    def _private(self, row: Row) -> dict[str, str]:
        known: dict[str, str] = {}
        for column in self.layout.of(PRIVATE):
            if column.place < len(row.cells):
                try:
                    known |= stand_ins(column.head, prose_of(row.cells[column.place]))
                except CellFault:
                    continue
        return known

    def _terms(self, name: str, row: Row, beside: _Beside) -> Any:
        text = self._optional(name, row, lambda cell, _: text_of(cell), beside)
        text = text or self.naming.fixed.get(name, "")
        found = []
        many = name in ("claims", "outcomes")
        for word in parts_of(text) if many and self.words.id_of(name, text) is None else [text]:
            term = self.words.id_of(name, word)
            if term is not None:
                found.append(term)
            elif word:
                beside.keep(name, word)
        if many:
            return tuple(dict.fromkeys(found)) or None
        return found[0] if found else None

    def _place(self, row: Row, beside: _Beside) -> str | None:
        found = self._cell("place", row)
        text = self._optional("place", row, lambda cell, _: text_of(cell), beside)
        if not found or not text:
            return None
        is_area = any(word in found[0].head for word in _AREA_HEADS)
        return coarse_place(text, is_area)

    def _state(self, row: Row, values: dict[str, Any], beside: _Beside) -> None:
        """Take the state that the export tells where no day tells it."""
        word = self._optional("told", row, lambda cell, _: text_of(cell), beside)
        if not word:
            return
        mapped = self.naming.words.get("told", {}).get(plain(word), word)
        told = state_of(mapped)
        if told is None:
            beside.keep("told", word)
        outcome = self.words.id_of("outcomes", mapped) if values["outcomes"] is None else None
        if outcome is not None:
            values["outcomes"] = (outcome,)
        by_days = _light(values)
        if told is None or told is by_days:
            return
        if told.rank > by_days.rank:
            values["told"] = told
        else:
            beside.remarks.append(f"状态写“{told.label}”，日期却是“{by_days.label}”，按日期算")

    def _text(self, row: Row, values: dict[str, Any], beside: _Beside) -> None:
        """Take the complaint in words: the story of a labelled ticket, who is meant taken out."""
        text = self._optional("text", row, lambda cell, _: prose_of(cell), beside)
        if not text:
            return
        parsed = parse_ticket(text[: 4 * LONGEST])
        if values["disputed"] is None and parsed.labels:
            values["disputed"] = parsed.amount
        if values["claims"] is None and parsed.labels:
            ids = (self.words.id_of("claims", claim) for claim in parsed.claims)
            values["claims"] = tuple(dict.fromkeys(one for one in ids if one)) or None
        if values["dispute_type"] is None and parsed.problem:
            values["dispute_type"] = self.words.id_of("dispute_type", parsed.problem)
            if values["dispute_type"] is None:
                beside.keep("dispute_type", parsed.problem)
        kept = without_identifiers(parsed.narrative[:LONGEST], beside.private)
        if len(parsed.narrative) > LONGEST:
            beside.remarks.append(f"内容超过 {LONGEST} 字，后面的没有收")
        if not kept and parsed.narrative.strip():
            beside.remarks.append("内容里的身份信息除不干净，没有收")
        values["text"] = kept or None


_READERS: Final[Mapping[str, Callable[[Cell, Column], Any]]] = {
    "disputed": lambda cell, column: amount_of(cell, column.scale),
    "recovered": lambda cell, column: amount_of(cell, column.scale),
    "consumers": lambda cell, _: people_of(cell),
    "simple": lambda cell, _: flag_of(cell),
    "met": lambda cell, _: flag_of(cell),
}


def _light(values: Mapping[str, Any]) -> Light:
    return Ticket("", values["received"], values["accepted"], closed=values["closed"]).light


def _check_order(values: Mapping[str, Any]) -> None:
    """Refuse days that run backwards; hours are compared where both are known."""
    told = [(name, values[name]) for name in ("received", "accepted", "closed") if values[name]]
    told += [("visited", values["visited"])] if values["visited"] else []
    for name, moment in told[1:]:
        first = (
            values["accepted"] if name == "closed" and values["accepted"] else values["received"]
        )
        both = isinstance(moment, datetime.datetime) and isinstance(first, datetime.datetime)
        if (moment < first) if both else (as_day(moment) < as_day(first)):
            earlier = "受理" if first is values["accepted"] else "收到"
            raise RowFault(f"{LABELS[name]}早于{earlier}")


def _shown(cell: Cell) -> str:
    """Return a cell for a message, where it tells nobody's name or number."""
    text = str(cell)[:20] if isinstance(cell, str | int | float) else ""
    return f"：{text}" if text and text.isprintable() and is_clean(text) else ""
