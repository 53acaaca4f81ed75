"""The command that looks through a finished output before it leaves."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from builder.cli.main import settings_of
from builder.cli.report import FORMAT, note, progress, put_json, say
from builder.errors import WrongUseError

if TYPE_CHECKING:  # reading PDF and tables is slow to import
    from builder.audit.scan import AuditReport

_SHOWN = 50  # findings on a terminal


@click.command("audit")
@click.argument("target", type=click.Path(path_type=Path), metavar="文件夹或文件")
@click.option(
    "--audience",
    type=click.Choice(["partner", "public"]),
    help="给谁看：partner 伙伴工作室，public 公开；不写时，网站按它自己的版本，其余按公开。",
)
@FORMAT
@click.pass_context
def audit_(ctx: click.Context, target: Path, audience: str | None, form: str) -> None:
    """发出去之前再查一遍：成品里有没有个人信息，有没有没放行的内容。

    网页、检索分片、PDF、Word、Excel、压缩包、图片信息、文件名都打开来看；没读懂的一一列出。
    没有发现时返回 0，有发现或有没读懂的返回 1。

    \b
    例：casebook audit build/partner
    casebook audit SL-0001.zip --audience partner
    """
    from builder.audit.judge import Judge
    from builder.audit.scan import audit
    from builder.audit.withheld import withheld_from
    from builder.checks.clearance import clear
    from builder.library.casebook import load_casebook
    from builder.library.problem import CasesError, Severity
    from builder.model.audience import Audience

    if not target.exists():
        raise WrongUseError(str(target), "没有这个文件或文件夹。", "请核对名字。")
    settings = settings_of(ctx)
    chosen = Audience(audience or _audience_of_build(target))
    book = load_casebook(settings)
    # a case that cannot be read could not be looked for
    if any(problem.severity is Severity.ERROR for problem in book.problems):
        raise CasesError(book.problems)
    judge = Judge(withheld_from(book, clear(book, chosen)))
    with progress() as tell:
        report = audit(target, judge, tell)
    if form == "json":
        put_json(_report_json(report, chosen))
    else:
        say(f"按{chosen.label}版本查 {target.name or target}。")
        _put_report(report)
    ctx.exit(0 if report.clean else 1)


def _audience_of_build(target: Path) -> str:
    """Return the audience that a build says it is for; the strictest where nothing says."""
    for folder in (target, target / "current", target.parent):
        try:
            told = json.loads((folder / "build.json").read_bytes())
        except (OSError, ValueError, RecursionError):
            continue
        if isinstance(told, dict) and told.get("audience") == "partner":
            return "partner"
    return "public"


def _put_report(report: "AuditReport") -> None:
    from builder.audit.sniff import KINDS

    kinds = "，".join(f"{KINDS[kind].label} {n}" for kind, n in report.kinds.most_common())
    say(f"看了 {report.files} 个文件，约 {report.characters // 10_000} 万字。")
    if kinds:
        say(f"其中（连同里面装的）：{kinds}。")
    if report.own:
        say(f"程序自带、没有改动过的文件 {report.own} 个，不用看。")
    for folder in report.local:
        say(f"没有看：{folder}/，只供本机查案例用，不要给出去。")
    for unread in report.unread[:_SHOWN]:
        click.secho("没读懂", fg="yellow", nl=False)
        say(f"  {_where(unread.path, unread.place)}：{unread.what}")
    for found, times in list(report.found.items())[:_SHOWN]:
        click.secho("发现", fg="red", nl=False)
        origin = f"，来自 {found.leak.origin}" if found.leak.origin else ""
        often = f"，{times} 处" if times > 1 else ""
        where = _where(found.path, found.place)
        say(f"  {where}：{found.leak.label} {found.leak.excerpt}{origin}{often}。")
    left = report.more + sum(max(0, len(kept) - _SHOWN) for kept in (report.found, report.unread))
    if left:
        note(f"还有 {left} 条没有列出；用 --format json 看更多。")
    if report.clean:
        say("没有发现不该有的内容。图片上画的、拍的是什么，要人来看。")
    elif report.found:
        say(f"有 {len(report.found)} 条发现，先不要发出去：改好案例，重新生成，再查一遍。")
    else:
        say("没有发现，但有没读懂的内容，不能算干净：请去掉，或由人看过再发。")


def _where(path: str, place: str) -> str:
    return f"{path}（{place}）" if place else path


def _report_json(report: "AuditReport", audience: str) -> dict[str, Any]:
    return {
        "audience": str(audience),
        "clean": report.clean,
        "files": report.files,
        "kinds": dict(sorted(report.kinds.items())),
        "characters": report.characters,
        "own": report.own,
        "local": report.local,
        "found": [
            {
                "file": found.path,
                "place": found.place,
                "kind": found.leak.kind,
                "excerpt": found.leak.excerpt,
                "origin": found.leak.origin,
                "times": times,
            }
            for found, times in report.found.items()
        ],
        "unread": [
            {"file": unread.path, "place": unread.place, "what": unread.what}
            for unread in report.unread
        ],
        "more": report.more,
    }
