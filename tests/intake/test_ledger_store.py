import datetime
from dataclasses import fields
from decimal import Decimal

import pytest

from builder.errors import SurroundingsError, WrongUseError
from builder.intake.ledger_store import (
    TICKETS_FILE,
    LedgerFault,
    bytes_of,
    ledger_from,
    ledger_of,
    read_ledger,
    write_ledger,
    writing,
)
from builder.model.ledger import Light, OtherWord, Ticket

NOW = datetime.datetime(2026, 11, 24, 17, 30)
FULL = Ticket(
    number="T-1",
    received=datetime.datetime(2026, 11, 2, 9, 40),
    accepted=datetime.date(2026, 11, 3),
    visited=datetime.datetime(2026, 11, 2, 10, 5),
    closed=datetime.date(2026, 11, 10),
    told=Light.GREEN,
    station="demo-nanguan",
    channel="q12315",
    dispute_type="tuika",
    industry="jianshen-yundong",
    place="示例路",
    claims=("tuikuan",),
    outcomes=("tiaojie-chenggong",),
    ground="tan-bu-cheng",
    simple=True,
    met=False,
    consumers=3,
    disputed=Decimal("3600"),
    recovered=Decimal("2150.50"),
    text="停课，要求退费。\n第二行",
    case_id="SL-2026-0001",
    other_words=(OtherWord("industry", "别的"),),
)
BARE = Ticket(number="T-0", received=datetime.date(2026, 11, 1))


def test_every_field_comes_back(library):
    assert [
        field.name for field in fields(Ticket) if getattr(FULL, field.name) == field.default
    ] == []
    assert read_ledger(library.settings) is None
    ledger = ledger_from([FULL, BARE], NOW)
    with writing(library.settings):
        write_ledger(library.settings, ledger, {})
    assert read_ledger(library.settings) == ledger
    assert [ticket.number for ticket in ledger.tickets] == ["T-0", "T-1"]
    assert bytes_of(ledger_from([BARE, FULL], NOW)) == bytes_of(ledger)
    assert {path.name for path in library.settings.ledger.iterdir()} - {".lock"} == {
        TICKETS_FILE,
        "last-import.json",
    }


@pytest.mark.parametrize(
    "edit",
    [
        lambda content: content[:-20],
        lambda content: content.replace(b"2026-11-01", b"2026-13-01"),
        lambda content: content.replace(b'"received"', b'"recieved"'),
        lambda content: b"",
        lambda content: content.replace(b'"format":1', b'"format":2'),
        lambda content: content + b"{}\n",
        lambda content: content.replace(b"2150.50", b"much"),
        lambda content: b"\xff" + content,
    ],
)
def test_a_damaged_ledger_is_refused(edit):
    content = bytes_of(ledger_from([FULL, BARE], NOW))
    assert edit(content) != content
    with pytest.raises(LedgerFault):
        ledger_of(edit(content), "tickets.jsonl")


def test_one_writer_at_a_time(library):
    with (
        writing(library.settings),
        pytest.raises(SurroundingsError, match="另一个导入"),
        writing(library.settings),
    ):
        pass


def test_the_setting_moves_the_folder_but_not_into_the_cases(library):
    path = library.root / "casebook.toml"
    text = path.read_text("utf-8")
    path.write_text(text + '\n[ledger]\nfolder = "office/tickets"\n', "utf-8")
    assert library.settings.ledger == library.root / "office" / "tickets"
    for folder in ("cases/ledger", "../elsewhere", "docs", "/tmp/x", "build/x", ""):
        path.write_text(text + f'\n[ledger]\nfolder = "{folder}"\n', "utf-8")
        with pytest.raises(WrongUseError):
            _ = library.settings
    path.write_text(text + '\n[ledger]\nfolders = "x"\n', "utf-8")
    with pytest.raises(WrongUseError):
        _ = library.settings


def test_the_colour_follows_days_and_else_what_is_told():
    def light(**given):
        return Ticket("T", NOW, **given).light

    assert light() is Light.BLACK
    assert light(accepted=NOW) is Light.RED
    assert light(told=Light.RED) is Light.RED
    assert light(closed=NOW) is light(told=Light.GREEN) is Light.GREEN
