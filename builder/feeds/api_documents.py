"""What the data for programs look like: the one home of their fields.

The JSON Schema and the guide that goes with it are made from these classes. Every field
is always there: what is not known is an empty text, an empty list or null.
"""

from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from builder.model.case import CASE_ID_PATTERN

FORMAT: Final = "casebook-api"
VERSION: Final = 1

CaseId: TypeAlias = Annotated[str, StringConstraints(pattern=CASE_ID_PATTERN)]
Date: TypeAlias = Annotated[str, StringConstraints(pattern=r"^([0-9]{4}-[0-9]{2}(-[0-9]{2})?)?$")]
Digest: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Urn: TypeAlias = Annotated[str, StringConstraints(pattern=r"^urn:uuid:[0-9a-f-]{36}$")]
Yuan: TypeAlias = Annotated[float, Field(ge=0)]


class Part(BaseModel):
    """A part of a document: no unknown keys, nothing left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _field(title: str, description: str = "", **extra: Any) -> Any:
    return Field(title=title, description=description or title, **extra)


class Term(Part):
    """词表里的一个词。"""

    id: str = _field("编号", "词表里的编号，不会改")
    label: str = _field("名称", "带上级，如 预付式消费 › 退卡退款")


class Amounts(Part):
    """金额，单位元。"""

    disputed: Yuan | None = _field("争议金额")
    claimed: Yuan | None = _field("请求金额")
    recovered: Yuan | None = _field("追回金额")
    note: str = _field("说明")


class Moment(Part):
    """时间线上的一步。"""

    label: str = _field("环节", "如 收到、结案")
    date: str = _field("日期", "对外的版本只有月份")


class Sight(Part):
    """四见之一。"""

    name: str = _field("名称")
    seen: bool = _field("见到了吗")
    note: str = _field("见闻或原因", "只在内部版本")


class CitedArticle(Part):
    """引用的法条。"""

    id: str = _field("编号", "法规编号#条[.款[.项]]")
    label: str = _field("写法")
    statute: str = _field("法规全名")
    version: str = _field("当时的版本")
    text: str = _field("当时的条文", "转述，以官方文本为准")
    standing: Literal["current", "changed", "repealed"] = _field(
        "现在怎样", "current 没有变，changed 有变化，repealed 不再施行"
    )
    now: str = _field("现行规定")
    now_text: str = _field("现行条文", "转述，以官方文本为准")


class Positions(Part):
    """双方主张。"""

    consumer: str = _field("消费者主张")
    business: str = _field("经营者主张")


class Lessons(Part):
    """复盘。"""

    good: list[str] = _field("做得好的")
    weak: list[str] = _field("短板")
    reusable: list[str] = _field("可复制")


class Tips(Part):
    """提示。"""

    consumer: str = _field("消费提示")
    business: str = _field("经营提示")


class Relation(Part):
    """相关案例。"""

    id: CaseId = _field("编号")
    relation: str = _field("关系")


class Review(Part):
    """审核批注，只在内部版本。"""

    date: Date = _field("审核日期")
    role: str = _field("审核人角色")
    remark: str = _field("批注")


class Revision(Part):
    """发布以后的修订。"""

    date: Date = _field("修订日期", "对外的版本只有月份")
    note: str = _field("修订说明")


class Library(Part):
    """来自哪个库、哪个版本。"""

    title: str = _field("库名")
    workshop: str = _field("工作室")
    code: str = _field("代码", "编号的前缀")
    audience: Literal["internal", "partner", "public"] = _field(
        "给谁看", "internal 内部，partner 伙伴工作室，public 公开"
    )
    rights: str = _field("使用许可")


class Document(Part):
    """A whole file; `kind`, given by each, says which."""

    format: Literal["casebook-api"] = _field("格式", "固定为 casebook-api")
    version: Literal[1] = _field("版本", "字段改了意思或去掉，这个数和路径里的 v1 才变")
    library: Library = _field("来源")


class CaseDocument(Document):
    """一个案例的全文。"""

    kind: Literal["case"] = _field("种类")
    id: CaseId = _field("编号")
    urn: Urn = _field("固定标识", "与订阅里的相同")
    digest: Digest = _field("摘要", "案例改了它才变；词表的名称不算在内")
    page: str = _field("网页", "从网站的根算起的路径")
    url: str = _field("网址", "知道网站网址时才有")
    citation: str = _field("引用格式")
    title: str = _field("标题")
    summary: str = _field("要点")
    status: Literal["draft", "reviewed", "published"] = _field("状态")
    sample: bool = _field("示例", "true 表示虚构的示例案例")
    place: str = _field("办理地", "内部版本是所，对外只写到区县；伙伴的案例是对方工作室")
    channel: Term | None = _field("来源渠道")
    received: Date = _field("收到", "对外的版本只有月份")
    closed: Date = _field("结案", "对外的版本只有月份")
    days: int | None = _field("办理天数", "从收到到结案的自然日")
    timeline: list[Moment] = _field("时间线")
    dispute_types: list[Term] = _field("纠纷类型", "第一个是主要类型")
    industry: Term | None = _field("行业")
    claims: list[Term] = _field("诉求")
    parties: str = _field("当事人", "只有人数和类别")
    amounts: Amounts = _field("金额")
    outcomes: list[Term] = _field("处理结果")
    ground: Term | None = _field("不予受理或终止的情形")
    agreement_form: Term | None = _field("协议形式")
    departments: list[Term] = _field("参与部门")
    methods: list[Term] = _field("调解手法")
    four_sights: list[Sight] = _field("四见")
    statutes: list[CitedArticle] = _field("法律依据")
    facts: str = _field("案情简介")
    positions: Positions = _field("双方主张")
    issues: list[str] = _field("争议焦点")
    evidence: str = _field("调查与证据")
    process: str = _field("调解过程")
    turning_point: str = _field("突破口")
    result: str = _field("调解结果")
    analysis: str = _field("案例评析")
    lessons: Lessons = _field("复盘")
    tips: Tips = _field("提示")
    keywords: list[str] = _field("关键词")
    related: list[Relation] = _field("相关案例")
    origin: str = _field("来源")
    review: Review | None = _field("审核")
    revision: Revision | None = _field("修订")


class WithdrawnDocument(Document):
    """已撤下的案例留下的说明，没有案情。"""

    kind: Literal["withdrawn"] = _field("种类")
    id: CaseId = _field("编号")
    urn: Urn = _field("固定标识", "与订阅里的相同")
    page: str = _field("网页", "从网站的根算起的路径")
    url: str = _field("网址", "知道网站网址时才有")
    title: str = _field("标题")
    month: Date = _field("撤下的月份")
    replaced_by: str = _field("替代案例", "编号；没有则为空")
    notice: str = _field("撤下说明", "只在内部版本")


class CaseEntry(Part):
    """目录里的一个案例。"""

    id: CaseId = _field("编号")
    title: str = _field("标题")
    summary: str = _field("要点")
    status: Literal["draft", "reviewed", "published"] = _field("状态")
    sample: bool = _field("示例")
    received: Date = _field("收到")
    closed: Date = _field("结案")
    revised: Date = _field("修订", "没有修订过则为空")
    dispute_types: list[str] = _field("纠纷类型", "编号")
    industry: str = _field("行业", "编号")
    outcomes: list[str] = _field("处理结果", "编号")
    digest: Digest = _field("摘要", "与全文里的相同；没变就不用再取")
    data: str = _field("全文", "从网站的根算起的路径")
    page: str = _field("网页", "从网站的根算起的路径")


class WithdrawnEntry(Part):
    """目录里的一个已撤下案例。"""

    id: CaseId = _field("编号")
    title: str = _field("标题")
    month: Date = _field("撤下的月份")
    replaced_by: str = _field("替代案例", "编号；没有则为空")
    data: str = _field("说明", "从网站的根算起的路径")
    page: str = _field("网页", "从网站的根算起的路径")


class IndexDocument(Document):
    """目录：从这里开始。"""

    kind: Literal["index"] = _field("种类")
    as_of: Date = _field("数据截至", "库里最新的日期，不是生成的日期")
    vocabularies: str = _field("词表", "从网站的根算起的路径")
    statutes: str = _field("法规", "从网站的根算起的路径")
    schema_: str = _field("格式说明", "JSON Schema，从网站的根算起的路径", alias="schema")
    cases: list[CaseEntry] = _field("案例", "新结案的在前")
    withdrawn: list[WithdrawnEntry] = _field("已撤下的案例")


class VocabularyTerm(Part):
    """词表里的一个词和它的解释。"""

    id: str = _field("编号")
    label: str = _field("名称")
    parent: str = _field("上级", "编号；没有则为空")
    definition: str = _field("解释")
    synonyms: list[str] = _field("同义说法")
    withdrawn: Date = _field("停用日期", "还在用则为空")


class VocabulariesDocument(Document):
    """词表。"""

    kind: Literal["vocabularies"] = _field("种类")
    vocabularies: dict[str, list[VocabularyTerm]] = _field("词表", "词表名到词")


class StatuteVersion(Part):
    """法规的一个版本。"""

    label: str = _field("版本")
    from_: Date = _field("施行日期", alias="from")
    until: Date = _field("停止施行日期", "从这一天起不再施行；还在施行则为空")
    articles: dict[str, str] = _field("条文", "条号到条文的转述，以官方文本为准")


class Statute(Part):
    """一部法规。"""

    id: str = _field("编号")
    name: str = _field("全名")
    short: str = _field("简称")
    replaced_by: str = _field("由哪一部替代", "编号；没有则为空")
    versions: list[StatuteVersion] = _field("版本")


class StatutesDocument(Document):
    """法规。"""

    kind: Literal["statutes"] = _field("种类")
    statutes: list[Statute] = _field("法规")


DOCUMENTS: Final[tuple[type[Document], ...]] = (
    IndexDocument,
    CaseDocument,
    WithdrawnDocument,
    VocabulariesDocument,
    StatutesDocument,
)
