"""A brief as a Word document of one page, for those who edit it."""

from builder.document import (
    add_blank,
    add_checks,
    add_heading,
    add_row,
    document_bytes,
    new_document,
    set_columns,
)
from builder.search.brief import Brief

_BLANK_LINES = 2


def brief_document(brief: Brief) -> bytes:
    """Return the docx file; the same brief gives the same bytes."""
    document = new_document(brief.title, size=8, margin=11)
    set_columns(document, 2)
    add_heading(document, brief.title, level=1, size=12)
    for part in brief.parts:
        add_heading(document, part.title, level=2, size=9)
        if part.kind == "checks":
            add_checks(document, (row.text for row in part.rows))
            continue
        for row in part.rows:
            if part.kind == "blanks":
                add_blank(document, row.label, _BLANK_LINES)
            else:
                add_row(document, row.label, row.text)
    return document_bytes(document)
