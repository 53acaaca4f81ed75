"""Read amounts of money as people write them: 3,000元, 1.2万元, 三千五百元, 叁仟元整.

Only what is written is read. An amount that is loose (三千多元, 约3000元, 几十块) or can be
read in two ways (一万二) gives nothing, so that nobody works with a guess.
"""

import re
from decimal import Decimal
from typing import Final

from builder.text.folding import fold_text

_DIGITS: Final = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_UNITS: Final = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
# After folding: other ways to write the same, among them the capitals of receipts.
_SAME: Final = str.maketrans("〇两壹贰叁肆伍陆柒捌玖拾佰仟圆", "零二一二三四五六七八九十百千元")
_BOUND: Final = 10**10  # yuan; no dispute at a counter is about as much

_NUMBER = "(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:[.][0-9]+)?"
_UNIT = "[百千万亿]"
_ARABIC = f"(?:{_NUMBER} *{_UNIT} *)+(?:{_NUMBER})?|{_NUMBER}"
_CHINESE = "[零一二三四五六七八九十百千万亿]+"
# 块 also counts tiles and watches: it is money only where no such thing can follow.
_YUAN = "(?:元|块(?:钱|(?=[ \n,.;:、。!?)])|$))"
_SMALL = "([0-9一二三四五六七八九])"
_AMOUNT = re.compile(
    f"(¥ *)?(?:({_ARABIC})|({_CHINESE}))( *{_YUAN}(?:{_SMALL}角)?(?:{_SMALL}分)?)?"
)
_STEP = re.compile(f"({_NUMBER}) *({_UNIT}?)")
# What stands right before or after an amount that is not exact, or not a whole amount.
_LOOSE_BEFORE = re.compile(
    "(?:约|大概|将近|(?:^|[^最附])近|超过?|不足|不到|[几数十百千万亿]|[0-9][,.、]?) *$"
)
_LOOSE_AFTER = re.compile(" *(?:左右|上下|以上|以下|以内|出头|多(?:钱|[ \n]*(?:[,.;、。!?]|$)))")
_CUT_SHORT = re.compile("[,.、]?[0-9]|[多余几来]")  # ¥3,0000 or ¥3000多


def read_amounts(text: str) -> list[Decimal]:
    """Return the amounts in yuan that the text states, in order, repeats included.

    An amount has 元, 圆 or 块 after it, or ¥ before it.
    """
    # A full-width comma never parts thousands: 2，500元 may be two things.
    plain = fold_text(text.replace("，", "、")).translate(_SAME)
    found = []
    for match in _AMOUNT.finditer(plain):
        sign, arabic, chinese, yuan, jiao, fen = match.groups()
        before = plain[max(match.start() - 4, 0) : match.start()]
        if not (sign or yuan) or _LOOSE_BEFORE.search(before):
            continue
        if _LOOSE_AFTER.match(plain, match.end()):
            continue
        if not yuan and _CUT_SHORT.match(plain, match.end()):
            continue
        whole = _read_arabic(arabic) if arabic else _read_chinese(chinese)
        if whole is not None:
            small = Decimal(_digit(jiao)) / 10 + Decimal(_digit(fen)) / 100
            found += _as_money(whole + small)
    return found


def read_amount_field(text: str) -> Decimal | None:
    """Return the first amount in a field that asks for one: 元 may be missing there."""
    plain = fold_text(text).strip()
    number = plain.removeprefix("人民币").removeprefix("rmb").strip()
    if re.fullmatch(_NUMBER, number):
        amounts = _as_money(Decimal(number.replace(",", "")))
    else:
        amounts = read_amounts(text)
    return amounts[0] if amounts else None


def _as_money(value: Decimal) -> list[Decimal]:
    """Return a positive amount with no or two decimals; nothing for what is no money."""
    if not 0 < value < _BOUND or value != round(value, 2):
        return []
    return [round(value) * Decimal(1) if value == int(value) else round(value, 2)]


def _digit(written: str | None) -> int:
    """Return one digit of either kind; nothing written is 0."""
    if written is None:
        return 0
    return _DIGITS[written] if written in _DIGITS else int(written)


def _read_arabic(written: str) -> Decimal | None:
    """Return 3,000 or 1.2万 or 1万2千; None where the units do not fall, or for 1万2."""
    total, last_unit = Decimal(0), _BOUND
    for number, name in _STEP.findall(written):
        unit = _UNITS.get(name, 1)
        if unit >= last_unit or (total and unit == 1 and len(number) == 1):
            return None
        total += Decimal(number.replace(",", "")) * unit
        last_unit = unit
    return total


def _read_chinese(written: str) -> Decimal | None:
    """Return 三千五百 as a number; None for what can be read in two ways."""
    total, rest = 0, written
    for name in ("亿", "万"):
        section, found, after = rest.partition(name)
        if found:
            value = _read_section(section)
            if not value:
                return None
            total, rest = total + value * _UNITS[name], after
    value = _read_section(rest)
    if value is None or (total and len(rest) == 1):  # 一万二
        return None
    return Decimal(total + value)


def _read_section(section: str) -> int | None:
    """Return the value of up to four digits with their units: 三千零五十."""
    total, last_unit = 0, 10**4
    digit: int | None = None
    for at, character in enumerate(section):
        if character in _DIGITS:
            if digit:
                return None  # 二三千
            digit = _DIGITS[character]
            continue
        unit = _UNITS[character]
        if at == 0 and unit == 10:
            digit = 1  # 十五
        if not digit or unit >= last_unit:
            return None
        total, last_unit, digit = total + digit * unit, unit, None
    if digit and last_unit in (100, 1000) and section[-2] != "零":
        return None  # 三百五
    return total + (digit or 0)
