import json
from operator import itemgetter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.index.directory import MOST_TERMS, DirectoryStatistics, directory_of, rows_of
from builder.index.exact import exact_score, impact
from builder.index.frequency_levels import (
    frequency_floor,
    frequency_level,
    level_weight,
    rare_weight,
)
from builder.index.impacts import compute_impacts
from builder.index.posting_lists import PostingLists, PostingListsError, write_posting_lists
from builder.index.ranking import Posting, longest_head
from builder.text.analyzer import count_terms
from builder.text.concepts import NO_CONCEPTS, Concepts
from builder.text.fields import FIELDS, count_fields

FOLDER = Path(__file__).parents[1] / "golden"
GOLDEN = json.loads((FOLDER / "impacts.json").read_text("utf-8"))
EXACT = json.loads((FOLDER / "exact.json").read_text("utf-8"))

texts = st.text(alphabet="退卡费健身房跑路a1，", max_size=40)
cases = st.lists(
    st.fixed_dictionaries({"title": texts, "tags": texts, "facts": texts, "rest": texts}),
    min_size=1,
    max_size=30,
)


def impacts_of(texts):
    return compute_impacts([count_fields(case, NO_CONCEPTS) for case in texts])


@pytest.mark.parametrize("vector", GOLDEN["vectors"], ids=itemgetter("name"))
def test_impacts_are_those_of_the_golden_file(vector):
    concepts = Concepts(GOLDEN["concepts"].items())
    computed = compute_impacts([count_fields(case, concepts) for case in vector["cases"]])
    assert list(computed.field_totals) == vector["field_totals"]
    assert {term: computed.weight(term) for term in computed.terms} == vector["weights"]
    for term, postings in vector["posting_lists"].items():
        assert computed.postings(term) == [Posting(*pair) for pair in postings]
    assert computed.postings("没有这个词") == []


@pytest.mark.parametrize("vector", EXACT["vectors"], ids=str)
def test_one_impact_is_that_of_the_golden_file(vector):
    assert impact(vector["counts"], vector["lengths"], vector["averages"]) == vector["impact"]


@given(cases)
def test_scoring_a_case_from_its_texts_gives_the_impacts_of_the_index(texts):
    computed = impacts_of(texts)
    averages = [total / len(texts) for total in computed.field_totals]
    weights = dict.fromkeys(computed.terms, 1)
    for case_no, case in enumerate(texts):
        counts = [count_terms(case[field.name], NO_CONCEPTS) for field in FIELDS]
        score = exact_score(weights, counts, [one.total() for one in counts], averages)
        assert score == int(computed.impacts[computed.case_nos == case_no].sum())


@given(cases, st.integers(1, 8))
def test_the_file_gives_back_every_list_and_cuts_it_as_the_impacts_do(
    tmp_path_factory, texts, head_length
):
    computed = impacts_of(texts)
    path = tmp_path_factory.mktemp("lists") / "postings.bin"
    write_posting_lists(path, computed, directory_of(computed, 1), head_length)
    with PostingLists.open(path) as lists:
        assert lists.case_count == len(texts)
        for row, term in enumerate(computed.terms):
            assert lists.postings(term) == computed.postings(term)
            assert lists.weight(term) == computed.weight(term)
            assert lists.highest_impact(term) == computed.highest_impact(term)
            best, rest = computed.cut(row, longest_head(term, head_length))
            assert [one.case_no for one in lists.head(term)] == computed.case_nos[best].tolist()
            assert lists.is_cut(term) == bool(len(rest))
        assert lists.postings("没有这个词") == []
        assert lists.weight("没有这个词") == lists.frequency("没有这个词") == 0


def read_all(path, terms):
    with PostingLists.open(path) as lists:
        for term in terms:
            lists.postings(term)


def test_a_damaged_file_is_refused(tmp_path):
    computed = impacts_of([{"title": "退卡退费", "facts": "健身房跑路" * 3}] * 5)
    path = tmp_path / "postings.bin"
    write_posting_lists(path, computed, directory_of(computed, 1))
    content = path.read_bytes()
    for at in range(0, len(content), 7):
        path.write_bytes(content[:at] + bytes([content[at] ^ 0x10]) + content[at + 1 :])
        with pytest.raises(PostingListsError):
            read_all(path, computed.terms)


def test_rare_terms_weigh_as_if_they_had_the_floor():
    floor = frequency_floor(12_000)
    assert floor == 16
    assert frequency_floor(12) == 1
    assert frequency_level(1, floor) == frequency_level(floor, floor) == 16
    assert level_weight(12_000, 16) == rare_weight(12_000)
    falling = [level_weight(12_000, level) for level in range(16, 60)]
    assert falling == sorted(falling, reverse=True)
    assert falling[-1] >= 1


def test_the_directory_has_all_frequent_terms_and_the_strongest_rare_ones(monkeypatch):
    computed = impacts_of(
        [{"title": "退卡", "facts": "健身"}] * 3 + [{"title": "宠物", "facts": "金毛"}]
    )
    whole = directory_of(computed, floor=2)
    assert len(rows_of(computed, whole)) == len(computed.terms) <= MOST_TERMS
    frequent = int(np.count_nonzero(computed.frequencies > 2))
    monkeypatch.setattr("builder.index.directory.MOST_TERMS", frequent + 3)
    held = directory_of(computed, floor=2)
    kept = {computed.terms[row] for row in rows_of(computed, held)}
    assert {"退卡", "健身", "宠物", "宠", "物"} == kept - {"退", "卡", "健", "身"}
    assert "金毛" not in kept  # it stands in the facts alone


def test_a_long_query_knows_only_the_directory(tmp_path):
    computed = impacts_of([{"title": "退卡", "facts": "健身"}] * 3 + [{"facts": "金毛"}])
    held = directory_of(computed, floor=2)
    path = tmp_path / "postings.bin"
    write_posting_lists(path, computed, held)
    with PostingLists.open(path) as lists:
        assert lists.directory == held
        seen = DirectoryStatistics(lists, held)
        assert seen.weight("退卡") == lists.weight("退卡")
        assert 1 <= seen.highest_impact("退卡") <= 9
        assert seen.weight("火星") == 0
