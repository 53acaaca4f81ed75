"""Find precedents by a query.

Whoosh says which cases may be shown, where a query has conditions; the impacts say in
what order. Ties go to the newest closed case, then to the lower id: case number order.
"""

from dataclasses import dataclass
from typing import Final

from builder.index.ranking import Posting
from builder.search.filters import Understood, allowed_numbers, understand
from builder.search.hits import Hit, hit_of
from builder.search.library_index import LibraryIndex
from builder.search.query import Query, parse
from builder.search.two_looks import order
from builder.text.analyzer import count_terms, is_single
from builder.text.folding import fold_text

SHORT_WORD: Final = 4  # characters; a longer run is rather a phrase than a misspelt word


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found.

    Attributes:
        hits: those that were asked for, best first.
        total: how many cases there are to show.
        at_least: `total` was counted over cut lists: there may be more.
        hints: what was not understood as it was perhaps meant.
        conditions: what a hit had to have, as people read it.
        words: what the order was made from.
        suggestion: the query with words of the library for misspelt ones, or ''.
    """

    query: Query
    hits: tuple[Hit, ...]
    total: int
    at_least: bool = False
    hints: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    words: str = ""
    suggestion: str = ""


def search(index: LibraryIndex, text: str, limit: int = 10, offset: int = 0) -> SearchResult:
    """Return the cases that answer a query.

    Args:
        limit: hits wanted, at least 1.
        offset: hits to pass over.

    Raises:
        SurroundingsError: the index is damaged.
    """
    query = parse(text)
    if query.case_id is not None:
        return _by_id(index, query, query.case_id)
    understood = understand(query, index.vocabulary)
    allowed = allowed_numbers(index, understood)
    words, more_words = " ".join(understood.words), " ".join(understood.more_words)
    ordered = order(index, words, more_words, allowed)
    shown = ordered.hits[offset : offset + limit]
    return SearchResult(
        query=query,
        hits=tuple(hit_of(index, posting, ordered.weights) for posting in shown),
        total=ordered.total,
        at_least=ordered.at_least,
        hints=tuple(understood.hints),
        conditions=tuple(understood.conditions),
        words=f"{words} {more_words}".strip(),
        suggestion=_suggestion(index, query, understood, ordered.total),
    )


def _by_id(index: LibraryIndex, query: Query, case_id: str) -> SearchResult:
    """Return the one case whose id was typed."""
    case_no = index.case_no(case_id)
    if case_no is None:
        hint = f"这个版本的案例库里没有编号 {case_id}。"
        return SearchResult(query, (), 0, hints=(*query.hints, hint))
    return SearchResult(query, (hit_of(index, Posting(case_no, 0), {}),), 1, hints=query.hints)


def _suggestion(index: LibraryIndex, query: Query, understood: Understood, total: int) -> str:
    """Return the query with nearby words of the library in place of unknown ones, or ''.

    Only for queries that found nothing, and for one short word that the library has
    nowhere as it is written.
    """
    if query.ticket is not None or (total and len(understood.words) > 1):
        return ""
    suggested = query.text
    for word in understood.words:
        if (not total or len(word) <= SHORT_WORD) and _is_unknown(index, word):
            for nearest in index.whoosh.suggestions(fold_text(word))[:1]:
                suggested = suggested.replace(word, nearest)
    return suggested if suggested != query.text else ""


def _is_unknown(index: LibraryIndex, word: str) -> bool:
    """Return whether a word has a pair of characters that no case has, and no other meaning."""
    terms = count_terms(word, index.concepts)
    if all(is_single(term) or index.postings.frequency(term) for term in terms):
        return False
    return fold_text(word) not in map(fold_text, index.vocabulary.words)
