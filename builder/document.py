"""The one Word writer: headings, rows, boxes to tick, in Chinese fonts. Same input, same bytes."""

import datetime
import io
from collections.abc import Iterable, Sequence

from docx import Document as make_document
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from builder.still_zip import repacked

FONT = "宋体"
BOX = "□ "
_TABLE_WIDTHS = (32, 128)  # millimetres
_EPOCH = datetime.datetime(2020, 1, 1)  # documents carry no clock


def new_document(title: str, *, size: float, margin: float, gap: float = 0) -> Document:
    """Return an empty A4 document.

    Args:
        size: of the text, in points.
        margin: on all sides, in millimetres.
        gap: below each paragraph, in points.
    """
    document = make_document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    properties.created = properties.modified = _EPOCH
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(margin)
    section.top_margin = section.bottom_margin = Mm(margin)
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3"):
        style = document.styles[name]
        style.font.name = FONT
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
        style.paragraph_format.space_after = Pt(0)
    normal = document.styles["Normal"]
    normal.font.size = Pt(size)
    normal.paragraph_format.space_after = Pt(gap)
    normal.paragraph_format.line_spacing = 1.15
    return document


def set_columns(document: Document, count: int) -> None:
    """Set the text in columns."""
    columns = document.sections[0]._sectPr.find(qn("w:cols"))
    columns.set(qn("w:num"), str(count))
    columns.set(qn("w:space"), "340")


def add_heading(document: Document, text: str, level: int, size: float) -> Paragraph:
    """Add a heading and return it; `size` in points."""
    heading = _paragraph(document, f"Heading{level}")
    heading.add_run(clean(text))
    heading.paragraph_format.space_before = Pt(size / 2)
    for run in heading.runs:
        run.font.size = Pt(size)
    return heading


def add_title(document: Document, text: str, size: float) -> None:
    """Add a line in the middle; `size` in points."""
    paragraph = _paragraph(document)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(clean(text))
    run.bold = True
    run.font.size = Pt(size)


def add_contents(document: Document, levels: int) -> None:
    """Add a table of contents that Word fills in when it opens the file."""
    _add_field(_paragraph(document), f'TOC \\o "1-{levels}" \\h', "打开后按 F9 更新目录")
    update = OxmlElement("w:updateFields")
    update.set(qn("w:val"), "true")
    document.settings.element.append(update)


def add_page_reference(paragraph: Paragraph, bookmark: str) -> None:
    """Add the number of the page where a bookmark is."""
    _add_field(paragraph, f"PAGEREF {bookmark} \\h", "?")


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Mark a paragraph; `name` has letters, digits and underscores, `number` is its own."""
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), str(number))
        if tag == "w:bookmarkStart":
            mark.set(qn("w:name"), name)
        paragraph._p.append(mark)


def add_table(document: Document, rows: Iterable[tuple[str, str]]) -> None:
    """Add a table of two columns, a label and a text."""
    rows = list(rows)
    table = document.add_table(rows=len(rows), cols=2, style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _TABLE_WIDTHS, strict=True):
        column.width = Mm(width)
    cells = table._cells  # once: the public ways look through the whole table for each cell
    for place, (label, text) in enumerate(rows):
        for cell, told, width in zip(
            cells[2 * place : 2 * place + 2], (label, text), _TABLE_WIDTHS, strict=True
        ):
            cell.text, cell.width = clean(told), Mm(width)


def add_grid(
    document: Document, head: Sequence[str], rows: Iterable[Sequence[str]], size: float
) -> None:
    """Add a table with a head that comes again on each page; `size` in points."""
    rows = [tuple(head), *(tuple(row) for row in rows)]
    table = document.add_table(rows=len(rows), cols=len(head), style="Table Grid")
    mark = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
    cells = iter(table._cells)
    for number, row in enumerate(rows):
        for text in row:
            paragraph = next(cells).paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.paragraph_format.line_spacing = 1.0
            run = paragraph.add_run(clean(text))
            run.bold = number == 0
            run.font.size = Pt(size)


def set_header_and_footer(document: Document, header: str, footer: str) -> None:
    """Set the same lines on every page, the page number after the footer."""
    section = document.sections[0]
    section.header.paragraphs[0].text = clean(header)
    line = section.footer.paragraphs[0]
    line.text = clean(f"{footer}　" if footer else "")
    _add_field(line, "PAGE", "1")


def break_page(document: Document) -> None:
    """Go on on a new page."""
    _paragraph(document).add_run().add_break(WD_BREAK.PAGE)


def _add_field(paragraph: Paragraph, code: str, shown: str) -> None:
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("shown", shown), ("end", "")):
        run = paragraph.add_run()
        if kind == "shown":
            run.text = text
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        else:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = text
            run._r.append(instruction)


def add_row(document: Document, label: str, text: str) -> Paragraph:
    """Add a line that begins with a label in bold, where there is one."""
    paragraph = _paragraph(document)
    if label:
        paragraph.add_run(f"{clean(label)}　").bold = True
    paragraph.add_run(clean(text))
    return paragraph


def add_checks(document: Document, steps: Iterable[str]) -> None:
    """Add lines with a box to tick off."""
    for step in steps:
        _paragraph(document).add_run(BOX + clean(step))


def add_blank(document: Document, label: str, lines: int) -> None:
    """Add a label and room to write in."""
    add_row(document, label, "")
    for _ in range(lines):
        _paragraph(document)


def _paragraph(document: Document, style: str = "") -> Paragraph:
    """Add a paragraph at the end; the library's own way looks through all before it."""
    body = document._body
    element = OxmlElement("w:p")
    body._element[-1].addprevious(element)  # the last is what the section looks like
    if style:
        element.style = style
    return Paragraph(element, body)


def clean(text: str) -> str:
    """Return text without the control characters that XML cannot hold."""
    return "".join(char for char in text if char in "\t\n" or char >= " ")


def document_bytes(document: Document) -> bytes:
    """Return the file; the same document gives the same bytes."""
    written = io.BytesIO()
    document.save(written)
    return repacked(written.getvalue())
