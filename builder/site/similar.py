"""Same-type cases for every case page: neighbours by ranking, reasons in words."""

from builder.checks.cleared import ClearedCase, ClearedCasebook
from builder.index.impacts import Impacts
from builder.index.neighbours import neighbours
from builder.pages.similar import SimilarCase

SHOWN = 5
_REASONS = 4


def similar_cases(cleared: ClearedCasebook, impacts: Impacts) -> dict[str, list[SimilarCase]]:
    """Return for each case id the cases most like it, best first, each with its reasons.

    Args:
        impacts: of `cleared.cases`, in that order.
    """
    found = {}
    for case, nearest in zip(cleared.cases, neighbours(impacts, SHOWN), strict=True):
        others = [cleared.cases[neighbour.case_no] for neighbour in nearest]
        found[case.id] = [SimilarCase(other.id, reasons(cleared, case, other)) for other in others]
    return found


def reasons(cleared: ClearedCasebook, one: ClearedCase, other: ClearedCase) -> tuple[str, ...]:
    """Return what two cases have in common, the most telling first."""
    vocabularies = cleared.vocabularies
    types = [
        f"同为{vocabularies['dispute_types'].label(term_id)}"
        for term_id in one.dispute_types
        if term_id in other.dispute_types
    ]
    words = [f"都有“{word}”" for word in one.keywords if word in other.keywords]
    cited = {article.citation for article in other.articles}
    law = [f"都依据{article.label}" for article in one.articles if article.citation in cited]
    industry = (
        [f"同属{vocabularies['industries'].label(one.industry)}"]
        if one.industry and one.industry == other.industry
        else []
    )
    return tuple([*types, *industry, *words, *law][:_REASONS])
