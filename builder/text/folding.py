"""Fold text to the one form that index and queries compare, code point by code point.

Every code point is folded on its own: NFKC, then traditional to simplified
(`simplified.txt`, made by `scripts/make_simplified_table.py`), then lower case. Only the
blocks listed here take part: their characters were all assigned years before the oldest
browser we serve, so Python and JavaScript agree whatever their Unicode version.
Everything else stays as it is; marks and invisible characters are dropped, so that a
zero-width space or a stray accent cannot split a word.
"""

import functools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# Written as they stand inside [...] of a regular expression, here and in the browser.
HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufa6d\ufa70-\ufad9\U00020000-\U0003fffd"
# Digits, then Latin, Greek, Cyrillic, hangul jamo, kana, hangul syllables.
WORD = (
    "0-9a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff"
    "\u0370-\u0373\u0376\u0377\u037b-\u037d\u037f\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ff"
    "\u0400-\u0481\u048a-\u052f\u1100-\u11ff"
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uac00-\ud7a3"
)
# Soft hyphen, combining accents, zero-width and direction marks, variation selectors, BOM.
DROPPED = (
    "\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
    "\U000e0100-\U000e01ef"
)
_FOLDED = (
    "A-Z\u00a0-\u02af\u0370-\u052f\u1e00-\u1fff"  # Latin, Greek, Cyrillic
    "\u2000-\u2bff"  # punctuation, letter-like, numbers, enclosed
    "\u2e80-\u2fdf\u3000-\u312f\u3130-\u33ff"  # radicals, CJK symbols, kana, enclosed, units
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # Han
    "\ufb00-\ufb06\ufe30-\ufe6f\uff00-\uffef"  # ligatures, vertical, small, full width
    "\U0001d400-\U0001d7ff\U0001f100-\U0001f2ff\U0002f800-\U0002fa1f"
)

_is_folded = re.compile(f"[{_FOLDED}]").match
_is_dropped = re.compile(f"[{DROPPED}]").match
_find_dropped = re.compile(f"[{DROPPED}]").search


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text that remembers where it came from."""

    text: str
    origins: Sequence[int]  # code point of the folded text -> code point of the original

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the original that made the non-empty `text[start:end]`."""
        return self.origins[start], self.origins[end - 1] + 1


def simplified_pairs() -> str:
    """Return traditional and simplified characters by turns."""
    return Path(__file__).with_name("simplified.txt").read_text("utf-8").replace("\n", "")


@functools.cache
def _simplified() -> dict[str, str]:
    """Return traditional -> simplified, read once."""
    pairs = simplified_pairs()
    return dict(zip(pairs[::2], pairs[1::2], strict=True))


def _fold_one(character: str) -> str:
    """Return what one code point becomes: nothing, itself, or several code points."""
    if _is_dropped(character):
        return ""
    if not _is_folded(character):
        return character
    simplified = _simplified()
    normal = unicodedata.normalize("NFKC", character)
    lower = "".join(simplified.get(part, part) for part in normal).lower()
    return "".join(part for part in lower if not _is_dropped(part))


class _FoldTable(dict[int, str]):
    """A table for `str.translate` that fills itself: each code point is folded once."""

    def __missing__(self, code_point: int) -> str:
        folded = self[code_point] = _fold_one(chr(code_point))
        return folded


_TABLE = _FoldTable()


def fold_text(text: str) -> str:
    """Return the folded text alone: same as `fold(text).text`, without the origins."""
    return text.translate(_TABLE)


def fold(text: str) -> Folded:
    """Return the folded text and, for each of its code points, where it came from."""
    folded = text.translate(_TABLE)
    if len(folded) == len(text) and not _find_dropped(text):
        return Folded(folded, range(len(text)))  # one for one
    origins = [at for at, character in enumerate(text) for _ in range(len(_TABLE[ord(character)]))]
    return Folded(folded, origins)
