"""A synthetic year of tickets in four export shapes, and how long the ledger takes to read them.

    python -m benchmarks.tickets OUT [--rows 12000] [--seed 1] [--year 2025]

writes into OUT:

    platform.xlsx   the national platform: date cells, labelled texts, a path for the type
    hotline.csv     the 12345 hotline: GBK, numbers kept as ="…", dates as 2025/3/2 9:40
    station.xlsx    a station's own book: title and two rows of heads merged, full-width digits,
                    sums as 1.2万, a hidden sheet
    council.csv     the consumers' council: tabs, days as Excel's serial numbers

and prints the seconds of processor time that importing each takes. All of it is made up (示例).
"""

import argparse
import csv
import datetime
import random
import tempfile
import time
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from builder.intake.columns import NO_NAMING, layouts
from builder.intake.ledger_import import merge, read_tickets
from builder.intake.ledger_store import bytes_of
from builder.intake.read_export import read_export
from builder.library.casebook import load_casebook
from builder.model.ledger import Ledger
from builder.model.vocabulary import Term, Vocabularies
from builder.settings import find_root, load_settings

SHARES: Final = {
    "platform.xlsx": 5, "hotline.csv": 4, "station.xlsx": 2, "council.csv": 1,
}  # fmt: skip
_HEADS: Final = {
    "platform.xlsx": "投诉编号 登记时间 投诉人 联系电话 被投诉人 经营地址 问题类别 客体类别"
    " 问题描述 办理状态 受理时间 办结时间 处理结果 挽回经济损失 承办单位 来源渠道",
    "hotline.csv": "序号 工单编号 来电人 来电号码 来电时间 诉求标题 诉求内容 事发地址 主办单位"
    " 工单状态 问题分类 受理日期 办结日期 办理结果 涉及金额 挽回金额 满意度",
    "station.xlsx": "所 编号 登记日期 受理日期 到场时间 办结日期 类型 行业 是否简易 是否见面 人数"
    " 争议金额 挽回损失 结果 内容 经办人",
    "council.csv": "接收日期 流水号 投诉人姓名 投诉人电话 纠纷类型 所属行业 内容 诉求 受理日期"
    " 结案日期 结果 争议金额 处理单位",
}
_ROADS: Final = ("示例北路", "示例南街", "示例大道", "样板东路", "样板巷")
_SURNAMES: Final = "赵钱孙李周吴郑王冯陈"
_GIVEN: Final = ("小明", "建国", "丽华", "秀英", "志强", "海燕")
_STORIES: Final = (
    "消费者反映，办卡后停课，商家不退余额，说卡上写着概不退款，只同意转让，还要扣手续费。",
    "消费者反映，买回家第三天就不能用，送修两次没有修好，要求退货，商家说过了七天只修不退。",
    "消费者反映，网上看的是一个价，到店说活动结束，已经交的定金不退，合同也没有给。",
    "消费者反映，打开包装发现有异物，商家只愿意换一份，不愿意赔偿，也不肯出示进货单据。",
    "消费者反映，洗坏一件羽绒服，商家说是衣服本身的问题，只肯退洗衣费。",
    "消费者反映，培训班换了老师，课时缩水，打电话没人接，去了几次都说负责人不在。",
)
_CLAIMS: Final = ("退款退费", "退货", "赔偿损失", "更换", "赔礼道歉")
_SETTLED: Final = ("达成调解协议", "当场解决", "全额退款", "部分退款", "换货")
_FAILED: Final = ("未达成协议", "拒绝或不参加")
_AS_OF_DAYS: Final = 364


@dataclass(frozen=True)
class Complaint:
    """What happened, before an export tells it in its own way."""

    serial: int
    received: datetime.datetime
    accepted: datetime.datetime | None
    visited: datetime.datetime | None
    closed: datetime.datetime | None
    kind: str
    parent: str
    industry: str
    station: str
    person: str
    phone: str
    shop: str
    address: str
    story: str
    claim: str
    outcome: str
    disputed: Decimal
    recovered: Decimal | None
    people: int
    simple: bool
    met: bool


