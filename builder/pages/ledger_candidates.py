"""The page of tickets worth writing up, each with its reasons and the cases most like it."""

from collections.abc import Iterator
from typing import Final

from builder.checks.cleared import ClearedCasebook
from builder.intake.candidates import Candidate, candidates, labels_of
from builder.model.ledger import Ledger
from builder.pages.page import Page, key_of
from builder.pages.site_map import HOME, LEDGER, LEDGER_CANDIDATES, case_path, link
from builder.render import render

TITLE: Final = "值得写成案例的"
_LISTED: Final = 30


def candidates_page(cleared: ClearedCasebook, ledger: Ledger) -> Iterator[Page]:
    """Yield the list of candidates."""
    words = cleared.vocabularies
    found = candidates(ledger, words, cleared.cases, _LISTED)
    content = render(
        "ledger/candidates.html",
        trail=[("首页", link(LEDGER_CANDIDATES, HOME)), ("台账", link(LEDGER_CANDIDATES, LEDGER))],
        title=TITLE,
        candidates=[{"labels": labels_of(one, words), **_shown(one)} for one in found],
    )
    description = "已办结的工单里哪些值得写成典型案例，为什么"
    yield Page(LEDGER_CANDIDATES, TITLE, description, key_of(content), lambda: content)


def _shown(one: Candidate) -> dict[str, object]:
    return {
        "number": one.ticket.number,
        "points": one.points,
        "reasons": one.reasons,
        "is_told": one.is_told,
        "nearest": [
            (near.id, near.title, link(LEDGER_CANDIDATES, case_path(near.id)))
            for near in one.nearest
        ],
    }
