"""Neutral words for what tells who is meant, so that the sentence around it can stay.

Nothing is kept of what was there but what accepted practice leaves: a surname, the kind of
business, the market or street. A rewritten text is looked at again before it is proposed.
"""

import re
from typing import Final

from builder.detectors.detect import KINDS, Finding, detect
from builder.detectors.surnames import COMPOUND_SURNAMES
from builder.intake.scrubbing import IN_WORDS, LEFT_OUT, coarse_place

_ROUNDS: Final = 4  # what is put in could make something of what stands beside it
_TITLES: Final = ("女士", "先生", "小姐", "太太", "同志", "老师", "师傅", "经理", "老板", "店长")
_BUSINESSES: Final = (
    "健身", "美容", "美发", "理发", "餐饮", "汽车", "装饰", "装修", "家电", "家具", "服装",
    "教育", "培训", "摄影", "宠物", "旅游", "物业", "洗衣", "医疗", "口腔", "眼镜", "珠宝",
)  # fmt: skip
_ENDINGS: Final = (
    "公司", "旗舰店", "专卖店", "专营店", "饭店", "酒店", "超市", "商场", "学校", "医院",
    "诊所", "幼儿园", "俱乐部", "工作室", "经营部", "商行", "合作社", "事务所", "门店", "店",
    "馆", "会所", "中心", "厂",
)  # fmt: skip
_QUOTES: Final = {"“": "”", '"': '"', "「": "」", "『": "』"}
_SOMEWHERE: Final = "某处"
_REPEATED = re.compile(f"(?:{_SOMEWHERE}){{2,}}")
_LEAD = re.compile("[^是为叫系]{0,4}[是为叫系]做?")  # prose that was taken for a part of a name
_YEAR_FIRST = re.compile(r"((?:19|20)\d{2})[-./](\d{1,2})[-./]\d{1,2}")
_DAY = re.compile(r"(月)[ ]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[ ]?[日号]")


def neutral(text: str, leaves: bool) -> str | None:
    """Return a text with neutral words for every finding; None where none can be found.

    A text without findings comes back as it is.

    Args:
        leaves: the text may leave the office, so that days become months as well.
    """
    for _ in range(_ROUNDS):
        findings = findings_in(text, leaves)
        if not findings:
            return text
        for finding in reversed(findings):
            start, end, words = words_for(text, finding)
            text = text[:start] + words + text[end:]
        text = _REPEATED.sub(_SOMEWHERE, text)  # an address in two parts
    return None


def findings_in(text: str, leaves: bool) -> list[Finding]:
    """Return the findings that have to go: the grave ones, and all where a text leaves."""
    return [one for one in detect(text) if leaves or KINDS[one.kind].blocking]


def words_for(text: str, finding: Finding) -> tuple[int, int, str]:
    """Return what to put in the place of a finding: start, end, words."""
    start, end = finding.start, finding.end
    found = text[start:end]
    if finding.kind == "person-name":
        return start, end, _person(found, text[end : end + 2])
    if finding.kind == "business-name":
        before, after = text[max(0, start - 1) : start], text[end : end + 1]
        if _QUOTES.get(before) == after and after:
            # “星光”健身馆 -> 某健身馆
            return start - 1, end + 1, "某"
        return start, end, _business(found)
    if finding.kind == "address":
        return start, end, coarse_place(found, is_area=False) or _SOMEWHERE
    if finding.kind == "day-date":
        return start, end, _month(found)
    return start, end, IN_WORDS.get(finding.kind, LEFT_OUT)


def _person(found: str, after: str) -> str:
    """Return surname and 某; the surname alone before 女士 and the like."""
    if not re.match("[\u4e00-\u9fff]", found) or "·" in found:
        return "某人"
    surname = found[:2] if found[:2] in COMPOUND_SURNAMES else found[:1]
    return surname if after in _TITLES else f"{surname}某"


def _business(found: str) -> str:
    """Return 某, the trade where the name says it, and what sort of business it is."""
    trade = next((word for word in _BUSINESSES if word in found), "")
    ending = next((word for word in _ENDINGS if found.endswith(word)), "")
    lead = _LEAD.match(found)
    return f"{lead.group() if lead else ''}某{trade}{ending or '商家'}"


def _month(found: str) -> str:
    """Return a date to the day as its month."""
    found = _YEAR_FIRST.sub(lambda one: f"{one[1]}年{int(one[2])}月", found)
    return _DAY.sub(r"\1", found)
