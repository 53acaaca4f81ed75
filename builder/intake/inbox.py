"""Files that the writing form handed over: what becomes of each, before any is written.

The edit of a filed case says in its first line which text it began with; where the library
has another one by now, somebody else has changed the case: both are shown, none is lost.
"""

import datetime
import difflib
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from builder.checks.inspection import inspect
from builder.detectors.detect import KINDS, detect
from builder.library.canonical_form import FormatError, canonical
from builder.library.casebook import Casebook, CaseFile
from builder.library.problem import Problem, Severity
from builder.library.record import read_record
from builder.model.case import Case, split_case_id

# The line that `builder/site/client/form/written_file.js` puts first.
_BASE = re.compile(r"# 基于 ([A-Z]{2,6}-[0-9]{4}-[0-9]{4,6}) ([0-9a-f]{12})\r?\n")
_ID_LINE = re.compile(r"^id:.*$", re.M)
_DIGITS = 12


class Fate(StrEnum):
    """What becomes of a file that came in."""

    FILED = "filed"
    CHANGED = "changed"
    SAME = "same"
    CONFLICT = "conflict"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return {
            "filed": "收进来",
            "changed": "改好了",
            "same": "库里已是这样",
            "conflict": "没有动，请核对",
            "refused": "没有收",
        }[self]

    @property
    def is_done(self) -> bool:
        """Whether the file need not stay in the inbox."""
        return self in (Fate.FILED, Fate.CHANGED, Fate.SAME)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that came in."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one file.

    Attributes:
        name: of the file that came in.
        path: of the case's file below the library's root; '' where it has none.
        text: what that file will hold; None leaves it as it is.
        before: bytes that it holds now; None when there is no file.
        why: one sentence for the user, '' where the fate says all.
        problems: of what came in, placed in its own lines.
        diff: lines that differ from what the library has, identifiers masked.
    """

    name: str
    fate: Fate
    path: str = ""
    text: str | None = None
    before: bytes | None = None
    why: str = ""
    problems: tuple[Problem, ...] = ()
    diff: tuple[str, ...] = ()


@dataclass
class _Shelf:
    """The library as it will be once the files before were filed."""

    code: str
    files: dict[str, bytes]  # case id -> bytes of its file
    paths: dict[str, str]  # case id -> path below the root
    cases: dict[str, Case] = field(default_factory=dict)

    def next_id(self, year: int) -> str:
        parts = [split_case_id(case_id) for case_id in self.paths]
        used = [p[2] for p in parts if p and p[0] == self.code and p[1] == year]
        return f"{self.code}-{year:04d}-{max(used, default=0) + 1:04d}"


def plan_inbox(
    arrivals: Sequence[Arrival],
    book: Casebook,
    files: Mapping[str, tuple[str, bytes]],
    today: datetime.date,
) -> list[Outcome]:
    """Return what becomes of each file, in the order given; nothing is written.

    A file that would bring an error into the library is refused, with all that is wrong.

    Args:
        files: case id -> path below the root and bytes, of every case file there is, also of
            one that cannot be read.
        today: the day of the check; no date of a case may lie after it.
    """
    refused: dict[int, tuple[Problem, ...]] = {}
    while True:
        outcomes = _planned(arrivals, book, files, refused)
        found = _errors(outcomes, book, today)
        if not found:
            return outcomes
        refused |= found


def _planned(
    arrivals: Sequence[Arrival],
    book: Casebook,
    files: Mapping[str, tuple[str, bytes]],
    refused: Mapping[int, tuple[Problem, ...]],
) -> list[Outcome]:
    shelf = _Shelf(
        book.settings.code,
        {case_id: content for case_id, (_, content) in files.items()},
        {case_id: path for case_id, (path, _) in files.items()},
        {item.case.id: item.case for item in book.cases},
    )
    outcomes = []
    for number, arrival in enumerate(arrivals):
        if number in refused:
            outcomes.append(Outcome(arrival.name, Fate.REFUSED, problems=refused[number]))
            continue
        outcome = _outcome(arrival, shelf)
        if outcome.text is not None:
            content = outcome.text.encode()
            case = read_record(arrival.name, content, Case).record
            assert case is not None  # it was read a moment ago
            shelf.files[case.id], shelf.paths[case.id] = content, outcome.path
            shelf.cases[case.id] = case
        outcomes.append(outcome)
    return outcomes


def _outcome(arrival: Arrival, shelf: _Shelf) -> Outcome:
    name = arrival.name
    read = read_record(name, arrival.content, Case)
    case = read.record
    if case is None:
        return Outcome(name, Fate.REFUSED, problems=read.problems)
    text, base = _cut(read.source.text)
    if base and base[0] != case.id:
        why = f"第一行说改的是 {base[0]}，编号却是 {case.id}，请核对。"
        return Outcome(name, Fate.CONFLICT, why=why)
    parts = split_case_id(case.id)
    assert parts is not None  # the model has seen to that
    if parts[0] != shelf.code and case.id not in shelf.files:
        why = f"编号的代码应是 {shelf.code}，请改编号。"
        return Outcome(name, Fate.REFUSED, why=why)
    if case.id in shelf.files:
        return _known(name, case, text, base, shelf)
    if base:
        return Outcome(name, Fate.CONFLICT, why=f"{case.id} 已不在案例库里，请核对是不是删了。")
    path = f"cases/{parts[1]:04d}/{case.id}.yml"
    return Outcome(name, Fate.FILED, path, _tidy(text, name))


def _known(
    name: str, case: Case, text: str, base: tuple[str, str] | None, shelf: _Shelf
) -> Outcome:
    """Return what becomes of a file whose id the library has."""
    content, path = shelf.files[case.id], shelf.paths[case.id]
    before = content.decode("utf-8-sig", "replace")
    tidy = _tidy(text, name)
    if before in (text, tidy):
        return Outcome(name, Fate.SAME, path)
    diff = difference(before, tidy)
    if base is None:
        if not _are_one(case, shelf.cases.get(case.id)):
            return _renumbered(name, case, text, shelf)
        why = f"{case.id} 库里已有，这个文件没有说明改的是哪一版。请在网页上打开库里的文件再改。"
        return Outcome(name, Fate.CONFLICT, path, why=why, diff=diff)
    if base[1] != digest_of(before):
        why = f"写的时候 {case.id} 又被别人改过。请打开库里现在的文件，把要改的再改一遍。"
        return Outcome(name, Fate.CONFLICT, path, why=why, diff=diff)
    return Outcome(name, Fate.CHANGED, path, tidy, content, diff=diff)


def _renumbered(name: str, case: Case, text: str, shelf: _Shelf) -> Outcome:
    """Return a new case whose number has been taken meanwhile, with the next free one."""
    fresh = shelf.next_id(case.year)
    renamed = _ID_LINE.sub(f"id: {fresh}", text, count=1)
    again = read_record(name, renamed.encode(), Case).record
    if again != case.model_copy(update={"id": fresh}):
        why = f"编号 {case.id} 已被占用，又换不了，请把编号改成 {fresh}。"
        return Outcome(name, Fate.REFUSED, why=why)
    path = f"cases/{case.year:04d}/{fresh}.yml"
    why = f"{case.id} 已被占用，编号换成 {fresh}。"
    return Outcome(name, Fate.FILED, path, _tidy(renamed, name), why=why)


def digest_of(text: str) -> str:
    """Return the digest by which an edit names the text it began with, 12 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def difference(before: str, after: str) -> tuple[str, ...]:
    """Return the lines that differ, `-` and `+` before them, what tells who is meant masked."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return tuple(_masked(line) for line in list(lines)[2:] if not line.startswith("@@"))


def _masked(line: str) -> str:
    for finding in reversed(detect(line)):
        if KINDS[finding.kind].blocking:
            line = line[: finding.start] + finding.excerpt + line[finding.end :]
    return line


def _cut(text: str) -> tuple[str, tuple[str, str] | None]:
    """Return the text without the line of its base, and that base: id and digest."""
    match = _BASE.match(text)
    return (text[match.end() :], (match[1], match[2])) if match else (text, None)


def _tidy(text: str, name: str) -> str:
    try:
        return canonical(text, name)
    except FormatError:  # it is sound all the same; `casebook format` says what hinders
        return text


def _are_one(case: Case, other: Case | None) -> bool:
    """Return whether two texts with one id tell the same case; an unreadable one may."""
    if other is None or case.title == other.title:
        return True
    from builder.checks.near_duplicates import near_duplicates, prose  # numpy is slow to import

    return bool(near_duplicates([prose(case), prose(other)]))


def _errors(
    outcomes: Sequence[Outcome], book: Casebook, today: datetime.date
) -> dict[int, tuple[Problem, ...]]:
    """Return number of a file -> its problems, for those that would bring an error in."""
    fresh = {}
    for number, outcome in enumerate(outcomes):
        if outcome.text is not None:
            content = outcome.text.encode()
            read = read_record(outcome.name, content, Case)
            assert read.record is not None
            fresh[number] = CaseFile(read.record, read.source, hashlib.sha256(content).hexdigest())
    if not fresh:
        return {}
    ids = {item.case.id for item in fresh.values()}
    kept = [item for item in book.cases if item.case.id not in ids]
    cases = sorted([*kept, *fresh.values()], key=lambda item: item.case.id)
    found = inspect(replace(book, cases=cases, problems=[]), today, duplicates=False)
    told = {}
    for number, item in fresh.items():
        own = tuple(problem for problem in found if problem.path == item.source.path)
        if any(problem.severity is Severity.ERROR for problem in own):
            told[number] = own
    return told
