"""Find addresses from the house number down, and homes named after words such as 家住."""

import re
from collections.abc import Iterator

from builder.detectors.span import Span

_HAN = "\u4e00-\u9fff"
_NUMBER = "(?:[0-9]{1,5}|[〇零一二三四五六七八九十百]{1,6})"
# Each pattern below is tried only where one of these cheap ones is found.
_NUMBERED = re.compile(
    "[0-9A-Za-z一二三四五六七八九十百甲乙东西南北][ ]?(?:[号室栋幢座弄组社队户房铺#]|单元)"
)
_HYPHENED = re.compile("[0-9][-/#][0-9]")
_PRECISE = re.compile(r"\.[0-9]{4}")

_STREET = re.compile(
    "(?P<road>[路街巷弄]|大道|胡同|[东西南北中]段|[东西南北]环|新村)[ ]?(?:[东西南北中]段)?[ ]?"
    rf"[甲乙丙附第]?{_NUMBER}(?:[-之]{_NUMBER})?[ ]?(?:号(?![线令文门]|公告|决定|通知)|弄|#)"
    rf"(?:院|楼|附{_NUMBER}号)?"
)
_NO_STREET = re.compile(
    "(?:[线铁电思套门销后一网来退出公水陆走顺迷全沿道]路|[一条该本同某×*X][路街巷段弄]|某大道"
    "|街头)\\Z"
)
_HOUSE = re.compile(
    rf"(?:{_NUMBER}|[A-Za-z甲乙丙丁东西])[ ]?(?:号楼|栋|幢|座|#楼?)[ ]?(?:{_NUMBER}"
    rf"|[A-Za-z甲乙东西])"
    rf"[ ]?单元(?:[ ]?(?:{_NUMBER}[层楼][ ]?)?{_NUMBER}[ ]?[室号户房])?"
    rf"|{_NUMBER}[ ]?单元[ ]?(?:{_NUMBER}[ ]?[层楼][ ]?)?{_NUMBER}[ ]?[室号户房]"
    rf"|(?:{_NUMBER}|[A-Za-z])[ ]?(?:号楼|栋|幢|座|#楼?)[ ]?(?:{_NUMBER}[ ]?[层楼][ ]?)?"
    rf"[A-Za-z]?{_NUMBER}[ ]?[室号户房](?!型|线|电梯|门|窗|机|楼梯)"
    r"|(?:[0-9]{1,3}|[A-Za-z])[ ]?[栋幢座][ ]?[0-9]{3,4}(?![0-9.元年个万])"
)
_ESTATE_NUMBER = re.compile(
    "(?:小区|花园|家园|公寓|[苑园城府湾庭里郡]|新村|家属院|大院|大厦|广场|国际|中心)[ ]?[A-Za-z]?"
    "[0-9]{1,3}[-#/][0-9]{1,2}[-/][0-9]{2,4}(?:[-/][0-9]{1,4})?(?![-/0-9])"
    "|(?:小区|花园|家园|公寓|新村|家属院|[苑庭])[ ]?[0-9]{1,3}[-#][0-9]{3,4}(?![-0-9])"
)
_VILLAGE = re.compile(
    rf"(?:村|社区|屯|寨)[ ]?第?{_NUMBER}[ ]?(?:村民)?小?(?:组|社|队)(?!织)(?:[ ]?{_NUMBER}号)?"
)
_STALL = re.compile(
    rf"(?:市场|商场|广场|商城|大厦|步行街|中心)[{_HAN}A-Z]{{0,4}}?(?:{_NUMBER}[排层楼区街][ ]?)?"
    rf"[A-Z]?{_NUMBER}(?:-{_NUMBER})?号?(?:商铺|铺面|铺位|摊位|档口|柜台|门面|铺)"
)
_ANONYMOUS = re.compile("[某×*]|[Xx]{2}")
_HOME_WORD = re.compile(
    "(?:(?:现|家|居|租|暂)住(?:地址|址|地|在|于)?|住(?:址|所|在|于)|户籍地?址?|(?:收货|送货"
    "|家庭|经营|详细)地址|地址"
    '|家在|搬[到至])[\\s为是：:“"]{0,3}'
)
_ESTATE = re.compile(
    "小区|花园|家园|新村|公寓|家属[院楼]|苑|宿舍|公馆|华庭|名邸|村(?!民|里|子|庄|镇|委|上|的)"
)
_DIVISION = re.compile("[省市县镇乡旗]|(?<!小)区|街道|办事处|[路街]|自治州")
_UNNAMED_ESTATE = re.compile(
    "[某该本同这那几×*的在内]|[Xx]{2}|(?:附近|隔壁|一[个所家处]|农|乡|山|城中|外地|自己|学校"
    "|单位|员工|单身|青年|人才"
    "|酒店式|出租|租赁|新建|回迁|安置|封闭|高档|普通|另|老旧|职工|学生)\\Z"
)
_HAN_BEFORE = re.compile(f"[{_HAN}A-Za-z0-9]{{1,12}}\\Z")
_PROSE = re.compile(
    "[的在于至到往从向为是与和住：]|位于|家住|居住|住址|地址|经营|开设|租用|前往|来自"
)
_COORDINATES = re.compile(
    r"(?<![0-9.])(?:7[3-9]|[89][0-9]|1[0-3][0-9])\.[0-9]{4,15}[,，、 ]{1,2}[1-5]?[0-9]\.[0-9]{4,15}"
)


