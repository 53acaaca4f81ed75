"""The brief: one page to take to a mediation, which is also a report of the search for 类案.

Parts of short rows, so that whoever prints it needs to know nothing of mediations. The
report has the seven parts of 法发〔2020〕24号 article 8: who, when, which library, how, what was
found, its points, the dispute's own issues, and whether they are relied on. The pasted text
itself is not in it. Twin of `builder/site/client/brief.js`.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from builder.index.handbook import Checklist, Handbook
from builder.model.calendar import Calendar
from builder.search.comparison import LEVELS, in_yuan
from builder.search.deadlines import Deadline, deadlines
from builder.search.library_index import LibraryIndex
from builder.search.likely_types import LikelyType
from builder.search.outlook_lines import outlook_lines
from builder.search.same_type import Precedent, SameType, words_of
from builder.text.excerpt import first_line

PRECEDENTS: Final = 3
OFFERS: Final = 4
STEPS: Final = 5  # of each checklist
PROVISIONS: Final = 5
_POINT: Final = 54  # code points of what a precedent teaches
_OFFER: Final = 40
_PARAPHRASE: Final = 60
_OTHER_TYPES: Final = 2
_SUMMED: Final = ("同类案例", "谈成", "没谈成", "追回", "用时", "管用的办法", "前车之鉴")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a part; `cases` are ids of those that it stands on."""

    label: str
    text: str
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a brief.

    `kind` says how its rows are set: `rows`, `checks` to tick off, or `blanks` to write in.
    """

    id: str
    title: str
    kind: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """One page, part by part."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a brief counts from; None where they are not known."""

    searched: datetime.date
    received: datetime.date | None = None
    accepted: datetime.date | None = None


def make_brief(index: LibraryIndex, found: SameType, days: Days) -> Brief:
    """Return the brief for what a lookup found.

    Args:
        found: with at least `PRECEDENTS` precedents where there are so many.

    Raises:
        IndexFolderError: the index is damaged.
    """
    book = index.handbook
    parts = [
        Part("type", "可能的类型", "rows", _types(index, found)),
        Part("days", "期限", "rows", _deadlines(days, book)),
        *_checklists(found, book),
        Part("law", "法律依据（现行）", "rows", _law(index, found, book)),
        Part("precedents", "先例及要点", "rows", _precedents(index, found)),
        Part("offers", "谈成过的方案", "rows", _offers(index, found)),
        Part("sum", "合起来看", "rows", _sum(index, found)),
        Part(
            "own",
            "本件",
            "blanks",
            (Row("争议焦点", ""), Row("是否参照先例、为什么", ""), Row("笔记", "")),
        ),
        Part("search", "检索情况", "rows", _search(index, found, days.searched)),
    ]
    return Brief("调解准备单 · 同类案例检索单", tuple(part for part in parts if part.rows))


def _types(index: LibraryIndex, found: SameType) -> tuple[Row, ...]:
    if not found.likely:
        labels = "、".join(
            index.vocabulary.label("dispute_types", one) for one in found.asked.types
        )
        return (Row("类型", labels),) if labels else ()
    first, *others = found.likely
    rows = [Row(first.confidence, f"{first.label}{type_evidence(first)}", _ids(index, first.cases))]
    if others:
        labels = "、".join(other.label for other in others[:_OTHER_TYPES])
        rows.append(Row("也要想到", labels))
    return tuple(rows)


def type_evidence(likely: LikelyType) -> str:
    """Return what speaks for a likely type, in brackets."""
    words = "、".join(f"“{word}”" for word in likely.words[:3])
    told = [f"说到{words}"] if words else []
    if likely.cases:
        told.append(f"最近的案例里有 {len(likely.cases)} 件是这一类")
    return f"（{'；'.join(told)}）" if told else ""


def _checklists(found: SameType, book: Handbook) -> list[Part]:
    lists = [
        book.checklists[one]
        for one in [*found.asked.types[:1], *found.asked.parents[:1]]
        if one in book.checklists
    ]
    kinds = (("ask", "要问"), ("see", "要看"), ("collect", "要收"))
    return [
        Part(kind, title, "checks", tuple(Row("", step) for step in _steps(lists, place)))
        for place, (kind, title) in enumerate(kinds)
    ]


def _steps(lists: Sequence[Checklist], place: int) -> list[str]:
    return list(dict.fromkeys(step for one in lists for step in one[place]))[:STEPS]


