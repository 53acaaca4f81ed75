"""What a search needs of the vocabularies, kept as JSON in the index folder.

The models of the vocabularies are checked by pydantic, whose import alone takes longer
than a search: the build writes down what was checked, and a search reads that.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from builder.errors import reason_of
from builder.index.folder import IndexFolderError
from builder.text.folding import fold_text

if TYPE_CHECKING:
    from builder.model.vocabulary import Vocabularies

_FORMAT: Final = 2
SHORTEST_PART: Final = 2  # characters that name a term by part of its label


class SearchTerm(NamedTuple):
    """One term of a vocabulary; a statute has its short name as label, the rest as synonyms."""

    id: str
    label: str
    synonyms: tuple[str, ...]
    parent: str  # id, or ''


@dataclass(frozen=True)
class SearchVocabulary:
    """All vocabularies by name, with `statutes` and `districts` among them.

    Attributes:
        concepts: (group id, words).
        marks: what comparisons look at (`online`, `group`) -> words of a story that show it.
    """

    terms: Mapping[str, tuple[SearchTerm, ...]]
    concepts: tuple[tuple[str, tuple[str, ...]], ...]
    marks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def matching(self, name: str, word: str) -> tuple[SearchTerm, ...]:
        """Return the terms that `word` names, in file order.

        By id, label or synonym; where none is equal, by a part of the label. A parent
        stands for its children: cases are indexed under both.
        """
        wanted = fold_text(word)
        by_name = self._by_name.get(name, {})
        if wanted in by_name:
            return by_name[wanted]
        if len(wanted) < SHORTEST_PART:
            return ()
        return tuple(term for term in self.terms.get(name, ()) if wanted in fold_text(term.label))

    def label(self, name: str, term_id: str) -> str:
        """Return the label of a term, or its id where it has none."""
        return self._labels.get(name, {}).get(term_id, term_id)

    @cached_property
    def _labels(self) -> dict[str, dict[str, str]]:
        """Vocabulary -> id -> label."""
        return {name: {term.id: term.label for term in terms} for name, terms in self.terms.items()}

    @cached_property
    def _by_name(self) -> dict[str, dict[str, tuple[SearchTerm, ...]]]:
        """Vocabulary -> folded id, label or synonym -> terms."""
        found: dict[str, dict[str, tuple[SearchTerm, ...]]] = {}
        for name, terms in self.terms.items():
            names = found[name] = {}
            for term in terms:
                for written in dict.fromkeys(
                    fold_text(text) for text in (term.id, term.label, *term.synonyms)
                ):
                    names[written] = (*names.get(written, ()), term)
        return found

    @property
    def words(self) -> list[str]:
        """Return every word that people may have meant to type, for spelling suggestions."""
        words = {
            text
            for terms in self.terms.values()
            for term in terms
            for text in (term.label, *term.synonyms)
        }
        words.update(word for _, group in self.concepts for word in group)
        return sorted(words)

    def to_bytes(self) -> bytes:
        """Return the file's content; the same vocabularies give the same bytes."""
        content = {
            "format": _FORMAT,
            "terms": self.terms,
            "concepts": self.concepts,
            "marks": self.marks,
        }
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def read(cls, path: Path) -> "SearchVocabulary":
        """Return what `to_bytes` wrote to `path`.

        Raises:
            IndexFolderError: it is missing, damaged or of another version.
        """
        try:
            content: Any = json.loads(path.read_bytes())
            if content["format"] != _FORMAT:
                raise IndexFolderError(
                    path, f"词表的版本是 {content['format']}，本程序只认得 {_FORMAT}。"
                )
            return cls(
                terms={
                    name: tuple(
                        SearchTerm(term_id, label, tuple(synonyms), parent)
                        for term_id, label, synonyms, parent in terms
                    )
                    for name, terms in content["terms"].items()
                },
                concepts=tuple((group, tuple(words)) for group, words in content["concepts"]),
                marks={mark: tuple(words) for mark, words in content["marks"].items()},
            )
        except OSError as error:
            raise IndexFolderError(path, f"词表读不出来（{reason_of(error)}）。") from error
        except (ValueError, TypeError, KeyError) as error:
            raise IndexFolderError(path, "词表已损坏。") from error


def search_vocabulary(vocabularies: "Vocabularies", districts: Iterable[str]) -> SearchVocabulary:
    """Return what a search needs of these vocabularies.

    Args:
        districts: those that cases of this audience name.
    """
    terms = {
        name: tuple(
            SearchTerm(term.id, term.label, term.synonyms, vocabulary.parents.get(term.id, ""))
            for term in vocabulary.walk()
        )
        for name, vocabulary in sorted(vocabularies.terms.items())
    }
    terms["statutes"] = tuple(
        SearchTerm(statute.id, statute.short, (statute.name, *statute.aliases), "")
        for statute in vocabularies.statutes.statutes
    )
    terms["districts"] = tuple(
        SearchTerm(district, district, (), "") for district in sorted(set(districts)) if district
    )
    concepts = tuple((group.id, group.words) for group in vocabularies.concepts)
    marks: dict[str, list[str]] = {}
    for _, vocabulary in sorted(vocabularies.terms.items()):
        for term in vocabulary.walk():
            if term.mark:
                marks.setdefault(term.mark, []).extend((term.label, *term.synonyms))
    return SearchVocabulary(
        terms, concepts, {mark: tuple(sorted(set(words))) for mark, words in marks.items()}
    )
