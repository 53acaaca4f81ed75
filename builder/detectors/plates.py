"""Find number plates of vehicles, also spaced, masked or in Chinese numerals."""

import re
from collections.abc import Iterator

from builder.detectors.disguises import CHINESE_NUMERALS, plain_digits
from builder.detectors.span import Span

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_CHARACTER = f"[0-9A-Za-z*{CHINESE_NUMERALS}]"
_PLATE = re.compile(
    rf"[{_PROVINCES}][ ·.-]{{0,2}}[A-HJ-Za-hj-z][ ·.-]{{0,3}}"
    rf"(?P<body>{_CHARACTER}{{4,7}}[学挂警港澳]?"
    rf"|[A-HJKa-hjk][ ·.-]{_CHARACTER}{{5}}"
    rf"|{_CHARACTER}(?:[ ·.-]{_CHARACTER}){{4,5}})(?![0-9A-Za-z*])"
)
_BODY = re.compile(
    r"(?:[A-HJ-NP-Z0-9]{5}|[A-HJ-NP-Z0-9]{4}[学挂警港澳]"
    r"|[A-HJK][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[A-HJK])\Z"
)
_MASKED_BODY = re.compile(r"(?=.*\*\*)(?=.*[0-9A-Z].*[0-9A-Z])[A-HJ-NP-Z0-9*]{5,6}\Z")


def find_plates(text: str) -> Iterator[Span]:
    """Yield the number plates in a folded text."""
    for match in _PLATE.finditer(text):
        body = re.sub("[ ·.-]", "", plain_digits(match.group("body"))).upper()
        figures = sum(character.isdigit() for character in body)
        if (figures >= 2 and _BODY.match(body)) or _MASKED_BODY.match(body):
            yield Span("plate", *match.span())
