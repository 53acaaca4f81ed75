"""From a query to the cases it may show: fields, ranges, phrases, exclusions, by Whoosh.

First the values are given a meaning by the vocabularies of the index; what has none joins
the words, with a hint. Then Whoosh finds the cases for each condition. A query that only
wishes needs no Whoosh, which is then not even imported.
"""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from builder.index.search_vocabulary import SearchVocabulary
from builder.index.sections import SECTION_NUMBERS
from builder.search.query import Clause, Query, is_wish

if TYPE_CHECKING:
    from builder.search.library_index import LibraryIndex

# Facet of the index -> vocabulary that gives its values a meaning.
_VOCABULARIES: Final = {
    "types": "dispute_types",
    "industry": "industries",
    "claims": "claims",
    "outcomes": "outcomes",
    "methods": "methods",
    "departments": "departments",
    "channel": "channels",
    "station": "stations",
    "district": "districts",
}
_NUMBERS: Final = {"disputed": "金额", "recovered": "追回", "date": "日期", "year": "年份"}
_ABSENT: Final = "\0"  # an id that no case has


@dataclass(frozen=True, slots=True)
class Meaning:
    """A clause with what its value means.

    Attributes:
        ids: of facet and law: the index terms, one of which a case must have.
        label: the clause as people read it.
    """

    clause: Clause
    ids: tuple[str, ...] = ()
    label: str = ""


@dataclass(slots=True)
class Understood:
    """A query whose values have a meaning.

    Attributes:
        words: plain words; a hit must have one of them.
        more_words: words that count for the order alone: of phrases, and of groups of
            which something else may hold.
        groups: what must hold, one of each group.
    """

    words: list[str] = field(default_factory=list)
    more_words: list[str] = field(default_factory=list)
    groups: list[tuple[Meaning, ...]] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)

    @property
    def conditions(self) -> list[str]:
        """Return what must hold, each group as people read it."""
        return [" 或 ".join(meaning.label for meaning in group) for group in self.groups]


def understand(query: Query, vocabulary: SearchVocabulary) -> Understood:
    """Return the query with its values given a meaning."""
    if query.ticket is not None:
        narrative = query.ticket.narrative.strip()
        return Understood(words=[narrative or query.text], hints=list(query.hints))
    understood = Understood(hints=list(query.hints))
    for group in query.groups:
        meanings = tuple(_meaning(clause, vocabulary, understood.hints) for clause in group)
        if is_wish(tuple(meaning.clause for meaning in meanings)):
            understood.words += [meaning.clause.text for meaning in meanings]
            continue
        understood.groups.append(meanings)
        understood.more_words += [
            meaning.clause.text
            for meaning in meanings
            if meaning.clause.kind in ("word", "phrase") and not meaning.clause.negated
        ]
    return understood


def allowed_ids(understood: Understood, index: "LibraryIndex") -> set[str] | None:
    """Return the ids of the cases that may be shown, or None when all may.

    Sets are put together here and not by Whoosh: its `AndNot` lets documents through
    that it should exclude when the excluded list begins before the wanted one.

    Raises:
        IndexFolderError: the index is damaged.
    """
    if not understood.groups:
        return None
    whoosh = index.whoosh
    everything = whoosh.all_documents()
    allowed = set(everything)
    for group in understood.groups:
        fitting: set[int] = set()
        for meaning in group:
            found = whoosh.documents(_asked(meaning))
            fitting |= everything - found if meaning.clause.negated else found
        allowed &= fitting
    return whoosh.ids(allowed)


def allowed_numbers(index: "LibraryIndex", understood: Understood) -> set[int] | None:
    """Return the numbers of the cases that may be shown, or None when all may.

    Raises:
        IndexFolderError: the index is damaged.
    """
    ids = allowed_ids(understood, index)
    if ids is None:
        return None
    numbers = index.case_table.numbers
    return {numbers[case_id] for case_id in ids if case_id in numbers}


def _meaning(clause: Clause, vocabulary: SearchVocabulary, hints: list[str]) -> Meaning:
    if clause.kind == "facet":
        terms = vocabulary.matching(_VOCABULARIES[clause.field], clause.text)
        if terms:
            return Meaning(
                clause,
                tuple(term.id for term in terms),
                _label(clause, f"{clause.name}：{'、'.join(term.label for term in terms)}"),
            )
        return _as_word(clause, hints)
    if clause.kind == "law":
        return _law(clause, vocabulary, hints)
    return Meaning(clause, label=_label(clause, _description(clause)))


def _law(clause: Clause, vocabulary: SearchVocabulary, hints: list[str]) -> Meaning:
    suffix = f"#{clause.field}" if clause.field else ""
    if not clause.text:
        label = f"{clause.name}：第{clause.field}条"
        return Meaning(clause, (suffix,), _label(clause, label))
    statutes = vocabulary.matching("statutes", clause.text)
    if not statutes:
        written = clause.text + (f"第{clause.field}条" if clause.field else "")
        return _as_word(replace(clause, text=written), hints)
    names = "、".join(statute.label for statute in statutes)
    label = f"{clause.name}：{names}" + (f"第{clause.field}条" if clause.field else "")
    return Meaning(
        clause, tuple(statute.id + suffix for statute in statutes), _label(clause, label)
    )


def _as_word(clause: Clause, hints: list[str]) -> Meaning:
    """Return a clause whose value means nothing as the plain word that it then is."""
    hints.append(f"词表里没有“{clause.text}”这个{clause.name}，已当作普通词查找。")
    word = Clause("word", clause.text, negated=clause.negated)
    return Meaning(word, label=_label(word, _description(word)))


def _description(clause: Clause) -> str:
    if clause.kind == "range":
        return f"{_NUMBERS[clause.field]}：{clause.text}"
    if clause.kind == "id":
        return f"{clause.name}：{clause.text}"
    name = f"{clause.name}：" if clause.name else ""
    return f"{name}“{clause.text}”"


def _label(clause: Clause, label: str) -> str:
    return f"不要 {label}" if clause.negated else label


def _asked(meaning: Meaning) -> Any:
    """Return one clause as a Whoosh query, whether it is excluded or not."""
    from whoosh.query.compound import Or
    from whoosh.query.ranges import NumericRange
    from whoosh.query.terms import Term

    from builder.index.whoosh_fields import SectionPhrase, phrase_terms

    clause = meaning.clause
    if clause.kind in ("word", "phrase"):
        terms = phrase_terms(clause.text)
        if not terms:  # only marks: nothing has them
            return Term("id", _ABSENT)
        return SectionPhrase("text", terms, SECTION_NUMBERS.get(clause.field))
    if clause.kind == "id":
        return Term("id", clause.text)
    if clause.kind == "range":
        asked = NumericRange(clause.field, clause.low, clause.high)
        if clause.field == "date" and clause.low is not None and clause.low % 100:
            # Of some cases only the month may be known: a part of it may be meant.
            month = clause.low - clause.low % 100
            return Or([asked, NumericRange("date", month, month)])
        return asked
    facet = "statutes" if clause.kind == "law" else clause.field
    return Or([Term(facet, term_id) for term_id in meaning.ids])
