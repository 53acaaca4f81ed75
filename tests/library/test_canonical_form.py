import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from builder.library.canonical_form import FormatError, canonical
from builder.library.new_case import template
from builder.library.record import read_record
from builder.library.yaml_reader import YamlFault, decode, read_yaml
from builder.model.case import Case
from tests.conftest import CASE, ROOT

SOUND = CASE.format(id="SL-2026-0001", year="2026")


def test_puts_fields_in_order_and_keeps_comments_with_their_field():
    text = "# 头\n\n# 说标题\ntitle: 甲   # 尾注\n# 说编号\nid: SL-2026-0001\n"
    assert (
        canonical(text, "x.yml")
        == "# 头\n\n# 说编号\nid: SL-2026-0001\n# 说标题\ntitle: 甲   # 尾注\n"
    )


def test_puts_long_prose_into_blocks():
    long = "这是一段很长的案情。" * 8
    text = canonical(f'facts: "{long}\\n\\n第二段"\n', "x.yml")
    assert text == f"facts: |-\n  {long}\n\n  第二段\n"


def test_real_cases_and_the_template_are_canonical_already():
    for path in [*sorted((ROOT / "cases").glob("20*/*.yml"))]:
        text = path.read_text("utf-8")
        assert canonical(text, path.name) == text, f"run: casebook format {path.name}"


@pytest.mark.parametrize("text", ["a: [", "- 列表", "  a: 1\n  b: 2\n", "{a: 1, b: 2}", ""])
def test_leaves_alone_what_it_cannot_keep(text):
    with pytest.raises(FormatError):
        canonical(text, "x.yml")


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-999, 10**9)
    | st.text(max_size=60)
    | st.sampled_from(
        [
            "010",
            "no",
            "1:30",
            "2026-03-02",
            "~",
            "null",
            " 前空",
            "后空 ",
            "一\n二",
            "# 不是注释",
            "甲: 乙",
            "- 丙",
        ]
    )
)
VALUES = st.recursive(
    SCALARS,
    lambda v: (
        st.lists(v, max_size=3) | st.dictionaries(st.text(min_size=1, max_size=8), v, max_size=3)
    ),
    max_leaves=8,
)
STYLES = st.sampled_from([None, "'", '"', "|", ">"])


@given(
    st.dictionaries(st.sampled_from(list(Case.model_fields)), VALUES, min_size=1, max_size=8),
    STYLES,
    st.booleans(),
    st.booleans(),
)
def test_meaning_never_changes_and_twice_is_once(value, style, flow, windows):
    text = yaml.safe_dump(
        value, allow_unicode=True, default_style=style, default_flow_style=flow, sort_keys=False
    )
    text = text.replace("\n", "\r\n") if windows else text
    try:
        before = read_yaml(decode(text.encode("utf-8", "surrogatepass")))
        formatted = canonical(text, "x.yml")
    except (YamlFault, FormatError):
        return
    assert read_yaml(formatted) == before
    assert canonical(formatted, "x.yml") == formatted


@given(st.permutations([*SOUND.split("\n")[1:3], "# 一条注释"]))
def test_a_record_reads_the_same_after_formatting(head):
    text = SOUND.replace("\n".join(SOUND.split("\n")[1:3]), "\n".join(head))
    formatted = canonical(text, "x.yml")
    assert "# 一条注释" in formatted
    before = read_record("x.yml", text.encode(), Case)
    assert read_record("x.yml", formatted.encode(), Case).record == before.record


def test_the_template_is_what_the_model_says():
    assert (ROOT / "cases" / "TEMPLATE.yml").read_text("utf-8") == template(), "run: make schema"
    assert read_record("x.yml", template().encode(), Case).problems == ()
