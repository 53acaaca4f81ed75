"""Which lines of the minutes belong to which of the studied cases.

A line belongs to the case that alone, of those studied, has most of its pairs of characters.
Two pairs at least, and more than any other case has: lines on everything belong to none.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from builder.text.analyzer import count_terms, is_single
from builder.text.concepts import NO_CONCEPTS

LEAST: Final = 3  # pairs that only one of the studied cases has
SAID: Final = 0.5  # share of a line's pairs that another line has to be the same thing


def owner_of(line: str, texts: Mapping[str, str]) -> str:
    """Return the id of the case a line belongs to, or ''.

    Args:
        texts: case id -> what the case tells, of the cases studied together.
    """
    wanted = _pairs(line)
    having = {case_id: wanted & _pairs(text) for case_id, text in texts.items()}
    scores = {
        case_id: len(own.difference(*(having[other] for other in having if other != case_id)))
        for case_id, own in having.items()
    }
    ordered = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    if not ordered or ordered[0][1] < LEAST:
        return ""
    if len(ordered) > 1 and ordered[1][1] == ordered[0][1]:
        return ""
    return ordered[0][0]


def is_said(line: str, others: Sequence[str]) -> bool:
    """Return whether one of the other lines says the same, in about the same words."""
    wanted = _pairs(line)
    return any(wanted and len(wanted & _pairs(other)) >= SAID * len(wanted) for other in others)


def _pairs(text: str) -> set[str]:
    return {term for term in count_terms(text, NO_CONCEPTS) if not is_single(term)}
