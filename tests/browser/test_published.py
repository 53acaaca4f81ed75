"""What is handed on, as its receivers open it: one file, an unpacked zip, a site kept offline."""

import datetime
import functools
import http.server
import threading
import zipfile

import pytest
from axe_playwright_python.sync_playwright import Axe

from builder.model.audience import Audience
from builder.site.publish import PublishRequest, publish
from builder.site.publish_folder import take_down

TODAY = datetime.date(2026, 11, 24)
COMPLAINT = (
    "我在健身房办了两年的瑜伽卡，脚踝骨折了不能再练，要求退掉没用的部分，"
    "商家说合同写了扣三成，只肯退一点，请帮我退费"
)


@pytest.fixture(scope="session")
def handed_on(twelve, tmp_path_factory):
    """Return a function that publishes the twelve cases under a name, once."""
    folder = tmp_path_factory.mktemp("handed on") / "微信 文件"
    folder.mkdir()

    def publish_as(name):
        target = folder / name
        if not target.exists():
            publish(PublishRequest(twelve.settings, Audience.PARTNER, target, TODAY))
        return target

    return publish_as


@pytest.fixture(scope="session")
def one_file(handed_on):
    """Address of the one-file edition."""
    return handed_on("案例库.html").as_uri()


@pytest.fixture(scope="session")
def unpacked(handed_on, tmp_path_factory):
    """Folder of the zip's content, unpacked."""
    folder = tmp_path_factory.mktemp("unpacked") / "下载 的"
    with zipfile.ZipFile(handed_on("案例库.zip")) as archive:
        archive.extractall(folder)
    return next(folder.iterdir())


def found(page):
    page.wait_for_selector("body[data-cb-state=results]")
    page.wait_for_selector("#cb-search:not([aria-busy])")
    return page.eval_on_selector_all(".cb-hit", "hits => hits.map(hit => hit.dataset.id)")


@pytest.mark.parametrize("width", [1280, 390])
def test_one_file_is_searched_read_and_left_again(visit, one_file, width):
    reader = visit(one_file, width)
    page = reader.open("")
    assert page.locator(".cb-banner").inner_text() == "仅限伙伴工作室交流"
    page.locator("#cb-q").fill("退卡")
    assert "SL-2024-0033" in found(page)  # it says 退费 and nowhere 退卡
    page.locator(".cb-hit[data-id='SL-2025-0028'] a").first.click()
    page.locator("h1:visible", has_text="瑜伽").wait_for()
    assert page.url.endswith("#SL-2025-0028")
    page.go_back()
    assert page.locator("#cb-q").input_value() == "退卡"
    page.locator("#cb-q").fill(COMPLAINT)
    page.locator(".cb-hit[data-id='SL-2025-0028']").wait_for()
    assert "瑜伽" not in page.url  # a complaint stays out of the address
    assert reader.untroubled


def test_an_address_in_one_file_can_be_shared(visit, one_file):
    reader = visit(one_file)
    page = reader.open("#q=退卡")
    assert "SL-2024-0033" in found(page)
    reader.open("#SL-2024-0033").locator("h1:visible").wait_for()
    assert reader.untroubled


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
@pytest.mark.parametrize("place", ["", "#q=退卡", "#SL-2024-0033", "#types", "#law"], ids=str)
def test_one_file_is_accessible_and_fits(visit, one_file, place, width, scheme):
    page = visit(one_file, width, color_scheme=scheme).open(place)
    page.wait_for_selector("#cb-search:not([aria-busy])", state="attached")
    report = Axe().run(page)
    assert report.violations_count == 0, report.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_zip_opens_by_its_start_file(visit, unpacked):
    start = next(path for path in unpacked.iterdir() if path.suffix == ".html")
    reader = visit(unpacked.as_uri() + "/")
    page = reader.open(start.name)
    page.wait_for_url("**/site/index.html")
    page.locator("h1:visible").wait_for()
    searching = reader.open("site/search/index.html#q=退卡")
    assert "SL-2024-0033" in found(searching)
    searching.locator(".cb-hit a").first.click()
    searching.wait_for_url("**/site/cases/*.html")
    assert reader.untroubled


def test_a_start_file_opened_inside_the_zip_says_to_unpack_first(visit, unpacked, tmp_path):
    start = next(path for path in unpacked.iterdir() if path.suffix == ".html")
    alone = tmp_path / start.name  # as Windows does on a double click inside a zip
    alone.write_bytes(start.read_bytes())
    page = visit(tmp_path.as_uri() + "/").open(start.name)
    page.get_by_text("解压").first.wait_for()
    assert page.url.endswith(alone.as_uri()[-10:])


@pytest.fixture
def kept(handed_on):
    """Folder that was published, and its address on a server."""
    folder = handed_on("网站")
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield folder, f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format, *args):
        pass


def test_a_visited_library_works_offline_until_it_is_taken_down(visit, kept):
    folder, address = kept
    reader = visit(address, service_workers="allow")
    page = reader.open("cases/SL-2024-0033.html")
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.reload()  # from now on pages come by way of the worker

    reader.context.set_offline(True)
    page.goto(address + "search/index.html#q=退卡")
    assert "SL-2024-0033" in found(page)
    page.locator("#cb-offline").wait_for()
    page.goto(address + "cases/SL-2024-0033.html")
    assert page.locator("h1").count() == 1
    page.goto(address + "cases/SL-2025-0028.html")
    page.get_by_text("这一页没有在这台设备上打开过").wait_for()

    reader.context.set_offline(False)
    take_down(folder, "案例库")
    page.goto(address + "index.html")
    page.evaluate("navigator.serviceWorker.getRegistration().then(one => one && one.update())")
    page.wait_for_function(
        "caches.keys().then(names => names.every(name => !name.startsWith('casebook')))"
    )
    reader.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_"):
        page.goto(address + "cases/SL-2024-0033.html")
