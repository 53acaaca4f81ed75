"""Scripts, style sheets and JSON: what is written in escapes or base64 is read as what it means."""

import base64
import binascii
import json
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from builder.audit.found import Blob, Fault, Piece, Text

_ESCAPE = re.compile(
    r"\\u\{([0-9a-fA-F]{1,6})\}|\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\([0-9a-fA-F]{4,6}) ?"
)
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{24,}={0,2}")
_PERCENT = re.compile(r"(?:%[0-9a-fA-F]{2}){2,}")
_LONGEST_BASE64: Final = 32 << 20  # characters
_SHORTEST_NUMBER: Final = 7  # digits: fewer tell nobody apart


def script_pieces(text: str) -> Iterator[Piece]:
    """Yield the text of a script or style sheet, and again with its escapes resolved."""
    yield Text("", text)
    plain = unescaped(text)
    if plain != text:
        yield Text("转义", plain)


def json_pieces(text: str) -> Iterator[Piece]:
    """Yield the keys and values of JSON, one a line; markup in a value is read as markup."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        yield Fault("", "不是完整的 JSON，只当作文字看了。")
        yield from script_pieces(text)
        return
    lines, documents = values_of(value)
    yield Text("", "\n".join(lines))
    for document in documents:
        yield Blob("网页片段", document.encode("utf-8", "surrogatepass"), "html")


def values_of(value: object) -> tuple[list[str], list[str]]:
    """Return all keys and values of a JSON value as lines, and those that hold markup."""
    lines: list[str] = []
    documents: list[str] = []
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            for key, held in reversed(item.items()):
                waiting += (held, key)
        elif isinstance(item, list):
            waiting += reversed(item)
        elif isinstance(item, str):
            (documents if "<" in item and ">" in item else lines).append(item)
        elif isinstance(item, int | float) and len(str(item)) >= _SHORTEST_NUMBER:
            lines.append(str(item))
    return lines, documents


def unescaped(text: str) -> str:
    r"""Return the text with `\u4e00`, `\x41`, `\4e00` and `%E4%B8%80` as what they stand for."""
    text = _ESCAPE.sub(_character, text)
    return _PERCENT.sub(lambda match: unquote(match[0], errors="replace"), text)


def base64_blobs(text: str) -> Iterator[Blob]:
    """Yield what stands in base64 in a text; what it is, the content tells."""
    for match in _BASE64.finditer(text):
        written = match[0].rstrip("=").translate(str.maketrans("-_", "+/"))
        if len(written) > _LONGEST_BASE64:
            continue
        written = written[: len(written) - (len(written) % 4 == 1)]
        try:
            data = base64.b64decode(written + "=" * (-len(written) % 4))
        except (binascii.Error, ValueError):
            continue
        yield Blob("base64", data, "base64")


def _character(match: re.Match[str]) -> str:
    code = int(next(group for group in match.groups() if group), 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else match[0]
