"""Searching as people do it: from a folder and from a server, at a desk and on a phone."""

import itertools
import json

import pytest
from axe_playwright_python.sync_playwright import Axe

SEARCH = "search/index.html"
WAYS = ["opened", "served"]
TICKET = (
    "退赔费用 其他投诉问题 商户名称：某某健身馆 发生时间：2026年3月1日 消费金额：4380元 "
    "问题描述：我在这家店办了两年的瑜伽卡，脚踝骨折了不能再练，要求退掉没用的部分，"
    "商家说合同写了扣三成，只肯退一点。主要诉求：1、退费；2、不同意扣违约金"
)
SECRET = "瑜伽卡，脚踝骨折"  # of the ticket: must be nowhere but in its field


def ask(page, text):
    page.locator("#cb-q").fill(text)


def wait_for(page, state):
    page.wait_for_selector(f"body[data-cb-state={state}]")
    page.wait_for_selector("#cb-search:not([aria-busy])")


def ids(page):
    return page.eval_on_selector_all(".cb-hit", "hits => hits.map(hit => hit.dataset.id)")


def status(page):
    return page.locator("#cb-status").inner_text()


@pytest.fixture(params=WAYS)
def reader(request, visit):
    return visit(request.getfixturevalue(request.param))


def test_finds_as_one_types_and_shows_why(reader):
    page = reader.open(SEARCH)
    page.locator("#cb-q").press_sequentially("退卡")
    wait_for(page, "results")
    page.locator(".cb-hit mark").first.wait_for()
    assert "SL-2024-0033" in ids(page)  # it says 退费 and nowhere 退卡
    hit = page.locator(".cb-hit[data-id='SL-2025-0028']")
    text = hit.inner_text()
    for part in ("示例", "健身运动", "争议 4,380 元，追回 3,500 元", "2025年9月", "命中："):
        assert part in text
    assert reader.untroubled


def test_an_id_comes_first_and_alone(reader):
    page = reader.open(f"{SEARCH}#q=sl-2025-0019")
    wait_for(page, "results")
    assert ids(page) == ["SL-2025-0019"]
    assert status(page) == "这个编号的案例"
    page.locator(".cb-hit a").click()
    page.wait_for_url("**/cases/SL-2025-0019.html")


def test_a_pasted_ticket_finds_its_kind_and_leaves_no_trace(reader):
    page = reader.open(SEARCH)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    ask(page, TICKET)
    wait_for(page, "results")
    assert ids(page)[0] == "SL-2025-0028"
    notes = page.locator("#cb-notes").inner_text()
    assert "金额 4380 元" in notes
    assert "商户名称已略去" in notes
    page.locator(".cb-hit__same").first.wait_for()
    page.keyboard.press("Enter")
    page.locator("[data-facet=years] input").first.check()
    wait_for(page, "results")
    kept = page.evaluate(
        "JSON.stringify([location.href, history.state, {...localStorage}, {...sessionStorage}])"
    )
    assert SECRET not in kept
    assert "%E7%91%9C" not in kept  # 瑜 in an address
    assert not any("%E7%91%9C" in url for url in asked)
    assert page.locator("#cb-q").input_value() == TICKET
    page.reload()
    wait_for(page, "ready")
    assert "粘贴的诉求没有保存" in page.locator("#cb-message").inner_text()
    assert reader.untroubled


def test_a_case_opens_beside_a_pasted_complaint_which_stays(reader):
    page = reader.open(SEARCH)
    ask(page, TICKET)
    wait_for(page, "results")
    page.keyboard.press("Enter")
    with reader.context.expect_page() as opening:
        page.locator(".cb-hit a").first.click()
    opening.value.wait_for_url("**/cases/SL-2025-0028.html")
    assert page.locator("#cb-q").input_value() == TICKET
    ask(page, "退卡")
    page.wait_for_url("**#q=*")
    wait_for(page, "results")
    page.locator(".cb-hit a:not([target])").first.click()
    page.wait_for_url("**/cases/*.html")


