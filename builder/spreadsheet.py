"""The one Excel writer: a table with its notes. Same input, same bytes; text stays text."""

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, cast

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.functions import tostring

from builder.still_zip import repacked

Value: TypeAlias = str | int | float | None
LONGEST: Final = 32_767  # characters a cell can hold
_CUT: Final = "……（太长，只列到这里）"
_EPOCH = datetime.datetime(2020, 1, 1)  # files carry no clock
_PROPERTIES = "docProps/core.xml"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet.

    Attributes:
        head: titles of the columns; they stay in sight and can be filtered by.
        widths: of the columns, in characters.
    """

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Value]]
    widths: Sequence[int]


def workbook_bytes(title: str, sheets: Sequence[Sheet]) -> bytes:
    """Return an xlsx file; nothing in a cell is a formula."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _add(book, sheet)
    written = io.BytesIO()
    # packed only once, at the end: packing is a third of the work
    ExcelWriter(book, zipfile.ZipFile(written, "w", zipfile.ZIP_STORED)).save()
    properties = book.properties
    properties.title, properties.creator = _xml_text(title), ""
    properties.created = properties.modified = _EPOCH  # saving sets the clock's
    return repacked(written.getvalue(), {_PROPERTIES: tostring(properties.to_tree())})


def _add(book: Workbook, sheet: Sheet) -> None:
    made = cast(Worksheet, book.create_sheet(sheet.name))  # rows are written as they come
    made.freeze_panes = "B2"
    for number, width in enumerate(sheet.widths, start=1):
        made.column_dimensions[get_column_letter(number)].width = width
    bold = Font(bold=True)
    head = [WriteOnlyCell(made, _fitting(text)) for text in sheet.head]
    for cell in head:
        cell.font = bold
    made.append(head)
    count = 1
    for row in sheet.rows:
        count += 1
        made.append([_text(made, value) if isinstance(value, str) else value for value in row])
    made.auto_filter.ref = f"A1:{get_column_letter(len(sheet.head))}{count}"
    made.print_title_rows = "1:1"
    made.page_setup.orientation = "landscape"


def _text(sheet: Worksheet, text: str) -> str | Cell:
    """Return a text as a cell takes it; a cell of its own is slow, and only formulas need one."""
    kept = _fitting(text)
    if not kept.startswith("="):
        return kept
    cell = WriteOnlyCell(sheet, kept)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def _fitting(text: str) -> str:
    kept = _xml_text(text)
    return kept if len(kept) <= LONGEST else kept[: LONGEST - len(_CUT)] + _CUT


def _xml_text(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
