"""The case table as CSV and as Excel.

Source: RFC 4180 for CSV, with a byte order mark, without which Excel on Windows takes
Chinese for something else; OWASP, "CSV Injection", for cells that would be formulas.
"""

import csv
import io
from decimal import Decimal

from builder.checks.cleared import ClearedCasebook
from builder.feeds.case_table import COLUMNS, rows
from builder.feeds.terms_of_use import rights
from builder.spreadsheet import Sheet, Value, workbook_bytes

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
HARMLESS = "'"  # put before what a spreadsheet would take for a formula
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def table_csv(cleared: ClearedCasebook) -> bytes:
    """Return the case table as CSV, UTF-8."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([column.title for column in COLUMNS])
    writer.writerows([_plain(value) for value in row] for row in rows(cleared))
    return BYTE_ORDER_MARK + written.getvalue().encode("utf-8", "replace")


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, whatever stands before the sign."""
    start = text.lstrip(" \n\u3000\xa0\ufeff\u200b")
    return HARMLESS + text if start.startswith(_FORMULA_SIGNS) else text


def table_xlsx(cleared: ClearedCasebook) -> bytes:
    """Return the case table as an Excel file, with a sheet that says what it is."""
    table = Sheet(
        name="案例",
        head=[column.title for column in COLUMNS],
        rows=([_number(value) for value in row] for row in rows(cleared)),
        widths=[column.width for column in COLUMNS],
    )
    about: list[tuple[Value, ...]] = [
        ("库", cleared.title),
        ("工作室", cleared.workshop),
        ("版本", cleared.audience.label),
        ("使用许可", rights(cleared.audience)),
        ("数据截至", cleared.as_of),
        ("案例数", len(cleared.cases)),
        ("已撤下", len(cleared.notices)),
        ("法律依据", "条文为转述，以官方文本为准。"),
    ]
    notes = Sheet(name="说明", head=("项目", "内容"), rows=about, widths=(14, 60))
    return workbook_bytes(cleared.title, [table, notes])


def _plain(value: str | int | Decimal | None) -> str:
    if value is None:
        return ""
    return guarded(value) if isinstance(value, str) else str(value)


def _number(value: str | int | Decimal | None) -> Value:
    return float(value) if isinstance(value, Decimal) else value
