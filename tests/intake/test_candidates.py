"""Candidates for a typical case: why each is on the list, and which cases are like it."""

import datetime
from decimal import Decimal

import pytest

from builder.checks.clearance import clear
from builder.intake.candidates import candidates
from builder.intake.ledger_store import ledger_from
from builder.library.casebook import load_casebook
from builder.model.audience import Audience
from builder.model.ledger import Ticket
from builder.settings import load_settings
from tests.conftest import ROOT

AS_OF = datetime.datetime(2026, 11, 24, 17, 30)
OLD = datetime.date(2026, 3, 2)
NEW = datetime.date(2026, 11, 10)


@pytest.fixture(scope="module")
def cleared():
    return clear(load_casebook(load_settings(ROOT)), Audience.INTERNAL)


def ticket(number, kind="tuika", received=OLD, **more):
    more.setdefault("closed", received + datetime.timedelta(days=3))
    more.setdefault("outcomes", ("tuikuan-quane",))
    return Ticket(number=number, received=received, dispute_type=kind, **more)


def usual(count=20, received=OLD):
    return [ticket(f"U{number:03}-{received}", received=received) for number in range(count)]


def listed(cleared, tickets, limit=10):
    found = candidates(ledger_from(tickets, AS_OF), cleared.vocabularies, cleared.cases, limit)
    return {one.ticket.number: one for one in found}


def test_the_usual_is_no_candidate(cleared):
    assert sum("tuika" in case.dispute_types for case in cleared.cases) > 2
    assert listed(cleared, usual()) == {}


@pytest.mark.parametrize(
    ("special", "reason"),
    [
        ({"outcomes": ("weidacheng",)}, "结果少见：未达成协议（同类办结 21 件里 1 件）"),
        ({"recovered": Decimal("12000")}, "挽回 12,000 元"),
        ({"consumers": 23}, "群体：23 人"),
        ({"consumers": 3}, "群体：3 人"),
    ],
)
def test_what_is_unusual_is_listed_with_its_reason(cleared, special, reason):
    found = listed(cleared, [*usual(), ticket("X", **special)])
    assert list(found) == ["X"]
    assert reason in found["X"].reasons
    assert found["X"].points > 0


def test_many_alike_lately_are_listed_but_not_too_many_of_one_type(cleared):
    found = listed(cleared, [*usual(30), *usual(25, NEW)])
    assert len(found) == 3
    assert all(number.endswith(str(NEW)) for number in found)
    assert any("近 8 周同类 25 件" in reason for reason in next(iter(found.values())).reasons)


def test_a_type_without_cases_is_worth_more_than_one_with_some(cleared):
    counts = {
        term.id: sum(term.id in case.dispute_types for case in cleared.cases)
        for parent in cleared.vocabularies["dispute_types"].terms
        for term in parent.children
    }
    few = next(kind for kind, count in counts.items() if count == 1)
    found = listed(cleared, [ticket("A", few, consumers=3), ticket("B", consumers=3)])
    assert list(found) == ["A", "B"]
    assert "这一类库里只有 1 个案例" in found["A"].reasons


def test_the_nearest_cases_are_of_its_type_and_a_case_told_already_is_said_so(cleared):
    case = next(one for one in cleared.cases if "tuika" in one.dispute_types)
    told = "\n".join((case.title, case.summary, case.facts, *case.issues))
    found = listed(
        cleared,
        [
            ticket("SAME", consumers=20, text=told),
            ticket(
                "OTHER",
                consumers=20,
                text="孩子在游泳馆摔倒，馆方只肯退当天的门票钱，拒绝承担医药费。",
            ),
        ],
    )
    assert list(found) == ["OTHER", "SAME"]
    assert found["SAME"].is_told
    assert found["SAME"].nearest[0].id == case.id
    assert not found["OTHER"].is_told
    types = {one.id: one.dispute_types for one in cleared.cases}
    assert all("tuika" in types[near.id] for near in found["OTHER"].nearest)


def test_open_tickets_and_those_written_up_are_left_out(cleared):
    special = {"consumers": 20}
    tickets = [
        ticket("OPEN", closed=None, outcomes=(), **special),
        ticket("DONE", case_id="SL-2026-0001", **special),
        ticket("NO-TYPE", None, **special),
        ticket("YES", **special),
    ]
    assert list(listed(cleared, tickets)) == ["YES"]


def test_the_same_ledger_gives_the_same_list(cleared):
    tickets = [*usual(), *(ticket(f"G{n}", consumers=5 + n % 3) for n in range(9))]
    assert list(listed(cleared, tickets)) == list(listed(cleared, tickets[::-1]))


def test_the_command_lists_and_limits(office, cleared):
    from builder.intake.ledger_store import write_ledger, writing

    kinds = [
        child.id for term in cleared.vocabularies["dispute_types"].terms for child in term.children
    ]
    tickets = [ticket(f"T{n}", kinds[n], consumers=12) for n in range(8)]
    with writing(office.library.settings):
        write_ledger(office.library.settings, ledger_from(tickets, AS_OF), {})
    told = office.json("candidates", "--limit", "5")
    assert len(told) == 5
    assert told[0]["reasons"]
    said = office.run("candidates", "--limit", "5").out
    assert told[0]["number"] in said
    assert "--from-ticket" in said
    assert office.run("candidates", "--limit", "0").code == 2
