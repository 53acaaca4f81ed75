"""Do the dates follow one another, do the sums make sense, is what a reader needs there?"""

import datetime

from builder.library.casebook import Casebook, CaseFile, Document
from builder.library.problem import Problem, Severity
from builder.model.case import Month, Status, Timeline, as_day
from builder.model.page import SessionMeta

# Outcomes of a case that was refused or ended: first-level ids.
ENDED = frozenset({"zhongzhi", "bu-shouli-lei"})
MAY_END = frozenset({"hejie-chehui"})  # withdrawn or settled between the parties

# What a reader of a published case must find: field -> what to write.
REQUIRED = {
    "summary": "用一两句话写出案例的要点。",
    "dispute_types": "从纠纷类型词表里选 1 到 3 个。",
    "industry": "从行业词表里选一个。",
    "claims": "从诉求词表里选。",
    "outcomes": "从处理结果词表里选。",
    "issues": "一条写一个争议焦点。",
    "process": "写清先后怎么做的、双方怎么出价。",
    "result": "写清最后怎样、履行了没有。",
    "lessons": "至少写一条做得好的或短板。",
    "timeline.received": "写收到投诉的日期。",
    "timeline.closed": "写办结的日期。",
}


def check_plausibility(book: Casebook, today: datetime.date) -> list[Problem]:
    """Return problems of dates, sums and missing sections; `today` is the day of the check."""
    problems: list[Problem] = []
    for item in book.cases:
        problems += _facts(item) + _sections(item) + _dates(item, today) + _amounts(item)
        problems += _procedure(item, book) + _revision(item, today)
    for session in book.sessions:
        problems += _actions(session, today)
    return problems


def _facts(item: CaseFile) -> list[Problem]:
    case = item.case
    if case.facts or case.status is Status.WITHDRAWN:
        return []
    # a draft that has just been made must not keep the others from being built
    severity = Severity.WARNING if case.status is Status.DRAFT else Severity.ERROR
    what, remedy = "缺案情简介。", "至少用几句话写清发生了什么。"
    return [item.source.problem(("facts",), what, remedy, "section", severity)]


def _sections(item: CaseFile) -> list[Problem]:
    case = item.case
    if case.status is not Status.PUBLISHED:
        return []
    # What comes from elsewhere may lack more than what we wrote ourselves.
    severity = Severity.ERROR if case.source.kind == "own" else Severity.WARNING
    problems = []
    for field, remedy in REQUIRED.items():
        value: object = case
        for part in field.split("."):
            value = getattr(value, part)
        if value is None or value == () or (field == "lessons" and value == type(case.lessons)()):
            problems.append(
                item.source.problem(
                    tuple(field.split(".")),
                    f"已发布的案例缺 {field}。",
                    remedy,
                    "section",
                    severity,
                )
            )
    return problems


def _dates(item: CaseFile, today: datetime.date) -> list[Problem]:
    problems = []
    earlier: tuple[str, datetime.date] | None = None
    for name in Timeline.model_fields:
        moment = getattr(item.case.timeline, name)
        if moment is None:
            continue
        day = as_day(moment)
        path = ("timeline", name)
        title = Timeline.model_fields[name].title
        if isinstance(moment, Month) and item.case.source.kind != "partner":
            problems.append(
                item.source.problem(
                    path, f"{title}只写了月份。", "请写到哪一天，如 2026-03-02。", "month-only"
                )
            )
        if day > today:
            problems.append(
                item.source.problem(
                    path, f"{title}的日期还没有到。", "请核对年月日。", "future-date"
                )
            )
        if earlier and _before(moment, earlier[1]):
            problems.append(
                item.source.problem(
                    path, f"{title}早于{earlier[0]}。", "请核对两个日期的先后。", "date-order"
                )
            )
        if earlier is None or not _before(moment, earlier[1]):
            earlier = (str(title), moment)
    received = item.case.received_on
    if received and received.year != item.case.year:
        problems.append(
            item.source.problem(
                ("timeline", "received"),
                f"收到的年份与编号里的 {item.case.year} 不同。",
                "编号用收到投诉那年；请核对。",
                "year",
                Severity.WARNING,
            )
        )
    return problems


