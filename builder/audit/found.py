"""What comes out of a file: texts to look at, files inside it, and what could not be read."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    """A text, one stretch that is read as one to a line.

    Attributes:
        place: where in the file, in words.
        noise: letters found among bytes of no known meaning; chance makes names of them.
        again: the same text as the one before, with lines put together; what both have counts once.
    """

    place: str
    text: str
    noise: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms of an index: each stands for itself, out of all context."""

    place: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes inside a file that are a file of their own.

    Attributes:
        name: what the file calls it; only for the place, never trusted for what it is.
        hint: a kind that is known from where it stands, where its content cannot tell.
    """

    place: str
    data: bytes
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that could not be read, so that nobody knows what is in it."""

    place: str
    what: str


Piece: TypeAlias = Text | Terms | Blob | Fault


def inside(place: str, more: str) -> str:
    """Return a place within a place."""
    return f"{place} › {more}" if place and more else place or more
