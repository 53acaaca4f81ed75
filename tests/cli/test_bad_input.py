"""Bad input through the command line: a sentence in Chinese, the right exit code, no traceback."""

import os
import subprocess
import sys

import pytest

from tests.conftest import CASE, replacing

CASE_PATH = "cases/2026/SL-2026-0001.yml"


def run(library, *arguments, **options):
    done = subprocess.run(
        [sys.executable, "-m", "builder.cli", "--library", str(library.root), *arguments],
        capture_output=True,
        timeout=120,
        check=False,
        **options,
    )
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    assert "Traceback" not in said, said
    assert "\x1b" not in said
    return done.returncode, said


def loop(library):
    (library.root / "cases" / "2026").mkdir(exist_ok=True)
    (library.root / CASE_PATH).symlink_to("SL-2026-0001.yml")


def outside_folder(library):
    (library.root / "cases" / "2027").symlink_to("/etc")


def odd_name(library):
    library.write(f"cases/2026/{os.fsdecode(bytes([83, 76, 45, 255]))}\n 1.yml", "id: x")


def text(content):
    return lambda library: library.write(CASE_PATH, content)


def raw(content):
    def write(library):
        path = library.write(CASE_PATH, "")
        path.write_bytes(content)

    return write


def vocabulary(name, old, new):
    def edit(library):
        library.add()
        path = library.root / "cases" / "vocabulary" / f"{name}.yml"
        content = path.read_text("utf-8")
        assert old in content
        path.write_text(content.replace(old, new, 1), "utf-8")

    return edit


SOUND = CASE.format(id="SL-2026-0001", year="2026")
PROBLEMS = {
    "broken yaml": (text("id: [\n"), "YAML 写法有误"),
    "a list": (text("- a\n"), "字段: 内容"),
    "a 50 MB file": (raw(b"a: " + b"x" * 50_000_000), "1 MiB"),
    "billion laughs": (text('a: &a ["x","x"]\nb: &b [*a,*a]\n'), "不能用 &"),
    "NUL bytes": (raw(SOUND.encode() + b"\x00"), "控制字符"),
    "invalid UTF-8": (raw(SOUND.encode() + b"\xff\xfe"), "UTF-8"),
    "terminal escapes": (text(SOUND.replace("title: 健身卡", 'title: "\\x1b[31m健身卡" #')), "控制字符"),
    "marks that turn text round": (text(SOUND.replace("健身卡", "健\u202e身卡")), "控制字符"),
    "a link that runs in a circle": (loop, "链接"),
    "a link out of cases": (outside_folder, "链接"),
    "an odd file name": (odd_name, "SL-"),
    "far dates": (text(SOUND.replace("2026-09-10", "9999-12-31")), "还没有到"),
    "an exponent": (text(SOUND.replace("2150.50}", "2e9}")), "两位小数"),
    "repeated term": (vocabulary("claims", "terms:\n", "terms:\n  - {id: tuikuan, label: 又一个}\n"), "用了两次"),
    "repeated label": (
        vocabulary("claims", "terms:\n", "terms:\n  - {id: aa, label: 同名}\n  - {id: bb, label: 同名}\n"),
        "名称“同名”用了两次",
    ),
    "three levels": (
        vocabulary(
            "claims", "terms:\n",
            "terms:\n  - {id: aa, label: 甲, children: [{id: ab, label: 乙, children: [{id: ac, label: 丙}]}]}\n",
        ),
        "最多两级",
    ),
    "statute without versions": (
        vocabulary("statutes", "statutes:\n", "statutes:\n  - {id: xx, name: 某法, short: 某法, versions: []}\n"),
        "versions",
    ),
    "versions that overlap": (
        vocabulary(
            "statutes", "statutes:\n",
            "statutes:\n  - {id: xx, name: 某法, short: 某法, versions: "
            "[{label: 一, from: 2020-01-01}, {label: 二, from: 2021-01-01}]}\n",
        ),
        "重叠",
    ),
    "a word in two groups": (
        vocabulary("concepts", "groups:\n", "groups:\n  - {id: g1, words: [甲乙, 丙丁]}\n  - {id: g2, words: [丙丁, 戊己]}\n"),
        "只能出现一次",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_problem_in_the_files_is_told_and_nothing_is_built(library, name):
    spoil, says = PROBLEMS[name]
    spoil(library)
    status, said = run(library, "check")
    assert status == 1
    assert says in said
    status, said = run(library, "build")
    assert status == 1
    assert says in said
    assert not (library.root / "build" / "internal" / "current").exists()


def test_a_file_that_is_refused_is_noticed_after_a_good_build(library):
    library.add()
    assert run(library, "build")[0] == 0
    outside_folder(library)
    status, said = run(library, "build")
    assert (status, "链接" in said) == (1, True)


def test_a_vocabulary_that_cannot_be_read_is_not_blamed_on_the_cases(library):
    library.add()
    library.write("cases/vocabulary/claims.yml", "terms: [\n")
    library.write("cases/vocabulary/statutes.yml", "statutes: 3\n")
    status, said = run(library, "check")
    assert status == 1
    assert "claims.yml" in said
    assert "SL-2026-0001" not in said


SETTINGS = """\
[workshop]
code = "SL"
name = "x"
region = "y"
[site]
title = "z"
description = "d"
"""


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "code"),
        ("[workshop\n", "格式有误"),
        (
            '[workshop]\ncode = "sl"\nname = "x"\nregion = "y"\n[site]\ntitle = "z"\ndescription = "d"\n',
            "大写字母",
        ),
        (
            '[workshop]\ncode = "SL"\nname = "x"\nregion = "y"\n[site]\ntitle = "a\\nb"\ndescription = "d"\n',
            "换行",
        ),
        (f"{SETTINGS}[addresses]\npublic = 1\n", "public 不像网址"),
        (f"{SETTINGS}[addresses]\npublic = 'ftp://example.cn/'\n", "public 不像网址"),
        (f"{SETTINGS}[addresses]\npublic = 'https://example.cn/?a=1'\n", "public 不像网址"),
        (f"{SETTINGS}[addresses]\npublic = 'https://u:p@example.cn/'\n", "public 不像网址"),
        (f"{SETTINGS}[addresses]\npublic = 'https://案例.cn/'\n", "public 不像网址"),
        (f"{SETTINGS}[addresses]\npublc = 'https://example.cn/'\n", "publc"),
        (f"addresses = 'https://example.cn/'\n{SETTINGS}", "[addresses] 应是一节"),
    ],
)
def test_bad_settings_end_with_2(library, content, says):
    library.write("casebook.toml", content)
    status, said = run(library, "check")
    assert (status, says in said) == (2, True)


