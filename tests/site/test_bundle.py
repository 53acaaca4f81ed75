"""The one script that pages load is made from the modules as they stand."""

import subprocess

from builder.site.docs_files import ASSETS
from tests.conftest import ROOT


def test_the_bundle_is_current(tmp_path):
    made = tmp_path / "search.js"
    subprocess.run(["sh", ROOT / "scripts" / "bundle", made], check=True)
    assert made.read_bytes() == (ASSETS / "search.js").read_bytes(), "请运行 make bundle"


def test_the_bundle_loads_nothing_and_asks_no_other_host():
    bundle = (ASSETS / "search.js").read_text("utf-8")
    for loading in ("import(", "fetch(", "XMLHttpRequest", "eval(", "http://", "https://"):
        assert loading not in bundle
