import json
from itertools import pairwise
from operator import itemgetter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.text.analyzer import count_terms
from builder.text.concepts import NO_CONCEPTS, Concepts
from builder.text.excerpt import ELLIPSIS, Piece, excerpt, highlight

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "excerpt.json").read_text("utf-8"))
CONCEPTS = Concepts(GOLDEN["concepts"].items())
text_of_cases = st.text("退卡费会员健身，。\n 3a𠮷跑路", max_size=120)


@pytest.mark.parametrize("vector", GOLDEN["vectors"], ids=itemgetter("name"))
def test_cuts_as_the_browser_does(vector):
    pieces = excerpt(vector["text"], vector["terms"], CONCEPTS, vector["length"])
    assert [list(piece) for piece in pieces] == vector["pieces"]


@given(text_of_cases, text_of_cases, st.integers(1, 60))
def test_an_excerpt_is_a_stretch_of_the_text(text, query, length):
    pieces = excerpt(text, set(count_terms(query, CONCEPTS)), CONCEPTS, length)
    starts_later, ends_early = (
        bool(pieces) and pieces[at] == Piece(ELLIPSIS, False) for at in (0, -1)
    )
    shown = "".join(piece.text for piece in pieces[starts_later : len(pieces) - ends_early])
    assert shown in text
    assert len(shown) <= length
    assert starts_later or text.startswith(shown)
    assert ends_early or text.endswith(shown)
    assert all(piece.text for piece in pieces)


@given(text_of_cases, text_of_cases)
def test_a_highlighted_text_is_the_text(text, query):
    pieces = highlight(text, set(count_terms(query, CONCEPTS)), CONCEPTS)
    assert "".join(piece.text for piece in pieces) == text
    assert all(one.is_hit != next_one.is_hit for one, next_one in pairwise(pieces))


@given(text_of_cases, st.integers(20, 60))
def test_a_text_with_a_hit_shows_one(text, length):
    pieces = excerpt(f"{text}热水器{text}", {"热水", "水器"}, NO_CONCEPTS, length)
    assert Piece("热水器", True) in pieces


def test_marks_what_a_concept_found():
    assert highlight("商家跑路，不退会员费", {"#tuika"}, CONCEPTS) == [
        ("商家跑路，不", False),
        ("退会员费", True),
    ]


def test_marks_singles_only_where_the_query_has_nothing_better():
    assert highlight("退卡退", {"退", "退卡"}, NO_CONCEPTS) == [("退卡", True), ("退", False)]
    assert highlight("退卡退", {"退"}, NO_CONCEPTS) == [("退", True), ("卡", False), ("退", True)]


def test_marks_the_original_not_the_folded_text():
    assert highlight("要退會員費ＶＩＰ", {"会员", "vip"}, NO_CONCEPTS) == [
        ("要退", False),
        ("會員", True),
        ("費", False),
        ("ＶＩＰ", True),
    ]


def test_text_is_only_text():
    assert highlight("<b>退卡</b>", {"退卡"}, NO_CONCEPTS)[1] == ("退卡", True)