@pytest.mark.parametrize("content", ["a: [\n", "", "site_name: x\ntheme: material\n", "- a\n"])
def test_a_broken_mkdocs_file_ends_with_3_and_leaves_the_last_build(library, content):
    library.add()
    assert run(library, "build")[0] == 0
    before = (library.root / "build" / "internal" / "current").readlink()
    library.write("mkdocs.yml", content)
    status, said = run(library, "build")
    assert status == 3
    assert "mkdocs.yml" in said
    assert (library.root / "build" / "internal" / "current").readlink() == before


def test_an_output_that_cannot_be_written_is_named(library, tmp_path):
    (tmp_path / "taken").write_text("")
    assert run(library, "build", "--out", str(tmp_path / "taken"))[0] == 2
    status, said = run(library, "build", "--out", str(tmp_path / "taken" / "below"))
    assert status == 3
    assert "不是文件夹" in said
    status, said = run(library, "build", "--out", "/proc/nothing")
    assert status == 3
    assert "/proc/nothing" in said


def test_what_an_index_lost_is_told(library):
    library.add()
    assert run(library, "build")[0] == 0
    current = library.root / "build" / "internal" / "current"
    for name in ("postings.bin", "cases.json", "display.bin", "vocabulary.json", "meta.json"):
        path = current / "index" / name
        content = path.read_bytes()
        for damaged in (content[: len(content) // 2], b"", b"\xff" * 50):
            path.write_bytes(damaged)
            for arguments in (
                ["search", "退费"],
                ["search", "类型:预付式消费"],
                ["show", "SL-2026-0001"],
                ["doctor"],
            ):
                status, said = run(library, *arguments)
                assert status in (0, 3)
                assert status == 0 or "casebook build" in said
            assert run(library, "doctor")[0] == 3
        path.write_bytes(content)
    for name in ("build.json", "pages.json"):
        (current / name).write_bytes(b"\xff")
        library.add(edit=replacing(("要求退费", f"要求退费{name}")))
        assert run(library, "build")[0] == 0
    (library.root / "build" / "cache" / "internal").mkdir(parents=True, exist_ok=True)
    for path in (library.root / "build" / "cache" / "internal").iterdir():
        path.write_bytes(b"\xff" * 100)
    library.add(edit=replacing(("要求退费", "要求退费和道歉")))
    assert run(library, "build")[0] == 0


@pytest.mark.parametrize(
    "query",
    [
        "。",
        "退",
        "\\",
        "[a-z]*(",
        '"',
        "“",
        "类型:",
        "金额:x..y",
        "-",
        "OR",
        "结果:没有这个",
        "😀",
        "a" * 20_000,
        "退" * 20_000,
        "\udcff",
    ],
)
def test_any_query_is_answered(library, query):
    library.add()
    assert run(library, "build")[0] == 0
    assert run(library, "search", "--", os.fsencode(query))[0] == 0


def test_an_empty_query_is_wrong_use(library):
    library.add()
    assert run(library, "search", "")[0] == 2
    assert run(library, "similar", "-", stdin=subprocess.DEVNULL)[0] == 2


def test_a_reader_that_goes_away_is_no_fault(library):
    library.add()
    assert run(library, "build")[0] == 0
    line = (
        f"{sys.executable} -m builder.cli --library '{library.root}' show SL-2026-0001 | head -n 1"
    )
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)
    assert "SL-2026-0001" in done.stdout
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


def test_works_in_a_plain_environment(library):
    library.add()
    bare = {"PATH": "/usr/bin:/bin", "LANG": "C", "PYTHONPATH": os.pathsep.join(sys.path)}
    assert run(library, "build", env=bare)[0] == 0
    status, said = run(library, "search", "退费", env=bare)
    assert status == 0
    assert "健身卡" in said
