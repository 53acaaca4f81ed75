"""What numbers of persons and businesses look like, and their check digits.

Every function takes a number without separators and is pure. The check digits come
from python-stdnum, loaded on first use; its table of districts is not consulted,
since it lacks many (`stdnum.cn.ric.is_valid` raises KeyError on them).
"""

import re
from datetime import date

from builder.detectors.words import word_set

_PROVINCES = word_set(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 "
    "61 62 63 64 65 71 81 82 83 91"
)
_FIRST_BIRTH_YEAR, _LAST_BIRTH_YEAR = 1880, 2099

_ID_CARD = re.compile(r"[1-9][0-9]{16}[0-9X]\Z")
_OLD_ID_CARD = re.compile(r"[1-9][0-9]{14}\Z")
_CREDIT_CODE = re.compile(r"[159AGNY][0-9A-HJ-NPQRTUWXY][0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}\Z")
_MOBILE = re.compile(r"(?:86|0086)?1[3-9][0-9]{9}\Z")
_LANDLINE = re.compile(r"(?:(?:86|0086)0?|0)(?:10|2[0-9]|[3-9][0-9]{2})[2-8][0-9]{6,7}\Z")
_AREA_CODE = re.compile(r"(?:86|0086)?0(?:10|2[0-9]|[3-9][0-9]{2})\Z")
_HOTLINE = re.compile(r"[48]00(?!0{7})[0-9]{7}\Z")
_SHORT_PHONE = re.compile(r"[2-8][0-9]{6,7}\Z")
_VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}\Z")
_PASSPORT = re.compile(
    r"(?:[EGSPDK][0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|C[A-Z0-9][0-9]{7}|W[0-9]{8}|[HM][0-9]{8,10}"
    r"|[LT][0-9]{7,8}|[A-Z][0-9]{8})\Z"
)
_COURIER = re.compile(
    r"(?:SF[0-9]{12,15}|YT[0-9]{13,15}|JD(?=.*[0-9]{6})[A-Z0-9]{10,15}|JT[0-9]{13}|YD[0-9]{13,15}"
    r"|(?:ZTO|STO|DPK)[0-9]{12,15}|[A-Z]{2}[0-9]{9}CN)\Z"
)
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VIN_VALUES = dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "12345678123457923456789"), strict=True)
) | {digit: int(digit) for digit in "0123456789"}


def looks_like_id_card(number: str) -> bool:
    """Say whether 18 characters have a province and a date where an identity card has them."""
    return bool(_ID_CARD.match(number)) and (
        number[:2] in _PROVINCES and _is_birth_date(number[6:14])
    )


def is_id_card(number: str) -> bool:
    """Say whether the 18 characters are an identity card number with a right check digit.

    Source: GB 11643-1999, ISO 7064 MOD 11-2.
    """
    if not looks_like_id_card(number):
        return False
    from stdnum.iso7064 import mod_11_2

    return bool(mod_11_2.is_valid(number))


def is_old_id_card(number: str) -> bool:
    """Say whether 15 digits have the province and birth date of the old identity card."""
    return bool(_OLD_ID_CARD.match(number)) and (
        number[:2] in _PROVINCES and _is_birth_date("19" + number[6:12])
    )


def looks_like_credit_code(number: str) -> bool:
    """Say whether 18 characters have the shape of a unified social credit code."""
    return bool(_CREDIT_CODE.match(_only_code_letters(number)))


def is_credit_code(number: str) -> bool:
    """Say whether the 18 characters are a unified social credit code (GB 32100-2015)."""
    number = _only_code_letters(number)
    if not _CREDIT_CODE.match(number):
        return False
    from stdnum.cn import uscc

    return bool(uscc.calc_check_digit(number[:-1]) == number[-1])


def is_bank_card(number: str) -> bool:
    """Say whether 13 to 19 digits begin as a bank card does and pass the Luhn check."""
    if not (number.isdigit() and _has_card_prefix(number)):
        return False
    from stdnum import luhn

    return bool(luhn.is_valid(number))


