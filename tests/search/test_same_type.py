"""Same-type lookup: the sixty complaints, and that browser and command line say the same."""

import datetime
from dataclasses import asdict
from pathlib import Path

import pytest
import yaml

from builder.errors import WrongUseError
from builder.search.brief import Days, make_brief
from builder.search.library_index import LibraryIndex
from builder.search.outlook_lines import outlook_lines
from builder.search.same_type import Choice, same_type_as_case, same_type_as_text, words_of
from tests.conftest import ROOT
from tests.search.test_browser_agrees import build, in_the_browser

HERE = Path(__file__).parent
COMPLAINTS = yaml.safe_load((HERE / "complaints.yml").read_text("utf-8"))["complaints"]
PRECEDENTS = yaml.safe_load((HERE / "complaint_precedents.yml").read_text("utf-8"))["precedents"]
DEADLINES = yaml.safe_load((HERE / "deadlines.yml").read_text("utf-8"))
LIMIT = 10
DAYS = Days(datetime.date(2026, 11, 26), datetime.date(2026, 9, 21))
PLAIN_DAYS = {"searched": "2026-11-26", "received": "2026-09-21", "accepted": None}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("library")
    build(ROOT, made, head_length=512)
    return made


@pytest.fixture(scope="module")
def index(folder):
    with LibraryIndex.open(folder / "index") as opened:
        yield opened


def text_request(text, limit=LIMIT, removed=(), pinned=()):
    choice = {"removed": list(removed), "pinned": list(pinned)}
    return {"text": text, "limit": limit, "choice": choice, "days": PLAIN_DAYS}


def plain(value):
    """Return a value as JSON has it."""
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, frozenset):
        return sorted(value)
    return {key: plain(one) for key, one in value.items()} if isinstance(value, dict) else value


def as_browser_tells(index, found):
    """Return what a lookup found in the browser's words."""
    asked = found.asked
    outlook = asdict(found.outlook)
    outlook["notSettled"] = outlook.pop("not_settled")
    outlook["pitfalls"] = [
        {"text": told["text"], "caseNo": told["case_no"]} for told in outlook["pitfalls"]
    ]
    return plain(
        {
            "asked": {
                "compared": asked.compared,
                "types": asked.types,
                "parents": asked.parents,
                "amount": asked.amount,
                "online": asked.online,
                "group": asked.group,
                "law": asked.law,
            },
            "likely": [{**asdict(one), "confidence": one.confidence} for one in found.likely],
            "comparisons": [asdict(one.comparison) for one in found.precedents],
            "outlook": outlook,
            "lines": [asdict(line) for line in outlook_lines(found.outlook, words_of(index))],
            "brief": asdict(make_brief(index, found, DAYS)),
        }
    )


def assert_agrees(index, found, answer):
    assert answer["ids"] == [one.hit.id for one in found.precedents]
    assert answer["total"] == found.total
    assert answer["atLeast"] == found.at_least
    ours = as_browser_tells(index, found)
    for name, told in ours.items():
        assert answer["sameType"][name] == told, name


def test_the_browser_says_of_the_sixty_complaints_what_the_command_line_says(index, folder):
    texts = [complaint["text"] for complaint in COMPLAINTS]
    answers = in_the_browser(folder, [text_request(text) for text in texts])
    for text, answer in zip(texts, answers, strict=True):
        assert_agrees(index, same_type_as_text(index, text, Choice(limit=LIMIT)), answer)


def test_the_browser_says_of_every_case_what_the_command_line_says(index, folder):
    ids = index.case_table.column("id")
    answers = in_the_browser(folder, [{**text_request(""), "like": one} for one in ids])
    for case_id, answer in zip(ids, answers, strict=True):
        assert answer["kind"] == "like"
        assert_agrees(index, same_type_as_case(index, case_id, Choice(limit=LIMIT)), answer)


def test_taking_out_and_keeping_mean_the_same_in_both(index, folder):
    text = COMPLAINTS[2]["text"]
    first, second, *_ = same_type_as_text(index, text, Choice(limit=LIMIT)).precedents
    odd = same_type_as_text(index, COMPLAINTS[55]["text"]).precedents[0].hit.id
    choice = Choice(LIMIT, removed=frozenset([first.hit.id]), pinned=(odd, second.hit.id))
    (answer,) = in_the_browser(
        folder, [text_request(text, removed=[first.hit.id], pinned=[odd, second.hit.id])]
    )
    found = same_type_as_text(index, text, choice)
    assert_agrees(index, found, answer)
    assert [one.hit.id for one in found.precedents[:2]] == [odd, second.hit.id]
    assert [one.is_pinned for one in found.precedents[:3]] == [True, True, False]
    assert first.hit.id not in [one.hit.id for one in found.precedents]
    numbers = {index.case_no(odd), index.case_no(second.hit.id)}
    assert numbers <= set(found.outlook.cases)
    assert index.case_no(first.hit.id) not in found.outlook.cases


