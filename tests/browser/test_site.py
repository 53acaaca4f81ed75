"""The site as readers have it: opened from a folder, over http, on a phone, in the dark, on paper."""

import itertools

import pytest
from axe_playwright_python.sync_playwright import Axe

PAGES = {
    "home": "index.html",
    "recent": "cases/index.html",
    "case": "cases/SL-2026-0009.html",
    "changed law": "cases/SL-2024-0033.html",
    "types": "browse/types/index.html",
    "type": "browse/types/zhiliang.html",
    "places": "browse/places/index.html",
    "law": "law/index.html",
    "statute": "law/xiaobaofa.html",
    "study": "study/index.html",
    "session": "study/2026-11-17.html",
    "privacy": "privacy.html",
    "downloads": "downloads/index.html",
    "data": "downloads/api.html",
    "guide": "guides/write.html",
    "search": "search/index.html",
    "found": "search/index.html#q=退卡",
    "nothing": "search/index.html#q=火星移民",
}
CASE = PAGES["case"]
READ = ".cb-facts, .cb-body, .md-banner"
STICKING_OUT = """width => [...document.querySelectorAll('.md-content__inner *')]
  .filter(element => element.getBoundingClientRect().right > width + 1)
  .map(element => element.outerHTML)"""


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("way", ["opened", "served"])
def test_asks_no_other_host_and_raises_no_complaint(request, visit, way, path):
    reader = visit(request.getfixturevalue(way))
    page = reader.open(path)
    page.wait_for_timeout(100)
    assert reader.elsewhere == []
    assert reader.complaints == []
    assert page.locator(".cb-banner").inner_text() == "内部资料，不得外传"
    assert page.locator("h1").count() == 1
    assert page.title()


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize(
    ("scheme", "width"), list(itertools.product(["light", "dark"], [1280, 390])), ids=str
)
def test_is_accessible_and_fits(visit, served, path, scheme, width):
    page = visit(served, width, color_scheme=scheme, reduced_motion="reduce").open(path)
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (background == "rgb(255, 255, 255)") is (scheme == "light")
    page.wait_for_timeout(400)  # the theme fades its tabs in
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(STICKING_OUT, width) == []


@pytest.mark.parametrize("way", ["opened", "served"])
def test_copies_the_citation(request, visit, way):
    reader = visit(request.getfixturevalue(way))
    if way == "served":
        reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = reader.open(CASE)
    citation = page.locator("#citation").inner_text()
    assert "SL-2026-0009" in citation
    page.locator("[data-cb-copy]").click()
    page.get_by_text("已复制", exact=True).wait_for()
    if way == "served":
        assert page.evaluate("navigator.clipboard.readText()") == citation


def test_a_phone_shows_the_lesser_facts_when_asked(visit, opened):
    page = visit(opened, 390).open(CASE)
    assert not page.get_by_text("见现场").is_visible()
    page.get_by_text("时间、当事人、手法等").click()
    assert page.get_by_text("见现场").is_visible()
    wide = visit(opened).open(CASE)
    assert wide.get_by_text("见现场").is_visible()
    assert wide.locator(".cb-toc").is_visible()


def test_everything_can_be_read_without_scripts(visit, opened):
    reader = visit(opened, java_script_enabled=False)
    page = reader.open(CASE)
    for words in ("案情简介", "突破口", "短板", "见现场", "收到 2026-04-20"):
        assert page.locator(READ).get_by_text(words, exact=False).first.is_visible(), words
    assert page.locator(".cb-case button:visible").count() == 0
    home = reader.open("index.html")
    assert home.locator(".cb-find__field").is_visible()


def test_the_keyboard_reaches_content_first(visit, opened):
    page = visit(opened).open(CASE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('md-skip')")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#content') !== null")


def test_sections_have_anchors(visit, opened):
    page = visit(opened).open(CASE + "#turning-point")
    top = page.locator("#turning-point").bounding_box()["y"]
    assert 0 <= top < 450
    assert page.locator("#turning-point a").get_attribute("href") == "#turning-point"


def test_paper_holds_the_case_and_nothing_to_press(visit, opened):
    page = visit(opened, 390, color_scheme="dark").open(CASE)
    page.emulate_media(media="print")
    for words in ("见现场", "突破口", "内部资料，不得外传"):
        page.locator(READ).get_by_text(words, exact=False).first.wait_for(timeout=5_000)
    for gone in (".md-header", ".md-tabs", ".cb-toc", ".cb-tools", ".cb-trail", ".md-footer"):
        assert page.locator(gone).is_hidden(), gone
    colour = page.evaluate("getComputedStyle(document.querySelector('.cb-body p')).color")
    assert colour == "rgb(0, 0, 0)"
