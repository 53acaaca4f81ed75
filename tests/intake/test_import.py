"""Exports as they come: shapes, encodings, damage; every row accounted for, nobody's name kept."""

import datetime
import io
import random
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from benchmarks.tickets import complaints, write_year
from builder.errors import CasebookError
from builder.intake.columns import NO_NAMING, ColumnsFault, layouts
from builder.intake.ledger_import import read_tickets, unread_tables
from builder.intake.ledger_store import bytes_of
from builder.intake.read_export import read_export
from builder.intake.table import ExportFault
from builder.model.ledger import Light, OtherWord
from tests.intake.conftest import NOW

HEAD = "投诉编号,登记时间,受理时间,办结时间,问题描述"


def text_file(folder, text, name="导出.csv", encoding="utf-8"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def book_file(folder, rows, name="导出.xlsx", edit=lambda book: None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    edit(book)
    path = folder / name
    book.save(path)
    return path


def reasons(done):
    return [(one.place.row, one.reason) for one in done.rejected]


@pytest.fixture(scope="module")
def year(tmp_path_factory, words):
    found = complaints(words, 240, seed=3, year=2025)
    return found, write_year(tmp_path_factory.mktemp("year"), found)


def test_four_shapes_of_one_year_come_in_whole_and_nobody_is_named(year, take):
    found, paths = year
    ledger = None
    for path in paths:
        done = take(path, ledger)
        assert done.imported == done.read
        assert (done.rejected, done.remarks, done.other_words) == ((), (), ())
        ledger = done.ledger
    assert len(ledger.tickets) == len(found)
    kept = bytes_of(ledger).decode()
    for name in ("person", "phone", "shop", "address"):
        assert [value for value in {getattr(one, name) for one in found} if value in kept] == []
    by_day = sorted(one.received for one in found)
    assert sorted(ticket.received for ticket in ledger.tickets) == by_day
    for light, count in (
        (Light.GREEN, sum(one.closed is not None for one in found)),
        (Light.BLACK, sum(one.closed is None and one.accepted is None for one in found)),
    ):
        assert sum(ticket.light is light for ticket in ledger.tickets) == count
    for path in paths:
        again = take(path, ledger)
        assert (again.unchanged, again.updated) == (again.read, 0)
        assert bytes_of(again.ledger) == kept.encode()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-03-02", datetime.date(2026, 3, 2)),
        ("2026/3/2", datetime.date(2026, 3, 2)),
        ("2026.3.2", datetime.date(2026, 3, 2)),
        ("2026年3月2日", datetime.date(2026, 3, 2)),
        ("２０２６年３月２日", datetime.date(2026, 3, 2)),
        ("20260302", datetime.date(2026, 3, 2)),
        ("46083", datetime.date(2026, 3, 2)),
        ("46083.5", datetime.datetime(2026, 3, 2, 12, 0)),
        ("2026-03-02 09:40:12", datetime.datetime(2026, 3, 2, 9, 40)),
        ("2026年3月2日 下午3时05分", datetime.datetime(2026, 3, 2, 15, 5)),
        ("2026/3/2 9:40", datetime.datetime(2026, 3, 2, 9, 40)),
        ("20260302094000", datetime.datetime(2026, 3, 2, 9, 40)),
        ("2026-03-02 00:00:00", datetime.date(2026, 3, 2)),
        ("3月2日", None),
        ("02/03/2026", None),
        ("2026-02-30", None),
        ("2026-03-02 25:00", None),
        ("1026-03-02", None),
        ("2062-03-02", None),
        ("昨天", None),
        ("46083.5.1", None),
    ],
)
def test_days(tmp_path, take, written, read):
    done = take(text_file(tmp_path, f"{HEAD}\nA1,{written},,,x\nA2,2026-03-01,,,x\n"))
    assert len(done.rejected) == (read is None)
    if read is not None:
        assert done.ledger.tickets[1].received == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1200", "1200"), ("1,200元", "1200"), ("1.2万", "12000"), ("１２００．５", "1200.5"),
        ("0", "0"), ("￥35.50", "35.50"), ("三千元", "3000"), ("", None), ("—", None),
        ("约一千元", "?"), ("-5", "?"), ("面议", "?"), ("1e5", "?"), ("退1200元又赔300元", "?"),
    ],
)  # fmt: skip
def test_sums(tmp_path, take, written, read):
    done = take(text_file(tmp_path, f'投诉编号,登记时间,争议金额\nA1,2026-03-02,"{written}"\n'))
    wanted = None if read in (None, "?") else Decimal(read)
    assert done.ledger.tickets[0].disputed == wanted
    assert len(done.remarks) == (read == "?")


def test_a_head_may_give_the_unit(tmp_path, take):
    done = take(text_file(tmp_path, "编号,登记时间,涉案金额（万元）\nA1,2026-03-02,1.5\n"))
    assert done.ledger.tickets[0].disputed == Decimal(15000)


