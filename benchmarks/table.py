"""Plain tables for a terminal, with Chinese characters counted as two columns."""

import unicodedata
from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows under a head; the first column to the left, the others to the right."""
    lines = [list(head), *map(list, rows)]
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join("  ".join(_padded(line, widths)).rstrip() for line in lines)


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _padded(line: Sequence[str], widths: Sequence[int]) -> list[str]:
    gaps = [" " * (most - width(cell)) for cell, most in zip(line, widths, strict=True)]
    return [line[0] + gaps[0], *(gap + cell for gap, cell in zip(gaps[1:], line[1:], strict=True))]
