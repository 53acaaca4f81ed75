"""Deadlines: dates counted by hand, and what they must say."""

import datetime
from pathlib import Path

import pytest
import yaml

from builder.library.casebook import load_casebook
from builder.model.calendar import Calendar
from builder.search.deadlines import deadlines
from builder.settings import load_settings
from tests.conftest import ROOT

COUNTED = yaml.safe_load((Path(__file__).parent / "deadlines.yml").read_text("utf-8"))["dates"]
CALENDAR = load_casebook(load_settings(ROOT)).vocabularies.calendar


def day(text):
    return datetime.date.fromisoformat(text)


def test_there_are_forty_dates_with_their_count():
    assert len(COUNTED) >= 40
    assert all(one["count"] and one["article"] for one in COUNTED)


@pytest.mark.parametrize("one", COUNTED, ids=lambda one: f"{one['article']} {one['day']}")
def test_a_date_is_as_counted_by_hand(one):
    received = one.get("received") or one["accepted"]
    found = deadlines(received, one.get("accepted"), CALENDAR)
    chosen = found[:1] if one["step"] == "accept" else found[1:]
    assert one["day"] in [
        deadline.day for deadline in chosen if deadline.citation == one["article"]
    ]
    assert all(deadline.is_known for deadline in chosen)


def test_while_acceptance_is_open_the_end_counts_from_its_last_day_and_says_so():
    accept, end = deadlines(day("2026-08-03"), None, CALENDAR)
    assert accept.day == day("2026-08-12")
    assert end.day == day("2026-10-11")
    assert end.is_provisional
    assert not accept.is_provisional


def test_a_complaint_that_came_before_the_new_rules_may_fall_under_them():
    accept, end = deadlines(day("2026-04-08"), None, CALENDAR)
    assert accept.day == day("2026-04-17")
    assert (accept.citation, end.citation) == ("tsjb-banfa#15", "tsjb-banfa#23")


def test_both_rules_stand_side_by_side_with_a_note():
    _, *ends = deadlines(day("2025-09-01"), day("2025-09-02"), CALENDAR)
    assert [end.citation for end in ends] == ["tsjb-zanxing#21", "xbf-tiaoli#46"]
    assert "位阶高" in ends[1].note


def test_says_where_the_holiday_table_ends():
    accept, end = deadlines(day("2026-12-21"), day("2026-12-22"), CALENDAR)
    assert accept.is_known
    assert not end.is_known
    assert not deadlines(day("2026-12-28"), None, Calendar())[0].is_known
