"""How much rarity makes a term weigh: idf in steps that one symbol holds.

The number of cases that have a term is kept on a logarithmic scale, four steps to a
doubling. The weight follows from the step, so that a shard gives one symbol a term and
Python alone ever takes a logarithm.
"""

import math
from typing import Final

WEIGHT_UNIT: Final = 256  # a weight of 256 is an idf of 1
LEVELS_PER_DOUBLING: Final = 4

# Terms of fewer cases than the floor weigh as if they had so many: a pair of characters
# that one case has says no more than one that eight have. On public questions it cost
# nothing (docs/engineer/search-quality.md), and a browser need not know rare terms one by one.
_HIGHEST_FLOOR: Final = 8  # in libraries of up to 6,000 cases ...
_CASES_PER_FLOOR: Final = 750  # ... and one for so many in larger ones
_CASES_PER_SMALL_FLOOR: Final = 128


def frequency_floor(case_count: int) -> int:
    """Return the number of cases that a rarer term is taken to have."""
    small = min(_HIGHEST_FLOOR, case_count // _CASES_PER_SMALL_FLOOR)
    return max(1, small, case_count // _CASES_PER_FLOOR)


def frequency_level(frequency: int, floor: int) -> int:
    """Return four times the binary logarithm of a frequency, rounded: one symbol holds it."""
    return round(LEVELS_PER_DOUBLING * math.log2(max(frequency, floor)))


def level_weight(case_count: int, level: int) -> int:
    """Return 256 times the idf of terms of this level, at least 1."""
    frequency = 2 ** (level / LEVELS_PER_DOUBLING)
    return max(1, round(WEIGHT_UNIT * math.log((case_count + 1) / (frequency + 0.5))))


def rare_weight(case_count: int) -> int:
    """Return what the rarest terms weigh."""
    return level_weight(case_count, frequency_level(1, frequency_floor(case_count)))
