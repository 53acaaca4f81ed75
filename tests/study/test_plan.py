"""What is studied next Tuesday, and over a year of Tuesdays."""

import datetime
import itertools
from collections import defaultdict
from dataclasses import replace

import pytest

from builder.checks import cleared as cleared_types
from builder.checks.clearance import clear
from builder.checks.cleared import ClearedAction, ClearedSession
from builder.errors import WrongUseError
from builder.library.casebook import load_casebook
from builder.model.audience import Audience
from builder.settings import load_settings
from builder.study.history import History, next_tuesday
from builder.study.plan import Wishes, due_again, is_settled, make_plan
from tests.conftest import ROOT

WEEK = datetime.timedelta(days=7)


@pytest.fixture(scope="module")
def cleared():
    return clear(load_casebook(load_settings(ROOT)), Audience.INTERNAL)


def next_day(cleared):
    return next_tuesday(datetime.date.fromisoformat(cleared.as_of))


def with_session(cleared, day, plan, actions=()):
    """Return the library after the cases of a plan were studied on a day."""
    ids = tuple(pick.case.id for pick in plan.picks)
    held = ClearedSession(
        f"study/{day}.md", day.isoformat(), "复盘", True, "", ids, (), (), actions, ""
    )
    return replace(cleared, sessions=(held, *cleared.sessions), key=cleared_types._KEY)


def test_next_tuesday_is_after_the_day():
    assert next_tuesday(datetime.date(2026, 11, 23)) == datetime.date(2026, 11, 24)
    assert next_tuesday(datetime.date(2026, 11, 24)) == datetime.date(2026, 12, 1)
    assert next_tuesday(datetime.date(2026, 12, 30)) == datetime.date(2027, 1, 5)


def test_a_plan_says_why_and_fits_the_time(cleared):
    for minutes in (20, 45, 60, 90, 150):
        plan = make_plan(cleared, next_day(cleared), Wishes(minutes=minutes))
        assert plan.picks
        assert all(pick.reasons for pick in plan.picks)
        spent = plan.opening + plan.closing + sum(pick.minutes for pick in plan.picks)
        assert minutes - len(plan.picks) < spent <= minutes
    assert len(plan.picks) > len(make_plan(cleared, next_day(cleared)).picks)


def test_the_same_day_has_the_same_plan(cleared):
    day = next_day(cleared)
    assert make_plan(cleared, day) == make_plan(cleared, day)


def test_no_two_cases_are_of_one_type(cleared):
    plan = make_plan(cleared, next_day(cleared), Wishes(minutes=150))
    types = [pick.case.dispute_types[0] for pick in plan.picks]
    assert len(set(types)) == len(types) == 6


def test_pinned_cases_are_taken_and_excluded_ones_are_not(cleared):
    day = next_day(cleared)
    first = make_plan(cleared, day).picks[0].case.id
    just = cleared.sessions[0].cases[0]
    plan = make_plan(cleared, day, Wishes(pinned=(just,), excluded=frozenset([first])))
    ids = [pick.case.id for pick in plan.picks]
    assert ids[0] == just
    assert "主持人点名" in plan.picks[0].reasons
    assert first not in ids


@pytest.mark.parametrize(
    "wishes",
    [Wishes(pinned=("SL-1999-0001",)), Wishes(excluded=frozenset(["乱写"])), Wishes(minutes=5)],
)
def test_what_cannot_be_is_refused(cleared, wishes):
    with pytest.raises(WrongUseError):
        make_plan(cleared, next_day(cleared), wishes)


def test_what_is_open_comes_back_and_what_was_just_studied_does_not(cleared):
    day = next_day(cleared)
    plan = make_plan(cleared, day)
    action = ClearedAction("先到店再打电话", "窗口组长", "2026-12-20", "")
    after = with_session(cleared, day, plan, (action,))
    following = make_plan(after, day + WEEK)
    assert (action, day.isoformat()) in following.open_actions
    assert not {pick.case.id for pick in plan.picks} & {pick.case.id for pick in following.picks}


def test_cases_closed_since_the_last_session_come_in(cleared):
    day = next_day(cleared)
    newest = cleared.cases[0]
    fresh = replace(newest, id="SL-2026-0999", closed=(day - WEEK).isoformat())
    grown = replace(cleared, cases=(fresh, *cleared.cases), key=cleared_types._KEY)
    picks = {pick.case.id: pick.reasons for pick in make_plan(grown, day).picks}
    assert "上次复盘以后结的" in picks["SL-2026-0999"]


def test_cases_that_are_not_closed_by_then_stay_out(cleared):
    day = datetime.date(2024, 6, 4)
    plan = make_plan(cleared, day)
    assert all(pick.case.closed < day.isoformat() for pick in plan.picks)
    assert not plan.open_actions


def test_an_empty_library_has_an_empty_plan(library):
    empty = clear(library.load(), Audience.INTERNAL)
    plan = make_plan(empty, datetime.date(2026, 12, 1))
    assert not plan.picks
    assert not plan.open_actions


def test_intervals_grow():
    days = [datetime.date(2026, 1, 6)]
    for _ in range(5):
        days.append(due_again(days) + WEEK)  # a full Tuesday: a week late each time
    gaps = [(later - earlier).days for earlier, later in itertools.pairwise(days)]
    assert gaps == sorted(gaps)
    assert gaps[0] == 35
    assert gaps[1] >= 70


def test_a_year_of_tuesdays_covers_every_type_and_repeats_what_matters(cleared):
    types = {case.dispute_types[0] for case in cleared.cases}
    day = next_day(cleared)
    for _ in range(52):
        cleared = with_session(cleared, day, make_plan(cleared, day))
        day += WEEK
    history = History.before(cleared, day)
    assert set(history.types_studied) == types
    again = defaultdict(list)
    planned = {session.date for session in cleared.sessions[:52]}
    for case_id, days in history.studied.items():
        ours = [one for one in days if one.isoformat() in planned]
        again[case_id] = [(b - a).days for a, b in itertools.pairwise(ours)]
    repeated = [gaps for gaps in again.values() if len(gaps) >= 2]
    assert len(repeated) >= 10
    assert all(gaps == sorted(gaps) for gaps in repeated)
    for case_id, gaps in again.items():
        if len(gaps) >= 2:
            case = cleared.by_id[case_id]
            assert is_settled(case, cleared.vocabularies) is False or "qunti" in case.dispute_types
