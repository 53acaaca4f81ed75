"""One text to one record, with every fault placed on its line and column."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from builder.library.problem import Problem, Severity
from builder.library.yaml_reader import (
    Path,
    Place,
    YamlFault,
    decode,
    read_places,
    read_yaml,
    shown,
)
from builder.model.case import CASE_ID_PATTERN
from builder.model.statute import CITATION_PATTERN
from builder.model.strict import ONE_LINE_PATTERN, TERM_ID_PATTERN

Record = TypeVar("Record", bound=BaseModel)

# what is wrong where a text has not the spelling of its field, and what to do
_SPELLINGS = {
    ONE_LINE_PATTERN: ("这里只能写一行。", "请删去换行。"),
    TERM_ID_PATTERN: ("这不是编号。", "请只用小写字母、数字和短横，如 tui-ka。"),
    CASE_ID_PATTERN: ("这不是案例编号。", "请写成 SL-2026-0137 这样。"),
    CITATION_PATTERN: ("法条的写法不对。", "请写成 xiaobaofa#53，款、项接在后面：xiaobaofa#53.1。"),
}


@dataclass
class SourceText:
    """The YAML text a record was read from; knows where each field stands.

    Attributes:
        path: file, relative to the library's root.
        text: YAML, the whole file or the front matter of a page.
        first_line: lines of the file before `text` (front matter starts after `---`).
    """

    path: str
    text: str
    first_line: int = 0

    @cached_property
    def places(self) -> dict[Path, Place]:
        return read_places(self.text)

    def problem(
        self,
        field: Path,
        what: str,
        remedy: str,
        code: str,
        severity: Severity = Severity.ERROR,
        within: str = "",
    ) -> Problem:
        """Return a problem placed at `field`, or at its nearest ancestor that is written.

        `within` is the field's text before the fault, so that a fault deep in prose is
        placed on its own line.
        """
        line, column = self._line_and_column(field, within)
        return Problem(self.path, line, column, dotted(field), what, remedy, code, severity)

    def _line_and_column(self, field: Path, within: str) -> tuple[int, int]:
        places = read_places(self.text, until=field)
        for length in range(len(field), 0, -1):
            place = places.get(field[:length])
            if place is None:
                continue
            if length == len(field) and within and place.block:
                return self.first_line + place.text_line + within.count("\n"), 1
            return self.first_line + place.line, place.column
        return self.first_line + 1, 1


@dataclass(frozen=True)
class ReadResult(Generic[Record]):
    """What became of one text: a record, or problems, never neither."""

    record: Record | None
    problems: tuple[Problem, ...]
    source: SourceText


def dotted(field: Path) -> str:
    """Return a field's path as people name it: `lessons.weak.0` for ('lessons', 'weak', 0)."""
    return ".".join(str(part) if isinstance(part, int) else shown(part) for part in field)


def read_record(path: str, content: bytes, model: type[Record]) -> ReadResult[Record]:
    """Read one YAML file into `model`; collects every problem instead of raising."""
    try:
        text = decode(content)
    except YamlFault as fault:
        return ReadResult(None, (_from_fault(path, 0, fault),), SourceText(path, ""))
    return record_from_text(SourceText(path, text), model)


def record_from_text(source: SourceText, model: type[Record]) -> ReadResult[Record]:
    """Read a decoded YAML text into `model`."""
    try:
        value = read_yaml(source.text)
    except YamlFault as fault:
        return ReadResult(None, (_from_fault(source.path, source.first_line, fault),), source)
    if not isinstance(value, dict):
        problem = Problem(
            source.path, source.first_line + 1, 1, "",
            "里面没有“字段: 内容”。", "请对照模板补全内容。", "empty",
        )  # fmt: skip
        return ReadResult(None, (problem,), source)
    try:
        # An empty field is one not filled in yet.
        filled = {key: item for key, item in value.items() if item is not None}
        return ReadResult(model.model_validate(filled), (), source)
    except ValidationError as error:
        details = _once(source, error)
        problems = [_from_pydantic(source, path, detail, model) for path, detail in details]
        # a misspelt field is told once, not also as missing
        meant = "".join(problem.remedy for problem in problems if problem.code == "extra-forbidden")
        told = [
            problem
            for problem, (_, detail) in zip(problems, details, strict=True)
            if detail["type"] != "missing" or f"要写 {detail['loc'][-1]}？" not in meant
        ]
        return ReadResult(None, tuple(told), source)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return '您是不是要写 x？' for the nearest known word, or ''."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"您是不是要写 {found[0]}？" if found else ""