def test_rows_that_cannot_be_read_are_named_with_the_reason(tmp_path, take):
    rows = [
        HEAD, "A1,2026-03-02,2026-03-03,2026-03-09,好", ",2026-03-02,,,没有编号",
        "A3,,,,没有日期", "A4,2026-03-02,待定,,受理看不懂", "A5,2026-03-02,2026-03-01,,倒了",
        "A6,2027-01-01,,,还没到", "2.02603E+17,2026-03-02,,,科学记数", "A8,张三丰的日期,,,x", ",,,,", HEAD,
    ]  # fmt: skip
    done = take(text_file(tmp_path, "\n".join(rows) + "\n"))
    assert (done.read, done.imported) == (8, 1)
    told = reasons(done)
    assert [row for row, _ in told] == [3, 4, 5, 6, 7, 8, 9]
    for (_, reason), word in zip(
        told,
        ("编号", "收到", "受理", "受理早于收到", "还没到", "科学记数", "登记时间"),
        strict=True,
    ):
        assert word in reason


def test_the_later_state_of_one_ticket_wins_and_the_other_row_is_accounted_for(tmp_path, take):
    rows = [
        HEAD,
        "A1,2026-03-02,2026-03-03,2026-03-09,终",
        "A1,2026-03-02,2026-03-03,,中",
        "A1,2026-03-02,,,始",
    ]
    done = take(text_file(tmp_path, "\n".join(rows)))
    assert (done.read, done.imported, len(done.rejected)) == (3, 1, 2)
    assert done.ledger.tickets[0].light is Light.GREEN
    assert all(one.repeated and "第 2 行" in one.reason for one in done.rejected)


def test_a_new_export_updates_and_an_old_one_takes_nothing_back(tmp_path, take):
    first = take(text_file(tmp_path, f"{HEAD}\nA1,2026-03-02,,,x\nA2,2026-03-02,,,x\n"))
    newer = text_file(tmp_path, f"{HEAD}\nA1,2026-03-02,2026-03-05,2026-03-09,\n", "新.csv")
    second = take(newer, first.ledger)
    assert (second.imported, second.updated, second.unchanged) == (0, 1, 0)
    one = second.ledger.tickets[0]
    assert (one.light, one.text) == (Light.GREEN, "x")
    old = text_file(tmp_path, f"{HEAD}\nA1,2026-03-02,2026-03-05,,y\n", "旧.csv")
    third = take(old, second.ledger)
    assert third.unchanged == 1
    assert third.ledger == second.ledger
    again = take(old, second.ledger, as_of=datetime.datetime(2026, 3, 20, 9, 0))
    assert again.ledger.tickets[0].light is Light.RED  # taken up again


def test_names_numbers_and_addresses_are_taken_out(tmp_path, take):
    text = (
        "工单编号,登记时间,投诉人,联系电话,被投诉单位,商户地址,问题描述,所属行业\n"
        "A1,2026-03-02,欧阳示例,13912345678,示例小明百货商行,西安市示例一区样板东路12号,"
        '"欧阳示例称在示例小明百货商行买卡，电话１３９１２３４５６７８，身份证610111199001010016",欧阳示例的店\n'
    )
    done = take(text_file(tmp_path, text))
    ticket = done.ledger.tickets[0]
    assert ticket.place == "样板东路"
    kept = bytes_of(done.ledger).decode()
    for word in ("欧阳", "小明", "139", "１３９", "610111", "12号"):
        assert word not in kept
    assert "买卡" in ticket.text
    assert ticket.other_words == (OtherWord("industry", "某人的店"),)


def test_a_column_of_telephone_numbers_is_no_column_of_ticket_numbers(tmp_path, take):
    rows = "".join(f"139123456{n:02d},2026-03-02,,,x\n" for n in range(10, 15))
    with pytest.raises(ColumnsFault, match="手机号"):
        take(text_file(tmp_path, f"{HEAD}\n{rows}"))


def test_words_that_are_not_ours_are_kept_and_a_small_file_maps_them(tmp_path, take):
    path = text_file(
        tmp_path, "平台流水,登记时间,纠纷类型,办理状态\nA1,2026-03-02,冒充合格产品,调着呢\n"
    )
    naming = (
        "columns:\n  平台流水: 编号\nfixed:\n  来源: 全国12315平台\n"
        "words:\n  类型:\n    冒充合格产品: zhiliang\n  状态:\n    调着呢: 办理中\n"
    )
    with pytest.raises(CasebookError):
        take(text_file(tmp_path, "平台流水,登记日\nA1,2026-03-02\n", "没有.csv"))
    assert layouts(read_export(path), NO_NAMING)[0].missing() == ("编号",)
    ticket = take(path, naming=naming.encode()).ledger.tickets[0]
    assert (ticket.dispute_type, ticket.channel, ticket.light) == ("zhiliang", "q12315", Light.RED)
    unmapped = take(path, naming="columns:\n  平台流水: 编号\n".encode()).ledger.tickets[0]
    assert set(unmapped.other_words) == {
        OtherWord("dispute_type", "冒充合格产品"),
        OtherWord("told", "调着呢"),
    }
    for bad in ("columns:\n  甲: 乙\n", "columns: [1]\n", "x: 1\n", "columns: {\n"):
        with pytest.raises(ColumnsFault):
            take(path, naming=bad.encode())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_files_in_any_encoding(tmp_path, take, encoding, separator):
    text = f'{HEAD}\nA1,2026-03-02,,,"一行\n两行"\n="00012",2026-03-03,,,好\n'.replace(
        ",", separator
    )
    done = take(text_file(tmp_path, text, encoding=encoding))
    assert [ticket.number for ticket in done.ledger.tickets] == ["A1", "00012"]
    assert done.ledger.tickets[0].text == "一行\n两行"


