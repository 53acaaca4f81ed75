"""From words to cases in order: a look at posting lists, and for long texts a second one.

A short query reads whole lists; only of single characters, which never choose a case
where there is better, the browser keeps no more than the best. In a large library a query
of more than a few words reads the heads of its best terms, unless a condition narrows it.
A long text looks cases up by its best terms and their best cases; the first of what it
finds are then scored by every term of the text, from the cases' own words, so that leaving
out terms costs no quality. The browser takes the same steps
(`builder/site/client/two_looks.js`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from builder.index.directory import DirectoryStatistics
from builder.index.exact import exact_score
from builder.index.posting_lists import PostingLists
from builder.index.ranking import Posting, rank
from builder.index.term_choice import (
    LIMIT,
    LONG_QUERY,
    choose_terms,
    few_terms,
    is_few,
    weigh_terms,
)
from builder.text.analyzer import count_terms, is_single
from builder.text.concepts import Concepts
from builder.text.fields import FIELDS

# In a large library a short query is looked up by its best terms, so that few files are
# loaded for it. In a smaller one everything is small, and quality comes first.
LARGE_LIBRARY: Final = 2000  # cases
BLOCKS_READ: Final = 22  # texts of so many blocks are read for the second look
CASES_LOOKED_AT: Final = 48  # and no case after so many is scored again


class Searched(Protocol):
    """What is searched: posting lists, and the cases' own words for the second look."""

    @property
    def postings(self) -> PostingLists:
        """The posting lists."""

    @property
    def concepts(self) -> Concepts:
        """The concept groups that the cases were analysed with."""

    @property
    def blocks(self) -> Sequence[int]:
        """Which block of texts a browser finds each case in, by case number."""

    @property
    def average_lengths(self) -> Sequence[float]:
        """The mean number of terms in each ranking field."""

    @property
    def rare_weight(self) -> int:
        """What terms weigh that are not in the directory."""

    def ranking_texts(self, case_no: int) -> Mapping[str, str]:
        """Return ranking field -> text of one case."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """Cases in order.

    Attributes:
        weights: the terms of the query -> weight; of a long one those that found them.
        total: how many there are.
        at_least: `total` was counted over cut lists: there may be more.
    """

    hits: list[Posting]
    weights: Mapping[str, int]
    total: int
    at_least: bool


def is_long(words: str) -> bool:
    """Return whether words are looked up as a pasted text is."""
    return len(words) > LONG_QUERY


def order(
    index: Searched, words: str, more_words: str = "", allowed: set[int] | None = None
) -> Ordered:
    """Return every case that has one of the words, best first.

    A hit has more than a single character of the words where they have more. Without
    words, conditions alone choose, and what nothing ranks is newest first.

    Args:
        words: one of them a hit must have.
        more_words: count for the order alone.
        allowed: case numbers that may be shown, or None for all.

    Raises:
        SurroundingsError: the index is damaged.
    """
    both = f"{words} {more_words}".strip()
    if is_long(both):
        return _order_long(index, both, words, allowed)
    asked = _asked(index, both, words)
    weights = _weights(index, both, asked)
    reads_whole = allowed is not None or len(index.blocks) <= LARGE_LIBRARY or is_few(both)
    whole = {term for term in asked if reads_whole and not is_single(term)}
    read = {
        term: index.postings.postings(term) if term in whole else index.postings.head(term)
        for term in weights
        if term in asked
    }
    lists = _only(read, allowed)
    if words.strip():
        found = _found(index, words, lists)
        ranked = rank(_only(lists, found), weights, len(found)) if found else []
        return Ordered(ranked, weights, len(found), _is_cut(index, words, asked, whole))
    if allowed is None:
        return Ordered([], weights, 0, at_least=False)
    ranked = rank(lists, weights, len(allowed)) if allowed else []
    seen = {posting.case_no for posting in ranked}
    ranked += [Posting(case_no, 0) for case_no in sorted(allowed - seen)]
    return Ordered(ranked, weights, len(allowed), at_least=False)


def _order_long(index: Searched, text: str, words: str, allowed: set[int] | None) -> Ordered:
    statistics = _directory(index)
    weights = choose_terms(text, index.concepts, statistics, LIMIT)
    lists = _only({term: index.postings.head(term) for term in weights}, allowed)
    found = _found(index, words or text, lists)
    ranked = rank(_only(lists, found), weights, len(found)) if found else []
    is_cut = len(weights) == LIMIT or any(index.postings.is_cut(term) for term in weights)
    is_cut = is_cut and len(found) < len(index.blocks)
    return Ordered(_second_look(index, text, ranked), weights, len(found), is_cut)


def _second_look(index: Searched, text: str, ranked: list[Posting]) -> list[Posting]:
    """Return the cases with the first of them in the order of their exact scores."""
    chosen, blocks = [], set[int]()
    for posting in ranked[:CASES_LOOKED_AT]:
        block = index.blocks[posting.case_no]
        if block in blocks or len(blocks) < BLOCKS_READ:
            blocks.add(block)
            chosen.append(posting.case_no)
    statistics = _directory(index)
    weights = weigh_terms(text, index.concepts, statistics, index.rare_weight)
    again = [Posting(case_no, _exact(index, case_no, weights)) for case_no in chosen]
    again.sort(key=lambda posting: (-posting.impact, posting.case_no))
    looked_at = set(chosen)
    return again + [posting for posting in ranked if posting.case_no not in looked_at]


def _exact(index: Searched, case_no: int, weights: Mapping[str, int]) -> int:
    texts = index.ranking_texts(case_no)
    counts = [count_terms(texts.get(field.name, ""), index.concepts) for field in FIELDS]
    lengths = [field.total() for field in counts]
    return exact_score(weights, counts, lengths, index.average_lengths)


def _asked(index: Searched, text: str, words: str) -> set[str]:
    """Return those of a short query's terms that cases are looked up by.

    Where no case of a large library has the best of them, all are.
    """
    if len(index.blocks) > LARGE_LIBRARY:
        statistics = _directory(index)
        few = few_terms(text, words, index.concepts, statistics)
        if any(map(index.postings.frequency, few)):
            return set(few)
    return set(count_terms(text, index.concepts))


def _weights(index: Searched, text: str, asked: set[str]) -> dict[str, int]:
    """Return what a short query's terms weigh: those asked for, and others that mark a hit."""
    directory = _directory(index)
    return {
        term: weight
        for term, weight in choose_terms(text, index.concepts, index.postings).items()
        if term in asked or (not is_single(term) and directory.weight(term))
    }


def _directory(index: Searched) -> DirectoryStatistics:
    """Return what a browser knows of terms before it reads any list."""
    return DirectoryStatistics(index.postings, index.postings.directory)


def _needed(index: Searched, words: str) -> set[str]:
    """Return the terms one of which a hit must have: none but single characters only where
    the words have nothing else."""
    terms = count_terms(words, index.concepts)
    return {term for term in terms if not is_single(term)} or set(terms)


def _is_cut(index: Searched, words: str, asked: set[str], whole: set[str]) -> bool:
    """Return whether there may be more cases than the lists that were read gave."""
    return any(
        term not in asked or (term not in whole and index.postings.is_cut(term))
        for term in _needed(index, words)
    )


def _found(index: Searched, words: str, lists: Mapping[str, list[Posting]]) -> set[int]:
    """Return the cases that have one of the needed terms."""
    needed = _needed(index, words)
    return {posting.case_no for term in needed & lists.keys() for posting in lists[term]}


def _only(lists: Mapping[str, list[Posting]], allowed: set[int] | None) -> dict[str, list[Posting]]:
    if allowed is None:
        return dict(lists)
    return {
        term: [posting for posting in postings if posting.case_no in allowed]
        for term, postings in lists.items()
    }
