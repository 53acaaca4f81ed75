"""The command that files what the writing form handed over."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from builder.cli.main import settings_of
from builder.cli.report import FORMAT, note, problem_json, put_json, put_problems, say

if TYPE_CHECKING:  # slow to import, and help does without
    from builder.intake.inbox import Outcome

_FOLDER = "inbox"


@click.command()
@click.argument(
    "folder", metavar="[文件夹]", required=False, type=click.Path(path_type=Path), default=None
)
@click.option("--preview", is_flag=True, help="只看会怎样收，不写文件。")
@FORMAT
@click.pass_context
def inbox(ctx: click.Context, folder: Path | None, preview: bool, form: str) -> None:
    """把网页上写好的案例文件收进案例库；不写文件夹就收 inbox/ 里的。

    收之前照 casebook check 查一遍，有错误的留下并说明。编号被占用的自动换一个；
    别人也改过的只显示差别，不盖掉。收好的移到“已收”文件夹。

    例：casebook inbox --preview
    """
    from builder.intake.inbox import plan_inbox
    from builder.intake.inbox_folder import case_files, file_outcomes, read_arrivals, receiving
    from builder.library.casebook import load_casebook, read_files

    settings = settings_of(ctx)
    place = folder or settings.root / _FOLDER
    with receiving(settings):
        arrivals, others = read_arrivals(place)
        read = read_files(settings)
        book = load_casebook(settings, read)
        outcomes = plan_inbox(arrivals, book, case_files(read), datetime.date.today())
        if not preview:
            file_outcomes(settings, place, outcomes)
    if form == "json":
        put_json({"files": [_told(outcome) for outcome in outcomes], "others": others})
    else:
        _put(outcomes, others, preview)
    ctx.exit(0 if all(outcome.fate.is_done for outcome in outcomes) else 1)


def _put(outcomes: "list[Outcome]", others: list[str], preview: bool) -> None:
    for outcome in outcomes:
        colour = "green" if outcome.fate.is_done else "red"
        click.secho(outcome.fate.label, fg=colour, bold=True, nl=False)
        target = f" → {outcome.path}" if outcome.text is not None else ""
        say(f"  {outcome.name}{target}")
        if outcome.why:
            say(f"        {outcome.why}")
        for line in outcome.diff:
            click.secho(f"        {line}", fg="green" if line[0] == "+" else "red")
        put_problems(outcome.problems)
    for name in others:
        say(f"没有看  {name}（不是 .yml 文件）")
    if not outcomes:
        say("没有要收的案例文件。")
    elif preview:
        note("这是预览，什么也没有写。")


def _told(outcome: "Outcome") -> dict[str, Any]:
    return {
        "file": outcome.name,
        "fate": str(outcome.fate),
        "path": outcome.path,
        "why": outcome.why,
        "diff": list(outcome.diff),
        "problems": [problem_json(problem) for problem in outcome.problems],
    }