def find_addresses(text: str) -> Iterator[Span]:
    """Yield the addresses in a folded text that lead to one house, home or stall."""
    if _NUMBERED.search(text):
        yield from _numbered(text)
    if _HYPHENED.search(text):
        for match in _ESTATE_NUMBER.finditer(text):
            yield Span("address", _start(text, match.start()), match.end())
    if _PRECISE.search(text):
        for match in _COORDINATES.finditer(text):
            yield Span("address", *match.span())
    yield from _homes(text)


def _numbered(text: str) -> Iterator[Span]:
    """Yield the houses, flats, village groups and stalls that have a number."""
    for match in _STREET.finditer(text):
        road_end = match.end("road")
        before = text[max(0, road_end - 14) : road_end]
        if _named(before, match.group("road")) and not _NO_STREET.search(before):
            yield Span("address", _start(text, match.start()), match.end())
    for match in _HOUSE.finditer(text):
        yield Span("address", *match.span())
    for pattern in (_VILLAGE, _STALL):
        for match in pattern.finditer(text):
            start = _start(text, match.start())
            whole = text[start : match.end()]
            named = match.start() > start and not whole.startswith(("本", "该", "全", "各"))
            if named and not _ANONYMOUS.search(whole):
                yield Span("address", start, match.end())


def _homes(text: str) -> Iterator[Span]:
    """Yield the estates and villages named right after a word for home or address."""
    if not any(hint in text for hint in ("住", "地址", "户籍", "家在", "搬")):
        return
    for word in _HOME_WORD.finditer(text):
        place = re.match(f"[{_HAN}A-Za-z0-9·]{{1,30}}", text[word.end() : word.end() + 30])
        estate = _ESTATE.search(place.group()) if place else None
        if place is None or estate is None:
            continue
        name = place.group()[: estate.start()]
        divisions = [division.end() for division in _DIVISION.finditer(name)]
        name = name[divisions[-1] :] if divisions else name
        if 1 <= len(name) <= 10 and not _UNNAMED_ESTATE.search(name):
            end = word.end() + estate.end()
            yield Span("address", end - len(estate.group()) - len(name), end)


def _named(before: str, suffix: str) -> bool:
    """Say whether the road whose last characters are `suffix` has a name, and not 某."""
    name = before[: len(before) - len(suffix)]
    last = _HAN_BEFORE.search(name)
    return bool(last) and not _ANONYMOUS.search(name[-2:])


def _start(text: str, place: int) -> int:
    """Return where the Chinese words that lead up to `place` begin, prose left out."""
    before = _HAN_BEFORE.search(text, max(0, place - 12), place)
    if before is None:
        return place
    start = before.start()
    for stop in _PROSE.finditer(before.group()):
        start = before.start() + stop.end()
    return start
