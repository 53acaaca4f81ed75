"""日反馈 and 周通报 in words: the one page that is printed, and written as Word."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from builder.intake.board import Board, Due, Standing, Urgency, moment_of
from builder.intake.report import Group, Rate, Report, report
from builder.model.case import written_moment
from builder.model.ledger import Ledger, Light
from builder.model.statute import parse_citation
from builder.model.vocabulary import Vocabularies
from builder.wording import yuan

_WEEKDAYS: Final = "一二三四五六日"
_LISTED: Final = 12  # urgent tickets on a page
_TYPES: Final = 6
_STATIONS: Final = 10
_DAY: Final = datetime.timedelta(days=1)
LIGHT_NAMES: Final = {
    Light.BLACK: "黑（未受理）",
    Light.RED: "红（在办）",
    Light.GREEN: "绿（已办结）",
}


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its heading."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report of one page."""

    title: str
    subtitle: str
    lead: tuple[tuple[str, str], ...]  # a label and a sentence each
    grids: tuple[Grid, ...]
    notes: tuple[str, ...]  # definitions, and what the ledger does not tell


def day_sheet(ledger: Ledger, words: Vocabularies, workshop: str, day: datetime.date) -> Sheet:
    """Return the 日反馈 of a day."""
    made = report(ledger, words, day, day, moment_of(ledger, day))
    subtitle = f"{_in_words(day)}（星期{_WEEKDAYS[day.weekday()]}）"
    return _sheet("日反馈", subtitle, made, words, workshop, "前一日")


def week_sheet(ledger: Ledger, words: Vocabularies, workshop: str, day: datetime.date) -> Sheet:
    """Return the 周通报 of the week, Monday to Sunday, that a day is in."""
    first = day - _DAY * day.weekday()
    last = first + _DAY * 6
    as_of = ledger.as_of
    at = as_of if first <= as_of.date() <= last else moment_of(ledger, last)
    made = report(ledger, words, first, last, at)
    subtitle = f"{_in_words(first)}至{_in_words(last)}"
    return _sheet("周通报", subtitle, made, words, workshop, "前一周")


def share_in_words(rate: Rate) -> str:
    """Return a share as people read it: 8/10，80.0%."""
    if not rate.whole:
        return "无（期内没有可算的）"
    told = f"{rate.part}/{rate.whole}"
    return f"{told}，{rate.percent}" if rate.percent else told


def due_in_words(due: Due, words: Vocabularies) -> str:
    """Return by when what is due, and which article says so."""
    citation = parse_citation(due.citation)
    known = citation is not None and citation.statute in words.statutes
    basis = words.statutes.label(citation) if citation and known else "本单位规定"
    latest = "最晚 " if due.is_provisional else ""
    unsure = "，节假日表没写到" if not due.is_known else ""
    return f"{due.step.label}：{latest}{written_moment(due.by)}（{basis}{unsure}）"


def label_of(words: Vocabularies, vocabulary: str, term_id: str | None) -> str:
    """Return the label of a term; what an export said in other words is not among them."""
    if term_id is None:
        return "未归类"
    terms = words[vocabulary]
    return terms.label(term_id) if term_id in terms else term_id


def as_of_in_words(made: Board) -> str:
    """Return up to when a board tells, and whether the ledger reaches that far."""
    told = f"截至 {written_moment(made.at)}"
    if made.at > made.as_of:
        return f"{told}；台账只到 {written_moment(made.as_of)}，之后的变化还没导入"
    return told


def lights_in_words(made: Board) -> str:
    """Return how many tickets have each colour, and how many are over or near."""
    counts = made.counts()
    lights = "，".join(f"{name}{counts[light]} 件" for light, name in LIGHT_NAMES.items())
    over, near = len(made.having(Urgency.OVER)), len(made.having(Urgency.NEAR))
    return f"{lights}；已超期 {over} 件，临期 {near} 件。"


