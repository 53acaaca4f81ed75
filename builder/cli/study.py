"""The commands of the study cycle."""

import datetime

import click

from builder.cli.main import OPTIONS, settings_of
from builder.cli.report import FORMAT, day_of, put_json, say
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
    from builder.study.history import TUESDAY, next_tuesday
    from builder.study.plan import Wishes, make_plan

    today = datetime.date.today()
    day = day_of(date, "--date") if date else next_tuesday(today)
    if day.weekday() != TUESDAY and not any_day:
        raise WrongUseError("--date", f"{day} 不是星期二。", "换一天，或者加上 --any-day。")
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
