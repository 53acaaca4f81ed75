"""Read amounts of money as people write them: 3,000元, 1.2万元, 三千五百元, 叁仟元整.

Only what is written is read. An amount that is loose (三千多元, 约3000元, 几百块) or can be
read in two ways (一万二) gives nothing, so that nobody works with a guess.
"""

import re
from decimal import Decimal
from typing import Final

from builder.text.folding import fold_text

_UNITS: Final = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_DIGITS: Final = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
# Other ways to write the same, after folding: 〇 两, capitals as on receipts.
_PLAIN: Final = str.maketrans("〇两壹贰叁肆伍陆柒捌玖拾佰仟圆块", "零二一二三四五六七八九十百千元元")
_MOST: Final = Decimal(10) ** 10

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_CHINESE = "[零一二三四五六七八九十百千万亿]"
_AMOUNT = re.compile(
    f"(¥ *)?(?:({_NUMBER}(?: *[百千万亿](?:{_NUMBER} *[百千])*)?)|({_CHINESE}+))"
    f"( *元)?(?:([0-9一二三四五六七八九])角)?(?:([0-9一二三四五六七八九])分)?"
)
_NUMBER_AND_UNIT = re.compile(f"({_NUMBER}) *([百千万亿]?)")
_LOOSE_BEFORE = re.compile(r"(?:约|大概|大约|近|将近|超过|超|不到|不足|上|数|几|第|[\d.])\s*$")
_LOOSE_AFTER = re.compile(r"^\s*(?:多|余|来|几|左右|上下|以上|以下|以内|出头|[\d,.]*\d|[十百千万亿])")


def read_amounts(text: str) -> list[Decimal]:
    """Return the amounts in yuan that the text states, in order, repeats included.

    An amount has 元, 块 or 圆 after it or ¥ before it.
    """
    plain = fold_text(text).translate(_PLAIN)
    found = []
    for match in _AMOUNT.finditer(plain):
        sign, number, chinese, yuan, jiao, fen = match.groups()
        if not (sign or yuan) or _is_loose(plain, match):
            continue
        whole = _read_number(number) if number else _read_chinese(chinese)
        if whole is None:
            continue
        small = Decimal(_digit(jiao)) / 10 + Decimal(_digit(fen)) / 100
        amount = _as_money(whole + small)
        if amount is not None:
            found.append(amount)
    return found


def read_bare_amount(text: str) -> Decimal | None:
    """Return the amount of a field that asks for one: 元 may be missing there."""
    amounts = read_amounts(text)
    if amounts:
        return amounts[0]
    plain = fold_text(text).strip().removeprefix("人民币").removeprefix("rmb").strip()
    if not re.fullmatch(_NUMBER, plain):
        return None
    return _as_money(Decimal(plain.replace(",", "")))


def _is_loose(text: str, match: re.Match[str]) -> bool:
    """Return whether words around an amount say that it is not exact."""
    around = (text[max(match.start() - 4, 0) : match.start()], text[match.end() :])
    return bool(_LOOSE_BEFORE.search(around[0]) or _LOOSE_AFTER.search(around[1]))


def _as_money(value: Decimal) -> Decimal | None:
    """Return a positive amount with no or two decimals, None for what is no money."""
    if not 0 < value < _MOST or value != round(value, 2):
        return None
    return value.quantize(Decimal(1)) if value == int(value) else value.quantize(Decimal("0.01"))


def _digit(written: str | None) -> int:
    """Return a digit written either way; nothing written is 0."""
    if not written:
        return 0
    return _DIGITS[written] if written in _DIGITS else int(written)


def _read_number(written: str) -> Decimal | None:
    """Return 3,000 or 1.2万 or 1万2千; None where the units do not fall."""
    total, last_unit = Decimal(0), None
    for number, name in _NUMBER_AND_UNIT.findall(written):
        unit = _UNITS.get(name, 1)
        if last_unit is not None and unit >= last_unit:
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
            total, rest = (total + value) * 1 + value * (_UNITS[name] - 1), after
    if rest:
        value = _read_section(rest)
        if value is None or (total and _starts_bare(rest)):
            return None
        total += value
    return Decimal(total)


def _starts_bare(section: str) -> bool:
    """Return whether a last section is one lone digit: 一万二 is 12,000 to one, 10,002 to another."""
    return len(section) == 1


def _read_section(section: str) -> int | None:
    """Return the value of up to four digits with their units: 三千零五十."""
    total, digit, last_unit, after_zero = 0, None, 10**4, False
    for at, character in enumerate(section):
        if character == "零":
            if digit is not None:
                return None
            after_zero = True
        elif character in _DIGITS:
            if digit is not None:
                return None
            digit = _DIGITS[character]
        else:
            unit = _UNITS.get(character, 0)
            if unit == 10 and at == 0 and digit is None:
                digit = 1  # 十五
            if digit is None or not 0 < unit < last_unit:
                return None
            total, digit, last_unit, after_zero = total + digit * unit, None, unit, False
    if digit is not None:
        if total and last_unit > 10 and not after_zero:
            return None  # 三百五
        total += digit
    return total
