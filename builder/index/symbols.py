"""Whole numbers as text: 91 symbols that a JavaScript string holds without an escape.

Text of these symbols packs better than base64, needs no decoding step, and is safe
between double quotes: neither the quote nor the backslash is among them. The twin in the
browser is `builder/site/client/symbols.js`, checked by `tests/golden/symbols.json`.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

ALPHABET: Final = "".join(chr(code) for code in range(35, 127) if chr(code) != "\\")
HIGHEST_SYMBOL: Final = len(ALPHABET) - 1  # 90
BASE: Final = 45  # of a number: below it a symbol ends the number, from it on one follows

_CODES: Final = np.array([ord(symbol) for symbol in ALPHABET], np.uint8)
_MOST_DIGITS: Final = 12  # of a 64-bit number


def symbols(values: NDArray[np.integer]) -> bytes:
    """Return one symbol a value, each in 0..90."""
    written: bytes = _CODES[values].tobytes() if len(values) else b""
    return written


def numbers(values: NDArray[np.integer]) -> tuple[bytes, NDArray[np.int64]]:
    """Return numbers as symbols, one after the other, and where each ends.

    A number is written in base 45, lowest digit first; all but the last digit are 45
    higher than their value. All numbers are at least 0.
    """
    rest = values.astype(np.int64)
    lengths = np.ones(len(rest), np.int64)
    bound = BASE
    for _ in range(_MOST_DIGITS):
        longer = rest >= bound
        if not longer.any():
            break
        lengths[longer] += 1
        bound *= BASE
    ends = np.cumsum(lengths)
    written = np.empty(int(ends[-1]) if len(ends) else 0, np.uint8)
    at = ends - lengths
    going = np.arange(len(rest))
    while len(going):
        digits = rest[going] % BASE
        rest[going] //= BASE
        goes_on = rest[going] > 0
        written[at[going]] = _CODES[digits + np.where(goes_on, BASE, 0)]
        at[going] += 1
        going = going[goes_on]
    return written.tobytes(), ends


def number(value: int) -> str:
    """Return one number, at least 0, as `numbers` writes it."""
    written = []
    while value >= BASE:
        written.append(ALPHABET[BASE + value % BASE])
        value //= BASE
    return "".join([*written, ALPHABET[value]])


def ascending(values: Iterable[int]) -> str:
    """Return ascending numbers as their gaps, the first counted from 0."""
    last, gaps = 0, []
    for value in values:
        gaps.append(number(value - last))
        last = value
    return "".join(gaps)


def signed(value: int) -> int:
    """Return a number that may be below 0 as one that is not: 0, -1, 1, -2 are 0, 1, 2, 3."""
    return -2 * value - 1 if value < 0 else 2 * value
