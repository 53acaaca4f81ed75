"""The self-test of a pack: five questions made from its cases and the law they stand on.

The wrong answers are true of something else. Nothing is drawn by chance: the same plan
gives the same questions, and where the right answer stands hangs on a digest of its words.
"""

import datetime
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from builder.checks.cleared import ClearedCase, ClearedCasebook
from builder.model.statute import StatuteBook, parse_citation
from builder.search.deadlines import deadlines
from builder.text.excerpt import first_line

QUESTIONS: Final = 5
_OPTIONS: Final = 3
_LENGTH: Final = 70  # code points of an option
_WEEK: Final = datetime.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Question:
    """A question with options, one of which is right."""

    text: str
    options: tuple[str, ...]
    answer: int  # place of the right option
    explanation: str


def make_quiz(
    cleared: ClearedCasebook, cases: Sequence[ClearedCase], day: datetime.date
) -> tuple[Question, ...]:
    """Return up to five questions on the cases of a plan.

    Args:
        cases: those of the plan, in its order.
        day: of the session; the question on deadlines counts from it.
    """
    others = [*cases, *(case for case in cleared.cases if case not in cases)]
    made = [
        *_turning_points(cases, others),
        *_failings(cases, others),
        _deadline(cleared, day),
        *_law(cases, cleared.vocabularies.statutes),
    ]
    return tuple(made[:QUESTIONS])


def _question(text: str, right: str, wrong: Sequence[str], explanation: str) -> Question | None:
    options = list(dict.fromkeys([right, *wrong]))[:_OPTIONS]
    if len(options) < _OPTIONS:
        return None
    options.sort(key=lambda option: hashlib.sha256((text + option).encode()).digest())
    return Question(text, tuple(options), options.index(right), explanation)


def _turning_points(
    cases: Sequence[ClearedCase], others: Sequence[ClearedCase]
) -> Iterator[Question]:
    for case in cases[:1]:
        wrong = [cut(other.turning_point) for other in others if other.id != case.id]
        made = _question(
            f"《{case.title}》让事情转弯的（或者没转成的）是哪一处？",
            cut(case.turning_point),
            [text for text in wrong if text],
            f"见 {case.id} 的突破口。",
        )
        if case.turning_point and made:
            yield made


def _failings(cases: Sequence[ClearedCase], others: Sequence[ClearedCase]) -> Iterator[Question]:
    for case in cases[1:2] or cases[:1]:
        if not case.lessons.weak:
            continue
        made = _question(
            f"“{cut(case.lessons.weak[0])}”这是哪一件的短板？",
            case.title,
            [other.title for other in others if other.id != case.id],
            f"见 {case.id} 的复盘。",
        )
        if made:
            yield made


def _deadline(cleared: ClearedCasebook, day: datetime.date) -> Question:
    first = deadlines(day, None, cleared.vocabularies.calendar)[0]
    citation = parse_citation(first.citation)
    statutes = cleared.vocabularies.statutes
    known = citation is not None and citation.statute in statutes
    article = statutes.label(citation) if known and citation else first.citation
    wrong = [one for one in (day + _WEEK, first.day + _WEEK, day + 2 * _WEEK) if one != first.day]
    made = _question(
        f"{in_words(day)}收到一件投诉，最晚哪天要决定受不受理并告知？",
        in_words(first.day),
        [in_words(one) for one in wrong],
        f"{first.counted}，{article}。",
    )
    assert made is not None  # three different days
    return made


def _law(cases: Sequence[ClearedCase], statutes: StatuteBook) -> Iterator[Question]:
    """Yield what articles say, one of each case in turn, as they stand now."""
    asked = set()
    for place in range(max((len(case.articles) for case in cases), default=0)):
        for case in cases:
            if place >= len(case.articles):
                continue
            standing = case.articles[place].standing
            citation = case.articles[place].citation if not standing.now else standing.now
            text = standing.now_text or standing.text
            if citation in asked or not text or citation.statute not in statutes:
                continue
            asked.add(citation)
            articles = statutes.by_id[citation.statute].versions[-1].articles
            wrong = [cut(other) for key, other in articles.items() if key != citation.article]
            label = statutes.label(citation)
            made = _question(
                f"{label}说的是哪一样？", cut(text), wrong, f"见 {case.id} 的法律依据。"
            )
            if made:
                yield made


def cut(text: str) -> str:
    """Return the beginning of a text that fits into an option."""
    return first_line(text, _LENGTH)


def in_words(day: datetime.date) -> str:
    """Return a day as people write it: 2026年12月1日（星期二）."""
    weekday = "一二三四五六日"[day.weekday()]
    return f"{day.year}年{day.month}月{day.day}日（星期{weekday}）"
