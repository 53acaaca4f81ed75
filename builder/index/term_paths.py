"""Where every term of the vocabularies stands, worked out once for all cases."""

from collections.abc import Mapping
from typing import TypeAlias

from builder.model.vocabulary import Term, Vocabularies

# Vocabulary -> id -> the term with its parent before it.
TermPaths: TypeAlias = Mapping[str, Mapping[str, tuple[Term, ...]]]


def term_paths(vocabularies: Vocabularies) -> TermPaths:
    """Return vocabulary -> id -> the term with its parent before it."""
    return {
        name: {term.id: vocabulary.path(term.id) for term in vocabulary.walk()}
        for name, vocabulary in vocabularies.terms.items()
    }
