"""Concept groups: words that mean one thing to a search (退卡 = 退费 = 退会员费).

Matching is by longest word, left to right, without overlap, on folded text. A match adds
one term beside the characters and pairs of the text, so that two cases told in different
words still meet. The twin in the browser is checked by `tests/golden/analyzer.json`.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from builder.errors import CasebookError
from builder.text.folding import HAN, WORD, fold_text

CONCEPT_MARK = "#"  # no text gives a term that begins with it

# At least two code points, and a term of the text at both ends.
_is_usable = re.compile(f"[{HAN}{WORD}].*[{HAN}{WORD}]", re.DOTALL).fullmatch
_is_word_character = re.compile(f"[{WORD}]").match


class ConceptMatch(NamedTuple):
    """One place in folded text where a concept word stands."""

    start: int
    end: int  # exclusive
    term: str


class ConceptError(CasebookError):
    """The concept groups contradict themselves or cannot be matched."""


def is_concept(term: str) -> bool:
    """Return whether a term stands for a concept group rather than for characters."""
    return term.startswith(CONCEPT_MARK)


class Concepts:
    """The concept groups of the library, ready for matching."""

    def __init__(self, groups: Iterable[tuple[str, Iterable[str]]]) -> None:
        """Take the groups as (id, words).

        Raises:
            ConceptError: a group stands twice or has no words; a word is shorter than two
                code points once folded, or begins or ends with what gives no term; two
                groups claim a word.
        """
        self._labels: dict[str, str] = {}
        self._term_of: dict[str, str] = {}  # folded word -> concept term
        for group, words in groups:
            self._add(group, list(words))
        by_pair: dict[str, list[str]] = {}
        for word in sorted(self._term_of, key=lambda word: (-len(word), word)):
            by_pair.setdefault(word[:2], []).append(word)  # longest first
        self._by_pair = by_pair
        # A cheap sieve in front of the dictionary; it lets through more than it must.
        first, second = (_character_set(pair[at] for pair in by_pair) for at in (0, 1))
        self._candidates = re.compile(f"[{first}](?=[{second}])") if by_pair else None

    def _add(self, group: str, words: Sequence[str]) -> None:
        term = CONCEPT_MARK + group
        where = f"概念词组“{group}”"
        if term in self._labels:
            raise ConceptError(where, "出现了两次。", "请把两处的词并到一组里。")
        if not words:
            raise ConceptError(where, "一个词也没有。", "请写上词，或者删去这一组。")
        self._labels[term] = words[0]
        for word in words:
            folded = fold_text(word)
            if not _is_usable(folded):
                raise ConceptError(
                    where,
                    f"词“{word}”太短，或者首尾不是字。",
                    "请换成至少两个字、首尾没有标点和空格的词，或者删去它。",
                )
            other = self._term_of.setdefault(folded, term)
            if other != term:
                raise ConceptError(
                    where,
                    f"词“{word}”已经在“{other.removeprefix(CONCEPT_MARK)}”组里。",
                    "一个词只能属于一组，请从其中一组删去。",
                )

    def label(self, term: str) -> str:
        """Return the first word of the group that a concept term stands for."""
        return self._labels[term]

    def matches(self, folded: str) -> list[ConceptMatch]:
        """Return where concept words stand in folded text, from left to right.

        A word that begins or ends with a letter or digit must do so at the edge of a
        word of the text: `app` is not found in `happy`.
        """
        if self._candidates is None:
            return []
        found: list[ConceptMatch] = []
        free_from = 0
        for candidate in self._candidates.finditer(folded):
            start = candidate.start()
            if start < free_from:
                continue
            for word in self._by_pair.get(folded[start : start + 2], ()):
                end = start + len(word)
                if folded.startswith(word, start) and _stands_alone(folded, start, end):
                    found.append(ConceptMatch(start, end, self._term_of[word]))
                    free_from = end
                    break
        return found


def _character_set(characters: Iterable[str]) -> str:
    """Return the characters as they stand inside [...] of a regular expression."""
    return "".join(re.escape(character) for character in sorted(set(characters)))


def _stands_alone(folded: str, start: int, end: int) -> bool:
    """Return whether neither edge of a match cuts a word of letters and digits in two."""
    edges = (folded[max(start - 1, 0) : start + 1], folded[end - 1 : end + 1])
    return not any(
        len(edge) == 2 and all(_is_word_character(character) for character in edge)
        for edge in edges
    )


NO_CONCEPTS = Concepts([])
