"""Rewording: what is put in tells nobody who is meant, and the rest of the file stays."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from builder.detectors.detect import KINDS, detect
from builder.intake.redaction import redact
from builder.intake.rewording import neutral
from tests.conftest import MANY, replacing

EXAMPLES = yaml.safe_load(
    (Path(__file__).parents[1] / "detectors" / "examples.yml").read_text("utf-8")
)
FOUND = [entry["text"] for entry in EXAMPLES["found"]]
CLEAN = EXAMPLES["clean"]


def grave(text):
    return [one.kind for one in detect(text) if KINDS[one.kind].blocking]


@pytest.mark.parametrize(
    ("text", "reworded"),
    [
        ("消费者王建国投诉。", "消费者王某投诉。"),
        ("消费者欧阳建国投诉。", "消费者欧阳某投诉。"),
        ("接待的是李秀英女士。", "接待的是李女士。"),
        ("拨打13912345678没人接。", "拨打（号码略）没人接。"),
        ("被投诉方是西安大唐健身有限公司。", "被投诉方是某健身公司。"),
        ("店门口挂着“星光”健身馆的牌子。", "店门口挂着某健身馆的牌子。"),
        ("家住阳光小区3号楼2单元501室。", "家住某处。"),
        ("没有什么要改的。", "没有什么要改的。"),
    ],
)
def test_names_numbers_and_places_become_neutral_words(text, reworded):
    assert neutral(text, leaves=False) == reworded


def test_days_become_months_where_a_text_leaves():
    text = "2026年3月12日签的合同，3月15日停课，2026-04-02回访。"
    assert neutral(text, leaves=True) == "2026年3月签的合同，3月停课，2026年4月回访。"
    assert neutral(text, leaves=False) == text


@pytest.mark.parametrize("text", FOUND)
def test_nothing_that_tells_is_left_of_any_example(text):
    after = neutral(text, leaves=True)
    assert after is None or detect(after) == []


def test_nearly_every_example_can_be_reworded():
    unknown = [text for text in FOUND if neutral(text, leaves=True) is None]
    assert len(unknown) <= len(FOUND) / 50, unknown


@pytest.mark.parametrize("text", CLEAN)
def test_clean_texts_stay_as_they_are(text):
    assert neutral(text, leaves=False) == text


@MANY
@given(st.lists(st.sampled_from(FOUND + CLEAN), min_size=1, max_size=4), st.text(max_size=20))
def test_mixed_texts_come_out_clean_or_not_at_all(pieces, between):
    after = neutral(between.join(pieces), leaves=True)
    assert after is None or detect(after) == []


PLANTED = (
    ("先分开谈", "店长王建国先分开谈"),
    ("    - 先把账算清再谈", "    - text: 打13912345678问清再谈   # 要改\n      internal: true"),
    ("title: 健身卡退费争议", "# 先写标题\ntitle: 健身卡退费争议"),
)


def case_of(library, *edits):
    library.add(edit=replacing(*edits))
    return next(item for item in library.load().cases)


def test_a_file_is_rewritten_with_its_comments_and_nothing_else(library):
    item = case_of(library, *PLANTED)
    done = redact(item)
    assert [(one.field, one.kind) for one in done.proposals] == [
        ("process", "人名"), ("lessons.good.0", "手机号码"),
    ]  # fmt: skip
    assert "王建国" not in "".join(one.excerpt + one.words for one in done.proposals)
    before, after = item.source.text.splitlines(), done.text.splitlines()
    assert "# 先写标题" in after
    assert any("# 要改" in line for line in after)
    assert "店长王某先分开谈" in done.text
    assert "13912345678" not in done.text
    assert len(set(before) - set(after)) <= 4
    library.write("cases/2026/SL-2026-0001.yml", done.text)
    assert redact(next(iter(library.load().cases))).proposals == ()


def test_a_case_without_findings_is_left_alone(library):
    done = redact(case_of(library))
    assert (done.proposals, done.text) == ((), None)


def test_waived_findings_stay(library):
    item = case_of(
        library,
        ("先分开谈", "店长王建国打13912345678先分开谈"),
        ("keywords:", "waivers: [{kind: mobile, field: process, reason: 虚构}]\nkeywords:"),
    )
    done = redact(item)
    assert [one.kind for one in done.proposals] == ["人名"]
    assert "13912345678" in done.text
    assert "王建国" not in done.text


def test_inside_the_office_days_may_stay(library):
    internal = ("audience: public", "audience: internal")
    day = ("先分开谈", "3月12日先分开谈")
    assert redact(case_of(library, internal, day)).proposals == ()
    assert [one.kind for one in redact(case_of(library, day)).proposals] == ["具体日期"]
