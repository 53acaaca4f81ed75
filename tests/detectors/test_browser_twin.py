"""The browser's detectors find what ours find; of names and businesses they find most."""

import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml

from builder.checks.free_text import free_texts
from builder.detectors.accounts import find_accounts, find_emails, find_links
from builder.detectors.addresses import find_addresses
from builder.detectors.dates import find_dates
from builder.detectors.detect import KINDS, detect
from builder.detectors.disguises import fold
from builder.detectors.numbers import find_numbers
from builder.detectors.plates import find_plates
from builder.library.casebook import load_casebook
from builder.settings import load_settings
from tests.conftest import ROOT

RUNNER = ROOT / "tests" / "client" / "detectors_runner.mjs"
TABLES = ROOT / "builder" / "site" / "client" / "detectors" / "tables.js"
EXAMPLES = yaml.safe_load((Path(__file__).parent / "examples.yml").read_text("utf-8"))
FOUND = [entry["text"] for entry in EXAMPLES["found"]]
FINDERS = {
    "findNumbers": find_numbers, "findPlates": find_plates, "findEmails": find_emails,
    "findLinks": find_links, "findAccounts": find_accounts, "findAddresses": find_addresses,
    "findDates": find_dates,
}  # fmt: skip
BY_DICTIONARY = ("person-name", "business-name")
BEYOND = "\ue0ff"  # how the browser writes a character of two units


def in_browser(texts):
    done = subprocess.run(
        ["node", RUNNER], input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def here(text):
    """Return the spans of the finders that need no dictionary; foreign phones apart."""
    folded = fold(text).text
    return [
        [name, span.kind, span.start, span.end]
        for name, find in FINDERS.items()
        for span in find(folded)
        if span.kind != "foreign-phone"
    ]


def compare(texts):
    for text, there in zip(texts, in_browser(texts), strict=True):
        folded = fold(text)
        plain = "".join(BEYOND if ord(one) > 0xFFFF else one for one in folded.text)
        assert there["folded"] == plain, text
        offsets = folded.offsets or list(range(len(folded.text)))
        assert there["places"] == offsets, text
        spans = [span for span in there["spans"] if span[1] != "foreign-phone"]
        assert sorted(spans) == sorted(here(text)), text
        foreign = {tuple(span[2:]) for span in there["spans"] if span[1] == "foreign-phone"}
        sure = {
            (span.start, span.end)
            for span in find_numbers(folded.text)
            if span.kind == "foreign-phone"
        }
        assert sure <= foreign, text


def test_the_tables_are_current():
    made = subprocess.run(
        [sys.executable, ROOT / "scripts" / "make_detector_tables.py"],
        capture_output=True, check=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert made.stdout == TABLES.read_bytes(), "请运行 make detectors"


def test_every_example_is_found_alike():
    compare([*FOUND, *EXAMPLES["clean"]])


@pytest.fixture(scope="module")
def prose():
    cases = [item.case for item in load_casebook(load_settings(ROOT)).cases]
    return [text for case in cases for _, text, _ in free_texts(case)]


def test_every_text_of_the_library_is_read_alike(prose):
    compare(prose)


def test_mixed_and_broken_pieces_are_read_alike(prose):
    """Pieces of examples cut anywhere and joined by what joins numbers."""
    draw = random.Random(8)
    joints = [
        "",
        " ",
        "-",
        "、",
        "，",
        "\n",
        "。",
        "·",
        "：",
        "号",
        "元",
        "电话",
        "QQ",
        "😀",
        "\u200b",
        "１",
        "𝟏",
        "**",
    ]
    pool = [*FOUND, *EXAMPLES["clean"], *draw.sample(prose, 200)]
    texts = []
    for _ in range(1500):
        pieces = []
        for _ in range(draw.randint(1, 4)):
            text = draw.choice(pool)
            start = draw.randrange(len(text))
            pieces += [text[start : start + draw.randint(1, 40)], draw.choice(joints)]
        texts.append("".join(pieces))
    compare(texts)


def test_long_hostile_texts_end_soon():
    """Twenty thousand characters of what patterns like to try again; the run has a time limit."""
    hostile = ["1" * 20_000, "1-" * 10_000, "一" * 20_000, "a." * 10_000, "@" * 20_000,
               "王" * 20_000, "路1号" * 6_000, "店名是" * 6_000, "“" * 20_000, "www." * 5_000]  # fmt: skip
    done = subprocess.run(
        ["node", RUNNER], input=json.dumps(hostile), capture_output=True, text=True, check=True,
        timeout=300,
    )  # fmt: skip
    assert len(json.loads(done.stdout)) == len(hostile)


def test_names_and_businesses_are_mostly_found_and_seldom_imagined(prose):
    """What the page says of names is a hint: the library's own check comes after it."""
    texts = [text for text in FOUND if any(f.kind in BY_DICTIONARY for f in detect(text))]
    there = in_browser(texts)
    wanted = Counter(f.kind for text in texts for f in detect(text) if f.kind in BY_DICTIONARY)
    seen = Counter(
        kind for answer in there for kind, *_ in answer["findings"] if kind in BY_DICTIONARY
    )
    assert {kind: seen[kind] / wanted[kind] >= 0.75 for kind in BY_DICTIONARY} == {
        "person-name": True, "business-name": True,
    }, (seen, wanted)  # fmt: skip
    clean = [*EXAMPLES["clean"], *prose]
    imagined = [
        (text[start:end], kind)
        for text, answer in zip(clean, in_browser(clean), strict=True)
        for kind, start, end, _ in answer["findings"]
        if kind in BY_DICTIONARY and KINDS[kind].blocking
    ]
    assert len(imagined) <= len(clean) / 500, imagined