def test_filters_leave_what_fulfils_them(index, folder):
    text = COMPLAINTS[2]["text"]
    found = same_type_as_text(index, text, Choice(limit=LIMIT, conditions="年份:2026"))
    everything = same_type_as_text(index, text, Choice(limit=LIMIT))
    assert {one.hit.card["closed"][:4] for one in found.precedents} == {"2026"}
    assert found.likely == everything.likely  # what a complaint is does not hang on a filter
    (answer,) = in_the_browser(folder, [{**text_request(text), "filters": {"years": ["2026"]}}])
    assert answer["ids"] == [one.hit.id for one in found.precedents]
    assert answer["sameType"]["comparisons"] == [
        plain(asdict(one.comparison)) for one in found.precedents
    ]


def test_the_deadlines_of_the_browser_are_those_of_the_command_line(index, folder):
    dates = [
        (row.get("received", row.get("accepted")), row.get("accepted"))
        for row in DEADLINES["dates"]
    ]
    requests = [
        {
            **text_request(COMPLAINTS[0]["text"], limit=1),
            "days": {
                "searched": "2026-11-26",
                "received": str(received),
                "accepted": str(accepted) if accepted else None,
            },
        }
        for received, accepted in dates
    ]
    found = same_type_as_text(index, COMPLAINTS[0]["text"], Choice(limit=1))
    for (received, accepted), answer in zip(dates, in_the_browser(folder, requests), strict=True):
        days = Days(datetime.date(2026, 11, 26), received, accepted)
        assert answer["sameType"]["brief"] == plain(asdict(make_brief(index, found, days)))


def test_no_more_than_two_of_a_kind_stand_first(index):
    for complaint in COMPLAINTS:
        found = same_type_as_text(index, complaint["text"], Choice(limit=5))
        cards = [one.hit.card for one in found.precedents]
        kinds = [(card["types"][0], card["outcomes"][0], card["industry"]) for card in cards]
        assert max(map(kinds.count, kinds)) <= 2


def test_a_case_is_not_its_own_precedent(index):
    for case_id in index.case_table.column("id"):
        found = same_type_as_case(index, case_id, Choice(limit=50))
        assert case_id not in [one.hit.id for one in found.precedents]
        assert index.case_no(case_id) not in found.outlook.cases


def test_small_sets_have_no_percentages(index):
    seen = set()
    for case_id in index.case_table.column("id"):
        found = same_type_as_case(index, case_id)
        lines = outlook_lines(found.outlook, words_of(index))
        counted = len(found.outlook.settled) + len(found.outlook.not_settled)
        seen.add(counted >= 5)
        if counted < 5:
            assert not any("%" in line.text for line in lines if line.label != "前车之鉴")
        assert all(line.cases for line in lines) or not found.outlook.cases
    assert seen == {True, False}


@pytest.mark.parametrize("name", ["removed", "pinned"])
def test_a_chosen_id_that_no_case_has_is_refused(index, name):
    with pytest.raises(WrongUseError) as caught:
        same_type_as_text(index, COMPLAINTS[0]["text"], Choice(**{name: ("SL-1999-0001",)}))
    assert caught.value.where == "SL-1999-0001"


def test_the_sixty_complaints_find_their_type_and_a_precedent(index):
    first = top = fitting = 0
    for complaint, wanted in zip(COMPLAINTS, PRECEDENTS, strict=True):
        found = same_type_as_text(index, complaint["text"], Choice(limit=3))
        types = [one.id for one in found.likely]
        first += types[:1] != [] and types[0] in complaint["types"]
        top += bool(set(types[:3]) & set(complaint["types"]))
        fitting += bool({one.hit.id for one in found.precedents} & set(wanted))
    count = len(COMPLAINTS)
    assert count == 60
    assert first >= 0.80 * count
    assert top >= 0.95 * count
    assert fitting >= 0.90 * count
