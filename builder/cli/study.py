"""The commands of the study cycle."""

import datetime

import click

from builder.cli.main import OPTIONS, settings_of
from builder.cli.report import FORMAT, day_of, put_json, say, write_file
from builder.errors import WrongUseError


@click.group(options_metavar=OPTIONS, subcommand_metavar="命令 [参数]")
def study() -> None:
    """周二复盘：挑案例，记纪要，把学到的带回案例。"""


@study.command(options_metavar=OPTIONS)
@click.option(
    "--date", "date", metavar="日期", help="哪一天，如 2026-12-01；不写就是下一个星期二。"
)
@click.option(
    "--minutes", type=int, metavar="分钟", default=60, show_default=True, help="一共多少分钟。"
)
@click.option("--pin", "pinned", multiple=True, metavar="编号", help="一定要学的；可以写几次。")
@click.option("--not", "excluded", multiple=True, metavar="编号", help="这次不学的；可以写几次。")
@click.option("--any-day", is_flag=True, help="不是星期二也行。")
@FORMAT
@click.pass_context
def plan(
    ctx: click.Context,
    date: str | None,
    minutes: int,
    pinned: tuple[str, ...],
    excluded: tuple[str, ...],
    any_day: bool,
    form: str,
) -> None:
    """给下一个星期二挑案例，说清为什么挑它。

    例：casebook study plan --date 2026-12-01 --minutes 90
    """
    from builder.model.audience import Audience
    from builder.site.prepare import prepare
    from builder.study.history import next_tuesday
    from builder.study.plan import Wishes, make_plan

    today = datetime.date.today()
    day = _tuesday(date, "--date", any_day) if date else next_tuesday(today)
    wishes = Wishes(
        minutes,
        tuple(one.upper() for one in pinned),
        frozenset(one.upper() for one in excluded),
    )
    cleared = prepare(settings_of(ctx), Audience.INTERNAL, today).cleared
    made = make_plan(cleared, day, wishes)
    if form == "json":
        put_json(
            {
                "date": day.isoformat(),
                "minutes": minutes,
                "cases": [
                    {
                        "id": pick.case.id,
                        "title": pick.case.title,
                        "reasons": list(pick.reasons),
                        "minutes": pick.minutes,
                    }
                    for pick in made.picks
                ],
                "open_actions": [
                    {"what": one.what, "owner": one.owner, "due": one.due, "session": session}
                    for one, session in made.open_actions
                ],
            }
        )
        return
    click.secho(f"{day} 复盘，{minutes} 分钟", bold=True)
    if made.open_actions:
        say(f"先对没完成的整改，{made.opening} 分钟：")
        for one, session in made.open_actions:
            late = "，已过期限" if one.due < day.isoformat() else ""
            say(f"  {one.due}  {one.what}（{one.owner}，{session} 定的{late}）")
    for number, pick in enumerate(made.picks, start=1):
        say(f"{number}. {pick.case.id}  {pick.case.title}（{pick.minutes} 分钟）")
        click.secho(f"   {'；'.join(pick.reasons)}", dim=True)
    if not made.picks:
        say("没有可学的案例：都在三个星期内学过，或者还没有结案的案例。")
    say(f"最后 {made.closing} 分钟自测，定下经验、短板和整改。")


@study.command(options_metavar=OPTIONS)
@click.argument("date", metavar="日期")
@click.option("--case", "cases", multiple=True, metavar="编号", help="学了哪件；不写就照计划。")
@click.option("--title", default="", metavar="标题", help="这次复盘的主题。")
@click.option("--host", default="", metavar="角色", help="谁主持，写角色不写姓名。")
@click.option("--any-day", is_flag=True, help="不是星期二也行。")
@click.option("--force", is_flag=True, help="已有纪要也重写。")
@click.pass_context
def minutes(
    ctx: click.Context,
    date: str,
    cases: tuple[str, ...],
    title: str,
    host: str,
    any_day: bool,
    force: bool,
) -> None:
    """写一份预填好的纪要：docs/study/日期.md。

    例：casebook study minutes 2026-12-01 --host 带班副所长
    """
    from builder.model.audience import Audience
    from builder.site.prepare import prepare
    from builder.study.prefill import prefilled

    day = _tuesday(date, "日期", any_day)
    settings = settings_of(ctx)
    cleared = prepare(settings, Audience.INTERNAL, datetime.date.today()).cleared
    made = prefilled(cleared, day, tuple(one.upper() for one in cases), title, host)
    path = settings.docs / "study" / f"{day.isoformat()}.md"
    if path.exists() and not force:
        raise WrongUseError(str(path), "这一天已经有纪要。", "请直接改它；要重写，加上 --force。")
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, made.encode())
    say(f"纪要写好了：{path}")
    say("填上经验、短板、整改，再运行 casebook check。")


@study.command(options_metavar=OPTIONS)
@click.argument("date", metavar="日期")
@click.option("--apply", "writes", is_flag=True, help="写进案例文件；不加只看看。")
@click.pass_context
def carry(ctx: click.Context, date: str, writes: bool) -> None:
    """把复盘学到的带回案例：列出要加的复盘条目（只在内部看得到）。

    例：casebook study carry 2026-11-24
    """
    from builder.library.casebook import load_casebook
    from builder.study.carry import apply, propose

    settings = settings_of(ctx)
    proposal = propose(load_casebook(settings), day_of(date, "日期").isoformat())
    for change in proposal.changes:
        say(change.diff.rstrip("\n"))
    for line, reason in proposal.left:
        say(f"没有带：{line}（{reason}）")
    if not proposal.changes:
        say("没有要带回案例的。")
    elif writes:
        apply(proposal, settings.root)
        say(f"已写进 {len(proposal.changes)} 个案例，请运行 casebook check。")
    else:
        say(f"要写进 {len(proposal.changes)} 个案例，加上 --apply。")


def _tuesday(date: str, name: str, any_day: bool) -> datetime.date:
    from builder.study.history import TUESDAY

    day = day_of(date, name)
    if day.weekday() != TUESDAY and not any_day:
        raise WrongUseError(name, f"{day} 不是星期二。", "换一天，或者加上 --any-day。")
    return day
