"""Pages made straight from the cases: addresses, links, text that stays text, stable keys."""

import datetime
import posixpath
from html.parser import HTMLParser

import pytest
import yaml

from builder.checks.clearance import clear
from builder.model.audience import Audience
from builder.pages.case_lists import CASES_A_PAGE
from builder.pages.citation_head import case_head
from builder.pages.law import CASES_AN_ARTICLE
from builder.pages.similar import SimilarCase
from builder.pages.site_map import CASE_FORM, root_of
from builder.pages.site_pages import site_pages
from builder.search.comparison import Axis, Comparison
from builder.site.prepare import prepare
from builder.stable_paths import API
from tests.conftest import CASE, replacing

TODAY = datetime.date(2026, 11, 24)
MINUTES = """\
---
date: 2026-09-22
title: 退费怎么算
audience: partner
cases: [SL-2026-0001]
---
先把账算清。
"""
WITHDRAWN = """\
id: SL-2026-0009
title: 撤下的一件
status: withdrawn
audience: public
facts: 不该再出现的案情
withdrawal: {date: 2026-09-01, notice: 当事人要求, replaced_by: SL-2026-0001}
"""
HOSTILE = (
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% raw %}",
    "**x** [y](z) `c`",
    "</title></p>&amp;",
)
# from outside MkDocs: a link to them is good
WRITTEN = {"index.html", "study/index.html", "study/2026-09-22.html"}


