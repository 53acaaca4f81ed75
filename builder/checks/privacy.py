"""Privacy findings as problems: warnings inside the office, errors in what would leave it."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from pydantic import BaseModel

from builder.checks.cleared import (
    ClearedCase,
    ClearedPage,
    ClearedSession,
    WithdrawnNotice,
    texts_of,
)
from builder.checks.detectors import KINDS, Finding, detect
from builder.library.casebook import Casebook, CaseFile, Document
from builder.library.problem import Problem, Severity
from builder.library.record import dotted
from builder.library.yaml_reader import Path
from builder.model.audience import Audience
from builder.model.case import Case, Lesson, Waiver
from builder.model.page import PageMeta, SessionMeta

# Fields that hold ids and dates of our own making, not free text.
_NOT_PROSE = frozenset(
    "id status audience station channel dispute_types industry claims outcomes ground "
    "agreement_form departments methods statutes timeline amounts".split()
)
# Free text that clearance drops for everybody outside.
_STAYS_INSIDE = frozenset({"parties", "four_sights", "review", "source", "withdrawal", "waivers"})


def check_privacy(book: Casebook) -> list[Problem]:
    """Return the findings in everything a person wrote, cases, minutes and pages alike."""
    problems = []
    for item in book.cases:
        for path, text, inside in _prose_of(item.case):
            leaves = item.case.audience is not Audience.INTERNAL and not inside
            findings = _not_waived(detect(text), path, item.case.waivers)
            problems += [_in_case(item, path, text, finding, leaves) for finding in findings]
    for document in (*book.sessions, *book.pages):
        leaves = document.meta.audience is not Audience.INTERNAL
        problems += _in_document(document, leaves)
    return [problem for problem in problems if problem is not None]


def check_cleared_texts(
    cases: Iterable[tuple[ClearedCase, CaseFile]],
    notices: Iterable[tuple[WithdrawnNotice, CaseFile]],
    sessions: Iterable[tuple[ClearedSession, Document[SessionMeta]]],
    pages: Iterable[tuple[ClearedPage, Document[PageMeta]]],
    audience: Audience,
) -> list[Problem]:
    """Return the findings in what would reach `audience`; blocking kinds are errors."""
    problems: list[Problem | None] = []
    for record, item in (*cases, *notices):
        written = {text: path for path, text, _ in _prose_of(item.case)}
        for text in texts_of(record):
            path = written.get(text, ())
            findings = _not_waived(_detect_prose(text), path, item.case.waivers)
            problems += [_in_case(item, path, text, finding, True) for finding in findings]
    for document_record, document in (*sessions, *pages):
        for text in texts_of(document_record):
            if detect(text):
                problems += _in_document(document, True)
                break
    return [problem for problem in problems if problem is not None]


def _detect_prose(text: str) -> list[Finding]:
    """Return findings, leaving alone the dates and digests that clearance itself wrote."""
    if len(text) == 64 and text.isalnum() and text.isascii():
        return []
    return detect(text)


def _prose_of(case: Case) -> Iterator[tuple[Path, str, bool]]:
    """Yield path, text and whether it stays inside, for every free text of a case."""
    for name in type(case).model_fields:
        if name not in _NOT_PROSE:
            stays = name in _STAYS_INSIDE
            yield from _walk((name,), getattr(case, name), stays)


def _walk(path: Path, value: object, inside: bool) -> Iterator[tuple[Path, str, bool]]:
    if isinstance(value, str):
        yield path, value, inside
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _walk((*path, number), item, inside)
    elif isinstance(value, Lesson):
        yield path, value.text, inside or value.internal
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name != "id":
                yield from _walk((*path, name), getattr(value, name), inside)


def _not_waived(
    findings: Sequence[Finding], path: Path, waivers: Sequence[Waiver]
) -> Iterator[Finding]:
    field = dotted(path)
    for finding in findings:
        waived = any(
            waiver.kind == finding.kind
            and (field == waiver.field or field.startswith(waiver.field + "."))
            for waiver in waivers
        )
        if not waived:
            yield finding


def _in_case(
    item: CaseFile, path: Path, text: str, finding: Finding, leaves: bool
) -> Problem | None:
    return _problem(
        finding,
        leaves,
        lambda what, remedy, severity: item.source.problem(
            path, what, remedy, f"privacy-{finding.kind}", severity, within=text[: finding.start]
        ),
    )


def _in_document(
    document: Document[PageMeta] | Document[SessionMeta], leaves: bool
) -> list[Problem]:
    problems = []
    for text, first_line in (
        (document.source.text, document.source.first_line),
        (document.body, document.body_line),
    ):
        for finding in detect(text):
            if finding.kind == "day-date" and first_line == document.source.first_line:
                continue  # front matter carries dates of its own
            before = text[: finding.start]
            line = first_line + before.count("\n") + 1
            column = finding.start - (before.rfind("\n") + 1) + 1

            def at(
                what: str,
                remedy: str,
                severity: Severity,
                line: int = line,
                column: int = column,
                kind: str = finding.kind,
            ) -> Problem:
                return Problem(
                    document.path, line, column, "", what, remedy, f"privacy-{kind}", severity
                )

            problems.append(_problem(finding, leaves, at))
    return [problem for problem in problems if problem is not None]


def _problem(
    finding: Finding, leaves: bool, make: Callable[[str, str, Severity], Problem]
) -> Problem | None:
    kind = KINDS[finding.kind]
    if not leaves and not kind.blocking:
        return None
    severity = Severity.ERROR if leaves and kind.blocking else Severity.WARNING
    return make(f"疑似{kind.label}：{finding.excerpt}。", kind.remedy, severity)
