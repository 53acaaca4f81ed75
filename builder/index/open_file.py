"""What is opened, used in a `with` block and closed."""

from abc import ABC, abstractmethod
from typing import Self


class OpenFile(ABC):
    """Closes itself at the end of a `with` block."""

    def __enter__(self) -> Self:
        """Return itself, open."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    @abstractmethod
    def close(self) -> None:
        """Close it; it answers no more."""