def _has_card_prefix(number: str) -> bool:
    size = len(number)
    if number.startswith("62"):
        return 16 <= size <= 19
    if number.startswith(("34", "37")):
        return size == 15
    return size == 16 and number.startswith(("4", "5", "35"))


def is_mobile(number: str) -> bool:
    """Say whether the digits are a mobile number, with or without the country code 86."""
    return bool(_MOBILE.match(number))


def is_landline(number: str) -> bool:
    """Say whether the digits are an area code (with its 0 or 86) and a local number."""
    return bool(_LANDLINE.match(number))


def is_area_code(number: str) -> bool:
    """Say whether the digits are an area code with its 0, with or without 86 before."""
    return bool(_AREA_CODE.match(number))


def is_local_phone(number: str) -> bool:
    """Say whether seven or eight digits can be a telephone without an area code."""
    return bool(_SHORT_PHONE.match(number)) and not is_date(number)


def is_hotline(number: str) -> bool:
    """Say whether ten digits are a 400 or 800 number of a business."""
    return bool(_HOTLINE.match(number))


def looks_like_vin(number: str) -> bool:
    """Say whether 17 characters can be a vehicle's number: letters and digits, no I, O, Q."""
    letters = sum(character.isalpha() for character in number)
    return bool(_VIN.match(number)) and 2 <= letters <= 13


def is_vin(number: str) -> bool:
    """Say whether a number made in China has the right check digit at place 9 (GB 16735)."""
    if not (looks_like_vin(number) and number[0] == "L" and number[13:].isdigit()):
        return False
    total = sum(
        weight * _VIN_VALUES[character]
        for weight, character in zip(_VIN_WEIGHTS, number, strict=True)
    )
    return number[8] == "0123456789X"[total % 11]


def looks_like_passport(number: str) -> bool:
    """Say whether the characters can be a passport or travel permit (a keyword must be near)."""
    return bool(_PASSPORT.match(number))


def is_courier_number(number: str) -> bool:
    """Say whether the characters are a parcel number with the prefix of its courier."""
    return bool(_COURIER.match(number))


def is_date(number: str) -> bool:
    """Say whether eight digits are a day of the 20th or 21st century, as 20260315."""
    if len(number) != 8 or number[:2] not in ("19", "20"):
        return False
    return _is_day(number)


def begins_as_ticket(number: str) -> bool:
    """Say whether a long number begins with a recent date, or a district and one.

    Ticket and order numbers do. An identity card with a wrong check digit does not count.
    """
    if looks_like_id_card(number):
        return False
    after_district = number[6:14] if number[:2] in _PROVINCES else ""
    return any(
        digits[:3] in ("201", "202", "203") and is_date(digits)
        for digits in (number[:8], after_district)
    )


def masked_kind(number: str) -> str | None:
    """Return the kind of a number with masked places (*) that still shows too much.

    Returns:
        'mobile', 'id-card', 'bank-card', or None when too little is left to tell.
    """
    masked = number.count("*")
    shown = len(number) - masked
    if masked < 2 or shown < 4 or "**" not in number:
        return None
    head = re.match(r"[0-9]*", number)
    tail = re.search(r"[0-9X]*\Z", number)
    first = head.group() if head else ""
    last = tail.group() if tail else ""
    if len(number) - masked != len(first) + len(last):
        return None  # masked in several places, as a price list may be
    if 9 <= len(number) <= 13 and re.match(r"1[3-9]", first) and shown >= 5:
        return "mobile"
    size = len(number)
    card = first[:1] in ("3", "4", "5", "6") and len(last) >= 3
    if card and size in (16, 19):
        return "bank-card"
    if 14 <= size <= 20 and first[:2] in _PROVINCES and (len(first) >= 6 or len(last) >= 3):
        return "id-card"
    shortest = 10 if first.startswith("62") else 13
    return "bank-card" if card and shortest <= size <= 21 else None


def _only_code_letters(number: str) -> str:
    """Return the code with O and I, which it never holds, as the digits they stand for."""
    return number.replace("O", "0").replace("I", "1")


def _is_birth_date(digits: str) -> bool:
    return _FIRST_BIRTH_YEAR <= int(digits[:4]) <= _LAST_BIRTH_YEAR and _is_day(digits)


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return True
