"""The writing form: from a complaint to a case file that the library takes, and back again."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.conftest import make_library_of_twelve, run

FORM = "cases/write.html"
TICKET = (
    "【商户名称】大唐健身馆【消费金额】3600元【问题描述】消费者在健身馆办了一年的健身卡，"
    "去了两个月就停课，店里说概不退款，电话也没人接。【主要诉求】退款、赔偿损失"
)


@pytest.fixture(params=[("opened", 1280), ("served", 1280), ("opened", 390)], ids=str)
def reader(request, visit):
    address, width = request.param
    return visit(request.getfixturevalue(address), width=width, accept_downloads=True)


@pytest.fixture
def office(tmp_path):
    """The library of twelve cases that the site was made of, with an inbox."""
    library = make_library_of_twelve(tmp_path / "twelve")
    (library.root / "inbox").mkdir()
    return library


def save(page, folder):
    """Save the form; return the path of the file."""
    page.wait_for_function("!document.getElementById('cb-w-save').disabled")
    with page.expect_download() as waiting:
        page.locator("#cb-w-save").click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def load(page, path):
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#cb-w-file").set_input_files(path)
    page.wait_for_function("document.getElementById('cb-w-opened').textContent.includes('打开了')")


def write_a_case(page):
    page.locator("#cb-w-ticket").fill(TICKET)
    page.locator("#cb-w-fill").click()
    page.locator("#cb-w-types button").first.click()
    page.locator("#f-title").fill("停课以后健身卡退费争议")
    page.locator("#f-summary").fill("按实付折算，四天退完。")
    page.locator("#f-status").select_option("published")
    page.locator("#f-audience").select_option("public")
    page.locator("#f-industry").select_option("jianshen-yundong")
    for day, name in (
        ("2026-03-02", "received"),
        ("2026-03-04", "accepted"),
        ("2026-03-12", "closed"),
    ):
        page.locator(f"[id='f-timeline.{name}']").fill(day)
    page.locator("[data-field='timeline.received'] input[type=time]").fill("09:40")
    page.locator("[id='f-amounts.recovered']").fill("2150.50")
    page.locator("[data-field=issues] [data-add]").click()
    page.keyboard.type("余额怎么折算")
    page.locator("#f-process").fill("先分开谈。\n\n再当面对账，第一次出价一千八。")
    page.locator("#f-result").fill("四天内退还 2150.50 元。")
    for outcome in ("tiaojie-chenggong", "tuikuan-bufen"):
        page.locator("#f-outcomes").select_option(outcome)
    page.locator("#f-statutes").select_option("xiaobaofa")
    page.locator("[data-article]").fill("第53条")
    page.keyboard.press("Enter")
    page.locator("[data-field='lessons.weak'] [data-add]").click()
    page.keyboard.type('没有当天到场："<b>太晚"')
    page.locator("[data-field='lessons.weak'] [type=checkbox]").check()
    page.locator("[id='f-four_sights.scene.seen']").select_option("true")
    page.locator("[id='f-four_sights.scene.note']").fill("门上贴着停课通知")
    page.locator("#f-keywords").fill("预付式消费\n退费")


def test_a_complaint_becomes_a_case_of_the_library_and_comes_back_unchanged(
    reader, office, tmp_path
):
    page = reader.open(FORM)
    write_a_case(page)
    assert "SL-" in page.locator("#cb-w-likes").inner_text()
    written = save(page, office.root / "inbox")
    assert written.name == "SL-2026-0032.yml"  # the next free one of 2026
    code, said = run(office, "inbox")
    assert code == 0, said
    assert run(office, "check")[0] == 0
    filed = office.root / "cases" / "2026" / written.name
    case = next(item.case for item in office.load().cases if item.case.id == filed.stem)
    assert case.claims == ("tuikuan", "peichang")
    assert str(case.amounts.disputed) == "3600"
    assert "大唐" not in filed.read_text("utf-8")
    assert case.lessons.weak[0].text == '没有当天到场："<b>太晚"'
    assert case.lessons.weak[0].internal
    assert case.process == "先分开谈。\n\n再当面对账，第一次出价一千八。"
    assert case.statutes == ("xiaobaofa#53",)
    load(page, filed)
    assert save(page, tmp_path).read_bytes() == filed.read_bytes()
    assert reader.untroubled


def test_the_edit_of_a_filed_case_is_taken_and_a_second_one_is_shown(reader, office, tmp_path):
    filed = office.root / "cases" / "2026" / "SL-2026-0016.yml"
    before = filed.read_bytes()
    page = reader.open(FORM)
    load(page, filed)
    assert save(page, tmp_path).read_bytes() == before
    page.locator("#f-title").fill("改过的标题")
    save(page, office.root / "inbox")
    page.locator("#f-title").fill("又改的标题")
    again = save(page, tmp_path)
    assert run(office, "inbox")[0] == 0
    assert "改过的标题" in filed.read_text("utf-8")
    again.replace(office.root / "inbox" / again.name)
    code, said = run(office, "inbox")
    assert code == 1
    assert "又被别人改过" in said
    assert "改过的标题" in filed.read_text("utf-8")
    assert reader.untroubled


def test_every_case_opens_and_saves_unchanged(visit, opened, office, tmp_path):
    page = visit(opened, accept_downloads=True).open(FORM)
    for path in sorted((office.root / "cases").glob("20*/*.yml")):
        load(page, path)
        assert page.locator("#cb-w-state").inner_text().startswith("可以存了"), path.name
        assert save(page, tmp_path).read_bytes() == path.read_bytes()
        page.evaluate("document.getElementById('cb-w-opened').textContent = ''")


def test_what_is_missing_is_named_and_leads_to_its_field(reader):
    page = reader.open(FORM)
    assert page.locator("#cb-w-save").is_disabled()
    page.locator("#f-status").select_option("published")
    page.wait_for_function("document.querySelectorAll('#cb-w-faults li').length > 5")
    page.locator("[id='f-timeline.received']").fill("2026-03-12")
    page.locator("[id='f-timeline.closed']").fill("2026-03-02")
    page.locator("[id='f-amounts.claimed']").fill("一千")
    said = page.locator("[id='e-timeline.closed']")
    said.filter(has_text="早于").wait_for()
    assert "只写数字" in page.locator("[id='e-amounts.claimed']").inner_text()
    page.locator("#cb-w-faults button").filter(has_text="处理结果").click()
    assert page.evaluate("document.activeElement.id") == "f-outcomes"


def test_what_tells_who_is_meant_is_named_as_one_types(reader):
    page = reader.open(FORM)
    page.locator("#f-title").fill("退费争议")
    page.locator("#f-facts").fill("消费者王建国打来电话，号码１３９１２３４５６７８。")
    said = page.locator("#e-facts")
    said.filter(has_text="手机号码").wait_for()
    assert "人名" in said.inner_text()
    assert "12345678" not in said.inner_text()
    assert not page.locator("#cb-w-save").is_disabled()  # inside the office it is a warning
    page.locator("#f-audience").select_option("public")
    page.wait_for_function("document.getElementById('cb-w-save').disabled")
    page.locator("#f-facts").fill("消费者王女士打来电话。")
    page.wait_for_function("!document.getElementById('cb-w-save').disabled")
    assert said.inner_text() == ""


def test_a_draft_is_kept_on_this_device_until_that_is_switched_off(reader):
    page = reader.open(FORM)
    page.locator("#f-title").fill("还没写完的一件")
    page.wait_for_function(
        "(localStorage.getItem('casebook.case-draft') ?? '').includes('还没写完')"
    )
    page.reload()
    page.locator("#cb-w-opened").filter(has_text="接着写").wait_for()
    assert page.locator("#f-title").input_value() == "还没写完的一件"
    page.locator("#cb-w-keep").uncheck()
    page.locator("#f-title").fill("不留在这台机器上")
    page.locator("#cb-w-state").filter(has_text="可以存了").wait_for()
    page.wait_for_timeout(600)
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, location.href])")
    assert "还没写完" not in kept
    assert "不留在" not in kept


@pytest.mark.parametrize(
    ("text", "told"),
    [("title: [", "写法有误"), ("\x00\xff", "写法有误"), ("titel: 甲", "不认识的字段")],
)
def test_a_file_that_is_no_case_is_refused_and_what_was_written_stays(
    visit, opened, tmp_path, text, told
):
    page = visit(opened).open(FORM)
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#f-title").fill("写了一半")
    (tmp_path / "x.yml").write_text(text, "utf-8")
    page.locator("#cb-w-file").set_input_files(tmp_path / "x.yml")
    page.locator("#cb-w-opened").filter(has_text=told).wait_for()
    assert page.locator("#f-title").input_value() == "写了一半"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_form_is_accessible(visit, opened, office, width, scheme):
    page = visit(opened, width=width, color_scheme=scheme).open(FORM)
    write_a_case(page)
    page.locator("[data-field=related] [data-add]").click()
    page.wait_for_timeout(600)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_form_can_be_filled_in_with_the_keyboard_alone(visit, opened):
    page = visit(opened).open(FORM)
    page.locator("#cb-w-ticket").focus()
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id"))
    wanted = ["cb-w-fill", "cb-w-file", "cb-w-new", "cb-w-keep", "f-id", "f-title", "f-summary"]
    assert [one for one in reached if one in wanted] == wanted
