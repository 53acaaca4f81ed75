"""Minutes as files, what they carry back, and the calendar."""

import datetime
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.checks.clearance import clear
from builder.checks.cleared import ClearedAction, ClearedSession
from builder.errors import WrongUseError
from builder.library.casebook import load_casebook
from builder.library.yaml_reader import read_yaml
from builder.model.audience import Audience
from builder.settings import load_settings
from builder.study.calendar_feed import calendar_feed
from builder.study.carry import apply, propose
from builder.study.learned import is_said, owner_of
from builder.study.minutes_file import ActionLine, Minutes, minutes_text
from builder.study.prefill import prefilled
from tests.conftest import ROOT, replacing

GOLDEN = json.loads((ROOT / "tests" / "golden" / "minutes.json").read_text("utf-8"))
DAY = datetime.date(2026, 12, 1)


@pytest.fixture(scope="module")
def cleared():
    return clear(load_casebook(load_settings(ROOT)), Audience.INTERNAL)


@pytest.mark.parametrize("vector", GOLDEN["vectors"], ids=lambda one: one["name"])
def test_writes_what_the_browser_writes(vector):
    given_ = {**vector["minutes"]}
    given_["actions"] = [ActionLine(**action) for action in given_["actions"]]
    assert minutes_text(Minutes(**given_)) == vector["text"]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80))
def test_any_line_reads_back_as_it_was_written(text):
    written = minutes_text(Minutes(date="2026-12-01", title=text, cases=(), lessons=(text,)))
    front = written.split("---\n")[1]
    read = read_yaml(front)
    assert read["title"] == read["lessons"][0] == " ".join(text.split())


def test_prefilled_minutes_are_sound_and_list_what_is_open(cleared, library):
    text = prefilled(cleared, DAY, ["SL-2025-0164"], "价保怎么算", "窗口组长")
    assert "cases: [SL-2025-0164]" in text
    assert "提醒卡" in text  # an open 整改 of an earlier session
    library.add("SL-2025-0164")
    library.write("docs/study/2026-12-01.md", text)
    assert not [one for one in library.load().problems if "study" in one.path]


def test_prefilled_minutes_take_the_plan_where_no_case_is_named(cleared):
    text = prefilled(cleared, DAY, [], "", "")
    assert len(re.findall("SL-[0-9]{4}-[0-9]{4}", text.split("---")[1])) == 3


@pytest.mark.parametrize("case_id", ["SL-1999-0001", "乱写"])
def test_unknown_cases_are_refused(cleared, case_id):
    with pytest.raises(WrongUseError):
        prefilled(cleared, DAY, [case_id], "", "")


def test_a_line_belongs_to_the_case_that_alone_tells_of_it():
    texts = {"A": "沙发发错颜色，厂家发货单写灰", "B": "健身房停业，五十二户没有着落"}
    assert owner_of("沙发那件先看厂家发货单", texts) == "A"
    assert owner_of("停业的先登记五十二户", texts) == "B"
    assert owner_of("做事要细心", texts) == ""
    assert owner_of("", texts) == ""
    assert owner_of("沙发发错颜色", {}) == ""
    assert is_said("先看厂家发货单", ["到店先看厂家的发货单再说"])
    assert not is_said("先看厂家发货单", ["先登记再谈"])


def test_what_was_learned_goes_into_the_cases_for_the_office_alone(library):
    library.add("SL-2026-0001", replacing(("停课", "沙发发错颜色，厂家发货单写灰")))
    library.add("SL-2026-0002")
    text = minutes_text(
        Minutes(
            date="2026-12-01", title="两件", cases=("SL-2026-0001", "SL-2026-0002"),
            lessons=("先把账算清再谈", "大家都要细心"),
            weaknesses=("沙发那件没有先看厂家发货单",),
        )
    )  # fmt: skip
    library.write("docs/study/2026-12-01.md", text)
    proposal = propose(library.load(), "2026-12-01")
    (change,) = proposal.changes
    assert change.case_id == "SL-2026-0001"
    assert "+    - text: 沙发那件没有先看厂家发货单" in change.diff
    assert {reason for _, reason in proposal.left} == {"看不出说的是哪一件"}
    apply(proposal, library.root)
    book = library.load()
    assert not book.problems
    weak = next(one.case for one in book.cases if one.case.id == "SL-2026-0001").lessons.weak
    assert (weak[-1].text, weak[-1].internal) == ("沙发那件没有先看厂家发货单", True)
    assert not propose(book, "2026-12-01").changes  # it is there now
    outside = clear(book, Audience.PUBLIC)
    assert all("厂家发货单" not in line for case in outside.cases for line in case.lessons.weak)


