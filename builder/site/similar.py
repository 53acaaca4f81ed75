"""Same-type cases for every case page: the nearest, varied, each held against the case."""

from builder.checks.cleared import ClearedCasebook
from builder.index.analysis import Analysis
from builder.index.handbook import handbook
from builder.pages.similar import SimilarCase
from builder.search.asked import asked_of_case
from builder.search.comparison import Words, compare
from builder.search.variety import varied
from builder.text.concepts import Concepts

SHOWN = 5
_NEAREST = 12  # of which the shown are picked


def like_ids(analysis: Analysis) -> dict[str, list[str]]:
    """Return for each case id the ids of the cases most like it, best first."""
    ids = [shown["id"] for shown in analysis.shown]
    return {shown["id"]: [ids[no] for no in shown["like"]] for shown in analysis.shown}


def similar_cases(cleared: ClearedCasebook, analysis: Analysis) -> dict[str, list[SimilarCase]]:
    """Return for each case id the cases most like it, best first, each with its comparison.

    Args:
        analysis: of `cleared.cases`, in that order.
    """
    vocabulary = analysis.vocabulary
    words = Words(vocabulary, Concepts(vocabulary.concepts), handbook(cleared.vocabularies).law)
    found = {}
    for shown in analysis.shown:
        asked = asked_of_case(shown["compared"])
        near = [(no, analysis.shown[no]["compared"]) for no in shown["like"][:_NEAREST]]
        found[shown["id"]] = [
            SimilarCase(
                analysis.shown[no]["id"], compare(asked, analysis.shown[no]["compared"], {}, words)
            )
            for no in varied(near)[:SHOWN]
        ]
    return found
