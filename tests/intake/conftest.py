import datetime
import json
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest
from pypdf import PdfReader

from builder.cli.main import cli
from builder.errors import CasebookError
from builder.intake.columns import NO_NAMING, layouts, read_naming
from builder.intake.ledger_import import merge, read_tickets
from builder.intake.read_export import read_export
from builder.library.casebook import load_casebook
from builder.settings import load_settings
from tests.conftest import ROOT, make_library

NOW = datetime.datetime(2026, 11, 24, 17, 30)
SIXTY = Path(__file__).parent / "sixty.csv"


@pytest.fixture(scope="session")
def words():
    return load_casebook(load_settings(ROOT)).vocabularies


@pytest.fixture(scope="session")
def take(words):
    """Return a function that imports a file into a ledger, in memory."""

    def run(path, before=None, naming=b"", sheet=None, as_of=None, now=NOW):
        names = read_naming(naming, "columns.yml") if naming else NO_NAMING
        found = layouts(read_export(path), names, sheet)
        done = merge(read_tickets(found, names, words, now), before, as_of)
        assert done.read == done.imported + done.updated + done.unchanged + len(done.rejected)
        return done

    return run


@pytest.fixture(scope="session")
def sixty(take):
    return take(SIXTY, as_of=NOW)


@pytest.fixture(scope="session")
def printed(tmp_path_factory, chromium):
    """Return a function that prints a page and counts the sheets of paper."""
    folder = tmp_path_factory.mktemp("print")

    def run(html):
        source, target = folder / "page.html", folder / "page.pdf"
        source.write_text(html, "utf-8")
        page = chromium.new_page()
        page.goto(source.as_uri())
        page.pdf(path=str(target), format="A4", prefer_css_page_size=True)
        page.close()
        return len(PdfReader(target).pages)

    return run


@dataclass
class Office:
    """A library with the command line at hand."""

    library: object

    def run(self, *arguments):
        from click.testing import CliRunner

        from builder.cli.report import fault

        with_library = ["--library", str(self.library.root), "ledger", *map(str, arguments)]
        done = CliRunner().invoke(cli, with_library)
        if isinstance(done.exception, CasebookError):
            error = done.exception
            return SimpleNamespace(
                code=fault(error), out=f"{error.where}：{error.what}{error.remedy}"
            )
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return SimpleNamespace(code=done.exit_code, out=done.output)

    def json(self, *arguments):
        return json.loads(self.run(*arguments, "--format", "json").out)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return Office(make_library(tmp_path_factory.mktemp("office") / "library"))
