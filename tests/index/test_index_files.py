"""The files of an index folder that are read without Whoosh: read back, refused when damaged."""

import json

import pytest

from builder.checks.clearance import clear
from builder.index.case_fields import (
    display,
    facet_ids,
    section_texts,
    table_row,
)
from builder.index.case_table import COLUMNS, CaseTable
from builder.index.comparable import comparable
from builder.index.display import DisplayFile, display_bytes
from builder.index.folder import META, IndexFolderError, IndexMeta, read_meta, write_meta
from builder.index.search_vocabulary import SearchVocabulary, search_vocabulary
from builder.index.sections import SECTIONS, ranking_texts
from builder.index.term_paths import term_paths
from builder.library.casebook import load_casebook
from builder.model.audience import Audience
from builder.settings import load_settings
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def book():
    return clear(load_casebook(load_settings(ROOT)), Audience.INTERNAL)


@pytest.fixture(scope="module")
def paths(book):
    return term_paths(book.vocabularies)


@pytest.fixture(scope="module")
def vocabulary(book):
    return search_vocabulary(book.vocabularies, [case.district for case in book.cases])


def damaged_copies(content):
    """Yield a file cut off at several places, changed in several, and of another kind."""
    yield b""
    yield b"something else\n"
    for part in range(1, 10):
        at = len(content) * part // 10
        yield content[:at]
        yield content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def test_the_table_reads_back(book, tmp_path):
    rows = [table_row(case) for case in book.cases]
    path = tmp_path / "cases.json"
    path.write_bytes(CaseTable.make(rows).to_bytes())
    table = CaseTable.read(path)
    assert [table.row(number) for number in range(table.case_count)] == rows
    assert set(rows[0]) == set(COLUMNS)
    assert table.numbers["SL-2025-0007"] == [case.id for case in book.cases].index("SL-2025-0007")


def test_a_damaged_table_is_refused(book, tmp_path):
    rows = [table_row(case) for case in book.cases]
    path = tmp_path / "cases.json"
    for damaged in damaged_copies(CaseTable.make(rows).to_bytes()):
        path.write_bytes(damaged)
        with pytest.raises(IndexFolderError):
            CaseTable.read(path).row(0)
    with pytest.raises(IndexFolderError):
        CaseTable.read(tmp_path / "nothing.json")


def test_a_column_is_read_without_the_others(book, tmp_path):
    path = tmp_path / "cases.json"
    content = CaseTable.make([table_row(case) for case in book.cases]).to_bytes()
    lines = content.split(b"\n")
    lines[1 + COLUMNS.index("title")] = b"[damaged"
    path.write_bytes(b"\n".join(lines))
    table = CaseTable.read(path)
    assert len(table.column("id")) == len(book.cases)
    with pytest.raises(IndexFolderError):
        table.column("title")


def displays(book, paths):
    """Return what is shown of each case, as JSON has it; the first two are most like each."""
    records = [
        display(case, section_texts(case, paths), paths, comparable(case, paths), [0, 1])
        for case in book.cases
    ]
    return json.loads(json.dumps(records))


def test_display_data_reads_back_a_case_at_a_time(book, paths, tmp_path):
    records = displays(book, paths)
    path = tmp_path / "display.bin"
    path.write_bytes(display_bytes(records))
    with DisplayFile.open(path) as shown:
        assert [shown.record(number) for number in reversed(range(shown.case_count))] == records[
            ::-1
        ]


def test_damaged_display_data_is_refused(book, paths, tmp_path):
    records = displays(book, paths)
    path = tmp_path / "display.bin"
    for damaged in damaged_copies(display_bytes(records)):
        path.write_bytes(damaged)
        with pytest.raises(IndexFolderError), DisplayFile.open(path) as shown:
            assert [shown.record(number) for number in range(shown.case_count)] == records
    with pytest.raises(IndexFolderError):
        DisplayFile.open(tmp_path / "nothing.bin")


def test_sections_hold_everything_a_reader_sees(book, paths):
    case = book.by_id["SL-2025-0019"]
    sections = section_texts(case, paths)
    assert list(sections) == [section.id for section in SECTIONS if section.id in sections]
    assert "第十个工作日" in sections["sights"]
    assert "值班人手紧" in sections["lessons"]
    assert "预付式消费、易主接盘不认卡、退卡退款、" in sections["tags"]
    assert "《消费者权益保护法》" not in sections["law"]
    assert "《消法实施条例》第22条" in sections["law"]
    fields = ranking_texts(sections)
    assert set(fields) == {"title", "tags", "facts", "rest"}
    assert sum(map(len, fields.values())) == sum(map(len, sections.values())) + len(sections) - 4


def test_facets_hold_parents_and_every_depth_of_an_article(book, paths):
    facets = facet_ids(book.by_id["SL-2023-0009"], paths)
    assert facets["types"] == ["weixiu-shoufei", "shouhou"]
    assert facets["outcomes"][:2] == ["tiaojie-chenggong", "chenggong"]
    assert {"xiaobaofa", "xiaobaofa#55", "xiaobaofa#55.1", "#55"} <= set(facets["statutes"])
    assert facets["district"] == ["示例一区"]


def test_the_vocabulary_reads_back(vocabulary, tmp_path):
    path = tmp_path / "vocabulary.json"
    path.write_bytes(vocabulary.to_bytes())
    assert SearchVocabulary.read(path) == vocabulary
    for damaged in (b"", b"[]", b"{}", b'{"format": 9}', path.read_bytes()[:200]):
        path.write_bytes(damaged)
        with pytest.raises(IndexFolderError):
            SearchVocabulary.read(path)
    with pytest.raises(IndexFolderError):
        SearchVocabulary.read(tmp_path / "nothing.json")


@pytest.mark.parametrize(
    ("name", "word", "ids"),
    [
        ("dispute_types", "退卡", ["tuika"]),
        ("dispute_types", "退費", ["tuika"]),
        ("dispute_types", "yufu", ["yufu"]),
        ("outcomes", "终止", ["zhongzhi", "chaoqi-zhongzhi"]),
        ("outcomes", "退钱", ["tuikuan"]),
        ("stations", "西街", ["demo-xijie"]),
        ("statutes", "新消法", ["xiaobaofa"]),
        ("statutes", "中华人民共和国民法典", ["minfadian"]),
        ("districts", "示例县", ["示例县"]),
        ("dispute_types", "火星", []),
        ("dispute_types", "卡", []),
        ("dispute_types", "", []),
        ("nothing", "退卡", []),
    ],
)
def test_words_name_terms(vocabulary, name, word, ids):
    assert [term.id for term in vocabulary.matching(name, word)] == ids


def test_the_note_reads_back_or_is_refused(tmp_path):
    meta = IndexMeta(3, "public", "案例库", "工作室", 3, (9, 8, 7, 6), "2026-09", "0", "1")
    write_meta(tmp_path, meta)
    assert read_meta(tmp_path) == meta
    path = tmp_path / META
    note = json.loads(path.read_text("utf-8"))
    for damaged in (
        "",
        "[]",
        "{}",
        json.dumps({**note, "format": 99}),
        json.dumps({**note, "x": 1}),
    ):
        path.write_text(damaged, "utf-8")
        with pytest.raises(IndexFolderError, match="casebook build --clean"):
            read_meta(tmp_path)
    path.unlink()
    with pytest.raises(IndexFolderError, match="请先运行 casebook build"):
        read_meta(tmp_path)
