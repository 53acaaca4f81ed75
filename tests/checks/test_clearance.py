import dataclasses

import pytest

from builder.checks.clearance import clear
from builder.checks.cleared import ClearedCasebook, texts_of
from builder.library.problem import CasesError
from builder.model.audience import Audience
from tests.conftest import replacing

INTERNAL, PARTNER, PUBLIC = Audience


def ids(library, audience, **options):
    cleared = clear(library.load(), audience, **options)
    return {case.id for case in cleared.cases}, {notice.id for notice in cleared.notices}


def test_only_clear_makes_a_cleared_casebook(library):
    cleared = clear(library.load(), PUBLIC)
    values = {f.name: getattr(cleared, f.name) for f in dataclasses.fields(cleared)}
    with pytest.raises(TypeError, match="clear"):
        ClearedCasebook(**values, key=object())


def test_each_audience_sees_its_circle_and_nothing_wider(library):
    for serial, audience in enumerate(("internal", "partner", "public"), start=1):
        library.add(
            f"SL-2026-000{serial}", replacing(("audience: public", f"audience: {audience}"))
        )
    library.add("SL-2026-0004", replacing(("audience: public\n", "")))
    assert ids(library, INTERNAL)[0] == {f"SL-2026-000{n}" for n in (1, 2, 3, 4)}
    assert ids(library, PARTNER)[0] == {"SL-2026-0002", "SL-2026-0003"}
    assert ids(library, PUBLIC)[0] == {"SL-2026-0003"}


def test_status_decides_too(library):
    for serial, status in enumerate(("draft", "reviewed", "published", "withdrawn"), start=1):
        extra = (
            "\nwithdrawal: {date: 2026-10-01, notice: 重新核实}" if status == "withdrawn" else ""
        )
        library.add(
            f"SL-2026-000{serial}", replacing(("status: published", f"status: {status}{extra}"))
        )
    assert ids(library, INTERNAL) == ({"SL-2026-0002", "SL-2026-0003"}, {"SL-2026-0004"})
    assert ids(library, INTERNAL, drafts=True)[0] == {f"SL-2026-000{n}" for n in (1, 2, 3)}
    assert ids(library, PUBLIC, drafts=True) == ({"SL-2026-0003"}, {"SL-2026-0004"})


def test_a_notice_says_no_more_than_it_must(library):
    library.add("SL-2026-0002")
    library.add("SL-2026-0003", replacing(("audience: public", "audience: internal")))
    for serial, replaced_by in ((4, "SL-2026-0002"), (5, "SL-2026-0003")):
        library.add(f"SL-2026-000{serial}", replacing(
            ("status: published", "status: withdrawn"),
            ("keywords:", f"withdrawal: {{date: 2026-10-09, notice: 内情, replaced_by: {replaced_by}}}\nkeywords:"),
        ))  # fmt: skip
    first, second = clear(library.load(), PUBLIC).notices
    assert (first.month, first.replaced_by, first.notice) == ("2026-10", "SL-2026-0002", "")
    assert second.replaced_by == ""


RICH = (
    (
        "station: demo-nanguan",
        "station: demo-nanguan\nparties: {consumers: 3, consumer_kind: 丙丙丙, note: 丁丁丁}",
    ),
    ("methods:", "four_sights: {person: {seen: true, note: 戊戊戊}}\nmethods:"),
    ("    - 先把账算清再谈", "    - 先把账算清再谈\n    - {text: 己己己, internal: true}"),
    ("keywords:", "source: {kind: ledger, row: 庚庚庚, note: 辛辛辛}\nkeywords:"),
    ("sample: true", "sample: false\nreview: {date: 2026-09-11, role: 壬壬壬, remark: 癸癸癸}"),
)
INSIDE = (
    "丙丙丙",
    "丁丁丁",
    "戊戊戊",
    "己己己",
    "庚庚庚",
    "辛辛辛",
    "壬壬壬",
    "癸癸癸",
    "南关示例所",
    "2026-09-02",
    "2026-09-10",
)


@pytest.mark.parametrize("audience", [PARTNER, PUBLIC])
def test_what_belongs_to_the_office_is_dropped_or_made_coarser(library, audience):
    library.add(edit=replacing(*RICH))
    cleared = clear(library.load(), audience)
    everything = "\n".join(texts_of(cleared.cases)) + str(cleared.vocabularies)
    assert [text for text in INSIDE if text in everything] == []
    (case,) = cleared.cases
    assert (case.received, case.closed, case.days) == ("2026-09", "2026-09", 8)
    assert case.timeline == (("收到", "2026-09"), ("结案", "2026-09"))
    assert case.place == "西安市示例一区"
    assert case.parties == "消费者数人"
    assert case.lessons.good == ("先把账算清再谈",)
    assert case.articles[0].standing.kind == "current"


def test_the_office_sees_it_all(library):
    library.add(edit=replacing(*RICH))
    everything = "\n".join(texts_of(clear(library.load(), INTERNAL).cases))
    assert [text for text in INSIDE if text not in everything] == []


