import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.checks.clearance import clear
from builder.errors import CasebookError, WrongUseError
from builder.index.build import build_index
from builder.model.audience import Audience
from builder.search.filters import understand
from builder.search.hits import SNIPPET_LENGTH
from builder.search.library_index import LibraryIndex
from builder.search.precedents import search
from builder.search.query import parse
from builder.search.same_type import Choice, same_type_as_case, same_type_as_text
from tests.conftest import ROOT, make_library_of_twelve, replacing

SLOW_IMPORTS = ("numpy", "pydantic", "mkdocs", "rjieba", "rich", "yaml", "jinja2")
STORY = (
    "孩子在游泳馆上亲子课，还剩三十多节，馆里忽然停业，池水放干了，"
    "老板联系不上，家长们想退钱或者换一家接着上。"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("precedents") / "index"
    cleared = clear(make_library_of_twelve(made.parent / "library").load(), Audience.INTERNAL)
    build_index(cleared, made, made.parent / "cache")
    return made


@pytest.fixture(scope="module")
def index(folder):
    with LibraryIndex.open(folder) as opened:
        yield opened


def ids(result):
    return [hit.id for hit in result.hits]


def text_of(pieces):
    return "".join(piece.text for piece in pieces)


def test_a_hit_says_where_it_answers(index):
    hit = search(index, "瑜伽 退费").hits[0]
    assert hit.id == "SL-2025-0028"
    assert text_of(hit.title) == hit.card["title"]
    assert [piece.text for piece in hit.title if piece.is_hit] == ["瑜伽"]
    assert set(hit.matched["瑜伽"]) >= {"标题", "标签"}
    assert hit.matched["瑜伽馆"] == ("案情简介",)  # the longest word of a concept is marked whole
    assert hit.snippet
    assert any(piece.is_hit for piece in hit.snippet.pieces)
    assert len(text_of(hit.snippet.pieces).strip("…")) <= SNIPPET_LENGTH
    assert hit.card["recovered"] == "3500"
    assert hit.card["types"][0] == "因消费者自身原因要求退费"


def test_conditions_alone_give_the_newest_first(index):
    result = search(index, "类型:预付式消费")
    assert ids(result) == ["SL-2026-0016", "SL-2025-0028", "SL-2025-0019"]
    assert {hit.score for hit in result.hits} == {0}
    assert result.conditions == ("类型：预付式消费",)
    assert all(hit.snippet and hit.snippet.name == "要点" for hit in result.hits)


def test_pages_of_hits_are_one_list(index):
    everything = ids(search(index, "退款", limit=20))
    assert len(everything) > 6
    pages = [ids(search(index, "退款", limit=3, offset=offset)) for offset in range(0, 21, 3)]
    assert [one for page in pages for one in page] == everything
    assert {search(index, "退款", limit=3, offset=at).total for at in (0, 3, 99)} == {
        len(everything)
    }


def test_words_of_either_side_only_order_when_a_field_may_hold(index):
    result = search(index, "螃蟹 OR 类型:定金订金")
    assert ids(result) == ["SL-2023-0014", "SL-2024-0041"]
    assert [hit.score > 0 for hit in result.hits] == [True, False]
    assert result.conditions == ("“螃蟹” 或 类型：定金订金",)


def test_a_single_character_is_not_enough_where_a_word_was_given(index):
    alone = set(ids(search(index, "秤", limit=20)))
    assert "SL-2023-0014" in alone
    assert not ids(search(index, "秤砣砣", limit=20))


@pytest.mark.parametrize("text", ["", "  ", "😀", "，。！", "“”", "的", "不存在的词汇甲乙丙"])
def test_texts_that_ask_for_nothing_find_little_and_fail_never(index, text):
    result = search(index, text, limit=50)
    assert result.total == len(result.hits)


def test_an_unknown_id_is_said_to_be_unknown(index):
    result = search(index, "sl-2026-9999")
    assert (ids(result), result.total) == ([], 0)
    assert "SL-2026-9999" in result.hints[0]


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("健身方", "健身房"),
        ("类型:退卡 霸王条宽", "类型:退卡 霸王条款"),
        ("健身房", ""),
        ("霸王条款", ""),
        ("健身方 退费", ""),
    ],
)
def test_suggests_what_was_probably_meant(index, text, suggestion):
    assert search(index, text).suggestion == suggestion


def test_an_absent_vocabulary_makes_a_value_a_word(index):
    result = search(index, "类型:火星 床垫")
    assert result.hints == ("词表里没有“火星”这个类型，已当作普通词查找。",)
    assert result.words == "火星 床垫"
    assert search(index, "法条:火星法第三条 床垫").hints[0].startswith("词表里没有“火星法第3条”")
    assert "SL-2025-0007" not in ids(search(index, "床垫 -类型:磁疗床垫", limit=20))


