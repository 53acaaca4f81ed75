"""A volume as a Word document, for those who edit it. Word itself fills in page numbers."""

from collections.abc import Mapping, Sequence

from docx.document import Document

from builder.booklet.volume import Block, Entry, Volume, VolumeCase
from builder.document import (
    add_bookmark,
    add_contents,
    add_heading,
    add_page_reference,
    add_row,
    add_table,
    add_title,
    break_page,
    document_bytes,
    new_document,
    set_header_and_footer,
)


def docx_bytes(volume: Volume) -> bytes:
    """Return the file; the same volume gives the same bytes."""
    document = new_document(volume.title, size=10.5, margin=25, gap=3)
    set_header_and_footer(document, volume.title, volume.mark)
    _front(document, volume)
    marks: dict[str, str] = {}
    for group in volume.groups:
        break_page(document)
        add_heading(document, group.label, level=1, size=18)
        for one in group.cases:
            _case(document, one, marks)
    _back(document, volume, marks)
    return document_bytes(document)


def _front(document: Document, volume: Volume) -> None:
    for _ in range(6):
        add_row(document, "", "")
    add_title(document, volume.title, 28)
    for line in (volume.period, volume.count, volume.mark, volume.sample, volume.workshop):
        if line:
            add_title(document, line, 13)
    break_page(document)
    if volume.preface:
        add_heading(document, "前言", level=1, size=18)
        for part in volume.preface:
            add_row(document, "", part)
    add_heading(document, "怎样用这本册子", level=1, size=18)
    for part in volume.how_to_use:
        add_row(document, "", part)
    break_page(document)
    add_title(document, "目录", 18)
    add_contents(document, levels=2)


def _case(document: Document, one: VolumeCase, marks: dict[str, str]) -> None:
    heading = add_heading(document, one.title, level=2, size=14)
    marks[one.id] = f"case_{len(marks) + 1}"
    add_bookmark(heading, marks[one.id], len(marks))
    if one.sample:
        add_row(document, "", "示例，案情虚构")
    if one.summary:
        add_row(document, "要点", one.summary)
    add_table(document, one.facts)
    for block in one.blocks:
        add_heading(document, block.heading, level=3, size=10.5)
        for line in _lines(block):
            add_row(document, "", line)
    if one.keywords:
        add_row(document, "关键词", "　".join(one.keywords))


def _lines(block: Block) -> Sequence[str]:
    if block.kind == "law":
        pairs = zip(block.lines, block.notes, strict=True)
        return [f"{line}（{note}）" if note else line for line, note in pairs]
    return [f"· {line}" for line in block.lines] if block.kind == "items" else block.lines


def _back(document: Document, volume: Volume, marks: Mapping[str, str]) -> None:
    break_page(document)
    add_heading(document, "统计", level=1, size=18)
    for name, rows in volume.statistics:
        add_heading(document, name, level=3, size=10.5)
        add_table(document, rows)
    for title, index in (("法条索引", volume.law_index), ("关键词索引", volume.keyword_index)):
        break_page(document)
        add_heading(document, title, level=1, size=18)
        for entry in index:
            _entry(document, entry, marks)


def _entry(document: Document, entry: Entry, marks: Mapping[str, str]) -> None:
    paragraph = add_row(document, entry.text, "")
    for place, case_id in enumerate(entry.cases):
        paragraph.add_run(f"{'；' if place else ''}{case_id} 第 ")
        add_page_reference(paragraph, marks[case_id])
        paragraph.add_run(" 页")
