"""What an export is once its file is open: tables of cells, rows numbered as Excel does."""

import datetime
from dataclasses import dataclass, field
from typing import TypeAlias

from builder.errors import WrongUseError


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that has no value to take: a formula without a result, an error of Excel."""

    why: str


Cell: TypeAlias = (
    str
    | int
    | float
    | bool
    | datetime.datetime
    | datetime.date
    | datetime.time
    | datetime.timedelta
    | Unreadable
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `number` counts from 1, as the program shows it."""

    number: int
    cells: tuple[Cell, ...]  # '' where nothing is

    @property
    def is_empty(self) -> bool:
        return all(isinstance(cell, str) and not cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet, or the whole of a text file."""

    name: str  # '' for a text file
    rows: tuple[Row, ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Export:
    """One file of tickets."""

    kind: str  # how it was read, in words
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = field(default=())


class ExportFault(WrongUseError):
    """A file that cannot be read as a table of tickets."""
