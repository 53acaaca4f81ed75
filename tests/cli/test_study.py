"""A Tuesday from plan to plan, with the commands alone."""

import json
import subprocess
import sys

import pytest

from tests.conftest import make_library_of_twelve


@pytest.fixture
def casebook(tmp_path):
    library = make_library_of_twelve(tmp_path / "twelve")

    def run(*arguments):
        done = subprocess.run(
            [sys.executable, "-m", "builder.cli", "--library", str(library.root), *arguments],
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert "Traceback" not in done.stderr
        return done

    run.root = library.root
    return run


def plan(casebook, date):
    return json.loads(casebook("study", "plan", "--date", date, "--format", "json").stdout)


def test_a_tuesday_goes_round(casebook):
    first = plan(casebook, "2026-12-01")
    studied = [case["id"] for case in first["cases"]]
    assert studied
    assert casebook("study", "minutes", "2026-12-01", "--host", "带班副所长").returncode == 0
    path = casebook.root / "docs" / "study" / "2026-12-01.md"
    text = path.read_text("utf-8")
    assert f"cases: [{', '.join(studied)}]" in text
    assert casebook("build", "--audience", "internal").returncode == 0
    pack = casebook.root / "build" / "internal" / "current" / "site" / "study" / "pack.html"
    assert "先想一想" in pack.read_text("utf-8")
    filled = text.replace("待写：这次的主题", "算账").replace(
        "---\n\n",
        "weaknesses:\n  - 没有先看余额\nactions:\n  - what: 先对账再谈\n    owner: 窗口组长\n"
        "    due: 2026-12-20\n---\n\n",
        1,
    )
    path.write_text(filled, "utf-8")
    assert casebook("check").returncode == 0
    assert casebook("study", "carry", "2026-12-01").returncode == 0
    following = plan(casebook, "2026-12-08")
    assert "先对账再谈" in [action["what"] for action in following["open_actions"]]
    assert not set(studied) & {case["id"] for case in following["cases"]}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["plan", "--date", "2026-12-02"], "不是星期二"),
        (["plan", "--date", "昨天"], "不是日期"),
        (["plan", "--minutes", "5"], "太短"),
        (["plan", "--pin", "SL-1999-0001"], "没有这个编号"),
        (["minutes", "2026-12-02"], "不是星期二"),
        (["minutes", "2026-12-01", "--case", "SL-1999-0001"], "没有这个编号"),
        (["carry", "2026-12-01"], "没有复盘纪要"),
    ],
)
def test_wrong_use_is_said_plainly(casebook, arguments, told):
    done = casebook("study", *arguments)
    assert done.returncode == 2
    assert told in done.stderr


def test_minutes_are_not_written_over(casebook):
    assert casebook("study", "minutes", "2026-12-01").returncode == 0
    assert casebook("study", "minutes", "2026-12-01").returncode == 2
    assert casebook("study", "minutes", "2026-12-01", "--force").returncode == 0
    assert casebook("study", "minutes", "2026-12-02", "--any-day").returncode == 0


def test_help_is_chinese(casebook):
    for arguments in (
        ["study", "--help"],
        *(["study", one, "--help"] for one in ("plan", "minutes", "carry")),
    ):
        text = casebook(*arguments).stdout
        assert "用法：" in text
        assert "OPTIONS" not in text
        assert "TEXT" not in text
