"""What two cases are compared by: ids, whole numbers and marks, but no prose.

Worked out once at build time, so that the command line, the pages and the browser
compare the same things. `builder/site/client/comparable.js` reads what stands here.
"""

from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypedDict

if TYPE_CHECKING:  # the models of cases are slow to import, and searches do without
    from builder.checks.cleared import ClearedCase
    from builder.index.term_paths import TermPaths

NEIGHBOURS: Final = 30  # most alike cases that are kept of each case
_FEN: Final = 100  # in a yuan

SETTLED: Final = 1
NOT_SETTLED: Final = -1
NEITHER: Final = 0


class Comparable(TypedDict):
    """One case, as comparisons see it.

    `law` has `statute#article` of the provisions cited as they stand now, without those
    that were repealed; `law_changed` says whether any cited provision has changed since.
    Amounts are whole fen or None. `weak` is the first line and the number of lines of the
    failings in the section of lessons.
    """

    types: list[str]
    parents: list[str]
    industry: str
    outcomes: list[str]
    methods: list[str]
    keywords: list[str]
    law: list[str]
    law_changed: bool
    settled: int
    online: bool
    group: bool
    disputed: int | None
    claimed: int | None
    recovered: int | None
    days: int | None
    weak: tuple[int, int]


COMPARED: Final = tuple(Comparable.__annotations__)  # the order in which shards write it


def comparable(case: "ClearedCase", paths: "TermPaths") -> Comparable:
    """Return what a case is compared by."""
    types = [term for one in case.dispute_types for term in paths["dispute_types"].get(one, ())]
    industry = paths["industries"].get(case.industry, ())
    marks = {term.mark for term in (*types, *industry)}
    good, weak = (_lines(texts) for texts in (case.lessons.good, case.lessons.weak))
    now = [
        article.citation if article.standing.kind == "current" else article.standing.now
        for article in case.articles
    ]
    law = [f"{citation.statute}#{citation.article}" for citation in now if citation]
    return Comparable(
        types=list(case.dispute_types),
        parents=list(dict.fromkeys(term.id for term in types if term.children)),
        industry=case.industry,
        outcomes=list(case.outcomes),
        methods=list(case.methods),
        keywords=list(case.keywords),
        law=list(dict.fromkeys(law)),
        law_changed=any(
            article.standing.kind in ("changed", "repealed") for article in case.articles
        ),
        settled=_settled(case, paths),
        online="online" in marks,
        group="group" in marks,
        disputed=fen(case.amounts.disputed),
        claimed=fen(case.amounts.claimed),
        recovered=fen(case.amounts.recovered),
        days=case.days,
        weak=(good, weak),
    )


def _settled(case: "ClearedCase", paths: "TermPaths") -> int:
    """Return whether a case was settled: the first outcome that says so decides."""
    terms = (term for one in case.outcomes for term in paths["outcomes"].get(one, ())[-1:])
    settled = next((term.settled for term in terms if term.settled is not None), None)
    return NEITHER if settled is None else SETTLED if settled else NOT_SETTLED


def _lines(texts: tuple[str, ...]) -> int:
    return sum(text.count("\n") + 1 for text in texts)


def fen(amount: Decimal | None) -> int | None:
    """Return an amount of yuan in whole fen."""
    return None if amount is None else int(amount * _FEN)
