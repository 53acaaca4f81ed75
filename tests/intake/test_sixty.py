"""Board and reports against a table of 60 tickets, whose results were worked out by hand.

The columns 应当的… of `sixty.csv` say what the board has to show at 2026-11-24 17:30. What a
report has to say is worked out below, ticket by ticket.
"""

import csv
import datetime
from decimal import Decimal

import pytest

from builder.intake.board import Urgency, board, moment_of
from builder.intake.report import report
from builder.intake.report_document import report_document
from builder.intake.report_sheet import day_sheet, week_sheet
from builder.model.ledger import Light
from builder.pages.ledger_board import report_print
from tests.intake.conftest import NOW, SIXTY

DAY = datetime.date(2026, 11, 24)
EXPECTED = {row["投诉编号"]: row for row in csv.DictReader(SIXTY.open(encoding="utf-8"))}


@pytest.fixture(scope="module")
def made(sixty, words):
    return board(sixty.ledger, words.calendar, moment_of(sixty.ledger, None))


def test_all_sixty_are_read(sixty):
    assert (sixty.read, sixty.imported, sixty.rejected, sixty.remarks) == (60, 60, (), ())
    assert sixty.ledger.as_of == NOW


@pytest.mark.parametrize("number", EXPECTED)
def test_the_board_shows_light_deadline_and_urgency(made, number):
    one = next(one for one in made.standings if one.ticket.number == number)
    row = EXPECTED[number]
    due = one.dues[0].by if one.dues else ""
    shown = due.isoformat(" ", "minutes") if isinstance(due, datetime.datetime) else str(due)
    assert (one.ticket.light.label, one.urgency.label, shown) == (
        row["应当的灯"],
        row["应当的情况"],
        row["应当的期限"],
    )


def test_the_board_counts_and_puts_the_most_urgent_first(made):
    assert made.counts() == {Light.BLACK: 15, Light.RED: 10, Light.GREEN: 35}
    over = [one.ticket.number for one in made.having(Urgency.OVER)]
    assert over == ["T20", "T02", "T16", "T01", "T14", "T12"]
    assert len(made.having(Urgency.NEAR)) == 8
    assert len(made.closed_on(DAY)) == 6
    assert [one.dues[0].citation for one in made.standings[:2]] == [
        "tsjb-banfa#23",
        "tsjb-banfa#15",
    ]


def test_the_week_adds_up(sixty, words):
    found = report(
        sixty.ledger, words, DAY - datetime.timedelta(1), datetime.date(2026, 11, 29), NOW
    )
    assert [t.number for t in found.received] == [
        "T10", "T14", "T27", "T13", "T28", "T15", "T12", "T11",
    ]  # fmt: skip
    assert found.received_before == 7  # T05-T09, T26, T33
    assert (found.accepted, found.refused, found.visited) == (2, 2, 3)
    assert len(found.closed) == 10  # T26-T35
    assert found.recovered == Decimal("4850.50")  # 1000 + 200 + 50 + 3000.50 + 600
    assert (found.recovered_unknown, found.disputed) == (0, Decimal(250))
    assert [t.number for t in found.groups] == ["T11"]
    assert {
        rate.name: (rate.part, rate.whole, rate.percent, rate.unknown) for rate in found.rates
    } == {
        "按时初查率": (3, 4, "", 0),  # T27, T28, T33; T01 became late on the 24th
        "按期办结率": (
            7,
            9,
            "77.8%",
            0,
        ),  # T26-T30, T34, T35; late: T31 on the 23rd, T16 on the 24th
        "调解成功率": (5, 7, "71.4%", 0),  # T26-T28, T31, T34; not T29, T30
        "见面率": (4, 6, "66.7%", 4),  # T26-T28, T31; not T29, T34
        "30 分钟到场率": (2, 3, "", 0),  # T15, T27; T28 took 40 minutes
        "简易投诉当日办结率": (2, 3, "", 0),  # T27, T28; not T14; the day of T13 is not over
    }
    stations = {
        group.id: (group.received, group.closed, group.open, group.over) for group in found.stations
    }
    assert stations == {
        "demo-nanguan": (4, 5, 13, 1),  # odd numbers; over: T01
        "demo-beiyuan": (4, 5, 12, 5),  # even numbers; over: T02, T12, T14, T16, T20
    }


def test_the_day_adds_up_and_an_earlier_day_does_not_know_what_came_later(sixty, words):
    found = report(sixty.ledger, words, DAY, DAY, NOW)
    assert (len(found.received), found.received_before, len(found.closed)) == (5, 3, 6)
    before = DAY - datetime.timedelta(1)
    at = moment_of(sixty.ledger, before)
    earlier = report(sixty.ledger, words, before, before, at)
    assert (len(earlier.received), len(earlier.closed)) == (3, 4)
    lights = {one.ticket.number: one.ticket.light for one in earlier.board.standings}
    assert lights["T26"] is Light.RED
    assert "T28" not in lights


def test_reports_say_when_the_ledger_does_not_reach_that_far(sixty, words):
    sheet = day_sheet(sixty.ledger, words, "示例", DAY + datetime.timedelta(2))
    assert "台账只到 2026-11-24 17:30" in sheet.subtitle


def test_a_report_is_one_page_in_print_and_the_same_bytes_again(sixty, words, printed):
    for sheet in (
        day_sheet(sixty.ledger, words, "示例工作室", DAY),
        week_sheet(sixty.ledger, words, "示例工作室", DAY),
    ):
        from builder.site.docs_files import LEDGER_STYLES

        html = report_print(sheet, LEDGER_STYLES.read_text("utf-8"))
        assert "7/9，77.8%" in html or "日反馈" in sheet.title
        assert printed(html) == 1
        assert report_document(sheet) == report_document(sheet)