def _from_fault(path: str, first_line: int, fault: YamlFault) -> Problem:
    line = first_line + fault.line if fault.line else 0
    return Problem(path, line, fault.column, "", fault.what, fault.remedy, fault.code)


def _once(source: SourceText, error: ValidationError) -> list[tuple[Path, ErrorDetails]]:
    """Return one detail a field, with its path: a union reports each of its branches."""
    seen: dict[Path, ErrorDetails] = {}
    for detail in error.errors(include_url=False, include_input=True):
        seen.setdefault(_written_path(source, detail), detail)
    return list(seen.items())


def _written_path(source: SourceText, detail: ErrorDetails) -> Path:
    """Return the path as written in the file, without pydantic's branch names."""
    path: Path = ()
    for part in detail["loc"]:
        if (*path, part) in source.places:
            path = (*path, part)
    return (*path, detail["loc"][-1]) if detail["type"] == "missing" else path


def _from_pydantic(
    source: SourceText, field: Path, detail: ErrorDetails, model: type[BaseModel]
) -> Problem:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        name = str(field[-1])
        hint = nearest(name, _known_fields(model, field[:-1]))
        what, remedy = f"不认识的字段 {shown(name)}。", hint or "请对照模板，删掉或改名。"
    elif kind == "missing":
        what, remedy = f"缺字段 {field[-1]}。", "请补上这一项。"
    else:
        what, remedy = _explain(kind, context, detail.get("input"))
    return source.problem(field, what, remedy, kind.replace("_", "-"))


def _explain(kind: str, context: Mapping[str, Any], value: object) -> tuple[str, str]:
    if kind == "value_error":
        return f"{context['error']}。", "请改成这种写法。"
    if kind in ("enum", "literal_error"):
        choices = str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        hint = nearest(value, choices) if isinstance(value, str) else ""
        return f"只能写 {'、'.join(choices)} 之一。", hint or "请从中选一个。"
    if kind == "string_type":
        return "应是文字。", "数字、日期当文字用时，请加上引号。"
    if kind == "string_pattern_mismatch":
        return _SPELLINGS.get(context["pattern"], ("写法不合规定。", "请对照模板改正。"))
    if kind in ("string_too_long", "too_long"):
        unit = "字" if kind == "string_too_long" else "项"
        return f"超过 {context['max_length']} {unit}。", "请缩短。"
    if kind in ("string_too_short", "too_short"):
        return "内容太短或没有写。", "请写上内容，或删掉这一项。"
    if kind in ("greater_than_equal", "less_than_equal"):
        limit = context.get("ge", context.get("le"))
        return f"数字应{'不小于' if 'ge' in context else '不大于'} {limit}。", "请核对。"
    simple = {
        "int_type": ("应是整数。", "请只写数字，如 3。"),
        "int_parsing": ("应是整数。", "请只写数字，如 3。"),
        "bool_type": ("应是 true 或 false。", "请写 true（是）或 false（否）。"),
        "bool_parsing": ("应是 true 或 false。", "请写 true（是）或 false（否）。"),
        "tuple_type": ("应是列表。", "请写成 [甲, 乙]，或每行一个“- ”。"),
        "dict_type": ("应是一组“字段: 内容”。", "请对照模板改正。"),
        "model_type": ("应是一组“字段: 内容”。", "请对照模板改正。"),
        "model_attributes_type": ("应是一组“字段: 内容”。", "请对照模板改正。"),
    }
    if kind in simple:
        return simple[kind]
    if kind.startswith(("date", "datetime")):
        return "日期写法不对，或没有这一天。", "请写成 2026-03-02。"
    return "内容不合规定。", "请对照模板改正。"


def _known_fields(model: type[BaseModel], parents: Path) -> list[str]:
    """Return the field names of the (sub)model that `parents` leads to."""
    current: Any = model
    for part in parents:
        if isinstance(part, int):
            continue
        current = _model_in(current.model_fields[part].annotation) if current else None
        if current is None:
            return []
    return [field.alias or name for name, field in current.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _model_in(argument)
        if found:
            return found
    return None
