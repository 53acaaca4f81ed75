"""Read an Excel file: values only. Formulas and macros are never run, links never followed.

Calamine reads values fast; what it does not tell (a formula whose result was not saved, an
error such as #REF!, how large the sheet says it is) is looked up in the sheet's own text first,
so that no cell is lost in silence and no small file asks for all memory.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final, TypeAlias
from xml.etree import ElementTree

from builder.intake.table import Cell, Export, ExportFault, Row, Table, Unreadable

MAX_UNPACKED: Final = 1 << 30  # bytes of all parts of an xlsx
MAX_CELLS: Final = 8_000_000  # of one sheet, empty ones between others included
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_CELL = re.compile(
    rb"<(?:\w+:)?c\b(?=[^>]*?\br\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7})[\"'])([^>]*[^>/])>"
    rb"(\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>)?"
)
_ERROR_TYPE = re.compile(rb"\bt\s*=\s*[\"']e[\"']")
_UNSAVED: Final = Unreadable("是公式，文件里没有存下结果；请用 Excel 打开、保存一次再导入")
_ERROR: Final = Unreadable("是 Excel 的错误值（如 #REF!）；请改好再导入")
_BROKEN: Final = "这个 Excel 文件坏了，或不完整。"
_AGAIN: Final = "请重新导出，或用 Excel 打开后另存为 .xlsx。"
_DAMAGED: Final = (  # what unpacking and parsing hostile bytes can end in
    zipfile.BadZipFile,
    zlib.error,
    ElementTree.ParseError,
    KeyError,
    OSError,
    ValueError,
    NotImplementedError,
    EOFError,
    RuntimeError,
)
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_Lost: TypeAlias = Mapping[tuple[int, int], Unreadable]  # row and column, from 0


def is_workbook(content: bytes) -> bool:
    """Return whether the bytes begin as an Excel file does."""
    return content.startswith((b"PK\x03\x04", _OLE))


def read_workbook(content: bytes, where: str) -> Export:
    """Return the sheets of an .xlsx, .xlsm or .xls file.

    Args:
        where: what to call the file in a fault.

    Raises:
        ExportFault: it has a password, is broken, is no workbook, or far too large.
    """
    from python_calamine import (
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    if content.startswith(_OLE) and _ENCRYPTED in content:
        raise _locked(where)
    scans = _scan(content, where) if content.startswith(b"PK") else {}
    try:
        tables = []
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            for sheet in book.sheets_metadata:
                if sheet.typ is not SheetTypeEnum.WorkSheet:
                    continue
                found = book.get_sheet_by_name(sheet.name)
                rows: list[list[Cell]] = [
                    list(row) for row in found.to_python(skip_empty_area=False)
                ]
                merged = found.merged_cell_ranges or []
                cells = _filled(rows, merged, scans.get(sheet.name))
                hidden = sheet.visible is not SheetVisibleEnum.Visible
                tables.append(Table(sheet.name, cells, hidden))
    except PasswordError as error:
        raise _locked(where) from error
    except (CalamineError, OSError, ValueError) as error:
        raise ExportFault(where, _BROKEN, _AGAIN) from error
    except BaseException as error:
        # the reader is written in Rust; what it did not foresee comes as a panic
        if type(error).__name__ != "PanicException":
            raise
        raise ExportFault(where, _BROKEN, _AGAIN) from None
    macros = ("里面的宏没有运行，只读了数据。",) if b"vbaProject.bin" in content else ()
    return Export("Excel 工作簿", tuple(tables), macros)


def _locked(where: str) -> ExportFault:
    return ExportFault(
        where, "这个文件有打开密码。", "请用 Excel 打开，去掉密码另存一份，再导入那一份。"
    )


def _filled(
    rows: list[list[Cell]],
    merged: list[tuple[tuple[int, int], tuple[int, int]]],
    scan: _Lost | None,
) -> tuple[Row, ...]:
    """Return rows where every part of a merged cell has its value, and lost cells say so."""
    for (row, column), why in (scan or {}).items():
        while len(rows) <= row:
            rows.append([])
        rows[row] += [""] * (column + 1 - len(rows[row]))
        if rows[row][column] == "":
            rows[row][column] = why
    for (top, left), (bottom, right) in merged:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        value = rows[top][left]
        for cells in rows[top : bottom + 1]:
            for column in range(left, min(right + 1, len(cells))):
                cells[column] = value
    return tuple(Row(number, tuple(cells)) for number, cells in enumerate(rows, start=1))


def _scan(content: bytes, where: str) -> dict[str, _Lost]:
    """Return sheet name -> what its text says; refuse what is no workbook or far too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            infos = package.infolist()
            if any(info.flag_bits & 1 for info in infos):
                raise _locked(where)
            if sum(info.file_size for info in infos) > MAX_UNPACKED:
                raise ExportFault(where, "这个文件解开以后太大。", "请分成几个文件导出。")
            if "xl/workbook.xml" not in package.namelist():
                raise ExportFault(where, "这不是 Excel 工作簿。", _AGAIN)
            return {
                name: _scan_sheet(package.read(path), name, where)
                for name, path in _sheet_paths(package).items()
            }
    except _DAMAGED as error:
        raise ExportFault(where, _BROKEN, _AGAIN) from error


def _sheet_paths(package: zipfile.ZipFile) -> dict[str, str]:
    """Return sheet name -> its part of the package, worksheets alone."""
    relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {
        one.get("Id"): one.get("Target", "")
        for one in relations
        if one.get("Type", "").endswith("/worksheet")
    }
    names = set(package.namelist())
    paths = {}
    for sheet in ElementTree.fromstring(package.read("xl/workbook.xml")).iter():
        target = targets.get(sheet.get(_RELATION)) if sheet.tag.endswith("}sheet") else None
        if target:
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if path in names:
                paths[sheet.get("name", "")] = path
    return paths


def _scan_sheet(xml: bytes, name: str, where: str) -> _Lost:
    unreadable = {}
    last_row = last_column = 0
    columns: dict[bytes, int] = {}
    for match in _CELL.finditer(xml):
        letters, digits, attributes, unsaved = match.groups()
        column = columns.get(letters)
        if column is None:
            column = columns[letters] = _column(letters)
        row = int(digits)
        last_row, last_column = max(last_row, row), max(last_column, column)
        if unsaved:
            unreadable[row - 1, column - 1] = _UNSAVED
        elif _ERROR_TYPE.search(attributes):
            unreadable[row - 1, column - 1] = _ERROR
    if last_row * last_column > MAX_CELLS:
        raise ExportFault(
            f"{where} 工作表“{name}”",
            f"有内容的区域太大（{last_row} 行 × {last_column} 列）。",
            "多半是远处有一个多余的格子；请删掉多余的行和列，或只把台账复制到新文件再导入。",
        )
    return unreadable


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
