"""Find the numbers of persons and businesses: cards, phones, codes, orders and tickets.

A number with a check digit or an unmistakable shape counts anywhere; the others count
only after a word that says what they are.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from builder.detectors import identifiers
from builder.detectors.digit_runs import Chunk, Number, Run, places, readings
from builder.detectors.disguises import CHINESE_NUMERALS
from builder.detectors.span import Span

_BEFORE = 24  # characters before a number in which its keyword is sought
# Which word announces which number; the one nearest to the number decides.
_WORDS = {
    "neutral": "ISBN|ISSN|GB|DB|JB|QB|标准|条形?码|型号|版本|邮编|三包凭证|三包|批号|货号|款号"
    "|生产日期|产品|商品|案例|文号|第(?=[0-9])|〔|￥|¥|\\$",
    "id": "身份证|身份|身分证|居民证|证件|户口",
    "credit": "信用代码|注册号|营业执照|执照|税号|纳税人识别号|机构代码",
    "passport": "护照|通行证|回乡证|台胞证|居留证|(?i:passport)",
    "vin": "车架|车辆识别|大架号|(?i:VIN)",
    "device": "(?i:IMEI|MEID|(?<![A-Za-z])SN)|串号|串码|序列|机身|设备号",
    "courier": "快递单?|运单|物流单?|包裹单?|面单",
    "order": "订单|交易单?|流水|商户单|支付单|团购券|券码|小票|取餐|单号",
    "ticket": "工单|投诉单?|登记单?|受理|举报|回执|诉求|编号",
    "certificate": "房产证|产权证|许可证|合同|协议|发票|收据|病历|住院|就诊卡?|门诊|会员卡?|保单"
    "|驾驶证|驾照|行驶证|发动机|学号|工号|社保|医保|公积金|证书|军官证|档案",
    "qq": "(?i:QQ)群?|扣扣|企鹅号|[Qq]号|[Qq]群|群号|球球",
    "bank": "银行卡|卡号|账号|帐号|账户|帐户|储蓄卡|信用卡|借记卡|开户|对公|银行",
    "phone": "电话|手机|座机|固话|联系方式|联系|致电|拨打|来电|热线"
    "|(?i:tel|phone|mobile)|短信|传真|号码",
}
_KEYWORDS = re.compile(
    "|".join(f"(?P<{name}>(?:{words})(?:编?号码?|代码)?)" for name, words in _WORDS.items())
)
# What may stand between a keyword and its number.
_LINK = re.compile(r"[\s号码编单为是系叫的至:：（(“\"'「『<#.]*(?:(?i:id|no)[.\s:：]*)?\Z")
_UNIT = re.compile(r"\s{0,2}(?:元|万|亿|千|%|％|块|米|斤|克|公里|件|台|个|人|次|年|月|日|天|平)")

_MOBILE_GROUPS = frozenset(
    {(3, 4, 4), (3, 8), (7, 4), (1,) * 11, (1, 2, 2, 2, 2, 2), (3, 2, 2, 2, 2)}
    | {(2, 2, 2, 2, 2, 1), (3, 2, 2, 4), (3, 2, 3, 3)}
)
# Groups that a row of three separate amounts has as well.
_DOUBTFUL_GROUPS = frozenset({(3, 3, 5), (4, 3, 4), (4, 4, 3)})

# 110, 12315, 12345, 95xxx, 96xxx: lines of authorities and large services.
_SERVICE_LINE = re.compile(r"[A-Za-z]?(?:1[12][0-9]{1,3}|9[56][0-9]{3,4}|100[0-9]{2})\Z")
_ANNOUNCING = ("phone", "bank", "id", "qq")
_CASE_ID = re.compile(r"[A-Z]{1,6}(?:19|20)[0-9]{2}[0-9]{3,5}\Z")
_STUCK_KEYWORD = re.compile("(?:QQ|IMEI|MEID|SN|VIN)(?=[0-9A-Z]{5})", re.IGNORECASE)
_LETTERS_BEFORE_DIGITS = re.compile(r"[A-Za-z]{1,8}(?=[0-9]{10})")


class _CodeRule(NamedTuple):
    """When what follows a keyword is a number of that sort."""

    kind: str
    shortest: int  # letters and digits


_CODES = {
    "order": _CodeRule("order-number", 8),
    "courier": _CodeRule("courier-number", 8),
    "ticket": _CodeRule("ticket-number", 10),
    "device": _CodeRule("device-number", 8),
    "certificate": _CodeRule("certificate-number", 6),
}
# A code with few digits in a row, which is no run; it counts after its keyword only.
_MIXED_CODE = re.compile("[A-Za-z0-9][A-Za-z0-9-]{7,31}(?![A-Za-z0-9-])")
_TAIL = re.compile(
    r"(?:尾号|尾数|[末后]四位|[末后]4位)(?:数字?)?[\s为是:：“\"（(]{0,4}"
    f"(?P<digits>[0-9{CHINESE_NUMERALS}]{{3,6}})(?![0-9])"
)
_FOREIGN = re.compile(
    r"(?<![0-9])(?<![0-9][-. ])(?:\+|00)(?!86)[1-9](?:[-. ()]{0,2}[0-9]){6,14}(?![0-9])"
)


class _Context(NamedTuple):
    """What stands before a run."""

    keyword: str  # a key of _WORDS, or ''
    direct: bool  # the keyword stands right before the run


def find_numbers(text: str) -> Iterator[Span]:
    """Yield the numbers of persons and businesses in a folded text, overlaps included."""
    for place in places(text):
        found = [span for run in place.runs for span in _in_run(text, run)]
        yield from found or (span for run in place.shorter for span in _in_run(text, run))
    yield from _mixed_codes(text)
    if "尾" in text or "位" in text:
        yield from _tails(text)
    if "+" in text or "00" in text:
        yield from _foreign_phones(text)


def _in_run(text: str, run: Run) -> Iterator[Span]:
    context = _context(text, run.chunks[0].start)
    stuck = _STUCK_KEYWORD.match(run.chunks[0].text)
    if stuck:  # QQ12345678
        chunk = run.chunks[0]
        size = stuck.end()
        rest = Chunk(chunk.text[size:], chunk.code[size:], chunk.start + size, chunk.end)
        run = Run([rest, *run.chunks[1:]], run.gaps)
        context = _context(text, rest.start)
    taken_to = -1  # index of the last chunk that is part of a number found
    for number in readings(run):
        if number.first <= taken_to:
            continue
        kind = _kind(text, run, number, context, number.first == taken_to + 1 > 0)
        if kind:
            taken_to = number.last
            yield Span(kind, number.start, number.end)
    if context.direct and context.keyword in _CODES:
        yield from _code(text, run, _CODES[context.keyword])


def _context(text: str, start: int) -> _Context:
    window = text[max(0, start - _BEFORE) : start]
    window = window[max(map(window.rfind, "。；;！!？?")) + 1 :]
    last = None
    for match in _KEYWORDS.finditer(window):
        last = match
    if last is None or last.lastgroup is None:
        return _Context("", False)
    return _Context(last.lastgroup, bool(_LINK.match(window, last.end())))


def _kind(
    text: str, run: Run, number: Number, context: _Context, follows_another: bool
) -> str | None:
    stuck = _LETTERS_BEFORE_DIGITS.match(number.text)
    digits = number.text[stuck.end() :] if stuck else number.text
    code = number.code
    sure = _with_check_digit(digits.upper(), code, context.keyword)
    if sure or "*" in digits:
        return sure or _masked(digits, context, number)
    single = len(number.lengths) == 1
    if context == ("neutral", True) and not (single and identifiers.is_mobile(digits)):
        return None
    announced = context.direct and context.keyword in _ANNOUNCING and number.first == 0
    if not announced:
        open_before = number.open_before and not follows_another
        open_after = number.open_after and not _another_follows(run, number)
        in_column = number.broken and not _breaks_prose(text, number)
        amount = not single and _UNIT.match(text, number.end)
        if open_before or open_after or in_column or amount or _is_list(number):
            return None
    if identifiers.is_courier_number(code):
        return "courier-number"
    if not digits.isdigit():
        near = context.keyword in ("passport", "id")
        return "passport" if near and identifiers.looks_like_passport(code) else None
    if stuck and not identifiers.is_mobile(digits):
        return None
    return _phone_or_card(text, number, digits, context) if len(digits) >= 5 else None


def _with_check_digit(digits: str, code: str, keyword: str) -> str | None:
    """Return the kind of a number that is sure whatever stands around it."""
    if len(digits) < 17:
        return None
    if identifiers.is_id_card(digits):
        return "id-card"
    if identifiers.is_credit_code(code):
        return "credit-code"
    if keyword == "id" and identifiers.looks_like_id_card(digits):
        return "id-card"
    if keyword == "credit" and identifiers.looks_like_credit_code(code):
        return "credit-code"
    if identifiers.is_vin(code) or (keyword == "vin" and identifiers.looks_like_vin(code)):
        return "vin"
    return None


def _phone_or_card(text: str, number: Number, digits: str, context: _Context) -> str | None:
    """Return the kind of a number of digits only that is no part of a list."""
    keyword = context.keyword
    size = len(digits)
    single = len(number.lengths) == 1
    first = context.direct and number.first == 0
    amount = _UNIT.match(text, number.end)
    if identifiers.is_mobile(digits) and _grouped_as_mobile(number, keyword):
        return "mobile"
    if identifiers.is_old_id_card(digits) and keyword not in _CODES:
        return "id-card"
    if keyword == "credit" and size == 15:
        return "credit-code"
    if identifiers.is_bank_card(digits) and (single or _grouped_as_card(number, keyword)):
        return "bank-card"
    whole = number.first == 0 and not number.open_after
    if keyword == "bank" and whole and (9 if first else 12) <= size <= 25:
        return None if amount or _is_list(number) else "bank-card"
    if identifiers.is_landline(digits) and _grouped_as_landline(number, digits):
        return "landline"
    if identifiers.is_hotline(digits) and (number.lengths[0] in (1, 3, 10)):
        return None if amount else "hotline"
    if keyword == "phone" and first and identifiers.is_local_phone(digits):
        return None if amount else "landline"
    if keyword == "qq" and first and whole and size <= 11:
        return "account"
    if keyword == "passport" and first and 8 <= size <= 10:
        return "passport"
    if single and size >= 15 and identifiers.begins_as_ticket(digits):
        return "ticket-number"
    return None


def _masked(digits: str, context: _Context, number: Number) -> str | None:
    kind = identifiers.masked_kind(digits)
    shown = len(digits) - digits.count("*")
    announced = context.direct and number.first == 0 and not number.open_after
    if kind or not (announced and shown >= 4 and "**" in digits):
        return kind
    return {"phone": "mobile", "bank": "bank-card", "id": "id-card"}.get(context.keyword)


def _another_follows(run: Run, number: Number) -> bool:
    """Say whether a mobile number written in the same groups comes right after."""
    following = run.chunks[number.last + 1 : number.last + 1 + len(number.lengths)]
    same = tuple(len(chunk.text) for chunk in following) == number.lengths
    return same and identifiers.is_mobile("".join(chunk.text for chunk in following))


def _grouped_as_mobile(number: Number, keyword: str) -> bool:
    if len(number.lengths) == 1 or number.broken or keyword == "phone":
        return True
    lengths = number.lengths
    extra = sum(lengths) - 11  # the country code, in a group of its own or not
    if extra > 0:
        own = lengths[0] == extra
        lengths = lengths[1:] if own else (lengths[0] - extra, *lengths[1:])
    if lengths in _MOBILE_GROUPS or number.gap in "-_·":
        return True
    return lengths in _DOUBTFUL_GROUPS and number.gap in "./"


def _is_list(number: Number) -> bool:
    """Say whether commas or full stops set apart what may be several numbers."""
    leading_zero = "0" in (
        number.text[sum(number.lengths[:i])] for i in range(1, len(number.lengths))
    )
    return number.gap in tuple("、,，。") and not leading_zero and set(number.lengths) != {1}


def _grouped_as_card(number: Number, keyword: str) -> bool:
    if number.broken or keyword == "bank":
        return True
    *before, last = number.lengths
    if set(before) == {4} and last <= 4:
        # Round amounts in a row are no card, unless a group begins as no amount does.
        groups = [number.text[at : at + 4] for at in range(0, len(number.text), 4)]
        round_amounts = all(group[0] != "0" and group[-1] == "0" for group in groups)
        return not round_amounts
    return set(number.lengths) == {1} or number.lengths[0] == 6


def _grouped_as_landline(number: Number, digits: str) -> bool:
    lengths = number.lengths
    if len(lengths) == 1 or set(lengths) == {1} or number.broken:
        return True
    if digits.startswith(("86", "0086")) and lengths[0] in (2, 4):
        digits, lengths = digits[lengths[0] :], lengths[1:]
        if not digits.startswith("0"):
            digits, lengths = "0" + digits, (lengths[0] + 1, *lengths[1:])
    return identifiers.is_area_code(digits[: lengths[0]]) and len(lengths) <= 3


def _breaks_prose(text: str, number: Number) -> bool:
    """Say whether a number's line break is one in prose, not one in a column of numbers."""
    line_start = text.rfind("\n", 0, number.start) + 1
    return len(text[line_start : number.start].strip()) >= 4


