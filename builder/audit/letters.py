"""What is left of a text when writing no longer matters: its letters and digits, as numbers.

Full width, traditional characters, invisible characters, spaces, punctuation, markup
between two characters: none of them can hide a copied text after this.
"""

import re
from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from builder.text.folding import HAN, WORD, fold_text

Letters = NDArray[np.uint64]
Windows = NDArray[np.uint64]
Flags = NDArray[np.bool_]

_OTHER = re.compile(f"[^{HAN}{WORD}]+")
_HAN = re.compile(f"[{HAN}]")
_BASE: Final = np.uint64(0x9E3779B97F4A7C15)  # odd, so that no code point is lost in a product


def bare(text: str) -> str:
    """Return the folded letters and digits of a text, one after the other."""
    return _OTHER.sub("", fold_text(text))


def han_count(text: str) -> int:
    """Return how many Chinese characters a text has."""
    return len(_HAN.findall(text))


def letters(text: str) -> Letters:
    """Return the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)


def windows(codes: Letters, longest: int) -> Iterator[tuple[int, Windows]]:
    """Yield each length up to `longest` with a hash of every so many code points in a row.

    The hashes stand in the order in which the stretches begin.
    """
    hashes = np.zeros(len(codes), np.uint64)
    for length in range(1, min(longest, len(codes)) + 1):
        hashes = hashes[: len(codes) - length + 1] * _BASE
        hashes += codes[length - 1 :]
        hashes ^= hashes >> np.uint64(29)
        yield length, hashes


def han_heavy(codes: Letters, length: int, least: int) -> Flags:
    """Return which windows have at least `least` Chinese characters."""
    is_han = (codes >= 0x3400) & (codes < 0xAC00) | (codes >= 0xF900) & (codes < 0xFB00)
    is_han |= codes >= 0x20000
    sums = np.concatenate(([0], np.cumsum(is_han)))
    count = max(0, len(codes) - length + 1)
    return np.asarray(sums[length : length + count] - sums[:count] >= least)


def whole(codes: Letters, length: int) -> Flags:
    """Return which windows have no separator, code point 0, in them."""
    sums = np.concatenate(([0], np.cumsum(codes == 0)))
    count = max(0, len(codes) - length + 1)
    return np.asarray(sums[length : length + count] == sums[:count])
