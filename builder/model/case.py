"""A case: one settled or unsettled dispute, as its YAML file tells it.

The one home of the case's fields. `casebook schema` exports it as JSON Schema for
editors, with the Chinese titles and descriptions given here.
"""

import contextlib
import datetime
import re
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field, InstanceOf, PlainSerializer, StringConstraints

from builder.model.audience import Audience
from builder.model.statute import CITATION_PATTERN
from builder.model.strict import ONE_LINE_PATTERN, Strict

CASE_ID_PATTERN = r"^[A-Z]{2,6}-[0-9]{4}-[0-9]{4,6}$"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d\d)", re.ASCII)
_CASE_ID = re.compile(r"([A-Z]{2,6})-([0-9]{4})-([0-9]{4,6})")


class Status(StrEnum):
    """How far a case has come."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {
            "draft": "草稿",
            "reviewed": "已审核",
            "published": "已发布",
            "withdrawn": "已撤下",
        }[self]


class Month(datetime.date):
    """A month whose day was taken away before the case came to us; stands at its first day."""

    def isoformat(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def _moment(value: object) -> object:
    """Read `2026-03-02`, `2026-03-02 09:40` and the month `2026-03`; refuse anything else."""
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, str) and (month := _MONTH.fullmatch(value)):
        with contextlib.suppress(ValueError):
            return Month(int(month[1]), int(month[2]), 1)
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        with contextlib.suppress(ValueError):  # no such day or time
            kind = datetime.datetime if " " in value else datetime.date
            return kind.fromisoformat(value)
    raise ValueError("应写成 2026-03-02 或 2026-03-02 09:40，且要有这一天")


def _yuan(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise ValueError("应是数字，单位元，最多两位小数")
    if not re.fullmatch(r"[0-9]{1,10}(\.[0-9]{1,2})?", str(value)):
        raise ValueError("应是数字，单位元，最多两位小数，不写千分位和“元”字")
    return Decimal(str(value))


def written_moment(value: datetime.date) -> str:
    """Return a moment as case files write it."""
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return value.isoformat()


Moment: TypeAlias = Annotated[
    InstanceOf[Month] | datetime.datetime | datetime.date,
    BeforeValidator(_moment, json_schema_input_type=str),
    PlainSerializer(written_moment, when_used="json"),
]
Yuan: TypeAlias = Annotated[
    Decimal,
    BeforeValidator(_yuan, json_schema_input_type=float),
    PlainSerializer(str, when_used="json"),
]
Flag: TypeAlias = Annotated[bool, Field(strict=True)]
Count: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=100_000)]
Line: TypeAlias = Annotated[
    str, StringConstraints(min_length=1, max_length=120, pattern=ONE_LINE_PATTERN)
]
Prose: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
CaseId: TypeAlias = Annotated[str, StringConstraints(pattern=CASE_ID_PATTERN)]
CitationText: TypeAlias = Annotated[str, StringConstraints(pattern=CITATION_PATTERN)]


def _field(title: str, description: str = "", **extra: Any) -> Any:
    """Return a pydantic field that is left out when absent."""
    extra.setdefault("default", None)
    return Field(title=title, description=description or title, **extra)


class Timeline(Strict):
    """The days of a case; a time of day where the half hour matters."""

    received: Moment | None = _field("收到", "收到投诉的日期，如 2026-03-02 或 2026-03-02 09:40")
    accepted: Moment | None = _field("受理", "决定受理的日期")
    visited: Moment | None = _field("到场", "到现场的日期和时间")
    mediated: Moment | None = _field("调解", "主要一次调解的日期")
    closed: Moment | None = _field("结案", "办结的日期")
    followed_up: Moment | None = _field("回访", "回访的日期")


class Parties(Strict):
    """Numbers and kinds only, never a name."""

    consumers: Count | None = _field("消费者人数")
    consumer_kind: Line | None = _field("消费者类别", "如 个人、家庭、老年人、未成年人的监护人")
    businesses: Count | None = _field("经营者数")
    business_kind: Line | None = _field("经营者类别", "如 个体工商户、企业、平台内经营者")
    note: Line | None = _field("补充", "补充说明，不写姓名和名称")


class Amounts(Strict):
    """Sums in yuan, two decimals at most."""

    disputed: Yuan | None = _field("争议金额", "争议涉及的金额，单位元")
    claimed: Yuan | None = _field("请求金额", "消费者要求的金额，单位元")
    recovered: Yuan | None = _field("追回金额", "实际退、赔给消费者的金额，单位元")
    note: Line | None = _field("金额说明", "追回多于请求时必须说明原因")


class Sight(Strict):
    """One of the four things to see in person."""

    seen: Flag = Field(title="见到了吗", description="true 见到，false 没见到")
    note: Prose | None = _field("见闻或原因", "见到了什么；没见到则写原因")


class FourSights(Strict):
    """四见: the person, the scene, the problem, the result."""

    person: Sight | None = _field("见本人")
    scene: Sight | None = _field("见现场")
    problem: Sight | None = _field("见问题")
    result: Sight | None = _field("见成效")


class Positions(Strict):
    """What each side said and wanted."""

    consumer: Prose | None = _field("消费者主张")
    business: Prose | None = _field("经营者主张")


class Lesson(Strict):
    """One lesson; an internal one never leaves the office."""

    text: Prose = Field(title="内容", description="一条经验或教训")
    internal: Flag = Field(default=False, title="仅内部", description="true 则只在内部版本出现")


def _lesson(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


LessonLine: TypeAlias = Annotated[
    Lesson, BeforeValidator(_lesson, json_schema_input_type=str | Lesson)
]


class Lessons(Strict):
    """复盘: what went well, what went badly, what can be copied."""

    good: tuple[LessonLine, ...] = _field("做得好的", default=())
    weak: tuple[LessonLine, ...] = _field("短板", "没做好的地方，如实写", default=())
    reusable: tuple[LessonLine, ...] = _field("可复制", "下次同类纠纷可以照着做的", default=())


class Tips(Strict):
    """Advice for those who read the case."""

    consumer: Prose | None = _field("消费提示")
    business: Prose | None = _field("经营提示")


class Relation(Strict):
    """Another case worth reading beside this one."""

    id: CaseId = Field(title="案例编号", description="相关案例的编号")
    relation: Line = Field(title="关系", description="如 同类型不同结果、同一经营者、后续")


class Unmapped(Strict):
    """A term of a partner's vocabulary that ours does not have; never guessed."""

    field: Line = Field(title="字段", description="如 dispute_types")
    id: Line = Field(title="编号", description="对方词表里的编号")
    label: Line = Field(title="名称", description="对方词表里的名称")


