"""How results, problems and faults reach the user: the only place that prints them.

Colours and progress on a terminal, plain lines in a pipe.
"""

import datetime
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from builder.errors import CasebookError, WrongUseError
from builder.whole_file import write_whole

if TYPE_CHECKING:  # reading cases is slow to import and many commands do without
    from builder.library.problem import Problem

FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="输出的样式：text 给人看，json 给程序用。",
)


def day_of(text: str, name: str) -> datetime.date:
    """Return the day that an argument gives.

    Raises:
        WrongUseError: it is no date.
    """
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise WrongUseError(name, f"“{text}”不是日期。", "请写成 2026-10-12。") from error


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: an earlier one stays until the new one is there.

    Raises:
        WrongUseError: its folder is not there.
    """
    if not path.parent.is_dir():
        raise WrongUseError(str(path.parent), "没有这个文件夹。", "请先建好它，或换一个地方。")
    write_whole(path, content)


def say(text: str = "") -> None:
    """Print one line of a result."""
    click.echo(text)


def note(text: str) -> None:
    """Print a remark that is not part of the result."""
    click.secho(text, err=True, dim=True)


def put_json(value: Any) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def fault(error: CasebookError) -> int:
    """Print a fault and return the exit status it calls for."""
    problems: Sequence[Problem] = getattr(error, "problems", ())
    if problems:
        put_problems(problems, err=True)
        click.echo(err=True)
    click.secho("出错：", fg="red", bold=True, nl=False, err=True)
    click.echo(f"{error.where}：{error.what}", err=True)
    click.echo(f"　　　{error.remedy}", err=True)
    return error.exit_status


def put_problems(problems: Iterable["Problem"], *, err: bool = False) -> None:
    """Print problems, one file after the other."""
    path = None
    for problem in problems:
        if problem.path != path:
            path = problem.path
            click.secho(path, bold=True, err=err)
        error = problem.severity == "error"
        place = f"{problem.path}:{problem.line}:{problem.column}" if problem.line else problem.path
        click.secho(
            "  错误" if error else "  提醒", fg="red" if error else "yellow", nl=False, err=err
        )
        field = f"  {problem.field}" if problem.field else ""
        click.secho(f"  {place}{field}", dim=True, err=err)
        click.echo(f"        {problem.what}{problem.remedy}", err=err)


def problem_json(problem: "Problem") -> dict[str, Any]:
    """Return a problem as `--format json` gives it."""
    return {
        "file": problem.path,
        "line": problem.line,
        "column": problem.column,
        "field": problem.field,
        "severity": str(problem.severity),
        "code": problem.code,
        "what": problem.what,
        "remedy": problem.remedy,
    }


def counts(problems: Sequence["Problem"]) -> tuple[int, int]:
    """Return the number of errors and of warnings."""
    errors = sum(problem.severity == "error" for problem in problems)
    return errors, len(problems) - errors


def table(rows: Sequence[Sequence[str]], head: Sequence[str]) -> None:
    """Print a table on a terminal, tab-separated lines in a pipe."""
    if not sys.stdout.isatty():
        for row in (head, *rows):
            click.echo("\t".join(row))
        return
    from rich.console import Console
    from rich.table import Table

    drawn = Table(*head, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        drawn.add_row(*row)
    Console(markup=False).print(drawn)


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None] | None]:
    """Give a function that shows how far work has come; None when nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        tasks: dict[str, Any] = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total or None)
            bar.update(tasks[stage], completed=done, total=total or None)

        yield tell
