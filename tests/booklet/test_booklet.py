"""The printed volume: what is in it, where its indexes point, and that texts stay texts."""

import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from unicodedata import normalize

import pytest
import yaml
from docx import Document
from pypdf import PdfReader

from builder.booklet.docx import docx_bytes
from builder.booklet.pdf import BookletError, pdf_bytes
from builder.booklet.selection import Selection, select
from builder.booklet.volume import make_volume
from builder.checks.clearance import clear
from builder.errors import WrongUseError
from builder.library.casebook import load_casebook
from builder.model.audience import Audience
from builder.settings import load_settings
from tests.conftest import CASE, ROOT, replacing

CLOSING = tuple("。，、；：？！”’）》」』】…")  # none of these may begin a line
HOSTILE = "#let x = 1; $a^2$ `code` *粗* _斜_ <b>x</b> @lab ~ \\ [ ] // 注 {{ 7*7 }} <w:p/> &amp;"


@pytest.fixture(scope="module")
def cleared():
    return clear(load_casebook(load_settings(ROOT)), Audience.INTERNAL)


@pytest.fixture(scope="module")
def volume(cleared):
    return make_volume(cleared, select(cleared, Selection()), "")


@pytest.fixture(scope="module")
def sheets(volume):
    """The text of every page; a PDF may hold radicals in place of characters like them."""
    pages = PdfReader(io.BytesIO(pdf_bytes(volume))).pages
    return [normalize("NFKC", page.extract_text()) for page in pages]


def squeezed(text):
    return re.sub(r"\s", "", normalize("NFKC", text))


def paragraphs(content):
    return [one.text for one in Document(io.BytesIO(content)).paragraphs]


def test_every_case_is_in_it_with_its_title(volume, sheets):
    everything = squeezed("".join(sheets))
    assert volume.count == "160 个案例"
    for group in volume.groups:
        for one in group.cases:
            assert squeezed(one.title) in everything
            assert one.id in everything


def test_front_matter_and_marks(sheets):
    assert squeezed("内部资料，不得外传") in squeezed(sheets[0])
    assert "示例" in sheets[0]
    assert all("内部资料" in sheet for sheet in sheets[2:])
    front = squeezed("".join(sheets[:12]))
    for words in ("前言", "怎样用这本册子", "目录", "办结的案例", "条文为转述"):
        assert words in front


@pytest.mark.parametrize("name", ["法条索引", "关键词索引"])
def test_every_index_entry_is_on_the_page_it_names(volume, sheets, name):
    titles = [number for number, sheet in enumerate(sheets) if squeezed(sheet).startswith(name)]
    end = len(sheets) if name == "关键词索引" else None
    start = titles[0]
    stop = end or next(n for n, s in enumerate(sheets) if squeezed(s).startswith("关键词索引"))
    listed = squeezed("".join(sheets[start:stop]))
    index = volume.law_index if name == "法条索引" else volume.keyword_index
    missing = 0
    for entry in index:
        text = re.escape(squeezed(entry.text))
        found = re.search(rf"(?:^|\D{{4}}|\d){text}\.*((?:\d+、)*\d{{1,3}})", listed)
        assert found, entry.text
        pages = [int(number) for number in re.findall(r"\d+", found[1])]
        on_pages = [squeezed(sheets[page - 1]) for page in pages if page <= len(sheets)]
        missing += sum(squeezed(entry.text) not in text for text in on_pages)
        assert 1 <= len(on_pages) <= len(entry.cases)
    assert missing == 0


def test_no_line_begins_with_closing_punctuation(sheets):
    assert len(sheets) > 60
    for sheet in sheets[10:60]:
        for line in sheet.split("\n"):
            assert not line.strip().startswith(CLOSING), line


def test_no_glyph_is_missing(volume):
    reader = PdfReader(io.BytesIO(pdf_bytes(volume)))
    names = {
        str(font["/BaseFont"])
        for page in list(reader.pages)[:40]
        for font in (one.get_object() for one in page["/Resources"]["/Font"].values())
    }
    assert names
    assert all("NotoSerifCJK" in name or "NotoSansCJK" in name for name in names)
    assert "\ufffd" not in "".join(page.extract_text() for page in list(reader.pages)[:40])


def test_the_same_volume_gives_the_same_bytes(cleared):
    some = make_volume(cleared, select(cleared, Selection(years=("2024",))), "")
    assert pdf_bytes(some) == pdf_bytes(some)
    assert docx_bytes(some) == docx_bytes(some)


def test_the_word_document_has_every_title_and_heading(cleared):
    some = make_volume(cleared, select(cleared, Selection(years=("2023",))), "二〇二三年")
    content = docx_bytes(some)
    texts = paragraphs(content)
    for group in some.groups:
        assert group.label in texts
        for one in group.cases:
            assert one.title in texts
    for heading in ("前言", "怎样用这本册子", "统计", "法条索引", "关键词索引", "突破口", "短板"):
        assert heading in texts
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = archive.read("word/document.xml").decode()
        marks = set(re.findall(r'w:name="(case_\d+)"', body))
        assert set(re.findall(r"PAGEREF (case_\d+)", body)) <= marks
        assert 'TOC \\o "1-2"' in body


