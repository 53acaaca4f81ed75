"""The ledger's pages: in internal builds where a ledger is, and its texts in no other file."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from builder.intake.ledger_store import ledger_from, write_ledger, writing
from builder.model.audience import Audience
from builder.model.ledger import OtherWord, Ticket
from builder.site.stages import BuildRequest, build
from tests.conftest import make_library

AS_OF = datetime.datetime(2026, 11, 24, 17, 30)
OWN = {f"ledger/{name}.html" for name in ("index", "day", "week", "signals", "candidates")}
# what the ledger holds that nothing else of the library does
CANARIES = ("QZ7001", "QZ7002", "QZ7003", "㐥㐦", "㐧㐨", "㐩㐪", "424,243", "424243")


def tickets():
    first = Ticket(
        number="QZ7001",
        received=datetime.datetime(2026, 11, 24, 9, 40),
        station="demo-nanguan",
        channel="q12315",
        dispute_type="tuika",
        industry="jianshen-yundong",
        place="㐥㐦路",
        claims=("tuikuan",),
        consumers=3,
        disputed=Decimal("424243"),
        text="㐧㐨，要求退费。",
        other_words=(OtherWord("industry", "㐩㐪"),),
    )
    return [
        first,
        replace(first, number="QZ7002", accepted=datetime.date(2026, 11, 24)),
        replace(
            first,
            number="QZ7003",
            accepted=datetime.date(2026, 11, 24),
            closed=datetime.date(2026, 11, 24),
            outcomes=("tiaojie-chenggong",),
            recovered=Decimal("424243"),
        ),
    ]


def keep(library, found):
    with writing(library.settings):
        write_ledger(library.settings, ledger_from(found, AS_OF), {})


def made(library, audience, **given):
    request = BuildRequest(
        settings=library.settings,
        audience=audience,
        out=library.root / "build" / audience,
        today=AS_OF.date(),
        **given,
    )
    return build(request)


def holding(folder, words):
    """Return path -> which of the words a file holds, in its name or bytes."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes() + path.name.encode()
            held = [word for word in words if word.encode() in content]
            if held:
                found[path.relative_to(folder).as_posix()] = held
    return found


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    library = make_library(tmp_path_factory.mktemp("ledger") / "library")
    library.add()
    before = made(library, Audience.INTERNAL)
    assert not [path for path in before.version.rglob("*") if "ledger" in path.name]
    assert "台账" not in (before.version / "site" / "index.html").read_text("utf-8")
    keep(library, tickets())
    return library, made(library, Audience.INTERNAL)


def test_the_board_has_every_open_ticket_and_the_menu_leads_to_it(world):
    _, report = world
    site = report.version / "site"
    board = (site / "ledger" / "index.html").read_text("utf-8")
    assert all(ticket.number in board for ticket in tickets())
    assert 'href="ledger/index.html"' in (site / "index.html").read_text("utf-8")
    assert "内部资料" in board
    assert "noindex" in board


def test_nothing_of_the_ledger_is_in_any_other_file_of_the_version(world):
    _, report = world
    found = holding(report.version, CANARIES)
    assert {path.removeprefix("site/") for path in found} <= OWN
    assert set(found) >= {"site/ledger/index.html"}


@pytest.mark.parametrize("audience", [Audience.PARTNER, Audience.PUBLIC], ids=str)
def test_nothing_of_the_ledger_leaves_the_office(world, audience):
    library, _ = world
    version = made(library, audience).version
    assert holding(version, CANARIES) == {}
    assert not [path for path in version.rglob("*") if "ledger" in path.stem]
    for path in version.rglob("*.html"):
        assert "ledger/index" not in path.read_text("utf-8")


def test_a_bare_mkdocs_build_has_the_pages_too_and_only_for_the_office(world, tmp_path):
    library, _ = world
    for audience in Audience:
        target = tmp_path / audience
        config = load_config(str(library.root / "mkdocs.yml"), site_dir=str(target))
        config.plugins["casebook"].config.audience = str(audience)
        mkdocs_build(config)
        inside = audience is Audience.INTERNAL
        assert set(holding(target, CANARIES)) <= OWN
        # the writing form, too, is for the office alone
        own = (
            "ledger/index.html",
            "cases/write.html",
            "assets/casebook/form.js",
            "assets/casebook/form.css",
        )
        assert {(target / path).is_file() for path in own} == {inside}


def test_a_changed_ledger_changes_its_pages_alone_and_again_gives_the_same_bytes(world):
    library, report = world

    def contents(version):
        site = version / "site"
        return {
            path.relative_to(site).as_posix(): path.read_bytes()
            for path in site.rglob("*")
            if path.is_file()
        }

    before = contents(report.version)
    keep(library, tickets()[:2])
    changed = made(library, Audience.INTERNAL)
    assert changed.changed
    after = contents(changed.version)
    assert {path for path in before if before[path] != after.get(path)} <= OWN | {"sw.js"}
    assert contents(made(library, Audience.INTERNAL, clean=True).version) == after
    keep(library, tickets())
    assert contents(made(library, Audience.INTERNAL).version) == before
