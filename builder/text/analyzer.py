"""Turn text into the terms that are indexed and searched: one analysis for both.

Chinese runs give every single character and every overlapping pair; runs of Latin,
Greek and Cyrillic letters, digits, kana and hangul give whole words (a run mixes them
freely: `iphone15`); concept words give a concept term beside these. No dictionary is
needed, and a query need not be cut where the text was. The twin in the browser is
checked by `tests/golden/analyzer.json`.
"""

import re
from collections import Counter
from operator import add
from typing import NamedTuple

from builder.text.concepts import Concepts
from builder.text.folding import HAN, WORD, Folded, fold, fold_text

__all__ = ["Folded", "Token", "count_terms", "fold", "is_single", "tokens"]

_RUN = re.compile(f"(?P<han>[{HAN}]+)|[{WORD}]+")
_WORDS = re.compile(f"[{WORD}]+")
_NOT_HAN = re.compile(f"[^{HAN}]+")


class Token(NamedTuple):
    """One term and where it stands in the original text."""

    term: str
    start: int  # code points, not bytes or UTF-16 units
    end: int  # exclusive


def is_single(term: str) -> bool:
    """Return whether a term is one code point, the weakest kind of evidence."""
    return len(term) == 1


def tokens(text: str, concepts: Concepts) -> list[Token]:
    """Return every term of the text with its place, by start, then end, concepts last."""
    folded = fold(text)
    found: list[Token] = []
    for run in _RUN.finditer(folded.text):
        start, end = run.span()
        if run["han"] is None:
            found.append(Token(run[0], *folded.span(start, end)))
            continue
        for at in range(start, end):
            for length in (1, 2):
                if at + length <= end:
                    term = folded.text[at : at + length]
                    found.append(Token(term, *folded.span(at, at + length)))
    matches = concepts.matches(folded.text)
    found += [Token(match.term, *folded.span(match.start, match.end)) for match in matches]
    return sorted(found, key=lambda token: (token.start, token.end))


def count_terms(text: str, concepts: Concepts) -> Counter[str]:
    """Return how often each term stands in the text: the terms of `tokens`, faster."""
    folded = fold_text(text)
    han = _NOT_HAN.sub(" ", folded)
    counts = Counter(map(add, han, han[1:]))
    for pair in [pair for pair in counts if " " in pair]:
        del counts[pair]
    counts.update(han)
    del counts[" "]
    counts.update(_WORDS.findall(folded))
    counts.update(match.term for match in concepts.matches(folded))
    return counts
