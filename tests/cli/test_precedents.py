"""The commands similar and brief on the twelve cases of the library."""

import io
import json
import subprocess
import sys
import zipfile

import pytest
from docx import Document

from tests.conftest import make_library_of_twelve

STORY = (
    "退赔费用 其他投诉问题 商户名称：某某游泳馆 发生时间：2026年3月1日 消费金额：3980元 "
    "问题描述：孩子在游泳馆上亲子课，还剩三十多节，馆里忽然停业，池水放干了，老板联系不上，"
    "家长们想退钱。主要诉求：退费"
)


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    made = make_library_of_twelve(tmp_path_factory.mktemp("precedents") / "library")
    run(made, "build")
    return made


def run(library, *arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "builder.cli", "--library", str(library.root), *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        **options,
    )


def told(library, *arguments):
    return json.loads(run(library, "similar", *arguments, "--format", "json").stdout)


def test_similar_tells_type_likeness_and_what_it_adds_up_to(library):
    done = run(library, "similar", "--text", STORY)
    assert done.returncode == 0
    for words in ("停业失联", "SL-2026-0016", "事实", "争议焦点很像", "合起来看", "件数少"):
        assert words in done.stdout
    assert "%" not in done.stdout.split("合起来看")[1]


def test_similar_takes_out_and_keeps(library):
    plain = [one["id"] for one in told(library, "--text", STORY)["precedents"]]
    chosen = told(library, "--text", STORY, "--not", plain[0], "--pin", "SL-2024-0033")
    found = [one["id"] for one in chosen["precedents"]]
    assert found[0] == "SL-2024-0033"
    assert plain[0] not in found
    assert [one["pinned"] for one in chosen["precedents"]].count(True) == 1


def test_similar_filters(library):
    found = told(library, "SL-2025-0028", "--type", "预付式消费", "--limit", "20")
    assert {one["id"] for one in found["precedents"]} == {"SL-2025-0019", "SL-2026-0016"}
    assert found["conditions"] == ["类型：预付式消费"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["SL-1999-0001"], "没有这个编号"),
        (["--text", STORY, "--not", "SL-1999-0001"], "没有这个编号"),
        (["--text", STORY, "--pin", "乱写"], "没有这个编号"),
        ([], "要么写一个编号"),
        (["SL-2025-0028", "--text", "x"], "要么写一个编号"),
    ],
)
def test_wrong_use_is_said_plainly(library, arguments, told):
    for command in ("similar", "brief"):
        done = run(library, command, *arguments)
        assert done.returncode == 2
        assert told in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--received", "昨天"], "不是日期"),
        (["--accepted", "2026-10-12"], "只写了受理的日期"),
        (["--received", "2026-10-12", "--accepted", "2026-10-11"], "受理早于收到"),
        (["--out", "单子.pdf"], "不会写"),
    ],
)
def test_a_brief_with_wrong_options_is_not_written(library, tmp_path, arguments, told):
    done = run(library, "brief", "--text", STORY, *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_brief_is_one_file_without_the_story(library, tmp_path):
    for name in ("一.html", "二.html", "一.docx", "二.docx"):
        done = run(library, "brief", "--text", STORY, "--received", "2026-10-12", "--out",
                   str(tmp_path / name))  # fmt: skip
        assert done.returncode == 0, done.stderr
    page = (tmp_path / "一.html").read_text("utf-8")
    for words in ("停业失联", "2026-10-21", "法律依据", "SL-2026-0016", "检索人", "要问"):
        assert words in page
    assert "亲子课，还剩三十多节" not in page
    assert "src=" not in page
    assert (tmp_path / "一.html").read_bytes() == (tmp_path / "二.html").read_bytes()
    packed = (tmp_path / "一.docx").read_bytes()
    assert packed == (tmp_path / "二.docx").read_bytes()
    document = Document(io.BytesIO(packed))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for words in ("调解准备单", "停业失联", "2026-10-21", "SL-2026-0016", "□ "):
        assert words in text
    assert "亲子课，还剩三十多节" not in text
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert STORY[60:80] not in archive.read("docProps/core.xml").decode()


def test_a_brief_of_a_case_and_from_a_pipe(library, tmp_path):
    out = tmp_path / "单.html"
    assert run(library, "brief", "sl-2025-0028", "--out", str(out)).returncode == 0
    assert "编号 SL-2025-0028" in out.read_text("utf-8")
    assert run(library, "brief", "-", "--out", str(out), input=STORY).returncode == 0
    assert "填上收到投诉的日期" in out.read_text("utf-8")
