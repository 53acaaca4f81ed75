"""Open an export: an Excel workbook or a text file, told by its bytes and not by its name."""

from pathlib import Path
from typing import Final

from builder.errors import reason_of
from builder.intake.csv_table import read_csv
from builder.intake.table import Export, ExportFault
from builder.intake.workbook import is_workbook, read_workbook

MAX_FILE: Final = 300 << 20  # bytes


def read_export(path: Path) -> Export:
    """Return the tables of a file.

    Raises:
        ExportFault: it cannot be read; the fault says why.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE + 1)
    except OSError as error:
        raise ExportFault(
            str(path), f"读不出来（{reason_of(error)}）。", "请核对文件名。"
        ) from error
    if len(content) > MAX_FILE:
        raise ExportFault(str(path), "文件太大。", "请按月份分成几个文件导出。")
    if not content:
        raise ExportFault(str(path), "文件是空的。", "请重新导出。")
    name = path.name
    return read_workbook(content, name) if is_workbook(content) else read_csv(content, name)
