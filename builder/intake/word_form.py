"""The form of a case in Word: a table a section, a cell a field, with a mark of the field.

The mark (a bookmark) is what the reader goes by, so rows may be moved and labels changed;
where it was lost, the label is looked for. What the form does not show is carried in one
small cell at the end.
"""

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell

from builder.checks.form_fields import Field
from builder.checks.form_sections import KEPT, shown_sections
from builder.document import (
    add_bookmark,
    add_heading,
    add_title,
    clean,
    document_bytes,
    new_document,
)
from builder.intake.inbox import digest_of
from builder.intake.word_form_values import NO, UNCHOSEN, YES, cell_text
from builder.model.audience import Audience
from builder.model.case import Case, Status
from builder.model.vocabulary import Vocabularies

MARK: Final = "case_"
KEPT_TAG: Final = "kept"
BASE: Final = "base"
_WIDTHS: Final = (38, 132)  # millimetres
_SIZE, _SMALL = 10.5, 8  # points
_LINES: Final = {"prose": 3, "proses": 3, "lessons": 2, "terms": 1, "statutes": 2, "words": 2}
_GREY = RGBColor(0x55, 0x5F, 0x69)


def word_form(words: Vocabularies, case: Case | None = None, text: str = "") -> bytes:
    """Return the form as a .docx file; filled in from a case, or empty.

    Args:
        text: of the case's file, by which an edit says what it began with.
    """
    record = case.model_dump(mode="json", exclude_defaults=True, by_alias=True) if case else {}
    title = f"案例表 {case.id}" if case else "案例表"
    document = new_document(title, size=_SIZE, margin=20)
    add_title(document, title, 16)
    _note(document, "右边一栏填写，写不下可以换行；用不着的空着。几条的，每条前面写一个“●”；"
          "只给内部看的复盘，前面写“【仅内部】”。不写姓名、店名、电话、门牌。"
          "填好交给管案例库的同事：casebook new --from-docx 文件名。")  # fmt: skip
    for section in shown_sections(words):
        add_heading(document, section.legend, 2, 13)
        if section.hint:
            _note(document, section.hint)
        rows = list(_leaves(section.fields))
        table = document.add_table(rows=len(rows), cols=2, style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, _WIDTHS, strict=True):
            column.width = Mm(width)
        for row, field in zip(table.rows, rows, strict=True):
            left, right = row.cells
            left.width, right.width = Mm(_WIDTHS[0]), Mm(_WIDTHS[1])
            _label(left, field)
            value = cell_text(field, _value_at(record, field["path"]), words)
            _answer(
                right, field["path"], value, _offered(field, words), _LINES.get(field["kind"], 1)
            )
    _appendix(document, words)
    _carried(document, record, text)
    return document_bytes(document)


def mark_of(path: str) -> str:
    """Return the name of the bookmark in a field's cell: letters, digits, underscores."""
    return f"{MARK}{path.replace('.', '__')}"


def leaf_fields(words: Vocabularies) -> list[Field]:
    """Return every field that the form shows, with its path."""
    return [field for section in shown_sections(words) for field in _leaves(section.fields)]


def label_of(field: Field) -> str:
    """Return the label of a field's row; those of a group name the group."""
    return str(field["label"])


def _leaves(fields: Sequence[Field], above: str = "") -> Iterator[Field]:
    for field in fields:
        title = f"{above}·{field['title']}" if above else field["title"]
        if field["kind"] == "group":
            yield from _leaves(field["fields"], title)
        else:
            yield field | {"label": title}


def _value_at(record: Mapping[str, Any], path: str) -> Any:
    value: Any = record
    for part in path.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _offered(field: Field, words: Vocabularies) -> list[str]:
    """Return what a list to choose from offers; empty for what is typed."""
    if field["kind"] == "term":
        return [term.label for term in words[field["vocabulary"]].walk() if not term.withdrawn]
    if field["kind"] == "choice":
        kinds: type[Status] | type[Audience] = Status if field["name"] == "status" else Audience
        return [one.label for one in kinds]
    return [YES, NO] if field["kind"] == "flag" else []


