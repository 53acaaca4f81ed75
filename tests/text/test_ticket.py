import json
from decimal import Decimal
from operator import itemgetter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.text.ticket import parse_ticket

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "ticket.json").read_text("utf-8"))
LABELS = ["商户名称", "发生时间", "消费金额", "问题描述", "主要诉求"]


@pytest.mark.parametrize("vector", GOLDEN["vectors"], ids=itemgetter("name"))
def test_reads_a_ticket_as_the_browser_does(vector):
    ticket = parse_ticket(vector["text"])
    expected = vector["ticket"]
    amount = expected["amount"]
    assert ticket.amount == (None if amount is None else Decimal(amount))
    for name in expected.keys() - {"amount"}:
        assert getattr(ticket, name) == expected[name], name


@given(
    st.permutations(LABELS), st.sampled_from(["：", ":", " ： "]), st.sampled_from(["\n", " ", ""])
)
def test_order_colon_and_line_breaks_do_not_matter(labels, colon, between):
    values = dict(
        zip(LABELS, ["大唐健身店", "3月1日", "3000元", "办卡后关门", "退款"], strict=True)
    )
    ticket = parse_ticket(between.join(label + colon + values[label] for label in labels))
    assert ticket.labels == list(labels)
    assert ticket.merchant_removed
    assert ticket.occurred == "3月1日"
    assert ticket.amount == 3000
    assert ticket.claims == ["退款"]
    assert sorted(ticket.narrative.split("\n")) == ["办卡后关门", "退款"]


@given(st.lists(st.sampled_from(LABELS), unique=True, min_size=1))
def test_any_label_may_be_missing(labels):
    ticket = parse_ticket("\n".join(f"{label}：某某店里的事" for label in labels))
    assert ticket.labels == labels
    assert not any(label in ticket.narrative for label in LABELS)


@given(st.text().filter(lambda text: ":" not in text and "：" not in text and "【" not in text))
def test_plain_text_comes_back_unchanged(text):
    assert parse_ticket(text).narrative == text


@given(
    st.lists(
        st.sampled_from(
            [*LABELS, "诉求", "：", ":", "【", "】", "\n", "，", "退货", "3000元", "某店"]
        )
    )
)
def test_takes_any_mixture(parts):
    ticket = parse_ticket("".join(parts))
    assert ticket.amount is None or ticket.amount > 0


def test_the_merchant_is_gone_from_story_and_claims():
    ticket = parse_ticket(
        "商户名称：大唐健身\n问题描述：大唐健身关门了\n主要诉求：大唐健身退费，道歉"
    )
    assert "大唐健身" not in ticket.narrative
    assert ticket.claims == ["退费", "道歉"]


def test_a_story_with_colons_is_no_ticket():
    text = "店员说：不能退。我问：为什么？他答：规定。"
    assert parse_ticket(text).narrative == text
    assert parse_ticket(text).labels == []
