"""Cases in the theme's own search index, cut into words so that it finds Chinese.

Stands in until the site has a search of its own.
"""

import re
from html import escape
from typing import Any, TypedDict

import rjieba

from builder.checks.cleared import ClearedCase, ClearedCasebook
from builder.pages.site_map import case_path
from builder.pages.wording import path_label

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
_ZERO_WIDTH_SPACE = "\u200b"


class Entry(TypedDict, total=False):
    """An entry of `search_index.json`; title and text are HTML."""

    location: str
    title: str
    text: str


def add_cases(entries: list[Any], cleared: ClearedCasebook) -> None:
    """Part the words of the entries that are there, and add one for each case."""
    for entry in entries:
        entry["title"], entry["text"] = parted(entry["title"]), parted(entry["text"])
    entries.extend(_entry(cleared, case) for case in cleared.cases)


def parted(text: str) -> str:
    """Return text with zero-width spaces between the words of its Chinese runs."""
    return _HAN.sub(
        lambda match: (
            _ZERO_WIDTH_SPACE + _ZERO_WIDTH_SPACE.join(rjieba.cut(match[0])) + _ZERO_WIDTH_SPACE
        ),
        text,
    ).strip(_ZERO_WIDTH_SPACE)


def _entry(cleared: ClearedCasebook, case: ClearedCase) -> Entry:
    types = cleared.vocabularies["dispute_types"]
    labels = [path_label(types, term_id) for term_id in case.dispute_types]
    text = " ".join([case.id, case.summary, " ".join([*case.keywords, *labels]), case.facts])
    return {
        "location": case_path(case.id),
        "title": parted(escape(case.title, quote=False)),
        "text": parted(escape(text, quote=False)),
    }
