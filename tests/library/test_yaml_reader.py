from decimal import Decimal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from builder.library.yaml_reader import MAX_BYTES, YamlFault, decode, read_places, read_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: no", "no"),
        ("a: yes", "yes"),
        ("a: on", "on"),
        ("a: 010", "010"),
        ("a: 1:30", "1:30"),
        ("a: 1_000", "1_000"),
        ("a: 0x1F", "0x1F"),
        ("a: 1e3", "1e3"),
        ("a: .inf", ".inf"),
        ("a: 2026-03-02", "2026-03-02"),
        ("a: true", True),
        ("a: false", False),
        ("a: True", "True"),
        ("a:", None),
        ("a: ~", None),
        ("a: null", None),
        ("a: 'null'", "null"),
        ("a: 12", 12),
        ("a: -3", -3),
        ('a: "12"', "12"),
        ("a: 2150.50", Decimal("2150.50")),
        ("a: 价格：3800元（约）", "价格：3800元（约）"),
        ("a: |-\n  一\n\n  二", "一\n\n二"),
        ("a: >-\n  一\n  二", "一 二"),
        ("a: [1, 二, {b: c}]", [1, "二", {"b": "c"}]),
    ],
)
def test_reads_values_as_typed(text, value):
    assert read_yaml(text) == {"a": value}


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\nb: 2\na: 3", "duplicate-key", 3),
        ("a:\n  - {x: 1, x: 2}", "duplicate-key", 2),
        ("a: &x 1", "alias", 1),
        ("a: 1\nb: *a", "alias", 2),
        ("<<: {a: 1}", "alias", 1),
        ("a: !!python/object:os.system x", "tag", 1),
        ("a: !local x", "tag", 1),
        ("a: 1\n---\nb: 2", "documents", 2),
        ("[" * 5000, "depth", 1),
        ("- " * 3000 + "x", "depth", 1),
        ("a: [1, 2", "yaml", 1),
        ("a: '没有收尾", "yaml", 1),
        ("a: b: c", "yaml", 1),
        ("a:\n\tb: c", "yaml", 2),
        ("? [x]\n: y", "key", 1),
    ],
)
def test_refuses_and_says_where(text, code, line):
    with pytest.raises(YamlFault) as caught:
        read_yaml(text)
    assert (caught.value.code, caught.value.line) == (code, line)


def test_refuses_a_billion_laughs_at_once():
    levels = ["a0: &a0 [哈, 哈]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    with pytest.raises(YamlFault, match="标记"):
        read_yaml("\n".join(levels))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"a: \xff\xfe", "encoding"),
        (b"a: b\x00c", "control-character"),
        (b"a: b\x1bc", "control-character"),
        (b"x" * (MAX_BYTES + 1), "file-size"),
    ],
)
def test_refuses_bytes_that_are_no_text(content, code):
    with pytest.raises(YamlFault) as caught:
        decode(content)
    assert caught.value.code == code


def test_takes_a_byte_order_mark_and_windows_line_ends():
    assert read_yaml(decode(b"\xef\xbb\xbfa: |-\r\n  \xe4\xb8\x80\r\n  b\r\n")) == {"a": "一\nb"}


def test_knows_where_everything_stands():
    places = read_places("a: 1\nlist:\n  - x\n  - k: v\nprose: |-\n  first\n  second\n")
    assert (places[("a",)].line, places[("a",)].column) == (1, 1)
    assert (places[("list", 1, "k")].line, places[("list", 1, "k")].column) == (4, 5)
    assert (places[("prose",)].line, places[("prose",)].text_line) == (5, 6)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    try:
        read_yaml(decode(text.encode("utf-8", "surrogatepass")))
    except YamlFault as fault:
        assert fault.what
        assert fault.remedy


SCALARS = st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.text(max_size=30)
VALUES = st.recursive(
    SCALARS,
    lambda v: st.lists(v, max_size=4) | st.dictionaries(st.text(max_size=8), v, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(min_size=1, max_size=8), VALUES, max_size=5))
def test_agrees_with_pyyaml_on_what_pyyaml_writes(value):
    text = yaml.safe_dump(value, allow_unicode=True)
    try:
        assert read_yaml(decode(text.encode())) == value
    except YamlFault as fault:
        assert (
            fault.code in {"depth", "key", "control-character"} or "&" in text
        )  # pyyaml writes anchors for repeats
