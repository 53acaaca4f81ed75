"""Take out of a ticket's words who is meant: what its columns name, then what detectors find."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from builder.detectors.detect import KINDS, detect

LONGEST: Final = 4000  # characters of a text that is kept
IN_WORDS: Final = {
    "person-name": "某人",
    "business-name": "某商家",
    "address": "某处",
    "account": "（账号略）",
    "email": "（邮箱略）",
    "url-with-query": "（网址略）",
    "url": "（网址略）",
    "plate": "（车牌略）",
}
LEFT_OUT: Final = "（号码略）"
NOTHING: Final[Mapping[str, str]] = {}
_NOBODY = re.compile(
    "商家|商户|店铺|店家|超市|商场|饭店|餐馆|健身房|理发店|美容院|网店|个体户|个体工商户"
    "|消费者|投诉人|本人|市民|匿名|不详|未知|先生|女士"
)
_ROUNDS: Final = 4  # what is put in could make something of what stands beside it

_DIVISION = re.compile(
    r"^.{2,12}?(?:省|自治区)|^.{2,8}?市(?!场)|^.{1,8}?(?:(?<![小社校园市街校片])区|县|旗)"
)
_PLACE = re.compile(
    "[\u4e00-\u9fff]{1,8}?(?:批发市场|农贸市场|建材市场|市场|商场|广场|商城|商圈|步行街|购物中心|商业街)"
    "|[\u4e00-\u9fff]{1,6}?(?:[东西南北中][一二三四五六七八九十]?)?(?:大道|[路街巷])"
    "|[\u4e00-\u9fff]{1,8}?(?:街道|[镇乡])"
)
_LEAD = re.compile("^(?:地址|位于|在|于|[:： ])+")
_AREA = re.compile("[\u4e00-\u9fff]{2,10}")
_UNNAMED = re.compile("[某×*]|附近|旁边|对面|住在|家住")


def without_identifiers(text: str, known: Mapping[str, str] = NOTHING) -> str:
    """Return a text in which nothing tells who is meant.

    Args:
        known: name or number that the ticket's own columns give -> what to put in its place.

    Returns:
        the text with neutral words in their place; '' where it cannot be made clean.
    """
    for name in sorted(known, key=lambda name: (-len(name), name)):
        text = text.replace(name, known[name])
    for _ in range(_ROUNDS):
        findings = [one for one in detect(text) if KINDS[one.kind].blocking or one.kind == "url"]
        if not findings:
            return text
        for one in reversed(findings):
            text = text[: one.start] + IN_WORDS.get(one.kind, LEFT_OUT) + text[one.end :]
    return ""


def is_clean(text: str) -> bool:
    """Return whether nothing in a text tells who is meant."""
    return not any(KINDS[one.kind].blocking for one in detect(text))


def coarse_place(text: str, is_area: bool) -> str | None:
    """Return the market, street or quarter of an address, or None where none is plain.

    Never a door number, an estate or a shop.

    Args:
        is_area: the column asks for a quarter, so that a bare name is one.
    """
    rest = _LEAD.sub("", unicodedata.normalize("NFKC", text).strip())
    if is_area and _AREA.fullmatch(rest):
        return rest if is_clean(rest) else None
    for _ in range(3):
        rest = _DIVISION.sub("", rest, count=1)
    found = [match.group() for match in _PLACE.finditer(rest) if not _UNNAMED.search(match.group())]
    for ending in (
        ("市场", "商场", "广场", "商城", "商圈", "步行街", "中心", "商业街"),
        ("路", "街", "巷", "道"),
    ):
        for place in found:
            if place.endswith(ending) and len(place) > 2 and not place.endswith("街道"):
                return place if is_clean(place) else None
    quarter = next((place for place in found if place.endswith(("街道", "镇", "乡"))), None)
    return quarter if quarter and len(quarter) > 2 and is_clean(quarter) else None


def stand_ins(head: str, value: str) -> dict[str, str]:
    """Return the names in a cell of a column that tells who is meant -> what to put there."""
    business = "被投诉" in head or any(word in head for word in ("商", "企业", "单位", "店"))
    word = "某商家" if business else "某人"
    names = (name.strip() for name in re.split(r"[、,，;；/|\n]+", value))
    return {
        name: LEFT_OUT if any(char.isdigit() for char in name) else word
        for name in names
        if len(name) >= 2 and not _NOBODY.fullmatch(name)
    }
