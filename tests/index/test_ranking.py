import json
from operator import itemgetter
from pathlib import Path

import pytest

from builder.index.ranking import ImpactError, Posting, longest_head, rank

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "ranking.json").read_text("utf-8"))


def posting_lists(vector):
    lists = vector["posting_lists"].items()
    return {term: [Posting(*pair) for pair in pairs] for term, pairs in lists}


@pytest.mark.parametrize("vector", GOLDEN["ranked"], ids=itemgetter("name"))
def test_ranks_as_the_browser_does(vector):
    hits = rank(posting_lists(vector), vector["weights"], vector["limit"])
    assert [[hit.case_no, hit.impact] for hit in hits] == vector["hits"]


@pytest.mark.parametrize("vector", GOLDEN["refused"], ids=itemgetter("name"))
def test_refuses_and_says_where(vector):
    with pytest.raises(ImpactError) as caught:
        rank(posting_lists(vector), vector["weights"], limit=1)
    assert caught.value.where == vector["where"]


def test_single_characters_have_shorter_heads():
    assert longest_head("退", 1000) < longest_head("退卡", 1000) == 1000
    assert longest_head("退", 10) == 10
