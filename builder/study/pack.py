"""What the host opens on Tuesday: agenda, cases with their outcome apart, questions, self-test."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from builder.checks.cleared import ClearedAction, ClearedCase, ClearedCasebook
from builder.study.plan import Pick, Plan, is_settled
from builder.study.quiz import Question, cut, in_words, make_quiz

_ISSUES: Final = 2


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A point of the agenda, with the minutes from the start at which it begins."""

    begins: int
    minutes: int
    text: str


@dataclass(frozen=True, slots=True)
class Contrast:
    """A case like the one studied that ended otherwise."""

    id: str
    title: str
    settled: bool


@dataclass(frozen=True, slots=True)
class PackCase:
    """A case of the pack.

    Attributes:
        questions: to think about before the outcome is shown.
        afterwards: to discuss once it is.
        contrast: the nearest case with another outcome, or None.
    """

    number: int
    pick: Pick
    questions: tuple[str, ...]
    afterwards: tuple[str, ...]
    contrast: Contrast | None

    @property
    def case(self) -> ClearedCase:
        return self.pick.case


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything for one session."""

    plan: Plan
    title: str
    agenda: tuple[AgendaItem, ...]
    cases: tuple[PackCase, ...]
    quiz: tuple[Question, ...]

    @property
    def open_actions(self) -> tuple[tuple[ClearedAction, str], ...]:
        """整改 from before, with the date of the session that set each."""
        return self.plan.open_actions


def make_pack(cleared: ClearedCasebook, plan: Plan, likes: Mapping[str, Sequence[str]]) -> Pack:
    """Return the pack for a plan.

    Args:
        likes: case id -> ids of the cases most like it, best first.
    """
    cases = tuple(
        _pack_case(cleared, number, pick, likes.get(pick.case.id, ()))
        for number, pick in enumerate(plan.picks, start=1)
    )
    return Pack(
        plan=plan,
        title=f"{in_words(plan.day)}复盘",
        agenda=tuple(_agenda(plan)),
        cases=cases,
        quiz=make_quiz(cleared, [one.case for one in cases], plan.day),
    )


def _agenda(plan: Plan) -> list[AgendaItem]:
    count = len(plan.open_actions)
    opening = f"对一遍没完成的整改（{count} 项）" if count else "开场，上次的整改都完成了"
    rows = [(plan.opening, opening)]
    rows += [(pick.minutes, f"案例：{pick.case.title}") for pick in plan.picks]
    rows.append((plan.closing, "自测五题；定下经验、短板、整改和责任"))
    items, begins = [], 0
    for minutes, text in rows:
        items.append(AgendaItem(begins, minutes, text))
        begins += minutes
    return items


def _pack_case(cleared: ClearedCasebook, number: int, pick: Pick, likes: Sequence[str]) -> PackCase:
    case = pick.case
    settled = is_settled(case, cleared.vocabularies)
    contrast = _contrast(cleared, case, settled, likes)
    return PackCase(
        number=number,
        pick=pick,
        questions=tuple(_questions(case)),
        afterwards=tuple(_afterwards(case, settled, contrast)),
        contrast=contrast,
    )


def _questions(case: ClearedCase) -> list[str]:
    asked = [f"“{issue}”：换成您，先问谁、先看什么？" for issue in case.issues[:_ISSUES]]
    if case.positions.consumer and case.positions.business:
        asked.append("两边各自最怕什么、最低能接受什么？写下一个您估的数。")
    asked.append("手里还缺哪样东西？去哪儿能拿到？")
    return asked


def _afterwards(case: ClearedCase, settled: bool | None, contrast: Contrast | None) -> list[str]:
    asked = []
    if case.turning_point:
        asked.append(
            "没转成弯，差在哪一步？谁来、什么时候做，才转得过来？"
            if settled is False
            else "这个突破口是碰上的，还是找出来的？下一回怎样能早点找到？"
        )
    asked += [f"短板“{cut(weak)}”：今天起改成怎么做？" for weak in case.lessons.weak[:1]]
    if contrast and settled is not None:
        how = "为什么那一起谈成了" if contrast.settled else "为什么那一起没谈成"
        asked.append(f"对照 {contrast.id}《{contrast.title}》：{how}，差别在事、在人，还是在做法？")
    return asked


def _contrast(
    cleared: ClearedCasebook, case: ClearedCase, settled: bool | None, likes: Sequence[str]
) -> Contrast | None:
    """Return the nearest case that ended otherwise, one of the same type before others."""
    if settled is None:
        return None
    found = []
    for place, case_id in enumerate(likes):
        other = cleared.by_id.get(case_id)
        if other is None or is_settled(other, cleared.vocabularies) is not (not settled):
            continue
        shares = bool(set(case.dispute_types) & set(other.dispute_types))
        found.append((not shares, place, other))
    if not found:
        return None
    _, _, other = min(found, key=lambda row: row[:2])
    return Contrast(other.id, other.title, not settled)
