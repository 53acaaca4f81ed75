"""Taking a verified bundle in: first a plan, made of values; then the writing.

A case that nobody touched here is brought up to date. A case that somebody edited or
deleted here stays as it is and is named, with the difference, until somebody decides.
"""

import datetime
import difflib
import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from builder.checks.inspection import inspect
from builder.errors import WrongUseError
from builder.exchange.mapping import Words, in_our_words
from builder.exchange.received import FromWorkshop, LastTaken, ReceivedCase
from builder.exchange.refusal import Refused
from builder.exchange.verify import Verified
from builder.library.casebook import Casebook, CaseFile
from builder.library.problem import CasesError, Problem, Severity
from builder.library.record import read_record
from builder.library.written_case import written_case
from builder.model.audience import Audience
from builder.model.case import Case, Source, Status, Unmapped, Withdrawal

_NOTHING = "-"  # nothing of the case was taken in yet
_STOPPED = "?"  # an import wrote the case and was stopped before it could say so


class Kind(StrEnum):
    """What becomes of a case that a bundle names."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    EDITED = "edited"  # edited here, and changed there: left alone
    DELETED = "deleted"  # deleted here, sent again: left alone
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {
            "new": "新收",
            "updated": "更新",
            "unchanged": "没有变化",
            "edited": "本地改过，没有动",
            "deleted": "本地删了，没有恢复",
            "withdrawn": "对方撤下",
        }[self]


@dataclass(frozen=True, slots=True)
class Change:
    """One case of the plan.

    Attributes:
        text: what its file will hold; None leaves the file as it is.
        before: bytes that it holds now; None when there is no file.
        theirs: SHA-256 of the sender's record, hexadecimal; '' for a withdrawal.
        edited: somebody edited the file here, and it is written over on demand.
    """

    id: str
    title: str
    kind: Kind
    text: str | None
    before: bytes | None
    theirs: str
    edited: bool = False

    @property
    def diff(self) -> list[str]:
        """The lines that differ, as `diff -u` prints them, without its head."""
        if self.before is None or self.text is None:
            return []
        lines = difflib.unified_diff(
            self.before.decode("utf-8", "replace").splitlines(),
            self.text.splitlines(),
            n=0,
            lineterm="",
        )
        return [line for line in list(lines)[2:] if not line.startswith("@@")]


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the user decided of cases edited on both sides, by id.

    `take` writes the sender's over ours; `keep` keeps ours until the sender changes it again.
    """

    take: frozenset[str] = frozenset()
    keep: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import will do; nothing has been written."""

    code: str
    changes: tuple[Change, ...]
    unmapped: tuple[Unmapped, ...]
    state: FromWorkshop  # once everything is written
    coming: FromWorkshop  # before anything is
    likenesses: tuple[tuple[str, str, float], ...] = field(default=())  # theirs, ours, share
    warnings: tuple[Problem, ...] = ()
    resumed: bool = False  # the import before this one was stopped half way

    def of_kind(self, *kinds: Kind) -> list[Change]:
        return [change for change in self.changes if change.kind in kinds]


def plan_import(
    verified: Verified,
    book: Casebook,
    files: Mapping[str, bytes],
    come: FromWorkshop,
    words: Words,
    decisions: Decisions,
    today: datetime.date,
) -> Plan:
    """Return what taking in a bundle changes.

    Args:
        book: our library as it is.
        files: id -> bytes of the case files in the sender's folder.
        come: what came from this workshop before.

    Raises:
        WrongUseError: the bundle is our own, or a decision names a case that needs none.
        CasesError: what would be written does not pass the checks.
        Refused: an id is in use elsewhere in the library.
    """
    manifest = verified.manifest
    code = manifest.workshop.code
    if code == book.settings.code:
        raise WrongUseError("案例包", "是本工作室自己发的。", "请核对是不是拿错了文件。")
    _refuse_taken_ids(verified, book)
    resumed = any(one.coming for one in come.cases.values())
    come = _settled(come, files)
    gone = {
        case_id
        for case_id, last in come.cases.items()
        if case_id not in files and last.theirs != _NOTHING and case_id not in decisions.take
    }
    known = {item.case.id for item in book.cases}
    known |= {case.id for case in verified.cases} - gone
    changes: list[Change] = []
    unmapped: list[Unmapped] = []
    for case in verified.cases:
        local, missing = _localised(case, verified, words, known, today)
        unmapped += missing
        content = verified.files[f"cases/{case.id}.yml"]
        # a mapping that changed makes another file of the same record
        bare = local.model_copy(update={"source": Source()})
        theirs = _digest(content + written_case(bare).encode())
        changes.append(_change(local, theirs, files, come, decisions))
    changes += _withdrawals(verified, files, come, decisions, today, known)
    undecided = (decisions.take | decisions.keep) - {
        change.id for change in changes if change.kind is not Kind.NEW
    }
    if undecided:
        raise WrongUseError(
            "--take 或 --keep", f"这个包里没有可决定的 {min(undecided)}。", "请核对编号。"
        )
    warnings = _checked(book, code, changes, today)
    return Plan(
        code=code,
        changes=tuple(changes),
        unmapped=tuple(dict.fromkeys(unmapped)),
        state=_state(verified, changes, come, decisions),
        coming=_coming(changes, come),
        likenesses=_likenesses(book, changes, verified),
        warnings=warnings,
        resumed=resumed,
    )


def partner_path(code: str, case_id: str) -> str:
    """Return where a partner's case lies, relative to the library's root."""
    return f"cases/partners/{code}/{case_id}.yml"


def _localised(
    case: Case, verified: Verified, words: Words, known: Collection[str], today: datetime.date
) -> tuple[Case, tuple[Unmapped, ...]]:
    """Return a partner's case as our library keeps it, and the terms left 未归类.

    It is internal until somebody here decides otherwise.
    """
    local, unmapped = in_our_words(case, words)
    source = Source(
        kind="partner",
        workshop=verified.sender.name,
        licence=verified.manifest.licence,
        verified=today,
        days=case.source.days,
        law_on=case.source.law_on,
        unmapped=unmapped,
    )
    related = tuple(one for one in case.related if one.id in known)
    update = {"audience": Audience.INTERNAL, "source": source, "related": related}
    return local.model_copy(update=update), unmapped


def _change(
    local: Case,
    theirs: str,
    files: Mapping[str, bytes],
    come: FromWorkshop,
    decisions: Decisions,
) -> Change:
    before, last = files.get(local.id), come.cases.get(local.id)
    text = written_case(local)
    change = Change(local.id, local.title, Kind.NEW, text, before, theirs)
    if before is None and (last is None or last.theirs == _NOTHING):
        return change
    if last is not None and last.theirs == theirs and local.id not in decisions.take:
        return replace(change, kind=Kind.UNCHANGED, text=None)
    if before is not None and _untouched(before, last):
        return replace(change, kind=Kind.UPDATED)
    if local.id in decisions.take:
        return replace(change, kind=Kind.UPDATED, edited=before is not None)
    kind = Kind.DELETED if before is None else Kind.EDITED
    return replace(change, kind=kind)


def _withdrawals(
    verified: Verified,
    files: Mapping[str, bytes],
    come: FromWorkshop,
    decisions: Decisions,
    today: datetime.date,
    known: Collection[str],
) -> list[Change]:
    """Return the changes for cases that the sender took down and we have."""
    changes = []
    for gone in verified.manifest.withdrawn:
        before, last = files.get(gone.id), come.cases.get(gone.id)
        if before is None or (last is not None and not last.theirs):
            continue
        month = f"（{gone.month}）" if gone.month else ""
        was = read_record(gone.id, before, Case).record
        notice = Case(
            id=gone.id,
            title=gone.title,
            status=Status.WITHDRAWN,
            sample=was.sample if was else False,
            source=Source(kind="partner", workshop=verified.sender.name, verified=today),
            withdrawal=Withdrawal(
                date=today,
                notice=f"{verified.sender.name}已经撤下这个案例{month}。",
                replaced_by=gone.replaced_by if gone.replaced_by in known else None,
            ),
        )
        text = written_case(notice)
        change = Change(gone.id, gone.title, Kind.WITHDRAWN, text, before, "")
        if not _untouched(before, last):
            taken = gone.id in decisions.take
            change = replace(change, kind=Kind.WITHDRAWN if taken else Kind.EDITED, edited=taken)
        changes.append(change)
    return changes


def _untouched(before: bytes, last: ReceivedCase | None) -> bool:
    """Return whether a file is as an import left it."""
    return last is not None and _digest(before) == last.written


def _settled(come: FromWorkshop, files: Mapping[str, bytes]) -> FromWorkshop:
    """Return what came, once it is clear how far an import got that was stopped half way."""
    cases = {}
    for case_id, one in come.cases.items():
        content = files.get(case_id)
        bare = one.model_copy(update={"coming": ""})
        if one.coming and content is not None and _digest(content) == one.coming:
            bare = ReceivedCase(theirs=_STOPPED, written=one.coming)
        if not one.coming or bare.theirs != _NOTHING or content is not None:
            cases[case_id] = bare
    return come.model_copy(update={"cases": cases})


def _is_written(change: Change) -> bool:
    return change.kind in (Kind.NEW, Kind.UPDATED, Kind.WITHDRAWN) and change.text is not None


def written(plan: Plan) -> list[Change]:
    """Return the changes that write a file."""
    return [change for change in plan.changes if _is_written(change)]


def _state(
    verified: Verified, changes: Sequence[Change], come: FromWorkshop, decisions: Decisions
) -> FromWorkshop:
    cases = dict(come.cases)
    for change in changes:
        if _is_written(change):
            cases[change.id] = ReceivedCase(theirs=change.theirs, written=_digest(_bytes(change)))
        elif change.id in decisions.keep:
            was = cases.get(change.id, ReceivedCase(theirs="", written=""))
            cases[change.id] = was.model_copy(update={"theirs": change.theirs})
    last = LastTaken(serial=verified.manifest.serial, manifest=verified.digest)
    return FromWorkshop(last=come.taking(verified.manifest.key, last), cases=cases)


def _coming(changes: Sequence[Change], come: FromWorkshop) -> FromWorkshop:
    """Return the state that tells an interrupted import from an edit."""
    cases = dict(come.cases)
    for change in changes:
        if _is_written(change):
            # an edit that is written over on demand stays an edit until it is
            was = cases.get(change.id, ReceivedCase(theirs=_NOTHING, written=""))
            cases[change.id] = was.model_copy(update={"coming": _digest(_bytes(change))})
    return come.model_copy(update={"cases": cases})


def _checked(
    book: Casebook, code: str, changes: Sequence[Change], today: datetime.date
) -> tuple[Problem, ...]:
    """Return the warnings on what would be written.

    Raises:
        CasesError: there are errors in it.
    """
    fresh = []
    for change in changes:
        if _is_written(change):
            content = _bytes(change)
            read = read_record(partner_path(code, change.id), content, Case)
            if read.record is None:
                raise CasesError(read.problems)
            fresh.append(CaseFile(read.record, read.source, _digest(content)))
    coming = {item.case.id for item in fresh}
    kept = [item for item in book.cases if item.case.id not in coming]
    cases = sorted([*kept, *fresh], key=lambda item: item.case.id)
    after = replace(book, cases=cases, problems=[])
    own = {item.source.path for item in fresh}
    problems = [
        problem for problem in inspect(after, today, duplicates=False) if problem.path in own
    ]
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise CasesError(problems)
    return tuple(problems)


def _likenesses(
    book: Casebook, changes: Sequence[Change], verified: Verified
) -> tuple[tuple[str, str, float], ...]:
    """Return the cases taken in that are much like one of ours, with the share in common."""
    from builder.checks.near_duplicates import near_duplicates, prose  # numpy is slow to import

    coming = {change.id for change in changes if change.kind in (Kind.NEW, Kind.UPDATED)}
    theirs = [case for case in verified.cases if case.id in coming]
    ours = [item.case for item in book.cases if item.case.source.kind != "partner"]
    if not theirs or not ours:
        return ()
    pairs = near_duplicates([prose(case) for case in (*ours, *theirs)])
    return tuple(
        (theirs[later - len(ours)].id, ours[earlier].id, share)
        for earlier, later, share in pairs
        if earlier < len(ours) <= later
    )


def _refuse_taken_ids(verified: Verified, book: Casebook) -> None:
    code = verified.manifest.workshop.code
    places = {item.case.id: item.source.path for item in book.cases}
    for case in verified.cases:
        path = places.get(case.id)
        if path is not None and path != partner_path(code, case.id):
            raise Refused(
                case.id,
                f"这个编号已被 {path} 使用。",
                "请核对两家的代码，或移走那个文件。",
                "taken-id",
            )


def _bytes(change: Change) -> bytes:
    assert change.text is not None
    return change.text.encode()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
