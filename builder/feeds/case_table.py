"""The case table: a row a case, a row a withdrawn case, the same for CSV and Excel."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from builder.checks.cleared import ClearedCase, ClearedCasebook, WithdrawnNotice
from builder.model.case import Status
from builder.model.vocabulary import Vocabulary
from builder.stable_paths import absolute, case_path
from builder.wording import path_label

_BETWEEN = "；"


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `width` in characters."""

    title: str
    width: int


COLUMNS = (
    Column("编号", 15),
    Column("标题", 34),
    Column("状态", 9),
    Column("示例", 6),
    Column("要点", 44),
    Column("收到", 11),
    Column("结案", 11),
    Column("办理天数", 9),
    Column("办理地", 18),
    Column("来源渠道", 14),
    Column("纠纷类型", 26),
    Column("其他纠纷类型", 26),
    Column("行业", 24),
    Column("诉求", 20),
    Column("当事人", 22),
    Column("争议金额（元）", 13),
    Column("请求金额（元）", 13),
    Column("追回金额（元）", 13),
    Column("处理结果", 24),
    Column("不予受理或终止的情形", 20),
    Column("协议形式", 12),
    Column("参与部门", 18),
    Column("调解手法", 24),
    Column("法律依据", 34),
    Column("争议焦点", 34),
    Column("突破口", 44),
    Column("关键词", 24),
    Column("修订", 11),
    Column("撤下", 11),
    Column("替代案例", 15),
    Column("网页", 30),
)


def rows(cleared: ClearedCasebook) -> Iterator[tuple[str | int | Decimal | None, ...]]:
    """Yield the rows below `COLUMNS`: cases in their order, then what was withdrawn."""
    for case in cleared.cases:
        yield _case_row(cleared, case)
    for notice in cleared.notices:
        yield _notice_row(cleared, notice)


def _case_row(
    cleared: ClearedCasebook, case: ClearedCase
) -> tuple[str | int | Decimal | None, ...]:
    words = cleared.vocabularies
    types = words["dispute_types"]
    return (
        case.id,
        case.title,
        case.status.label,
        "示例" if case.sample else "",
        case.summary,
        case.received,
        case.closed,
        case.days,
        case.place,
        _label(words["channels"], case.channel),
        _labels(types, case.dispute_types[:1]),
        _labels(types, case.dispute_types[1:]),
        _label(words["industries"], case.industry),
        _labels(words["claims"], case.claims),
        case.parties,
        case.amounts.disputed,
        case.amounts.claimed,
        case.amounts.recovered,
        _labels(words["outcomes"], case.outcomes),
        _label(words["grounds"], case.ground),
        _label(words["agreement_forms"], case.agreement_form),
        _labels(words["departments"], case.departments),
        _labels(words["methods"], case.methods),
        _BETWEEN.join(article.label for article in case.articles),
        "\n".join(case.issues),
        case.turning_point,
        _BETWEEN.join(case.keywords),
        case.revision.date if case.revision else "",
        "",
        "",
        _page(cleared, case.id),
    )


def _notice_row(
    cleared: ClearedCasebook, notice: WithdrawnNotice
) -> tuple[str | int | Decimal | None, ...]:
    told: dict[str, str | int | Decimal | None] = {
        "编号": notice.id,
        "标题": notice.title,
        "状态": Status.WITHDRAWN.label,
        "撤下": notice.month,
        "替代案例": notice.replaced_by,
        "网页": _page(cleared, notice.id),
    }
    numbers = ("办理天数", "争议金额（元）", "请求金额（元）", "追回金额（元）")
    return tuple(
        told.get(column.title, None if column.title in numbers else "") for column in COLUMNS
    )


def _page(cleared: ClearedCasebook, case_id: str) -> str:
    page = case_path(case_id)
    return absolute(cleared.address, page) or page


def _label(vocabulary: Vocabulary, term_id: str) -> str:
    return path_label(vocabulary, term_id) if term_id else ""


def _labels(vocabulary: Vocabulary, ids: tuple[str, ...]) -> str:
    return _BETWEEN.join(path_label(vocabulary, term_id) for term_id in ids)
