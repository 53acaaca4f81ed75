"""What is new, changed or withdrawn, as the feeds tell it.

Dates come from the cases: a case is new on the day it was closed (or received), changed
on the day of its `revision`, withdrawn on that of its `withdrawal`. Those outside the
office have months only; a month stands at the beginning of its first day. Within one day
a change comes a second after what is new, a withdrawal two, so that time never runs back.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from builder.checks.cleared import ClearedCase, ClearedCasebook, WithdrawnNotice
from builder.stable_paths import case_path
from builder.wording import amount_in_short, month_in_words, path_label, status_mark

# of this project's own; what hangs on it would change with it, so it never does
_NAMESPACE = uuid.UUID("8f0d6a5e-2f0b-5c57-9a3e-6d1c9c0b7e11")
_NEWEST = 100
_ZONE = "+08:00"
_UNDATED = "1970-01-01"


class State(StrEnum):
    """What happened to a case."""

    NEW = "new"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {"new": "新增", "changed": "修订", "withdrawn": "已撤下"}[self]


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of a feed: a case and how it stands now.

    Attributes:
        urn: the same in every feed and for ever.
        summary: one or two sentences, plain text.
        text: summary and the facts of the box, plain text in lines.
        published: RFC 3339, or '' for a withdrawn case, of which no date is left but that.
        updated: RFC 3339.
        path: of the case's page, below the site's folder.
        types: labels of the dispute types.
    """

    case_id: str
    urn: str
    state: State
    title: str
    summary: str
    text: str
    published: str
    updated: str
    path: str
    types: tuple[str, ...]


def feed_urn(cleared: ClearedCasebook) -> str:
    """Return the id of this library's feed for this audience; a URN, so an IRI."""
    return _urn(f"feed:{cleared.code}:{cleared.audience}")


def case_urn(case_id: str) -> str:
    """Return the id of a case in feeds and data, wherever the site is."""
    return _urn(f"case:{case_id}")


def changes(cleared: ClearedCasebook) -> list[Change]:
    """Return every withdrawal and the newest hundred of the other cases, newest first."""
    cases = _sorted(_of_case(cleared, case) for case in cleared.cases)[:_NEWEST]
    return _sorted([*cases, *(_of_notice(notice) for notice in cleared.notices)])


def updated(cleared: ClearedCasebook, entries: list[Change]) -> str:
    """Return when a feed was last changed; RFC 3339."""
    return max((entry.updated for entry in entries), default=_moment(cleared.as_of, 0))


def _sorted(entries: Iterator[Change] | list[Change]) -> list[Change]:
    by_id = sorted(entries, key=lambda entry: entry.case_id)
    return sorted(by_id, key=lambda entry: entry.updated, reverse=True)


def _of_case(cleared: ClearedCasebook, case: ClearedCase) -> Change:
    types = cleared.vocabularies["dispute_types"]
    labels = tuple(path_label(types, term_id) for term_id in case.dispute_types)
    new = _moment(case.closed or case.received or f"{case.year}-01", 0)
    changed = _moment(case.revision.date, 1) if case.revision else ""
    mark = status_mark(case)
    return Change(
        case_id=case.id,
        urn=case_urn(case.id),
        state=State.CHANGED if changed else State.NEW,
        title=f"{case.title}（{mark}）" if mark else case.title,
        summary=case.summary or case.title,
        text="\n".join(_lines(cleared, case, labels)),
        published=new,
        updated=max(new, changed),
        path=case_path(case.id),
        types=labels,
    )


def _lines(cleared: ClearedCasebook, case: ClearedCase, types: tuple[str, ...]) -> Iterator[str]:
    outcomes = cleared.vocabularies["outcomes"]
    if case.sample:
        yield "示例案例，内容是虚构的。"
    yield case.summary or case.title
    for label, text in (
        ("修订", case.revision.note if case.revision else ""),
        ("纠纷类型", "；".join(types)),
        ("结果", "、".join(outcomes.label(outcome) for outcome in case.outcomes)),
        ("金额", amount_in_short(case.amounts)),
        ("办结", month_in_words(case.closed)),
        ("编号", case.id),
    ):
        if text:
            yield f"{label}：{text}"


def _of_notice(notice: WithdrawnNotice) -> Change:
    when = f"已于{month_in_words(notice.month)}撤下" if notice.month else "已经撤下"
    lines = [f"{notice.id} {when}，不再提供内容，请不要再引用。"]
    if notice.notice:
        lines.append(notice.notice)
    if notice.replaced_by:
        lines.append(f"请改看 {notice.replaced_by}。")
    return Change(
        case_id=notice.id,
        urn=case_urn(notice.id),
        state=State.WITHDRAWN,
        title=f"{notice.title}（已撤下）",
        summary=lines[0],
        text="\n".join(lines),
        published="",
        updated=_moment(notice.month or f"{notice.id.split('-')[1]}-01", 2),
        path=case_path(notice.id),
        types=(),
    )


def _moment(date: str, second: int) -> str:
    """Return a day or a month as a moment (RFC 3339, 5.6), in the library's own time."""
    day = f"{date}-01"[:10] if date else _UNDATED
    return f"{day}T00:00:{second:02d}{_ZONE}"


def _urn(name: str) -> str:
    return uuid.uuid5(_NAMESPACE, name).urn