def test_filters_count_narrow_and_are_taken_off(reader):
    page = reader.open(f"{SEARCH}#q=退费")
    wait_for(page, "results")
    everything = ids(page)
    row = page.locator("[data-facet=types] li", has_text="停业失联").first
    count = int(row.locator(".cb-count").inner_text())
    row.locator("input").check()
    page.wait_for_function(f"document.querySelectorAll('.cb-hit').length === {count}")
    narrowed = ids(page)
    assert set(narrowed) < set(everything)
    assert "types=guandian-shilian" in page.url
    pill = page.get_by_role("button", name="去掉筛选条件 纠纷类型：停业失联")
    pill.click()
    page.wait_for_function(f"document.querySelectorAll('.cb-hit').length === {len(everything)}")
    assert ids(page) == everything
    assert "types=" not in page.url


def test_an_address_can_be_shared_and_the_back_button_goes_back(reader, visit):
    page = reader.open(f"{SEARCH}#q=退费")
    wait_for(page, "results")
    first = ids(page)
    page.locator("[data-facet=outcomes] input").first.check()
    page.wait_for_function("location.hash.includes('outcomes=')")
    wait_for(page, "results")
    page.locator("#cb-sort").select_option("newest")
    page.wait_for_function("location.hash.includes('sort=newest')")
    wait_for(page, "results")
    shared, there = page.url, ids(page)
    other = visit(reader.base).open(shared.removeprefix(reader.base))
    wait_for(other, "results")
    assert ids(other) == there
    assert other.locator("#cb-sort").input_value() == "newest"
    page.go_back()
    page.wait_for_function("!location.hash.includes('sort')")
    page.go_back()
    page.wait_for_function("!location.hash.includes('outcomes')")
    page.wait_for_function(f"document.querySelectorAll('.cb-hit').length === {len(first)}")
    assert ids(page) == first
    page.go_forward()
    page.wait_for_function("location.hash.includes('outcomes')")


def test_pages_go_on_and_can_be_shared(reader, visit):
    page = reader.open(SEARCH)
    wait_for(page, "ready")
    assert len(ids(page)) == 10
    total = int(status(page).split()[1])
    page.locator("#cb-more").click()
    page.wait_for_function("document.querySelectorAll('.cb-hit').length > 10")
    assert len(set(ids(page))) == min(20, total)
    assert page.evaluate("document.activeElement.closest('.cb-hit').dataset.id") == ids(page)[10]
    other = visit(reader.base).open(page.url.removeprefix(reader.base))
    other.wait_for_function("document.querySelectorAll('.cb-hit').length > 10")


def test_sorts_by_date_and_by_sum(visit, opened):
    page = visit(opened).open(f"{SEARCH}#sort=amount")
    wait_for(page, "ready")
    assert ids(page)[0] == "SL-2026-0016"  # 184,270 元
    page.locator("#cb-sort").select_option("newest")
    page.wait_for_function("document.querySelector('.cb-hit').dataset.id === 'SL-2026-0031'")


@pytest.mark.parametrize("width", [1280, 390])
def test_on_paper_the_query_stands_and_the_controls_do_not(visit, opened, width):
    page = visit(opened, width).open(f"{SEARCH}#q=退卡")
    wait_for(page, "results")
    page.emulate_media(media="print")
    assert page.locator("#cb-print").inner_text() == "查找：退卡"
    for hidden in ("#cb-ask", "#cb-facets", "#cb-sort", ".cb-box"):
        assert not page.locator(hidden).is_visible()
    assert page.locator(".cb-hit").first.is_visible()


def test_keys_lead_through_the_page(visit, opened):
    page = visit(opened).open(f"{SEARCH}#q=退卡")
    wait_for(page, "results")
    focused = "document.activeElement.id || document.activeElement.textContent"
    for key in ("/", "s", "f"):
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press(key)
        assert page.evaluate(focused) == "cb-q"
    assert page.locator("#cb-q").input_value() == "退卡"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    titles = page.locator(".cb-hit h2").all_inner_texts()
    assert page.evaluate(focused) == titles[1]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == "cb-q"
    page.keyboard.press("Escape")
    assert page.locator("#cb-q").input_value() == ""
    wait_for(page, "ready")
    case = visit(opened).open("cases/SL-2026-0009.html")
    case.keyboard.press("/")
    assert case.evaluate("document.activeElement.closest('.cb-box') !== null")


