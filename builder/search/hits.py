"""What a list shows of a case that was found: title and snippet marked, where it answers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from builder.index.display import Card, Display
from builder.index.ranking import Posting
from builder.index.sections import SECTION_NAMES
from builder.search.library_index import LibraryIndex
from builder.text.analyzer import count_terms
from builder.text.concepts import is_concept
from builder.text.excerpt import Piece, excerpt, highlight
from builder.text.folding import fold_text

SNIPPET_LENGTH: Final = 90  # code points
WORDS_SHOWN: Final = 8  # of a hit, with the sections they stand in


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
    """

    id: str
    case_no: int
    score: int
    title: tuple[Piece, ...]
    snippet: Snippet | None
    matched: Mapping[str, tuple[str, ...]]
    card: Card


def hit_of(index: LibraryIndex, posting: Posting, weights: Mapping[str, int]) -> Hit:
    """Return what is shown of a case.

    Args:
        weights: the terms that found it -> weight.

    Raises:
        IndexFolderError: its record is damaged.
    """
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
