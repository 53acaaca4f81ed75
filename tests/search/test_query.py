import json
import time
from operator import itemgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.search.query import FIELDS, LONGEST, as_plain, is_wish, parse
from tests.conftest import ROOT

GOLDEN = json.loads((ROOT / "tests" / "golden" / "query.json").read_text("utf-8"))
BITS = [
    "退卡", "健身房", "的了", "OR", "|", "-", "－", "“", "”", '"', "「", "」", ":", "：", " ", "　",
    "\n", "，", "。", "类型:", "金额:", "日期:", "法条:", "编号:", "标题:", "颜色:",
    "1000..", "..", "2026-01", "第五十五条",
    "SL-2026-0016", "主要诉求：", "问题描述：", "😀", "\u200b", "\ud800",
    "預付卡", "ＯＲ", "...", "0",
]  # fmt: skip


@pytest.mark.parametrize("vector", GOLDEN["vectors"], ids=itemgetter("name"))
def test_reads_a_query_as_the_browser_does(vector):
    assert as_plain(parse(vector["text"])) == vector["query"]


def test_there_are_many_vectors_with_names_of_their_own():
    names = [vector["name"] for vector in GOLDEN["vectors"]]
    assert len(names) == len(set(names)) >= 60


@given(st.one_of(st.text(), st.lists(st.sampled_from(BITS)).map("".join)))
def test_any_text_asks_for_something(text):
    query = parse(text)
    assert query == parse(text)
    for group in query.groups:
        assert group
        for clause in group:
            assert clause.kind != "word" or clause.text
            assert clause.low is None or clause.high is None or clause.low <= clause.high
    assert query.ticket is None or not query.groups
    assert len(query.hints) == len(set(query.hints))
    json.dumps(as_plain(query))


@given(st.lists(st.sampled_from(["退卡", "健身房", "押金", "ktv"]), max_size=6))
def test_plain_words_are_wishes_in_their_order(words):
    groups = parse(" ".join(words)).groups
    assert [group[0].text for group in groups] == words
    assert all(map(is_wish, groups))


@pytest.mark.parametrize(
    "unit", ["“", "「", "-", "|", "OR ", "类型:", "类型:退卡 ", "。", "颜色:红 ", "金额:1.."]
)
def test_a_very_long_text_is_read_at_once(unit):
    start = time.perf_counter()
    query = parse(unit * (LONGEST // len(unit) + 5))
    assert time.perf_counter() - start < 5
    assert "太长" in query.hints[0]
    assert len(query.hints) <= 3


def test_a_field_without_meaning_shows_how_to_write_it():
    for name, example in (
        ("金额", "1000..5000"),
        ("日期", "2026-03"),
        ("年份", "2026"),
        ("编号", "SL-"),
    ):
        assert example in parse(f"{name}:什么").hints[0]


def test_every_field_name_can_be_typed():
    assert all(not set(name) & set(" :：-|“”") for name in FIELDS)
