"""Find dates to the day in prose: with a place and an amount they point to one event."""

import re
from collections.abc import Iterator

from builder.detectors.span import Span

_YEAR = "[0-9〇零○一二三四五六七八九]{4}"
_DAY = re.compile(
    "月[ ]?(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]|二十"
    "|[一二三四五六七八九十])[ ]?[日号]"
    "(?![楼线店门院令])"
)
_MONTH_BEFORE = re.compile(
    rf"(?:{_YEAR}[ ]?年[ ]?|[今去前当同次]年[ ]?)?"
    r"(?:(?<![0-9.])(?:1[0-2]|0?[1-9])|(?<![一二三四五六七八九十])(?:十[一二]"
    r"|[一二三四五六七八九十]))[ ]?\Z"
)
_BY_NUMBERS = re.compile(
    r"(?:19|20)[0-9]{2}(?P<joint>[-./])(?:1[0-2]|0?[1-9])(?P=joint)"
    r"(?:3[01]|[12][0-9]|0?[1-9])(?![0-9A-Za-z]|[-.][0-9])"
)
# A date of a law: its life follows it, or it stands in brackets after the title.
_LAW_FOLLOWS = re.compile(
    r"[ ]?(?:(?:正式|开始)?(?:施行|实施|公布|发布|颁布|修订|修正|通过|生效|废止|印发|执行"
    r"|起施行|失效)"
    r"|起[^。；;\n]{0,14}?(?:施行|实施|生效|执行|废止|失效)|起[，,]?[^。；;\n]{0,6}《"
    r"|(?:经|由)?(?:第[^。，]{1,5}届)?(?:全国人民|国家市场|国务院|最高人民|国家工商|原国家)"
    r"|[（(]?(?:国际)?消费者权益(?:保护)?日)"
)
_TITLE_BEFORE = re.compile(r"》[ ]?[（(〔][^）)〕\n]{0,60}\Z")


def find_dates(text: str) -> Iterator[Span]:
    """Yield the dates to the day in a folded text, except those of laws and the 3月15日 feast."""
    for match in _DAY.finditer(text):
        month = _MONTH_BEFORE.search(text, max(0, match.start() - 12), match.start())
        if month and not _is_of_law(text, month.start(), match.end()):
            yield Span("day-date", month.start(), match.end())
    for match in _BY_NUMBERS.finditer(text):
        before = text[match.start() - 1 : match.start()]
        joined = before.isascii() and (before.isalnum() or before in (".", "-"))
        if not joined and not _is_of_law(text, *match.span()):
            yield Span("day-date", *match.span())


def _is_of_law(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 64) : start]
    return bool(_LAW_FOLLOWS.match(text, end) or _TITLE_BEFORE.search(before))
