"""Is a case written so that the next mediator can use it?

What a published case of this library is held to: a course of events one could act on,
an offer and its answer, something said in so many words, the four sights, what turned
it, and a failing named. Taste stays with the reader; what can be counted is counted here.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from builder.library.casebook import Casebook, CaseFile
from builder.library.problem import Problem, Severity
from builder.model.case import Case, Status

SHORTEST, LONGEST = 700, 1300  # Chinese characters of all sections together
_FEWEST_FIGURES = 3
_SAME_OPENING = 6  # characters
_SAME_OPENINGS = 3  # sections that begin with the same two characters
_HAN = re.compile(r"[\u4e00-\u9fff]")
_NUMBER = r"[\d.]+|[零一二两三四五六七八九十百千万半]+"
_FIGURE = re.compile(
    rf"(?:{_NUMBER})(?:元|块|天|日|个月|周|年|小时|分钟)|[一二三四五六七八九十]+月[初中底上下]?"
)
_OFFER = re.compile(rf"(?:{_NUMBER})(?:元|块|折|成|倍|%|个月|次|天|节|年|件|张|个点|个工作日)")
_SAID = re.compile(r"“[^”]{4,}”")
_OPENING_SECTIONS = ("facts", "evidence", "process", "turning_point", "result", "analysis")
_SIGHTS = {"person": "见本人", "scene": "见现场", "problem": "见问题", "result": "见成效"}


def check_writing(book: Casebook) -> list[Problem]:
    """Return a warning for each thing a reviewed or published case lacks."""
    cases = [item for item in book.cases if item.case.status in (Status.REVIEWED, Status.PUBLISHED)]
    problems = [problem for item in cases for problem in _lacking(item)]
    return [*problems, *_same_openings(cases)]


def sections(case: Case) -> list[str]:
    """Return every section of prose that is there, in the order of the case page."""
    lessons = [*case.lessons.good, *case.lessons.weak, *case.lessons.reusable]
    parts = [case.facts, case.positions.consumer, case.positions.business, *case.issues]
    parts += [case.evidence, case.process, case.turning_point, case.result, case.analysis]
    parts += [*(lesson.text for lesson in lessons), case.tips.consumer, case.tips.business]
    return [part for part in parts if part]


def _lacking(item: CaseFile) -> list[Problem]:
    case = item.case
    text = "".join(sections(case))
    length = len(_HAN.findall(text))
    found: list[tuple[str, str, str]] = []
    if length < SHORTEST:
        found.append(
            ("facts", f"各节一共 {length} 个字，少于 {SHORTEST}。", "把经过和出价写具体些。")
        )
    if length > LONGEST:
        found.append(("facts", f"各节一共 {length} 个字，多于 {LONGEST}。", "删去与处理无关的话。"))
    if len(set(_FIGURE.findall(text))) < _FEWEST_FIGURES:
        found.append(("facts", "金额和日子不到三处。", "写出多少钱、多少天、什么时候。"))
    if not _SAID.search("".join(sections(case)[:-2])):
        found.append(("process", "没有一句原话。", "把最要紧的一句照原样写出来，加上引号。"))
    if not _has_offers(case):
        found.append(("process", "看不出谁出了什么价、对方怎么还。", "写清各方提过的数目和方案。"))
    for name, label in _SIGHTS.items():
        sight = getattr(case.four_sights, name)
        if sight is None or not sight.note:
            found.append(
                (f"four_sights.{name}", f"没写{label}。", "写见到了什么；没见到写为什么。")
            )
    if not case.turning_point:
        found.append(("turning_point", "没写突破口。", "写是什么让事情转了弯；没有转弯也照实写。"))
    if not case.lessons.weak:
        found.append(("lessons", "没写短板。", "写一条没做好的做法，写做法不写人。"))
    return [
        item.source.problem(tuple(field.split(".")), what, remedy, "writing", Severity.WARNING)
        for field, what, remedy in found
    ]


def _has_offers(case: Case) -> bool:
    asked = set(_OFFER.findall(case.positions.consumer or ""))
    answered = set(_OFFER.findall((case.positions.business or "") + (case.process or "")))
    return bool(answered) and len(asked | answered) >= 2


def _same_openings(cases: Sequence[CaseFile]) -> list[Problem]:
    """Name cases that begin as an earlier one does, in one section or in several."""
    problems = []
    starts: dict[tuple[str, str], list[int]] = defaultdict(list)
    seen: dict[tuple[str, str], int] = {}
    for number, item in enumerate(cases):
        alike: dict[int, int] = defaultdict(int)
        for name in _OPENING_SECTIONS:
            opening = "".join(_HAN.findall(getattr(item.case, name) or ""))[:_SAME_OPENING]
            if len(opening) < _SAME_OPENING:
                continue
            earlier = seen.setdefault((name, opening), number)
            if earlier != number:
                problems.append(_opening(item, cases[earlier], name, "开头和它一样"))
            for other in starts[(name, opening[:2])]:
                alike[other] += 1
            starts[(name, opening[:2])].append(number)
        for other, count in sorted(alike.items()):
            if count >= _SAME_OPENINGS:
                problems.append(_opening(item, cases[other], "facts", f"{count} 节的开头都像它"))
    return problems


def _opening(item: CaseFile, other: CaseFile, name: str, how: str) -> Problem:
    return item.source.problem(
        (name,),
        f"与 {other.case.id} 相比，{how}。",
        "换一种说法起头，各案有各案的写法。",
        "writing",
        Severity.WARNING,
    )
