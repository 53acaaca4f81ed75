"""Choose the terms of a query and what each weighs.

A short query uses all its terms. A long one, a pasted complaint, keeps the terms that can
move a case most: weight x highest impact squared. Plain idf would keep rare noise and
drop the words that name the dispute. All numbers are whole, so the browser's twin agrees
exactly (`tests/golden/term_choice.json`).
"""

import math
from typing import Final, Protocol

from builder.text.analyzer import count_terms, is_single
from builder.text.concepts import Concepts

LONG_QUERY: Final = 30  # code points; a longer text is taken for a pasted complaint
# Terms that a long query looks cases up by. The best of what they find is then scored by
# all terms, so that more of them hardly change the order (docs/engineer/search-quality.md).
LIMIT: Final = 36

# What a short query of a large library is looked up by (the same table).
FEW_CHARACTERS: Final = 12  # so short a query needs no single characters
FEW_TERMS: Final = 8
FEW_SINGLES: Final = 3

# A single character stands in many words and its pairs count it again. On public
# questions a half did as well as the whole on statutes and better on consultations;
# an eighth lost 0.01 nDCG@10.
SINGLE_DIVISOR: Final = 2

_REPEAT_UNIT: Final = 1024
_MOST_REPEATS: Final = 64
_REPEAT_FACTORS: Final = tuple(
    round(_REPEAT_UNIT * (1 + math.log(repeats))) for repeats in range(1, _MOST_REPEATS + 1)
)


class TermStatistics(Protocol):
    """What an index knows of a term; 0 where no case has it."""

    def weight(self, term: str) -> int:
        """Return 256 times the idf of the term, at least 1."""

    def highest_impact(self, term: str) -> int:
        """Return the highest impact of the term in any case."""


def query_weight(term: str, repeats: int, weight: int) -> int:
    """Return what a term weighs in a query: (1 + ln repeats) x weight, rounded, at least 1.

    A single code point weighs half. Repeats beyond 64 count as 64.
    """
    factor = _REPEAT_FACTORS[min(repeats, _MOST_REPEATS) - 1]
    whole = (factor * weight + _REPEAT_UNIT // 2) // _REPEAT_UNIT
    return max(1, whole // SINGLE_DIVISOR) if is_single(term) else whole


def weigh_terms(
    text: str, concepts: Concepts, statistics: TermStatistics, unknown: int
) -> dict[str, int]:
    """Return every term of a text with its weight, whether a case has it or not.

    Args:
        unknown: 256 times the idf of a term that `statistics` does not know.
    """
    return {
        term: query_weight(term, repeats, statistics.weight(term) or unknown)
        for term, repeats in count_terms(text, concepts).items()
    }


def choose_terms(
    text: str, concepts: Concepts, statistics: TermStatistics, limit: int = LIMIT
) -> dict[str, int]:
    """Return the terms to look up and their whole-number weights, best first.

    Terms that no case has are left out. Pairs, words and concepts come before single
    characters; then by value, then in code point order.

    Args:
        text: the query without labels, fields and operators.
        concepts: the concept groups of the library.
        statistics: the index that will be searched; for a long query, its directory.
        limit: how many terms a text of over `LONG_QUERY` code points keeps.
    """
    ordered = []
    for term, repeats in count_terms(text, concepts).items():
        weight = statistics.weight(term)
        if weight:
            chosen = query_weight(term, repeats, weight)
            value = chosen * statistics.highest_impact(term) ** 2
            ordered.append((is_single(term), -value, term, chosen))
    ordered.sort()
    kept = ordered[:limit] if len(text) > LONG_QUERY else ordered
    return {term: chosen for _, _, term, chosen in kept}


def is_few(text: str) -> bool:
    """Return whether a text needs no single characters in a large library."""
    return len(text) <= FEW_CHARACTERS


def few_terms(text: str, words: str, concepts: Concepts, directory: TermStatistics) -> list[str]:
    """Return the terms that a short query of a large library is looked up by.

    The best of those that the directory knows, terms of `words` first; where it knows fewer
    than `FEW_TERMS` pairs, words and concepts, others in code point order, which some case
    may have. Of up to `FEW_CHARACTERS` all, but no single characters; these only where
    there is nothing else.

    Args:
        text: at most `LONG_QUERY` code points, without labels, fields and operators.
        words: the part of the text that a case must have something of.
        directory: what is known of terms before any list is read.
    """
    needed = count_terms(words, concepts)
    needed_singles = sorted(needed) if all(map(is_single, needed)) else []
    terms = count_terms(text, concepts)
    better = sorted(term for term in terms if not is_single(term))
    if is_few(text) or not better:
        return better + needed_singles or sorted(terms)
    known = choose_terms(text, concepts, directory)
    chosen = [term for term in known if not is_single(term)]
    chosen += [term for term in better if term not in known]
    chosen.sort(key=lambda term: term not in needed)
    singles = [term for term in known if is_single(term)]
    return chosen[:FEW_TERMS] + (needed_singles or singles[:FEW_SINGLES])
