"""Find what would tell who is meant: numbers, accounts, addresses, names of persons and businesses.

`detect` reads one text. What to do with a finding is decided elsewhere
(`builder/checks/privacy.py`); nothing here keeps or prints what was found.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from builder.detectors.accounts import find_accounts, find_emails, find_links
from builder.detectors.addresses import find_addresses
from builder.detectors.businesses import find_businesses
from builder.detectors.dates import find_dates
from builder.detectors.disguises import fold
from builder.detectors.names import find_names
from builder.detectors.numbers import find_numbers
from builder.detectors.plates import find_plates
from builder.detectors.span import Span


@dataclass(frozen=True, slots=True)
class Kind:
    """What a finding is called, and what to do about it."""

    label: str
    blocking: bool  # keeps a text from leaving the office; otherwise it warns
    remedy: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that tells who is meant."""

    kind: str  # a key of KINDS
    start: int  # in the text as given, end exclusive
    end: int
    excerpt: str  # masked: too little to restore what was found


# The order settles overlaps: the kind named first wins.
KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "email": Kind("电子邮箱", True, "请删去邮箱地址。"),
        "id-card": Kind("身份证号码", True, "请删去号码；需要时写“某消费者”。"),
        "credit-code": Kind("统一社会信用代码", True, "请删去代码；写“某公司”“某个体工商户”即可。"),
        "vin": Kind("车架号", True, "请删去车架号；写车辆类型即可。"),
        "mobile": Kind("手机号码", True, "请删去号码（中间打星号的也要删）。"),
        "courier-number": Kind("快递单号", True, "请删去单号；写“快递单”即可。"),
        "order-number": Kind("订单号", True, "请删去订单号；写“该笔订单”即可。"),
        "device-number": Kind("设备串号", True, "请删去串号；写设备类型即可。"),
        "certificate-number": Kind(
            "证照、合同或票据编号", True, "请删去编号；写证照或票据的名称即可。"
        ),
        "bank-card": Kind("银行卡号或账号", True, "请删去卡号，尾号也不要留。"),
        "ticket-number": Kind("工单或投诉编号", True, "请删去编号；案例用本库编号。"),
        "landline": Kind("固定电话", True, "请删去号码；公开的服务热线（如 12315）可以保留。"),
        "foreign-phone": Kind("境外电话号码", True, "请删去号码。"),
        "hotline": Kind("400 或 800 电话", True, "请删去号码；写“商家客服电话”即可。"),
        "passport": Kind("护照或通行证号码", True, "请删去号码；写证件名称即可。"),
        "plate": Kind("车牌号码", True, "请删去车牌；写“一辆小客车”即可。"),
        "account": Kind("网络账号或昵称", True, "请删去账号、昵称；写“微信账号”等名称即可。"),
        "url-with-query": Kind(
            "带参数的网址", True, "请删去网址；确需保留的，删去问号及其后内容。"
        ),
        "address": Kind("详细地址", True, "请写到区县为止，如“某区一小区”。"),
        "person-name": Kind("人名", True, "请改为姓加“女士”“先生”或“某”，如“李女士”“李某”。"),
        "business-name": Kind("经营者名称或字号", True, "请改为“某公司”“某健身馆”等。"),
        "url": Kind("网址", False, "请确认不是当事商家或个人的页面；不必要的请删去。"),
        "day-date": Kind("具体日期", False, "对外的案例请写到月份，如“2026年3月”。"),
    }
)
_RANKS = {kind: rank for rank, kind in enumerate(KINDS)}

_FINDERS: tuple[Callable[[str], Iterator[Span]], ...] = (
    find_numbers,
    find_plates,
    find_emails,
    find_links,
    find_accounts,
    find_addresses,
    find_names,
    find_businesses,
    find_dates,
)
_LONGEST_MASK = 8


def detect(text: str) -> list[Finding]:
    """Return what in the text tells who is meant, by place and without overlaps.

    Disguised writing counts too: full-width or circled digits, spaces, hyphens or dots
    between them, Chinese numerals, invisible characters, O and l for 0 and 1. The time
    is proportional to the length; every text is accepted.
    """
    if not text:
        return []
    folded = fold(text)
    spans = [span for find in _FINDERS for span in find(folded.text)]
    findings = []
    for kind, start, end in _without_overlaps(spans):
        start, end = folded.original(start, end)
        findings.append(Finding(kind, start, end, _masked(kind, text[start:end])))
    return findings


def _without_overlaps(spans: list[Span]) -> list[Span]:
    """Return the spans by place; of overlapping ones the more specific, or both as one."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, _RANKS[span.kind], -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
        elif span.kind == kept[-1].kind:
            kept[-1] = Span(span.kind, kept[-1].start, max(span.end, kept[-1].end))
        elif _RANKS[span.kind] < _RANKS[kept[-1].kind]:
            kept[-1] = span
    return kept


def _masked(kind: str, found: str) -> str:
    """Return the first and, of eight characters or more, the last one; the rest as stars."""
    stars = "*" * max(1, min(len(found) - 1, _LONGEST_MASK))
    if len(found) == 1:
        return stars
    if len(found) < 8 or kind == "person-name":
        return found[0] + stars
    return found[0] + stars[1:] + found[-1]
