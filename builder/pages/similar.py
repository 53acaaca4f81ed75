"""A case shown beside another because the two are alike."""

from dataclasses import dataclass

from builder.search.comparison import LEVELS, Comparison


@dataclass(frozen=True, slots=True)
class SimilarCase:
    """A similar case, held against the case of the page."""

    id: str
    comparison: Comparison

    @property
    def axes(self) -> tuple[tuple[str, str, str], ...]:
        """What is alike: name of the axis, how much, what shows it; without what is not."""
        return tuple(
            (name, LEVELS[axis.level], "、".join(axis.evidence))
            for name, axis in self.comparison.axes
            if axis.level
        )

    @property
    def differences(self) -> str:
        """Where the other case differs, in words, or ''."""
        return "；".join(self.comparison.differences)
