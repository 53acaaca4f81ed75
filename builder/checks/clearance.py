"""Clearance: the one door from the casebook to every output.

`clear(casebook, audience)` is the only maker of `ClearedCasebook`. It drops what the
audience may not see, makes the rest coarser, scans what is left, and refuses when an
identifier of a person would leave the office.
"""

import re
from collections.abc import Iterable

from builder.checks import cleared as types
from builder.checks.cleared import (
    ClearedAction,
    ClearedCase,
    ClearedCasebook,
    ClearedPage,
    ClearedSession,
)
from builder.checks.generalise import generalised, notice_of
from builder.checks.privacy import check_cleared_texts
from builder.library.casebook import Casebook, CaseFile, Document
from builder.library.problem import CasesError, Problem, Severity
from builder.model.audience import Audience
from builder.model.case import Status
from builder.model.page import PageMeta, SessionMeta
from builder.model.vocabulary import Vocabularies, Vocabulary

_CASE_ID = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2,6}-[0-9]{4}-[0-9]{4,6}(?![0-9])")
_ASSET = re.compile(
    r"""[(="'\s](?:\.{0,2}/)*((?:[^\s()"'/<>]+/)*[^\s()"'/<>]+\.(?:png|jpe?g|svg|webp))"""
)


def clear(casebook: Casebook, audience: Audience, *, drafts: bool = False) -> ClearedCasebook:
    """Return what `audience` may see.

    Args:
        drafts: internal builds may also hold drafts.

    Raises:
        CasesError: what would leave the office holds an identifier, or names a record
            that is not cleared; for `internal` nothing is refused.
    """
    files = [item for item in casebook.cases if _shown(item, audience, drafts)]
    withdrawn = [
        item
        for item in casebook.cases
        if item.case.status is Status.WITHDRAWN and audience.admits(item.case.audience)
    ]
    visible = {item.case.id for item in (*files, *withdrawn)}
    vocabularies = _vocabularies(casebook.vocabularies, audience)
    cases = [
        (generalised(item.case, audience, visible, casebook.vocabularies, casebook.settings), item)
        for item in files
    ]
    sessions = [
        (_session(item, visible), item)
        for item in casebook.sessions
        if audience.admits(item.meta.audience)
    ]
    pages = [(_page(item), item) for item in casebook.pages if audience.admits(item.meta.audience)]
    notices = [(notice_of(item.case, audience, visible), item) for item in withdrawn]
    if audience is not Audience.INTERNAL:
        hidden = {item.case.id for item in casebook.cases} - visible
        problems = check_cleared_texts([*cases, *notices], [*sessions, *pages])
        problems += _uncleared_ids(
            [
                *((case, item.source.path) for case, item in cases),
                *((session, item.path) for session, item in sessions),
                *((page, item.path) for page, item in pages),
            ],
            hidden,
        )
        if any(problem.severity is Severity.ERROR for problem in problems):
            raise CasesError(problems)
    return ClearedCasebook(
        audience=audience,
        title=casebook.settings.title,
        description=casebook.settings.description,
        workshop=casebook.settings.name,
        region=casebook.settings.region,
        vocabularies=vocabularies,
        cases=tuple(sorted_cases(case for case, _ in cases)),
        notices=tuple(sorted((notice for notice, _ in notices), key=lambda notice: notice.id)),
        sessions=tuple(
            sorted((session for session, _ in sessions), key=lambda one: one.date, reverse=True)
        ),
        pages=tuple(sorted((page for page, _ in pages), key=lambda page: page.path)),
        assets=_assets([*(page.body for page, _ in pages), *(one.body for one, _ in sessions)]),
        key=types._KEY,
    )


def sorted_cases(cases: Iterable[ClearedCase]) -> list[ClearedCase]:
    """Return cases in the order of case numbers: newest closed first, then id."""
    by_id = sorted(cases, key=lambda case: case.id)
    return sorted(by_id, key=lambda case: case.closed, reverse=True)


def _shown(item: CaseFile, audience: Audience, drafts: bool) -> bool:
    case = item.case
    if not audience.admits(case.audience):
        return False
    if case.status is Status.PUBLISHED:
        return True
    inside = audience is Audience.INTERNAL
    return inside and (case.status is Status.REVIEWED or (drafts and case.status is Status.DRAFT))


def _vocabularies(vocabularies: Vocabularies, audience: Audience) -> Vocabularies:
    """Return the vocabularies without the stations, which only the office sees."""
    if audience is Audience.INTERNAL:
        return vocabularies
    terms = {**vocabularies.terms, "stations": Vocabulary("stations", ())}
    return Vocabularies(terms, vocabularies.statutes, vocabularies.concepts)


def _session(item: Document[SessionMeta], visible: set[str]) -> ClearedSession:
    meta = item.meta
    return ClearedSession(
        path=item.path.removeprefix("docs/"),
        date=meta.date.isoformat(),
        title=meta.title,
        sample=meta.sample,
        host=meta.host or "",
        cases=tuple(case_id for case_id in meta.cases if case_id in visible),
        lessons=meta.lessons,
        weaknesses=meta.weaknesses,
        actions=tuple(
            ClearedAction(
                action.what,
                action.owner,
                action.due.isoformat(),
                action.done.isoformat() if action.done else "",
            )
            for action in meta.actions
        ),
        body=item.body,
    )


def _page(item: Document[PageMeta]) -> ClearedPage:
    return ClearedPage(
        path=item.path.removeprefix("docs/"),
        title=item.meta.title,
        description=item.meta.description or "",
        body=item.body,
    )


def _assets(bodies: Iterable[str]) -> frozenset[str]:
    """Return the image paths that pages refer to; any other file below docs/ stays out."""
    return frozenset(match[1] for body in bodies for match in _ASSET.finditer(body))


def _uncleared_ids(records: Iterable[tuple[object, str]], hidden: set[str]) -> list[Problem]:
    """Return a problem for every text that names a case this audience may not see.

    Args:
        records: cleared records, each with the file it comes from.
        hidden: the ids that must not be named.
    """
    problems = []
    for record, path in records:
        named = {
            case_id for text in types.texts_of(record) for case_id in _CASE_ID.findall(text)
        } & hidden
        problems += [
            Problem(
                path,
                0,
                0,
                "",
                f"文字里提到 {case_id}，这个案例不对该范围公开。",
                "请删掉这个编号，或改那个案例的公开范围。",
                "uncleared-case",
            )
            for case_id in sorted(named)
        ]
    return problems
