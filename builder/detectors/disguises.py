"""Fold disguised writing to plain writing, character for character.

Every replacement is one character for one character, and what is invisible is left
out; so a place in the folded text always leads back to a place in the original.
"""

import re
import unicodedata
from dataclasses import dataclass

# Drawn over, under or between other characters, or not at all: never part of an identifier.
_UNSEEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u0300-\u036f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20f0\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d\uff5e\u301c"
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_DOTS = "\u2022\u2027\u2219\u22c5\u30fb\uff65"
_FULL_WIDTH = "\uff03\uff0a\uff0b\uff0e-\uff19\uff20-\uff3a\uff3f\uff41-\uff5a"
# Circled, bracketed, superscript, mathematical and foreign forms of digits and letters.
_FANCY = (
    "\u00b2\u00b3\u00b9\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u2070-\u209c\u2460-\u24ff"
    "\u2776-\u2793\u3220-\u3228\u3280-\u3288\U0001d400-\U0001d7ff\U0001f100-\U0001f169"
    "\U0001fbf0-\U0001fbf9"
)
_LOOKALIKES = dict(zip("ОоΟοІіΙ", "OoOoIiI", strict=True))
_BRACKETED = {chr(0x3220 + n): "一二三四五六七八九"[n] for n in range(9)}
# Traditional writing of the words that announce an identifier, and of frequent surnames.
_TRADITIONAL = dict(
    zip(
        "電話號碼機帳戶賬訂單運遞證護照車駛聯繫係負責經營費業當師傅體統財產遼魯蘇鄂貴雲粵陝寧張"
        "陳劉楊趙黃吳孫馬"
        "羅鄭許鄧馮蕭葉閻鍾盧陸賈韋鄒蔣譚龍賴龐顏倪莊聶齊嚴錢湯萬溫歐陽諸葛東棟樓組華國軍偉麗"
        "紅剛強飛鳳蘭",
        "电话号码机帐户账订单运递证护照车驶联系系负责经营费业当师傅体统财产辽鲁苏鄂贵云粤陕宁张"
        "陈刘杨赵黄吴孙马"
        "罗郑许邓冯萧叶阎钟卢陆贾韦邹蒋谭龙赖庞颜倪庄聂齐严钱汤万温欧阳诸葛东栋楼组华国军伟丽"
        "红刚强飞凤兰",
        strict=True,
    )
)

_REPLACED = (
    dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_DOTS, "·")
    | dict.fromkeys("⁎∗✱✳﹡", "*")
    | _LOOKALIKES
    | _BRACKETED
    | {old: new for old, new in _TRADITIONAL.items() if old != new}
)
_REPLACEABLE = re.escape("".join(_REPLACED)) + _SPACES + _FULL_WIDTH + _FANCY
_DISGUISED = re.compile(f"[{_UNSEEN}{_REPLACEABLE}]")
_INVISIBLE = re.compile(f"[{_UNSEEN}]+")
_FOREIGN_FORM = re.compile(f"[{_REPLACEABLE}]")
_SPACE = re.compile(f"[{_SPACES}]")

CHINESE_NUMERALS = "〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖貳參陸幺弌弍弎两俩洞拐勾"
_NUMERAL_VALUES = "000123456789123456789236112322079"
_NUMERALS = str.maketrans(CHINESE_NUMERALS, _NUMERAL_VALUES)
_LETTERS_FOR_DIGITS = str.maketrans("OolIi", "00111")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in plain writing."""

    text: str
    offsets: list[int] | None  # place in the original of each character; None = the same place

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the places in the original text of `text[start:end]`, which is not empty."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1


def fold(text: str) -> Folded:
    """Return the text with disguised characters in plain writing.

    Full-width, circled and fancy digits and letters become ASCII; dashes, dots and
    spaces become one form each; invisible characters are left out. Chinese numerals
    stay (see `plain_digits`): in prose they are words.
    """
    if not _DISGUISED.search(text):
        return Folded(text, None)
    offsets: list[int] | None = None
    if _INVISIBLE.search(text):
        offsets = []
        kept = []
        place = 0
        for gap in _INVISIBLE.finditer(text):
            kept.append(text[place : gap.start()])
            offsets.extend(range(place, gap.start()))
            place = gap.end()
        kept.append(text[place:])
        offsets.extend(range(place, len(text)))
        text = "".join(kept)
    return Folded(_FOREIGN_FORM.sub(_plain, text), offsets)


def plain_digits(text: str) -> str:
    """Return the text with each Chinese numeral written as a digit."""
    return text.translate(_NUMERALS)


def letters_to_digits(text: str) -> str:
    """Return the text with the letters that pass for 0 and 1 written as digits."""
    return text.translate(_LETTERS_FOR_DIGITS)


def _plain(match: re.Match[str]) -> str:
    character = match.group()
    if character in _REPLACED:
        return _REPLACED[character]
    if _SPACE.match(character):
        return " "
    value = unicodedata.digit(character, None)
    if value is not None:
        return str(value)
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character
