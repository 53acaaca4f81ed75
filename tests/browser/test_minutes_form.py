"""The minutes form: filled in, downloaded, filed, and read back by the library."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.conftest import make_library_of_twelve

FORM = "study/form.html"


@pytest.fixture(params=[("opened", 1280), ("served", 1280), ("opened", 390)], ids=str)
def reader(request, visit):
    address, width = request.param
    return visit(request.getfixturevalue(address), width=width, accept_downloads=True)


def test_what_is_written_becomes_a_file_that_the_library_reads(reader, tmp_path):
    page = reader.open(FORM)
    page.locator("#cb-m-date").fill("2026-12-01")
    page.locator("#cb-m-title").fill("算账：先对余额")
    page.locator("#cb-m-host").fill("带班副所长")
    assert "SL-" in page.locator("#cb-m-cases").input_value()  # those of the pack
    page.locator("#cb-m-cases").fill("")
    page.locator("#cb-m-find").fill("瑜伽")
    page.locator("#cb-m-found button").first.click()
    assert "SL-2025-0028" in page.locator("#cb-m-cases").input_value()
    page.locator("#cb-m-lessons").fill("先把账算清\n<b>不是标记</b>")
    page.locator("[data-action=what]").fill("提醒卡")
    assert page.locator("#cb-m-save").is_disabled()
    assert "谁负责" in page.locator("#cb-m-faults").inner_text()
    page.locator("[data-action=owner]").fill("内勤")
    page.locator("[data-action=due]").fill("2026-12-15")
    page.locator("#cb-m-body").fill("第一段。")
    with page.expect_download() as waiting:
        page.locator("#cb-m-save").click()
    assert waiting.value.suggested_filename == "2026-12-01.md"
    library = make_library_of_twelve(tmp_path / "twelve")
    target = library.root / "docs" / "study" / "2026-12-01.md"
    waiting.value.save_as(target)
    book = library.load()
    assert not [problem for problem in book.problems if "2026-12-01" in problem.path]
    meta = next(one.meta for one in book.sessions if one.meta.date.isoformat() == "2026-12-01")
    assert meta.cases == ("SL-2025-0028",)
    assert meta.lessons == ("先把账算清", "<b>不是标记</b>")
    assert meta.actions[0].owner == "内勤"
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, location.href])")
    assert "算账" not in kept
    assert reader.untroubled


def test_faults_are_named_as_one_types(reader):
    page = reader.open(FORM)
    page.locator("#cb-m-date").fill("2026-12-02")
    page.locator("#cb-m-cases").fill("SL-1999-0001")
    faults = page.locator("#cb-m-faults").inner_text()
    assert "不是星期二" in faults
    assert "SL-1999-0001" in faults
    assert "标题" in faults


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", [FORM, "study/2026.html", "study/index.html"])
def test_pages_of_study_are_accessible(visit, opened, path, width):
    page = visit(opened, width=width).open(path)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
