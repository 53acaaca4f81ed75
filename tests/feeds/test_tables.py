"""The case table as CSV and Excel: what comes back is what went in, and nothing calculates."""

import csv
import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from builder.feeds.case_table import COLUMNS, rows
from builder.feeds.table_files import HARMLESS, guarded, table_csv, table_xlsx
from builder.model.audience import Audience
from builder.spreadsheet import LONGEST, Sheet, workbook_bytes
from tests.feeds.conftest import HOSTILE_TITLE


def read_csv(content):
    assert content.startswith(b"\xef\xbb\xbf")  # else Excel on Windows reads another encoding
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_comes_back_as_it_was(cleared):
    head, *lines = read_csv(table_csv(cleared))
    assert head == [column.title for column in COLUMNS]
    for line, row in zip(lines, rows(cleared), strict=True):
        assert len(line) == len(COLUMNS)
        for cell, value in zip(line, row, strict=True):
            if value is None:
                assert cell == ""
            elif isinstance(value, str):
                assert cell in (value, HARMLESS + value)
            else:
                assert Decimal(cell) == value


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u3000=1", "＝1", "＋1", "－1", "＠a", "\n=1", "\ufeff=1"],
)  # fmt: skip
def test_what_would_be_a_formula_is_made_harmless(text):
    assert guarded(text) == HARMLESS + text


@pytest.mark.parametrize("text", ["", "退费", "1+1=2", "'=1", "a@b", "2026-09"])
def test_other_text_stays_as_it_is(text):
    assert guarded(text) == text


def test_no_cell_of_the_csv_begins_like_a_formula(known):
    lines = read_csv(table_csv(known[Audience.PUBLIC]))
    cells = [cell.lstrip(" \n\u3000") for line in lines for cell in line]
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r＝＋－＠"))]
    assert HARMLESS + HOSTILE_TITLE in cells


def test_excel_reads_texts_numbers_and_no_formula(cleared):
    content = table_xlsx(cleared)
    book = openpyxl.load_workbook(io.BytesIO(content))
    head, *lines = book["案例"].iter_rows()
    assert [cell.value for cell in head] == [column.title for column in COLUMNS]
    for line, row in zip(lines, rows(cleared), strict=True):
        for cell, value in zip(line, row, strict=True):
            assert cell.data_type != "f"
            assert (cell.value or "") == (value or "") or float(cell.value) == float(value)
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    again = (
        CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("案例").to_python()
    )
    assert HOSTILE_TITLE in [line[1] for line in again]
    told = {row[0].value: row[1].value for row in book["说明"].iter_rows()}
    assert told["版本"] == cleared.audience.label


def test_excel_files_carry_no_clock(known):
    import time

    first = table_xlsx(known[Audience.PUBLIC])
    stamps = {info.date_time for info in zipfile.ZipFile(io.BytesIO(first)).infolist()}
    assert stamps == {(1980, 1, 1, 0, 0, 0)}
    assert str(time.gmtime().tm_year).encode() not in zipfile.ZipFile(io.BytesIO(first)).read(
        "docProps/core.xml"
    )
    assert first == table_xlsx(known[Audience.PUBLIC])


def test_withdrawn_cases_have_a_row_without_text(known):
    head, *lines = read_csv(table_csv(known[Audience.PUBLIC]))
    row = next(line for line in lines if line[0] == "SL-2026-0003")
    told = {name: cell for name, cell in zip(head, row, strict=True) if cell}
    assert told == {
        "编号": "SL-2026-0003", "标题": "撤下的一件", "状态": "已撤下", "撤下": "2026-10",
        "替代案例": "SL-2026-0001", "网页": "https://example.cn/anli/public/cases/SL-2026-0003.html",
    }  # fmt: skip


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_makes_a_sheet_that_opens(text):
    book = openpyxl.load_workbook(
        io.BytesIO(workbook_bytes(text, [Sheet("表", ("列",), [(text,)], (10,))]))
    )
    cell = book["表"]["A2"]
    assert cell.data_type != "f"
    # XML has no carriage return of its own, and a few characters not at all
    shown = (cell.value or "").replace("_x000D_", "\r")
    assert len(shown) == len(text) or "\r" in text or "_x" in text


def test_a_text_too_long_for_a_cell_says_that_it_was_cut():
    content = workbook_bytes("长", [Sheet("表", ("列",), [("字" * (LONGEST + 1),)], (10,))])
    value = openpyxl.load_workbook(io.BytesIO(content))["表"]["A2"].value
    assert len(value) == LONGEST
    assert value.endswith("（太长，只列到这里）")
