"""casebook inbox: what the writing form handed over becomes a case, and no edit is lost."""

import json

import pytest

from builder.intake.inbox import digest_of
from builder.whole_file import write_whole
from tests.conftest import CASE, replacing, run


def case_text(case_id="SL-2026-0001", *edits):
    return replacing(*edits)(CASE.format(id=case_id, year=case_id[3:7]))


@pytest.fixture
def office(library):
    """A library with one case and an inbox."""
    library.write("cases/2026/SL-2026-0001.yml", case_text())
    (library.root / "inbox").mkdir()
    return library


def arrive(office, text, name="SL-2026-0001.yml", based_on=None):
    first = f"# 基于 SL-2026-0001 {digest_of(based_on)}\n" if based_on else ""
    path = office.root / "inbox" / name
    write_whole(path, (first + text).encode())
    return path


def in_library(office, case_id="SL-2026-0001"):
    return (office.root / f"cases/{case_id[3:7]}/{case_id}.yml").read_text("utf-8")


OTHER = (
    ("健身卡退费争议", "羽绒服洗坏了"),
    ("消费者在某健身馆办卡后停课，要求退费。", "消费者送洗羽绒服，取回发现掉色。"),
    ("先分开谈，再当面对账。", "请来洗染协会的师傅看了一眼。"),
)


def test_a_new_case_is_filed_and_its_file_put_aside(office):
    path = arrive(office, case_text("SL-2026-0002", *OTHER), "新写的.yml")
    code, said = run(office, "inbox")
    assert code == 0, said
    assert "cases/2026/SL-2026-0002.yml" in said
    assert "羽绒服" in in_library(office, "SL-2026-0002")
    assert not path.exists()
    assert (office.root / "inbox" / "已收" / "新写的.yml").exists()
    assert run(office, "check")[0] == 0


def test_a_number_taken_meanwhile_is_changed_and_nothing_else(office):
    arrive(office, case_text("SL-2026-0001", *OTHER))
    before = in_library(office)
    code, said = run(office, "inbox")
    assert (code, "编号换成 SL-2026-0002" in said) == (0, True), said
    assert in_library(office) == before
    assert "羽绒服" in in_library(office, "SL-2026-0002")


def test_an_edit_takes_the_place_of_the_text_it_began_with(office):
    before = in_library(office)
    arrive(office, case_text("SL-2026-0001", ("三天内退还", "五天内退还")), based_on=before)
    code, said = run(office, "inbox")
    assert code == 0, said
    assert "+  五天内退还" in said
    assert "五天内" in in_library(office)
    assert "基于" not in in_library(office)


def test_two_people_who_edit_one_case_are_shown_and_none_is_overwritten(office):
    before = in_library(office)
    arrive(office, case_text("SL-2026-0001", ("三天内退还", "五天内退还")), "甲.yml", before)
    second = arrive(office, case_text("SL-2026-0001", ("停课", "闭店")), "乙.yml", before)
    code, said = run(office, "inbox")
    assert code == 1
    assert "又被别人改过" in said
    kept = [path for path in ("甲.yml", "乙.yml") if (office.root / "inbox" / path).exists()]
    assert len(kept) == 1
    assert "+" in said
    assert "-" in said
    assert ("五天内" in in_library(office)) != ("闭店" in in_library(office))
    if kept == ["甲.yml"]:
        assert not second.exists()


def test_a_copy_edited_without_saying_of_what_is_not_taken_for_a_new_case(office):
    before = in_library(office)
    arrive(office, case_text("SL-2026-0001", ("三天内退还", "五天内退还")))
    code, said = run(office, "inbox")
    assert (code, "没有说明改的是哪一版" in said) == (1, True)
    assert in_library(office) == before
    assert list((office.root / "cases").rglob("SL-2026-0002*")) == []


def test_what_the_library_has_already_is_put_aside(office):
    arrive(office, in_library(office))
    code, said = run(office, "inbox")
    assert (code, "库里已是这样" in said) == (0, True)


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (("xiaobaofa#53", "xiaobaofa#953"), "statutes"),
        (("closed: 2026-09-10", "closed: 2026-09-01"), "结案早于"),
        (("audience: public", "audience: 公开"), "audience"),
        (("先把账算清再谈", "请打 13912345678"), "手机号码"),
        (("title: 健身卡退费争议\n", ""), "缺字段 title"),
    ],
)
def test_a_case_with_errors_stays_and_is_told_of(office, edit, told):
    path = arrive(office, case_text("SL-2026-0002", edit), "SL-2026-0002.yml")
    code, said = run(office, "inbox")
    assert code == 1
    assert told in said
    assert "13912345678" not in said
    assert path.exists()
    assert not (office.root / "cases/2026/SL-2026-0002.yml").exists()


def test_one_bad_file_does_not_keep_the_others_out(office):
    arrive(office, "title: [", "坏.yml")
    arrive(office, case_text("SL-2026-0002", *OTHER), "好.yml")
    arrive(office, "不是案例", "说明.docx")
    code, said = run(office, "inbox", "--format", "json")
    told = json.loads(said)
    assert code == 1
    assert {one["file"]: one["fate"] for one in told["files"]} == {
        "坏.yml": "refused", "好.yml": "filed",
    }  # fmt: skip
    assert told["others"] == ["说明.docx"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (case_text("XX-2026-0001"), "代码应是 SL"),
        (f"# 基于 SL-2026-0009 {'0' * 12}\n" + case_text("SL-2026-0009"), "已不在案例库"),
        (f"# 基于 SL-2026-0009 {'0' * 12}\n" + case_text("SL-2026-0001"), "请核对"),
    ],
)
def test_ids_that_do_not_fit_are_refused(office, text, why):
    arrive(office, text, "x.yml")
    code, said = run(office, "inbox")
    assert (code, why in said) == (1, True), said


def test_a_preview_writes_nothing(office):
    path = arrive(office, case_text("SL-2026-0002", *OTHER))
    code, said = run(office, "inbox", "--preview")
    assert (code, "预览" in said) == (0, True)
    assert path.exists()
    assert not (office.root / "cases/2026/SL-2026-0002.yml").exists()


def test_a_difference_never_shows_what_tells_who_is_meant(office):
    inside = (("audience: public", "audience: internal"), ("先把账算清再谈", "打13912345678问"))
    first = case_text("SL-2026-0001", *inside)
    office.write("cases/2026/SL-2026-0001.yml", first)
    arrive(office, case_text("SL-2026-0001", inside[0]), based_on=first)
    code, said = run(office, "inbox")
    assert code == 0, said
    assert "-    - 打1" in said
    assert "13912345678" not in said


def test_there_may_be_no_inbox(library):
    code, said = run(library, "inbox")
    assert (code, "没有这个文件夹" in said) == (2, True)
