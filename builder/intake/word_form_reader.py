"""From a filled-in Word form to the text of a case's file.

Only the text of the document is read: no macro, no link, no picture, nothing that was
deleted while changes were tracked. Sizes are bounded before anything is unpacked.
"""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from builder.checks.form_fields import Field
from builder.checks.form_sections import KEPT
from builder.errors import WrongUseError
from builder.intake.word_form import BASE, KEPT_TAG, MARK, label_of, leaf_fields
from builder.intake.word_form_values import cell_value
from builder.library.written_case import written_record
from builder.model.case import Case
from builder.model.vocabulary import Vocabularies

MAX_FILE: Final = 20 << 20  # bytes
_MAX_TEXT: Final = 20 << 20  # bytes of the document's own part, unpacked
_PART: Final = "word/document.xml"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE: Final = frozenset(f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText"))
_FEWEST: Final = 3  # fields by which a document is known for our form


class NotAFormError(WrongUseError):
    """The file is no form of a case, or cannot be read as one."""


def form_text(content: bytes, name: str, words: Vocabularies, free_id: str = "") -> str:
    """Return the text of the case file that a form writes; it need not be sound.

    Its first line says which text an edit began with, as `builder/intake/inbox.py` reads it.

    Args:
        content: of the .docx, at most `MAX_FILE` bytes and one more.
        name: of the file, for messages.
        free_id: for a form without an id; its year becomes that of the complaint.

    Raises:
        NotAFormError: it is no Word document, has a password, is broken, or is no form.
    """
    fields = leaf_fields(words)
    cells = _cells(_document(content, name), fields)
    if sum(field["path"] in cells for field in fields) < _FEWEST:
        raise NotAFormError(
            name, "不是案例表，认不出各栏。", "请用 casebook form 出一张空表，照着填。"
        )
    record: dict[str, Any] = {}
    for field in fields:
        value = cell_value(field, cells.get(field["path"], ""), words)
        if value is not None and value != []:
            _put(record, field["path"], value)
    if "id" not in record and free_id:
        record["id"] = _of_year(free_id, record)
    record |= _kept(cells.get(KEPT_TAG, ""), name)
    ordered = {key: record[key] for key in Case.model_fields if key in record}
    base = cells.get(BASE, "").strip()
    return (f"# 基于 {base}\n" if base else "") + written_record(ordered)


def _document(content: bytes, name: str) -> Element:
    """Return the root of the document's own part, bounded and without entities."""
    if len(content) > MAX_FILE:
        raise NotAFormError(name, "文件太大，不像案例表。", "请去掉里面的图片，再存一份。")
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise NotAFormError(
            name, "有密码，或者是旧版的 .doc。", "请在 Word 里去掉密码，另存为 .docx。"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(_PART) as part:
            xml = part.read(_MAX_TEXT + 1)
    except Exception as error:  # a broken archive sets off errors of many kinds
        raise _broken(name) from error
    if len(xml) > _MAX_TEXT:
        raise NotAFormError(name, "里面的文字太多，不像案例表。", "请照空表重填。")
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise _broken(name)  # Word writes none; entities could be made to grow
    try:
        return ElementTree.fromstring(xml)
    except ElementTree.ParseError as error:
        raise _broken(name) from error


def _broken(name: str) -> NotAFormError:
    return NotAFormError(
        name, "不是 Word 文档（.docx），或者坏了。", "请在 Word 里打开，另存为 .docx 再试。"
    )


def _cells(root: Element, fields: list[Field]) -> Mapping[str, str]:
    """Return field path -> what its cell says: by the mark in it, else by the label beside it."""
    found: dict[str, str] = {}
    for cell in root.iter(f"{_W}tc"):
        for mark in cell.iter(f"{_W}bookmarkStart"):
            name = mark.get(f"{_W}name", "")
            if name.startswith(MARK):
                found.setdefault(name.removeprefix(MARK).replace("__", "."), _text(cell))
    paths = {label_of(field): field["path"] for field in fields}
    for row in root.iter(f"{_W}tr"):
        cells = row.findall(f"{_W}tc")
        if len(cells) < 2:
            continue
        path = paths.get(_text(cells[0]).strip().split("\n")[0].strip())
        if path and path not in found:
            found[path] = _text(cells[1])
    return found


def _text(node: Element) -> str:
    paragraphs = list(node.iter(f"{_W}p"))
    if not paragraphs:
        return _of_paragraph(node)
    return "\n".join(_of_paragraph(one) for one in paragraphs)


def _of_paragraph(node: Element) -> str:
    return "".join(_pieces(node))


def _pieces(node: Element) -> Iterator[str]:
    for child in node:
        if child.tag in _GONE or child.tag == f"{_W}p":
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag == f"{_W}tab":
            yield "\t"
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        else:
            yield from _pieces(child)


def _kept(told: str, name: str) -> dict[str, Any]:
    """Return what the form carried without showing it."""
    if not told.strip():
        return {}
    try:
        kept = json.loads(told)
    except ValueError:
        kept = None
    if not isinstance(kept, dict) or not set(kept) <= set(KEPT):
        raise NotAFormError(
            name, "最后“由程序使用”的一栏被改动了。", "请用 casebook form 重出一张，把改动抄过去。"
        )
    return kept


def _of_year(free_id: str, record: Mapping[str, Any]) -> str:
    """Return an id of the year in which the complaint came; it is renumbered where it is taken."""
    received = str(record.get("timeline", {}).get("received", ""))[:4]
    code, year, serial = free_id.split("-")
    other = received.isdecimal() and len(received) == 4 and received != year
    return f"{code}-{received}-0001" if other else f"{code}-{year}-{serial}"


def _put(record: dict[str, Any], path: str, value: Any) -> None:
    *above, last = path.split(".")
    for part in above:
        record = record.setdefault(part, {})
    record[last] = value
