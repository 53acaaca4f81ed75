"""Commands from a dispute to a plan: similar and brief. They read the last build's index."""

import datetime
import sys
from pathlib import Path
from typing import Any

import click

from builder.cli.find import AUDIENCE, conditions_of, facet_options, open_index, put_hit
from builder.cli.report import FORMAT, day_of, note, put_json, say, write_file
from builder.errors import WrongUseError
from builder.search.comparison import LEVELS, Axis, Comparison
from builder.search.library_index import LibraryIndex
from builder.search.outlook_lines import outlook_lines
from builder.search.same_type import (
    Choice,
    SameType,
    same_type_as_case,
    same_type_as_text,
    words_of,
)

_PIPED = 20_000  # characters of a complaint that are read from a pipe
_BRIEF_FILE = "调解准备单.html"


def _start_options(command: Any) -> Any:
    """Add what both commands start from and what the reader may choose."""
    for option in (
        click.option(
            "--pin",
            "pinned",
            multiple=True,
            metavar="编号",
            help="留住这件，排在最前；可以写几次。",
        ),
        click.option(
            "--not", "removed", multiple=True, metavar="编号", help="这件不像，拿掉；可以写几次。"
        ),
        click.option("--text", help="一段投诉或案情；也可以写 - 从管道读。"),
        click.argument("case_id", required=False, metavar="[编号|-]"),
    ):
        command = option(command)
    return command


@click.command()
@_start_options
@facet_options
@click.option(
    "--limit", type=click.IntRange(1, 50), default=5, show_default=True, help="最多列几个。"
)
@AUDIENCE
@FORMAT
@click.pass_context
def similar(
    ctx: click.Context,
    /,
    case_id: str | None,
    text: str | None,
    removed: tuple[str, ...],
    pinned: tuple[str, ...],
    limit: int,
    audience: str,
    form: str,
    **facets: str | None,
) -> None:
    """找同类案例：给一个案例编号，或一段投诉。

    \b
    例：casebook similar SL-2025-0019
    casebook similar --text "健身房关门了，卡里的钱退不了"
    casebook similar - --outcome 未成 < 工单.txt
    """
    choice = _choice(limit, conditions_of(facets), removed, pinned)
    start = _start("casebook similar", case_id, text)
    with open_index(ctx, audience) as index:
        found = _look_up(index, start, choice)
        if form == "json":
            put_json(_as_json(index, found))
        else:
            _put(index, found)


@click.command()
@_start_options
@facet_options
@click.option("--received", metavar="日期", help="收到投诉的日期，如 2026-10-12；用来数期限。")
@click.option("--accepted", metavar="日期", help="受理的日期；还没受理就不写。")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path(_BRIEF_FILE),
    show_default=True,
    help="写到哪个文件：.html 打印，.docx 用 Word 改。",
)
@AUDIENCE
@click.pass_context
def brief(
    ctx: click.Context,
    /,
    case_id: str | None,
    text: str | None,
    removed: tuple[str, ...],
    pinned: tuple[str, ...],
    received: str | None,
    accepted: str | None,
    out: Path,
    audience: str,
    **facets: str | None,
) -> None:
    """出一页调解准备单：问什么、看什么、期限、法条、先例。

    \b
    例：casebook brief --text "健身房关门了，卡里的钱退不了" --received 2026-10-12
    casebook brief - --out 准备单.docx < 工单.txt
    """
    from builder.search.brief import PRECEDENTS, Days, make_brief

    came = day_of(received, "--received") if received else None
    taken = day_of(accepted, "--accepted") if accepted else None
    if taken and not came:
        raise WrongUseError("--accepted", "只写了受理的日期。", "请用 --received 写上收到的日期。")
    if taken and came and taken < came:
        raise WrongUseError("--accepted", "受理早于收到。", "请核对两个日期。")
    if out.suffix not in (".html", ".docx"):
        raise WrongUseError(
            "--out", f"不会写“{out.suffix}”文件。", "文件名请以 .html 或 .docx 结尾。"
        )
    choice = _choice(PRECEDENTS, conditions_of(facets), removed, pinned)
    start = _start("casebook brief", case_id, text)
    with open_index(ctx, audience) as index:
        found = _look_up(index, start, choice)
        made = make_brief(index, found, Days(datetime.date.today(), came, taken))
    if out.suffix == ".docx":
        from builder.pages.brief_document import brief_document

        content = brief_document(made)
    else:
        from builder.pages.brief_page import brief_page
        from builder.site.docs_files import BRIEF_STYLES

        content = brief_page(made, BRIEF_STYLES.read_text("utf-8")).encode()
    write_file(out, content)
    say(f"准备单写好了：{out}")
    for hint in found.hints:
        note(hint)


