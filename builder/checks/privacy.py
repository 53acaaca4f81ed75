"""Privacy findings as problems: warnings inside the office, errors in what would leave it."""

from collections.abc import Iterable, Iterator, Sequence

from pydantic import BaseModel

from builder.checks.cleared import (
    ClearedCase,
    ClearedPage,
    ClearedSession,
    WithdrawnNotice,
    texts_of,
)
from builder.checks.detectors import KINDS, Finding, detect
from builder.library.casebook import AnyDocument, Casebook, CaseFile
from builder.library.problem import Problem, Severity
from builder.library.record import SourceText, dotted
from builder.library.yaml_reader import Path
from builder.model.audience import Audience
from builder.model.case import Lesson, Waiver

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
        outward = item.case.audience is not Audience.INTERNAL
        for path, text, inside in _prose_of(item.case):
            problems += _in_field(
                item.source, path, text, item.case.waivers, outward and not inside
            )
    for document in book.documents:
        problems += _in_document(document, document.meta.audience is not Audience.INTERNAL)
    return problems


def check_cleared_texts(
    cases: Iterable[tuple[ClearedCase | WithdrawnNotice, CaseFile]],
    documents: Iterable[tuple[ClearedPage | ClearedSession, AnyDocument]],
) -> list[Problem]:
    """Return the findings in what would leave the office; blocking kinds are errors."""
    problems = []
    for record, item in cases:
        written = {text: path for path, text, _ in _prose_of(item.case)}
        for text in texts_of(record):
            path = written.get(text, ())
            problems += _in_field(item.source, path, text, item.case.waivers, leaves=True)
    for _, document in documents:
        problems += _in_document(document, leaves=True)
    return problems


def _prose_of(record: BaseModel) -> Iterator[tuple[Path, str, bool]]:
    """Yield path, text and whether it stays inside, for every free text of a record."""
    for name in type(record).model_fields:
        if name not in _NOT_PROSE:
            yield from _walk((name,), getattr(record, name), name in _STAYS_INSIDE)


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


def _in_field(
    source: SourceText, path: Path, text: str, waivers: Sequence[Waiver], leaves: bool
) -> list[Problem]:
    return [
        source.problem(
            path,
            _what(finding),
            KINDS[finding.kind].remedy,
            f"privacy-{finding.kind}",
            _severity(finding, leaves),
            within=text[: finding.start],
        )
        for finding in _reported(text, dotted(path), waivers, leaves)
    ]


def _in_document(document: AnyDocument, leaves: bool) -> list[Problem]:
    waivers = document.meta.waivers
    problems = []
    for path, text, inside in _prose_of(document.meta):
        problems += _in_field(document.source, path, text, waivers, leaves and not inside)
    for finding in _reported(document.body, "body", waivers, leaves):
        before = document.body[: finding.start]
        problems.append(
            Problem(
                document.path,
                document.body_line + before.count("\n") + 1,
                finding.start - before.rfind("\n"),
                "body",
                _what(finding),
                KINDS[finding.kind].remedy,
                f"privacy-{finding.kind}",
                _severity(finding, leaves),
            )
        )
    return problems


def _reported(text: str, field: str, waivers: Sequence[Waiver], leaves: bool) -> Iterator[Finding]:
    """Yield the findings worth telling: not waived, and inside the office only the grave ones."""
    for finding in detect(text):
        waived = any(
            waiver.kind == finding.kind and f"{field}.".startswith(f"{waiver.field}.")
            for waiver in waivers
        )
        if not waived and (leaves or KINDS[finding.kind].blocking):
            yield finding


def _what(finding: Finding) -> str:
    return f"疑似{KINDS[finding.kind].label}：{finding.excerpt}。"


def _severity(finding: Finding, leaves: bool) -> Severity:
    return Severity.ERROR if leaves and KINDS[finding.kind].blocking else Severity.WARNING
