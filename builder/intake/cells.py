"""Read cells as people and systems write them: days, sums, numbers of people, yes and no.

Only what is written is read: 3月2日 without a year, 02/03/2026, 约一千元 give nothing.
"""

import datetime
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Final

from builder.intake.table import Cell, Unreadable
from builder.text.amount import read_amount_field


def _words(line: str) -> frozenset[str]:
    """Return words that stand in one line for brevity."""
    return frozenset(line.split())


FIRST_YEAR: Final = 2000
_EMPTY: Final = frozenset({"", "-", "--", "—", "——", "/", "\\", "无", "暂无", "空", "n/a", "null"})
_EXCEL_ZERO: Final = datetime.datetime(1899, 12, 30)
_SERIALS: Final = (36526, 73051)  # from 2000 to 2099
_DATE = re.compile(
    r"(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
    r"|年(?P<month2>\d{1,2})月(?P<day2>\d{1,2})[日号]?|(?P<month3>\d\d)(?P<day3>\d\d))"
    r"(?:[T ,]*(?:星期|周)[一二三四五六日天])?"
    r"(?:[T ]*(?P<half>上午|下午|晚上|中午|[AaPp][Mm])?[ ]*"
    r"(?P<hour>\d{1,2})(?:[:时点](?P<minute>\d{1,2})?分?(?::?\d{1,2}(?:\.\d+)?秒?)?"
    r"|(?P<minute2>\d\d)(?:\d\d)?)(?P<half2>[ ]*[AaPp][Mm])?(?:\+08:?00)?)?",
    re.ASCII,
)
_YES: Final = _words("是 有 √ ✓ y yes true 1 对 已见面 见面 已见 简易 简单")
_NO: Final = _words("否 没有 × x n no false 0 不 未见面 未见 没见面 一般 普通 复杂")
_PEOPLE = re.compile(r"共?([0-9]{1,5})(?:个)?(?:人|名|位|户|件)?", re.ASCII)
_HAN_NUMBERS: Final = {han: value for value, han in enumerate("零一二三四五六七八九十")} | {"两": 2}
# Nothing but one sum: 退1200元又赔300元 and 1e5 are not.
_SUM = re.compile(
    "(?:人民币|共)?[¥￥ ]*"
    "[0-9.,零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟 ]+"
    "(?:[元圆块]钱?整?)?(?:.角)?(?:.分)?"
)
_MOST: Final = Decimal(10) ** 10


class CellFault(Exception):
    """A cell that cannot be read; says why, without what is in it."""


def text_of(cell: Cell) -> str:
    """Return a cell as text, full-width characters made plain; '' for what means nothing.

    Raises:
        CellFault: it has no value to take.
    """
    if isinstance(cell, Unreadable):
        raise CellFault(cell.why)
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = unicodedata.normalize("NFKC", str(cell)).strip()
    return "" if text.lower() in _EMPTY else text


def prose_of(cell: Cell) -> str:
    """Return a cell as prose: its own punctuation, no control characters.

    Raises:
        CellFault: it has no value to take.
    """
    if not isinstance(cell, str):
        return text_of(cell)
    lines = cell.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "").strip()
    kept = "".join(char for char in lines if char == "\n" or char.isprintable())
    return "" if kept.lower() in _EMPTY else kept


def moment_of(cell: Cell) -> datetime.date | None:
    """Return a day, or a moment where the cell gives the hour; None for an empty cell.

    A time of midnight is what systems write where no time was known: it gives the day.

    Raises:
        CellFault: it is no day.
    """
    if isinstance(cell, datetime.datetime):
        return _sensible(cell)
    if isinstance(cell, datetime.date):
        return _sensible(datetime.datetime.combine(cell, datetime.time()))
    if isinstance(cell, bool | datetime.time | datetime.timedelta):
        raise CellFault("不是日期")
    if isinstance(cell, int | float):
        return _from_serial(float(cell))
    text = text_of(cell)
    if not text:
        return None
    match = _DATE.fullmatch(text)
    if match:
        return _from_match(match)
    if re.fullmatch(r"[0-9]{5}(?:\.[0-9]+)?", text, re.ASCII):
        return _from_serial(float(text))
    raise CellFault("不是认得出的日期")


