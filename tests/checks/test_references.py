import datetime

import pytest

from builder.checks.inspection import inspect
from builder.library.problem import Severity
from tests.conftest import replacing, told

TODAY = datetime.date(2026, 11, 24)
PATH = "cases/2026/SL-2026-0001.yml"


def problems_of(library, *edits):
    library.add(edit=replacing(*edits))
    return inspect(library.load(), TODAY)


def test_a_sound_case_has_no_problem(library):
    assert told(problems_of(library)) == []


@pytest.mark.parametrize(
    ("edit", "code", "says"),
    [
        (("[tuika]", "[tuikaa]"), "unknown-id", "您是不是要写 tuika？"),
        (("[tuika]", "[退卡退款]"), "unknown-id", "您是不是要写 tuika？"),
        (("station: demo-nanguan", "station: demo-nanguang"), "unknown-id", "demo-nanguan"),
        (("xiaobaofa#53", "xiaobaofu#53"), "unknown-statute", "xiaobaofa"),
        (("xiaobaofa#53", "xiaobaofa#999"), "unknown-article", "第999条"),
        (("[xiaobaofa#53]", "[xiaobaofa#53, xiaobaofa#53]"), "repeated-statute", "两次"),
        (("xiaobaofa#53", "tsjb-zanxing#21"), "law-not-in-force", "不在施行"),
        (("xiaobaofa#53", "hetong-fa#52"), "law-not-in-force", "不在施行"),
        (("sample: true", "related: [{id: SL-2026-0001, relation: 同}]"), "related-self", "自己"),
        (("sample: true", "related: [{id: SL-2020-0001, relation: 同}]"), "unknown-case", "SL-2020-0001"),
        (("accepted: 2026-09-03", "accepted: 2026-09-01"), "date-order", "早于收到"),
        (("closed: 2026-09-10", "closed: 2026-12-10"), "future-date", "还没有到"),
        (("sample: true", "sample: true\nrevision: {date: 2026-09-01, note: 改}"), "date-order", "修订早于结案"),
        (("sample: true", "sample: true\nrevision: {date: 2026-12-01, note: 改}"), "future-date", "修订的日期"),
        (("received: 2026-09-02 09:40", "received: 2025-09-02"), "year", "编号"),
        (("recovered: 2150.50", "recovered: 3000.01"), "amounts", "amounts.note"),
        (("issues:\n  - 余额怎么折算\n", ""), "section", "issues"),
        (("facts: |-\n  消费者在某健身馆办卡后停课，要求退费。\n", ""), "section", "案情简介"),
        (("[tiaojie-chenggong, tuikuan-bufen]", "[tan-bu-cheng]"), "unknown-id", "outcomes"),
        (("[tiaojie-chenggong, tuikuan-bufen]", "[weidacheng]"), "procedure", "grounds"),
        (("industry:", "ground: chaoqi\nindustry:"), "procedure", "处理结果却不是这样"),
        (("status: published", "status: withdrawn"), "procedure", "撤下说明"),
        (("sample: true", "sample: true\nreview: {date: 2026-09-11, role: 所长}"), "procedure", "review"),
    ],
)  # fmt: skip
def test_refuses_what_does_not_hold(library, edit, code, says):
    problems = problems_of(library, edit)
    assert code in {problem.code for problem in problems}
    told_of = [problem for problem in problems if problem.code == code]
    assert any(says in problem.what + problem.remedy for problem in told_of)
    assert all(problem.path == PATH and problem.line for problem in told_of)


def test_more_than_claimed_is_fine_with_an_explanation(library):
    problems = problems_of(library, ("recovered: 2150.50", "recovered: 9000, note: 三倍赔偿"))
    assert told(problems) == []


def test_warns_of_law_that_has_changed_and_names_what_stands_now(library):
    library.add("SL-2025-0001", replacing(("xiaobaofa#53", "tsjb-zanxing#21")))
    (problem,) = inspect(library.load(), TODAY)
    assert (problem.code, problem.severity) == ("law-changed", Severity.WARNING)
    assert "2026-04-15" in problem.remedy
    assert "《投诉举报处理办法》第23条" in problem.remedy


def test_a_partner_case_may_lack_sections(library):
    text = "id: AB-2026-0001\ntitle: 甲\nstatus: published\nfacts: 乙\nsource: {kind: partner}\n"
    library.write("cases/partners/ab/AB-2026-0001.yml", text)
    problems = inspect(library.load(), TODAY)
    assert problems
    assert {problem.severity for problem in problems} == {Severity.WARNING}


def test_near_duplicates_are_named_with_both_ids_and_the_share(library):
    long = "消费者说，教练换了三回，课约不上，想把剩下的钱要回来；店里说合同写着概不退款。" * 3
    edit = replacing(("消费者在某健身馆办卡后停课，要求退费。", long))
    library.add("SL-2026-0001", edit)
    library.add("SL-2026-0002", edit)
    library.add("SL-2026-0003", replacing(
        ("消费者在某健身馆办卡后停课，要求退费。", "电动车的电池只跑了十公里就没电，修了两回还是一样。"),
        ("先分开谈，再当面对账。", "送去检测站测了容量，结果出来店主认了。"),
        ("三天内退还 2150.50 元。", "换了一块新电池，保修重新算。"),
        ("余额怎么折算", "电池算不算质量问题"),
    ))  # fmt: skip
    found = [p for p in inspect(library.load(), TODAY) if p.code == "near-duplicate"]
    assert [(p.path, p.severity) for p in found] == [
        ("cases/2026/SL-2026-0002.yml", Severity.WARNING)
    ]
    assert "SL-2026-0002 与 SL-2026-0001" in found[0].what
    assert "100%" in found[0].what


def test_minutes_name_cases_that_exist_and_owe_nothing_unseen(library):
    library.add()
    library.write(
        "docs/study/2026-11-10.md",
        "---\ndate: 2026-11-10\ntitle: 复盘\ncases: [SL-2026-0001, SL-2026-0009]\nactions:\n"
        "  - {what: 改单子, owner: 内勤, due: 2026-11-17}\n"
        "  - {what: 印卡片, owner: 内勤, due: 2026-11-17, done: 2026-11-03}\n---\n",
    )
    assert told(inspect(library.load(), TODAY)) == [
        "docs/study/2026-11-10.md:4:23 cases.1 unknown-case",
        "docs/study/2026-11-10.md:6:28 actions.0.due overdue",
        "docs/study/2026-11-10.md:7:45 actions.1.done date-order",
    ]