def test_cases_of_others_and_withdrawn_ones_are_left_alone(library):
    library.add("SL-2026-0001", replacing(("停课", "沙发发错颜色，厂家发货单写灰")))
    library.write(
        "cases/2026/SL-2026-0009.yml",
        "id: SL-2026-0009\ntitle: 撤下的健身卡\nstatus: withdrawn\nfacts: 余额没有先对清\n"
        "withdrawal: {date: 2026-09-01, notice: 当事人要求}\n",
    )
    text = minutes_text(
        Minutes(
            date="2026-12-01", title="两件", cases=("SL-2026-0001", "SL-2026-0009"),
            weaknesses=("撤下的健身卡余额没有先对清",),
        )
    )  # fmt: skip
    library.write("docs/study/2026-12-01.md", text)
    assert not propose(library.load(), "2026-12-01").changes


def test_a_case_without_lessons_gets_them(library):
    library.add(
        "SL-2026-0001",
        replacing(
            ("lessons:\n  good:\n    - 先把账算清再谈\n", "lessons:\n"), ("published", "reviewed")
        ),
    )
    weak = ("停课要求退费没有先看余额",)
    text = minutes_text(Minutes("2026-12-01", "一件", cases=("SL-2026-0001",), weaknesses=weak))
    library.write("docs/study/2026-12-01.md", text)
    (change,) = propose(library.load(), "2026-12-01").changes
    assert weak[0] in change.after


def test_no_minutes_of_a_day_is_said(library):
    library.add()
    with pytest.raises(WrongUseError, match="没有复盘纪要"):
        propose(library.load(), "2026-12-01")


def test_comments_in_a_case_file_stay(library):
    path = library.add("SL-2026-0001", lambda text: "# 我的注\n" + text)
    library.write(
        "docs/study/2026-12-01.md",
        minutes_text(
            Minutes(
                "2026-12-01",
                "一件",
                cases=("SL-2026-0001",),
                weaknesses=("健身馆停课之后没有先看余额",),
            )
        ),
    )
    apply(propose(library.load(), "2026-12-01"), library.root)
    assert path.read_text("utf-8").startswith("# 我的注\n")


@pytest.fixture
def feed(cleared):
    return calendar_feed(cleared)


def unfolded(feed):
    return feed.decode().replace("\r\n ", "").split("\r\n")


def test_the_calendar_is_well_formed(feed):
    """RFC 5545: 3.1 lines, 3.4 object, 3.6.1 event, 3.6.2 to-do, 3.8.4.7 UID, 3.8.7.2 DTSTAMP."""
    assert b"\n" not in feed.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in feed.split(b"\r\n"))
    lines = unfolded(feed)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert lines.count("VERSION:2.0") == 1
    assert sum(line.startswith("PRODID:") for line in lines) == 1
    depth = []
    for line in lines:
        if line.startswith("BEGIN:"):
            depth.append(line[6:])
        elif line.startswith("END:"):
            assert depth.pop() == line[4:]
    assert not depth
    parts = re.findall(r"BEGIN:(?:VEVENT|VTODO)\n.*?\nEND:(?:VEVENT|VTODO)", "\n".join(lines), re.S)
    assert len(parts) >= 8
    uids = [re.search(r"\nUID:(.+)", part)[1] for part in parts]
    assert len(set(uids)) == len(uids)
    for part in parts:
        assert re.search(r"\nDTSTAMP:\d{8}T\d{6}Z\n", part)
        assert re.search(r"\n(?:DTSTART|DUE);VALUE=DATE:\d{8}\n", part)
        assert len(re.findall(r"\nSUMMARY:", part)) == 1


def test_texts_in_the_calendar_are_escaped(cleared):
    from dataclasses import replace

    from builder.checks import cleared as types

    odd = ClearedSession(
        "study/2026-12-01.md", "2026-12-01", "a;b,c\\d\ne\x07", True, "", (), (), (),
        (ClearedAction("做,完", "内;勤", "2026-12-08", ""),), "",
    )  # fmt: skip
    lines = unfolded(calendar_feed(replace(cleared, sessions=(odd,), key=types._KEY)))
    assert r"SUMMARY:复盘：a\;b\,c\\d\ne" in lines
    assert r"SUMMARY:整改：做\,完（内\;勤）" in lines


def test_the_same_library_gives_the_same_calendar(cleared):
    assert calendar_feed(cleared) == calendar_feed(cleared)
