import json
import unicodedata
from collections import Counter
from operator import itemgetter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.text.analyzer import count_terms, is_single, tokens
from builder.text.concepts import NO_CONCEPTS, Concepts
from builder.text.folding import DROPPED, HAN, WORD, fold, fold_text

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "analyzer.json").read_text("utf-8"))
CONCEPTS = Concepts(GOLDEN["concepts"].items())

# Text that meets the analyzer's corners far more often than random code points do.
telling = st.lists(
    st.one_of(
        st.sampled_from(
            ["退卡", "退會員費", "霸王", "条款", "7天无理由", "退货", "跑路", "vip", "卡", "app"]
        ),
        st.sampled_from(
            list("〇退㍻ﬃ½Åſİßａ７ｶﾞ가の·𠮷😡，。 \n\t\x00\u200b\u0301\ufe0f\ud800\udfff\ue000")
        ),
        st.characters(),
    )
).map("".join)
any_text = st.text(st.characters(exclude_categories=[]))


@pytest.mark.parametrize("vector", GOLDEN["vectors"], ids=itemgetter("name"))
def test_gives_the_tokens_that_the_browser_gives(vector):
    assert [list(token) for token in tokens(vector["text"], CONCEPTS)] == vector["tokens"]


def test_has_enough_golden_vectors():
    names = [vector["name"] for vector in GOLDEN["vectors"]]
    assert len(names) == len(set(names)) >= 60


@given(telling)
def test_counts_what_it_finds(text):
    found = Counter(token.term for token in tokens(text, CONCEPTS))
    assert count_terms(text, CONCEPTS) == found


@given(any_text)
def test_takes_any_text(text):
    found = tokens(text, CONCEPTS)
    assert count_terms(text, CONCEPTS) == Counter(token.term for token in found)
    assert all(0 <= token.start < token.end <= len(text) for token in found)


@given(telling)
def test_says_where_each_term_stands(text):
    for token in tokens(text, NO_CONCEPTS):
        assert token.term in fold_text(text[token.start : token.end])


@given(telling)
def test_tokens_go_from_left_to_right(text):
    places = [(token.start, token.end) for token in tokens(text, CONCEPTS)]
    assert places == sorted(places)


@given(telling, telling)
def test_a_text_keeps_its_terms_inside_a_longer_one(text, other):
    alone = count_terms(text, NO_CONCEPTS)
    both = count_terms(f"{text}。{other}", NO_CONCEPTS)
    assert alone + count_terms(other, NO_CONCEPTS) == both


@given(telling)
def test_folding_is_done_once(text):
    assert fold_text(fold_text(text)) == fold_text(text)
    folded = fold(text)
    assert folded.text == fold_text(text)
    assert len(folded.origins) == len(folded.text)
    assert list(folded.origins) == sorted(folded.origins)


def test_every_code_point_folds_to_what_stays():
    everything = "".join(map(chr, range(0x110000)))
    folded = fold_text(everything)
    assert fold_text(folded) == folded
    assert not count_terms(folded, NO_CONCEPTS).keys() & set(DROPPED)


def test_only_characters_long_assigned_give_terms():
    # A later Unicode may add characters only where nothing was assigned.
    unassigned = [
        character
        for character in map(chr, range(0x20000))
        if unicodedata.category(character) == "Cn" and count_terms(character, NO_CONCEPTS)
    ]
    assert unassigned == []


@pytest.mark.parametrize(
    "text",
    [
        "\ud83d",
        "\x00",
        "\x1b[",
        "😡",
        "\ue000",
        "\U0010fffd",
        "\u200b",
        "，。！",
        " \n",
    ],
)
def test_what_is_no_word_gives_no_term(text):
    assert tokens(text, CONCEPTS) == []


def test_no_text_gives_a_concept_term_without_a_concept():
    assert "#tuika" not in count_terms("#tuika＃tuika", CONCEPTS)


def test_single_characters_are_told_from_words():
    assert [is_single(term) for term in ("退", "𠮷", "3", "退卡", "vip", "#a")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]


def test_ranges_are_written_for_javascript_too():
    # No classes such as \w, whose members differ between languages and versions.
    assert "\\" not in HAN + WORD + DROPPED
