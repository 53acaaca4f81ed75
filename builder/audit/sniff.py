"""What kind of file bytes are, by content; names and endings are not trusted."""

import re
from dataclasses import dataclass
from typing import Final

from builder.audit.plain import broken_text, marked_text, other_texts


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file."""

    id: str
    label: str


KINDS: Final = {
    kind.id: kind
    for kind in (
        Kind("html", "网页"),
        Kind("xml", "XML、SVG、订阅源"),
        Kind("shard", "检索分片"),
        Kind("json", "JSON"),
        Kind("script", "脚本"),
        Kind("style", "样式表"),
        Kind("calendar", "日历"),
        Kind("text", "文本、CSV"),
        Kind("pdf", "PDF"),
        Kind("docx", "Word 文档"),
        Kind("xlsx", "Excel 表格"),
        Kind("zip", "压缩包"),
        Kind("gzip", "gzip"),
        Kind("png", "PNG 图片"),
        Kind("jpeg", "JPEG 图片"),
        Kind("gif", "GIF 图片"),
        Kind("webp", "WebP 图片"),
        Kind("picture", "其他图片"),
        Kind("empty", "空文件"),
        Kind("unknown", "认不出的文件"),
    )
}
_MAGIC: Final = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"BM", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"\x00\x00\x01\x00", "picture"),
)
_HTML = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_MARKUP = re.compile(r"\s*<[!?A-Za-z]")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9:-]*(?:\s[^<>]*)?/?>")
_JSON = re.compile(r"\s*[\[{\"]")
_SHARD = re.compile(r"casebookShard\(")
_SCRIPT = re.compile(
    r"(?:^|[;\s(])(?:function|var|let|const|import|export|window\.|self\.)|=>|\.js\b"
)
_STYLE = re.compile(r"[{;]\s*[a-zA-Z-]+\s*:[^;{}]+[;}]")


def kind_of(data: bytes, hint: str = "") -> str:
    """Return the id of the kind of a file's content.

    Args:
        hint: what else it would be where the content is text of no clear kind.
    """
    if not data:
        return "empty"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    text = text_of(data)
    if text is not None:
        return _kind_of_text(text, hint)
    # a zip may stand behind anything
    return "zip" if b"PK\x05\x06" in data[-(1 << 17) :] and b"PK\x03\x04" in data else "unknown"


def text_of(data: bytes) -> str | None:
    """Return the text that bytes are in the likeliest way of writing, or None."""
    text = marked_text(data)
    if text is None:
        text = next(iter(other_texts(data)), None)
    return broken_text(data) if text is None else text


def _kind_of_text(text: str, hint: str) -> str:
    head = text[:4096]
    if _HTML.match(head) or (hint != "script" and _MARKUP.match(head) and "<html" in head.lower()):
        return "html"
    if _MARKUP.match(head):
        return "xml"
    if head.startswith("BEGIN:VCALENDAR"):
        return "calendar"
    if _SHARD.search(text) is not None:
        return "shard"
    if _JSON.match(head) and text.rstrip()[-1:] in ']}"':
        return "json"
    if hint in ("script", "style"):
        return hint
    if len(_TAG.findall(head)) >= 3:
        return "html"
    if _SCRIPT.search(head):
        return "script"
    return "style" if len(_STYLE.findall(head)) >= 2 else "text"
