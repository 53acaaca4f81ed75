"""The command that proposes neutral words for what tells who is meant."""

import difflib
from typing import TYPE_CHECKING, Any

import click

from builder.cli.main import settings_of
from builder.cli.report import FORMAT, put_json, say
from builder.errors import WrongUseError

if TYPE_CHECKING:  # slow to import, and help does without
    from builder.intake.redaction import Redaction
    from builder.library.casebook import CaseFile

_PARTNERS = "cases/partners/"


@click.command()
@click.argument("case_ids", metavar="[编号]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="只在内部看的案例也查。")
@click.option("--show", is_flag=True, help="显示改前改后的原文（会显示个人信息，看完请清屏）。")
@click.option("--write", "writes", is_flag=True, help="照提议改文件；注释保留。")
@FORMAT
@click.pass_context
def redact(
    ctx: click.Context,
    case_ids: tuple[str, ...],
    everything: bool,
    show: bool,
    writes: bool,
    form: str,
) -> None:
    """脱敏：找出像个人信息的地方，提议怎么改写；默认只提议，不动文件。

    不写编号就看所有准备对外的案例。还有没改的，退出码为 1。

    例：casebook redact SL-2026-0016 --show
    """
    from builder.intake.redaction import redact as proposed
    from builder.library.casebook import load_casebook
    from builder.whole_file import write_whole

    settings = settings_of(ctx)
    items = _chosen(load_casebook(settings).cases, case_ids, everything)
    found = [(item, proposed(item)) for item in items]
    found = [(item, one) for item, one in found if one.proposals]
    left = 0
    for item, one in found:
        if writes and one.text is not None:
            write_whole(settings.root / one.path, one.text.encode())
            left += len(one.open)
        else:
            left += len(one.proposals)
        if form == "text":
            _put(one, item.source.text if show else None)
    if form == "json":
        put_json([_told(one) for _, one in found])
    elif not found:
        say("没有要改写的。")
    elif writes:
        say(
            f"改好了；还有 {left} 处要自己改。"
            if left
            else "改好了，请通读一遍，再运行 casebook check。"
        )
    else:
        say(f"共 {left} 处。照提议改，加 --write；想看改前改后，加 --show。")
    ctx.exit(1 if left else 0)


def _chosen(
    cases: "list[CaseFile]", case_ids: tuple[str, ...], everything: bool
) -> "list[CaseFile]":
    from builder.model.audience import Audience

    own = [item for item in cases if not item.source.path.startswith(_PARTNERS)]
    if not case_ids:
        return [i for i in own if everything or i.case.audience is not Audience.INTERNAL]
    by_id = {item.case.id: item for item in own}
    for case_id in case_ids:
        if case_id.upper() not in by_id:
            raise WrongUseError(
                case_id, "没有这个编号的案例，或者它是伙伴的、读不出来。", "请运行 casebook check。"
            )
    return [by_id[case_id.upper()] for case_id in case_ids]


def _put(one: "Redaction", before: str | None) -> None:
    click.secho(one.path, bold=True)
    for proposal in one.proposals:
        click.secho(f"  第 {proposal.line} 行  {proposal.field}", dim=True, nl=False)
        say(f"  {proposal.kind} {proposal.excerpt}")
        words = f"改成：{proposal.words}" if proposal.words else "不知道怎么改，请自己改写。"
        say(f"        {words}")
    if one.why_not:
        say(f"        {one.why_not}")
    if before is not None and one.text is not None:
        lines = difflib.unified_diff(
            before.splitlines(), one.text.splitlines(), "改前", "改后", n=1, lineterm=""
        )
        for line in lines:
            say(f"    {line}")


def _told(one: "Redaction") -> dict[str, Any]:
    return {
        "id": one.case_id,
        "file": one.path,
        "writable": one.text is not None,
        "proposals": [
            {
                "line": proposal.line,
                "field": proposal.field,
                "kind": proposal.kind,
                "excerpt": proposal.excerpt,
                "words": proposal.words,
            }
            for proposal in one.proposals
        ],
    }
