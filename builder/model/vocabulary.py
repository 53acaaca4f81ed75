"""Vocabularies: the terms that controlled fields of a case may take."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StringConstraints

from builder.model.calendar import Calendar, HolidayYear
from builder.model.statute import Statute, StatuteBook
from builder.model.strict import ONE_LINE_PATTERN, TERM_ID_PATTERN, Strict

TermId: TypeAlias = Annotated[str, StringConstraints(pattern=TERM_ID_PATTERN)]
Label: TypeAlias = Annotated[
    str, StringConstraints(min_length=1, max_length=40, pattern=ONE_LINE_PATTERN)
]

VOCABULARY_NAMES = (
    "dispute_types",
    "industries",
    "claims",
    "outcomes",
    "grounds",
    "agreement_forms",
    "departments",
    "methods",
    "stations",
    "channels",
)


class Term(Strict):
    """One term of a vocabulary; at most one level of children below it."""

    id: TermId
    label: Label
    definition: str = ""
    synonyms: tuple[Label, ...] = ()
    children: tuple["Term", ...] = ()
    since: datetime.date | None = None
    withdrawn: datetime.date | None = None
    cca: str = ""  # dispute types: the consumer association's ten kinds, for statistics
    q12315: str = ""  # dispute types: the national platform's kind, where it is known
    settled: Annotated[bool, Field(strict=True)] | None = (
        None  # outcomes: settled, not settled, or neither
    )
    of: Literal["bu-shouli", "zhongzhi"] | None = None  # grounds: of refusing or of ending
    mark: Literal["online", "group"] | None = (
        None  # dispute types, industries: what a comparison of cases looks at
    )
    district: str = ""  # stations: what partners and the public see instead


class TermsFile(Strict):
    """The content of one vocabulary file."""

    terms: tuple[Term, ...] = Field(min_length=1)


class ConceptGroup(Strict):
    """Words that mean the same to someone who searches."""

    id: TermId
    words: tuple[Annotated[str, StringConstraints(min_length=2)], ...] = Field(min_length=2)


class ConceptsFile(Strict):
    """The content of `concepts.yml`."""

    groups: tuple[ConceptGroup, ...]


Step: TypeAlias = Annotated[
    str, StringConstraints(min_length=2, max_length=60, pattern=ONE_LINE_PATTERN)
]


class Checklist(Strict):
    """What to ask, to see and to collect before a mediation of one dispute type."""

    id: TermId  # of the dispute type; one of the first level is for all below it
    ask: tuple[Step, ...] = ()
    see: tuple[Step, ...] = ()
    collect: tuple[Step, ...] = ()


class ChecklistsFile(Strict):
    """The content of `checklists.yml`."""

    checklists: tuple[Checklist, ...]


@dataclass(frozen=True)
class Vocabulary:
    """One vocabulary with its terms in file order, found by id, label or synonym."""

    name: str
    terms: tuple[Term, ...]

    @cached_property
    def by_id(self) -> dict[str, Term]:
        return {term.id: term for term in self.walk()}

    @cached_property
    def parents(self) -> dict[str, str]:
        return {child.id: term.id for term in self.terms for child in term.children}

    def walk(self) -> Iterator[Term]:
        """Yield every term, each parent before its children."""
        for term in self.terms:
            yield term
            yield from term.children

    def __contains__(self, term_id: object) -> bool:
        return term_id in self.by_id

    def label(self, term_id: str) -> str:
        return self.by_id[term_id].label

    def parent(self, term_id: str) -> Term | None:
        parent_id = self.parents.get(term_id)
        return self.by_id[parent_id] if parent_id else None

    def path(self, term_id: str) -> tuple[Term, ...]:
        """Return the term with its parent before it, largest first."""
        parent = self.parent(term_id)
        return (parent, self.by_id[term_id]) if parent else (self.by_id[term_id],)

    def with_descendants(self, term_id: str) -> frozenset[str]:
        """Return the ids that a search for `term_id` covers: itself and its children."""
        return frozenset({term_id, *(child.id for child in self.by_id[term_id].children)})

    def matching(self, word: str) -> frozenset[str]:
        """Return the ids that `word` names: by id, label or synonym, children included."""
        named = {
            term.id
            for term in self.walk()
            if word in (term.id, term.label) or word in term.synonyms
        }
        return frozenset().union(*(self.with_descendants(term_id) for term_id in named))


@dataclass(frozen=True)
class Vocabularies:
    """All vocabularies of a library, with its statutes, concepts, working days, checklists."""

    terms: dict[str, Vocabulary]
    statutes: StatuteBook
    concepts: tuple[ConceptGroup, ...] = ()
    calendar: Calendar = field(default_factory=Calendar)
    checklists: tuple[Checklist, ...] = ()
    _empty: Vocabulary = field(default_factory=lambda: Vocabulary("", ()), repr=False)

    def __getitem__(self, name: str) -> Vocabulary:
        return self.terms.get(name, self._empty)


def vocabularies(
    terms: Iterable[Vocabulary],
    statutes: Iterable[Statute],
    concepts: Iterable[ConceptGroup],
    holidays: Iterable[HolidayYear] = (),
    checklists: Iterable[Checklist] = (),
) -> Vocabularies:
    """Put the parts of a library's vocabulary together."""
    return Vocabularies(
        terms={vocabulary.name: vocabulary for vocabulary in terms},
        statutes=StatuteBook(tuple(statutes)),
        concepts=tuple(concepts),
        calendar=Calendar.of(holidays),
        checklists=tuple(checklists),
    )