def amount_of(cell: Cell, scale: int = 1) -> Decimal | None:
    """Return a sum in yuan with two decimals at most; None for an empty cell.

    Args:
        scale: 10000 where the column's head says 万元.

    Raises:
        CellFault: it is no sum, or not an exact one.
    """
    if isinstance(cell, bool):
        raise CellFault("不是金额")
    if isinstance(cell, int | float):
        return _money(Decimal(repr(cell)) * scale)
    text = text_of(cell)
    if not text:
        return None
    number = text.replace(",", "").removesuffix("元").strip()
    if re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", number, re.ASCII):
        return _money(Decimal(number) * (1 if text.endswith("元") else scale))
    is_sum = _SUM.fullmatch(text.removeprefix("RMB").removeprefix("rmb"))
    found = (read_amount_field(text) or read_amount_field(f"{text}元")) if is_sum else None
    if found is None:
        raise CellFault("不是认得出的金额")
    return found


def people_of(cell: Cell) -> int | None:
    """Return a number of people; None for an empty cell.

    Raises:
        CellFault: it is no number of people.
    """
    text = text_of(cell)
    if not text:
        return None
    match = _PEOPLE.fullmatch(text)
    number = int(match[1]) if match else _HAN_NUMBERS.get(text.rstrip("人名位户"), 0)
    if not number:
        raise CellFault("不是认得出的人数")
    return number


def flag_of(cell: Cell) -> bool | None:
    """Return yes or no; None for an empty cell.

    Raises:
        CellFault: it is neither.
    """
    text = text_of(cell).lower()
    if not text:
        return None
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise CellFault("看不出是还是否")


def number_of(cell: Cell) -> str:
    """Return a ticket's number as text; '' for an empty cell.

    Raises:
        CellFault: Excel has rounded it, or it is no number of a ticket.
    """
    if isinstance(cell, float) and abs(cell) >= 2**53:
        raise CellFault("被 Excel 当成数值，末几位已经丢了；请把这一列设为文本再导出")
    if isinstance(cell, datetime.date | datetime.time | datetime.timedelta | bool):
        raise CellFault("不是编号")
    text = text_of(cell)
    if re.fullmatch(r"[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]+", text):
        raise CellFault("被 Excel 写成了科学记数，末几位已经丢了；请把这一列设为文本再导出")
    text = re.sub(r"\s+", "", text)
    if len(text) > 64 or not all(char.isalnum() or char in "-_/#.()〔〕[]" for char in text):
        raise CellFault("不像编号")
    return text


def _from_match(match: re.Match[str]) -> datetime.date:
    part = match.groupdict()
    month = part["month"] or part["month2"] or part["month3"]
    day = part["day"] or part["day2"] or part["day3"]
    hour = int(part["hour"] or 0)
    minute = int(part["minute"] or part["minute2"] or 0)
    half = (part["half"] or part["half2"] or "").strip().lower()
    if half in ("下午", "晚上", "pm") and hour < 12:
        hour += 12
    if half in ("上午", "am") and hour == 12:
        hour = 0
    try:
        return _sensible(datetime.datetime(int(part["year"]), int(month), int(day), hour, minute))
    except ValueError as error:
        raise CellFault("没有这一天或这个时刻") from error


def _from_serial(value: float) -> datetime.date:
    if not _SERIALS[0] <= value < _SERIALS[1]:
        raise CellFault("不是认得出的日期")
    minutes = round((value - int(value)) * 24 * 60)
    return _sensible(_EXCEL_ZERO + datetime.timedelta(days=int(value), minutes=minutes))


def _sensible(moment: datetime.datetime) -> datetime.date:
    if moment.year < FIRST_YEAR:
        raise CellFault(f"早于 {FIRST_YEAR} 年")
    moment = moment.replace(second=0, microsecond=0, tzinfo=None)
    return moment.date() if moment.time() == datetime.time() else moment


def _money(value: Decimal) -> Decimal:
    try:
        rounded = value.quantize(Decimal("0.01"))
    except InvalidOperation as error:  # infinite, or no number
        raise CellFault("不是金额") from error
    if not 0 <= rounded < _MOST:
        raise CellFault("金额是负数或太大")
    whole = rounded == rounded.to_integral_value()
    return Decimal(int(rounded)) if whole else rounded
