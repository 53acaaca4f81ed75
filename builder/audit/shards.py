"""The files of the static index: their texts as texts, their terms as terms.

What is written in them and how: `builder/index/shards.py` and the modules named there.
"""

import json
import re
from collections.abc import Iterator
from typing import Final

from builder.audit.found import Blob, Fault, Piece, Terms, Text
from builder.audit.script import script_pieces, values_of
from builder.index.symbols import ALPHABET

_CALL = re.compile(r'\s*casebookShard\("([^"\\\n]{1,80})",(.*)\)\s*;?\s*', re.DOTALL)
_SYMBOLS: Final = frozenset(ALPHABET)
_TERMS: Final = ("terms", "directory")


def shard_pieces(text: str) -> Iterator[Piece]:
    """Yield what a shard holds; one of another form is read as a script."""
    call = _CALL.fullmatch(text)
    try:
        payload = json.loads(call[2]) if call else None
    except (ValueError, RecursionError):
        call = None
    if call is None:
        if text.count("casebookShard(") == 1 and text.lstrip().startswith("casebookShard("):
            yield Fault("", "检索分片不完整，只当作文字看了。")
        yield from script_pieces(text)
        return
    yield from _payload_pieces(call[1], payload)


def index_pieces(text: str) -> Iterator[Piece] | None:
    """Return what a whole static index in one JSON object holds; None where it is another JSON.

    The one-file edition carries its index so: name of each file -> payload.
    """
    try:
        index = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(index, dict) or not {"words", "ids", "directory"} <= index.keys():
        return None
    return (piece for name, payload in index.items() for piece in _payload_pieces(name, payload))


def _payload_pieces(full_name: str, payload: object) -> Iterator[Piece]:
    name = full_name.split("/")[0]
    yield Text("分片名", full_name)
    numbers: list[str] = []
    if name in _TERMS and isinstance(payload, list) and _has_names(payload):
        yield Terms("检索词", (*_pairs(payload[0]), *payload[1].split("\n")))
        payload, numbers = _without_symbols(payload[2:])
    elif name == "spelling" and isinstance(payload, list):
        for word in payload:
            if isinstance(word, list) and len(word) == 2:  # sounds: syllables of any word
                numbers.append(str(word.pop()))
    elif name == "tails":
        payload, numbers = _without_symbols([payload])
    elif name == "facets":
        payload, numbers = _without_symbols(payload if isinstance(payload, list) else [payload])
    elif name == "texts" and isinstance(payload, list):
        for case in payload:
            if isinstance(case, list) and case:
                case[-1:], more = _without_symbols(case[-1:])
                numbers += more
    lines, documents = values_of(payload)
    yield Text("", "\n".join([*lines, *documents]))
    yield Text("数字串和拼音", "\n".join(numbers), noise=True)
    for document in documents:
        yield Blob("网页片段", document.encode("utf-8", "surrogatepass"), "html")


def _has_names(payload: list[object]) -> bool:
    return len(payload) > 2 and all(isinstance(item, str) for item in payload[:2])


def _pairs(written: str) -> Iterator[str]:
    for line in written.split("\n"):
        yield from (line[0] + second for second in line[1:])


def _without_symbols(items: list[object]) -> tuple[list[object], list[str]]:
    """Return the items that are more than numbers in symbols, and those that are not."""
    numbers = [item for item in items if isinstance(item, str) and set(item) <= _SYMBOLS]
    return [item for item in items if item not in numbers], numbers