def complaints(words: Vocabularies, rows: int, seed: int, year: int) -> list[Complaint]:
    """Return the complaints of a year, by the moment they came; the same seed, the same year."""
    dice = random.Random(seed)
    kinds = [(term, child) for term in words["dispute_types"].terms for child in term.children]
    industries = [child for term in words["industries"].terms for child in term.children]
    stations = list(words["stations"].walk())
    start = datetime.datetime(year, 1, 1)
    moments = sorted(
        start
        + datetime.timedelta(days=dice.randrange(_AS_OF_DAYS), minutes=dice.randrange(510, 1080))
        for _ in range(rows)
    )
    end = start + datetime.timedelta(days=_AS_OF_DAYS + 1)
    return [
        _complaint(dice, serial, moment, end, dice.choice(kinds), industries, stations)
        for serial, moment in enumerate(moments, start=1)
    ]


def _complaint(
    dice: random.Random,
    serial: int,
    received: datetime.datetime,
    end: datetime.datetime,
    kind: tuple[Term, Term],
    industries: list[Term],
    stations: list[Term],
) -> Complaint:
    def later(moment: datetime.datetime, days: float) -> datetime.datetime | None:
        minutes = int(dice.expovariate(1 / days) * 24 * 60)
        found = moment + datetime.timedelta(minutes=minutes)
        return found if found < end else None

    simple = dice.random() < 0.2
    refused = dice.random() < 0.1
    accepted = None if refused else later(received, 0.1 if simple else 2.5)
    closed = later(accepted or received, 0.1 if simple else 12) if accepted or refused else None
    visited = later(received, 0.03) if dice.random() < 0.5 else None
    settled = dice.random() < 0.7
    disputed = Decimal(dice.randrange(20, 9000))
    outcome = "" if closed is None else dice.choice(_SETTLED if settled else _FAILED)
    return Complaint(
        serial=serial,
        received=received,
        accepted=accepted,
        visited=visited,
        closed=closed,
        kind=kind[1].label,
        parent=kind[0].label,
        industry=dice.choice(industries).label,
        station=dice.choice(stations).label,
        person=dice.choice(_SURNAMES) + dice.choice(_GIVEN),
        phone=f"139{dice.randrange(10**8):08d}",
        shop=f"示例{dice.choice(_GIVEN)}百货商行",
        address=f"西安市示例一区{dice.choice(_ROADS)}{dice.randrange(1, 200)}号",
        story=dice.choice(_STORIES),
        claim=dice.choice(_CLAIMS),
        outcome="不予受理" if refused and closed else outcome,
        disputed=disputed,
        recovered=disputed * dice.randrange(3, 10) / 10
        if closed and settled and not refused
        else None,
        people=dice.randrange(3, 40) if dice.random() < 0.02 else 1,
        simple=simple,
        met=dice.random() < 0.6,
    )


def write_year(folder: Path, found: list[Complaint]) -> list[Path]:
    """Write complaints as four exports and return the files."""
    whole = sum(SHARES.values())
    turns = [name for name, share in SHARES.items() for _ in range(share)]
    parts: dict[str, list[Complaint]] = {name: [] for name in SHARES}
    for one in found:
        parts[turns[one.serial * 7 % whole]].append(one)
    writers = {
        "platform.xlsx": _platform, "hotline.csv": _hotline,
        "station.xlsx": _station, "council.csv": _council,
    }  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    for name, write in writers.items():
        write(folder / name, parts[name])
    return [folder / name for name in SHARES]


def _platform(path: Path, found: list[Complaint]) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("投诉明细")
    sheet.append(_HEADS[path.name].split())
    for one in found:
        text = (
            f"商户名称：{one.shop}\n发生时间：{one.received:%Y-%m-%d}\n消费金额：{one.disputed}元\n"
            f"问题描述：{one.story}联系电话{one.phone}。\n主要诉求：{one.claim}"
        )
        sheet.append(
            [
                f"PT{one.received:%Y%m%d}{one.serial:06d}", one.received, one.person, one.phone,
                one.shop, one.address, f"{one.parent}/{one.kind}", one.industry, text,
                _state(one), one.accepted, one.closed, one.outcome,
                float(one.recovered) if one.recovered is not None else None, one.station,
                "全国12315平台",
            ]
        )  # fmt: skip
    book.save(path)


def _hotline(path: Path, found: list[Complaint]) -> None:
    rows: list[list[object]] = [list(_HEADS[path.name].split())]
    for number, one in enumerate(found, start=1):
        rows.append(
            [
                number, f'="{one.received:%Y%m%d}{one.serial:08d}"', one.person, one.phone,
                _slashed(one.received), f"反映{one.kind}问题",
                f"{one.person}来电：{one.story}涉及{one.shop}，地址{one.address}。", one.address,
                one.station, _state(one), one.kind, _slashed(one.accepted), _slashed(one.closed),
                one.outcome, f"{one.disputed}元", "" if one.recovered is None else one.recovered,
                "满意",
            ]
        )  # fmt: skip
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(rows)


