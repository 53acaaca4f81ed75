"""The pages of the ledger: the 黑红绿 board, the last day's 日反馈, the last week's 周通报.

Internal: `builder/site/ledger_pages.py` alone makes them, and only where a ledger is.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from markupsafe import Markup

from builder.checks.cleared import ClearedCasebook
from builder.intake.board import (
    NEAR_DAYS,
    NEAR_WORKING_DAYS,
    Board,
    Standing,
    Urgency,
    board,
    moment_of,
)
from builder.intake.report_sheet import (
    LIGHT_NAMES,
    Sheet,
    as_of_in_words,
    day_sheet,
    due_in_words,
    label_of,
    week_sheet,
)
from builder.model.audience import Audience
from builder.model.case import written_moment
from builder.model.ledger import Ledger, Light
from builder.model.vocabulary import Vocabularies
from builder.pages.page import Page, key_of
from builder.pages.site_map import (
    HOME,
    LEDGER,
    LEDGER_CANDIDATES,
    LEDGER_DAY,
    LEDGER_SIGNALS,
    LEDGER_WEEK,
    link,
)
from builder.render import render
from builder.wording import BANNERS

LISTED: Final = 300  # tickets of a part of the board


def board_page(cleared: ClearedCasebook, ledger: Ledger) -> Iterator[Page]:
    """Yield the board at the moment up to which the ledger tells."""
    words = cleared.vocabularies
    made = board(ledger, words.calendar, moment_of(ledger, None))
    counts = made.counts()
    content = render(
        "ledger/board.html",
        trail=[("首页", link(LEDGER, HOME))],
        when=as_of_in_words(made),
        lights=[(light, name, counts[light]) for light, name in LIGHT_NAMES.items()],
        over=len(made.having(Urgency.OVER)),
        near=len(made.having(Urgency.NEAR)),
        near_working_days=NEAR_WORKING_DAYS,
        near_days=NEAR_DAYS,
        links=[
            ("日反馈", link(LEDGER, LEDGER_DAY), "台账最后一天的数字，可打印"),
            ("周通报", link(LEDGER, LEDGER_WEEK), "台账最后一周的数字，可打印"),
            ("苗头性问题", link(LEDGER, LEDGER_SIGNALS), "哪些比往常多，约谈和帮扶名单"),
            ("值得写成案例的", link(LEDGER, LEDGER_CANDIDATES), "已办结的里挑出来，说明理由"),
        ],
        parts=_parts(made, words),
    )
    yield _page(LEDGER, "黑红绿台账", "没受理的、在办的、今天办结的，谁临期谁超期", content)


def day_page(cleared: ClearedCasebook, ledger: Ledger) -> Iterator[Page]:
    """Yield the 日反馈 of the ledger's last day."""
    sheet = day_sheet(ledger, cleared.vocabularies, cleared.workshop, ledger.as_of.date())
    yield _report(LEDGER_DAY, "日反馈", sheet)


def week_page(cleared: ClearedCasebook, ledger: Ledger) -> Iterator[Page]:
    """Yield the 周通报 of the week of the ledger's last day."""
    sheet = week_sheet(ledger, cleared.vocabularies, cleared.workshop, ledger.as_of.date())
    yield _report(LEDGER_WEEK, "周通报", sheet)


def report_print(sheet: Sheet, styles: str) -> str:
    """Return a report as one page of HTML that needs no other file.

    Args:
        styles: the style sheet of the ledger, trusted.
    """
    return render(
        "ledger/print.html",
        sheet=sheet,
        mark=BANNERS[Audience.INTERNAL],
        styles=Markup(styles),
    )


def _report(path: str, title: str, sheet: Sheet) -> Page:
    trail = [("首页", link(path, HOME)), ("台账", link(path, LEDGER))]
    return _page(
        path, title, sheet.subtitle, render("ledger/report.html", sheet=sheet, trail=trail)
    )


def _page(path: str, title: str, description: str, content: str) -> Page:
    return Page(path, title, description, key_of(title, description, content), lambda: content)


def _parts(made: Board, words: Vocabularies) -> list[dict[str, object]]:
    """Return the tables: the urgent ones, the rest not accepted, the rest in hand, closed today."""
    today = made.closed_on(made.at.date())
    calm = [one for one in made.opens if one.urgency is Urgency.CALM]
    black = [one for one in calm if one.ticket.light is Light.BLACK]
    red = [one for one in calm if one.ticket.light is Light.RED]
    listed = (
        ("over", "已超期", made.having(Urgency.OVER)),
        ("near", "临期", made.having(Urgency.NEAR)),
        ("black", "未受理，还有时间", black),
        ("red", "在办，还有时间", red),
        ("today", "当天办结", today),
    )
    return [
        {
            "id": part_id,
            "title": title,
            "total": len(standings),
            "due": "办结" if part_id == "today" else "期限和依据",
            "rows": _rows(standings[:LISTED], words),
        }
        for part_id, title, standings in listed
    ]


def _rows(standings: Sequence[Standing], words: Vocabularies) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for one in standings:
        ticket = one.ticket
        urgent = one.urgency is not Urgency.CALM
        rows.append(
            {
                "number": ticket.number,
                "light": ticket.light,
                "light_label": ticket.light.label,
                "urgency": one.urgency if urgent else "",
                "urgency_label": one.urgency.label,
                "marks": _marks(one),
                "dues": [due_in_words(due, words) for due in one.dues]
                or [written_moment(ticket.closed) if ticket.closed else "没写哪天"],
                "received": written_moment(ticket.received),
                "type": label_of(words, "dispute_types", ticket.dispute_type),
                "station": label_of(words, "stations", ticket.station),
            }
        )
    return rows


def _marks(standing: Standing) -> list[str]:
    ticket = standing.ticket
    marks = []
    if ticket.simple:
        marks.append("简易")
    if ticket.consumers > 1:
        marks.append(f"群体 {ticket.consumers} 人")
    return marks
