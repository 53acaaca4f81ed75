"""Every concept group of this library does its work, and none claims what it should not."""

import pytest

from builder.library.casebook import load_casebook
from builder.settings import load_settings
from builder.text.analyzer import count_terms
from builder.text.concepts import CONCEPT_MARK, Concepts
from builder.text.folding import fold_text
from tests.conftest import ROOT

GROUPS = [
    (group.id, group.words) for group in load_casebook(load_settings(ROOT)).vocabularies.concepts
]
CONCEPTS = Concepts(GROUPS)
# Words of daily talk that a group must not see in: group word -> a sentence around it.
SENTENCES = [
    "马上当面说清", "车行驶到半路", "家电人为损坏", "降低消费门槛", "直接店里退",
    "停车费怎么收", "担保价值多少", "离开课堂以后", "拨打人工电话",
]  # fmt: skip


def test_there_are_three_hundred():
    assert len(GROUPS) >= 300


@pytest.mark.parametrize(("group", "words"), GROUPS, ids=[group for group, _ in GROUPS])
def test_a_group_makes_a_text_findable_by_a_word_it_does_not_contain(group, words):
    term = CONCEPT_MARK + group
    for asked in words:
        others = [word for word in words if fold_text(asked) not in fold_text(word)]
        assert others or len(words) == 1, asked
        for written in others:
            text = f"消费者说，{written}，要个说法。"
            assert fold_text(asked) not in fold_text(text)
            assert term in count_terms(text, CONCEPTS)
            assert term in count_terms(asked, CONCEPTS)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_no_group_reads_across_words(sentence):
    allowed = {"#tingchefei"}
    assert {match.term for match in CONCEPTS.matches(fold_text(sentence))} <= allowed
