import json
import subprocess
import sys
from gettext import GNUTranslations

import pytest
from babel.messages.pofile import read_po

from tests.conftest import ROOT, replacing


@pytest.fixture
def casebook(library):
    """Run the command on a small library and return what came of it."""

    def run(*arguments, **options):
        return subprocess.run(
            [sys.executable, "-m", "builder.cli", "--library", str(library.root), *arguments],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            **options,
        )

    return run


def test_help_is_chinese_all_through(casebook):
    done = casebook("--help")
    assert done.returncode == 0
    assert "用法：" in done.stdout
    for english in ("Usage", "Options", "Commands", "Show this"):
        assert english not in done.stdout


def test_check_is_silent_about_a_sound_library(library, casebook):
    library.add()
    done = casebook("check")
    assert done.returncode == 0
    assert "查了 1 个案例" in done.stdout
    assert "0 处错误" in done.stdout


def test_check_tells_file_line_and_remedy_and_ends_with_1(library, casebook):
    library.add(edit=replacing(("[tuika]", "[tuikaa]")))
    done = casebook("check")
    assert done.returncode == 1
    assert "cases/2026/SL-2026-0001.yml:10:17" in done.stdout
    assert "您是不是要写 tuika？" in done.stdout
    assert "\x1b[" not in done.stdout


def test_check_as_json(library, casebook):
    library.add(edit=replacing(("[tuika]", "[tuikaa]")))
    told = json.loads(casebook("check", "--format", "json").stdout)
    assert (told["cases"], told["errors"]) == (1, 1)
    assert told["problems"][0] == {
        "file": "cases/2026/SL-2026-0001.yml",
        "line": 10,
        "column": 17,
        "field": "dispute_types.0",
        "severity": "error",
        "code": "unknown-id",
        "what": "dispute_types 词表里没有 tuikaa。",
        "remedy": "您是不是要写 tuika？",
    }


def test_new_allots_the_next_id_and_writes_a_file_that_reads(library, casebook):
    library.add("SL-2026-0007")
    done = casebook(
        "new", "--title", "有“引号”: 和冒号 # 的标题", "--type", "tuika", "--type", "kouchu-weiyuejin",
        "--received", "2026-03-02 09:40", "--amount", "3600", "--facts", "第一段\n\n第二段",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "cases/2026/SL-2026-0008.yml" in done.stdout
    book = library.load()
    assert book.problems == []
    case = book.cases[-1].case
    assert case.id == "SL-2026-0008"
    assert case.title == "有“引号”: 和冒号 # 的标题"
    assert case.dispute_types == ("tuika", "kouchu-weiyuejin")
    assert case.facts == "第一段\n\n第二段"
    assert "四见" in (library.root / "cases/2026/SL-2026-0008.yml").read_text("utf-8")


def test_new_asks_for_what_it_must_know(casebook):
    done = casebook("new", "--received", "2026-03-02", input="退卡争议\n")
    assert done.returncode == 0
    assert "标题" in done.stdout


def test_new_refuses_a_day_that_is_none(casebook):
    done = casebook("new", "--title", "甲", "--received", "三月二日")
    assert done.returncode == 2
    assert "不是日期" in done.stderr


def test_format_rewrites_and_says_so_once(library, casebook):
    path = library.write(
        "cases/2026/SL-2026-0001.yml", "# 注\ntitle: 甲\nid: SL-2026-0001\nfacts: 乙\n"
    )
    assert casebook("format", "--check").returncode == 1
    assert casebook("format").returncode == 0
    assert path.read_text("utf-8").startswith("id: SL-2026-0001\n# 注\ntitle: 甲\n")
    again = casebook("format")
    assert "整理了 0 个" in again.stdout
    assert casebook("format", "--check").returncode == 0


def test_format_skips_what_it_cannot_read_and_says_why(library, casebook):
    path = library.write("cases/2026/SL-2026-0001.yml", "title: [\n")
    done = casebook("format")
    assert done.returncode == 1
    assert "跳过" in done.stderr
    assert path.read_text("utf-8") == "title: [\n"


def test_schema_offers_the_vocabulary_in_chinese(casebook):
    schema = json.loads(casebook("schema", "--stdout").stdout)
    types = schema["properties"]["dispute_types"]
    assert types["title"] == "纠纷类型"
    place = types["items"]["enum"].index("tuika")
    assert "退卡退款" in types["items"]["markdownEnumDescriptions"][place]
    assert schema["additionalProperties"] is False


def test_the_exported_schema_is_current(casebook):

    exported = json.loads((ROOT / "schemas" / "case.schema.json").read_text("utf-8"))
    assert exported == json.loads(casebook("schema", "--stdout").stdout), "run: make schema"


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["chekc"], 2, "没有 chekc 这个命令"),
        (["check", "--formt", "json"], 2, "没有 --formt 这个选项"),
        (["check", "--format", "xml"], 2, "xml"),
        (["build", "--audience", "everyone"], 2, "everyone"),
        (["build", "--drafts", "--audience", "public"], 2, "草稿不能给外面看"),
        (["search", "退卡"], 3, "casebook build"),
        (["show", "SL-2026-0001"], 3, "casebook build"),
    ],
)
def test_wrong_use_gets_a_sentence_and_no_traceback(casebook, arguments, status, says):
    done = casebook(*arguments)
    assert done.returncode == status, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_outside_a_library_it_says_where_to_go(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "builder.cli", "check"], cwd=tmp_path, capture_output=True, text=True,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "casebook.toml" in done.stderr


def test_bad_settings_are_named(library, casebook):
    library.write("casebook.toml", "[workshop]\ncode = 3\n")
    done = casebook("check")
    assert done.returncode == 2
    assert "casebook.toml" in done.stderr
    assert "code" in done.stderr


def test_the_chinese_texts_of_click_are_compiled():
    folder = ROOT / "builder" / "cli" / "locale" / "zh_CN" / "LC_MESSAGES"
    with (folder / "click.po").open("rb") as source, (folder / "click.mo").open("rb") as compiled:
        written, read = read_po(source, locale="zh_CN"), GNUTranslations(compiled)
    for message in (message for message in written if message.id):
        if message.pluralizable:
            assert read.ngettext(*message.id, 2) == message.string[0], "run: make messages"
        else:
            assert read.gettext(message.id) == message.string, "run: make messages"
