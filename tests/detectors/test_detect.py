"""The privacy detectors: examples of every kind and disguise, and properties of all texts."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

from builder.detectors.detect import KINDS, Finding, detect
from builder.detectors.disguises import fold
from tests.conftest import MANY

EXAMPLES = yaml.safe_load((Path(__file__).parent / "examples.yml").read_text("utf-8"))
FOUND = [(entry["text"], entry["kinds"]) for entry in EXAMPLES["found"]]
CLEAN = EXAMPLES["clean"]


def is_warned_of(finding: Finding) -> bool:
    return not KINDS[finding.kind].blocking


@pytest.mark.parametrize(("text", "kinds"), FOUND)
def test_finds(text, kinds):
    findings = detect(text)
    wanted = [f.kind for f in findings if f.kind in kinds or not is_warned_of(f)]
    assert wanted == kinds


@pytest.mark.parametrize("text", CLEAN)
def test_leaves_alone(text):
    assert [finding for finding in detect(text) if not is_warned_of(finding)] == []


def test_examples_cover_every_kind():
    assert len(FOUND) >= 160
    assert len(CLEAN) >= 160
    assert {kind for _, kinds in FOUND for kind in kinds} == set(KINDS)


@pytest.mark.parametrize(("text", "kinds"), FOUND)
def test_excerpts_do_not_give_it_away(text, kinds):
    for finding in detect(text):
        found = text[finding.start : finding.end]
        shown = finding.excerpt.replace("*", "")
        assert found not in finding.excerpt
        assert len(shown) * 2 <= len(found)
        assert len(shown) <= (1 if finding.kind == "person-name" else 2)


def test_every_kind_says_what_to_do():
    for kind in KINDS.values():
        assert kind.label
        assert kind.remedy.endswith("。")
    assert {name for name, kind in KINDS.items() if not kind.blocking} == {"day-date", "url"}


def test_loads_heavy_libraries_only_when_needed():
    check = (
        "import sys\n"
        "from builder.detectors.detect import detect\n"
        "detect('消费者要求退款，双方于2026年3月达成协议，退还3800元。')\n"
        "print(sorted({'phonenumbers', 'stdnum', 'rjieba'} & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", check],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert result.stdout.strip() == "[]"


def test_tells_the_place_in_the_text_as_given():
    text = "电话1\u200b38\u200d0013\ufeff8000，已停机"
    [finding] = detect(text)
    assert text[finding.start : finding.end] == "1\u200b38\u200d0013\ufeff8000"


def test_a_wrong_check_digit_counts_beside_its_word_only():
    assert detect("身份证号110105194912310021")[0].kind == "id-card"
    assert detect("数据110105194912310021") == []


def test_one_finding_for_one_place():
    text = "微信13812345678，支付宝账号zhangsan@example.com"
    assert [finding.kind for finding in detect(text)] == ["mobile", "email"]


def test_a_date_of_a_law_is_no_finding():
    assert detect("《办法》（2026年4月15日公布）自2026年5月1日起施行") == []
    assert [finding.kind for finding in detect("2026年4月15日到店")] == ["day-date"]


ANY_TEXT = st.text(st.characters())  # surrogates and NUL too
LIKELY_TEXT = st.text(
    st.sampled_from(
        "0123456789一三八零〇XxOlI*×-.·、，。 \n\t()（）：:@/?#+“”‘’①㈠\u200b\ufeff\u0301\ud800\x00"
        "消费者王建国某女士先生店公司有限路号室栋单元小区村组电话微信身份证卡订快递陕京ABCDabcd年月日起《》男"
    )
)


@MANY
@given(ANY_TEXT | LIKELY_TEXT)
@example("000\ud800(男0")
@example("1 " * 500)
@example("消费者\ud800王先生")
def test_accepts_any_text_and_findings_are_in_order(text):
    end = 0
    for finding in detect(text):
        assert end <= finding.start < finding.end <= len(text)
        assert finding.kind in KINDS
        end = finding.end
    assert detect(text) == detect(text)


@MANY
@given(ANY_TEXT | LIKELY_TEXT)
def test_folding_keeps_every_place(text):
    folded = fold(text)
    assert len(folded.text) <= len(text)
    places = [folded.original(at, at + 1) for at in range(len(folded.text))]
    assert [end - start for start, end in places] == [1] * len(places)
    assert all(end <= start for (_, end), (start, _) in pairwise(places))
    assert all(0 <= start < len(text) for start, _ in places)


# Identifiers, written plainly or disguised, in prose that has none.

DIGITS = st.sampled_from("0123456789")
CHINESE = "零一二三四五六七八九"
CAPITAL_CHINESE = "零壹贰叁肆伍陆柒捌玖"
CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text(DIGITS, min_size=count, max_size=count)


@st.composite
def id_cards(draw):
    district = draw(st.sampled_from(["610111", "110105", "440524", "510107", "650104"]))
    birth = draw(st.dates(min_value=date(1930, 1, 1), max_value=date(2015, 12, 31)))
    number = f"{district}{birth:%Y%m%d}{draw(digits(3))}"
    return number + mod_11_2.calc_check_digit(number)


@st.composite
def credit_codes(draw):
    start = draw(st.sampled_from(["91610111", "92110105", "93440305"]))
    number = start + draw(st.text(st.sampled_from(CODE_LETTERS), min_size=9, max_size=9))
    return number + uscc.calc_check_digit(number)


@st.composite
def bank_cards(draw):
    number = "62" + draw(digits(13 if draw(st.booleans()) else 16))
    return number + luhn.calc_check_digit(number)


@st.composite
def mobiles(draw):
    return "1" + draw(st.sampled_from("3456789")) + draw(digits(9))


@st.composite
def plates(draw):
    start = draw(st.sampled_from("京沪陕粤川新")) + draw(st.sampled_from("ABCDEFGH"))
    return start + draw(st.sampled_from(["", "D", "F"])) + draw(digits(5))


@st.composite
def emails(draw):
    user = draw(st.text(st.sampled_from("abcxyz0189_."), min_size=3, max_size=12))
    assume(user[0].isalnum() and user[-1].isalnum())
    return f"{user}@{draw(st.sampled_from(['qq.com', '163.com', 'example.com.cn']))}"


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def invisible(text: str) -> str:
    return "\u200b".join(text)


def singly(separator: str) -> Callable[[str], str]:
    return separator.join


def in_groups(separator: str, *sizes: int) -> Callable[[str], str]:
    def write(text: str) -> str:
        places = [sum(sizes[:n]) for n in range(len(sizes) + 1)]
        groups = [text[a:b] for a, b in pairwise(places)]
        return separator.join(group for group in (*groups, text[places[-1] :]) if group)

    return write


def in_chinese(numerals: str) -> Callable[[str], str]:
    return lambda text: "".join(numerals[int(c)] if c.isdigit() else c for c in text)


def circled(text: str) -> str:
    return "".join("⓪①②③④⑤⑥⑦⑧⑨"[int(c)] if c.isdigit() else c for c in text)


def letters_for_digits(text: str) -> str:
    return text.replace("0", "O", 2).replace("1", "l", 1)


def broken(text: str) -> str:
    return text[:7] + "\n" + text[7:]


def plain(text: str) -> str:
    return text


SINGLY = [singly(" "), singly("-"), singly("."), singly("·"), singly("　")]
OF_DIGITS = [plain, full_width, invisible, circled, in_chinese(CHINESE), broken, *SINGLY]
OF_LONG_NUMBERS = [*OF_DIGITS, in_chinese(CAPITAL_CHINESE), letters_for_digits]
DISGUISED = {
    "id-card": (id_cards(), [*OF_LONG_NUMBERS, in_groups(" ", 6, 8), in_groups("-", 6, 4, 4)]),
    "credit-code": (
        credit_codes(),
        [plain, full_width, invisible, broken, str.lower, in_groups(" ", 4, 4, 4, 4)],
    ),
    "bank-card": (bank_cards(), [*OF_LONG_NUMBERS, in_groups("-", 6)]),
    "mobile": (
        mobiles(),
        [*OF_LONG_NUMBERS, *(in_groups(s, 3, 4, 4) for s in (" ", "-", ".", "—", "_"))],
    ),
    "plate": (plates(), [plain, full_width, invisible, in_groups("·", 2), in_groups(" ", 2)]),
    "email": (emails(), [plain, full_width, invisible, lambda t: t.replace("@", " @ ")]),
}
BEFORE = ["消费者到店反映情况时留下", "经营者在协议上写的是", "后来才知道，", "店里的公告写着："]
AFTER = ["，其余没有留存", "。双方当场达成协议", "，请予核实", "\n调解员作了记录"]


@MANY
@given(st.data())
@pytest.mark.parametrize("kind", DISGUISED)
def test_finds_a_disguised_identifier_in_prose(kind, data):
    identifiers, disguises = DISGUISED[kind]
    written = data.draw(st.sampled_from(disguises))(data.draw(identifiers))
    before = data.draw(st.sampled_from(BEFORE))
    text = before + written + data.draw(st.sampled_from(AFTER))
    findings = [finding for finding in detect(text) if finding.kind == kind]
    assert findings, text
    assert findings[0].start <= len(before)
    assert findings[0].end >= len(before) + len(written)
    assert all(written not in finding.excerpt for finding in findings)
