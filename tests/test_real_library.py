"""The library in this repository is sound and can be given to everybody it says."""

import datetime
import re

import pytest

from builder.checks.clearance import clear
from builder.checks.inspection import inspect
from builder.library.casebook import load_casebook
from builder.library.problem import Severity
from builder.model.audience import Audience
from builder.settings import load_settings
from tests.conftest import ROOT, told

BOOK = load_casebook(load_settings(ROOT))
CASES = [item.case for item in BOOK.cases]
SUMS_AND_DATES = re.compile(
    r"[\d.]+元|[一二三四五六七八九十]+月[初中底上下]|[\d一二三四五六七八九十]+(?:天|个月|周)"
)
HAN = re.compile(r"[\u4e00-\u9fff]")


def test_there_is_no_error_and_every_warning_is_about_law_that_changed():
    problems = inspect(BOOK, datetime.date(2026, 11, 24))
    assert told(problem for problem in problems if problem.severity is Severity.ERROR) == []
    assert {problem.code for problem in problems} <= {"law-changed"}


@pytest.mark.parametrize("audience", list(Audience))
def test_it_clears_for_every_audience(audience):
    assert clear(BOOK, audience).cases


def test_the_spread_of_the_samples():
    types = BOOK.vocabularies["dispute_types"]
    assert len({types.path(case.dispute_types[0])[0].id for case in CASES}) >= 8
    outcomes = {outcome for case in CASES for outcome in case.outcomes}
    assert {"jujue-tiaojie", "bu-shouli", "chehui", "zhizewai-bangzhu"} <= outcomes
    assert any((case.parties.consumers or 0) >= 10 for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_sample_is_fictional_concrete_and_complete(case):
    assert case.sample
    assert case.review is None
    parts = [
        case.facts,
        case.positions.consumer,
        case.positions.business,
        *case.issues,
        case.evidence,
    ]
    parts += [
        case.process,
        case.turning_point,
        case.result,
        case.analysis,
        case.tips.consumer,
        case.tips.business,
    ]
    lessons = [*case.lessons.good, *case.lessons.weak, *case.lessons.reusable]
    prose = "".join(filter(None, [*parts, *(lesson.text for lesson in lessons)]))
    assert 700 <= len(HAN.findall(prose)) <= 1300
    assert len(set(SUMS_AND_DATES.findall(prose))) >= 3
    assert "“" in prose
    assert case.lessons.weak
    assert case.turning_point
    sights = (
        case.four_sights.person,
        case.four_sights.scene,
        case.four_sights.problem,
        case.four_sights.result,
    )
    assert all(sight and sight.note for sight in sights)
