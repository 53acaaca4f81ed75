"""Pick the cases for a Tuesday, and say why each.

One case that is due again, one that is new since the last session, and then the dispute
types that have waited longest, those that came in often lately first. At most one case of
a type. The same library, day and wishes give the same plan.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from builder.checks.cleared import ClearedAction, ClearedCase, ClearedCasebook
from builder.errors import WrongUseError
from builder.model.vocabulary import Vocabularies
from builder.study.history import History

DEFAULT_MINUTES: Final = 60
LEAST_MINUTES: Final = 20
OPENING: Final = 8  # minutes for what is still open
CLOSING: Final = 10  # minutes for the self-test and for what to write down
A_CASE: Final = 14  # minutes that a case needs at least
MOST_CASES: Final = 6

# A case comes back four weeks after the first time, then each time after twice as long as
# it had really stayed away, so that the intervals grow even where a Tuesday was full.
# Source: expanding retrieval practice, Landauer and Bjork 1978. No scheduler library: those
# at hand want a grade of recall by one learner, and a meeting gives none.
FIRST_RETURN: Final = datetime.timedelta(days=28)
GROWTH: Final = 2
REST: Final = datetime.timedelta(days=21)  # nothing is studied again sooner
LATELY: Final = datetime.timedelta(days=120)
OFTEN: Final = 3  # cases of a type received lately that make it frequent


@dataclass(frozen=True, slots=True)
class Pick:
    """A case to study, why, and for how many minutes."""

    case: ClearedCase
    reasons: tuple[str, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do on one day.

    Attributes:
        open_actions: 整改 that are not done, with the date of the session that set each.
        opening, closing: minutes before and after the cases.
    """

    day: datetime.date
    minutes: int
    picks: tuple[Pick, ...]
    open_actions: tuple[tuple[ClearedAction, str], ...]
    opening: int
    closing: int


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the host wants: cases to take, cases to leave out, how long."""

    minutes: int = DEFAULT_MINUTES
    pinned: tuple[str, ...] = ()
    excluded: frozenset[str] = frozenset()


NO_WISHES: Final = Wishes()


def make_plan(cleared: ClearedCasebook, day: datetime.date, wishes: Wishes = NO_WISHES) -> Plan:
    """Return the plan for a day.

    Raises:
        WrongUseError: a wished id is none of a case, or there is too little time.
    """
    if wishes.minutes < LEAST_MINUTES:
        raise WrongUseError(
            "--minutes", f"{wishes.minutes} 分钟太短。", f"请给 {LEAST_MINUTES} 分钟以上。"
        )
    for case_id in (*wishes.pinned, *sorted(wishes.excluded)):
        if case_id not in cleared.by_id:
            raise WrongUseError(case_id, "没有这个编号的案例。", "请用 casebook search 查编号。")
    history = History.before(cleared, day)
    count = min(MOST_CASES, max(1, (wishes.minutes - OPENING - CLOSING) // A_CASE))
    chosen = _Choice(history, cleared.vocabularies, wishes).cases(cleared, count)
    share = (wishes.minutes - OPENING - CLOSING) // max(1, len(chosen))
    return Plan(
        day=day,
        minutes=wishes.minutes,
        picks=tuple(Pick(case, reasons, share) for case, reasons in chosen),
        open_actions=tuple((action, session.date) for action, session in history.open_actions),
        opening=OPENING,
        closing=CLOSING,
    )


def is_settled(case: ClearedCase, vocabularies: Vocabularies) -> bool | None:
    """Return whether a case was settled, by the first of its outcomes that says so."""
    outcomes = vocabularies["outcomes"].by_id
    told = (outcomes[one].settled for one in case.outcomes if one in outcomes)
    return next((settled for settled in told if settled is not None), None)


def due_again(days: Sequence[datetime.date]) -> datetime.date:
    """Return the day from which a case that was studied on these days is due again."""
    if len(days) < 2:
        return days[-1] + FIRST_RETURN
    return days[-1] + max(FIRST_RETURN, GROWTH * (days[-1] - days[-2]))


Candidates = Iterable[tuple[ClearedCase, str]]  # best first, each with the reason


class _Choice:
    """The picking of one plan: what is taken changes what may follow."""

    def __init__(self, history: History, vocabularies: Vocabularies, wishes: Wishes) -> None:
        self._history = history
        self._vocabularies = vocabularies
        self._wishes = wishes
        self._chosen: dict[str, tuple[ClearedCase, tuple[str, ...]]] = {}
        self._types: set[str] = set()
        self._since = history.day - LATELY
        self._lately = Counter(
            _type(case) for case in history.cases if case.received[:10] >= str(self._since)
        )

    def cases(
        self, cleared: ClearedCasebook, count: int
    ) -> list[tuple[ClearedCase, tuple[str, ...]]]:
        """Return up to `count` cases with the reasons for each; pinned ones in any case."""
        for case_id in self._wishes.pinned:
            self._add(cleared.by_id[case_id], "主持人点名")
        for candidates, most in ((self._due(), 1), (self._new(), 1), (self._waiting(), count)):
            left = most
            for case, reason in candidates:
                if not left or len(self._chosen) >= count:
                    break
                if self._fits(case):
                    self._add(case, reason)
                    left -= 1
        return list(self._chosen.values())

    def _fits(self, case: ClearedCase) -> bool:
        """Return whether a case may be taken: not of a type that is taken, not studied lately."""
        days = self._history.studied.get(case.id)
        return (
            case.id not in self._wishes.excluded
            and _type(case) not in self._types
            and (not days or self._history.day - days[-1] > REST)
        )

    def _add(self, case: ClearedCase, reason: str) -> None:
        days = self._history.studied.get(case.id, ())
        told = [reason]
        if is_settled(case, self._vocabularies) is False:
            told.append("没有调成")
        if self._is_group(case):
            told.append("群体投诉")
        if days:
            told.append(f"学过 {len(days)} 次，上次 {days[-1].isoformat()}")
        self._chosen[case.id] = (case, tuple(told))
        self._types.add(_type(case))

    def _is_group(self, case: ClearedCase) -> bool:
        types = self._vocabularies["dispute_types"].by_id
        return any(types[one].mark == "group" for one in case.dispute_types if one in types)

    def _is_important(self, case: ClearedCase) -> bool:
        return is_settled(case, self._vocabularies) is False or self._is_group(case)

    def _due(self) -> Candidates:
        """Yield important cases whose time has come again, the longest overdue first."""
        rows = [
            (due_again(days), case)
            for case in self._history.cases
            if (days := self._history.studied.get(case.id)) and self._is_important(case)
        ]
        rows.sort(key=lambda row: (row[0], row[1].id))
        for due, case in rows:
            if due <= self._history.day:
                yield case, "要紧的案子，到了再看的时候"

    def _new(self) -> Candidates:
        """Yield cases closed since the last session and not studied yet, hard ones first."""
        if not self._history.last_day:
            return
        fresh = [
            case
            for case in self._history.cases
            if case.closed >= self._history.last_day and case.id not in self._history.studied
        ]
        for case in sorted(fresh, key=self._hardest):
            yield case, "上次复盘以后结的"

    def _waiting(self) -> Candidates:
        """Yield the best case of each type, the type that has waited longest first."""
        by_type: dict[str, list[ClearedCase]] = {}
        for case in self._history.cases:
            by_type.setdefault(_type(case), []).append(case)
        for type_id in sorted(by_type, key=self._longest_waiting):
            best = min(by_type[type_id], key=self._hardest)
            yield best, self._why(type_id)

    def _longest_waiting(self, type_id: str) -> tuple[bool, str, int, str]:
        last = self._history.types_studied.get(type_id)
        return (
            not self._is_frequent(type_id),
            last.isoformat() if last else "",
            -self._lately[type_id],
            type_id,
        )

    def _is_frequent(self, type_id: str) -> bool:
        """Return whether a type came in often lately and was not studied meanwhile."""
        last = self._history.types_studied.get(type_id)
        return self._lately[type_id] >= OFTEN and (last is None or last < self._since)

    def _hardest(self, case: ClearedCase) -> tuple[int, bool, str, str]:
        """Order cases of a type: least studied, not settled, then the newest."""
        days = self._history.studied.get(case.id, ())
        newest = "".join(chr(0x10FFFF - ord(char)) for char in case.closed)
        return (len(days), is_settled(case, self._vocabularies) is not False, newest, case.id)

    def _why(self, type_id: str) -> str:
        label = f"“{self._vocabularies['dispute_types'].label(type_id)}”"
        last = self._history.types_studied.get(type_id)
        waited = f"上次学是 {last.isoformat()}" if last else "还没学过"
        if self._is_frequent(type_id):
            return f"近四个月来了 {self._lately[type_id]} 件{label}，{waited}"
        return f"{label}这一类{waited}"


def _type(case: ClearedCase) -> str:
    return case.dispute_types[0] if case.dispute_types else ""
