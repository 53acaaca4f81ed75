"""The ledger's pages in a browser: readable by everyone, on a phone too, light and dark."""

import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from mkdocs.commands.build import build
from mkdocs.config import load_config

from builder.intake.columns import NO_NAMING, layouts
from builder.intake.ledger_import import merge, read_tickets
from builder.intake.ledger_store import write_ledger, writing
from builder.intake.read_export import read_export
from tests.conftest import ROOT, make_library
from tests.intake.test_signals import RISE, tickets

NOW = datetime.datetime(2026, 11, 24, 17, 30)


@pytest.fixture(scope="module")
def ledger_site(tmp_path_factory):
    library = make_library(tmp_path_factory.mktemp("ledger") / "library")
    library.add()
    found = layouts(read_export(ROOT / "tests" / "intake" / "sixty.csv"), NO_NAMING)
    reading = read_tickets(found, NO_NAMING, library.load().vocabularies, NOW)
    with writing(library.settings):
        write_ledger(library.settings, merge(reading, None, NOW).ledger, {})
    target = tmp_path_factory.mktemp("built") / "site"
    build(load_config(str(library.root / "mkdocs.yml"), site_dir=str(target)))
    return target.as_uri() + "/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_are_accessible_and_fit(visit, ledger_site, width, scheme):
    reader = visit(ledger_site, width=width, color_scheme=scheme)
    for name in ("index", "day", "week", "signals", "candidates"):
        page = reader.open(f"ledger/{name}.html")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    reader = visit(ledger_site, width=width)  # axe itself asks for the style sheets
    page = reader.open("ledger/index.html")
    assert page.locator("tbody tr").first.locator("td").first.inner_text() == "T20"
    assert page.get_by_role("link", name="周通报").is_visible()
    assert reader.untroubled


def test_signals_are_plotted_and_told_as_a_table(visit, tmp_path_factory):
    library = make_library(tmp_path_factory.mktemp("signals") / "library")
    library.add()
    with writing(library.settings):
        write_ledger(library.settings, tickets(30, RISE), {})
    target = tmp_path_factory.mktemp("built") / "site"
    build(load_config(str(library.root / "mkdocs.yml"), site_dir=str(target)))
    for width, scheme in ((1280, "light"), (390, "dark")):
        page = visit(target.as_uri() + "/", width=width, color_scheme=scheme).open(
            "ledger/index.html"
        )
        page.get_by_role("link", name="苗头性问题").click()
        page.locator(".cb-signal").wait_for()
        page.locator(".cb-signal summary").click()
        assert page.locator(".cb-plot rect").count() == page.locator(".cb-signal tbody tr").count()
        assert page.locator("#list-2 + ol a").count() == 1
        assert (
            page.locator(".cb-signal dd a").first.get_attribute("href").startswith("../cases/SL-")
        )
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