@pytest.mark.parametrize("audience", [PARTNER, PUBLIC])
@pytest.mark.parametrize(
    "edit",
    [
        ("title: 健身卡退费争议", "title: 电话 13812345678 的争议"),
        ("要求退费。", "身份证 610111199001010016 要求退费。"),
        ("    - 先把账算清再谈", "    - 打 138 1234 5678 找他"),
        ("[预付式消费, 退费]", "[预付式消费, 陕A12345]"),
    ],
)
def test_an_identifier_keeps_a_case_inside(library, audience, edit):
    library.add(edit=replacing(edit))
    clear(library.load(), INTERNAL)
    with pytest.raises(CasesError) as caught:
        clear(library.load(), audience)
    assert all(problem.line for problem in caught.value.problems)
    said = "".join(problem.what + problem.remedy for problem in caught.value.problems)
    assert "13812345678" not in said
    assert "610111199001010016" not in said


def test_a_waiver_lets_one_kind_in_one_field_pass(library):
    waiver = "waivers: [{kind: mobile, field: lessons.good, reason: 已公开的热线}]\n"
    edit = (
        ("    - 先把账算清再谈", "    - 打 13812345678 找他"),
        ("keywords:", waiver + "keywords:"),
    )
    library.add(edit=replacing(*edit))
    assert len(clear(library.load(), PUBLIC).cases) == 1
    library.add(edit=replacing(*edit, ("要求退费。", "打 13812345678 要求退费。")))
    with pytest.raises(CasesError):
        clear(library.load(), PUBLIC)


def test_relations_to_cases_one_cannot_see_are_dropped(library):
    library.add("SL-2026-0002", replacing(("audience: public", "audience: partner")))
    library.add(
        edit=replacing(("keywords:", "related: [{id: SL-2026-0002, relation: 后续}]\nkeywords:"))
    )
    assert [r.id for r in clear(library.load(), PARTNER).by_id["SL-2026-0001"].related] == [
        "SL-2026-0002"
    ]
    assert clear(library.load(), PUBLIC).by_id["SL-2026-0001"].related == ()


def test_a_text_must_not_name_a_case_one_cannot_see(library):
    library.add("SL-2026-0002", replacing(("audience: public", "audience: internal")))
    library.add(edit=replacing(("要求退费。", "要求退费，与 SL-2026-0002 一样。")))
    clear(library.load(), INTERNAL)
    with pytest.raises(CasesError) as caught:
        clear(library.load(), PUBLIC)
    assert [problem.code for problem in caught.value.problems] == ["uncleared-case"]


def test_the_words_of_the_vocabularies_are_looked_at_too(library):
    path = library.root / "cases" / "vocabulary" / "departments.yml"
    path.write_text(path.read_text("utf-8") + "  - {id: dianhua, label: 打13812345678}\n", "utf-8")
    with pytest.raises(CasesError) as caught:
        clear(library.load(), PUBLIC)
    assert [(p.path, p.field) for p in caught.value.problems] == [
        ("cases/vocabulary/departments.yml", "dianhua")
    ]


MINUTES = (
    "---\ndate: 2026-11-10\ntitle: 复盘\naudience: {audience}\ncases: [SL-2026-0001]\n---\n{body}\n"
)


def test_minutes_and_pages_pass_the_same_gate(library):
    library.add(edit=replacing(("audience: public", "audience: partner")))
    library.write("docs/study/2026-11-10.md", MINUTES.format(audience="public", body="正文"))
    library.write("docs/inside.md", "---\ntitle: 内部说明\n---\n打 13812345678\n")
    public = clear(library.load(), PUBLIC)
    assert [(s.date, s.cases) for s in public.sessions] == [("2026-11-10", ())]
    assert "inside.md" not in {page.path for page in public.pages}
    assert "inside.md" in {page.path for page in clear(library.load(), INTERNAL).pages}
    library.write(
        "docs/study/2026-11-10.md", MINUTES.format(audience="public", body="打 13812345678")
    )
    with pytest.raises(CasesError) as caught:
        clear(library.load(), PUBLIC)
    assert [(p.path, p.line) for p in caught.value.problems] == [("docs/study/2026-11-10.md", 7)]


def test_only_images_that_cleared_pages_show_are_cleared(library):
    library.write("docs/out.md", "---\ntitle: 甲\naudience: public\n---\n![](assets/shown.png)\n")
    library.write("docs/in.md", "---\ntitle: 乙\n---\n![](assets/hidden.png)\n")
    assert "assets/shown.png" in clear(library.load(), PUBLIC).assets
    assert "assets/hidden.png" not in clear(library.load(), PUBLIC).assets
    assert "assets/hidden.png" in clear(library.load(), INTERNAL).assets


def test_case_numbers_run_from_the_newest_closed_then_by_id(library):
    library.add("SL-2026-0003", replacing(("closed: 2026-09-10", "closed: 2026-09-30")))
    library.add("SL-2026-0002")
    library.add("SL-2026-0001")
    assert [c.id[-1] for c in clear(library.load(), INTERNAL).cases] == ["3", "1", "2"]
    assert [c.id[-1] for c in clear(library.load(), PUBLIC).cases] == ["1", "2", "3"]
