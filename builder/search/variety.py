"""Put precedents in an order that teaches: not five copies of one in a row.

Twin of `builder/site/client/variety.js`.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from builder.index.comparable import Comparable

OF_A_KIND: Final = 2  # shown of one type, outcome and industry before something else comes


def varied(cases: Sequence[tuple[int, Comparable]]) -> list[int]:
    """Return the case numbers in order, what repeats the same kind moved to the end.

    Args:
        cases: number and comparable of each, most alike first.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    first: list[int] = []
    later: list[int] = []
    for case_no, case in cases:
        kind = (_first(case["types"]), _first(case["outcomes"]), case["industry"])
        seen[kind] += 1
        (first if seen[kind] <= OF_A_KIND else later).append(case_no)
    return first + later


def _first(ids: Sequence[str]) -> str:
    return ids[0] if ids else ""
