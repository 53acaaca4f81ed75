"""The pack for Tuesday and its slides, from a folder and from a server."""

import io
from unicodedata import normalize

import pytest
from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader

PACK, SLIDES = "study/pack.html", "study/slides.html"


@pytest.fixture(params=["opened", "served"])
def reader(request, visit):
    return visit(request.getfixturevalue(request.param))


def test_the_outcome_is_folded_away_until_asked_for(reader):
    page = reader.open("study/index.html")
    page.get_by_text("的复盘包").click()
    page.wait_for_url("**/study/pack.html")
    answer = page.locator(".cb-pack__case .cb-pack__answer").first
    assert not answer.get_by_text("突破口", exact=True).is_visible()
    answer.locator("summary").click()
    assert answer.get_by_text("突破口", exact=True).is_visible()
    assert reader.untroubled


def test_it_works_without_scripts(visit, opened):
    page = visit(opened, java_script_enabled=False).open(PACK)
    answer = page.locator(".cb-pack__case .cb-pack__answer").first
    answer.locator("summary").click()
    assert answer.get_by_text("调解结果").is_visible()
    page = visit(opened, java_script_enabled=False).open(SLIDES)
    assert page.locator(".cb-slide").count() == page.locator(".cb-slide:visible").count() > 5


def test_on_paper_the_outcome_is_on_another_sheet(visit, opened):
    page = visit(opened).open(PACK)
    printed = PdfReader(io.BytesIO(page.pdf()))
    # a PDF may hold radicals in place of the characters that look like them
    sheets = [normalize("NFKC", one.extract_text()) for one in printed.pages]
    apart = next(number for number, text in enumerate(sheets) if "另一张" in text)
    assert apart >= 1
    assert all("自测答案" not in text for text in sheets[:apart])
    assert any("先想一想" in text for text in sheets[:apart])
    turning = page.locator(".cb-pack__sheet p").first.text_content()[:10]
    assert all(turning not in text for text in sheets[:apart])


def test_slides_are_shown_one_at_a_time_by_keys_and_touch(reader):
    page = reader.open(SLIDES)
    page.locator("#cb-slides-start").click()
    now = page.locator(".cb-slide--now")
    assert page.locator(".cb-slide:visible").count() == 1
    first = now.locator("h2").inner_text()
    page.keyboard.press("ArrowRight")
    assert now.locator("h2").inner_text() != first
    page.keyboard.press("PageUp")
    assert now.locator("h2").inner_text() == first
    page.keyboard.press("End")
    assert "今天定下什么" in now.inner_text()
    assert not now.locator(".cb-slide__notes").is_visible()
    page.keyboard.press("n")
    assert now.locator(".cb-slide__notes").is_visible()
    page.keyboard.press("Home")
    page.mouse.click(1000, 400)
    assert now.locator("h2").inner_text() != first
    page.keyboard.press("Escape")
    page.wait_for_function("() => !document.body.classList.contains('cb-showing')")
    assert page.locator(".cb-slide:visible").count() > 1
    assert reader.untroubled


@pytest.mark.parametrize("width", [1280, 390])
def test_pack_and_slides_are_accessible(visit, opened, width):
    reader = visit(opened, width=width)
    for path in (PACK, SLIDES):
        page = reader.open(path)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_packs_are_for_the_office_alone(tmp_path):
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    from tests.conftest import make_library_of_twelve

    library = make_library_of_twelve(tmp_path / "twelve")
    config = load_config(str(library.root / "mkdocs.yml"), site_dir=str(tmp_path / "site"))
    config.plugins["casebook"].config["audience"] = "public"
    build(config)
    assert not (tmp_path / "site" / PACK).exists()
    assert not (tmp_path / "site" / SLIDES).exists()
