import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.search.values import (
    Article,
    read_amount_range,
    read_article,
    read_case_id,
    read_date_range,
    read_number,
    read_year_range,
)

DIGITS = "零一二三四五六七八九"


def written(number):
    """Write 1..1999 as statutes do: 第一千零五条, 第十二条."""
    text, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if zero and text else "") + DIGITS[digit] + name
        zero = not digit
    return text[1:] if 10 <= number < 20 else text


@given(st.integers(1, 1999))
def test_reads_numbers_as_statutes_write_them(number):
    assert read_number(written(number)) == number
    assert read_article(f"民法典第{written(number)}条") == Article("民法典", str(number))
    assert read_article(f"民法典{number}") == Article("民法典", str(number))
    assert read_article(f"minfadian#{number}.2") == Article("minfadian", f"{number}.2")


@pytest.mark.parametrize(
    "name", ["20号令", "法释〔2025〕4号", "三包规定", "七日无理由退货办法", "民法典", "#", ""]
)
def test_a_name_alone_has_no_article(name):
    assert read_article(name) == Article(name, "")


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_ends_of_a_range_may_stand_either_way(one, other):
    expected = (100 * min(one, other), 100 * max(one, other))
    assert read_amount_range(f"{one}..{other}") == expected


DAYS = st.dates(datetime.date(1949, 10, 1), datetime.date(2099, 12, 31))


@given(DAYS, DAYS)
def test_a_day_lies_in_its_month_and_year(one, other):
    first, last = sorted((one, other))
    low, high = read_date_range(f"{first:%Y-%m}..{last:%Y}")
    assert low < int(f"{first:%Y%m%d}") <= high


@given(st.text())
def test_any_text_is_read_or_refused(text):
    for read in (read_amount_range, read_date_range, read_year_range):
        found = read(text)
        assert found is None or found.low is not None or found.high is not None
    read_article(text)
    read_case_id(text)
