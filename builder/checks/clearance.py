"""Clearance: the one door from the casebook to every output.

`clear(casebook, audience)` is the only maker of `ClearedCasebook`. It drops what the
audience may not see, makes the rest coarser, scans what is left, and refuses when an
identifier of a person would leave the office.
"""

import re
from collections.abc import Container, Iterable
from dataclasses import replace

from builder.checks import cleared as types
from builder.checks.cleared import (
    ClearedAction,
    ClearedCase,
    ClearedCasebook,
    ClearedPage,
    ClearedSession,
)
from builder.checks.generalise import generalised, notice_of
from builder.checks.privacy import check_cleared_texts, check_vocabularies
from builder.checks.visibility import known_ids, mentions, visible_cases, withdrawn_cases
from builder.library.casebook import Casebook, Document
from builder.library.problem import CasesError, Severity
from builder.model.audience import Audience
from builder.model.page import PageMeta, SessionMeta
from builder.model.vocabulary import Vocabularies, Vocabulary

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
    visible = known_ids(casebook, audience, drafts=drafts)
    vocabularies = _vocabularies(casebook.vocabularies, audience)
    cases = [
        (generalised(item.case, audience, visible, casebook.vocabularies, casebook.settings), item)
        for item in visible_cases(casebook, audience, drafts=drafts)
    ]
    sessions = [
        (_session(item, visible), item)
        for item in casebook.sessions
        if audience.admits(item.meta.audience)
    ]
    pages = [(_page(item), item) for item in casebook.pages if audience.admits(item.meta.audience)]
    notices = [
        (notice_of(item.case, audience, visible), item)
        for item in withdrawn_cases(casebook, audience)
    ]
    if audience is not Audience.INTERNAL:
        problems = check_cleared_texts([*cases, *notices], [*sessions, *pages])
        problems += check_vocabularies(vocabularies)
        problems += mentions(casebook, audience)
        if any(problem.severity is Severity.ERROR for problem in problems):
            raise CasesError(problems)
    return ClearedCasebook(
        audience=audience,
        code=casebook.settings.code,
        address=casebook.settings.addresses.get(audience, ""),
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


def _vocabularies(vocabularies: Vocabularies, audience: Audience) -> Vocabularies:
    """Return the vocabularies without the stations, which only the office sees."""
    if audience is Audience.INTERNAL:
        return vocabularies
    terms = {**vocabularies.terms, "stations": Vocabulary("stations", ())}
    return replace(vocabularies, terms=terms)


def _session(item: Document[SessionMeta], visible: Container[str]) -> ClearedSession:
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
