"""Which column of an export is which field of a ticket: built-in names, and a small YAML file.

    columns:                    # head of a column: field of the ledger (or 隐私, 不要)
      平台流水: 编号
      现场核实时间: 到场
    fixed:                      # the same for every row of this file
      来源: 全国12315平台
    words:                      # words of the export: ids or labels of our vocabulary
      类型:
        冒充合格产品: zhiliang

What no name fits is not stored. Columns that tell who is meant are only used to take those
names out of the ticket's text.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import Field

from builder.intake.table import Cell, Export, ExportFault, Table
from builder.library.record import read_record
from builder.model.strict import Strict

PRIVATE, IGNORED = "private", "ignored"
# field -> what the office calls it
LABELS: Final[Mapping[str, str]] = {
    "number": "编号",
    "received": "收到",
    "accepted": "受理",
    "visited": "到场",
    "closed": "办结",
    "told": "状态",
    "station": "所",
    "channel": "来源",
    "dispute_type": "类型",
    "industry": "行业",
    "place": "地点",
    "claims": "诉求",
    "outcomes": "结果",
    "ground": "理由",
    "simple": "简易",
    "met": "见面",
    "consumers": "人数",
    "disputed": "争议金额",
    "recovered": "挽回损失",
    "text": "内容",
    PRIVATE: "隐私",
    IGNORED: "不要",
}
NEEDED: Final = ("number", "received")
# field -> the vocabulary that its words are from
VOCABULARY_OF: Final[Mapping[str, str]] = {
    "station": "stations",
    "channel": "channels",
    "dispute_type": "dispute_types",
    "industry": "industries",
    "claims": "claims",
    "outcomes": "outcomes",
    "ground": "grounds",
}
_FIELDS: Final = {label: field for field, label in LABELS.items()} | {one: one for one in LABELS}
# The first name that an export has wins; the others are then left out, and told.
_NAMES: Final = {
    "number": "投诉编号 工单编号 登记编号 受理编号 业务编号 投诉单号 工单号 案件编号 诉求编号"
    " 工单流水号 流水号 编号 单号",
    "received": "收到时间 收到日期 登记时间 登记日期 投诉时间 投诉日期 接收时间 接收日期 接件时间"
    " 收件时间 受诉时间 来电时间 来电日期 诉求时间 提交时间 创建时间 转办时间 派单时间",
    "accepted": "受理时间 受理日期 决定受理时间 受理决定时间 受理决定日期",
    "visited": "到场时间 到场日期 首次到场时间 到达现场时间 到达时间 现场时间 现场核查时间",
    "closed": "办结时间 办结日期 结案时间 结案日期 完成时间 完结时间 办理完成时间",
    "told": "办理状态 处理状态 工单状态 案件状态 当前状态 状态",
    "station": "承办所 办理所 所属所 承办单位 办理单位 处理单位 承办部门 办理部门 处理部门"
    " 市场监管所 辖区所 主办单位 所",
    "channel": "来源渠道 投诉来源 诉求来源 信息来源 受理渠道 接收方式 登记方式 来源 渠道",
    "dispute_type": "纠纷类型 争议类型 投诉问题类别 问题二级 问题小类 问题类别 问题类型 问题分类"
    " 投诉类型 投诉类别 类型",
    "industry": "所属行业 行业类别 行业 客体类别 客体类型 投诉客体 商品服务类别 商品或服务类别"
    " 服务类别 商品类别",
    "place": "所属街道 街道 商圈 市场 发生地 事发地点 事发地址 发生地点 商户地址 商家地址 经营地址"
    " 被投诉人地址 被投诉单位地址 企业地址",
    "claims": "主要诉求 投诉诉求 投诉请求 诉求类型 诉求",
    "outcomes": "处理结果 办理结果 调解结果 办结方式 办结结果 处理方式 结果",
    "ground": "不予受理理由 不予受理原因 不受理原因 终止调解原因 终止理由 终止原因 理由",
    "simple": "是否简易投诉 是否简易 简易投诉 是否简单 简易",
    "met": "是否见面 是否见到本人 是否见本人 见面情况 见面",
    "consumers": "投诉人数 消费者人数 涉及人数 人数",
    "disputed": "争议金额 涉案金额 涉及金额 消费金额 投诉金额 交易金额 金额",
    "recovered": "挽回经济损失 为消费者挽回经济损失 挽回损失金额 挽回损失 挽回金额"
    " 追回金额 退赔金额",
    "text": "问题描述 投诉内容 工单内容 反映内容 诉求内容 事件描述 投诉详情 情况描述 内容描述"
    " 主要内容 内容",
    PRIVATE: "投诉人 来电人 诉求人 举报人 联系人 当事人 被投诉人 被投诉方 被投诉单位 被投诉企业"
    " 被投诉商家 商户 商家 店名 承办人 经办人 办理人 调解员 调解人 处理人 受理人 登记人 录入人",
}
_NAME_OF: Final = {
    name: (field, rank)
    for field, names in _NAMES.items()
    for rank, name in enumerate(names.split())
}
_TELLS_WHO = re.compile(
    "姓名|名称|电话|手机|号码|身份证|证件|住址|联系|地址|微信|邮箱|[Qq][Qq]|车牌|银行|账号|帐号|信用代码"
    "|法定代表|法人|订单号|昵称"
)
_UNIT = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_LOOKED_AT: Final = 20  # rows at the top that may be the head
_LEAST: Final = 2  # names known in a head


class ColumnsFile(Strict):
    """The content of a columns file."""

    columns: dict[str, str] = Field(default_factory=dict)
    fixed: dict[str, str] = Field(default_factory=dict)
    words: dict[str, dict[str, str]] = Field(default_factory=dict)


class ColumnsFault(ExportFault):
    """The columns of an export, or the file that names them, do not fit."""


@dataclass(frozen=True, slots=True)
class Naming:
    """What a columns file says, in the fields of `Ticket`."""

    columns: Mapping[str, str]  # plain head -> field
    fixed: Mapping[str, str]  # field -> word
    words: Mapping[str, Mapping[str, str]]  # field -> plain word -> our id or label


NO_NAMING: Final = Naming({}, {}, {})


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    place: int  # from 0
    head: str  # as written, on one line
    field: str  # of LABELS; '' where no name fits
    scale: int = 1  # 10000 for sums in 万元


@dataclass(frozen=True, slots=True)
class Layout:
    """Where in a table the tickets are."""

    table: Table
    head_row: int  # its place in `table.rows`, from 0
    columns: tuple[Column, ...]

    def of(self, field: str) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.field == field)

    def missing(self) -> tuple[str, ...]:
        """Return the labels of needed fields that no column has."""
        return tuple(LABELS[field] for field in NEEDED if not self.of(field))


def read_naming(content: bytes, name: str) -> Naming:
    """Return what a columns file says.

    Raises:
        ColumnsFault: it is damaged, or names a field that the ledger does not have.
    """
    read = read_record(name, content, ColumnsFile)
    if read.record is None:
        problem = read.problems[0]
        raise ColumnsFault(f"{name}:{problem.line}", problem.what, problem.remedy)
    record = read.record
    return Naming(
        {plain(head): _field(field, name) for head, field in record.columns.items()},
        {_field(field, name): word for field, word in record.fixed.items()},
        {
            _field(field, name): {plain(theirs): ours for theirs, ours in words.items()}
            for field, words in record.words.items()
        },
    )


def layouts(export: Export, naming: Naming, sheet: str | None = None) -> list[Layout]:
    """Return where the tickets are in each table that is to be read.

    Args:
        sheet: only this one, even if it is hidden; else all visible ones with a head.

    Raises:
        ColumnsFault: there is none, or a table lacks a needed column.
    """
    found = []
    for table in export.tables:
        if table.name == sheet or (sheet is None and not table.hidden):
            layout = _layout(table, naming)
            if layout:
                found.append(layout)
    if not found:
        names = "、".join(table.name for table in export.tables if table.name)
        where = f"工作表“{sheet}”" if sheet else (names or "这个文件")
        raise ColumnsFault(
            where,
            "没有找到表头：前 20 行里没有一行写着编号、登记时间这样的列名。",
            "请核对文件；列名不同的，用 --columns 指明哪一列是什么。",
        )
    return found


def plain(text: str) -> str:
    """Return a head or a word without what is written differently from export to export."""
    folded = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s*:：_]+", "", _UNIT.sub("", folded)).lower()


def _field(label: str, name: str) -> str:
    if label not in _FIELDS:
        known = "、".join(LABELS.values())
        raise ColumnsFault(name, f"台账没有“{label[:20]}”这一项。", f"能写的有：{known}。")
    return _FIELDS[label]


def _layout(table: Table, naming: Naming) -> Layout | None:
    """Return the layout under the best row for a head, or None where none is good enough."""
    best: tuple[int, int] | None = None
    for place, row in enumerate(table.rows[:_LOOKED_AT]):
        fields = {_named(_head(cell), naming)[0] for cell in row.cells}
        known = len(fields - {"", PRIVATE, IGNORED})
        if known >= _LEAST and (best is None or known > best[0]):
            best = known, place
    if best is None:
        return None
    place = best[1]
    return Layout(table, place, _columns(table.rows[place].cells, naming))


def _columns(cells: Sequence[Cell], naming: Naming) -> tuple[Column, ...]:
    named = [(place, _head(cell)) for place, cell in enumerate(cells)]
    chosen: dict[str, tuple[int, int]] = {}  # field -> rank of the name, place
    for place, head in named:
        field, rank = _named(head, naming)
        if field and field not in (PRIVATE, IGNORED):
            chosen[field] = min(chosen.get(field, (rank, place)), (rank, place))
    columns = []
    for place, head in named:
        field, _ = _named(head, naming)
        if field in chosen and chosen[field][1] != place:
            field = ""  # another column says it better
        scale = 10_000 if "万元" in head else 1
        if head:
            columns.append(Column(place, head, field, scale))
    return tuple(columns)


def _head(cell: Cell) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def _named(head: str, naming: Naming) -> tuple[str, int]:
    """Return the field that a head names, '' if none, and how good the name is (0 best)."""
    name = plain(head)
    if name in naming.columns:
        return naming.columns[name], -1
    if name in _NAME_OF:
        return _NAME_OF[name]
    return (PRIVATE, 0) if _TELLS_WHO.search(head) else ("", 0)
