"""YAML as case files use it: plain values, no tags, no aliases, no YAML 1.1 surprises.

One pass over libyaml's events builds the value and, where asked, the position of every
key and item. So duplicate keys, aliases, tags and deep nesting are refused before
anything is built, and `no`, `010` and `1:30` stay the text that was typed.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias

import yaml

Value: TypeAlias = "bool | int | Decimal | str | list[Value] | dict[str, Value] | None"
Path: TypeAlias = tuple[str | int, ...]

MAX_BYTES = 1 << 20
MAX_DEPTH = 12

_INT = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,9}")
_NAME = re.compile(r"[A-Za-z](?:[A-Za-z_#.-]|[0-9]{1,4}(?![0-9])){0,39}")
_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}
# What YAML allows (1.2 §5.1), less the next-line and separator characters that editors hide.
_UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufdff\ufe00-\ufffd\U00010000-\U0010ffff]"
)


class YamlFault(Exception):
    """The text is not YAML as case files use it; line and column count from 1."""

    def __init__(self, line: int, column: int, what: str, remedy: str, code: str) -> None:
        super().__init__(what)
        self.line = line
        self.column = column
        self.what = what
        self.remedy = remedy
        self.code = code


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: its key, and its text. Lines and columns count from 1."""

    line: int
    column: int
    text_line: int  # line on which the value's text begins
    block: bool  # the text is a block scalar


@dataclass(slots=True)
class _Open:
    """A mapping or sequence whose end has not been read."""

    value: "dict[str, Value] | list[Value]"
    path: Path
    key: str | None = None
    key_place: tuple[int, int] = (1, 1)


@dataclass(slots=True)
class _Reading:
    places: dict[Path, Place] | None
    stack: list[_Open] = field(default_factory=list)
    root: Value = None
    documents: int = 0


def shown(name: str) -> str:
    """Return a name that somebody typed as a message may show it: what is no name stays out.

    A message must never print what tells who a person is, wherever it was typed.
    """
    return name if _NAME.fullmatch(name) else "（这里写的内容）"


def decode(content: bytes) -> str:
    """Return the text of a file, without its byte order mark.

    Raises:
        YamlFault: too large, not UTF-8, or with characters no editor shows.
    """
    if len(content) > MAX_BYTES:
        raise YamlFault(0, 0, "文件超过 1 MiB。", "案例只放文字，请把附件和图片移走。", "file-size")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise YamlFault(
            line, 1, "不是 UTF-8 编码的文字。", "请在编辑器里另存为 UTF-8 编码。", "encoding"
        ) from error
    bad = _UNPRINTABLE.search(text)
    if bad:
        line, column = _line_and_column(text, bad.start())
        raise YamlFault(
            line,
            column,
            f"有看不见的控制字符（U+{ord(bad[0]):04X}）。",
            "请删掉这个字符；重新录入这一行最稳妥。",
            "control-character",
        )
    return text


def read_yaml(text: str) -> Value:
    """Return the value that `text` writes.

    Raises:
        YamlFault: not YAML, or YAML with tags, aliases, duplicate keys or deep nesting.
    """
    return _read(text, None)


def read_places(text: str, until: Path | None = None) -> dict[Path, Place]:
    """Return the place of every key and item of a text that `read_yaml` accepts.

    Args:
        until: a path; what stands after it is not read.
    """
    places: dict[Path, Place] = {}
    _read(text, places, until)
    return places


def _read(text: str, places: dict[Path, Place] | None, until: Path | None = None) -> Value:
    reading = _Reading(places)
    loader = yaml.CLoader(text)
    try:
        while loader.check_event() and not (until and places and until in places):
            _take(reading, loader.get_event())
    except yaml.MarkedYAMLError as error:
        raise _syntax_fault(error, text) from error
    except yaml.YAMLError as error:
        raise YamlFault(1, 1, "YAML 写法有误。", "请对照模板改正。", "yaml") from error
    finally:
        loader.dispose()
    return reading.root


