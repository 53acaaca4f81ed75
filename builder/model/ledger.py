"""The ledger: complaint tickets as the office's exports tell them, without who is meant.

Internal by nature: a ticket is no case, passes no clearance, and is in no output
for partners or the public. Terms are ids of the vocabularies; what an export says
in other words is kept as it stands, never guessed.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Light(StrEnum):
    """The colour of a ticket on the 黑红绿 board."""

    BLACK = "black"  # not yet accepted
    RED = "red"  # in hand
    GREEN = "green"  # closed, also by 不予受理 or 终止

    @property
    def label(self) -> str:
        return {"black": "黑", "red": "红", "green": "绿"}[self]

    @property
    def rank(self) -> int:
        """How far a ticket of this colour has come."""
        return list(Light).index(self)


@dataclass(frozen=True, slots=True)
class OtherWord:
    """A word of an export that our vocabulary does not have."""

    field: str  # the field of `Ticket` it was meant for, such as dispute_type
    word: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """One complaint of the ledger. Moments are dates, or datetimes where the hour is known."""

    number: str  # the export's own number of the ticket; one ticket a number
    received: datetime.date
    accepted: datetime.date | None = None
    visited: datetime.date | None = None
    closed: datetime.date | None = None
    told: Light | None = None  # the state, where the export gives it without its day
    station: str | None = None
    channel: str | None = None
    dispute_type: str | None = None
    industry: str | None = None
    place: str | None = None  # a street, market or quarter; never a door number
    claims: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    ground: str | None = None  # why not accepted, or ended
    simple: bool = False  # the office's own rule: closed on the day it came
    met: bool | None = None  # whether someone met the complainant in person
    consumers: int = 1  # more than one: a group
    disputed: Decimal | None = None  # yuan
    recovered: Decimal | None = None  # yuan
    text: str | None = None  # the complaint, with identifiers taken out
    case_id: str | None = None  # the case written up from it
    other_words: tuple[OtherWord, ...] = ()

    @property
    def sort_key(self) -> tuple[str, str]:
        """By the moment received, then by number."""
        return self.received.isoformat(), self.number

    @property
    def light(self) -> Light:
        if self.closed is not None or self.told is Light.GREEN:
            return Light.GREEN
        accepted = self.accepted is not None or self.told is Light.RED
        return Light.RED if accepted else Light.BLACK


@dataclass(frozen=True, slots=True)
class Ledger:
    """All tickets by number, as far as the latest import goes."""

    tickets: tuple[Ticket, ...]  # one a number, sorted by received, then number
    as_of: datetime.datetime  # the moment up to which the latest import tells
