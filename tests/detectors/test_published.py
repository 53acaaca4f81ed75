"""Anonymised cases as offices publish them raise nothing that would block a build.

The texts of `published_style.yml` are our own, in the way of published collections. Where a
folder with published cases lies beside the project (or where CASEBOOK_SHARED points), those
are tried as well: they are other people's texts and are not kept here.
"""

import json
import os
from pathlib import Path

import pytest
import yaml

from builder.detectors.detect import KINDS, detect

BESIDE = Path(__file__).parents[2].parent / "shared"
PUBLISHED = Path(os.environ.get("CASEBOOK_SHARED", BESIDE)) / "published" / "cases.jsonl"

OWN = yaml.safe_load((Path(__file__).parent / "published_style.yml").read_text("utf-8"))
# Kinds that a person would agree with, by title, and why. None so far: the published
# texts name no business, no person in full and no number.
AGREED: dict[str, set[str]] = {}


def texts():
    yield from OWN.items()
    if PUBLISHED.is_file():
        for line in PUBLISHED.read_text("utf-8").splitlines():
            case = json.loads(line)
            yield case["title"], case["text"]


TEXTS = list(texts())


@pytest.mark.parametrize(("title", "text"), TEXTS, ids=[title for title, _ in TEXTS])
def test_raises_nothing_that_blocks(title, text):
    blocking = {finding.kind for finding in detect(text) if KINDS[finding.kind].blocking}
    assert blocking <= AGREED.get(title, set())


def test_dates_to_the_day_warn():
    warned = [finding.kind for text in OWN.values() for finding in detect(text)]
    assert warned.count("day-date") >= 4
