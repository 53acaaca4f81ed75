"""What people would expect of the sample cases, written down before the first search."""

from pathlib import Path

import pytest
import yaml

from builder.checks.clearance import clear
from builder.index.build import build_index
from builder.model.audience import Audience
from builder.search.library_index import LibraryIndex
from builder.search.precedents import search
from builder.search.same_type import same_type_as_case
from tests.conftest import make_library_of_twelve

EXPECTED = yaml.safe_load((Path(__file__).parent / "expected.yml").read_text("utf-8"))


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("expected")
    cleared = clear(make_library_of_twelve(folder / "library").load(), Audience.INTERNAL)
    build_index(cleared, folder / "index", folder / "cache")
    with LibraryIndex.open(folder / "index") as opened:
        yield opened


@pytest.mark.parametrize("expected", EXPECTED["queries"], ids=lambda one: one["query"][:20])
def test_a_query_finds_what_people_expect(index, expected):
    result = search(index, expected["query"], limit=20)
    ids = [hit.id for hit in result.hits]
    assert result.total == len(ids)
    if "first" in expected:
        assert ids[:1] == [expected["first"]]
    if "top3" in expected:
        assert set(expected["top3"]) <= set(ids[:3])
    if "exactly" in expected:
        assert sorted(ids) == sorted(expected["exactly"])
    assert not set(expected.get("absent", ())) & set(ids)
    hints = "".join(result.hints)
    assert expected.get("hint", "") in hints
    assert "hint" in expected or not hints


@pytest.mark.parametrize("expected", EXPECTED["similar"], ids=lambda one: one["id"])
def test_a_case_finds_its_like(index, expected):
    found = same_type_as_case(index, expected["id"]).precedents
    assert expected["id"] not in [one.hit.id for one in found]
    assert set(expected["top3"]) <= {one.hit.id for one in found[:3]}
    for one in found[:3]:
        assert any(axis.level and axis.evidence for _, axis in one.comparison.axes)


def test_the_expectations_are_many_and_of_every_kind():
    kinds = {expected["kind"] for expected in EXPECTED["queries"]}
    assert len(EXPECTED["queries"]) >= 24
    assert kinds >= {
        "plain", "field", "phrase", "exclusion", "range", "id", "traditional", "full width",
        "complaint", "colloquial", "statute", "either",
    }  # fmt: skip
