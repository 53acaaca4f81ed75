"""Rank cases by weighted impacts.

Impacts (1..90) and query weights are whole numbers, so the order of summing does
not matter and the browser's twin `builder/site/client/ranking.js` agrees exactly
(`tests/golden/ranking.json`).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from builder.errors import CasebookError
from builder.text.analyzer import is_single

HIGHEST_IMPACT: Final = 90
# A longer posting list is cut: its best stand apart from its tail. Single characters say
# little, and everywhere; of them only the very best count (docs/engineer/search-quality.md).
HEAD_LENGTH: Final = 1536
SINGLE_HEAD_LENGTH: Final = 512


@dataclass(frozen=True, slots=True)
class Posting:
    """One case on a posting list, or one hit of a query."""

    case_no: int  # row in the case table (newest closed first, then id), from 0
    impact: int


class ImpactError(CasebookError):
    """An impact does not fit the one symbol that a shard gives it."""


def longest_head(term: str, head_length: int = HEAD_LENGTH) -> int:
    """Return how many cases the head of a term's list has at most."""
    return min(head_length, SINGLE_HEAD_LENGTH) if is_single(term) else head_length


def rank(
    posting_lists: Mapping[str, Sequence[Posting]], weights: Mapping[str, int], limit: int
) -> list[Posting]:
    """Return the best cases for a query, highest score first.

    Args:
        posting_lists: query term -> its postings, in any order.
        weights: query term -> whole-number weight, at least 1 (no unit).
        limit: number of cases wanted, at least 1.

    Returns:
        Up to `limit` hits; `impact` is the sum of weight times impact over the
        terms (compare within one query only). The lower case_no wins a tie.

    Raises:
        ImpactError: an impact is not in 1..90.

    Source: Anh and Moffat, "Pruned query evaluation using pre-computed
        impacts", SIGIR 2006.
    """
    scores: Counter[int] = Counter()
    for term, postings in posting_lists.items():
        for posting in postings:
            if not 1 <= posting.impact <= HIGHEST_IMPACT:
                raise ImpactError(
                    where=f"词项“{term}”的第 {posting.case_no} 号案例",
                    what=f"权重 {posting.impact} 不在 1 到 90 之间。",
                    remedy="请运行 casebook build 重新生成索引。",
                )
            scores[posting.case_no] += weights[term] * posting.impact
    best_first = sorted(scores.items(), key=lambda hit: (-hit[1], hit[0]))
    return [Posting(*hit) for hit in best_first[:limit]]