def test_selections_narrow(cleared):
    assert {case.closed[:4] for case in select(cleared, Selection(years=("2024",)))} == {"2024"}
    prepaid = select(cleared, Selection(types=("预付式消费",)))
    assert len(prepaid) >= 39
    assert select(cleared, Selection(types=("tuika",)))
    one = select(cleared, Selection(ids=("SL-2025-0028",)))
    assert [case.id for case in one] == ["SL-2025-0028"]
    here = select(cleared, Selection(stations=("demo-nanguan",)))
    assert {case.station for case in here} == {"demo-nanguan"}


@pytest.mark.parametrize(
    "selection",
    [
        Selection(ids=("SL-1999-0001",)),
        Selection(types=("没有这一类",)),
        Selection(stations=("没有这个所",)),
        Selection(years=("1999",)),
    ],
)
def test_what_is_not_there_is_refused(cleared, selection):
    with pytest.raises(WrongUseError) as caught:
        select(cleared, selection)
    assert caught.value.remedy


def test_missing_fonts_say_what_to_install(volume, tmp_path):
    with pytest.raises(BookletError) as caught:
        pdf_bytes(volume, fonts=tmp_path)
    assert "fonts-noto-cjk" in caught.value.remedy


def hostile(library):
    record = yaml.safe_load(CASE.format(id="SL-2026-0001", year="2026"))
    record.update(
        title=HOSTILE[:40] + "长" * 20,
        summary=HOSTILE,
        facts=f"{HOSTILE}\n\n" + "x" * 400 + "末尾",
        issues=[HOSTILE],
        keywords=["#关键*词*"],
    )
    library.write(
        "cases/2026/SL-2026-0001.yml", yaml.safe_dump(record, allow_unicode=True, sort_keys=False)
    )
    return clear(library.load(), Audience.INTERNAL)


def test_markup_in_a_case_is_printed_as_typed(library):
    cleared = hostile(library)
    volume = make_volume(cleared, select(cleared, Selection()), "#書名 *x*")
    text = squeezed(
        "".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf_bytes(volume))).pages)
    )
    for part in ("#letx=1;", "$a^2$", "*粗*", "<b>x</b>", "@lab", "{{7*7}}", "#关键*词*", "末尾"):
        assert part in text, part
    assert "49" not in text.replace("第49条", "")
    assert any(HOSTILE in line for line in paragraphs(docx_bytes(volume)))


def test_partner_and_public_volumes_hold_what_was_cleared(library):
    library.add("SL-2026-0001")
    library.add(
        "SL-2026-0002", replacing(("audience: public", "audience: internal"), ("停课", "内部的事"))
    )
    cleared = clear(library.load(), Audience.PUBLIC)
    volume = make_volume(cleared, select(cleared, Selection()), "")
    for content in (pdf_bytes(volume), docx_bytes(volume)):
        text = (
            "".join(paragraphs(content))
            if content[:2] == b"PK"
            else "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        )
        assert "SL-2026-0001" in text
        assert "SL-2026-0002" not in text
        assert "内部的事" not in text
        assert "内部资料" not in text
    assert volume.mark == ""


def run(library, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "builder.cli", "--library", str(library.root), *arguments],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def test_the_command_writes_both_kinds_and_refuses_others(library, tmp_path):
    library.add()
    folder = tmp_path / "out"
    folder.mkdir()
    for name in ("册.pdf", "册.docx"):
        done = run(library, "booklet", "--out", str(folder / name))
        assert done.returncode == 0, done.stderr
        assert "1 个案例" in done.stdout
    assert (folder / "册.pdf").read_bytes()[:5] == b"%PDF-"
    for arguments, told in (
        (["--out", str(folder / "册.txt")], "不会写"),
        (["--id", "SL-1999-0001"], "没有这个编号"),
        (["--year", "1999"], "没有符合条件"),
    ):
        done = run(library, "booklet", *arguments)
        assert done.returncode == 2
        assert told in done.stderr
        assert "Traceback" not in done.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["册.docx", "册.pdf"]


def test_a_withdrawn_case_is_refused_by_name(library):
    library.add()
    library.write(
        "cases/2026/SL-2026-0009.yml",
        "id: SL-2026-0009\ntitle: 撤下的一件\nstatus: withdrawn\naudience: public\n"
        "facts: 不该再出现\nwithdrawal: {date: 2026-09-01, notice: 当事人要求}\n",
    )
    cleared = clear(library.load(), Audience.INTERNAL)
    with pytest.raises(WrongUseError, match="撤下"):
        select(cleared, Selection(ids=("SL-2026-0009",)))


def test_the_template_reads_its_texts_from_data_alone():
    template = (Path("builder") / "templates" / "booklet" / "booklet.typ").read_text("utf-8")
    assert 'json("volume.json")' in template
    assert "eval(" not in template
    assert json
