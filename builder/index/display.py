"""What cards and snippets show of each case, in one file that is read a case at a time.

Kept beside the Whoosh index and not in it: most searches need no query engine, and then
neither open nor import it. All numbers are little-endian:

    header    magic, version, case count, CRC-32 of the two columns
    columns   end of each record from the first (u64 each); CRC-32 of each record (u32 each)
    records   one JSON object a case, UTF-8, in the order of case numbers
"""

import json
import struct
import sys
import zlib
from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO, Final, Self, TypedDict

from builder.errors import reason_of
from builder.index.comparable import Comparable
from builder.index.folder import IndexFolderError
from builder.index.open_file import OpenFile

_MAGIC: Final = b"CASESHOW"
_VERSION: Final = 2
_HEADER: Final = struct.Struct("<8sIII")


class Card(TypedDict):
    """What a hit shows of a case besides its snippet; labels, not ids.

    Amounts are yuan as people write them, or ''. Dates are days, or months where the
    audience may not see the day.
    """

    title: str
    summary: str
    sample: bool
    status: str
    place: str
    channel: str
    received: str
    closed: str
    days: int | None
    types: list[str]
    industry: str
    claims: list[str]
    outcomes: list[str]
    methods: list[str]
    law: list[str]
    keywords: list[str]
    disputed: str
    claimed: str
    recovered: str


class Display(TypedDict):
    """Everything shown of one case.

    `sections` is section id -> text where there is any; `like` has the numbers of the cases
    most like it, best first.
    """

    id: str
    card: Card
    sections: dict[str, str]
    compared: Comparable
    like: list[int]


def display_bytes(records: Iterable[Display]) -> bytes:
    """Return the file's content; the same records give the same bytes."""
    encoded = [
        json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() for record in records
    ]
    ends, sums = array("Q"), array("I")
    end = 0
    for record in encoded:
        end += len(record)
        ends.append(end)
        sums.append(zlib.crc32(record))
    if sys.byteorder == "big":
        ends.byteswap()
        sums.byteswap()
    columns = ends.tobytes() + sums.tobytes()
    header = _HEADER.pack(_MAGIC, _VERSION, len(encoded), zlib.crc32(columns))
    return b"".join([header, columns, *encoded])


class DisplayFile(OpenFile):
    """An open file of display data; use it in a `with` block or close it."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        """Take an open file; `open` is the way in."""
        self._path = path
        self._file = file
        header = file.read(_HEADER.size)
        if len(header) < _HEADER.size or header[: len(_MAGIC)] != _MAGIC:
            raise IndexFolderError(path, "不是本程序的索引文件，或者文件不完整。")
        _, version, self.case_count, checksum = _HEADER.unpack(header)
        if version != _VERSION:
            raise IndexFolderError(path, f"版本是 {version}，本程序只认得版本 {_VERSION}。")
        columns = file.read(12 * self.case_count)
        if len(columns) < 12 * self.case_count or zlib.crc32(columns) != checksum:
            raise IndexFolderError(path, "内容已损坏。")
        self._ends, self._sums = array("Q"), array("I")
        self._ends.frombytes(columns[: 8 * self.case_count])
        self._sums.frombytes(columns[8 * self.case_count :])
        if sys.byteorder == "big":
            self._ends.byteswap()
            self._sums.byteswap()
        self._first = _HEADER.size + len(columns)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a file of `display_bytes`.

        Raises:
            IndexFolderError: it is missing, damaged or of another version.
        """
        try:
            file = path.open("rb")
        except OSError as error:
            raise IndexFolderError(path, f"索引读不出来（{reason_of(error)}）。") from error
        try:
            return cls(path, file)
        except IndexFolderError:
            file.close()
            raise

    def close(self) -> None:
        """Close the file; it answers no more."""
        self._file.close()

    def record(self, case_no: int) -> Display:
        """Return what is shown of one case.

        Raises:
            IndexFolderError: the record is damaged.
        """
        start = self._ends[case_no - 1] if case_no else 0
        self._file.seek(self._first + start)
        encoded = self._file.read(self._ends[case_no] - start)
        if zlib.crc32(encoded) != self._sums[case_no]:
            raise IndexFolderError(self._path, "内容已损坏。")
        record: Any = json.loads(encoded)
        shown: Display = record
        return shown
