"""The Word form: what is written comes back, whatever Word or a person does to the file."""

import io
import re
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.checks.form_sections import KEPT
from builder.intake.word_form import leaf_fields, word_form
from builder.intake.word_form_reader import NotAFormError, form_text
from builder.intake.word_form_values import cell_text, cell_value
from builder.library.casebook import load_casebook
from builder.library.record import read_record
from builder.library.written_case import written_case
from builder.model.case import Case
from builder.settings import load_settings
from tests.conftest import CASE, ROOT

PART = "word/document.xml"


@pytest.fixture(scope="module")
def book():
    return load_casebook(load_settings(ROOT))


@pytest.fixture(scope="module")
def sound():
    return read_record("x.yml", CASE.format(id="SL-2026-0001", year=2026).encode(), Case).record


def back(content, words):
    return read_record("x.yml", form_text(content, "表.docx", words).encode(), Case)


def changed(content, edit):
    """Return the form with its document edited as a text."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, edit(data.decode()).encode() if name == PART else data)
    return out.getvalue()


def test_every_case_of_the_library_comes_back_the_same(book):
    lost = []
    for item in book.cases:
        read = back(word_form(book.vocabularies, item.case), book.vocabularies)
        if read.record != item.case:
            lost.append(item.case.id)
    assert len(book.cases) > 100
    assert lost == []


def test_the_form_names_every_field_and_is_the_same_each_time(book):
    words = book.vocabularies
    paths = {field["path"].split(".")[0] for field in leaf_fields(words)}
    assert paths | set(KEPT) == set(Case.model_fields)
    content = word_form(words)
    assert content == word_form(words)
    document = docx.Document(io.BytesIO(content))
    labels = {row.cells[0].text.split("\n")[0] for table in document.tables for row in table.rows}
    assert {"标题", "案情简介", "时间线·收到", "复盘·短板"} <= labels
    assert form_text(content, "x.docx", words) == ""


_TRAPS = st.sampled_from(
    ["●", "● 项", "\\", "【仅内部】", "【仅内部】话", "\n", "\n\n", "\t", "、", "，", "：", "a: b",
     "# 号", "《消法》第53条", "见到", "true", "2026-09-02", " ", "\u3000", "…", "𠮷", "&lt;", "]]>"]
)  # fmt: skip
_TEXTS = (st.lists(_TRAPS, min_size=1, max_size=6) | st.text(min_size=1)).map("".join)


@settings(max_examples=60)
@given(_TEXTS, _TEXTS, st.booleans())
def test_any_text_comes_back_to_the_character(book, sound, text, other, internal):
    record = sound.model_dump(by_alias=True) | {
        "title": text, "facts": text * 3, "issues": [text, other], "keywords": [other],
        "lessons": {"weak": [{"text": text, "internal": internal}, other], "good": [other]},
        "related": [{"id": "SL-2026-0002", "relation": text}],
        "four_sights": {"scene": {"seen": internal, "note": other}},
        "review": {"date": "2026-03-02", "role": other},
        "waivers": [{"kind": "url", "field": "facts", "reason": text}],
    }  # fmt: skip
    try:
        case = Case.model_validate(record)
    except ValueError:
        return
    if read_record("x.yml", written_case(case).encode(), Case).record != case:
        return  # no file may hold it
    if any(not (one.isprintable() or one in "\n\t") for one in text + other):
        return  # nor may Word
    read = back(word_form(book.vocabularies, case), book.vocabularies)
    assert read.record == case


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("timeline.received", "２０２６年３月２日 9:40", "2026-03-02 09:40"),
        ("timeline.closed", "2026/3/12", "2026-03-12"),
        ("timeline.closed", "上个月", "上个月"),
        ("amounts.disputed", "３，６００元", "3600"),
        ("parties.consumers", "3 人", 3),
        ("dispute_types", "退卡退款、服务缩水或变更", ["tuika", "fuwu-suoshui"]),
        ("dispute_types", "没有这一类", ["没有这一类"]),
        (
            "statutes",
            "《消费者权益保护法》第53条；xiaobaofa#55.1",
            ["xiaobaofa#53", "xiaobaofa#55.1"],
        ),
        ("four_sights.scene.seen", "没见到", False),
        ("issues", "第一条\n第二条", ["第一条", "第二条"]),
        ("issues", "● 第一条\n接着\n● 第二条", ["第一条\n接着", "第二条"]),
        ("keywords", "甲\n乙", ["甲", "乙"]),
        ("status", "已发布", "published"),
        ("title", "   ", None),
    ],
)
def test_what_people_type_is_understood(book, kind, typed, value):
    field = next(one for one in leaf_fields(book.vocabularies) if one["path"] == kind)
    assert cell_value(field, typed, book.vocabularies) == value


def test_every_term_and_article_is_written_so_that_it_comes_back(book):
    words = book.vocabularies
    for field in leaf_fields(words):
        if field["kind"] in ("term", "terms"):
            ids = [term.id for term in words[field["vocabulary"]].walk()]
            value = ids if field["kind"] == "terms" else None
            for one in [value] if value else ids:
                assert cell_value(field, cell_text(field, one, words), words) == one
    law = next(one for one in leaf_fields(words) if one["kind"] == "statutes")
    cited = sorted({one for item in book.cases for one in item.case.statutes})
    assert cell_value(law, cell_text(law, cited, words), words) == cited


def test_moved_rows_lost_marks_and_other_labels_do_no_harm(book, sound):
    words = book.vocabularies
    content = word_form(words, sound)

    def without_marks(xml):
        assert "w:bookmarkStart" in xml
        return re.sub(r"<w:bookmark(Start|End)[^>]*>", "", xml)

    assert back(changed(content, without_marks), words).record.facts == sound.facts
    document = docx.Document(io.BytesIO(content))
    for table in document.tables:
        rows = list(table._tbl.tr_lst)
        for row in rows:
            table._tbl.remove(row)
        for row in reversed(rows):
            table._tbl.append(row)
    document.tables[0].rows[0].cells[0].paragraphs[0].runs[0].text = "别的名字"
    saved = io.BytesIO()
    document.save(saved)
    assert back(saved.getvalue(), words).record == sound


def test_deleted_and_inserted_text_of_tracked_changes_is_read_as_it_stands(book, sound):
    def track(xml):
        run = "<w:r><w:t>{}</w:t></w:r>"
        old = '<w:t xml:space="preserve">健身卡退费争议</w:t>'
        assert old in xml
        gone = f'<w:del w:id="1"><w:r><w:delText>不要的</w:delText></w:r></w:del>{run}'
        new = f'</w:r><w:ins w:id="2">{run.format("（改）")}</w:ins>{gone.format("。")}<w:r>'
        return xml.replace(old, old + new)

    read = back(changed(word_form(book.vocabularies, sound), track), book.vocabularies)
    assert read.record.title == "健身卡退费争议（改）。"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "不是 Word 文档"),
        (b"PK\x03\x04 broken", "不是 Word 文档"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "有密码"),
        (b"x" * (21 << 20), "文件太大"),
    ],
)
def test_what_is_no_document_is_refused(book, content, told):
    with pytest.raises(NotAFormError) as caught:
        form_text(content, "x.docx", book.vocabularies)
    assert told in caught.value.what


def archive(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(name.replace("__", "/") + ".xml", data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("xml", "told"),
    [
        ("<a", "坏了"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "坏了"),
        ("<a>" + "x" * (21 << 20) + "</a>", "太多"),
        ("<a/>", "不是案例表"),
    ],
)
def test_hostile_documents_are_refused(book, xml, told):
    with pytest.raises(NotAFormError) as caught:
        form_text(archive(word__document=xml), "x.docx", book.vocabularies)
    assert told in caught.value.what


def test_another_document_is_no_form(book):
    document = docx.Document()
    document.add_paragraph("随便写的")
    saved = io.BytesIO()
    document.save(saved)
    with pytest.raises(NotAFormError, match="不是案例表"):
        form_text(saved.getvalue(), "x.docx", book.vocabularies)


def test_a_carried_cell_that_was_changed_is_refused(book, sound):
    case = sound.model_copy(update={"sample": True})
    content = word_form(book.vocabularies, case)
    broken = changed(
        content,
        lambda xml: xml.replace("{&quot;sample", "{&quot;smaple").replace('{"sample', '{"smaple'),
    )
    with pytest.raises(NotAFormError, match="被改动了"):
        form_text(broken, "x.docx", book.vocabularies)
