"""The case table: one row a case, newest closed first, then id; the row is the case number.

One file, a line of JSON a column after a line that names them, so that a reader parses
only the columns it needs.
"""

import json
import zlib
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from builder.errors import reason_of
from builder.index.folder import IndexFolderError

_FORMAT: Final = 1

# What a row holds. Amounts are whole fen (1/100 yuan) or null; dates are ISO days, or
# months where the audience may not see the day; lists hold ids of the vocabularies.
COLUMNS: Final = (
    "id",
    "title",
    "received",
    "closed",
    "days",
    "year",
    "place",
    "station",
    "district",
    "channel",
    "types",
    "industry",
    "claims",
    "outcomes",
    "ground",
    "agreement_form",
    "departments",
    "methods",
    "statutes",
    "disputed",
    "claimed",
    "recovered",
    "sample",
)


class CaseTable:
    """The columns of all cases; `case_no` is a row."""

    def __init__(
        self,
        case_count: int,
        encoded: Mapping[str, bytes],
        sums: Mapping[str, int],
        path: Path,
    ) -> None:
        """Take columns as JSON with their CRC-32; `make` and `read` are the ways in."""
        self.case_count = case_count
        self._encoded = encoded
        self._sums = sums
        self._columns: dict[str, list[Any]] = {}
        self._path = path

    @classmethod
    def make(cls, rows: Sequence[Mapping[str, Any]]) -> "CaseTable":
        """Return the table of these rows, which are in the order of case numbers."""
        columns = {name: [row[name] for row in rows] for name in COLUMNS}
        encoded = {
            name: json.dumps(column, ensure_ascii=False, separators=(",", ":")).encode()
            for name, column in columns.items()
        }
        sums = {name: zlib.crc32(column) for name, column in encoded.items()}
        return cls(len(rows), encoded, sums, Path())

    def to_bytes(self) -> bytes:
        """Return the file's content; the same rows give the same bytes."""
        head = {"format": _FORMAT, "rows": self.case_count, "columns": self._sums}
        return b"\n".join([json.dumps(head).encode(), *self._encoded.values(), b""])

    @classmethod
    def read(cls, path: Path) -> "CaseTable":
        """Return the table that `to_bytes` wrote to `path`.

        Raises:
            IndexFolderError: it is missing, damaged or of another version.
        """
        try:
            head, *lines = path.read_bytes().split(b"\n")
            values = json.loads(head)
            version, names = values["format"], list(values["columns"])
        except OSError as error:
            raise IndexFolderError(path, f"案例表读不出来（{reason_of(error)}）。") from error
        except (ValueError, TypeError, KeyError) as error:
            raise IndexFolderError(path, "案例表已损坏。") from error
        if version != _FORMAT:
            raise IndexFolderError(path, f"案例表的版本是 {version}，本程序只认得 {_FORMAT}。")
        if names != list(COLUMNS) or len(lines) != len(names) + 1 or lines[-1]:
            raise IndexFolderError(path, "案例表已损坏。")
        encoded = dict(zip(names, lines, strict=False))
        return cls(values["rows"], encoded, values["columns"], path)

    def column(self, name: str) -> list[Any]:
        """Return one column, a value a case.

        Raises:
            KeyError: there is no such column.
            IndexFolderError: it is damaged.
        """
        if name not in self._columns:
            if zlib.crc32(self._encoded[name]) != self._sums[name]:
                raise IndexFolderError(self._path, "案例表已损坏。")
            self._columns[name] = json.loads(self._encoded[name])
        return self._columns[name]

    def row(self, case_no: int) -> dict[str, Any]:
        """Return all columns of one case."""
        return {name: self.column(name)[case_no] for name in COLUMNS}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Return case id -> case number."""
        return {case_id: case_no for case_no, case_id in enumerate(self.column("id"))}
