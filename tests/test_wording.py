from decimal import Decimal

import pytest

from builder.model.case import Amounts
from builder.pages.case_links import link_case_ids
from builder.pages.site_map import link
from builder.render import line_breaks, paragraphs
from builder.wording import amount_in_short, month_in_words, yuan


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("3600.00", "3,600 元"),
        ("0", "0 元"),
        ("2150.5", "2,150.50 元"),
        ("1234567", "1,234,567 元"),
    ],
)
def test_writes_sums_as_people_do(amount, written):
    assert yuan(Decimal(amount)) == written


def test_writes_months():
    assert month_in_words("2026-03") == "2026年3月"
    assert month_in_words("2026-12-05") == "2026年12月"
    assert month_in_words("") == ""


def test_the_sum_in_a_list():
    assert amount_in_short(Amounts(disputed=10, recovered=5)) == "争议 10 元，追回 5 元"
    assert amount_in_short(Amounts(claimed=7)) == "请求 7 元"
    assert amount_in_short(Amounts()) == ""


@pytest.mark.parametrize(
    ("source", "target", "anchor", "href"),
    [
        ("index.html", "cases/A.html", "", "cases/A.html"),
        ("cases/A.html", "cases/B.html", "", "B.html"),
        ("cases/A.html", "cases/A.html", "law", "#law"),
        ("browse/types/x.html", "law/y.html", "art-5", "../../law/y.html#art-5"),
        ("law/y.html", "index.html", "", "../index.html"),
    ],
)
def test_links_from_one_page_to_another(source, target, anchor, href):
    assert link(source, target, anchor) == href


def test_prose_keeps_paragraphs_and_line_breaks_and_nothing_else():
    assert paragraphs("一\n二\n \n\n<b>三</b>\n") == "<p>一<br>二</p><p>&lt;b&gt;三&lt;/b&gt;</p>"
    assert line_breaks("**一**\n&") == "**一**<br>&amp;"
    assert paragraphs(" \n ") == ""


def test_case_ids_in_minutes_become_links():
    known = {"SL-2026-0001"}
    linked = '<a href="../cases/SL-2026-0001.html">SL-2026-0001</a>'
    html = "<p>见 SL-2026-0001，SL-2026-0002，SL-2026-00012。</p>"
    assert link_case_ids(html, "study/a.html", known) == html.replace(
        "SL-2026-0001，", linked + "，"
    )
    for alone in (
        '<a href="x">SL-2026-0001</a>',
        "<code>SL-2026-0001</code>",
        '<img alt="SL-2026-0001">',
    ):
        assert link_case_ids(alone, "study/a.html", known) == alone