def _deadlines(days: Days, book: Handbook) -> tuple[Row, ...]:
    if days.received is None:
        return (Row("", "填上收到投诉的日期，就能数出受理和调解的期限。"),)
    calendar = Calendar(
        frozenset(book.years),
        frozenset(map(datetime.date.fromisoformat, book.off)),
        frozenset(map(datetime.date.fromisoformat, book.work)),
    )
    return tuple(
        Row(one.day.isoformat(), deadline_in_words(one, book))
        for one in deadlines(days.received, days.accepted, calendar)
    )


def deadline_in_words(deadline: Deadline, book: Handbook) -> str:
    """Return what has to be done by a day, how it was counted and by which article."""
    article = book.law[deadline.citation].label if deadline.citation in book.law else ""
    told = [f"{deadline.step}：{deadline.counted}，{article or deadline.citation}。"]
    if deadline.is_provisional:
        told.append("还没受理，按最晚受理的那天推算。")
    told.append(deadline.note)
    if not deadline.is_known:
        told.append("节假日表没有写到这一年，只按周末数。")
    return "".join(told)


def _law(index: LibraryIndex, found: SameType, book: Handbook) -> tuple[Row, ...]:
    """Return what such cases stand on most, then what the nearest of them stands on."""
    nearest = found.outlook.cases[:1]
    wanted = dict.fromkeys(
        [
            *(one.id for one in found.outlook.law),
            *sorted(found.asked.law),
            *(one for no in nearest for one in index.display(no)["compared"]["law"]),
        ]
    )
    rows = []
    for citation in wanted:
        if citation in book.law:
            label, text, since = book.law[citation]
            rows.append(Row(label, f"{first_line(text, _PARAPHRASE)}（{since} 起施行）"))
    return tuple(rows[:PROVISIONS])


def _precedents(index: LibraryIndex, found: SameType) -> tuple[Row, ...]:
    return tuple(_precedent(index, one) for one in found.precedents[:PRECEDENTS])


def _precedent(index: LibraryIndex, precedent: Precedent) -> Row:
    hit, held = precedent.hit, precedent.comparison
    sections = index.display(hit.case_no)["sections"]
    point = sections.get("turning_point") or sections.get("result") or ""
    alike = "、".join(f"{name}{LEVELS[axis.level]}" for name, axis in held.axes)
    told = [f"{hit.card['title']}（{'、'.join(hit.card['outcomes'])}；{alike}）"]
    if point:
        told.append(f"要点：{first_line(point, _POINT)}")
    if held.differences:
        told.append(f"不同：{'；'.join(held.differences[:2])}")
    return Row(hit.id, "。".join(one.rstrip("。") for one in told) + "。", (hit.id,))


def _offers(index: LibraryIndex, found: SameType) -> tuple[Row, ...]:
    rows: list[Row] = []
    for no in found.outlook.settled[:OFFERS]:
        shown = index.display(no)
        case = shown["compared"]
        sums = [
            f"{name} {in_yuan(amount)} 元"
            for name, amount in (("请求", case["claimed"]), ("追回", case["recovered"]))
            if amount is not None
        ]
        if case["days"] is not None:
            sums.append(f"{case['days']} 天")
        told = "，".join(sums)
        result = first_line(shown["sections"].get("result", ""), _OFFER)
        rows.append(Row(shown["id"], f"{told}：{result}" if told else result, (shown["id"],)))
    return tuple(rows)


def _sum(index: LibraryIndex, found: SameType) -> tuple[Row, ...]:
    """Return the outlook, what has the same label in one row."""
    lines = outlook_lines(found.outlook, words_of(index))
    rows = []
    for label in _SUMMED:
        some = [line for line in lines if line.label == label]
        cases = dict.fromkeys(no for line in some for no in line.cases)
        if some:
            told = "；".join(line.text.rstrip("。") for line in some)
            rows.append(Row(label, told, _ids(index, cases)))
    return tuple(rows)


def _search(index: LibraryIndex, found: SameType, day: datetime.date) -> tuple[Row, ...]:
    meta = index.meta
    how = f"编号 {found.query.case_id}" if found.query.case_id else "整段诉求，按文字找相近的案例"
    if found.conditions:
        how += f"；条件：{'；'.join(found.conditions)}"
    count = f"{'至少 ' if found.at_least else ''}{found.total} 件有相同之处"
    return (
        Row("检索人", ""),
        Row("时间", day.isoformat()),
        Row("案例库", f"{meta.workshop}《{meta.title}》，{meta.case_count} 件，截至 {meta.as_of}"),
        Row("方法", how),
        Row("结果", f"{count}，同一类型的 {len(found.outlook.cases)} 件"),
    )


def _ids(index: LibraryIndex, numbers: Iterable[int]) -> tuple[str, ...]:
    return tuple(index.display(no)["id"] for no in numbers)
