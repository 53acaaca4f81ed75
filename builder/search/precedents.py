"""Find precedents: by a query, by a case, by a pasted story; one ranking for all three.

Whoosh says which cases may be shown, where a query has conditions; the impacts say in
what order. Ties go to the newest closed case, then to the lower id: case number order.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from builder.errors import WrongUseError
from builder.index.display import Card, Display
from builder.index.ranking import Posting
from builder.index.sections import SECTION_NAMES
from builder.search.filters import Understood, allowed_ids, understand
from builder.search.library_index import LibraryIndex
from builder.search.query import Query, parse
from builder.search.reasons import Reasons
from builder.search.two_looks import order
from builder.text.analyzer import count_terms, is_single
from builder.text.concepts import is_concept
from builder.text.excerpt import Piece, excerpt, highlight
from builder.text.folding import fold_text

SNIPPET_LENGTH: Final = 90  # code points
SHORT_WORD: Final = 4  # characters; a longer run is rather a phrase than a misspelt word
WORDS_SHOWN: Final = 8  # of a hit, with the sections they stand in
# A case says what it is about in these; the rest is how it went.
_TELLING_SECTIONS: Final = ("title", "tags", "tags", "summary", "facts", "positions", "issues")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of one section, in pieces, some of which answer the query."""

    section: str  # id
    name: str  # what people call the section
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One case that was found.

    Attributes:
        score: sum of weights and impacts; compare within one result. 0 where conditions
            alone chose the case.
        title: in pieces.
        snippet: the section that answers best, or None where there is none to show.
        matched: words as they stand in the case -> names of the sections they stand in.
        reasons: for a same-type lookup: what the case shares with what was asked.
    """

    id: str
    case_no: int
    score: int
    title: tuple[Piece, ...]
    snippet: Snippet | None
    matched: Mapping[str, tuple[str, ...]]
    card: Card
    reasons: tuple[str, ...] = ()


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
    allowed = _allowed_numbers(index, understood)
    words, more_words = " ".join(understood.words), " ".join(understood.more_words)
    ordered = order(index, words, more_words, allowed)
    shown = ordered.hits[offset : offset + limit]
    return SearchResult(
        query=query,
        hits=tuple(_hit(index, posting, ordered.weights) for posting in shown),
        total=ordered.total,
        at_least=ordered.at_least,
        hints=tuple(understood.hints),
        conditions=tuple(understood.conditions),
        words=f"{words} {more_words}".strip(),
        suggestion=_suggestion(index, query, understood, ordered.total),
    )


def similar_to_case(index: LibraryIndex, case_id: str, limit: int = 5) -> SearchResult:
    """Return the cases most like one of the library, itself left out.

    Raises:
        WrongUseError: the index holds no such case.
        SurroundingsError: the index is damaged.
    """
    case_no = index.case_no(case_id)
    if case_no is None:
        raise WrongUseError(
            case_id, "这个版本的案例库里没有这个编号。", "请用 casebook search 先找到案例编号。"
        )
    shown = index.display(case_no)
    text = "\n".join(shown["sections"].get(name, "") for name in _TELLING_SECTIONS)
    reasons = Reasons.of_case(shown, index.vocabulary, index.concepts)
    return _alike(index, Query(text), text, limit, reasons, leave_out=case_no)


def similar_to_text(index: LibraryIndex, text: str, limit: int = 5) -> SearchResult:
    """Return the cases most like a story, such as a pasted ticket.

    Raises:
        SurroundingsError: the index is damaged.
    """
    from builder.text.ticket import parse_ticket  # slow to import: not for every search

    ticket = parse_ticket(text)
    narrative = ticket.narrative.strip() or text
    reasons = Reasons.of_text(narrative, index.vocabulary, index.concepts)
    return _alike(index, Query(text, ticket=ticket), narrative, limit, reasons)


def _alike(
    index: LibraryIndex,
    query: Query,
    text: str,
    limit: int,
    reasons: Reasons,
    leave_out: int | None = None,
) -> SearchResult:
    ordered = order(index, text)
    others = [posting for posting in ordered.hits if posting.case_no != leave_out]
    hits = []
    for posting in others[:limit]:
        hit = _hit(index, posting, ordered.weights)
        shared = reasons.shared_with(index.display(posting.case_no))
        hits.append(replace(hit, reasons=shared))
    return SearchResult(
        query=query,
        hits=tuple(hits),
        total=len(others),
        at_least=ordered.at_least,
        words=text,
    )


def _by_id(index: LibraryIndex, query: Query, case_id: str) -> SearchResult:
    """Return the one case whose id was typed."""
    case_no = index.case_no(case_id)
    if case_no is None:
        hint = f"这个版本的案例库里没有编号 {case_id}。"
        return SearchResult(query, (), 0, hints=(*query.hints, hint))
    return SearchResult(query, (_hit(index, Posting(case_no, 0), {}),), 1, hints=query.hints)


def _allowed_numbers(index: LibraryIndex, understood: Understood) -> set[int] | None:
    ids = allowed_ids(understood, index)
    if ids is None:
        return None
    numbers = index.case_table.numbers
    return {numbers[case_id] for case_id in ids if case_id in numbers}


def _hit(index: LibraryIndex, posting: Posting, weights: Mapping[str, int]) -> Hit:
    shown = index.display(posting.case_no)
    marked = {
        name: highlight(text, weights.keys(), index.concepts)
        for name, text in shown["sections"].items()
        if _may_answer(index, text, weights)
    }
    return Hit(
        id=shown["id"],
        case_no=posting.case_no,
        score=posting.impact,
        title=tuple(marked.get("title") or [Piece(shown["card"]["title"], False)]),
        snippet=_snippet(index, shown, marked, weights),
        matched=_matched(marked),
        card=shown["card"],
    )


def _may_answer(index: LibraryIndex, text: str, terms: Collection[str]) -> bool:
    """Return whether a text may hold a term; spares most sections the slower marking."""
    folded = fold_text(text)
    if any(term in folded for term in terms):
        return True
    wanted = {term for term in terms if is_concept(term)}
    return bool(wanted) and any(match.term in wanted for match in index.concepts.matches(folded))


def _snippet(
    index: LibraryIndex,
    shown: Display,
    marked: Mapping[str, Sequence[Piece]],
    weights: Mapping[str, int],
) -> Snippet | None:
    """Return an excerpt of the section whose terms weigh most, the first of equals."""
    best, best_weight = "", 0
    for name, pieces in marked.items():
        if name in ("title", "tags"):
            continue
        found: set[str] = set()
        for text, is_hit in pieces:
            if is_hit:
                found.update(count_terms(text, index.concepts))
        weight = sum(weights.get(term, 0) for term in found)
        if weight > best_weight:
            best, best_weight = name, weight
    name = best or next((name for name in ("summary", "facts") if name in shown["sections"]), "")
    if not name:
        return None
    pieces = excerpt(shown["sections"][name], weights.keys(), index.concepts, SNIPPET_LENGTH)
    return Snippet(name, SECTION_NAMES[name], tuple(pieces))


def _matched(marked: Mapping[str, Sequence[Piece]]) -> dict[str, tuple[str, ...]]:
    """Return the words that answer, as they stand in the case, the most frequent first."""
    where: dict[str, list[str]] = {}
    for section, pieces in marked.items():
        for text, is_hit in pieces:
            if is_hit:
                where.setdefault(" ".join(text.split()), []).append(SECTION_NAMES[section])
    ordered = sorted(where.items(), key=lambda item: (-len(item[1]), item[0]))
    return {word: tuple(dict.fromkeys(names)) for word, names in ordered[:WORDS_SHOWN]}


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