class Parsed(HTMLParser):
    """The links, anchors, elements and text of a page."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.links, self.ids, self.tags, self.text = [], [], set(), ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.add(tag)
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if tag == "a":
            self.links.append(attrs["href"])

    def handle_data(self, data):
        self.text += data


def alike(*evidence):
    """Return a comparison that finds this in common."""
    axis = Axis(2, evidence)
    return Comparison(Axis(0, ()), axis, axis, ("那件没有调成", *evidence))


def cleared(library, audience=Audience.INTERNAL):
    return prepare(library.settings, audience, TODAY).cleared


def pages(library, audience=Audience.INTERNAL, similar=None):
    return {page.path: page for page in site_pages(cleared(library, audience), similar or {}, {})}


def parsed(library, path, audience=Audience.INTERNAL, similar=None):
    return Parsed(pages(library, audience, similar)[path].render())


@pytest.fixture
def three(library):
    """Two cases that know each other, one withdrawn, and a session."""
    library.add("SL-2026-0001")
    library.add(
        "SL-2026-0002",
        replacing(
            ("健身卡退费争议", "游泳卡退费争议"),
            ("要求退费。", "要求退费，泳馆搬走以后一直没有给答复。"),
            ("keywords:", "related:\n  - {id: SL-2026-0001, relation: 同类型}\nkeywords:"),
        ),
    )
    library.write("cases/2026/SL-2026-0009.yml", WITHDRAWN)
    library.write("docs/study/2026-09-22.md", MINUTES)
    return library


@pytest.mark.parametrize("audience", list(Audience))
def test_every_link_leads_somewhere(three, audience):
    made = {path: Parsed(page.render()) for path, page in pages(three, audience).items()}
    assert len(made) > 20
    for path, page in made.items():
        assert len(page.ids) == len(set(page.ids)), path
        for href in page.links:
            target, _, anchor = href.partition("#")
            where = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            where = where if target else path
            # the data of cases are no pages: tests/site/test_open_files.py follows those links
            assert where in made or where in WRITTEN or where.startswith(API), (path, href)
            if anchor:
                assert anchor in made[where].ids, (path, href)


def test_addresses_hang_on_ids(three):
    made = pages(three)
    for path in (
        "cases/index.html", "cases/SL-2026-0001.html", "cases/SL-2026-0009.html",
        "browse/types/index.html", "browse/types/yufu.html", "browse/types/tuika.html",
        "browse/outcomes/tuikuan.html", "browse/outcomes/tuikuan-bufen.html",
        "browse/industries/jianshen-yundong.html", "browse/methods/suanzhang.html",
        "browse/places/demo-nanguan.html", "browse/years/2026.html",
        "law/index.html", "law/xiaobaofa.html",
    ):  # fmt: skip
        assert path in made
    outside = [path for path in pages(three, Audience.PUBLIC) if "places/d" in path]
    assert len(outside) == 1
    assert "demo" not in outside[0]
    assert root_of("browse/types/tuika.html") == "../../"


def test_a_parent_counts_what_its_children_hold(three):
    page = parsed(three, "browse/types/index.html")
    assert "预付式消费 2 例" in page.text
    assert "退卡退款2" in page.text
    assert "共 2 个案例" in parsed(three, "browse/types/yufu.html").text


def test_a_partners_case_is_theirs(library):
    """Its page names their workshop as the place, the source and the author, never ours."""
    theirs = replacing(
        ("station: demo-nanguan\n", ""),
        ("audience: public", "audience: internal"),
        (
            "keywords:",
            "source: {kind: partner, workshop: 上海示例工作室, verified: 2026-11-20}\nkeywords:",
        ),
    )(CASE.format(id="SH-2026-0001", year=2026))
    library.write("cases/partners/SH/SH-2026-0001.yml", theirs)
    made = pages(library)
    page = made["cases/SH-2026-0001.html"].render()
    assert "来自上海示例工作室" in Parsed(page).text
    assert "《健身卡退费争议》，上海示例工作室 SH-2026-0001" in Parsed(page).text
    book = cleared(library)
    assert 'name="DC.creator" content="上海示例工作室"' in case_head(book, book.cases[0])
    assert "办理上海示例工作室" in "".join(Parsed(page).text.split())
    assert "上海示例工作室 1 例" in Parsed(made["browse/places/index.html"].render()).text
    assert "来自上海示例工作室" in Parsed(made["browse/types/tuika.html"].render()).text


def test_shows_what_a_reader_needs(three):
    page = parsed(
        three,
        "cases/SL-2026-0001.html",
        similar={"SL-2026-0001": [SimilarCase("SL-2026-0002", alike("都是退卡"))]},
    )
    for words in (
        "示例，案情虚构", "争议 3,600 元", "追回 2,150.50 元", "预付式消费 › 退卡退款", "南关示例所",
        "收到 2026-09-02 09:40", "8 天", "健身运动", "《消费者权益保护法》第53条",
        "《健身卡退费争议》，示例消费维权工作室 调解案例库 SL-2026-0001，2026年9月",
        "游泳卡退费争议", "争议焦点比较像：都是退卡", "不同：那件没有调成", "退费怎么算",
    ):  # fmt: skip
        assert words in page.text, words
    for anchor in ("facts", "issues", "process", "result", "law", "lessons", "similar", "sessions"):
        assert anchor in page.ids
    for absent in ("analysis", "evidence", "tips", "turning-point", "review"):
        assert absent not in page.ids


def test_law_that_changed_says_what_stands_now(library):
    library.add(
        "SL-2025-0001",
        replacing(("statutes: [xiaobaofa#53]", "statutes: [tsjb-zanxing#15]")),
    )
    page = parsed(library, "cases/SL-2025-0001.html")
    assert "后来有变。2026-04-15 起，现行规定见" in page.text
    assert "第16条" in page.text
    assert "后来有变。" in parsed(library, "law/tsjb-zanxing.html").text


def test_a_withdrawn_case_leaves_a_notice(three):
    for audience in Audience:
        page = parsed(three, "cases/SL-2026-0009.html", audience)
        assert "已于2026年9月撤下" in page.text
        assert "SL-2026-0001.html" in page.links
        assert "不该再出现" not in page.text
        assert ("当事人要求" in page.text) is (audience is Audience.INTERNAL)


def test_each_audience_sees_its_own(three):
    inside = parsed(three, "cases/SL-2026-0001.html").text
    outside = parsed(three, "cases/SL-2026-0001.html", Audience.PUBLIC).text
    assert "南关示例所" in inside
    assert "南关示例所" not in outside
    assert "西安市示例一区" in outside
    assert "收到 2026-09\n" in outside
    assert "退费怎么算" not in outside
    assert "退费怎么算" in parsed(three, "cases/SL-2026-0001.html", Audience.PARTNER).text


def hostile_case():
    text = " ".join(HOSTILE)
    prose = text + "\n第二行\n\n第二段"
    return {
        "id": "SL-2026-0001", "title": text, "summary": text, "status": "reviewed",
        "dispute_types": ["tuika"], "parties": {"note": text, "consumer_kind": text},
        "amounts": {"disputed": 10, "note": text}, "outcomes": ["tuikuan-bufen"],
        "station": "demo-nanguan", "statutes": ["xiaobaofa#53"],
        "timeline": {"received": "2026-09-01", "closed": "2026-09-05"},
        "four_sights": {"person": {"seen": True, "note": prose}},
        "facts": prose, "positions": {"consumer": prose, "business": prose}, "issues": [prose],
        "evidence": prose, "process": prose, "turning_point": prose, "result": prose,
        "analysis": prose, "lessons": {key: [prose] for key in ("good", "weak", "reusable")},
        "tips": {"consumer": prose, "business": prose}, "keywords": ["<b>&amp;</b>"],
        "related": [{"id": "SL-2026-0002", "relation": text}],
        "source": {"kind": "partner", "workshop": text, "note": text},
        "review": {"date": "2026-09-06", "role": text, "remark": prose},
    }  # fmt: skip


def test_markup_in_any_field_shows_as_typed(library):
    library.add("SL-2026-0002")
    library.write(
        "cases/2026/SL-2026-0001.yml",
        yaml.safe_dump(hostile_case(), allow_unicode=True, sort_keys=False),
    )
    made = pages(library, similar={"SL-2026-0002": [SimilarCase("SL-2026-0001", alike(*HOSTILE))]})
    for page in made.values():
        html = page.render()
        assert "script" not in Parsed(html).tags, page.path
        assert "<b>" not in html
        if page.path != CASE_FORM:  # which names every article
            assert "49" not in html.replace("第49条", "")
    case = Parsed(made["cases/SL-2026-0001.html"].render())
    assert made["cases/SL-2026-0001.html"].title == " ".join(HOSTILE)
    for text in HOSTILE:
        assert case.text.count(text) >= 20, text
    assert "<b>&amp;</b>" in case.text
    assert "<br>第二行</p><p>第二段</p>" in made["cases/SL-2026-0001.html"].render()
    for path in ("browse/types/tuika.html", "law/xiaobaofa.html", "cases/SL-2026-0002.html"):
        assert HOSTILE[0] in Parsed(made[path].render()).text, path


def test_editing_one_case_leaves_the_keys_of_others(three):
    before = {path: page.key for path, page in pages(three).items()}
    assert before == {path: page.key for path, page in pages(three).items()}
    three.add("SL-2026-0001", replacing(("再当面对账", "再坐到一起对账")))
    after = {path: page.key for path, page in pages(three).items()}
    changed = {path for path in before if before[path] != after[path]}
    assert "cases/SL-2026-0001.html" in changed
    assert "cases/SL-2026-0002.html" not in changed
    assert "cases/SL-2026-0009.html" not in changed
    assert "browse/years/2026.html" in changed
    assert "browse/types/index.html" not in changed


def test_a_new_title_reaches_the_pages_that_show_it(three):
    before = {path: page.key for path, page in pages(three).items()}
    three.add("SL-2026-0001", replacing(("健身卡退费争议", "健身卡退费的另一种算法")))
    after = {path: page.key for path, page in pages(three).items()}
    for path in ("cases/SL-2026-0001.html", "cases/SL-2026-0002.html", "cases/SL-2026-0009.html"):
        assert before[path] != after[path], path


def test_the_key_tells_audiences_and_similar_cases_apart(three):
    path = "cases/SL-2026-0001.html"
    plain = pages(three)[path].key
    assert pages(three, Audience.PARTNER)[path].key != plain
    similar = {"SL-2026-0001": [SimilarCase("SL-2026-0002", alike("都是退卡"))]}
    assert pages(three, similar=similar)[path].key != plain
    gone = {"SL-2026-0001": [SimilarCase("SL-2026-0777", alike("这个读者看不到的案例"))]}
    assert pages(three, similar=gone)[path].key == plain


def test_a_long_list_goes_on_on_further_pages(library):
    for number in range(CASES_A_PAGE + 1):
        library.add(
            f"SL-2026-{number + 1:04d}",
            replacing(("消费者在某健身馆办卡后停课，要求退费。", chr(0x4E00 + 97 * number) * 40)),
        )
    casebook = library.load()
    book = clear(casebook, Audience.INTERNAL)
    made = {page.path: page for page in site_pages(book, {}, {})}
    first = Parsed(made["browse/types/tuika.html"].render())
    second = Parsed(made["browse/types/tuika-p2.html"].render())
    assert sum("cases/SL" in href for href in first.links) == CASES_A_PAGE
    assert sum("cases/SL" in href for href in second.links) == 1
    assert "tuika-p2.html" in first.links
    statute = Parsed(made["law/xiaobaofa.html"].render())
    assert sum("cases/SL" in href for href in statute.links) == CASES_AN_ARTICLE
    assert "xiaobaofa.53.html" in statute.links
    whole = [Parsed(made[f"law/xiaobaofa.53{part}.html"].render()) for part in ("", "-p2")]
    assert sum("cases/SL" in href for page in whole for href in page.links) == CASES_A_PAGE + 1
