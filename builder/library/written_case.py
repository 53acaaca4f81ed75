"""A case as the text of its file: the same case, the same bytes.

The reader (`record.py`) makes the same case of it again. Empty fields are left out, long
texts stand in blocks, and no comment is ever written.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from builder.model.case import Case

_PLAIN = re.compile(r"[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z0-9，。、；：（）“”—_#.-]*")
_MOMENT = re.compile(r"\d{4}-\d\d(-\d\d( \d\d:\d\d)?)?", re.ASCII)
_BLOCK_FROM = 40  # characters; a longer text goes into a block
_UNSAFE_IN_BLOCK = re.compile(
    r"\A\s|\s\Z|[ \t]+$|[\x00-\x09\x0b-\x1f\x7f-\xa0\u2028\u2029\ufeff]", re.M
)
_SUMS = ("disputed", "claimed", "recovered")  # written as numbers
_WORDS = frozenset({"null", "true", "false"})


def written_case(case: Case) -> str:
    """Return the text of a case's file."""
    return written_record(case.model_dump(mode="json", exclude_defaults=True, by_alias=True))


def written_record(record: dict[str, Any]) -> str:
    """Return the text of a file that holds these fields, in their order; they need not be sound."""
    return "".join(f"{line}\n" for line in _mapping(record, ""))


def _mapping(record: dict[str, Any], indent: str) -> Iterator[str]:
    for name, value in record.items():
        if value is None or value == [] or value == {}:
            continue
        if isinstance(value, dict):
            yield f"{indent}{name}:"
            yield from _mapping(value, indent + "  ")
        elif isinstance(value, list):
            yield f"{indent}{name}:"
            yield from _sequence(value, indent + "  ")
        elif name in _SUMS:
            yield f"{indent}{name}: {value}"
        else:
            yield from _scalar(f"{indent}{name}:", value, indent + "  ")


def _sequence(items: list[Any], indent: str) -> Iterator[str]:
    for item in items:
        if isinstance(item, dict) and set(item) != {"text"}:
            lines = list(_mapping(item, ""))
            yield f"{indent}- {lines[0]}"
            yield from (f"{indent}  {line}" if line else "" for line in lines[1:])
        else:
            # a lesson that is nothing but its text is written as text
            text = item["text"] if isinstance(item, dict) else item
            yield from _scalar(f"{indent}-", text, indent + "  ")


def _scalar(head: str, value: object, indent: str) -> Iterator[str]:
    if isinstance(value, str) and _in_block(value):
        yield f"{head} |-"
        yield from (f"{indent}{line}" if line else "" for line in value.split("\n"))
    else:
        yield f"{head} {_inline(value)}"


def _in_block(text: str) -> bool:
    return ("\n" in text or len(text) > _BLOCK_FROM) and not _UNSAFE_IN_BLOCK.search(text)


def _inline(value: object) -> str:
    if isinstance(value, str):
        plain = _PLAIN.fullmatch(value) and value not in _WORDS
        if plain or _MOMENT.fullmatch(value):
            return value
    return json.dumps(value, ensure_ascii=False).replace("\ufeff", "\\ufeff")
