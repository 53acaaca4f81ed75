"""Forty things people say, written down before the concept groups were tuned."""

from pathlib import Path

import pytest
import yaml

from builder.checks.clearance import clear
from builder.index.build import build_index
from builder.library.casebook import load_casebook
from builder.model.audience import Audience
from builder.search.library_index import LibraryIndex
from builder.search.precedents import search
from builder.settings import load_settings
from tests.conftest import ROOT

QUERIES = yaml.safe_load((Path(__file__).parent / "colloquial.yml").read_text("utf-8"))["queries"]
AT_LEAST = 36


@pytest.fixture(scope="module")
def cleared():
    return clear(load_casebook(load_settings(ROOT)), Audience.INTERNAL)


def test_a_fitting_case_is_among_the_first_three(cleared, tmp_path):
    cases = {case.id: case for case in cleared.cases}
    build_index(cleared, tmp_path / "index", tmp_path / "cache")
    missed = []
    with LibraryIndex.open(tmp_path / "index") as index:
        for asked in QUERIES:
            first = [cases[hit.id] for hit in search(index, asked["query"], limit=3).hits]
            if not any(fits(case, asked) for case in first):
                missed.append(asked["query"])
    assert len(QUERIES) - len(missed) >= AT_LEAST, missed


def fits(case, asked):
    industries = asked.get("industries")
    return bool(set(asked["types"]) & set(case.dispute_types)) and (
        industries is None or case.industry in industries
    )


def test_there_are_forty_and_every_type_is_known(cleared):
    known = {term.id for term in cleared.vocabularies["dispute_types"].walk()}
    assert len({asked["query"] for asked in QUERIES}) == 40
    assert {one for asked in QUERIES for one in asked["types"]} <= known
