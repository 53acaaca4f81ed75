"""The Whoosh index against plain Python: phrases are substrings, sets are sets."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.query.ranges import NumericRange
from whoosh.query.terms import Term

from builder.index.case_fields import digest_of
from builder.index.folder import IndexFolderError
from builder.index.whoosh_fields import SectionPhrase, phrase_terms, pieces
from builder.index.whoosh_index import (
    IndexedCase,
    WhooshIndex,
    check_seal,
    write_whoosh_index,
)

WORDS = ["健身房", "退会员费", "霸王条款"]


def case(case_id, *sections, types=(), words=(), **numbers):
    found = list(enumerate(sections))
    digest = digest_of([found, types, words, numbers])
    return IndexedCase(case_id, digest, {"types": types}, numbers, found, words)


def written(folder, cases, previous=None, words=WORDS):
    write_whoosh_index(cases, words, digest_of(words), folder, previous)
    return folder


def phrase(text, section=None):
    return SectionPhrase("text", phrase_terms(text), section)


def found(folder, query):
    with WhooshIndex(folder) as index:
        return index.ids(index.documents(query))


CASES = [
    case(
        "A",
        "押金不退",
        "我买的是蟹，不是绳。九两",
        types=("yufu", "tuika"),
        disputed=6120,
        date=20230922,
    ),
    case("B", "不退\n押金 12315 号", "蟹不是绳", types=("yufu",), disputed=0, date=20230900),
    case("C", "預付卡退費 KTV", "", disputed=99, words=["办卡"], date=20240101),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return written(tmp_path_factory.mktemp("whoosh") / "index", CASES)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("押金", "AB"), ("押金不退", "A"), ("不退押金", "B"), ("蟹不是绳", "B"),
        ("蟹，不是绳", "A"), ("蟹。不是绳", "A"), ("绳九两", ""), ("绳。九两", "A"), ("退我", ""),
        ("预付卡退费", "C"), ("ktv", "C"), ("kt", ""),
        ("12315", "B"), ("231", ""), ("押金12315号", "B"), ("無", ""),
    ],
)  # fmt: skip
def test_a_phrase_is_these_characters_in_a_row(folder, text, ids):
    assert found(folder, phrase(text)) == set(ids)


def test_a_phrase_can_be_asked_for_in_one_section(folder):
    assert found(folder, phrase("不是绳", 1)) == {"A", "B"}
    assert found(folder, phrase("不是绳", 0)) == set()
    assert found(folder, phrase("押金", 0)) == {"A", "B"}


def test_facets_and_numbers(folder):
    assert found(folder, Term("types", "tuika")) == {"A"}
    assert found(folder, Term("types", "yufu")) == {"A", "B"}
    assert found(folder, NumericRange("disputed", 0, 99)) == {"B", "C"}
    assert found(folder, NumericRange("disputed", 100, None)) == {"A"}
    assert found(folder, NumericRange("date", None, 20230922)) == {"A", "B"}
    assert found(folder, NumericRange("year", 2000, None)) == set()


def test_the_words_of_the_vocabularies_are_no_case(folder):
    with WhooshIndex(folder) as index:
        assert index.ids(index.all_documents()) == {"A", "B", "C"}


@pytest.mark.parametrize(
    ("word", "suggested"),
    [
        ("健身方", ["健身房"]),
        ("霸王条宽", ["霸王条款"]),
        ("健身房", []),
        ("退卡", []),
        ("办年卡", ["办卡"]),
        ("榴莲榴莲", []),
    ],
)
def test_suggests_words_spelled_alike(folder, word, suggested):
    with WhooshIndex(folder) as index:
        assert index.suggestions(word) == suggested


TEXTS = st.lists(st.text("退卡押金不，。 \na1", max_size=12), min_size=1, max_size=4)


@given(TEXTS, st.text("退卡押金不，a1", min_size=1, max_size=4))
def test_phrases_find_what_the_pieces_of_the_text_hold(tmp_path_factory, texts, wanted):
    terms = phrase_terms(wanted)
    if not terms:
        return
    folder = tmp_path_factory.mktemp("phrases") / "index"
    written(folder, [case(f"K{number}", text) for number, text in enumerate(texts)])

    def holds(text):
        row = pieces(text)
        return any(
            all(at + place < len(row) and row[at + place] == term for term, place in terms)
            for at in range(len(row))
        )

    expected = {f"K{number}" for number, text in enumerate(texts) if holds(text)}
    assert found(folder, phrase(wanted)) == expected


def answers(folder):
    queries = [phrase(text) for text in ("退卡", "押金", "不退", "卡", "a1")]
    queries += [phrase("退", 1), Term("types", "t1"), NumericRange("disputed", 3, 7)]
    with WhooshIndex(folder) as index:
        everything = sorted(index.ids(index.all_documents()))
        return everything, [sorted(index.ids(index.documents(query))) for query in queries]


@pytest.mark.parametrize("seed", range(4))
def test_an_index_carried_on_gives_the_same_answers(tmp_path, seed):
    chance = random.Random(seed)

    def any_case(number):
        texts = ["".join(chance.choices("退卡押金不a1，", k=chance.randint(0, 9))) for _ in "ab"]
        return case(
            f"K{number}", *texts, types=(f"t{chance.randint(0, 2)}",), disputed=chance.randint(0, 9)
        )

    cases = {number: any_case(number) for number in range(30)}
    previous = written(tmp_path / "0", list(cases.values()))
    words = WORDS
    for step in range(1, 16):
        for _ in range(chance.randint(0, 3)):
            number = chance.randint(0, 40)
            if number in cases and chance.random() < 0.4:
                del cases[number]
            else:
                cases[number] = any_case(number)
        if step == 5:
            words = [*WORDS, "新词新词"]
        before = answers(previous)
        grown = written(tmp_path / str(step), list(cases.values()), previous, words)
        clean = written(tmp_path / f"clean-{step}", list(cases.values()), words=words)
        assert answers(grown) == answers(clean)
        assert answers(previous) == before  # readers of the old one are not disturbed
        assert not list(grown.glob("*LOCK*"))
        check_seal(grown)
        previous = grown
    assert len({path.name.split(".")[0] for path in previous.glob("MAIN*")}) < 9


def test_unchanged_cases_keep_their_files(tmp_path):
    first = written(tmp_path / "first", CASES)
    second = written(tmp_path / "second", CASES, first)
    name = next(path.name for path in first.glob("*.pst"))
    assert (first / name).samefile(second / name)


@pytest.mark.parametrize("size", [0, 5])
@pytest.mark.parametrize("pattern", ["*.toc", "*.pst", "*.trm", "*.id.col", "seal.json"])
def test_a_damaged_index_is_named_and_not_carried_on(tmp_path, pattern, size):
    damaged = written(tmp_path / "damaged", CASES)
    path = next(damaged.glob(pattern))
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(IndexFolderError) as caught:
        WhooshIndex(damaged)
    assert caught.value.exit_status == 3
    assert "casebook build --clean" in caught.value.remedy
    again = written(tmp_path / "again", CASES[:2], damaged)
    assert answers(again) == answers(written(tmp_path / "clean", CASES[:2]))


def test_one_changed_byte_is_found(tmp_path):
    folder = written(tmp_path / "index", CASES)
    path = next(folder.glob("*.pst"))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(IndexFolderError):
        check_seal(folder)
    again = written(tmp_path / "again", CASES[:2], folder)
    check_seal(again)
    assert answers(again)[0] == ["A", "B"]


def test_a_missing_index_is_named():
    with pytest.raises(IndexFolderError):
        WhooshIndex(Path("no-such-folder"))


def test_an_index_without_cases(tmp_path):
    assert answers(written(tmp_path / "index", []))[0] == []


def test_a_failed_write_leaves_no_lock(tmp_path):
    broken = CASES[0]._replace(numbers={"disputed": -1})
    with pytest.raises(Exception, match=r"disputed|range|fit|valid"):
        written(tmp_path / "index", [broken])
    assert not list((tmp_path / "index").glob("*LOCK*"))
    assert not list(written(tmp_path / "again", CASES).glob("*LOCK*"))