def _revision(item: CaseFile, today: datetime.date) -> list[Problem]:
    """Return what is wrong with the day of a revision, by which subscribers learn of it."""
    revision, closed = item.case.revision, item.case.timeline.closed
    if revision is None:
        return []
    path = ("revision", "date")
    if revision.date > today:
        what, remedy = "修订的日期还没有到。", "请核对年月日。"
        return [item.source.problem(path, what, remedy, "future-date")]
    if closed is not None and _before(revision.date, closed):
        what, remedy = "修订早于结案。", "请核对两个日期的先后。"
        return [item.source.problem(path, what, remedy, "date-order")]
    return []


def _before(one: datetime.date, other: datetime.date) -> bool:
    """Return whether `one` is before `other`; days and times count only where both have them."""
    if isinstance(one, datetime.datetime) and isinstance(other, datetime.datetime):
        return one < other
    if isinstance(one, Month) or isinstance(other, Month):
        return (one.year, one.month) < (other.year, other.month)
    return as_day(one) < as_day(other)


def _amounts(item: CaseFile) -> list[Problem]:
    amounts = item.case.amounts
    problems = []
    if amounts.recovered is not None and not amounts.note:
        base = amounts.claimed if amounts.claimed is not None else amounts.disputed
        if base is not None and amounts.recovered > base:
            problems.append(
                item.source.problem(
                    ("amounts", "recovered"),
                    "追回的金额多于请求的金额。",
                    "请核对；确实如此的，在 amounts.note 写明原因。",
                    "amounts",
                )
            )
    return problems


def _procedure(item: CaseFile, book: Casebook) -> list[Problem]:
    """Return contradictions between how a case ended and what goes with it."""
    case = item.case
    outcomes = book.vocabularies["outcomes"]
    groups = {
        term.id
        for outcome in case.outcomes
        if outcome in outcomes
        for term in outcomes.path(outcome)
    }
    ended = bool(groups & ENDED)
    withdrawn = case.status is Status.WITHDRAWN
    rules = (
        (
            ended and case.ground is None and case.status is Status.PUBLISHED,
            "ground",
            "不予受理或终止的案例缺具体情形。",
            "请从 grounds 词表里选一个写进 ground。",
        ),
        (
            case.ground is not None and not groups & (ENDED | MAY_END),
            "ground",
            "写了不予受理或终止的情形，处理结果却不是这样。",
            "请核对 outcomes 和 ground。",
        ),
        (
            case.withdrawal is not None and not withdrawn,
            "withdrawal",
            "写了撤下说明，状态却不是 withdrawn。",
            "请核对 status。",
        ),
        (
            case.withdrawal is None and withdrawn,
            "status",
            "已撤下的案例缺撤下说明。",
            "请写 withdrawal 的 date 和 notice。",
        ),
        (
            case.sample and case.review is not None,
            "review",
            "示例案例不写审核。",
            "请删掉 review。",
        ),
    )
    # what became of a partner's terms is not for us to mend
    severity = Severity.WARNING if case.source.kind == "partner" else Severity.ERROR
    return [
        item.source.problem(
            (field,), what, remedy, "procedure", severity if field == "ground" else Severity.ERROR
        )
        for broken, field, what, remedy in rules
        if broken
    ]


def _actions(session: Document[SessionMeta], today: datetime.date) -> list[Problem]:
    problems = []
    for number, action in enumerate(session.meta.actions):
        path = ("actions", number)
        if action.done and action.done < session.meta.date:
            problems.append(
                session.source.problem(
                    (*path, "done"), "完成日期早于复盘会。", "请核对日期。", "date-order"
                )
            )
        if not action.done and action.due < today:
            problems.append(
                session.source.problem(
                    (*path, "due"),
                    "整改过了期限还没有完成。",
                    "完成的请填 done；没完成的请在下次复盘会上说明。",
                    "overdue",
                    Severity.WARNING,
                )
            )
    return problems
