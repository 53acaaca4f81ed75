"""Days in a text: 2026-05-18, 2026年5月18日, 20260518, 二〇二六年五月十八日 are all one."""

import datetime
import re
from collections.abc import Iterator

from builder.text.folding import fold_text

_NUMERALS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_PARTED = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})(?:\s*[-/._]\s*([0-9]{1,2})\s*[-/._]\s*([0-9]{1,2})(?![0-9])"
    r"|\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*[日号])"
)
_JOINED = re.compile(
    r"(?<![0-9a-z.])((?:19|20)[0-9]{2})(0[1-9]|1[0-2])([0-3][0-9])(?:t[0-9]{4,6}z?)?(?![0-9a-z])"
)
_CHINESE = re.compile(
    "([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]"
)


def days_in(text: str) -> Iterator[datetime.date]:
    """Yield the days that a text names to the day."""
    folded = fold_text(text)
    for pattern in (_PARTED, _JOINED):
        for match in pattern.finditer(folded):
            yield from _day(*(int(part) for part in match.groups() if part))
    for match in _CHINESE.finditer(folded):
        yield from _day(int(match[1].translate(_NUMERALS)), _small(match[2]), _small(match[3]))


def _small(numeral: str) -> int:
    """Return the value of a Chinese numeral up to 39."""
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return int(numeral.translate(_NUMERALS)) if len(numeral) == 1 else 0
    return 10 * (int((tens or "一")[-1].translate(_NUMERALS))) + int(
        ones.translate(_NUMERALS) or "0"
    )


def _day(year: int, month: int, day: int) -> Iterator[datetime.date]:
    try:
        yield datetime.date(year, month, day)
    except ValueError:
        return
