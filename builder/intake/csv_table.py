"""Read a text file of separated values: UTF-8, UTF-16 or GBK, comma, tab or semicolon."""

import csv
import io
import re
from typing import Final

from builder.intake.table import Export, ExportFault, Row, Table

_MOST_FIELD: Final = 1_000_000  # characters of one cell
_AS_TEXT = re.compile(r'="([^"]*)"')  # how exports keep Excel from rounding long numbers
_SEPARATORS: Final = {",": "逗号", "\t": "制表符", ";": "分号"}
_UTF16: Final = (("utf-16", "UTF-16"),)
_BYTES: Final = (("utf-8-sig", "UTF-8"), ("gb18030", "GBK"))
_SAVE: Final = "请重新导出为 .xlsx 或 .csv，再导入。"


def read_csv(content: bytes, where: str) -> Export:
    """Return the one table of a text file.

    Args:
        where: what to call the file in a fault.

    Raises:
        ExportFault: it is empty, no text, a web page, or its quotes do not close.
    """
    text, encoding = _decoded(content, where)
    if not text.strip():
        raise ExportFault(where, "文件是空的。", _SAVE)
    if text.lstrip()[:200].lower().startswith(("<html", "<!doctype", "<table", "<?xml", "<meta")):
        raise ExportFault(
            where, "这其实是网页，不是表格（有的系统这样导出）。", "请用 Excel 打开，另存为 .xlsx。"
        )
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    before = csv.field_size_limit(_MOST_FIELD)
    rows = []
    start = 1
    try:
        for cells in reader:
            rows.append(Row(start, tuple(_plain(cell) for cell in cells)))
            start = reader.line_num + 1
    except csv.Error as error:
        raise ExportFault(
            f"{where} 第 {start} 行",
            "引号没有成对，后面的行分不开。",
            "请改好这一行，或导出为 .xlsx。",
        ) from error
    finally:
        csv.field_size_limit(before)
    kind = f"文本表格（{encoding}，{_SEPARATORS[separator]}分隔）"
    return Export(kind, (Table("", tuple(rows)),))


def _decoded(content: bytes, where: str) -> tuple[str, str]:
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding, name in _UTF16 if is_utf16 else _BYTES:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, name
    raise ExportFault(where, "不是文字，也不是 Excel 工作簿。", _SAVE)


def _separator(text: str) -> str:
    """Return the separator that the first lines have most of."""
    head = text[:20_000]
    return max(_SEPARATORS, key=head.count)


def _plain(cell: str) -> str:
    match = _AS_TEXT.fullmatch(cell.strip())
    return match[1] if match else cell.strip().lstrip("'")
