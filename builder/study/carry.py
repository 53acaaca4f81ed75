"""Carry what a session learned back into the cases: proposals, a diff, and writing it.

Works on the files themselves, not on what was cleared: it is for the office that owns them.
"""

import difflib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import PlainScalarString

from builder.errors import WrongUseError
from builder.library.canonical_form import as_typed, canonical
from builder.library.casebook import Casebook, Document
from builder.model.case import Case, Status
from builder.model.page import SessionMeta
from builder.study.learned import is_said, owner_of
from builder.whole_file import write_whole

_PARTNERS = "cases/partners/"  # belong to others, as what was withdrawn belongs to nobody


@dataclass(frozen=True, slots=True)
class Carried:
    """What is proposed for one case file.

    Attributes:
        path: of the file, below the library's root.
        before, after: the text of the file.
    """

    case_id: str
    path: str
    before: str
    after: str

    @property
    def diff(self) -> str:
        """The change as a unified diff."""
        return "".join(
            difflib.unified_diff(
                self.before.splitlines(keepends=True),
                self.after.splitlines(keepends=True),
                f"a/{self.path}",
                f"b/{self.path}",
            )
        )


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a session's minutes give to the cases; `left` are lines that stay, with the reason."""

    changes: tuple[Carried, ...]
    left: tuple[tuple[str, str], ...]


def propose(book: Casebook, day: str) -> Proposal:
    """Return what the minutes of a day would add to the cases that were studied.

    Args:
        day: ISO.

    Raises:
        WrongUseError: there are no minutes of that day.
    """
    session = next((one for one in book.sessions if one.meta.date.isoformat() == day), None)
    if session is None:
        raise WrongUseError(
            day, "这一天没有复盘纪要。", "请先用 casebook study minutes 写纪要，或核对日期。"
        )
    studied = {item.case.id: item for item in book.cases if item.case.id in session.meta.cases}
    texts = {case_id: _told(item.case) for case_id, item in studied.items()}
    files = {
        case_id: item
        for case_id, item in studied.items()
        if item.case.status is not Status.WITHDRAWN and not item.source.path.startswith(_PARTNERS)
    }
    added: dict[str, list[tuple[str, str]]] = {}
    left = []
    for field, line in _lines(session):
        case_id = owner_of(line, texts)
        if not case_id:
            left.append((line, "看不出说的是哪一件"))
        elif case_id not in files:
            left.append((line, f"{case_id} 已撤下，或者是伙伴的案例"))
        elif is_said(line, _said(files[case_id].case, field)):
            left.append((line, f"{case_id} 里已经有了"))
        else:
            added.setdefault(case_id, []).append((field, line))
    changes = []
    for case_id in sorted(added):
        source = files[case_id].source
        before = source.text
        after = _with_lessons(before, added[case_id], source.path)
        changes.append(Carried(case_id, source.path, before, after))
    return Proposal(tuple(changes), tuple(left))


def apply(proposal: Proposal, root: Path) -> None:
    """Write the proposed files, each whole or not at all.

    Raises:
        OSError: a file cannot be written; those before it are.
    """
    for change in proposal.changes:
        write_whole(root / change.path, change.after.encode())


def _lines(session: Document[SessionMeta]) -> Sequence[tuple[str, str]]:
    good = [("good", line) for line in session.meta.lessons]
    return [*good, *(("weak", line) for line in session.meta.weaknesses)]


def _told(case: Case) -> str:
    """Return what a case tells: the texts in which a line of minutes may find itself."""
    positions = case.positions
    parts = [
        case.title, case.summary, case.facts, case.evidence, case.process, case.turning_point,
        case.result, positions.consumer, positions.business, *case.issues, *case.keywords,
        *_said(case, "good"), *_said(case, "weak"),
    ]  # fmt: skip
    return "\n".join(part for part in parts if part)


def _said(case: Case, field: str) -> list[str]:
    return [getattr(one, "text", one) for one in getattr(case.lessons, field)]


def _with_lessons(text: str, lines: Sequence[tuple[str, str]], path: str) -> str:
    """Return the file with lines added to its lessons, for the office alone."""
    yaml = as_typed()
    record: Any = yaml.load(text)
    lessons = record["lessons"] = record.get("lessons") or CommentedMap()
    for field, line in lines:
        entry = CommentedMap({"text": line, "internal": PlainScalarString("true")})
        lessons[field] = lessons.get(field) or CommentedSeq()
        lessons[field].append(entry)
    written = io.StringIO()
    yaml.dump(record, written)
    return canonical(written.getvalue(), path)
