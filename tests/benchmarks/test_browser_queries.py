import numpy as np
import pytest

from benchmarks.browser_queries import (
    COMPLAINT,
    SHORT,
    Query,
    Source,
    make_queries,
    overlap,
    same_type,
)
from benchmarks.browser_serve import Server
from builder.index.impacts import compute_impacts
from builder.index.ranking import rank
from builder.index.term_choice import query_weight
from builder.search.trial_rankings import exact_ranking
from builder.text.analyzer import count_terms, is_single
from builder.text.concepts import Concepts
from builder.text.fields import count_fields

FACTS = (
    "赵女士在某健身房办了年卡，付了3000元。\n三个月后门店关门，余额没有退。店主称已转让，不再负责。"
)
SOURCES = [
    Source(
        f"SL-2026-{number:04d}", ("yufuka", "tuifei"), ("预付卡", "健身"), ("退卡", "转让"), FACTS
    )
    for number in range(1, 6)
]
NO_CONCEPTS = Concepts(())


def test_the_same_seed_gives_the_same_queries():
    assert make_queries(SOURCES, 20, seed=3) == make_queries(SOURCES, 20, seed=3)
    assert make_queries(SOURCES, 20, seed=3) != make_queries(SOURCES, 20, seed=4)


def test_queries_know_what_they_were_made_from():
    queries = make_queries(SOURCES, 20)
    assert [query.kind for query in queries] == [SHORT] * 20 + [COMPLAINT] * 20
    assert {query.source for query in queries} <= {source.id for source in SOURCES}
    assert all(query.types == ("yufuka", "tuifei") for query in queries)


def test_a_short_query_is_one_to_three_names():
    for query in make_queries(SOURCES, 30)[:30]:
        words = query.text.split(" ")
        assert 1 <= len(words) <= 3
        assert set(words) <= {"预付卡", "健身", "退卡", "转让"}


def test_a_complaint_is_in_one_line_and_as_long_as_people_write():
    sources = [*SOURCES, Source("SL-2026-0006", (), (), (), FACTS * 20)]
    for query in make_queries(sources, 60)[60:]:
        assert 50 <= len(query.text) <= 400
        assert "\n" not in query.text


def test_precision_counts_empty_places_as_misses():
    query = Query(SHORT, "退卡", "a", ("yufuka",))
    types = {"a": ["yufuka", "tuifei"], "b": ["tuifei"], "c": ["yufuka"]}
    assert same_type(query, ["a", "b", "c"], types) == 0.2
    assert same_type(query, [], types) == 0
    assert same_type(query, ["no such case"], types) == 0
    assert same_type(query, ["a"] * 11, types) == 1


@pytest.mark.parametrize(
    ("found", "exact", "share"),
    [
        (["a", "b"], ["b", "a"], 1),
        (["a", "x"], ["a", "b"], 0.5),
        ([], ["a", "b"], 0),
        (["a"], [], 1),
    ],
)
def test_overlap_is_the_share_of_the_exact_that_was_found(found, exact, share):
    assert overlap(found, exact) == share


def test_only_the_first_ten_count_for_overlap():
    exact = [str(number) for number in range(10)]
    assert overlap([*"abcdefghij", *exact], exact) == 0


@pytest.fixture(scope="module")
def impacts():
    words = ["退卡", "转让", "健身", "关门", "余额", "赵女士", "年卡", "门店", "负责", "卡"]
    rng = np.random.default_rng(5)
    texts = ["，".join(rng.choice(words, 6)) for _ in range(40)]
    return compute_impacts([count_fields({"facts": text}, NO_CONCEPTS) for text in texts])


@pytest.mark.parametrize("text", ["退卡", "健身房退卡退卡，余额没有退", "没有的词", "卡", "卡 退"])
def test_the_exact_ranking_adds_up_what_the_ranking_does(impacts, text):
    weights = {
        term: query_weight(term, repeats, impacts.weight(term))
        for term, repeats in count_terms(text, NO_CONCEPTS).items()
        if impacts.weight(term)
    }
    longer = [term for term in count_terms(text, NO_CONCEPTS) if not is_single(term)]
    found = {p.case_no for term in longer or weights for p in impacts.postings(term)}
    lists = {term: [p for p in impacts.postings(term) if p.case_no in found] for term in weights}
    hits = [hit.case_no for hit in rank(lists, weights, 10)]
    assert exact_ranking(impacts, text, NO_CONCEPTS, 10) == hits


def test_single_characters_alone_find_nothing_where_the_text_has_more(impacts):
    assert exact_ranking(impacts, "卡", NO_CONCEPTS, 10)
    assert exact_ranking(impacts, "卡 没有", NO_CONCEPTS, 10) == []


def test_the_server_gives_nothing_from_outside_its_folder(tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    (site / "页 面.html").write_text("a", "utf-8")
    (tmp_path / "secret.txt").write_text("b", "utf-8")
    server = Server(site)
    assert server.find("/页 面.html?q=1") == site / "页 面.html"
    assert server.find("/%E9%A1%B5%20%E9%9D%A2.html") == site / "页 面.html"
    assert server.find("/../secret.txt") is None
    assert server.find("/%2e%2e/secret.txt") is None
    assert server.find("/") is None
