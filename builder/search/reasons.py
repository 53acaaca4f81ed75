"""Why two cases are alike, in words: shared labels, keywords, law and concepts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from builder.index.display import Display
from builder.index.search_vocabulary import SearchVocabulary
from builder.text.concepts import Concepts
from builder.text.folding import fold_text

REASONS_SHOWN: Final = 5
# Vocabularies whose terms a story may name, the most telling first.
_NAMED: Final = ("dispute_types", "industries", "claims")


@dataclass(frozen=True)
class Reasons:
    """What a case or a story is about: its labels and the concepts of its words."""

    labels: tuple[str, ...]
    concept_terms: frozenset[str]
    concepts: Concepts
    vocabulary: SearchVocabulary

    @classmethod
    def of_case(cls, shown: Display, vocabulary: SearchVocabulary, concepts: Concepts) -> "Reasons":
        """Return what a case of the library is about."""
        labels = tuple(dict.fromkeys(_labels(shown, vocabulary)))
        return cls(labels, _concepts_in(_told(shown), concepts), concepts, vocabulary)

    @classmethod
    def of_text(cls, text: str, vocabulary: SearchVocabulary, concepts: Concepts) -> "Reasons":
        """Return what a story is about: the terms that it names by label or synonym."""
        folded = fold_text(text)
        labels = tuple(
            term.label
            for name in _NAMED
            for term in vocabulary.terms.get(name, ())
            if any(fold_text(word) in folded for word in (term.label, *term.synonyms))
        )
        return cls(labels, _concepts_in([text], concepts), concepts, vocabulary)

    def shared_with(self, shown: Display) -> tuple[str, ...]:
        """Return what a case shares with this, the most telling first, five at most."""
        theirs = set(_labels(shown, self.vocabulary))
        shared = [label for label in self.labels if label in theirs]
        common = self.concept_terms & _concepts_in(_told(shown), self.concepts)
        shared += sorted(self.concepts.label(term) for term in common)
        return tuple(dict.fromkeys(shared))[:REASONS_SHOWN]


def _labels(shown: Display, vocabulary: SearchVocabulary) -> Iterator[str]:
    """Yield what names a case, the most telling first."""
    card = shown["card"]
    yield from card["types"]
    yield from card["keywords"]
    yield from (label for label in [card["industry"]] if label)
    parents = {term.id: term.label for term in vocabulary.terms.get("dispute_types", ())}
    for term in vocabulary.terms.get("dispute_types", ()):
        if term.parent and term.label in card["types"]:
            yield parents[term.parent]
    yield from card["law"]
    yield from card["claims"]


def _told(shown: Display) -> list[str]:
    return [shown["sections"].get(name, "") for name in ("title", "summary", "facts", "issues")]


def _concepts_in(texts: Iterable[str], concepts: Concepts) -> frozenset[str]:
    return frozenset(match.term for text in texts for match in concepts.matches(fold_text(text)))
