import json
from operator import itemgetter
from pathlib import Path

import pytest

from builder.index.term_choice import (
    LONG_QUERY,
    choose_terms,
    few_terms,
    query_weight,
    weigh_terms,
)
from builder.text.concepts import Concepts

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "term_choice.json").read_text("utf-8"))
CONCEPTS = Concepts(GOLDEN["concepts"].items())


class Statistics:
    def weight(self, term):
        return GOLDEN["statistics"].get(term, [0, 0])[0]

    def highest_impact(self, term):
        return GOLDEN["statistics"].get(term, [0, 0])[1]


@pytest.mark.parametrize("vector", GOLDEN["vectors"], ids=itemgetter("name"))
def test_chooses_as_the_browser_does(vector):
    chosen = choose_terms(vector["text"], CONCEPTS, Statistics(), vector["limit"])
    assert [list(pair) for pair in chosen.items()] == vector["chosen"]


@pytest.mark.parametrize("vector", GOLDEN["few"], ids=itemgetter("name"))
def test_reads_few_terms_as_the_browser_does(vector):
    found = few_terms(vector["text"], vector["words"], CONCEPTS, Statistics())
    assert found == vector["terms"]


@pytest.mark.parametrize("vector", GOLDEN["weights"], ids=str)
def test_weighs_as_the_browser_does(vector):
    found = query_weight(vector["term"], vector["repeats"], vector["weight"])
    assert found == vector["chosen"]


def test_a_second_look_weighs_every_term_of_the_text():
    weights = weigh_terms("退卡健身火星", CONCEPTS, Statistics(), unknown=2000)
    assert weights["火星"] == 2000
    assert weights["退卡"] == 900
    assert weights["火"] == 1000  # a single character weighs half


def test_only_a_long_text_is_cut():
    short, long = "退卡健身" * 7, "退卡健身" * 8
    assert len(short) <= LONG_QUERY < len(long)
    assert len(choose_terms(long, CONCEPTS, Statistics(), limit=2)) == 2
    assert len(choose_terms(short, CONCEPTS, Statistics(), limit=2)) > 2
