"""Read what stands after a field's colon: ranges of amounts, dates and years, articles.

Each reader takes folded text and returns None for what it cannot read. No I/O; the twin
in the browser is checked by `tests/golden/query.json`.
"""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

_BETWEEN: Final = re.compile(r"\.{2,}|~|--|至|到")
_BETWEEN_NUMBERS: Final = re.compile(r"\.{2,}|~|-{1,2}|至|到")
_AT_LEAST: Final = re.compile(r"(?:元)?(?:以上|以后|之后|起)$")
_AT_MOST: Final = re.compile(r"(?:元)?(?:以下|以内|以前|之前|止)$")
_DATE: Final = re.compile(r"([0-9]{4})(?:年|[-./年]([0-9]{1,2})(?:月|[-./月]([0-9]{1,2})日?)?)?")
_YEAR: Final = re.compile(r"([0-9]{4})年?")
_ZERO: Final = re.compile(r"0+(?:\.0+)?(?: *元)?")
_AMOUNT: Final = re.compile(
    r"¥?[0-9][0-9,]*(?:\.[0-9]+)?(?:[百千万亿][0-9]*)*(?:元|块)?"
    r"|[零〇一二两三四五六七八九十百千万亿]+(?:元|块)?"
)
_CASE_ID: Final = re.compile(r"([a-z]{2,6})[-‐‑–—−]([0-9]{4})[-‐‑–—−]([0-9]{4,6})")

_NUMBER: Final = r"(?:[0-9]+|[零〇一二两三四五六七八九十百千]+)"
_ARTICLE: Final = re.compile(
    rf"(?P<name>.*?)(?:#|第)?(?:(?P<dotted>[0-9]+(?:-[0-9]+)?(?:\.[0-9]+){{1,2}})"
    rf"|(?P<article>{_NUMBER}(?:-[0-9]+)?)条?(?:之(?P<inserted>{_NUMBER}))?"
    rf"(?:第(?P<paragraph>{_NUMBER})款)?(?:第(?P<item>{_NUMBER})项)?)"
)
_LONGEST_ARTICLE: Final = 60  # characters of a statute's name and an article; the pattern is slow
_DIGITS: Final = {
    **{digit: value for value, digit in enumerate("零一二三四五六七八九")},
    "〇": 0,
    "两": 2,
}
_UNITS: Final = {"十": 10, "百": 100, "千": 1000}


class Range(NamedTuple):
    """Whole numbers from `low` to `high`, both included; None is open."""

    low: int | None
    high: int | None


class Article(NamedTuple):
    """A statute as written, or '', and `article[.paragraph[.item]]`, or ''."""

    statute: str
    article: str


def read_amount_range(text: str) -> Range | None:
    """Return a range in fen for `1000..5000`, `1万..`, `500以下` or one amount."""
    return _read_range(text, _BETWEEN_NUMBERS, _fen, _fen)


def read_date_range(text: str) -> Range | None:
    """Return a range of yyyymmdd for `2026-01..2026-06`, `2026年` or one day.

    A month begins with its day 0: so is a date written of which only the month is known.
    """
    return _read_range(text, _BETWEEN, _first_day, _last_day)


def read_year_range(text: str) -> Range | None:
    """Return a range of years for `2024..`, `2023-2025` or one year."""
    return _read_range(text, _BETWEEN_NUMBERS, _year, _year)


def read_case_id(text: str) -> str | None:
    """Return the case id that the text is, however its letters and dashes are written."""
    match = _CASE_ID.fullmatch(text)
    return "-".join(match.groups()).upper() if match else None


def read_article(text: str) -> Article:
    """Return statute and article of `消法55`, `xiaobaofa#55.1` or `《民法典》第五百条`.

    A text without an article is the name of a statute.
    """
    bare = re.sub(r"[《》\s]", "", text)
    match = _ARTICLE.fullmatch(bare) if len(bare) <= _LONGEST_ARTICLE else None
    if match is None:
        return Article(bare, "")
    if match["dotted"]:
        return Article(match["name"], match["dotted"])
    main, _, suffix = match["article"].partition("-")
    parts = [read_number(main)]
    parts += [read_number(match[name]) for name in ("paragraph", "item") if match[name]]
    inserted = suffix or (match["inserted"] and str(read_number(match["inserted"])))
    if None in parts:
        return Article(bare, "")
    first, *rest = (str(part) for part in parts)
    return Article(match["name"], ".".join([f"{first}-{inserted}" if inserted else first, *rest]))


def read_number(text: str) -> int | None:
    """Return the number that Arabic or Chinese digits write, up to thousands."""
    if text.isascii():
        return int(text) if text.isdigit() else None
    total, digit = 0, 0
    for character in text:
        unit = _UNITS.get(character)
        if unit is None:
            digit = digit * 10 + _DIGITS[character]  # also 一一六五
        else:
            total += (digit or 1) * unit
            digit = 0
    return total + digit


def _read_range(
    text: str,
    between: re.Pattern[str],
    read_low: Callable[[str], int | None],
    read_high: Callable[[str], int | None],
) -> Range | None:
    """Return a range whose ends, or whose one value, the readers can read."""
    text = text.strip()
    for end, is_low in ((_AT_LEAST, True), (_AT_MOST, False)):
        bare, count = end.subn("", text)
        if count:
            value = read_low(bare) if is_low else read_high(bare)
            if value is None:
                return None
            return Range(value, None) if is_low else Range(None, value)
    one_low, one_high = read_low(text), read_high(text)
    if one_low is not None and one_high is not None:
        return Range(one_low, one_high)
    first, *others = between.split(text)
    if len(others) != 1 or not (first.strip() or others[0].strip()):
        return None
    return _between(first.strip(), others[0].strip(), read_low, read_high)


def _between(
    first: str,
    second: str,
    read_low: Callable[[str], int | None],
    read_high: Callable[[str], int | None],
) -> Range | None:
    """Return the range from one end to the other, in either order."""
    low = read_low(first) if first else None
    high = read_high(second) if second else None
    if (first and low is None) or (second and high is None):
        return None
    if low is not None and high is not None and low > high:
        return Range(read_low(second), read_high(first))
    return Range(low, high)


def _fen(text: str) -> int | None:
    if _ZERO.fullmatch(text):
        return 0
    if not _AMOUNT.fullmatch(text):
        return None
    from builder.text.amount import read_amount_field  # slow to import: not for every search

    amount = read_amount_field(text)
    if amount is None:
        amount = read_amount_field(f"{text}元")
    return None if amount is None else int(amount * 100)


def _first_day(text: str) -> int | None:
    return _day(text, 0, 0)


def _last_day(text: str) -> int | None:
    return _day(text, 12, 31)


def _day(text: str, month: int, day: int) -> int | None:
    """Return a date as a number, `month` and `day` standing for what is not written."""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    year, written_month, written_day = match.groups()
    if written_month:
        month = int(written_month)
    if written_day:
        day = int(written_day)
    if (written_month and not 1 <= month <= 12) or (written_day and not 1 <= day <= 31):
        return None
    return int(year) * 10_000 + month * 100 + day


def _year(text: str) -> int | None:
    match = _YEAR.fullmatch(text.strip())
    return int(match[1]) if match else None
