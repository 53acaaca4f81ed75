"""Cells of an Excel file as people see them: a day is kept there as a number."""

import datetime
import io
import warnings
from collections.abc import Iterator
from typing import Final

import openpyxl

from builder.audit.found import Fault, Piece, Text

MAX_CELLS: Final = 2_000_000


def sheet_pieces(data: bytes) -> Iterator[Piece]:
    """Yield the rows of every sheet; its parts are read as XML besides."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            yield Text("表名", "\n".join(book.sheetnames))
            cells = 0
            for sheet in book.worksheets:
                lines: list[str] = []
                for row in sheet.iter_rows(values_only=True):
                    lines += [_written(value) for value in row if value is not None]
                    cells += len(row)
                    if cells > MAX_CELLS:
                        yield Fault(sheet.title, f"超过 {MAX_CELLS} 格，后面的没有看。")
                        break
                yield Text(f"表“{sheet.title}”", "\n".join(lines))
    # openpyxl raises whatever its parts raise where a file is broken
    except Exception:
        yield Fault("", "表格是坏的，没有按格子看。")


def _written(value: object) -> str:
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return str(value)
