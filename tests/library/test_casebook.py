import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.library.record import read_record
from builder.model.case import Case
from tests.conftest import CASE, MANY, replacing, told


def test_reads_a_sound_case(library):
    library.add()
    book = library.load()
    assert told(book.problems) == []
    assert [item.case.id for item in book.cases] == ["SL-2026-0001"]
    assert str(book.cases[0].case.amounts.recovered) == "2150.50"


@pytest.mark.parametrize(
    ("old", "new", "expected", "says"),
    [
        ("title: ", "titel: ", ["2:1 titel extra-forbidden"], "您是不是要写 title？"),
        ("audience: public", "audience: pubic", ["5:1 audience enum"], "您是不是要写 public？"),
        ("sample: true", "sample: yes", ["6:1 sample bool-type"], "应是 true 或 false"),
        ("2026-09-03", "2026-02-30", ["9:40 timeline.accepted value-error"], "2026-03-02"),
        ("2150.50", "二千", ["13:42 amounts.recovered value-error"], "两位小数"),
        ("2150.50}", "2150.505}", ["13:42 amounts.recovered value-error"], "两位小数"),
        ("[tuika]", "tuika", ["10:1 dispute_types tuple-type"], "应是列表"),
        ("[tuika]", "[a, b, c, d]", ["10:1 dispute_types too-long"], "超过 3 项"),
        (
            "[xiaobaofa#53]",
            "[消法53条]",
            ["16:12 statutes.0 string-pattern-mismatch"],
            "请写成 xiaobaofa#53",
        ),
        (
            "title: 健身卡退费争议",
            "title: |-\n  两\n  行",
            ["2:1 title string-pattern-mismatch"],
            "只能写一行",
        ),
        ("title: 健身卡退费争议", "title: 2026", ["2:1 title string-type"], "请加上引号"),
    ],
)
def test_places_each_problem_and_says_what_to_do(library, old, new, expected, says):
    library.add(edit=replacing((old, new)))
    problems = library.load().problems
    path = "cases/2026/SL-2026-0001.yml"
    assert sorted(told(problems)) == [f"{path}:{line}" for line in expected]
    assert says in "".join(problem.what + problem.remedy for problem in problems)


def test_tells_all_problems_of_all_files_at_once(library):
    library.add("SL-2026-0001", replacing(("title: ", "titel: "), ("[tuika]", "tuika")))
    library.add("SL-2026-0002", replacing(("sample: true", "sample: 1")))
    library.write("cases/2026/SL-2026-0003.yml", "a: [")
    paths = [problem.path for problem in library.load().problems]
    assert paths.count("cases/2026/SL-2026-0001.yml") == 2
    assert paths.count("cases/2026/SL-2026-0002.yml") == 1
    assert paths.count("cases/2026/SL-2026-0003.yml") == 1


def test_names_ids_that_disagree(library):
    library.add("SL-2026-0001")
    library.write("cases/2026/SL-2026-0002.yml", CASE.format(id="SL-2026-0001", year="2026"))
    library.write("cases/2025/SL-2026-0004.yml", CASE.format(id="SL-2026-0004", year="2026"))
    library.add("XA-2026-0001")
    codes = {(problem.path.rsplit("/", 1)[1], problem.code) for problem in library.load().problems}
    assert codes == {
        ("SL-2026-0002.yml", "id"),
        ("SL-2026-0002.yml", "duplicate-id"),
        ("SL-2026-0004.yml", "id"),
        ("XA-2026-0001.yml", "id"),
    }


def test_reports_every_file_it_does_not_read(library, tmp_path):
    outside = tmp_path / "外面.yml"
    outside.write_text("id: x")
    (library.root / "cases" / "2026").mkdir()
    (library.root / "cases" / "2026" / "link.yml").symlink_to(outside)
    (library.root / "cases" / "2026" / "dead.yml").symlink_to(tmp_path / "nothing")
    os.mkfifo(library.root / "cases" / "2026" / "pipe.yml")
    library.write("cases/2026/笔记 草稿.txt", "x")
    library.write("cases/2026/big.yml", "a: " + "x" * (2 << 20))
    library.write("cases/2026/空.yml", "")
    library.write("cases/vocabulary/mine.yml", "terms: []")
    problems = {problem.path: problem.code for problem in library.load().problems}
    assert problems == {
        "cases/2026/link.yml": "link",
        "cases/2026/dead.yml": "link",
        "cases/2026/pipe.yml": "file",
        "cases/2026/笔记 草稿.txt": "ending",
        "cases/2026/big.yml": "file-size",
        "cases/2026/空.yml": "empty",
        "cases/vocabulary/mine.yml": "vocabulary",
    }


def test_an_empty_library_is_no_error(library):
    assert told(library.load().problems) == []


def test_minutes_and_pages_carry_front_matter(library):
    library.write("docs/study/2026-11-10.md", "---\ndate: 2026-11-10\ntitle: 复盘\n---\n正文\n")
    library.write("docs/study/2026-11-18.md", "---\ndate: 2026-11-17\ntitle: 复盘\n---\n")
    library.write("docs/guide.md", "没有开头\n")
    book = library.load()
    assert [session.body for session in book.sessions if session.meta.date.day == 10] == ["正文\n"]
    assert {(p.path, p.code) for p in book.problems} == {
        ("docs/study/2026-11-18.md", "session-date"),
        ("docs/guide.md", "front-matter"),
    }


MUTATIONS = st.lists(
    st.tuples(
        st.integers(0, len(CASE)), st.sampled_from(list("{}[]:,-#&*!|>'\"%@`\t\n 0x9年\x00\ufeff"))
    ),
    max_size=6,
)


@MANY
@given(MUTATIONS, st.integers(0, len(CASE)), st.integers(0, 40))
def test_a_mutated_case_is_read_or_told_about(mutations, cut, length):
    text = CASE.format(id="SL-2026-0001", year="2026")
    text = text[:cut] + text[cut + length :]
    for position, inserted in mutations:
        text = text[:position] + inserted + text[position:]
    result = read_record("cases/2026/SL-2026-0001.yml", text.encode(), Case)
    assert (result.record is None) == bool(result.problems)
    for problem in result.problems:
        assert problem.what.endswith(("。", "？"))
        assert problem.remedy
        assert 0 <= problem.line <= text.count("\n") + 2
