"""A pack as slides for a projector: short lines for the room, notes for the host."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from builder.checks.cleared import CitedArticle
from builder.study.pack import Pack, PackCase
from builder.study.quiz import Question
from builder.text.excerpt import first_line

_LINE: Final = 60  # code points of a line that comes from a case
_LINES: Final = 5
_LETTERS: Final = "甲乙丙丁"


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide.

    `notes` are for the host; `kind` is `title`, `plain`, `think` or `answer`.
    """

    kind: str
    title: str
    lines: tuple[str, ...]
    notes: tuple[str, ...] = ()


def make_slides(pack: Pack) -> tuple[Slide, ...]:
    """Return the slides of a pack, in order."""
    return tuple(_slides(pack))


def _slides(pack: Pack) -> Iterator[Slide]:
    agenda = tuple(f"{item.minutes} 分钟　{first_line(item.text, _LINE)}" for item in pack.agenda)
    yield Slide("title", pack.title, agenda)
    if pack.open_actions:
        yield Slide(
            "plain",
            "没完成的整改",
            tuple(
                f"{action.due}　{first_line(action.what, _LINE)}（{action.owner}）"
                for action, _ in pack.open_actions[:_LINES]
            ),
            ("逐项问责任人：做了没有，卡在哪里，要不要改期。",),
        )
    for one in pack.cases:
        yield from _case_slides(one)
    for number, question in enumerate(pack.quiz, start=1):
        yield from _quiz_slides(number, question)
    yield Slide(
        "plain",
        "今天定下什么",
        ("经验：哪一条以后照着做", "短板：哪一处不再犯", "整改：做什么、谁负责、哪天前"),
        ("当场记进纪要：网页上填表，或者 casebook study minutes。",),
    )


def _case_slides(one: PackCase) -> Iterator[Slide]:
    case = one.case
    sums = [
        f"{name} {amount} 元"
        for name, amount in (("争议", case.amounts.disputed), ("请求", case.amounts.claimed))
        if amount is not None
    ]
    head = f"案例{_LETTERS[one.number - 1] if one.number <= len(_LETTERS) else one.number}"
    yield Slide(
        "plain",
        f"{head}　{case.title}",
        (*sums, *(f"争：{first_line(issue, _LINE)}" for issue in case.issues[:3])),
        (case.facts.strip(), *_positions(one)),
    )
    yield Slide("think", f"{head}　先想一想", one.questions, ("给三分钟，各人先写下来再说。",))
    shown = [
        ("突破口", case.turning_point),
        ("结果", case.result),
    ]
    yield Slide(
        "answer",
        f"{head}　后来怎样",
        tuple(f"{name}：{first_line(text, 2 * _LINE)}" for name, text in shown if text),
        tuple(text for _, text in shown if text),
    )
    told = ((article.label, first_line(_text(article), _LINE)) for article in case.articles[:3])
    law = tuple(f"{label}：{text}" for label, text in told)
    yield Slide("plain", f"{head}　再议", (*one.afterwards, *law), case.lessons.weak)


def _positions(one: PackCase) -> Iterator[str]:
    positions = one.case.positions
    for name, text in (("消费者", positions.consumer), ("经营者", positions.business)):
        if text:
            yield f"{name}：{text}"


def _text(article: CitedArticle) -> str:
    return article.standing.now_text or article.standing.text


def _quiz_slides(number: int, question: Question) -> Iterator[Slide]:
    options = tuple(f"{_LETTERS[at]}　{text}" for at, text in enumerate(question.options))
    yield Slide("think", f"自测 {number}　{question.text}", options)
    yield Slide(
        "answer",
        f"自测 {number}　答案：{_LETTERS[question.answer]}",
        (question.options[question.answer], question.explanation),
    )
