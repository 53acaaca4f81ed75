"""The one Excel writer: a table with its notes. Same input, same bytes; text stays text."""

import datetime
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, cast

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
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
    book.save(written)
    properties = book.properties
    properties.title, properties.creator = _xml_text(title), ""
    properties.created = properties.modified = _EPOCH  # saving sets the clock's
    return repacked(written.getvalue(), {_PROPERTIES: tostring(properties.to_tree())})


def _add(book: Workbook, sheet: Sheet) -> None:
    made = cast(Worksheet, book.create_sheet(sheet.name))  # rows are written as they come
    made.freeze_panes = "B2"
    for number, width in enumerate(sheet.widths, start=1):
        made.column_dimensions[get_column_letter(number)].width = width
    bold, wrapped = Font(bold=True), Alignment(vertical="top", wrap_text=True)
    head = []
    for text in sheet.head:
        cell = _cell(made, text, wrapped)
        cell.font = bold
        head.append(cell)
    made.append(head)
    count = 1
    for row in sheet.rows:
        count += 1
        made.append([None if value is None else _cell(made, value, wrapped) for value in row])
    made.auto_filter.ref = f"A1:{get_column_letter(len(sheet.head))}{count}"
    made.print_title_rows = "1:1"
    made.page_setup.orientation = "landscape"


def _cell(sheet: Worksheet, value: Value, alignment: Alignment) -> Cell:
    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet, value)
    else:
        cell = WriteOnlyCell(sheet, _fitting(value))
        cell.data_type = "s"  # else what begins with = would be a formula
        cell.quotePrefix = True
    cell.alignment = alignment
    return cell


def _fitting(text: str) -> str:
    kept = _xml_text(text)
    return kept if len(kept) <= LONGEST else kept[: LONGEST - len(_CUT)] + _CUT


def _xml_text(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
