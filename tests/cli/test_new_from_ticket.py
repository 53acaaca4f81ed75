"""casebook new --from-ticket: a draft with what the ledger knows, made once."""

import datetime
import random
from decimal import Decimal

import pytest

from benchmarks.tickets import complaints, write_year
from builder.intake.columns import NO_NAMING, layouts
from builder.intake.ledger_import import merge, read_tickets
from builder.intake.ledger_store import ledger_from, read_ledger, write_ledger, writing
from builder.intake.read_export import read_export
from builder.model.ledger import Light, OtherWord, Ticket
from tests.conftest import ROOT, run

NOW = datetime.datetime(2026, 11, 24, 17, 30)
TICKET = Ticket(
    number="T-1",
    received=datetime.datetime(2026, 3, 2, 9, 40),
    accepted=datetime.date(2026, 3, 4),
    visited=datetime.datetime(2026, 3, 2, 10, 5),
    closed=datetime.date(2026, 3, 12),
    station="demo-nanguan",
    channel="q12315",
    dispute_type="tuika",
    industry="jianshen-yundong",
    claims=("tuikuan",),
    outcomes=("tiaojie-chenggong", "tuikuan-bufen"),
    consumers=3,
    disputed=Decimal(3600),
    recovered=Decimal("2150.50"),
    text="问题描述：消费者办卡后停课，找过店长王建国，店里说概不退款。主要诉求：退款",
    other_words=(OtherWord("outcomes", "口头承诺"),),
)


@pytest.fixture
def office(library):
    keep(library, TICKET)
    return library


def keep(library, *tickets):
    with writing(library.settings):
        write_ledger(library.settings, ledger_from(tickets, NOW), {"kept": True})


def test_everything_known_is_filled_in_and_the_rest_is_noted(office):
    code, said = run(office, "new", "--from-ticket", "T-1")
    assert code == 0, said
    case = next(item.case for item in office.load().cases)
    assert case.id == "SL-2026-0001"
    assert case.title == "健身运动：退卡退款争议（标题待改）"
    assert case.dispute_types == ("tuika",)
    assert case.outcomes == TICKET.outcomes
    assert case.parties.consumers == 3
    assert case.amounts.recovered == Decimal("2150.50")
    assert case.timeline.received == TICKET.received
    assert case.timeline.closed == TICKET.closed
    assert case.source.kind == "ledger"
    assert "办卡后停课" in case.facts
    assert case.positions.consumer == "要求退款。"
    text = (office.root / "cases/2026/SL-2026-0001.yml").read_text("utf-8")
    assert "# 请看：台账里“处理结果”写的是“口头承诺”" in text
    assert "# 请看：案情简介里疑似人名" in text
    head = text[: text.index("\nid:")]
    assert "王建国" not in head + said
    assert "T-1" not in text
    assert run(office, "check")[0] == 0


def test_it_is_made_once(office):
    assert run(office, "new", "--from-ticket", "T-1")[0] == 0
    assert read_ledger(office.settings).tickets[0].case_id == "SL-2026-0001"
    code, said = run(office, "new", "--from-ticket", "T-1")
    assert (code, "已经写成 SL-2026-0001" in said) == (2, True)
    # a power cut after the ledger was written: the same id again
    (office.root / "cases/2026/SL-2026-0001.yml").unlink()
    office.add("SL-2026-0002")
    assert run(office, "new", "--from-ticket", "T-1", "--title", "我的标题")[0] == 0
    text = (office.root / "cases/2026/SL-2026-0001.yml").read_text("utf-8")
    assert "title: 我的标题" in text


def test_what_contradicts_itself_is_noted_and_not_filled_in(library):
    keep(
        library,
        Ticket(
            number="T-2",
            received=datetime.date(2026, 3, 2),
            accepted=datetime.date(2026, 3, 1),
            closed=datetime.date(2026, 3, 9),
            dispute_type="tuika",
            outcomes=("tuikuan-quane",),
            ground="fei-zhize",
            disputed=Decimal(100),
            recovered=Decimal(300),
            text='带"引号"、冒号: 和\n换行 # 号的原文',
        ),
    )
    code, said = run(library, "new", "--from-ticket", "T-2")
    assert code == 0, said
    for word in ("受理", "情形", "追回"):
        assert word in said
    assert run(library, "check")[0] == 0
    case = next(item.case for item in library.load().cases)
    assert case.facts == '带"引号"、冒号: 和\n换行 # 号的原文'


def test_wrong_use_is_said(office, library):
    assert run(office, "new", "--from-ticket", "T-9")[0] == 2
    code, said = run(office, "new", "--from-ticket", "T-1", "--amount", "3")
    assert (code, "只能加 --title" in said) == (2, True)
    assert not list((office.root / "cases").glob("20*/*.yml"))


def test_every_closed_ticket_of_the_sixty_and_of_a_year_makes_a_sound_draft(library, tmp_path):
    words = library.load().vocabularies
    year = write_year(tmp_path / "year", complaints(words, 300, seed=4, year=2025))
    ledger = None
    for path in (ROOT / "tests" / "intake" / "sixty.csv", *year):
        found = layouts(read_export(path), NO_NAMING)
        ledger = merge(read_tickets(found, NO_NAMING, words, NOW), ledger, NOW).ledger
    keep(library, *ledger.tickets)
    closed = [one.number for one in ledger.tickets if one.light is Light.GREEN]
    chosen = random.Random(2).sample(closed, 40)
    for number in chosen:
        code, said = run(library, "new", "--from-ticket", number)
        assert code == 0, (number, said)
    code, said = run(library, "check", "--no-duplicates")
    assert code == 0, said
    assert len(library.load().cases) == len(chosen)
