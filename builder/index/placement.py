"""Where the texts and cards of cases lie: alike cases beside each other.

The cases that answer one query are mostly of one type and trade, so a browser that
fetches a few blocks gets many of them. The command line scores the same cases again as
the browser does, and so has to know the blocks too.
"""

from collections.abc import Sequence
from typing import Final

CASES_PER_BLOCK: Final = 4  # texts in one file
BLOCKS_PER_CARDS: Final = 4  # cards of 16 cases in one file


def blocks_of(types: Sequence[Sequence[str]], industries: Sequence[str]) -> list[int]:
    """Return the number of each case's block, by case number.

    Args:
        types: ids of each case's dispute types, the primary one first.
        industries: id of each case's industry, or ''.
    """
    order = sorted(
        range(len(types)), key=lambda number: (types[number][:1], industries[number], number)
    )
    found = [0] * len(order)
    for place, number in enumerate(order):
        found[number] = place // CASES_PER_BLOCK
    return found
