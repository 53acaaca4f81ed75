"""The data for programs: held against their own schema, which refuses what is wrong."""

import copy
import json

import pytest
from jsonschema import Draft202012Validator

from builder.feeds.api_documents import DOCUMENTS
from builder.model.audience import Audience
from builder.stable_paths import API, API_INDEX, API_SCHEMA, case_data_path
from tests.feeds.conftest import ADDRESS, HOSTILE, OUTSIDE, made_of


def documents(cleared):
    return {
        path: json.loads(content)
        for path, content in made_of(cleared).items()
        if path.startswith(API)
    }


@pytest.fixture(scope="module")
def public(known):
    return documents(known[Audience.PUBLIC])


@pytest.fixture(scope="module")
def validator(public):
    Draft202012Validator.check_schema(public[API_SCHEMA])
    return Draft202012Validator(public[API_SCHEMA])


def test_every_document_holds_to_the_schema(cleared, validator):
    kinds = set()
    for path, document in documents(cleared).items():
        if path != API_SCHEMA:
            validator.validate(document)
            kinds.add(document["kind"])
    assert len(kinds) == len(DOCUMENTS)


CASE, GONE = case_data_path("SL-2026-0001"), case_data_path("SL-2026-0003")
WRONG = [
    (CASE, lambda one: one.pop("title")),
    (CASE, lambda one: one.pop("kind")),
    (CASE, lambda one: one.update(kind="withdrawn")),
    (CASE, lambda one: one.update(station="demo-nanguan")),
    (CASE, lambda one: one.update(version=2)),
    (CASE, lambda one: one.update(id="../SL-2026-0001")),
    (CASE, lambda one: one.update(closed="2026年9月")),
    (CASE, lambda one: one.update(sample="true")),
    (CASE, lambda one: one["amounts"].update(claimed="3000")),
    (CASE, lambda one: one["amounts"].update(claimed=-1)),
    (CASE, lambda one: one["statutes"][0].update(standing="unknown")),
    (CASE, lambda one: one.update(keywords=None)),
    (GONE, lambda one: one.update(facts="案情")),
    (API_INDEX, lambda one: one["cases"][0].update(digest="0")),
    (API_INDEX, lambda one: one["library"].update(audience="everybody")),
]


@pytest.mark.parametrize("number", range(len(WRONG)))
def test_the_schema_refuses(public, validator, number):
    path, spoil = WRONG[number]
    document = copy.deepcopy(public[path])
    assert validator.is_valid(document)
    spoil(document)
    assert not validator.is_valid(document)


def test_everything_in_the_schema_is_explained_in_chinese(public):
    for name, part in public[API_SCHEMA]["$defs"].items():
        for text in (
            part["description"],
            *(field["title"] for field in part["properties"].values()),
        ):
            assert any("\u4e00" <= char <= "\u9fff" for char in text), (name, text)


def test_the_index_leads_to_every_document(cleared):
    made = documents(cleared)
    index = made[API_INDEX]
    listed = [entry["data"] for entry in (*index["cases"], *index["withdrawn"])]
    assert {*listed, index["vocabularies"], index["statutes"], index["schema"], API_INDEX} == {
        *made
    }
    for entry in index["cases"]:
        document = made[entry["data"]]
        assert (document["id"], document["digest"]) == (entry["id"], entry["digest"])
        assert document["url"] == f"{ADDRESS}{cleared.audience}/{entry['page']}"


def test_a_case_says_what_it_is(public):
    case = public[CASE]
    assert case["amounts"] == {
        "disputed": 3600.0,
        "claimed": 3000.0,
        "recovered": 2150.5,
        "note": "",
    }
    assert case["received"] == case["closed"] == "2026-09"
    assert case["days"] == 8
    assert case["dispute_types"] == [{"id": "tuika", "label": "预付式消费 › 退卡退款"}]
    assert case["statutes"][0]["id"] == "xiaobaofa#53"
    assert case["review"] is None
    assert public[case_data_path("SL-2026-0002")]["revision"] == {
        "date": "2026-10", "note": "更正适用条文",
    }  # fmt: skip
    assert public[case_data_path("SL-2026-0007")]["facts"] == HOSTILE


def test_a_withdrawn_case_keeps_its_address_and_nothing_else(public):
    gone = public[GONE]
    assert gone["kind"] == "withdrawn"
    assert (gone["month"], gone["replaced_by"], gone["notice"]) == ("2026-10", "SL-2026-0001", "")
    assert "facts" not in gone


def test_a_change_in_one_case_changes_no_other_document(known, tmp_path):
    """So that others can tell by the file what is new."""
    from builder.checks.clearance import clear
    from tests.conftest import replacing
    from tests.feeds.conftest import small_library

    library = small_library(tmp_path / "changed", ADDRESS)
    library.add("SL-2026-0008", replacing(("closed: 2026-09-10", "closed: 2026-11-20")))
    before = made_of(known[Audience.PUBLIC])
    after = made_of(clear(library.load(), Audience.PUBLIC))
    changed = {path for path in before if before[path] != after[path]}
    assert changed == {
        "feed.xml",
        "feed.json",
        "downloads/cases.csv",
        "downloads/cases.xlsx",
        API_INDEX,
    }


@pytest.mark.parametrize("audience", OUTSIDE, ids=str)
def test_stations_stay_inside(known, audience):
    made = documents(known[audience])
    assert made[f"{API}vocabularies.json"]["vocabularies"]["stations"] == []
    assert "demo-nanguan" not in json.dumps(made)
