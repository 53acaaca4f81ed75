"""Which dispute type a story is likely to be: the nearest cases vote, its own words too.

Whole numbers throughout; twin of `builder/site/client/likely_types.js`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from builder.index.search_vocabulary import SearchTerm, SearchVocabulary
from builder.text.folding import fold_text

NEAREST: Final = 12  # cases that vote
FULL_VOTE: Final = 1000  # of the nearest case; the others in proportion to their scores
WORD_VOTE: Final = 1_200_000  # of a word that names one type and no other
PARENT_SHARE: Final = 6  # a word of the first level gives each type below it a sixth of that
SURE: Final = 45  # per cent of all votes from which a type is called very likely
LIKELY: Final = 25


@dataclass(frozen=True, slots=True)
class LikelyType:
    """A dispute type with what speaks for it.

    Attributes:
        share: per cent of all votes, rounded down.
        words: words of the story that name it, longest first.
        cases: numbers of the nearest cases that have it, nearest first.
    """

    id: str
    label: str
    share: int
    words: tuple[str, ...]
    cases: tuple[int, ...]

    @property
    def confidence(self) -> str:
        """How sure one may be, in words."""
        return "很可能" if self.share >= SURE else "可能" if self.share >= LIKELY else "也许"


@dataclass(slots=True)
class _Votes:
    count: int = 0
    words: list[str] = field(default_factory=list)
    cases: list[int] = field(default_factory=list)


def likely_types(
    story: str,
    nearest: Sequence[tuple[int, int, Sequence[str]]],
    vocabulary: SearchVocabulary,
    limit: int = 3,
) -> list[LikelyType]:
    """Return the likeliest second-level dispute types, best first.

    Args:
        nearest: case number, score and dispute types of the nearest cases, best first.
        limit: types wanted.
    """
    terms = [term for term in vocabulary.terms.get("dispute_types", ()) if term.parent]
    votes = {term.id: _Votes() for term in terms}
    _cases_vote(nearest[:NEAREST], votes)
    _words_vote(fold_text(story), vocabulary, votes)
    total = sum(one.count for one in votes.values())
    place = {term.id: number for number, term in enumerate(terms)}
    ordered = sorted(terms, key=lambda term: (-votes[term.id].count, place[term.id]))
    return [
        LikelyType(
            id=term.id,
            label=term.label,
            share=100 * votes[term.id].count // total,
            words=tuple(sorted(set(votes[term.id].words), key=lambda word: (-len(word), word))),
            cases=tuple(votes[term.id].cases),
        )
        for term in ordered[:limit]
        if votes[term.id].count
    ]


def _cases_vote(
    nearest: Sequence[tuple[int, int, Sequence[str]]], votes: Mapping[str, _Votes]
) -> None:
    """Let cases vote by the square of their scores, for their primary type twice as much."""
    highest = max((score for _, score, _ in nearest), default=0)
    for case_no, score, types in nearest:
        strength = FULL_VOTE * score // highest if highest else 0
        for place, type_id in enumerate(types):
            if type_id in votes:
                votes[type_id].count += strength * strength * (1 if place else 2)
                votes[type_id].cases.append(case_no)


def _words_vote(folded: str, vocabulary: SearchVocabulary, votes: Mapping[str, _Votes]) -> None:
    """Let labels and synonyms that stand in the story vote; a shared word is divided."""
    owners: dict[str, list[SearchTerm]] = {}
    children: dict[str, list[str]] = {}
    for term in vocabulary.terms.get("dispute_types", ()):
        if term.parent:
            children.setdefault(term.parent, []).append(term.id)
        for word in dict.fromkeys((term.label, *term.synonyms)):
            if fold_text(word) in folded:
                owners.setdefault(fold_text(word), []).append(term)
    for word in _longest(owners):
        vote = WORD_VOTE // len(owners[word])
        for term in owners[word]:
            if term.parent:
                votes[term.id].count += vote
                votes[term.id].words.append(word)
            else:
                for type_id in children.get(term.id, ()):
                    votes[type_id].count += vote // PARENT_SHARE


def _longest(words: Mapping[str, object]) -> list[str]:
    """Return the words that are not part of a longer one among them, in code point order."""
    return sorted(
        word for word in words if not any(word != other and word in other for other in words)
    )