class Source(Strict):
    """Where the case comes from."""

    kind: Literal["own", "partner", "ledger"] = Field(
        default="own", title="来源", description="own 本室，partner 伙伴工作室，ledger 台账导入"
    )
    workshop: Line | None = _field("伙伴工作室")
    row: Line | None = _field("台账行", "导入台账的行号，只在内部版本出现")
    note: Line | None = _field("说明")
    licence: Line | None = _field("使用许可", "伙伴工作室许可怎样使用；导入时写好")
    verified: datetime.date | None = _field("验证日期", "哪一天验过对方的签名；导入时写好")
    days: Annotated[int, Field(strict=True, ge=0, le=100_000)] | None = _field(
        "办理天数", "从收到到结案；只有月份的伙伴案例才写"
    )
    law_on: datetime.date | None = _field(
        "法律适用日", "这一天施行的法律与原案一致；只有月份的伙伴案例才写"
    )
    unmapped: tuple[Unmapped, ...] = _field(
        "未归类", "对方用了、本库词表里没有的词；导入时写好", default=()
    )


class Review(Strict):
    """Who looked at it, by role."""

    date: datetime.date = Field(title="审核日期", description="审核的日期，如 2026-03-02")
    role: Line = Field(title="审核人角色", description="写角色，不写姓名")
    remark: Prose | None = _field("批注")


class Revision(Strict):
    """That a case was changed after it had been published, and what for."""

    date: datetime.date = Field(title="修订日期", description="最近一次修订的日期，如 2026-03-02")
    note: Line = Field(title="修订说明", description="给读者看的一句话，说改了什么")


class Withdrawal(Strict):
    """The notice that stays when a case is taken down."""

    date: datetime.date = Field(title="撤下日期", description="撤下的日期，如 2026-03-02")
    notice: Line = Field(title="撤下说明", description="给读者看的一句话，不写案情")
    replaced_by: CaseId | None = _field("替代案例")


class Waiver(Strict):
    """A privacy finding judged harmless; never holds the text itself."""

    kind: Line = Field(title="种类", description="隐私检查报告的种类，如 person-name")
    field: Line = Field(title="字段", description="所在字段，如 facts 或 lessons.weak")
    reason: Line = Field(title="理由", description="为什么无妨；不要抄原文")