def _choice(
    limit: int, conditions: str, removed: tuple[str, ...], pinned: tuple[str, ...]
) -> Choice:
    return Choice(
        limit=limit,
        conditions=conditions,
        removed=frozenset(one.upper() for one in removed),
        pinned=tuple(dict.fromkeys(one.upper() for one in pinned)),
    )


def _start(command: str, case_id: str | None, text: str | None) -> tuple[str, str]:
    """Return the case id or the text to start from, the other one ''.

    Raises:
        WrongUseError: there are both, or neither.
    """
    if case_id == "-" or text == "-":
        case_id, text = None, sys.stdin.read(_PIPED)
    if bool(case_id) == bool(text and text.strip()):
        raise WrongUseError(
            command, "要么写一个编号，要么用 --text 给一段话。", f"例如：{command} SL-2025-0019"
        )
    return (case_id or "").upper(), text or ""


def _look_up(index: LibraryIndex, start: tuple[str, str], choice: Choice) -> SameType:
    case_id, text = start
    if case_id:
        return same_type_as_case(index, case_id, choice)
    return same_type_as_text(index, text, choice)


def _put(index: LibraryIndex, found: SameType) -> None:
    from builder.search.brief import type_evidence

    for hint in found.hints:
        note(hint)
    if found.conditions:
        note("条件：" + "；".join(found.conditions))
    for number, likely in enumerate(found.likely):
        told = f"{likely.confidence}是{likely.label}{type_evidence(likely)}"
        click.secho(told, bold=not number, dim=bool(number))
    if found.likely:
        say()
    if not found.precedents:
        say("没有找到同类案例。")
        note("可以试试：多写几句经过，或去掉条件。")
        return
    for number, precedent in enumerate(found.precedents, start=1):
        put_hit(number, precedent.hit)
        if precedent.is_pinned:
            say("    留住的")
        for told in _comparison_lines(precedent.comparison):
            say(f"    {told}")
        say()
    click.secho("合起来看", bold=True)
    for line in outlook_lines(found.outlook, words_of(index)):
        ids = "、".join(index.display(no)["id"] for no in line.cases)
        say(f"  {line.label}：{line.text}")
        if ids:
            click.secho(f"      {ids}", dim=True)
    most = "至少 " if found.at_least else ""
    note(f"共 {most}{found.total} 个有相同之处。看全文：casebook show 编号")


def _comparison_lines(comparison: Comparison) -> list[str]:
    lines = [
        f"{name}{LEVELS[axis.level]}" + (f"：{'、'.join(axis.evidence)}" if axis.evidence else "")
        for name, axis in comparison.axes
    ]
    if comparison.differences:
        lines.append("不同：" + "；".join(comparison.differences))
    return lines


def _as_json(index: LibraryIndex, found: SameType) -> dict[str, Any]:
    def axis(one: Axis) -> dict[str, Any]:
        return {"level": one.level, "evidence": list(one.evidence)}

    return {
        "likely": [
            {
                "id": one.id,
                "label": one.label,
                "confidence": one.confidence,
                "share": one.share,
                "words": list(one.words),
                "cases": [index.display(no)["id"] for no in one.cases],
            }
            for one in found.likely
        ],
        "precedents": [
            {
                "id": one.hit.id,
                "title": one.hit.card["title"],
                "pinned": one.is_pinned,
                "score": one.hit.score,
                "card": one.hit.card,
                "facts": axis(one.comparison.facts),
                "issues": axis(one.comparison.issues),
                "law": axis(one.comparison.law),
                "differences": list(one.comparison.differences),
            }
            for one in found.precedents
        ],
        "outlook": [
            {
                "label": line.label,
                "text": line.text,
                "cases": [index.display(no)["id"] for no in line.cases],
            }
            for line in outlook_lines(found.outlook, words_of(index))
        ],
        "total": found.total,
        "at_least": found.at_least,
        "conditions": list(found.conditions),
        "hints": list(found.hints),
    }
