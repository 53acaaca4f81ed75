"""Early signals: a rise is named with its tickets and cases, once; noise is not."""

import datetime
from decimal import Decimal

import pytest

from builder.checks.clearance import clear
from builder.intake.ledger_store import ledger_from, write_ledger, writing
from builder.intake.signals import Measure, signals
from builder.library.casebook import load_casebook
from builder.model.audience import Audience
from builder.model.ledger import Ticket
from builder.settings import load_settings
from tests.conftest import ROOT

AS_OF = datetime.datetime(2026, 11, 24, 17, 30)
TODAY = AS_OF.date()
KINDS = ("tuika", "jiadian-shuma", "fuzhuang-xiemao", "kouchu-weiyuejin")
INDUSTRIES = ("jianshen-yundong", "jiadian-shuma", "fuzhuang-xiemao", "jiaoyu-peixun")


@pytest.fixture(scope="module")
def cleared():
    return clear(load_casebook(load_settings(ROOT)), Audience.INTERNAL)


def tickets(weeks, plan, settled=True, **more):
    """Return six tickets a week of each kind, and those of `plan` (kind -> extra in week)."""
    found = []
    for week in range(weeks):
        for at, kind in enumerate(KINDS):
            for number in range(6 + (week + at) % 3 - 1 + plan.get((kind, week), 0)):
                received = TODAY - datetime.timedelta(days=7 * week + number % 7)
                is_new = week < 2
                found.append(
                    Ticket(
                        number=f"T{kind}-{week}-{number}",
                        received=received,
                        accepted=received,
                        closed=None if is_new else received + datetime.timedelta(days=5),
                        station="demo-nanguan",
                        dispute_type=kind,
                        industry=INDUSTRIES[at],
                        outcomes=()
                        if is_new
                        else (("tuikuan-quane",) if settled else ("weidacheng",)),
                        **more,
                    )
                )
    return ledger_from(found, AS_OF)


RISE = {("tuika", 0): 14, ("tuika", 1): 12}


def test_a_rise_is_named_once_with_tickets_cases_and_law(cleared):
    found = signals(tickets(30, RISE), cleared.vocabularies, cleared.cases, AS_OF)
    (one,) = found.found
    assert "退卡" in one.title or "健身" in one.title
    assert one.also  # the same tickets make the family and the industry rise
    assert {ticket.dispute_type for ticket in one.tickets} == {"tuika"}
    assert len(one.tickets) == sum(week.count for week in one.weeks if week.is_new)
    assert one.tickets[0].received >= one.tickets[-1].received
    assert one.weeks[-1].last == TODAY
    assert one.weeks[-1].count >= one.limit
    assert one.since <= TODAY - datetime.timedelta(days=7)
    types = {case.id: case.dispute_types for case in cleared.cases}
    assert one.cases
    assert all("tuika" in types[case_id] for case_id in one.cases)
    assert one.law
    assert all("《" in article for article in one.law)


def test_a_flat_ledger_has_none(cleared):
    found = signals(tickets(30, {}), cleared.vocabularies, cleared.cases, AS_OF)
    assert found.is_enough
    assert found.found == ()


def test_an_old_rise_that_is_over_is_none(cleared):
    plan = {("tuika", 6): 14, ("tuika", 7): 12}
    assert signals(tickets(30, plan), cleared.vocabularies, cleared.cases, AS_OF).found == ()


def test_too_short_a_ledger_says_so(cleared):
    found = signals(tickets(9, RISE), cleared.vocabularies, cleared.cases, AS_OF)
    assert not found.is_enough
    assert (found.history, found.found) == (7, ())
    assert signals(ledger_from([], AS_OF), cleared.vocabularies, (), AS_OF).history == 0


def test_what_came_later_is_not_known(cleared):
    before = AS_OF - datetime.timedelta(days=14)
    assert signals(tickets(30, RISE), cleared.vocabularies, cleared.cases, before).found == ()


def test_what_settles_is_guided_and_what_does_not_is_summoned(cleared):
    def measure(ledger):
        (one,) = signals(ledger, cleared.vocabularies, cleared.cases, AS_OF).found
        return one.measure, one.reason

    assert measure(tickets(30, RISE))[0] is Measure.GUIDE
    found, reason = measure(tickets(30, RISE, settled=False))
    assert found is Measure.SUMMON
    assert "只调成 0 件" in reason
    found, reason = measure(tickets(30, RISE, disputed=Decimal(5000)))
    assert found is Measure.SUMMON
    assert "元" in reason
    found, reason = measure(tickets(30, RISE, consumers=23))
    assert (found, reason) == (Measure.SUMMON, "有 23 人的群体投诉")


def test_the_command_tells_what_the_page_tells(office):
    empty = office.run("signals")
    assert (empty.code, "还没有台账" in empty.out) == (2, True)
    with writing(office.library.settings):
        write_ledger(office.library.settings, tickets(30, RISE), {})
    told = office.json("signals")
    assert (told["on"], len(told["signals"])) == ("2026-11-24", 1)
    said = office.run("signals").out
    assert told["signals"][0]["title"] in said
    assert "指导帮扶" in said
    assert "没有反常" in office.run("signals", "--on", "2026-11-08").out
    assert "不到 12 周" in office.run("signals", "--on", "2026-06-20").out
    assert office.run("signals", "--on", "昨天").code == 2