class Case(Strict):
    """One typical case: what was in dispute, how it was really settled, what was learned."""

    id: CaseId = Field(
        title="编号", description="工作室代码-年份-序号，如 SL-2026-0137，与文件名相同"
    )
    title: Line = Field(title="标题", description="一行，讲清谁和谁争什么，不写姓名和店名")
    summary: Line | None = _field("要点", "一两句话讲清案例的价值，像副标题")
    status: Status = Field(
        default=Status.DRAFT,
        title="状态",
        description="draft 草稿，reviewed 已审核，published 已发布，withdrawn 已撤下",
    )
    audience: Audience = Field(
        default=Audience.INTERNAL,
        title="公开范围",
        description="能看到它的最大范围：internal 内部（不写即内部），partner 伙伴，public 公开",
    )
    sample: Flag = Field(default=False, title="示例", description="true 表示虚构的示例案例")
    station: str | None = _field("办理所", "stations 词表的编号")
    channel: str | None = _field("来源渠道", "channels 词表的编号")
    timeline: Timeline = Field(default=Timeline(), title="时间线", description="各环节的日期")
    dispute_types: tuple[str, ...] = _field(
        "纠纷类型", "1 到 3 个 dispute_types 编号，第一个是主要类型", default=(), max_length=3
    )
    industry: str | None = _field("行业", "industries 词表的编号")
    claims: tuple[str, ...] = _field("诉求", "claims 词表的编号", default=())
    parties: Parties = Field(default=Parties(), title="当事人", description="只写人数和类别")
    amounts: Amounts = Field(default=Amounts(), title="金额", description="单位元")
    outcomes: tuple[str, ...] = _field("处理结果", "outcomes 词表的编号，可几个并存", default=())
    ground: str | None = _field("不予受理或终止的情形", "grounds 词表的编号")
    agreement_form: str | None = _field("协议形式", "agreement_forms 词表的编号")
    departments: tuple[str, ...] = _field("参与部门", "departments 词表的编号", default=())
    methods: tuple[str, ...] = _field("调解手法", "methods 词表的编号", default=())
    four_sights: FourSights = Field(
        default=FourSights(), title="四见", description="见本人、见现场、见问题、见成效"
    )
    statutes: tuple[CitationText, ...] = _field(
        "法律依据", "法规编号#条[.款[.项]]，如 xiaobaofa#53", default=()
    )
    facts: Prose | None = _field("案情简介")
    positions: Positions = Field(default=Positions(), title="双方主张", description="双方各说什么")
    issues: tuple[Prose, ...] = _field("争议焦点", "一条一个焦点", default=())
    evidence: Prose | None = _field("调查与证据")
    process: Prose | None = _field("调解过程")
    turning_point: Prose | None = _field("突破口", "是什么让事情转了弯")
    result: Prose | None = _field("调解结果")
    analysis: Prose | None = _field("案例评析")
    lessons: Lessons = Field(default=Lessons(), title="复盘", description="做得好的、短板、可复制")
    tips: Tips = Field(default=Tips(), title="提示", description="消费提示与经营提示")
    keywords: tuple[Annotated[Line, StringConstraints(max_length=12)], ...] = _field(
        "关键词", "最多 7 个，从大到小", default=(), max_length=7
    )
    related: tuple[Relation, ...] = _field("相关案例", default=())
    source: Source = Field(default=Source(), title="来源", description="案例从哪里来")
    review: Review | None = _field("审核", "示例案例不写")
    revision: Revision | None = _field("修订", "发布以后改过内容才写；订阅的人会看到")
    withdrawal: Withdrawal | None = _field("撤下", "只有 status 为 withdrawn 时写")
    waivers: tuple[Waiver, ...] = _field("隐私豁免", "经人判断无妨的隐私提示", default=())

    @property
    def year(self) -> int:
        """The year in the id: that in which the complaint was received."""
        return int(self.id.split("-")[1])

    @property
    def received_on(self) -> datetime.date | None:
        return as_day(self.timeline.received) if self.timeline.received else None

    @property
    def closed_on(self) -> datetime.date | None:
        return as_day(self.timeline.closed) if self.timeline.closed else None

    @property
    def law_on(self) -> datetime.date | None:
        """The day whose law applies: that of 受理, or the nearest day that is known."""
        if self.source.law_on is not None:
            return self.source.law_on
        moment = self.timeline.accepted or self.timeline.received or self.timeline.closed
        return as_day(moment) if moment else None


def as_day(moment: datetime.date) -> datetime.date:
    """Return the day of a moment, without its time of day."""
    return moment.date() if isinstance(moment, datetime.datetime) else moment


def split_case_id(case_id: str) -> tuple[str, int, int] | None:
    """Return workshop code, year and serial of a case id, or None when it is none."""
    match = _CASE_ID.fullmatch(case_id)
    return (match[1], int(match[2]), int(match[3])) if match else None
