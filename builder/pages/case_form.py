"""The writing form: a case from a complaint to a file, in the browser, for the office alone.

The page holds what the browser needs to show, check and write a case: its fields, the
vocabularies, the statutes and the ids in use. What is typed stays on the device.
"""

import json
from collections.abc import Iterator
from typing import Any, Final

from builder.checks.cleared import ClearedCasebook
from builder.checks.form_fields import form_fields
from builder.checks.form_sections import shown_sections
from builder.checks.plausibility import ENDED, MAY_END, REQUIRED
from builder.model.audience import Audience
from builder.model.case import Status
from builder.model.vocabulary import Vocabulary
from builder.pages.page import Page, key_of
from builder.pages.site_map import (
    CASE_FORM,
    FORM_SCRIPT,
    FORM_STYLE,
    HOME,
    RECENT,
    link,
    root_of,
)
from builder.render import render

_OPEN_ROWS: Final = 3  # lines of a prose field to begin with


def case_form_page(cleared: ClearedCasebook, site: str) -> Iterator[Page]:
    """Yield the writing form; none for partners and the public."""
    if cleared.audience is not Audience.INTERNAL:
        return
    words = cleared.vocabularies
    data = form_data(cleared)
    yield Page(
        path=CASE_FORM,
        title="写案例",
        description="不用懂格式：填表、边写边查、存成文件",
        key=key_of(site, CASE_FORM, data),
        render=lambda: render(
            "pages/case_form.html",
            trail=[("首页", link(CASE_FORM, HOME)), ("案例", link(CASE_FORM, RECENT))],
            sections=shown_sections(words),
            terms={name: _grouped(vocabulary) for name, vocabulary in words.terms.items()},
            labels={status.value: status.label for status in Status}
            | {audience.value: audience.label for audience in Audience},
            left_out={"status": ("withdrawn",)},
            laws=[(one.id, one.short, one.name) for one in words.statutes.statutes],
            rows=_OPEN_ROWS,
            data=data,
        ),
        head=lambda: render(
            "pages/case_form_head.html",
            style=root_of(CASE_FORM) + FORM_STYLE,
            script=root_of(CASE_FORM) + FORM_SCRIPT,
        ),
    )


def form_data(cleared: ClearedCasebook) -> str:
    """Return what the browser is told, as JSON; the same library, the same text."""
    words = cleared.vocabularies
    outcomes = words["outcomes"]
    told: dict[str, Any] = {
        "code": cleared.code,
        "ids": sorted({*(case.id for case in cleared.cases), *(n.id for n in cleared.notices)}),
        "fields": form_fields(words),
        "required": REQUIRED,
        "names": {name: _names(vocabulary) for name, vocabulary in words.terms.items()},
        "ended": _below(outcomes, ENDED),
        "mayEnd": _below(outcomes, ENDED | MAY_END),
        "statutes": {
            statute.id: {
                "short": statute.short,
                "articles": {
                    article: text
                    for version in statute.versions
                    for article, text in version.articles.items()
                },
            }
            for statute in words.statutes.statutes
        },
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _names(vocabulary: Vocabulary) -> dict[str, list[str]]:
    """Return id -> label and synonyms of the terms in use."""
    return {
        term.id: [term.label, *term.synonyms] for term in vocabulary.walk() if not term.withdrawn
    }


def _below(vocabulary: Vocabulary, ids: frozenset[str]) -> list[str]:
    known = [term_id for term_id in sorted(ids) if term_id in vocabulary]
    return sorted(frozenset().union(*(vocabulary.with_descendants(one) for one in known)))


def _grouped(vocabulary: Vocabulary) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return heading -> (id, label), as a list to choose from has them."""
    groups: list[tuple[str, list[tuple[str, str]]]] = []
    used = [term for term in vocabulary.terms if not term.withdrawn]
    alone = [(term.id, term.label) for term in used if not term.children]
    if alone:
        groups.append(("", alone))
    for term in used:
        if term.children:
            below = [(child.id, child.label) for child in term.children if not child.withdrawn]
            groups.append((term.label, [(term.id, f"{term.label}（不细分）"), *below]))
    return groups
