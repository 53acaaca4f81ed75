"""Which cases an audience can see, and whether a text for it names one that it cannot."""

import re
from collections.abc import Iterator

from builder.checks.free_text import free_texts
from builder.library.casebook import Casebook, CaseFile
from builder.library.problem import Problem
from builder.model.audience import Audience
from builder.model.case import Status

_CASE_ID = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2,6}-[0-9]{4}-[0-9]{4,6}(?![0-9])")
_WHAT = "文字里提到 {case_id}，这个案例不对“{audience}”开放。"
_REMEDY = "请删掉这个编号，或改那个案例的公开范围。"


def visible_cases(book: Casebook, audience: Audience, *, drafts: bool = False) -> list[CaseFile]:
    """Return the cases that `audience` may read."""
    return [item for item in book.cases if _shown(item, audience, drafts)]


def withdrawn_cases(book: Casebook, audience: Audience) -> list[CaseFile]:
    """Return the cases of which `audience` may see that they were withdrawn."""
    return [
        item
        for item in book.cases
        if item.case.status is Status.WITHDRAWN and audience.admits(item.case.audience)
    ]


def known_ids(book: Casebook, audience: Audience, *, drafts: bool = False) -> frozenset[str]:
    """Return the case ids that `audience` may know of."""
    cases = [*visible_cases(book, audience, drafts=drafts), *withdrawn_cases(book, audience)]
    return frozenset(item.case.id for item in cases)


def check_mentions(book: Casebook) -> list[Problem]:
    """Return a problem for every text that leaves and names a case its readers cannot see."""
    return [*mentions(book, Audience.PARTNER), *mentions(book, Audience.PUBLIC)]


def mentions(book: Casebook, audience: Audience) -> Iterator[Problem]:
    """Yield a problem for each text for `audience` that names a case it may not know of.

    An id alone tells that a case exists.
    """
    hidden = {item.case.id for item in book.cases} - known_ids(book, audience)
    if not hidden:
        return
    cases = [
        item
        for item in (*visible_cases(book, audience), *withdrawn_cases(book, audience))
        # a look at the whole file first: hardly any names a hidden case
        if {*_CASE_ID.findall(item.source.text)} & hidden
    ]
    documents = [one for one in book.documents if audience.admits(one.meta.audience)]
    for source, record in [
        *((item.source, item.case) for item in cases),
        *((document.source, document.meta) for document in documents),
    ]:
        for path, text, inside in free_texts(record):
            if not inside:
                for case_id in sorted({*_CASE_ID.findall(text)} & hidden):
                    what = _WHAT.format(case_id=case_id, audience=audience.label)
                    before = text[: text.index(case_id)]
                    yield source.problem(path, what, _REMEDY, "uncleared-case", within=before)
    for document in documents:
        for case_id in sorted({*_CASE_ID.findall(document.body)} & hidden):
            before = document.body[: document.body.index(case_id)]
            line, column = (
                document.body_line + before.count("\n") + 1,
                len(before) - before.rfind("\n"),
            )
            what = _WHAT.format(case_id=case_id, audience=audience.label)
            yield Problem(document.path, line, column, "body", what, _REMEDY, "uncleared-case")


def _shown(item: CaseFile, audience: Audience, drafts: bool) -> bool:
    case = item.case
    if not audience.admits(case.audience):
        return False
    if case.status is Status.PUBLISHED:
        return True
    inside = audience is Audience.INTERNAL
    return inside and (case.status is Status.REVIEWED or (drafts and case.status is Status.DRAFT))
