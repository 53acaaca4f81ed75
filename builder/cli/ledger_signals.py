"""The command that shows early signals."""

from typing import TYPE_CHECKING, Any

import click

from builder.cli.ledger_kept import kept_ledger
from builder.cli.main import OPTIONS, settings_of
from builder.cli.report import FORMAT, day_of, put_json, say

if TYPE_CHECKING:  # slow to import, and help does without
    from builder.intake.signals import Signal


@click.command("signals", options_metavar=OPTIONS)
@click.option("--on", "on", metavar="日期", help="看到哪一天为止；不写就是台账最后的时刻。")
@FORMAT
@click.pass_context
def signals_(ctx: click.Context, on: str | None, form: str) -> None:
    """苗头性问题：哪些类型、行业、地点比自己往常多，列出约谈和帮扶名单。

    例：casebook ledger signals --on 2026-11-24
    """
    from builder.checks.clearance import clear
    from builder.intake.board import moment_of
    from builder.intake.control_limits import FEWEST_WEEKS
    from builder.intake.signals import signals
    from builder.library.casebook import load_casebook
    from builder.model.audience import Audience

    settings = settings_of(ctx)
    ledger = kept_ledger(settings)
    cleared = clear(load_casebook(settings), Audience.INTERNAL)
    at = moment_of(ledger, day_of(on, "--on") if on else None)
    found = signals(ledger, cleared.vocabularies, cleared.cases, at)
    if form == "json":
        put_json(
            {
                "on": found.on,
                "history_weeks": found.history,
                "enough": found.is_enough,
                "signals": [_told(one) for one in found.found],
            }
        )
        return
    click.secho(f"截至 {found.on}", bold=True)
    if not found.is_enough:
        say(
            f"近两周之前只有 {found.history} 周的台账，不到 {FEWEST_WEEKS} 周，还看不出什么算反常。"
        )
    elif not found.found:
        say("没有反常上升的。")
    for one in found.found:
        _put(one)


def _put(one: "Signal") -> None:
    newest = sum(week.count for week in one.weeks if week.is_new)
    click.secho(f"{one.measure.label}  {one.title}", bold=True)
    say(f"        近两周 {newest} 件，往常一周约 {one.expected:.1f} 件，从 {one.since} 那一周起。")
    say(f"        {one.reason}。")
    say(f"        工单：{'、'.join(ticket.number for ticket in one.tickets)}")
    if one.cases:
        say(f"        同类案例：{'、'.join(one.cases)}")
    if one.law:
        say(f"        常用法条：{'、'.join(one.law)}")


def _told(one: "Signal") -> dict[str, Any]:
    return {
        "title": one.title,
        "also": list(one.also),
        "measure": str(one.measure),
        "reason": one.reason,
        "since": one.since,
        "weeks": [
            {"first": week.first, "last": week.last, "count": week.count} for week in one.weeks
        ],
        "expected": round(one.expected, 2),
        "limit": one.limit,
        "open": one.open,
        "settled": one.settled,
        "unsettled": one.unsettled,
        "disputed": str(one.disputed),
        "tickets": [ticket.number for ticket in one.tickets],
        "cases": list(one.cases),
        "law": list(one.law),
    }