def _take(reading: _Reading, event: Any) -> None:
    """Put one event of the parser where it belongs."""
    kind = type(event)  # a library is millions of events: one look at the type is enough
    if kind is yaml.ScalarEvent:
        if event.anchor is not None or event.tag is not None:
            _refuse_anchor_and_tag(event)
        top = reading.stack[-1] if reading.stack else None
        if top is not None and top.key is None and type(top.value) is dict:
            _open_key(top, event)
        else:
            _add(reading, _scalar(event), event, text=True)
    elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
        _refuse_anchor_and_tag(event)
        if len(reading.stack) >= MAX_DEPTH:
            raise _fault(event, "一层套一层太深。", "请对照模板，去掉多余的层次。", "depth")
        top = reading.stack[-1] if reading.stack else None
        if top is not None and top.key is None and type(top.value) is dict:
            raise _fault(event, "字段名不能是列表或一组字段。", "请对照模板改正。", "key")
        value: dict[str, Value] | list[Value] = {} if kind is yaml.MappingStartEvent else []
        path = _add(reading, value, event, text=False)
        reading.stack.append(_Open(value, path))
    elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
        reading.stack.pop()
    elif kind is yaml.AliasEvent:
        raise _fault(event, "不能用 * 引用别处的内容。", "请把内容直接写出来。", "alias")
    elif kind is yaml.DocumentStartEvent:
        reading.documents += 1
        if reading.documents > 1:
            raise _fault(
                event, "一个文件里有两份内容。", "请一案一个文件，去掉多余的 ---。", "documents"
            )


def _open_key(top: _Open, event: Any) -> None:
    key = event.value
    if key in top.value:
        raise _fault(event, f"字段 {shown(key)} 写了两次。", "请合并成一处。", "duplicate-key")
    if key == "<<" and event.implicit[0]:
        raise _fault(event, "不能用 << 合并字段。", "请把内容直接写出来。", "alias")
    top.key = key
    top.key_place = (event.start_mark.line + 1, event.start_mark.column + 1)


def _add(reading: _Reading, value: Value, event: Any, *, text: bool) -> Path:
    """Add a value to what is open; return its path where places are wanted."""
    if not reading.stack:
        reading.root = value
        return ()
    top = reading.stack[-1]
    key: str | int
    if isinstance(top.value, dict):
        assert top.key is not None
        key, top.key = top.key, None
        top.value[key] = value
    else:
        key = len(top.value)
        top.value.append(value)
    if reading.places is None:
        return ()
    path = (*top.path, key)
    start = (event.start_mark.line + 1, event.start_mark.column + 1)
    block = text and event.style in ("|", ">")
    line, column = top.key_place if isinstance(key, str) else start
    reading.places[path] = Place(line, column, text_line=start[0] + block, block=block)
    return path


def _scalar(event: Any) -> Value:
    text: str = event.value
    if not event.implicit[0]:
        bad = _UNPRINTABLE.search(text) if event.style == '"' else None
        if bad:  # written as an escape, such as "\\x1b"
            raise _fault(
                event,
                f"有看不见的控制字符（U+{ord(bad[0]):04X}）。",
                "请删掉反斜线和后面的代号。",
                "control-character",
            )
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return text


def _refuse_anchor_and_tag(event: Any) -> None:
    if event.anchor is not None:
        raise _fault(event, "不能用 & 标记内容。", "请去掉 & 和它后面的名字。", "alias")
    if event.tag is not None:
        raise _fault(
            event, "不能用 ! 开头的标签。", "请去掉标签；文字以 ! 开头时，请加上引号。", "tag"
        )


def _fault(event: Any, what: str, remedy: str, code: str) -> YamlFault:
    mark = event.start_mark
    return YamlFault(mark.line + 1, mark.column + 1, what, remedy, code)


_SYNTAX = (
    (
        "found character that cannot start any token",
        "这个符号不能放在开头。",
        "请给这一项加上引号。",
    ),
    ("found a tab", "缩进里有制表符。", "请改用空格缩进。"),
    ("could not find expected ':'", "字段名后面缺冒号。", "请写成“字段: 内容”，用半角冒号加空格。"),
    (
        "mapping values are not allowed",
        "这里不该出现冒号。",
        "内容里有半角冒号时，请给内容加引号。",
    ),
    (
        "did not find expected key",
        "缩进不齐，或引号、括号没有成对。",
        "请与上一行对齐，并检查引号和括号。",
    ),
    ("did not find expected '-' indicator", "列表的缩进不齐。", "请让同一列表的 - 上下对齐。"),
    ("unexpected end of stream", "引号没有成对。", "请补上引号。"),
    ("did not find expected ',' or", "方括号或花括号没有成对，或缺逗号。", "请检查括号和逗号。"),
    ("control characters are not allowed", "有看不见的控制字符。", "请删掉这个字符。"),
)


def _syntax_fault(error: yaml.MarkedYAMLError, text: str) -> YamlFault:
    mark = error.problem_mark or error.context_mark
    if mark and error.context_mark and mark.line >= text.rstrip().count("\n") + 1:
        mark = error.context_mark  # what was opened there never ended
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    said = f"{error.context or ''} {error.problem or ''}"
    for english, what, remedy in _SYNTAX:
        if english in said:
            return YamlFault(line, column, f"YAML 写法有误：{what}", remedy, "yaml")
    return YamlFault(
        line, column, "YAML 写法有误。", "请检查这一行和上一行的缩进、冒号、引号和括号。", "yaml"
    )


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
