"""The writing form names what the library would refuse, and lets through what it takes."""

import datetime
import json
import re
import subprocess

import pytest

from builder.checks.clearance import clear
from builder.checks.form_sections import KEPT, SECTIONS
from builder.checks.inspection import inspect
from builder.library.problem import Severity
from builder.model.audience import Audience
from builder.pages.case_form import form_data
from tests.conftest import CASE, ROOT, make_library, replacing

RUNNER = ROOT / "tests" / "client" / "form_runner.mjs"
TODAY = datetime.date(2026, 11, 27)
SOUND = CASE.format(id="SL-2026-0001", year=2026)

REFUSED = {
    "title": [("title: 健身卡退费争议", f"title: {'长' * 121}")],
    "id": [("id: SL-2026-0001", "id: 一号")],
    "summary": [("summary: 停课之后按实付折算退费。\n", "")],
    "claims": [("claims: [tuikuan]\n", "")],
    "claims ": [("claims: [tuikuan]", "claims: [tuikuanla]")],
    "dispute_types": [("dispute_types: [tuika]", "dispute_types: [tuika, yufu, zhiliang, qita]")],
    "industry": [("industry: jianshen-yundong\n", "")],
    "timeline.closed": [("closed: 2026-09-10", "closed: 2026-08-10")],
    "timeline.closed ": [("closed: 2026-09-10", "closed: 2027-01-10")],
    "timeline.received": [("received: 2026-09-02 09:40, ", "")],
    "timeline.received ": [("received: 2026-09-02 09:40", "received: 2026-08")],
    "amounts.recovered": [("recovered: 2150.50", "recovered: 9150.50")],
    "amounts.recovered ": [("recovered: 2150.50", "recovered: 1.505")],
    "amounts.claimed": [("claimed: 3000", "claimed: 一千")],
    "outcomes": [("outcomes: [tiaojie-chenggong, tuikuan-bufen]\n", "")],
    "ground": [("methods: [suanzhang]", "methods: [suanzhang]\nground: fei-zhize")],
    "statutes": [("xiaobaofa#53", "xiaobaofal#53")],
    "facts": [("facts: |-\n  消费者在某健身馆办卡后停课，要求退费。\n", "")],
    "issues": [("issues:\n  - 余额怎么折算\n", "")],
    "lessons": [("lessons:\n  good:\n    - 先把账算清再谈\n", "")],
    "keywords": [("keywords: [预付式消费, 退费]", "keywords: [甲, 乙, 丙, 丁, 戊, 己, 庚, 辛]")],
    "keywords ": [("退费]", "一二三四五六七八九十一二三]")],
    "related": [("keywords:", "related:\n  - id: SL-2026-0999\n    relation: 后续\nkeywords:")],
    "related ": [("keywords:", "related:\n  - id: SL-2026-0002\nkeywords:")],
    "four_sights.scene.seen": [("facts:", "four_sights: {scene: {note: 门关着}}\nfacts:")],
    "status": [("status: published", "status: withdrawn")],
    "revision.date": [("keywords:", "revision: {date: 2026-09-01, note: 改字}\nkeywords:")],
    "process": [("先分开谈，再当面对账。", "请打13912345678。")],
}
TAKEN = {
    "as it is": [],
    "a draft with little in it": [(SOUND[SOUND.index("summary") :], "status: draft\n")],
    "more than asked, explained": [("recovered: 2150.50", "recovered: 9150.50, note: 另赔三倍")],
    "an ended case with its ground": [
        ("outcomes: [tiaojie-chenggong, tuikuan-bufen]", "outcomes: [bu-shouli]\nground: fei-zhize")
    ],
    "a phone inside the office": [
        ("audience: public", "audience: internal"), ("先分开谈", "请打13912345678")
    ],
    "a lesson marked internal": [
        ("    - 先把账算清再谈", "    - text: 请打13912345678\n      internal: true")
    ],
    "a finding waived": [
        ("先分开谈", "请打13912345678"),
        ("keywords:", "waivers: [{kind: mobile, field: process, reason: 虚构}]\nkeywords:"),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return make_library(tmp_path_factory.mktemp("office") / "library")


@pytest.fixture(scope="module")
def in_browser(office):
    """Return what the form says of texts."""
    office.add("SL-2026-0002")
    rules = json.loads(form_data(clear(office.load(), Audience.INTERNAL)))

    def run(texts):
        asked = json.dumps({"rules": rules, "texts": texts, "today": TODAY.isoformat()})
        done = subprocess.run(
            ["node", RUNNER], input=asked, capture_output=True, text=True, check=True
        )
        return json.loads(done.stdout)

    return run


def errors_here(office, text):
    office.write("cases/2026/SL-2026-0001.yml", text)
    found = inspect(office.load(), TODAY, duplicates=False)
    return [one.field for one in found if one.severity is Severity.ERROR and "0001" in one.path]


def paths_of(answer):
    return [one["path"] for one in answer["faults"]] + [
        one["path"] for one in answer["findings"] if one["blocks"]
    ]


def test_what_the_library_refuses_is_named_at_its_field(office, in_browser):
    texts = {name: replacing(*edits)(SOUND) for name, edits in REFUSED.items()}
    answers = dict(zip(texts, in_browser(list(texts.values())), strict=True))
    for name, text in texts.items():
        path = name.strip()
        here = errors_here(office, text)
        assert any(field.startswith(path.split(".")[0]) for field in here), (name, here)
        there = paths_of(answers[name])
        assert any(re.match(rf"{re.escape(path)}(\.|$)", one) for one in there), (name, there)


def test_what_the_library_takes_is_let_through(office, in_browser):
    texts = {name: replacing(*edits)(SOUND) for name, edits in TAKEN.items()}
    answers = dict(zip(texts, in_browser(list(texts.values())), strict=True))
    for name, text in texts.items():
        assert errors_here(office, text) == [], name
        assert paths_of(answers[name]) == [], name


def test_messages_speak_of_fields_by_their_titles(in_browser):
    texts = [replacing(*edits)(SOUND) for edits in REFUSED.values()]
    said = [one["what"] for answer in in_browser(texts) for one in answer["faults"]]
    assert len(said) >= len(REFUSED) - 1
    assert [one for one in said if re.match(r"[a-z_.]+：", one) or "undefined" in one] == []
    assert not any("13912345678" in one for one in said)


def test_no_field_is_left_out_of_the_form():
    from builder.model.case import Case

    shown = [name for _, _, names in SECTIONS for name in names]
    assert sorted([*shown, *KEPT]) == sorted(Case.model_fields)
