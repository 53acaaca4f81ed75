"""A new case file: the next free id, and a file with every field explained."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from builder.errors import SurroundingsError, WrongUseError, reason_of
from builder.model.case import (
    Amounts,
    Case,
    FourSights,
    Lessons,
    Parties,
    Positions,
    Timeline,
    Tips,
)
from builder.settings import Settings

PLACEHOLDER_ID = "XX-0000-0000"
_PARTS: dict[str, type[BaseModel]] = {
    "timeline": Timeline,
    "parties": Parties,
    "amounts": Amounts,
    "positions": Positions,
    "tips": Tips,
}
_LEFT_OUT = ("sample", "review", "revision", "withdrawal", "waivers", "source")
_PROSE = ("facts", "evidence", "process", "turning_point", "result", "analysis")
_LISTS = ("issues",)
_HEAD = """\
# 一案一个文件。井号后面是说明，写完可以删掉；用不着的字段可以整行删掉。
# 不写：姓名、电话、证件号、车牌、详细地址、店名、订单号、精确到日的日期（日期写在 timeline）。
# 写完运行：casebook check，再运行：casebook format
"""


def next_id(settings: Settings, year: int) -> str:
    """Return the first id of `year` after the highest one in use.

    File names count, whatever is in the files, so that a broken file keeps its id.
    """
    pattern = re.compile(rf"{settings.code}-{year:04d}-([0-9]{{4,6}})\.ya?ml")
    serials = [
        int(match[1])
        for path in settings.cases.rglob(f"{settings.code}-{year:04d}-*")
        if (match := pattern.fullmatch(path.name))
    ]
    return f"{settings.code}-{year:04d}-{max(serials, default=0) + 1:04d}"


def write_new_case(
    settings: Settings, case_id: str, known: Mapping[str, Any], notes: Sequence[str] = ()
) -> Path:
    """Write the commented file of a new case and return its path.

    Args:
        known: dotted field name -> value, e.g. {"title": "…", "timeline.received": "…"}.
        notes: lines for the head of the file, for whoever goes on with it.

    Raises:
        WrongUseError: the file exists already.
        SurroundingsError: it cannot be written.
    """
    year = case_id.split("-")[1]
    path = settings.cases / year / f"{case_id}.yml"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(commented_case({"id": case_id, **known}, notes))
    except FileExistsError as error:
        raise WrongUseError(
            str(path), "这个案例已经有了。", "请换一个编号，或直接打开它修改。"
        ) from error
    except OSError as error:
        raise SurroundingsError(
            str(path), f"写不进去（{reason_of(error)}）。", "请检查权限和磁盘空间。"
        ) from error
    return path


def commented_case(known: Mapping[str, Any], notes: Sequence[str] = ()) -> str:
    """Return the text of a case file with every field explained and the known ones filled in."""
    lines = [_HEAD + "".join(f"# 请看：{' '.join(note.split())}\n" for note in notes)]
    for name, field in Case.model_fields.items():
        if name in _LEFT_OUT and name not in known:
            continue
        lines.append(_comment(field))
        if name in _PARTS:
            lines.append(f"{name}:")
            for part, inner in _PARTS[name].model_fields.items():
                filled = _plain(known.get(f"{name}.{part}"))
                lines.append(f"  {part}:{filled}   # {inner.title}")
        elif name == "four_sights":
            lines.append("four_sights:")
            for part, inner in FourSights.model_fields.items():
                lines += [f"  {part}:   # {inner.title}", "    seen: false", "    note:"]
        elif name == "lessons":
            lines.append("lessons:")
            for part, inner in Lessons.model_fields.items():
                lines.append(f"  {part}: []   # {inner.title}；每行一个“- ”")
        elif name in _PROSE:
            lines.append(_prose(name, known.get(name)))
        else:
            value = known.get(name)
            empty = " []" if name in _LISTS or _is_list(field) else ""
            lines.append(f"{name}:{_plain(value) or empty}")
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def template() -> str:
    """Return the text of `cases/TEMPLATE.yml`."""
    return commented_case({"id": PLACEHOLDER_ID, "title": "一行讲清谁和谁争什么"})


def _comment(field: FieldInfo) -> str:
    title, description = field.title or "", field.description or ""
    return f"# {title}：{description}" if description != title else f"# {title}"


def _is_list(field: FieldInfo) -> bool:
    return str(field.annotation).startswith("tuple")


def _prose(name: str, value: object) -> str:
    if not value:
        return f"{name}:"
    block = "\n".join(f"  {line}".rstrip() for line in str(value).strip().splitlines())
    return f"{name}: |-\n{block}"


def _plain(value: object) -> str:
    """Return ` value` as YAML, or '' when there is none."""
    if value is None or value == () or value == []:
        return ""
    if isinstance(value, Mapping):
        return " {" + ", ".join(f"{name}:{_plain(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return " [" + ", ".join(_quoted(str(item)) for item in value) + "]"
    if isinstance(value, bool):
        return " true" if value else " false"
    return " " + _quoted(str(value))


_SAFE = re.compile(
    r"[\w\u3000-\u303f\uff00-\uffef“”‘’—….()（）-][\w\u3000-\u303f\uff00-\uffef“”‘’—…. /()（）-]*"
)


def _quoted(text: str) -> str:
    moment = re.fullmatch(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?", text)
    number = re.fullmatch(r"[0-9]+(\.[0-9]+)?", text)
    if (
        moment
        or number
        or (_SAFE.fullmatch(text) and not text.startswith(("-", ".")) and text == text.strip())
    ):
        return text
    escaped = (
        text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    )
    return f'"{escaped}"'
