"""The pack and its slides: the outcome apart, questions from the cases, answers that are right."""

import datetime
import re

import pytest

from builder.checks.clearance import clear
from builder.index.analysis import analyse
from builder.library.casebook import load_casebook
from builder.model.audience import Audience
from builder.settings import load_settings
from builder.site.similar import like_ids
from builder.study.history import next_tuesday
from builder.study.pack import make_pack
from builder.study.plan import is_settled, make_plan
from builder.study.slides import make_slides
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def cleared():
    return clear(load_casebook(load_settings(ROOT)), Audience.INTERNAL)


@pytest.fixture(scope="module")
def likes(cleared, tmp_path_factory):
    return like_ids(analyse(cleared, tmp_path_factory.mktemp("cache")))


@pytest.fixture(scope="module")
def pack(cleared, likes):
    day = next_tuesday(datetime.date.fromisoformat(cleared.as_of))
    return make_pack(cleared, make_plan(cleared, day), likes)


def test_the_agenda_fills_the_time(pack):
    ends = [item.begins + item.minutes for item in pack.agenda]
    assert [item.begins for item in pack.agenda] == [0, *ends[:-1]]
    assert ends[-1] <= pack.plan.minutes
    assert len(pack.agenda) == len(pack.cases) + 2


def test_what_to_think_about_gives_nothing_away(pack):
    for one in pack.cases:
        asked = "".join(one.questions)
        assert one.case.turning_point[:12] not in asked
        assert one.case.result[:12] not in asked
        assert any(issue in asked for issue in one.case.issues)


def test_a_contrast_ended_otherwise(cleared, pack, likes):
    found = 0
    for one in pack.cases:
        if one.contrast:
            found += 1
            other = cleared.by_id[one.contrast.id]
            ours = is_settled(one.case, cleared.vocabularies)
            assert is_settled(other, cleared.vocabularies) is not ours
            assert one.contrast.id in likes[one.case.id]
            assert any(one.contrast.id in question for question in one.afterwards)
    assert found


def test_five_questions_each_with_one_right_answer(cleared, pack):
    assert len(pack.quiz) == 5
    for question in pack.quiz:
        assert len(set(question.options)) == 3
        assert 0 <= question.answer < 3
    assert {question.answer for question in pack.quiz} != {0}
    for question in pack.quiz:
        right = question.options[question.answer]
        if match := re.match("(.*)说的是哪一样？", question.text):
            texts = [
                article.standing.now_text or article.standing.text
                for one in pack.cases
                for article in one.case.articles
                if match[1] in (article.label, article.now_label)
            ]
            assert any(text.startswith(right.rstrip("…")) for text in texts)


def test_the_deadline_question_counts_from_the_day(cleared, likes):
    pack = make_pack(cleared, make_plan(cleared, datetime.date(2026, 9, 29)), likes)
    question = next(one for one in pack.quiz if "最晚哪天" in one.text)
    # 9月30日、10月8日、9日、10日（调班）、12日、13日、14日：第七个工作日
    assert question.options[question.answer].startswith("2026年10月14日")


def test_slides_show_the_outcome_only_after_the_questions(pack):
    slides = make_slides(pack)
    assert slides[0].kind == "title"
    for one in pack.cases:
        places = {
            slide.kind: place
            for place, slide in enumerate(slides)
            if slide.title.startswith(f"案例{'甲乙丙丁'[one.number - 1]}")
            and slide.kind in ("think", "answer")
        }
        assert places["think"] < places["answer"]
        before = [
            text for slide in slides[: places["answer"]] for text in (*slide.lines, *slide.notes)
        ]
        assert one.case.result not in before
    kinds = [slide.kind for slide in slides]
    assert kinds.count("answer") == len(pack.cases) + len(pack.quiz)


def test_a_library_of_one_case_has_a_pack(library):
    library.add()
    one = clear(library.load(), Audience.INTERNAL)
    pack = make_pack(one, make_plan(one, datetime.date(2026, 12, 1)), {})
    assert len(pack.cases) == 1
    assert pack.cases[0].contrast is None
    assert pack.quiz
    assert make_slides(pack)