def _label(cell: _Cell, field: Field) -> None:
    run = cell.paragraphs[0].add_run(clean(label_of(field)))
    run.bold = True
    if field["help"]:
        hint = cell.add_paragraph().add_run(clean(field["help"]))
        hint.font.size, hint.font.color.rgb = Pt(_SMALL), _GREY


def _answer(cell: _Cell, tag: str, text: str, offered: Sequence[str], lines: int) -> None:
    """Put the lines of an answer into the cell, and the mark by which it is found again."""
    # an empty list would show its first word in some editors, and be saved with it
    written = (clean(text) or UNCHOSEN * bool(offered)).split("\n")
    written += [""] * (lines - len(written)) if not text else []
    cell._tc.remove(cell.paragraphs[0]._p)
    for line in written:
        cell._tc.append(_paragraph(line))
    first = cell.paragraphs[0]
    if offered:
        _among(first._p, offered)
    add_bookmark(first, mark_of(tag), zlib.crc32(tag.encode()) >> 1)


def _among(paragraph: Any, offered: Sequence[str]) -> None:
    """Make what a paragraph says a choice among words."""
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    properties = OxmlElement("w:sdtPr")
    properties.append(_choices(offered))
    for run in list(paragraph):
        content.append(run)
    control.append(properties)
    control.append(content)
    paragraph.append(control)


def _paragraph(line: str) -> Any:
    paragraph = OxmlElement("w:p")
    if line:
        run = OxmlElement("w:r")
        for at, part in enumerate(line.split("\t")):
            if at:
                run.append(OxmlElement("w:tab"))
            piece = OxmlElement("w:t")
            piece.text = part
            piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.append(piece)
        paragraph.append(run)
    return paragraph


def _choices(offered: Sequence[str]) -> Any:
    choices = parse_xml(f"<w:comboBox {nsdecls('w')}/>")
    for label in dict.fromkeys(offered):
        item = OxmlElement("w:listItem")
        item.set(qn("w:displayText"), label)
        item.set(qn("w:value"), label)
        choices.append(item)
    return choices


def _note(document: Document, text: str) -> None:
    run = document.add_paragraph().add_run(clean(text))
    run.font.size, run.font.color.rgb = Pt(_SMALL + 1), _GREY


def _appendix(document: Document, words: Vocabularies) -> None:
    """List the words of the fields that take several, by heading."""
    add_heading(document, "可选的词", 2, 13)
    _note(document, "“纠纷类型”等几栏从这里选，一行写一个，要一字不差。")
    for field in leaf_fields(words):
        if field["kind"] == "terms":
            add_heading(document, field["title"], 3, 11)
            terms = [term for term in words[field["vocabulary"]].terms if not term.withdrawn]
            for term in terms:
                if term.children:
                    below = "、".join(one.label for one in term.children if not one.withdrawn)
                    document.add_paragraph(clean(f"{term.label}：{below}"))
            alone = "、".join(term.label for term in terms if not term.children)
            if alone:
                document.add_paragraph(clean(alone))
    add_heading(document, "法规的简称", 3, 11)
    document.add_paragraph(clean("、".join(one.short for one in words.statutes.statutes)))


def _carried(document: Document, record: Mapping[str, Any], text: str) -> None:
    """Carry what the form does not show, and which text it began with."""
    kept = {name: record[name] for name in KEPT if name in record}
    base = f"{record['id']} {digest_of(text)}" if text else ""
    add_heading(document, "以下由程序使用，请不要改动", 3, 9)
    table = document.add_table(rows=2, cols=1, style="Table Grid")
    told = json.dumps(kept, ensure_ascii=False) if kept else ""
    for row, (tag, value) in zip(table.rows, ((KEPT_TAG, told), (BASE, base)), strict=True):
        _answer(row.cells[0], tag, value, (), 1)