def test_nothing_happens_while_a_word_is_composed(visit, opened):
    page = visit(opened).open(SEARCH)
    wait_for(page, "ready")
    compose = """(step) => {
      const field = document.getElementById('cb-q')
      field.focus()
      if (step === 'start') {
        field.dispatchEvent(new CompositionEvent('compositionstart'))
        field.value = "tui'ka"
        field.dispatchEvent(new InputEvent('input', {isComposing: true, bubbles: true}))
        const enter = {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}
        field.dispatchEvent(new KeyboardEvent('keydown', enter))
      } else {
        field.value = '退卡'
        field.dispatchEvent(new CompositionEvent('compositionend'))
      }
    }"""
    page.evaluate(compose, "start")
    page.wait_for_timeout(400)
    assert page.evaluate("document.body.dataset.cbState") == "ready"
    assert "#" not in page.url
    page.evaluate(compose, "end")
    wait_for(page, "results")


def test_remembers_short_searches_on_this_device_unless_told_not_to(visit, served):
    reader = visit(served)
    page = reader.open(SEARCH)
    ask(page, "退卡")
    page.keyboard.press("Enter")
    ask(page, TICKET)
    page.keyboard.press("Enter")
    wait_for(page, "results")
    page = reader.open(SEARCH)
    page.locator("#cb-recent").wait_for()
    assert page.locator("#cb-recent-list button").all_inner_texts() == ["退卡"]
    page.locator("#cb-recent-list button").click()
    wait_for(page, "results")
    page.locator("#cb-clear").click()
    page.locator("#cb-forget").click()
    assert not page.locator("#cb-recent").is_visible()
    page.locator("#cb-remember").uncheck()
    ask(page, "床垫")
    page.keyboard.press("Enter")
    wait_for(page, "results")
    page = reader.open(SEARCH)
    wait_for(page, "ready")
    assert not page.locator("#cb-recent").is_visible()
    assert not page.locator("#cb-remember").is_checked()
    assert "床垫" not in page.evaluate("JSON.stringify({...localStorage})")


def test_guesses_letters_and_wrong_characters(visit, opened):
    page = visit(opened).open(f"{SEARCH}#q=jsyd tk")
    wait_for(page, "none")
    mean = page.locator("#cb-message .cb-mean button")
    assert mean.inner_text().startswith("健身运动 ")
    mean.click()
    wait_for(page, "results")
    page = visit(opened).open(f"{SEARCH}#q=健身运洞")
    page.get_by_role("button", name="健身运动").wait_for()


def test_reads_conditions_and_says_what_it_did_not_understand(visit, opened):
    page = visit(opened).open(SEARCH)
    ask(page, "类型:预付式消费 金额:1000..5000 -理发")
    wait_for(page, "results")
    conditions = page.locator("#cb-conditions li").all_inner_texts()
    assert conditions == ["类型：预付式消费", "金额：1000..5000", "不要 “理发”"]
    assert "SL-2025-0019" not in ids(page)
    ask(page, "没有这个字段:退卡")
    page.get_by_text("没有“没有这个字段”这个字段，已当作普通词查找。").wait_for()
    ask(page, '类型:预付式消费 结果:退款 日期:2025-01..2026-12 "个人原因" 退卡')
    page.wait_for_function("document.querySelectorAll('#cb-conditions li').length === 4")
    page.wait_for_function("location.hash.startsWith('#q=')")  # long, but no story


def test_leads_to_guides_and_law_too(visit, opened):
    page = visit(opened).open(f"{SEARCH}#q=消费者权益保护法")
    wait_for(page, "results")
    page.locator("#cb-pages a", has_text="消费者权益保护法").first.click()
    page.wait_for_url("**/law/xiaobaofa.html")


# -- States --


def test_before_anything_is_typed_there_are_examples_and_what_is_new(reader):
    page = reader.open(SEARCH)
    wait_for(page, "ready")
    assert status(page).startswith("共 ")
    page.get_by_role("button", name="法条:消法55").click()
    wait_for(page, "results")
    assert not page.locator("#cb-start").is_visible()


