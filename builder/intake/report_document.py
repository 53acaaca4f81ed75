"""日反馈 and 周通报 as Word files of one page, for those who edit them."""

from typing import Final

from builder.document import (
    add_grid,
    add_heading,
    add_row,
    add_title,
    document_bytes,
    new_document,
    set_header_and_footer,
)
from builder.intake.report_sheet import Sheet
from builder.model.audience import Audience
from builder.wording import BANNERS

_SIZE: Final = 7.5  # points


def report_document(sheet: Sheet) -> bytes:
    """Return the docx file; the same report gives the same bytes."""
    document = new_document(sheet.title, size=_SIZE, margin=11)
    add_title(document, sheet.title, size=15)
    add_title(document, sheet.subtitle, size=9)
    for label, text in sheet.lead:
        add_row(document, label, text)
    for grid in sheet.grids:
        add_heading(document, grid.title, level=2, size=10)
        if grid.rows:
            add_grid(document, grid.head, grid.rows, size=_SIZE)
        else:
            add_row(document, "", "没有。")
        if grid.note:
            add_row(document, "", grid.note)
    add_heading(document, "怎么算的", level=2, size=10)
    for note in sheet.notes:
        add_row(document, "", note)
    set_header_and_footer(document, BANNERS[Audience.INTERNAL], "")
    return document_bytes(document)
