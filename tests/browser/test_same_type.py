"""From a pasted complaint to a plan: what the cases say, the reader's choice, the brief."""

import io
from pathlib import Path

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from mkdocs.commands.build import build
from mkdocs.config import load_config
from pypdf import PdfReader

from tests.browser.test_search_page import SEARCH, TICKET, ask, ids, wait_for
from tests.conftest import ROOT

HERE = Path(__file__).parents[1]
COMPLAINTS = yaml.safe_load((HERE / "search" / "complaints.yml").read_text("utf-8"))["complaints"]
BRIEFS = 20
SECRET = "合同写了扣三成"  # of the ticket


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Address of the site of the whole sample library, as a folder."""
    target = tmp_path_factory.mktemp("whole") / "调解案例库"
    build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(target)))
    return target.as_uri() + "/"


@pytest.fixture(params=["whole", "served"])
def reader(request, visit):
    return visit(request.getfixturevalue(request.param))


def pasted(reader, text=TICKET):
    """Return the page with what the cases say of a complaint."""
    page = reader.open(SEARCH)
    ask(page, text)
    wait_for(page, "results")
    page.locator("#cb-same").wait_for()
    page.locator(".cb-hit__same").first.wait_for()
    return page


def open_brief(page):
    page.locator("#cb-brief-open").click()
    page.locator(".cb-brief").wait_for()


def test_says_what_the_complaint_is_and_how_each_case_is_like_it(reader):
    page = pasted(reader)
    panel = page.locator("#cb-same").inner_text()
    assert "因消费者自身原因要求退费" in panel
    assert "同类案例" in panel
    first = page.locator(".cb-hit").first.inner_text()
    for name in ("事实", "争议焦点", "法律适用"):
        assert name in first
    page.locator(".cb-same__sum summary").click()
    link = page.locator(".cb-same__cases a").first
    assert link.inner_text().startswith("SL-")
    with reader.context.expect_page() as opening:
        link.click()
    opening.value.wait_for_url(f"**/cases/{link.inner_text()}.html")
    assert reader.untroubled


def test_takes_a_case_out_and_back_and_keeps_one(reader):
    page = pasted(reader)
    first, second, *_ = ids(page)
    page.locator(f"[data-id='{first}'] [data-cb-act=remove]").click()
    page.wait_for_function(f"() => !document.querySelector('[data-id=\"{first}\"]')")
    page.locator(".cb-same__removed").wait_for()
    assert ids(page)[0] == second
    third = ids(page)[2]
    page.locator(f"[data-id='{third}'] [data-cb-act=pin]").click()
    page.wait_for_function(f"() => document.querySelector('.cb-hit').dataset.id === '{third}'")
    page.locator(".cb-same__removed button").click()
    page.wait_for_selector(f"[data-id='{first}']")
    assert ids(page)[0] == third
    ask(page, COMPLAINTS[2]["text"])
    wait_for(page, "results")
    page.locator("#cb-same").wait_for()
    assert page.locator(".cb-same__removed").count() == 0
    assert reader.untroubled


def test_the_brief_has_every_part_and_nothing_of_the_text(reader):
    page = pasted(reader)
    open_brief(page)
    page.locator("#cb-received").fill("2026-09-21")
    page.wait_for_function(
        "() => document.querySelector('.cb-brief').innerText.includes('2026-10-08')"
    )
    text = page.locator(".cb-brief").inner_text()
    for title in (
        "可能的类型", "期限", "要问", "要看", "要收", "法律依据", "先例及要点", "谈成过的方案",
        "合起来看", "检索情况", "检索人", "争议焦点", "是否参照先例", "笔记",
    ):  # fmt: skip
        assert title in text, title
    assert SECRET not in text
    assert not page.locator("#cb-q").is_visible()
    page.locator("#cb-accepted").fill("2026-09-20")
    page.wait_for_function("() => document.querySelector('#cb-brief-fault').textContent")
    page.locator("#cb-brief-close").click()
    assert page.locator("#cb-q").input_value() == TICKET
    assert page.locator("#cb-brief-open").evaluate("button => button === document.activeElement")
    kept = page.evaluate(
        "JSON.stringify([location.href, history.state, {...localStorage}, {...sessionStorage}])"
    )
    assert SECRET not in kept
    assert reader.untroubled


def test_a_case_page_leads_to_cases_like_it(reader):
    page = reader.open("cases/SL-2025-0028.html")
    page.get_by_text("看更多同类案例").click()
    wait_for(page, "results")
    page.locator("#cb-same").wait_for()
    assert "SL-2025-0028" not in ids(page)
    assert "和 SL-2025-0028 同类" in page.locator("#cb-notes").inner_text()
    open_brief(page)
    assert "编号 SL-2025-0028" in page.locator(".cb-brief").inner_text()
    assert reader.untroubled


def test_an_unknown_case_id_in_the_address_says_so(visit, opened):
    page = visit(opened).open(f"{SEARCH}#like=SL-1999-0001")
    wait_for(page, "none")
    assert "没有编号 SL-1999-0001" in page.locator("#cb-notes").inner_text()


@pytest.mark.parametrize("number", range(BRIEFS))
def test_the_brief_prints_on_one_page(visit, whole, number):
    page = pasted(visit(whole), COMPLAINTS[number * 3]["text"])
    open_brief(page)
    page.locator("#cb-received").fill("2026-04-08")
    page.wait_for_function("() => document.querySelector('.cb-brief').innerText.includes('04-17')")
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(printed.pages) == 1
    assert "调解准备单" in printed.pages[0].extract_text()


@pytest.mark.parametrize("width", [1280, 390])
def test_panel_and_brief_are_accessible(visit, whole, width):
    reader = visit(whole, width=width)
    page = pasted(reader)
    page.locator(".cb-same__sum summary").click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    open_brief(page)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
