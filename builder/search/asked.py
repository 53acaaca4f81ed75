"""What a same-type lookup starts from: a pasted story, or a case of the library."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from builder.index.comparable import Comparable, fen
from builder.index.search_vocabulary import SearchVocabulary
from builder.text.folding import fold_text


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of the dispute that precedents are sought for.

    Attributes:
        compared: of a case of the library; None for a story.
        types: its dispute types, or the likeliest of a story.
        parents: the first-level types above them.
        amount: whole fen, or None where none was told.
        law: provisions of the case, or those that cases of the likely type mostly stand on.
        weights: of a story: term -> weight.
    """

    compared: Comparable | None
    types: tuple[str, ...]
    parents: tuple[str, ...]
    amount: int | None
    online: bool
    group: bool
    law: frozenset[str]
    weights: Mapping[str, int] = field(default_factory=dict)


def asked_of_case(case: Comparable) -> Asked:
    """Return a case of the library as the start of a lookup."""
    return Asked(
        compared=case,
        types=tuple(case["types"]),
        parents=tuple(case["parents"]),
        amount=case["disputed"],
        online=case["online"],
        group=case["group"],
        law=frozenset(case["law"]),
    )


def asked_of_story(
    story: str,
    amount: Decimal | None,
    likely: str,
    law: frozenset[str],
    weights: Mapping[str, int],
    vocabulary: SearchVocabulary,
) -> Asked:
    """Return a pasted story as the start of a lookup.

    Args:
        amount: yuan.
        likely: the dispute type that the story most likely is, or ''.
        law: what cases of that type mostly stand on.
        weights: the terms of the story.
    """
    folded = fold_text(story)
    parents = {term.id: term.parent for term in vocabulary.terms.get("dispute_types", ())}
    return Asked(
        compared=None,
        types=(likely,) if likely else (),
        parents=(parents[likely],) if likely else (),
        amount=fen(amount),
        online=_shows(folded, vocabulary, "online"),
        group=_shows(folded, vocabulary, "group"),
        law=law,
        weights=weights,
    )


def _shows(folded: str, vocabulary: SearchVocabulary, mark: str) -> bool:
    """Return whether a story has a word that shows what a mark stands for."""
    return any(fold_text(word) in folded for word in vocabulary.marks.get(mark, ()))