def test_workbooks_merged_hidden_formulas_errors_macros(tmp_path, take):
    def edit(book):
        sheet = book.active
        sheet.merge_cells("A1:E1")
        sheet.merge_cells("A3:A4")
        hidden = book.create_sheet("藏")
        hidden.sheet_state = "hidden"
        hidden.append(["编号", "登记时间"])
        hidden.append(["H1", datetime.date(2026, 3, 2)])

    rows = [
        ["台账"],
        ["承办单位", "编号", "登记时间", "争议金额", "办结时间"],
        ["南关示例所", "A1", datetime.datetime(2026, 3, 2, 9, 40), 12.5, None],
        [None, "A2", datetime.date(2026, 3, 2), "=1+1", None],
        ["北园示例所", "A3", datetime.date(2026, 3, 2), "#N/A", None],
        ["北园示例所", "=A1", datetime.date(2026, 3, 2), 1, None],
        ["北园示例所", 20260302001, "＝", 1, None],
    ]
    path = book_file(tmp_path, rows, edit=edit)
    done = take(path)
    assert [(t.number, t.station, t.disputed) for t in done.ledger.tickets] == [
        ("A2", "demo-nanguan", None),
        ("A3", "demo-beiyuan", None),
        ("A1", "demo-nanguan", Decimal("12.50")),
    ]
    assert [
        (one.place.row, "公式" in one.what or "错误值" in one.what) for one in done.remarks
    ] == [(4, True), (5, True)]
    assert [row for row, _ in reasons(done)] == [6, 7]
    export = read_export(path)
    assert ["藏" in note for note in unread_tables(export, layouts(export, NO_NAMING))] == [True]
    assert [t.number for t in take(path, sheet="藏").ledger.tickets] == ["H1"]
    with pytest.raises(ColumnsFault):
        take(path, sheet="没有的")
    macro = tmp_path / "宏.xlsm"
    macro.write_bytes(path.read_bytes())
    with zipfile.ZipFile(macro, "a") as package:
        package.writestr("xl/vbaProject.bin", b"Sub AutoOpen()")
    assert "宏没有运行" in "".join(read_export(macro).notes)


def test_files_that_are_no_tables_are_refused_with_a_reason(tmp_path, take):
    sound = book_file(tmp_path, [["编号", "登记时间"], ["A1", "2026-03-02"]]).read_bytes()
    locked = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    )
    far = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound)) as source, zipfile.ZipFile(far, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith("sheet1.xml"):
                content = content.replace(
                    b"</sheetData>",
                    b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
                )
            target.writestr(name, content)
    for content, word in (
        (b"", "空"), (locked, "密码"), (sound[: len(sound) // 2], "坏了"), (far.getvalue(), "太大"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 900, "坏了"), (b"PK\x03\x04" + b"y" * 50, "坏了"),
        (b"<html><table>", "网页"), (b"\x00\x01\x02\xff" * 50, "不是文字"), (f'{HEAD}\n"A1'.encode(), "引号"),
        ("姓名,电话\n甲,乙\n".encode(), "表头"),
    ):  # fmt: skip
        path = tmp_path / "坏.xlsx"
        path.write_bytes(content)
        with pytest.raises(ExportFault, match=word):
            take(path)
    with pytest.raises(ExportFault):
        take(tmp_path / "没有.xlsx")


def test_damaged_workbooks_never_end_in_anything_but_a_fault(tmp_path, words):
    sound = book_file(
        tmp_path, [["编号", "登记时间"], ["A1", "2026-03-02"], ["A2", 46083]]
    ).read_bytes()
    dice = random.Random(5)
    path = tmp_path / "变.xlsx"
    for _ in range(150):
        content = bytearray(sound)
        for _ in range(dice.randrange(1, 8)):
            content[dice.randrange(len(content))] = dice.randrange(256)
        path.write_bytes(
            bytes(content[: dice.choice([len(content), dice.randrange(len(content))])])
        )
        try:
            read_tickets(layouts(read_export(path), NO_NAMING), NO_NAMING, words, NOW)
        except CasebookError:
            continue


def test_a_hundred_thousand_rows(tmp_path, take):
    rows = "".join(f"N{n:06d},2026-03-02,,,\n" for n in range(100_000))
    done = take(text_file(tmp_path, f"{HEAD}\n{rows}"))
    assert done.imported == 100_000
    assert len(bytes_of(done.ledger).splitlines()) == 100_001