def _sheet(
    kind: str, subtitle: str, made: Report, words: Vocabularies, workshop: str, before: str
) -> Sheet:
    over, near = made.board.having(Urgency.OVER), made.board.having(Urgency.NEAR)
    change = len(made.received) - made.received_before
    compared = f"比{before}{'多' if change > 0 else '少'} {abs(change)} 件" if change else "持平"
    lead = [
        (
            "收办",
            f"收到 {len(made.received)} 件（{before} {made.received_before} 件，{compared}），"
            f"受理 {made.accepted} 件，不予受理 {made.refused} 件，到场 {made.visited} 件，"
            f"办结 {len(made.closed)} 件。",
        ),
        ("黑红绿", lights_in_words(made.board)),
        ("挽回损失", _money(made)),
    ]
    if made.groups:
        people = sum(ticket.consumers for ticket in made.groups)
        numbers = "、".join(ticket.number for ticket in made.groups[:5])
        more = "等" if len(made.groups) > 5 else ""
        lead.append(("群体投诉", f"{len(made.groups)} 件，{people} 人：{numbers}{more}。"))
    grids = [_rates(made.rates)]
    if kind == "周通报":
        grids.append(_group_grid("各所", "所", made.stations, words, "stations", _STATIONS))
    grids.append(_group_grid("纠纷类型", "类型", made.types, words, "dispute_types", _TYPES))
    if over or near:
        grids.append(_urgent((*over, *near), words))
    return Sheet(
        title=f"{workshop}消费投诉{kind}",
        subtitle=f"{subtitle}　{as_of_in_words(made.board)}",
        lead=tuple(lead),
        grids=tuple(grids),
        notes=_notes(made),
    )


def _money(made: Report) -> str:
    told = f"期内办结的挽回 {yuan(made.recovered)}"
    if made.recovered_unknown:
        told += f"（另有 {made.recovered_unknown} 件调成的没写金额）"
    return f"{told}；期内收到的涉及 {yuan(made.disputed)}。"


def _rates(rates: Sequence[Rate]) -> Grid:
    rows = [
        (rate.name, share_in_words(rate), f"{rate.unknown} 件" if rate.unknown else "")
        for rate in rates
    ]
    return Grid("指标", ("指标", "件数和比例", "台账没写明"), tuple(rows))


def _group_grid(
    title: str,
    name: str,
    groups: Sequence[Group],
    words: Vocabularies,
    vocabulary: str,
    most: int,
) -> Grid:
    rows = [
        (
            label_of(words, vocabulary, group.id),
            str(group.received),
            str(group.before),
            str(group.closed),
            str(group.open),
            str(group.over),
        )
        for group in groups[:most]
    ]
    left = len(groups) - most
    return Grid(
        title,
        (name, "收到", "前期收到", "办结", "未办结", "超期"),
        tuple(rows),
        f"另有 {left} 项没有列出。" if left > 0 else "",
    )


def _urgent(standings: Sequence[Standing], words: Vocabularies) -> Grid:
    rows = [
        (
            one.ticket.number,
            one.urgency.label,
            due_in_words(one.dues[0], words),
            label_of(words, "stations", one.ticket.station),
        )
        for one in standings[:_LISTED]
    ]
    left = len(standings) - _LISTED
    return Grid(
        "超期和临期",
        ("编号", "情况", "期限和依据", "所"),
        tuple(rows),
        f"另有 {left} 件，见黑红绿台账。" if left > 0 else "",
    )


def _notes(made: Report) -> tuple[str, ...]:
    notes = [f"{rate.name}——{rate.means}" for rate in made.rates]
    notes.append(
        "挽回损失——期内办结的投诉，台账写明退、赔给消费者的金额之和。不到 5 件的不算比例。"
    )
    if made.undated:
        notes.append(f"有 {made.undated} 件只写已办结、没写哪天，不在办结和比例里。")
    return tuple(notes)


def _in_words(day: datetime.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