def _code(text: str, run: Run, rule: _CodeRule) -> Iterator[Span]:
    """Yield the order, parcel, ticket or document number that a run begins with."""
    last = 0
    if run.gaps and run.gaps[0] in "-_ ./·":
        while last < len(run.gaps) and run.gaps[last] == run.gaps[0]:
            last += 1
    code = "".join(chunk.text for chunk in run.chunks[: last + 1])
    end = run.chunks[last].end
    figures = sum(character.isdigit() for character in code)
    if len(code) < rule.shortest or figures < 4 or _UNIT.match(text, end):
        return
    known = _CASE_ID.match(code) or _SERVICE_LINE.match(code) or identifiers.is_date(code)
    if not known:
        yield Span(rule.kind, run.chunks[0].start, end)


def _mixed_codes(text: str) -> Iterator[Span]:
    """Yield vehicle numbers, serial numbers and the like of letters and single digits."""
    for match in _MIXED_CODE.finditer(text):
        code = match.group().upper().replace("-", "")
        figures = sum(character.isdigit() for character in code)
        if figures < 4 or figures == len(code) or _CASE_ID.match(code):
            continue
        context = _context(text, match.start())
        if context.keyword == "vin" and identifiers.looks_like_vin(code):
            yield Span("vin", *match.span())
        elif context.direct and context.keyword in _CODES:
            rule = _CODES[context.keyword]
            if len(code) >= max(rule.shortest, 8):
                yield Span(rule.kind, *match.span())


def _tails(text: str) -> Iterator[Span]:
    """Yield the last digits of a phone, card or identity card, where the text calls them so."""
    for match in _TAIL.finditer(text):
        before = text[max(0, match.start() - 12) : match.start()]
        around = before + text[match.end() : match.end() + 8]
        kind = "bank-card"
        if "身份证" in before or "证件" in before:
            kind = "id-card"
        elif "卡" not in around and ("手机" in around or "电话" in around):
            kind = "mobile"
        yield Span(kind, *match.span("digits"))


def _foreign_phones(text: str) -> Iterator[Span]:
    for match in _FOREIGN.finditer(text):
        import phonenumbers

        try:
            number = phonenumbers.parse(re.sub("^00", "+", match.group()), None)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            yield Span("foreign-phone", *match.span())