def _station(path: Path, found: list[Complaint]) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "台账"
    sheet["A1"] = "消费投诉台账（示例）"
    sheet.merge_cells("A1:P1")
    heads = _HEADS[path.name].split()
    for column, head in enumerate(heads, start=1):
        if head in ("登记日期", "受理日期", "到场时间", "办结日期"):
            sheet.cell(2, column, "时间")
            sheet.cell(3, column, head)
        else:
            sheet.cell(2, column, head)
            sheet.merge_cells(start_row=2, end_row=3, start_column=column, end_column=column)
    sheet.merge_cells("C2:F2")
    for one in found:
        visited = f"{one.visited:%Y-%m-%d %H:%M}" if one.visited else "—"
        sheet.append(
            [
                one.station, f"ST-{one.received:%Y}-{one.serial:05d}", _han(one.received, True),
                _han(one.accepted), visited, _han(one.closed), one.kind, one.industry,
                "是" if one.simple else "否", "是" if one.met else "否", f"{one.people}人",
                _in_wan(one.disputed), "" if one.recovered is None else f"{one.recovered}元",
                one.outcome, one.story, one.person,
            ]
        )  # fmt: skip
    hidden = book.create_sheet("通讯录")
    hidden.sheet_state = "hidden"
    hidden.append(["姓名", "电话"])
    hidden.append(["李小明", "13900000000"])
    book.save(path)


def _council(path: Path, found: list[Complaint]) -> None:
    rows: list[list[object]] = [list(_HEADS[path.name].split())]
    for one in found:
        rows.append(
            [
                _serial(one.received), f"XW{one.serial:07d}", one.person, one.phone, one.kind,
                one.industry, one.story, f"{one.claim}、{_CLAIMS[one.serial % 5]}",
                _serial(one.accepted), _serial(one.closed), one.outcome, one.disputed, one.station,
            ]
        )  # fmt: skip
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter="\t").writerows(rows)


def _state(one: Complaint) -> str:
    return "已办结" if one.closed else "办理中" if one.accepted else "待受理"


def _slashed(moment: datetime.datetime | None) -> str:
    if moment is None:
        return ""
    return f"{moment.year}/{moment.month}/{moment.day} {moment.hour}:{moment.minute:02d}"


def _han(moment: datetime.datetime | None, full_width: bool = False) -> str:
    if moment is None:
        return ""
    text = f"{moment.year}年{moment.month}月{moment.day}日"
    if full_width:
        text = f"{text} {moment.hour}:{moment.minute:02d}"
        return "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in text)
    return text


def _in_wan(amount: Decimal) -> str:
    return f"{amount / 10_000}万" if amount >= 1000 else f"{amount:,}元"


def _serial(moment: datetime.datetime | None) -> str:
    if moment is None:
        return ""
    since = moment - datetime.datetime(1899, 12, 30)
    return f"{since.days + since.seconds / 86400:.6f}"


def measure(paths: list[Path], words: Vocabularies, now: datetime.datetime) -> Ledger | None:
    """Import files one after the other, print the time and the account of each."""
    ledger = None
    whole = 0.0
    for path in paths:
        start = time.process_time()
        found = layouts(read_export(path), NO_NAMING)
        done = merge(read_tickets(found, NO_NAMING, words, now), ledger, None)
        ledger = done.ledger
        bytes_of(ledger)
        seconds = time.process_time() - start
        whole += seconds
        print(
            f"{path.name:14}  {seconds:5.1f} s  read {done.read} = {done.imported} new +"
            f" {done.updated} updated + {done.unchanged} unchanged + {len(done.rejected)} rejected;"
            f" {len(done.remarks)} remarks, {len(done.other_words)} other words"
        )
    print(f"{'all':14}  {whole:5.1f} s  {len(ledger.tickets) if ledger else 0} tickets")
    return ledger


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("--rows", type=int, default=12_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--year", type=int, default=2025)
    given = parser.parse_args()
    words = load_casebook(load_settings(find_root(Path()))).vocabularies
    with tempfile.TemporaryDirectory() as spare:
        folder = given.out or Path(spare)
        paths = write_year(folder, complaints(words, given.rows, given.seed, given.year))
        measure(paths, words, datetime.datetime(given.year + 1, 1, 31))


if __name__ == "__main__":
    main()
