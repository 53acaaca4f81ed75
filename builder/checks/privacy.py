"""Privacy findings as problems: warnings inside the office, errors in what would leave it."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from builder.checks.cleared import (
    ClearedCase,
    ClearedPage,
    ClearedSession,
    WithdrawnNotice,
    texts_of,
)
from builder.checks.free_text import free_texts
from builder.detectors.detect import KINDS, Finding, detect
from builder.library.casebook import AnyDocument, Casebook, CaseFile
from builder.library.problem import Problem, Severity
from builder.library.record import SourceText, dotted
from builder.library.yaml_reader import Path
from builder.model.audience import Audience
from builder.model.case import Waiver
from builder.model.vocabulary import Vocabularies


def check_privacy(book: Casebook) -> list[Problem]:
    """Return the findings in everything a person wrote, cases, minutes and pages alike."""
    problems = []
    for item in book.cases:
        outward = item.case.audience is not Audience.INTERNAL
        for path, text, inside in free_texts(item.case):
            problems += _in_field(
                item.source, path, text, item.case.waivers, outward and not inside
            )
    for document in book.documents:
        problems += _in_document(document, document.meta.audience is not Audience.INTERNAL)
    return problems + check_vocabularies(book.vocabularies)


def check_vocabularies(vocabularies: Vocabularies) -> list[Problem]:
    """Return the findings in the words of the vocabularies, which every audience sees."""
    words = [
        (name, term.id, text)
        for name, vocabulary in vocabularies.terms.items()
        if name != "stations"  # only the office sees those
        for term in vocabulary.walk()
        for text in (term.label, term.definition, *term.synonyms)
    ]
    words += [
        ("statutes", statute.id, text)
        for statute in vocabularies.statutes.statutes
        for version in statute.versions
        for text in (statute.name, *statute.aliases, version.label, *version.articles.values())
    ]
    words += [
        ("concepts", group.id, word) for group in vocabularies.concepts for word in group.words
    ]
    words += [
        ("checklists", checklist.id, step)
        for checklist in vocabularies.checklists
        for step in (*checklist.ask, *checklist.see, *checklist.collect)
    ]
    return [
        Problem(
            f"cases/vocabulary/{name}.yml",
            0,
            0,
            term_id,
            _what(finding),
            KINDS[finding.kind].remedy,
            f"privacy-{finding.kind}",
        )
        for name, term_id, text in words
        for finding in detect(text)
        if KINDS[finding.kind].blocking
    ]


def check_cleared_texts(
    cases: Iterable[tuple[ClearedCase | WithdrawnNotice, CaseFile]],
    documents: Iterable[tuple[ClearedPage | ClearedSession, AnyDocument]],
) -> list[Problem]:
    """Return the findings in what would leave the office; blocking kinds are errors."""
    problems = []
    for record, item in cases:
        written = {text: path for path, text, _ in free_texts(item.case)}
        for text in texts_of(record):
            path = written.get(text, ())
            problems += _in_field(item.source, path, text, item.case.waivers, leaves=True)
    for _, document in documents:
        problems += _in_document(document, leaves=True)
    return problems


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
    for path, text, inside in free_texts(document.meta):
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
    for finding in _findings(text):
        waived = any(
            waiver.kind == finding.kind and f"{field}.".startswith(f"{waiver.field}.")
            for waiver in waivers
        )
        if not waived and (leaves or KINDS[finding.kind].blocking):
            yield finding


def _findings(text: str) -> Sequence[Finding]:
    # labels, ids and dates come again with every case
    return _known_findings(text) if len(text) < _SHORT else detect(text)


@lru_cache(maxsize=1 << 16)
def _known_findings(text: str) -> tuple[Finding, ...]:
    return tuple(detect(text))


_SHORT = 40  # characters


def _what(finding: Finding) -> str:
    return f"疑似{KINDS[finding.kind].label}：{finding.excerpt}。"


def _severity(finding: Finding, leaves: bool) -> Severity:
    return Severity.ERROR if leaves and KINDS[finding.kind].blocking else Severity.WARNING
