"""A case shown beside another because the two are alike."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SimilarCase:
    """A similar case and what makes it so, most telling reason first."""

    id: str
    reasons: tuple[str, ...] = ()
