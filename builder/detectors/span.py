"""A place in the folded text that a detector points at."""

from typing import NamedTuple


class Span(NamedTuple):
    """A place of one kind, before overlaps are settled."""

    kind: str  # a key of builder.detectors.detect.KINDS
    start: int  # in the folded text, end exclusive
    end: int
