"""Files taken from the downloads page, from a folder as from a server."""

import json

import pytest


@pytest.mark.parametrize("way", ["opened", "served"])
def test_tables_can_be_saved_under_a_name_that_tells_the_circle(request, visit, way):
    page = visit(request.getfixturevalue(way)).open("downloads/index.html")
    for title, start in (("Excel 表", b"PK"), ("CSV 表", b"\xef\xbb\xbf\xe7\xbc\x96\xe5\x8f\xb7,")):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=title).click()
        saved = waiting.value
        if way == "served":  # a browser names what comes from a folder itself
            assert "（内部）" in saved.suggested_filename
        assert saved.path().read_bytes().startswith(start)


@pytest.mark.parametrize("way", ["opened", "served"])
def test_a_case_leads_to_its_data_and_every_page_to_the_downloads(request, visit, way):
    reader = visit(request.getfixturevalue(way))
    page = reader.open("cases/SL-2026-0009.html")
    page.locator(".md-copyright").get_by_role("link", name="下载与订阅").click()
    page.wait_for_url("**/downloads/index.html")
    page.get_by_role("link", name="数据说明").click()
    page.wait_for_url("**/downloads/api.html")
    page.go_back()
    page.go_back()
    page.get_by_role("link", name="本案数据").click()
    page.wait_for_url("**/api/v1/cases/SL-2026-0009.json")
    assert json.loads(page.locator("body").inner_text())["id"] == "SL-2026-0009"
    assert reader.elsewhere == []
