"""The one Word writer: headings, rows, boxes to tick, in Chinese fonts. Same input, same bytes."""

import datetime
import io
import zipfile
from collections.abc import Iterable

from docx import Document as make_document
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

FONT = "宋体"
BOX = "□ "
_EPOCH = datetime.datetime(2020, 1, 1)  # documents carry no clock
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def new_document(title: str, *, size: float, margin: float) -> Document:
    """Return an empty A4 document.

    Args:
        size: of the text, in points.
        margin: on all sides, in millimetres.
    """
    document = make_document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    properties.created = properties.modified = _EPOCH
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(margin)
    section.top_margin = section.bottom_margin = Mm(margin)
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.name = FONT
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
        style.paragraph_format.space_after = Pt(0)
    normal = document.styles["Normal"]
    normal.font.size = Pt(size)
    normal.paragraph_format.line_spacing = 1.15
    return document


def set_columns(document: Document, count: int) -> None:
    """Set the text in columns."""
    columns = document.sections[0]._sectPr.find(qn("w:cols"))
    columns.set(qn("w:num"), str(count))
    columns.set(qn("w:space"), "340")


def add_heading(document: Document, text: str, level: int, size: float) -> None:
    """Add a heading; `size` in points."""
    heading = document.add_heading(clean(text), level)
    heading.paragraph_format.space_before = Pt(size / 2)
    for run in heading.runs:
        run.font.size = Pt(size)


def add_row(document: Document, label: str, text: str) -> Paragraph:
    """Add a line that begins with a label in bold, where there is one."""
    paragraph = document.add_paragraph()
    if label:
        paragraph.add_run(f"{clean(label)}　").bold = True
    paragraph.add_run(clean(text))
    return paragraph


def add_checks(document: Document, steps: Iterable[str]) -> None:
    """Add lines with a box to tick off."""
    for step in steps:
        document.add_paragraph(BOX + clean(step))


def add_blank(document: Document, label: str, lines: int) -> None:
    """Add a label and room to write in."""
    add_row(document, label, "")
    for _ in range(lines):
        document.add_paragraph()


def clean(text: str) -> str:
    """Return text without the control characters that XML cannot hold."""
    return "".join(char for char in text if char in "\t\n" or char >= " ")


def document_bytes(document: Document) -> bytes:
    """Return the file; the same document gives the same bytes."""
    written = io.BytesIO()
    document.save(written)
    packed = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(packed, "w") as target:
        for name in sorted(source.namelist()):
            info = zipfile.ZipInfo(name, _ZIP_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return packed.getvalue()
