"""One small library for all open formats: new, revised, withdrawn, hidden, hostile."""

import json
from pathlib import Path

import pytest

from builder.checks.clearance import clear
from builder.checks.cleared import ClearedCasebook
from builder.feeds.open_formats import open_formats
from builder.model.audience import Audience
from tests.conftest import Library, make_library, replacing

ADDRESS = "https://example.cn/anli/"
CANARY = "只在内部的暗号甲乙丙"
OUTSIDE = (Audience.PARTNER, Audience.PUBLIC)
# markup and what spreadsheets take for formulas; control characters are refused on reading
HOSTILE_TITLE = "=HYPERLINK(1) <b>&amp;]]></b> \"'"
HOSTILE = "-1+1 <script>alert(1)</script> & ]]> {{ 7*7 }}\n\n=行二\t末 𠮷"
WITHDRAWN = f"""\
id: SL-2026-0003
title: 撤下的一件
status: withdrawn
audience: public
summary: {CANARY}
facts: {CANARY}
withdrawal: {{date: 2026-10-09, notice: {CANARY}, replaced_by: SL-2026-0001}}
"""
REVISION = "\nrevision: {date: 2026-10-05, note: 更正适用条文}\nkeywords: "


def small_library(root: Path, address: str = "") -> Library:
    library = make_library(root)
    if address:
        settings = (root / "casebook.toml").read_text("utf-8")
        lines = "\n".join(f'{audience} = "{address}{audience}"' for audience in Audience)
        library.write("casebook.toml", f"{settings}\n[addresses]\n{lines}\n")
    library.add("SL-2026-0001")
    library.add("SL-2026-0002", replacing(("\nkeywords: ", REVISION)))
    library.write("cases/2026/SL-2026-0003.yml", WITHDRAWN)
    hidden = (("audience: public", "audience: internal"), ("要求退费", f"要求退费{CANARY}"))
    library.add("SL-2026-0004", replacing(*hidden))
    partner = (("audience: public", "audience: partner"), ("健身卡", "游泳卡"))
    library.add("SL-2026-0005", replacing(*partner))
    inside = "lessons:\n  weak:\n    - text: " + CANARY + "\n      internal: true"
    library.add("SL-2025-0006", replacing(("lessons:", inside)))
    hostile = {
        "id": "SL-2026-0007", "title": HOSTILE_TITLE, "summary": "@SUM(A1) " + HOSTILE[:39],
        "status": "published", "audience": "public", "dispute_types": ["tuika"],
        "timeline": {"received": "2026-01-02", "closed": "2026-02-03"},
        "amounts": {"disputed": "0.10"}, "facts": HOSTILE, "issues": [HOSTILE, "+86"],
        "turning_point": "\u3000＝1", "keywords": ["@词"], "source": {"kind": "ledger"},
    }  # fmt: skip
    library.write("cases/2026/SL-2026-0007.yml", json.dumps(hostile, ensure_ascii=False))
    return library


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory) -> dict[Audience, ClearedCasebook]:
    """The library, cleared for each audience, with an address for each."""
    library = small_library(tmp_path_factory.mktemp("feeds") / "known", ADDRESS)
    return {audience: clear(library.load(), audience) for audience in Audience}


@pytest.fixture(scope="session")
def nowhere(tmp_path_factory: pytest.TempPathFactory) -> dict[Audience, ClearedCasebook]:
    """The same without addresses."""
    library = small_library(tmp_path_factory.mktemp("feeds") / "nowhere")
    return {audience: clear(library.load(), audience) for audience in Audience}


def made_of(cleared: ClearedCasebook) -> dict[str, bytes]:
    """Return path -> content of every file."""
    return {file.path: file.make() for file in open_formats(cleared)}


@pytest.fixture(params=list(Audience), ids=str)
def cleared(request: pytest.FixtureRequest, known: dict[Audience, ClearedCasebook]):
    return known[request.param]
