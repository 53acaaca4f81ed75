"""The scripts that browsers run are made from the modules as they stand."""

import subprocess

import pytest

from builder.site.docs_files import ASSETS
from tests.conftest import ROOT

MADE = ("search.js", "one_file.js", "form.js", "offline_worker.js")


def test_the_bundles_are_current(tmp_path):
    subprocess.run(["sh", ROOT / "scripts" / "bundle", tmp_path], check=True)
    assert {path.name for path in tmp_path.iterdir()} == set(MADE)
    for name in MADE:
        assert (tmp_path / name).read_bytes() == (ASSETS / name).read_bytes(), "请运行 make bundle"


@pytest.mark.parametrize("name", ["search.js", "one_file.js", "form.js"])
def test_what_pages_run_loads_nothing_and_asks_no_other_host(name):
    bundle = (ASSETS / name).read_text("utf-8")
    for loading in ("import(", "fetch(", "XMLHttpRequest", "eval(", "http://", "https://"):
        assert loading not in bundle
