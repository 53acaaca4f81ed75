"""What all tests share: small libraries made of real files, and how hard properties are tried."""

import gc
import io
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from builder.cli.main import main
from builder.library.casebook import Casebook, load_casebook
from builder.settings import Settings, load_settings

ROOT = Path(__file__).parents[1]
IN_CI = os.environ.get("CI") == "true"

settings.register_profile(
    "casebook",
    max_examples=60 if IN_CI else 200,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("casebook")
# where input is hostile: mutated case files, detectors
MANY = settings(max_examples=200 if IN_CI else 2000)

# Chromium as the tests start it: nothing of its own goes over the network
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

CASE = """\
id: {id}
title: 健身卡退费争议
summary: 停课之后按实付折算退费。
status: published
audience: public
sample: true
station: demo-nanguan
channel: q12315
timeline: {{received: {year}-09-02 09:40, accepted: {year}-09-03, closed: {year}-09-10}}
dispute_types: [tuika]
industry: jianshen-yundong
claims: [tuikuan]
amounts: {{disputed: 3600, claimed: 3000, recovered: 2150.50}}
outcomes: [tiaojie-chenggong, tuikuan-bufen]
methods: [suanzhang]
statutes: [xiaobaofa#53]
facts: |-
  消费者在某健身馆办卡后停课，要求退费。
issues:
  - 余额怎么折算
process: |-
  先分开谈，再当面对账。
result: |-
  三天内退还 2150.50 元。
lessons:
  good:
    - 先把账算清再谈
keywords: [预付式消费, 退费]
"""


@dataclass(frozen=True)
class Library:
    """A library in a folder of its own."""

    root: Path

    @property
    def settings(self) -> Settings:
        return load_settings(self.root)

    def load(self) -> Casebook:
        return load_casebook(self.settings)

    def write(self, path: str, text: str) -> Path:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8", newline="\n")
        return target

    def add(self, case_id: str = "SL-2026-0001", edit: Callable[[str], str] = lambda t: t) -> Path:
        """Write a sound case, changed by `edit`."""
        year = case_id.split("-")[1]
        return self.write(f"cases/{year}/{case_id}.yml", edit(CASE.format(id=case_id, year=year)))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """An empty library with the real vocabularies and a home page."""
    return make_library(tmp_path / "library")


def make_library(root: Path) -> Library:
    root.mkdir(parents=True)
    for name in ("casebook.toml", "mkdocs.yml"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, root / name)
    shutil.copytree(ROOT / "cases" / "vocabulary", root / "cases" / "vocabulary")
    for name in ("index.md", "privacy.md"):
        if (ROOT / "docs" / name).exists():
            (root / "docs").mkdir(exist_ok=True)
            shutil.copy(ROOT / "docs" / name, root / "docs" / name)
    return Library(root)


# The cases that expectations were written down for: the library may grow, these stay.
TWELVE = (
    "SL-2023-0009", "SL-2023-0014", "SL-2024-0033", "SL-2024-0041",
    "SL-2025-0007", "SL-2025-0019", "SL-2025-0028",
    "SL-2026-0009", "SL-2026-0012", "SL-2026-0016", "SL-2026-0024", "SL-2026-0031",
)  # fmt: skip
_SESSIONS = ("2026-11-10", "2026-11-17")  # minutes that name no other cases


def make_library_of_twelve(root: Path) -> Library:
    """Make a library of the twelve cases, with the pages and minutes that go with them."""
    library = make_library(root)
    for case_id in TWELVE:
        year = root / "cases" / case_id.split("-")[1]
        year.mkdir(exist_ok=True)
        shutil.copy(ROOT / "cases" / year.name / f"{case_id}.yml", year)
    for name in ("assets", "guides"):
        shutil.copytree(ROOT / "docs" / name, root / "docs" / name)
    (root / "docs" / "study").mkdir()
    for day in _SESSIONS:
        shutil.copy(ROOT / "docs" / "study" / f"{day}.md", root / "docs" / "study")
    return library


def replacing(*pairs: tuple[str, str]) -> Callable[[str], str]:
    """Return an edit that replaces each first text, which must be there, by the second."""

    def edit(text: str) -> str:
        for old, new in pairs:
            assert old in text, f"not in the text: {old}"
            text = text.replace(old, new)
        return text

    return edit


def run(library: Library, *words: object) -> tuple[int, str]:
    """Run the command as `casebook` does, in this process; return its exit status and its words."""
    said, arguments, thresholds = io.BytesIO(), sys.argv, gc.get_threshold()
    stream = io.TextIOWrapper(said, "utf-8", write_through=True)
    sys.argv = ["casebook", "--library", str(library.root), *map(str, words)]
    try:
        with redirect_stdout(stream), redirect_stderr(stream), pytest.raises(SystemExit) as ended:
            main()
    finally:
        sys.argv = arguments
        gc.set_threshold(*thresholds)
    return int(ended.value.code or 0), said.getvalue().decode()


def told(problems: Any) -> list[str]:
    """Return problems as `file:line:column field code`, for comparing in one glance."""
    return [f"{p.path}:{p.line}:{p.column} {p.field} {p.code}" for p in problems]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for every test of a run: a second one cannot be started beside it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM_ARGUMENTS
        )
        yield browser
        browser.close()
