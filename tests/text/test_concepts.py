import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.errors import CasebookError
from builder.text.concepts import NO_CONCEPTS, ConceptError, Concepts, is_concept
from builder.text.folding import fold_text


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ([("tuika", ["退"])], "词“退”太短"),
        ([("tuika", ["退\u200b"])], "太短"),
        ([("tuika", [""])], "太短"),
        ([("tuika", ["  "])], "首尾不是字"),
        ([("tuika", ["退卡 "])], "首尾不是字"),
        ([("tuika", ["。退卡"])], "首尾不是字"),
        ([("tuika", ["退卡"]), ("tuifei", ["退费", "退卡"])], "已经在“tuika”组里"),
        ([("tuika", ["退費"]), ("tuifei", ["退费"])], "已经在“tuika”组里"),
        ([("tuika", ["退卡"]), ("tuika", ["退费"])], "出现了两次"),
        ([("tuika", [])], "一个词也没有"),
    ],
)
def test_refuses_groups_that_cannot_be_told_apart(groups, said):
    with pytest.raises(ConceptError) as caught:
        Concepts(groups)
    assert said in caught.value.what
    assert groups[-1][0] in caught.value.where
    assert isinstance(caught.value, CasebookError)
    assert caught.value.exit_status == 1


def test_one_group_may_write_a_word_in_several_ways():
    concepts = Concepts([("tuifei", ["退费", "退費", "退费"])])
    assert [match.term for match in concepts.matches("退费")] == ["#tuifei"]


def test_finds_the_longest_word_first():
    concepts = Concepts([("a", ["霸王"]), ("b", ["霸王条款"]), ("c", ["条款"])])
    assert concepts.matches("霸王条款") == [(0, 4, "#b")]
    assert concepts.matches("霸王的条款") == [(0, 2, "#a"), (3, 5, "#c")]


def test_does_not_cut_words_of_letters_and_digits():
    concepts = Concepts([("app", ["app"]), ("wuliyou", ["7天无理由", "无理由7"])])
    assert concepts.matches("happy app1") == []
    assert concepts.matches("有app吗") == [(1, 4, "#app")]
    assert concepts.matches("17天无理由") == []
    assert concepts.matches("无理由70") == []
    assert concepts.matches("无理由7天无理由") == [(0, 4, "#wuliyou")]


def test_names_a_concept_by_its_first_word():
    concepts = Concepts([("tuika", ["退卡", "退费"])])
    assert concepts.label("#tuika") == "退卡"
    assert is_concept("#tuika")
    assert not is_concept("退卡")


def test_special_characters_of_regular_expressions_are_plain_characters():
    words = ["a]b", "a^b", "a-b", "a\\b", "a.b"]
    concepts = Concepts([("signs", words)])
    for word in words:
        assert concepts.matches(word) == [(0, 3, "#signs")]
    assert concepts.matches("axb") == []


def test_without_groups_there_are_no_matches():
    assert NO_CONCEPTS.matches("退卡") == []


words = st.lists(st.text("退卡费a1", min_size=2, max_size=4), min_size=1, max_size=8, unique=True)


@given(words, st.text("退卡费a1，", max_size=30))
def test_matches_as_trying_every_word_at_every_place_does(words, text):
    concepts = Concepts([(str(number), [word]) for number, word in enumerate(words)])
    assert concepts.matches(fold_text(text)) == list(slowly(words, fold_text(text)))


def slowly(words, text):
    def part_of_word(at):
        return 0 <= at < len(text) and text[at] in "a1"

    at = 0
    while at < len(text):
        fitting = [
            word
            for word in words
            if text.startswith(word, at)
            and not (part_of_word(at - 1) and part_of_word(at))
            and not (part_of_word(at + len(word) - 1) and part_of_word(at + len(word)))
        ]
        if fitting:
            best = max(fitting, key=len)
            yield (at, at + len(best), f"#{words.index(best)}")
            at += len(best)
        else:
            at += 1
