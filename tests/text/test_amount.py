from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.text.amount import read_amount_field, read_amounts


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("3000元", "3000"),
        ("3,000元", "3000"),
        ("1,234,567.80元", "1234567.80"),
        ("3千元", "3000"),
        ("1.2万元", "12000"),
        ("1.25 万 元", "12500"),
        ("1万2千元", "12000"),
        ("1万2000元", "12000"),
        ("3千5百元", "3500"),
        ("１２００元", "1200"),
        ("35元5角", "35.50"),
        ("¥3000", "3000"),
        ("￥ 3,000.00", "3000"),
        ("3000.5元", "3000.50"),
        ("花了3000块钱", "3000"),
        ("花了3000块，不退", "3000"),
        ("花了3000元来办卡", "3000"),
        ("最近3000元", "3000"),
        ("叁仟元整", "3000"),
        ("壹萬貳仟叁佰肆拾伍圆", "12345"),
        ("三千五百元", "3500"),
        ("两千元", "2000"),
        ("十五元", "15"),
        ("一百零五元", "105"),
        ("一千零五十元", "1050"),
        ("三百五十元", "350"),
        ("二十万零五百元", "200500"),
        ("一亿二千万元", "120000000"),
        ("三十五元五角二分", "35.52"),
    ],
)
def test_reads_an_amount(text, amount):
    assert [str(found) for found in read_amounts(text)] == [amount]


@pytest.mark.parametrize(
    "text",
    [
        "三千多元",
        "3000多元",
        "3000元左右",
        "3000元以上",
        "约3000元",
        "近3000元",
        "大概 3000元",
        "不到3000元",
        "几十元",
        "数十元",
        "几百块",
        "上千元",
        "两三千元",
        "百元",
        "一万二元",
        "三百五元",
        "1万2元",
        "二零元",
        "三000元",
        "1千2万元",
        "2，500元",
        "12，300元",
        "1,2345元",
        "¥3,0000",
        "¥3000多",
        "3000.505元",
        "100美元",
        "3块瓷砖",
        "0元",
        "零元",
        "12345678901234567890元",
        "3000",
        "二〇二六年三月一日",
        "3单元12号",
        "",
    ],
)
def test_does_not_guess(text):
    assert read_amounts(text) == []


def test_reads_several_in_order():
    amounts = read_amounts("付3000元，退1200元，又付叁仟元")
    assert amounts == [Decimal(3000), Decimal(1200), Decimal(3000)]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("3000", "3000"),
        (" 3,000.00 ", "3000"),
        ("２０００", "2000"),
        ("人民币3000元", "3000"),
        ("人民币 3000", "3000"),
        ("RMB 3000", "3000"),
        ("¥28.5", "28.50"),
        ("3000元，已退500元", "3000"),
        ("约3000", None),
        ("3000左右", None),
        ("一万二", None),
        ("0", None),
        ("无", None),
        ("", None),
    ],
)
def test_reads_a_field_that_asks_for_an_amount(text, amount):
    found = read_amount_field(text)
    assert (found if found is None else str(found)) == amount


@given(st.integers(1, 10**10 - 1))
def test_reads_every_whole_number_of_yuan(amount):
    assert read_amounts(f"共{amount}元") == [amount]
    assert read_amounts(f"共{amount:,}元") == [amount]


@given(st.integers(1, 99_999_999))
def test_reads_every_number_in_chinese(amount):
    assert read_amounts(f"共{chinese(amount)}元整") == [amount]


@given(st.text(st.sampled_from("0123456789,.，¥元块万千百十一二三零多约角分 ")))
def test_takes_any_text(text):
    for amount in read_amounts(text):
        assert 0 < amount < 10**10
        assert amount == round(amount, 2)


def chinese(number):
    """Write a number up to 99,999,999 as on a receipt."""
    high, low = divmod(number, 10**4)
    if not high:
        return section(low)
    needs_zero = 0 < low < 1000
    return section(high) + "万" + ("零" if needs_zero else "") + (section(low) if low else "")


def section(number):
    written, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            written += ("零" if gap and written else "") + "零一二三四五六七八九"[digit] + name
        gap = not digit
    return written
