"""The page of early signals: what rises, plotted and as a table, and the two lists that follow."""

from collections.abc import Iterator
from typing import Final

from builder.checks.cleared import ClearedCasebook
from builder.intake.board import moment_of
from builder.intake.control_limits import FEWEST_WEEKS
from builder.intake.signals import Measure, Signal, Signals, signals
from builder.model.case import as_day
from builder.model.ledger import Ledger
from builder.pages.page import Page, key_of
from builder.pages.site_map import HOME, LEDGER, LEDGER_SIGNALS, case_path, link
from builder.render import render
from builder.wording import yuan

TITLE: Final = "苗头性问题"
_HEIGHT: Final = 96  # of the plot
_BAR: Final = 14  # width of a week
_TICKETS: Final = 20  # named on the page


def signals_page(cleared: ClearedCasebook, ledger: Ledger) -> Iterator[Page]:
    """Yield the signals at the moment up to which the ledger tells."""
    found = signals(ledger, cleared.vocabularies, cleared.cases, moment_of(ledger, None))
    titles = {case.id: case.title for case in cleared.cases}
    content = render(
        "ledger/signals.html",
        trail=[("首页", link(LEDGER_SIGNALS, HOME)), ("台账", link(LEDGER_SIGNALS, LEDGER))],
        title=TITLE,
        on=found.on.isoformat(),
        enough=found.is_enough,
        history=found.history,
        fewest=FEWEST_WEEKS,
        lists=[(measure.label, _listed(found, measure)) for measure in Measure],
        signals=[_shown(number, one, titles) for number, one in enumerate(found.found, start=1)],
    )
    description = "哪些类型、行业、地点比自己往常多，背后是哪些工单和案例"
    yield Page(LEDGER_SIGNALS, TITLE, description, key_of(content), lambda: content)


def _listed(found: Signals, measure: Measure) -> list[tuple[str, str, str]]:
    """Return anchor, what it is about, and why, of a list."""
    numbers = {id(one): number for number, one in enumerate(found.found, start=1)}
    return [(f"s{numbers[id(one)]}", one.title, one.reason) for one in found.of(measure)]


def _shown(number: int, signal: Signal, titles: dict[str, str]) -> dict[str, object]:
    newest = sum(week.count for week in signal.weeks if week.is_new)
    return {
        "id": f"s{number}",
        "title": signal.title,
        "measure": signal.measure.label,
        "reason": signal.reason,
        "newest": newest,
        "expected": f"{signal.expected:.1f}",
        "limit": signal.limit,
        "since": signal.since.isoformat(),
        "also": signal.also,
        "open": signal.open,
        "settled": signal.settled,
        "unsettled": signal.unsettled,
        "disputed": yuan(signal.disputed) if signal.disputed else "",
        "plot": _plot(signal),
        "weeks": [
            (f"{week.first:%m-%d} 至 {week.last:%m-%d}", week.count, week.is_new)
            for week in signal.weeks
        ],
        "tickets": [
            (ticket.number, as_day(ticket.received).isoformat())
            for ticket in signal.tickets[:_TICKETS]
        ],
        "more": max(len(signal.tickets) - _TICKETS, 0),
        "cases": [
            (case_id, titles[case_id], link(LEDGER_SIGNALS, case_path(case_id)))
            for case_id in signal.cases
        ],
        "law": signal.law,
    }


def _plot(signal: Signal) -> dict[str, object]:
    """Return bars and lines in units of the drawing, the newest week to the right."""
    top = max(signal.limit, *(week.count for week in signal.weeks)) * 1.1

    def up(count: float) -> float:
        return round(_HEIGHT * count / top, 1)

    bars = [
        {"x": at * _BAR + 2, "y": _HEIGHT - up(week.count), "h": up(week.count), "new": week.is_new}
        for at, week in enumerate(signal.weeks)
    ]
    return {
        "width": len(signal.weeks) * _BAR,
        "height": _HEIGHT,
        "bar": _BAR - 4,
        "bars": bars,
        "expected": _HEIGHT - up(signal.expected),
        "limit": _HEIGHT - up(signal.limit),
    }
