"""Which module reads which kind of file."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from builder.audit.archive import gzip_pieces, zip_pieces
from builder.audit.found import Blob, Fault, Piece, Text
from builder.audit.markup import markup_pieces
from builder.audit.pdf import pdf_pieces
from builder.audit.pictures import picture_pieces
from builder.audit.plain import broken_text, marked_text, other_texts, runs_in
from builder.audit.script import base64_blobs, json_pieces, script_pieces
from builder.audit.shards import index_pieces, shard_pieces
from builder.audit.sheets import sheet_pieces
from builder.audit.sniff import kind_of, text_of

_PICTURES: Final = frozenset({"png", "jpeg", "gif", "webp", "picture"})
_WRITTEN: Final[dict[str, Callable[[str], Iterator[Piece]]]] = {
    "html": markup_pieces,
    "xml": markup_pieces,
    "shard": shard_pieces,
    "json": lambda text: index_pieces(text) or json_pieces(text),
    "script": script_pieces,
    "style": script_pieces,
}
_FOLD = re.compile(r"\r?\n[ \t]")
_LARGE: Final = 1_024  # bytes in base64 that are no key or checksum any more


def kind_in_full(data: bytes, hint: str = "") -> str:
    """Return the kind of a file's content; office files are told from other zips."""
    kind = kind_of(data, hint)
    if kind == "zip":
        if b"word/document.xml" in data:
            return "docx"
        if b"xl/workbook.xml" in data:
            return "xlsx"
    return kind


def pieces_of(data: bytes, kind: str) -> Iterator[Piece]:
    """Yield what a file of a kind holds: texts, files inside, and what cannot be read."""
    if kind in ("zip", "docx", "xlsx"):
        if kind == "xlsx":
            yield from sheet_pieces(data)
        yield from zip_pieces(data)
    elif kind == "gzip":
        yield from gzip_pieces(data)
    elif kind == "pdf":
        yield from pdf_pieces(data)
    elif kind in _PICTURES:
        yield from picture_pieces(data, kind)
    elif kind == "unknown":
        yield Text("字节", runs_in(data), noise=True)
        yield Fault("", "认不出是什么文件，只看了其中像文字的部分。")
    elif kind != "empty":
        yield from _written_pieces(data, kind)


def embedded_pieces(data: bytes) -> Iterator[Piece]:
    """Yield what stood in base64: a file, or bytes of no known meaning."""
    kind = kind_in_full(data)
    if marked_text(data) is not None or (text_of(data) is None and kind != "unknown"):
        yield Blob("", data)
    else:
        yield Text("字节", runs_in(data), noise=True)
        if kind == "unknown" and len(data) >= _LARGE:
            yield Fault("", "认不出是什么，只看了其中像文字的部分。")


def metadata_pieces(data: bytes) -> Iterator[Piece]:
    """Yield the texts of a value that says of itself nothing."""
    text = marked_text(data)
    if text is not None and "<" in text:
        yield Blob("", data, "xml")
    elif text is not None:
        yield Text("", text)
    else:
        yield Text("", runs_in(data), noise=True)


def _written_pieces(data: bytes, kind: str) -> Iterator[Piece]:
    text = marked_text(data)
    texts = [text] if text is not None else other_texts(data)
    if not texts:
        yield Fault("", "有些字节不是文字，只看了其余部分。")
    if text is None and (rest := broken_text(data)) is not None:
        texts.append(rest)
    for text in texts:
        if kind == "calendar":
            yield Text("", _FOLD.sub("", text).replace("\\n", "\n"))
        elif kind in _WRITTEN:
            yield from _WRITTEN[kind](text)
        else:
            yield Text("", text)
        yield from base64_blobs(text)
