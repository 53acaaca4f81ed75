"""Which terms a long query may choose from: the directory that a browser holds whole.

It has every term of more cases than the floor, whose weight a browser has to know, and of
the rarer ones those that are strong in some case; the others would hardly ever be chosen.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from builder.index.impacts import Impacts

MOST_TERMS: Final = 80_000  # about 150 kB gzipped
_STEP: Final = 10  # the directory gives highest impacts in tens: 1..9


class Frequencies(Protocol):
    """What the posting lists know of a term; 0 where no case has it."""

    def frequency(self, term: str) -> int:
        """Return how many cases have the term."""

    def weight(self, term: str) -> int:
        """Return 256 times the idf of the term."""

    def highest_impact(self, term: str) -> int:
        """Return the highest impact of the term in any case."""


@dataclass(frozen=True, slots=True)
class Directory:
    """What is in the directory.

    Attributes:
        floor: terms of more cases are all in it.
        threshold: so are rarer ones whose highest impact is at least this (91: none).
    """

    floor: int
    threshold: int

    def holds(self, frequency: int, highest: int) -> bool:
        """Return whether a term is in the directory."""
        return frequency > self.floor or (frequency > 0 and highest >= self.threshold)


@dataclass(frozen=True, slots=True)
class DirectoryStatistics:
    """The posting lists as a long query sees them: through the directory."""

    lists: Frequencies
    directory: Directory

    def weight(self, term: str) -> int:
        """Return the weight of a term of the directory, else 0."""
        lists = self.lists
        held = self.directory.holds(lists.frequency(term), lists.highest_impact(term))
        return lists.weight(term) if held else 0

    def highest_impact(self, term: str) -> int:
        """Return the highest impact of the term in tens, rounded up."""
        return step_of(self.lists.highest_impact(term))


def step_of(highest: int) -> int:
    """Return a highest impact in tens, rounded up."""
    return -(-highest // _STEP)


def directory_of(impacts: "Impacts", floor: int) -> Directory:
    """Return the directory that these impacts give: as many rare terms as there is room for."""
    import numpy as np

    rare = impacts.frequencies <= floor
    room = MOST_TERMS - int(np.count_nonzero(~rare))
    by_highest = np.bincount(impacts.highest[rare], minlength=92)
    at_least = np.cumsum(by_highest[::-1])[::-1]  # rare terms of at least this impact
    fitting = np.flatnonzero(at_least <= room)
    return Directory(floor, max(1, int(fitting[0]))) if len(fitting) else Directory(floor, 91)


def rows_of(impacts: "Impacts", directory: Directory) -> "NDArray[np.int64]":
    """Return the rows of the terms that are in the directory, ascending."""
    import numpy as np

    strong = impacts.highest >= directory.threshold
    return np.flatnonzero((impacts.frequencies > directory.floor) | strong)