def test_nothing_found_says_what_to_try(visit, opened):
    page = visit(opened).open(f"{SEARCH}#q=火星移民")
    wait_for(page, "none")
    assert "换短一些" in page.locator("#cb-message").inner_text()
    assert ids(page) == []


def test_nothing_found_for_the_filters_offers_to_drop_them(visit, opened):
    page = visit(opened).open(f"{SEARCH}#q=床垫&years=2023")
    wait_for(page, "none")
    page.get_by_role("button", name="去掉筛选条件再找").click()
    wait_for(page, "results")
    assert "years" not in page.url


def test_says_so_until_the_index_is_there(visit, served):
    page = visit(served).context.new_page()
    held = []
    page.route("**/manifest.js*", lambda route: held.append(route))
    page.goto(f"{served}{SEARCH}#q=退卡", wait_until="commit")
    page.wait_for_selector("body[data-cb-state=loading]")
    assert "正在打开" in page.locator("#cb-message").inner_text()
    held[0].continue_()
    wait_for(page, "results")


FAULTS = {
    "no manifest": ("**/manifest.js*", {"status": 404}, "没有取到"),
    "another version": (
        "**/manifest.js*",
        {"body": 'casebookShard("manifest",{"format":9})'},
        "只认得版本",
    ),
    "a page instead of words": ("**/words.js", {"body": "<!doctype html><p>404"}, "损坏"),
    "no shard of terms": ("**/terms/*.js", {"status": 404}, "没有取到"),
    "half a shard": ("**/terms/*.js", {"body": 'casebookShard("terms/0",["退'}, "损坏"),
    "a shard of nonsense": (
        "**/terms/*.js",
        {
            "body": 'casebookShard(document.currentScript.src.match(/terms.\\d+/)[0],["a","b","\\u0001"])'
        },
        "损坏",
    ),
    "no texts": ("**/texts/*.js", {"status": 404}, "没有取到"),
    "no cards": ("**/cards/*.js", {"status": 404}, "没有取到"),
    "no facets": ("**/facets/types.js", {"status": 404}, "没有取到"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_and_can_be_tried_again(visit, served, fault):
    pattern, answer, said = fault
    page = visit(served).context.new_page()
    page.route(pattern, lambda route: route.fulfill(**{"status": 200, **answer}))
    page.goto(f"{served}{SEARCH}#q=退卡")
    page.wait_for_selector("body[data-cb-state=failed]")
    message = page.locator("#cb-message").inner_text()
    assert "现在不能查找" in message
    assert said in message
    assert "页面" in message or "网络" in message  # what to do
    page.unroute(pattern)
    page.get_by_role("button", name="重试").click()
    wait_for(page, "results")


def test_offline_is_told_from_missing(visit, served):
    reader = visit(served)
    page = reader.open("index.html")
    page.goto(f"{served}{SEARCH}")
    wait_for(page, "ready")
    reader.context.set_offline(True)
    ask(page, "柜门")
    page.wait_for_selector("body[data-cb-state=failed]")
    assert "没有连上网络" in page.locator("#cb-message").inner_text()
    reader.context.set_offline(False)
    page.get_by_role("button", name="重试").click()
    wait_for(page, "results")


def test_a_torn_folder_says_to_unpack_it_again(visit, site, tmp_path):
    torn = tmp_path / "站点"
    torn.mkdir()
    for name in ("search", "assets"):
        (torn / name).symlink_to(site / name)
    (torn / "assets").unlink()
    (torn / "assets").mkdir()
    for path in (site / "assets").iterdir():
        if path.name != "search":
            (torn / "assets" / path.name).symlink_to(path)
    page = visit(torn.as_uri() + "/").open(SEARCH)
    page.wait_for_selector("body[data-cb-state=failed]")
    assert "重新解压" in page.locator("#cb-message").inner_text()


def test_without_scripts_the_pages_say_so_and_lead_on(visit, opened):
    reader = visit(opened, java_script_enabled=False)
    page = reader.open(SEARCH)
    assert "JavaScript" in page.locator("noscript").inner_text()
    page.locator("noscript a").click()
    page.wait_for_url("**/browse/types/index.html")
    page.locator(".cb-box__field").fill("张三 13800138000")
    page.locator(".cb-box__go").click()
    page.wait_for_url("**/search/index.html*")
    assert "138" not in page.url


# -- Hostile and odd --

ODD = [
    " ",
    "的",
    "，。！？",
    "12315",
    "ＡＰＰ　退費",
    "健身會所退費",
    "😀🏋️ 退卡",
    "“概不退款",
    "((((.*+?^$[a-",
    "-退卡",
    "<img src=x onerror=alert(1)>",
    "'\"><script>alert(1)</script>",
    "__proto__ constructor",
    "退\u200b卡\u0000",
]


def test_odd_input_gives_an_answer_and_no_trouble(reader):
    page = reader.open(SEARCH)
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
    for text in [*ODD, "退卡" * 10_000, "a" * 20_000]:
        ask(page, text)
        page.wait_for_timeout(250)
        page.wait_for_selector("#cb-search:not([aria-busy])")
        assert page.evaluate("document.body.dataset.cbState") in ("ready", "results", "none")
    assert page.locator("#cb-search img, #cb-search script").count() == 0
    assert reader.untroubled


HASHES = [
    "#q=%E0%A4%A",
    "#q=<img src=x onerror=alert(1)>&types=<b>x</b>,%00",
    "#types=__proto__&years=x&amount=&sort=evil&p=-1",
    "#p=99999999999999999999",
    "#long&q=退卡",
    "#" + "q=" + "退" * 20_000,
    "#&&&===&q",
    "#q=%ED%A0%80",
]


@pytest.mark.parametrize("address", HASHES, ids=lambda one: one[:24])
def test_an_odd_address_gives_an_answer_and_no_trouble(visit, opened, address):
    reader = visit(opened)
    page = reader.open(SEARCH + address)
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
    page.wait_for_selector("body[data-cb-state]:not([data-cb-state=loading])")
    page.wait_for_selector("#cb-search:not([aria-busy])")
    assert page.evaluate("document.body.dataset.cbState") in ("ready", "results", "none")
    assert page.locator("#cb-search img, #cb-search b").count() == 0
    assert reader.untroubled


def test_works_where_storage_is_switched_off(visit, served):
    reader = visit(served)
    refuse = "get() { throw new DOMException('denied', 'SecurityError') }"
    reader.context.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        f" Object.defineProperty(window, name, {{{refuse}}})"
    )
    page = reader.open(SEARCH)
    ask(page, "退卡")
    page.keyboard.press("Enter")
    wait_for(page, "results")
    page.locator("#cb-clear").click()
    assert not page.locator("#cb-remember").is_checked()
    page.locator("#cb-remember").click()
    assert not page.locator("#cb-remember").is_checked()  # the theme itself complains of storage


# -- The boxes on other pages --


def test_the_header_box_suggests_and_goes_there(reader):
    page = reader.open("cases/SL-2026-0009.html")
    field = page.locator(".cb-box__field")
    field.click()
    field.press_sequentially("床垫")
    options = page.locator(".cb-box__list [role=option]")
    options.first.wait_for()
    assert "床垫" in options.first.inner_text()
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/SL-2025-0007.html")
    field = page.locator(".cb-box__field")
    field.fill("退卡")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/index.html#q=*")
    wait_for(page, "results")
    assert reader.untroubled


def test_escape_closes_the_suggestions_and_leaves(visit, opened):
    page = visit(opened).open("index.html")
    field = page.locator(".cb-box__field")
    field.click()
    field.press_sequentially("退卡")
    page.locator(".cb-box__list [role=option]").first.wait_for()
    page.keyboard.press("Escape")
    assert not page.locator(".cb-box__list").is_visible()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement === document.body")


PASTE = """text => {
  const data = new DataTransfer()
  data.setData('text', text)
  const event = {clipboardData: data, bubbles: true, cancelable: true}
  document.activeElement.dispatchEvent(new ClipboardEvent('paste', event))
}"""


def test_a_complaint_pasted_into_the_header_is_handed_over_and_forgotten(reader):
    page = reader.open("law/index.html")
    page.locator(".cb-box__field").click()
    page.evaluate(PASTE, TICKET)
    page.wait_for_url("**/search/index.html#long")
    wait_for(page, "results")
    assert ids(page)[0] == "SL-2025-0028"
    assert page.locator("#cb-q").input_value() == TICKET
    assert page.evaluate("sessionStorage.length") == 0


def test_the_home_box_takes_words_and_complaints(reader):
    page = reader.open("index.html")
    page.locator(".cb-find__field").fill(TICKET)
    page.locator(".cb-find__go").click()
    page.wait_for_url("**/search/index.html#long")
    wait_for(page, "results")
    page = reader.open("index.html")
    page.locator(".cb-find__field").fill("退卡")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/index.html#q=*")
    wait_for(page, "results")


def test_on_a_phone_the_header_leads_to_the_page_and_filters_fold(visit, opened):
    page = visit(opened, 390, has_touch=True).open("index.html")
    page.locator(".cb-box__open").click()
    page.wait_for_url("**/search/index.html")
    ask(page, "退费")
    wait_for(page, "results")
    assert not page.locator("[data-facet=types]").is_visible()
    page.locator("#cb-facets summary").click()
    page.locator("[data-facet=types] label").first.click()
    wait_for(page, "results")
    assert "已选 1 项" in page.locator("#cb-facets-title").inner_text()
    small = page.eval_on_selector_all(
        "#cb-q, .cb-ask__go, #cb-facets summary, [data-facet] label, .cb-pill, #cb-sort",
        "all => all.filter(one => one.offsetParent).map(one => one.getBoundingClientRect())"
        ".filter(box => box.height < 43.5).length",
    )
    assert small == 0


@pytest.mark.parametrize(
    ("scheme", "width"), list(itertools.product(["light", "dark"], [1280, 390])), ids=str
)
def test_every_state_is_accessible(visit, served, scheme, width):
    reader = visit(served, width, color_scheme=scheme, reduced_motion="reduce")
    page = reader.open(SEARCH)
    wait_for(page, "ready")
    states = [None, "退费 健身", "火星移民", TICKET]
    for text in states:
        if text:
            ask(page, text)
            wait_for(page, "none" if text == "火星移民" else "results")
        page.wait_for_timeout(400)
        found = Axe().run(page)
        assert found.violations_count == 0, (text, found.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width == 1280:
        page.locator(".cb-box__field").click()
        page.keyboard.type("退费")
        page.locator(".cb-box__list [role=option]").first.wait_for()
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
    page.route("**/facets/*.js", lambda route: route.abort())
    page.route("**/manifest.js*", lambda route: route.abort())
    page.goto(f"{served}{SEARCH}?again#q=x")
    page.wait_for_selector("body[data-cb-state=failed]")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_what_cases_say_is_text(visit, tmp_path, chromium):
    """A case whose words are markup: in hits, snippets and suggestions they stay words."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    from tests.conftest import make_library

    library = make_library(tmp_path / "library")
    evil = '<img src=x onerror="alert(1)"><b>粗</b></script>'
    library.add(edit=lambda text: text.replace("title: 健身卡退费争议", f"title: '{evil}'"))
    target = tmp_path / "site"
    build(load_config(str(library.root / "mkdocs.yml"), site_dir=str(target)))
    reader = visit(target.as_uri() + "/")
    page = reader.open(SEARCH)
    page.on("dialog", lambda dialog: pytest.fail("a dialog"))
    wait_for(page, "ready")
    assert evil in page.locator(".cb-hit h2").inner_text()
    page.locator(".cb-box__field").click()
    page.keyboard.type("退费")
    page.locator(".cb-box__list [role=option]").first.wait_for()
    assert evil in page.locator(".cb-box__list [role=option]").first.inner_text()
    assert page.locator("#cb-search img, .cb-box__list img").count() == 0
    assert json.dumps(reader.complaints) == "[]"
