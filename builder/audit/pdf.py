"""PDF: text of the pages, metadata, bookmarks, notes, form fields, attached files."""

import io
import logging
from collections.abc import Callable, Iterator
from typing import Any, Final

import pypdf
from pypdf.generic import DictionaryObject, IndirectObject, StreamObject

from builder.audit.found import Blob, Fault, Piece, Text

MAX_PAGES: Final = 5_000
_MAX_OBJECTS: Final = 200_000
_FULL: Final = 0.7  # of the longest line of a page: a line so long was ended by the margin
_TEXT_KEYS: Final = ("/Contents", "/T", "/TU", "/V", "/DV", "/RC", "/Title", "/Subj", "/Alt",
                     "/ActualText", "/URI", "/F", "/UF", "/Desc", "/NM", "/E")  # fmt: skip


def pdf_pieces(data: bytes) -> Iterator[Piece]:
    """Yield what can be read of a PDF."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            yield Fault("", "加了密，看不到内容。")
            return
        pages = len(reader.pages)
    # pypdf raises whatever comes where a file is broken
    except Exception:
        yield Fault("", "PDF 是坏的，打不开。")
        return
    if pages > MAX_PAGES:
        yield Fault("", f"超过 {MAX_PAGES} 页，后面的没有看。")
    yield from _whole_or_fault("文档属性", lambda: _metadata(reader))
    for number in range(min(pages, MAX_PAGES)):
        yield from _whole_or_fault(f"第 {number + 1} 页", lambda at=number: _page(reader, at))  # type: ignore[misc]
    yield from _whole_or_fault("各个对象", lambda: _objects(reader))
    end = data.rfind(b"%%EOF")
    if end >= 0 and data[end + 5 :].strip():
        yield Blob("末尾多出的内容", data[end + 5 :])


def _whole_or_fault(place: str, read: Callable[[], list[Piece]]) -> list[Piece]:
    try:
        return read()
    except Exception:  # as above
        return [Fault(place, "读不出来。")]


def _metadata(reader: pypdf.PdfReader) -> list[Piece]:
    told: list[Piece] = [
        Text("文档属性", "\n".join(f"{value}" for value in (reader.metadata or {}).values()))
    ]
    root = reader.trailer["/Root"].get_object()
    xmp = root.get("/Metadata") if isinstance(root, DictionaryObject) else None
    stream = xmp.get_object() if xmp is not None else None
    if isinstance(stream, StreamObject):
        told.append(Blob("XMP 属性", stream.get_data(), "xml"))
    return told


def _page(reader: pypdf.PdfReader, number: int) -> list[Piece]:
    """Return the text of a page, and again with the lines that the margin ended put together."""
    text = reader.pages[number].extract_text()
    place = f"第 {number + 1} 页"
    return [Text(place, text), Text(place, _unwrapped(text), again=True)]


def _unwrapped(text: str) -> str:
    lines = text.split("\n")
    full = _FULL * max(map(_width, lines))
    return "".join(line if _width(line) >= full else f"{line}\n" for line in lines)


def _width(line: str) -> int:
    """Return how wide a line is: a Chinese character is as wide as two letters."""
    return len(line.encode("gb18030", "replace"))


def _objects(reader: pypdf.PdfReader) -> list[Piece]:
    """Return texts of notes, bookmarks and form fields, and attached files."""
    told: list[Piece] = []
    texts: list[str] = []
    numbers = {number for by_number in reader.xref.values() for number in by_number}
    numbers |= set(reader.xref_objStm)
    if len(numbers) > _MAX_OBJECTS:
        told.append(Fault("各个对象", f"超过 {_MAX_OBJECTS} 个，后面的没有看。"))
    for number in sorted(numbers)[:_MAX_OBJECTS]:
        try:
            found: Any = IndirectObject(number, 0, reader).get_object()
        except Exception:  # entries of a table that lead nowhere are common
            continue
        if not isinstance(found, DictionaryObject):
            continue
        texts += _texts_of(found)
        if isinstance(found, StreamObject) and found.get("/Type") == "/EmbeddedFile":
            told.append(Blob("附件", found.get_data()))
    told.append(Text("批注、书签、表单", "\n".join(texts)))
    return told


def _texts_of(found: DictionaryObject) -> Iterator[str]:
    waiting = [found]
    for _ in range(1_000):
        if not waiting:
            return
        holder = waiting.pop()
        for key, value in holder.items():
            if isinstance(value, DictionaryObject):
                waiting.append(value)
            elif isinstance(value, str) and key in _TEXT_KEYS:
                yield value