def test_values_mean_what_the_vocabularies_say(index):
    understood = understand(parse("法条:消法第二十六条 结果:终止 -所:西街"), index.vocabulary)
    assert understood.conditions == [
        "法条：消费者权益保护法第26条", "结果：终止调解、超期终止", "不要 所：西街示例所",
    ]  # fmt: skip


SETS = st.sampled_from([
    "类型:预付式消费", "结果:退款", "行业:食品", "“押金”", "金额:1000..", "年份:2023",
    "法规:民法典", "标题:定金",
])  # fmt: skip


@given(SETS, SETS, SETS)
def test_conditions_are_sets(index, one, two, three):
    everything = set(index.case_table.column("id"))

    def of(text):
        return set(ids(search(index, text, limit=50)))

    a, b, c = of(one), of(two), of(three)
    assert of(f"{one} {two}") == a & b
    assert of(f"{one} OR {two}") == a | b
    assert of(f"-{one}") == everything - a
    assert of(f"{one} -{two}") == a - b
    assert of(f"{one} OR -{two}") == a | (everything - b)
    assert of(f"-{one} {two} OR {three}") == (b | c) - a


@given(st.text("退卡押金健身房 -|“”:：类型金额1..OR\n，。不", max_size=60))
def test_any_text_can_be_searched_twice_with_one_result(index, text):
    result = search(index, text, limit=3)
    assert result == search(index, text, limit=3)
    assert len(result.hits) == min(3, result.total)
    scores = [(-hit.score, hit.case_no) for hit in result.hits]
    assert scores == sorted(scores)


def test_a_very_long_text_is_searched(index):
    assert search(index, STORY * 400).hits[0].id == "SL-2026-0016"


def test_a_case_is_like_others_on_three_axes(index):
    found = same_type_as_case(index, "SL-2025-0028", Choice(limit=3))
    likes = {one.hit.id: one.comparison for one in found.precedents}
    assert len(likes) == 3
    assert "SL-2025-0028" not in likes
    comparison = likes["SL-2025-0019"]
    assert comparison.issues.level == 1
    assert comparison.issues.evidence == ("同为预付式消费",)
    assert "那件没有调成" in comparison.differences


def test_a_story_is_like_cases_on_three_axes(index):
    found = same_type_as_text(index, f"商户名称：某馆\n问题描述：{STORY}\n主要诉求：退款")
    assert found.likely[0].id == "guandian-shilian"
    first = found.precedents[0]
    assert first.hit.id == "SL-2026-0016"
    assert first.comparison.issues.evidence[0] == "同为停业失联"
    assert first.comparison.facts.level >= 2
    assert found.query.ticket
    assert found.query.ticket.claims == ["退款"]


def test_a_case_that_is_not_there_has_no_like(index):
    with pytest.raises(WrongUseError) as caught:
        same_type_as_case(index, "SL-1999-0001")
    assert caught.value.exit_status == 2


def test_the_whole_index_can_be_verified(folder):
    with LibraryIndex.open(folder) as opened:
        assert opened.verify() == 12


def test_no_index_yet_is_said_plainly(tmp_path):
    with pytest.raises(CasebookError, match="请先运行 casebook build") as caught:
        LibraryIndex.open(tmp_path)
    assert caught.value.exit_status == 3


@pytest.mark.parametrize(
    "name", ["display.bin", "cases.json", "vocabulary.json", "handbook.json", "postings.bin"]
)
def test_damage_is_found_by_verifying(library, tmp_path, name):
    library.add()
    library.add("SL-2026-0002", replacing(("停课", "停业")))
    build_index(clear(library.load(), Audience.INTERNAL), tmp_path / "index", tmp_path / "cache")
    path = tmp_path / "index" / name
    content = bytearray(path.read_bytes())
    content[-20] ^= 1
    path.write_bytes(content)
    with pytest.raises(CasebookError) as caught:
        LibraryIndex.open(tmp_path / "index").verify()
    assert caught.value.exit_status == 3


@pytest.mark.parametrize(
    ("query", "opens_whoosh"), [("退卡", False), ("类型:退卡", True), (STORY, False)]
)
def test_a_search_imports_no_more_than_it_needs(folder, query, opens_whoosh):
    code = (
        "import sys; from pathlib import Path;"
        "from builder.search.library_index import LibraryIndex;"
        "from builder.search.precedents import search;"
        "assert search(LibraryIndex.open(Path(sys.argv[1])), sys.argv[2]).hits;"
        f"print(*[name for name in {(*SLOW_IMPORTS, 'whoosh')!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder), query],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    assert done.stdout.split() == (["whoosh"] if opens_whoosh else [])
