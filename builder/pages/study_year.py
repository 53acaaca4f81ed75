"""A page a year of study: what was covered, what was not, what was mended. And the minutes form."""

from collections import Counter
from collections.abc import Iterator

from builder.checks.cleared import ClearedCasebook
from builder.model.audience import Audience
from builder.pages.page import Page, key_of
from builder.pages.site_map import (
    HOME,
    MINUTES_FORM,
    STUDY,
    link,
    study_year_path,
    value_path,
    written_path,
)
from builder.pages.study_pack import pack_day
from builder.render import render
from builder.study.plan import make_plan
from builder.study.prefill import body_of


def study_years(cleared: ClearedCasebook) -> list[str]:
    """Return the years with sessions, newest first."""
    return sorted({session.date[:4] for session in cleared.sessions}, reverse=True)


def study_pages(cleared: ClearedCasebook, site: str) -> Iterator[Page]:
    """Yield the overview of each year with sessions, and in internal builds the minutes form.

    Args:
        site: key of what every page depends on.
    """
    types = [(case.id, case.dispute_types[:1]) for case in cleared.cases]
    for year in study_years(cleared):
        yield Page(
            path=study_year_path(year),
            title=f"{year}年复盘",
            description="学过的类型、没学过的类型、整改",
            key=key_of(site, year, cleared.sessions, types, cleared.as_of),
            render=lambda year=year: _year_content(cleared, year),  # type: ignore[misc]
        )
    if cleared.audience is Audience.INTERNAL:
        ids = [case.id for case in cleared.cases]
        day = pack_day(cleared)
        picks = [pick.case.id for pick in make_plan(cleared, day).picks] if day else []
        body = body_of(cleared, day, picks) if day else ""
        yield Page(
            path=MINUTES_FORM,
            title="写复盘纪要",
            description="填好存成文件，放进 docs/study",
            key=key_of(site, MINUTES_FORM, ids, day, picks, body),
            render=lambda: render(
                "pages/minutes_form.html",
                ids=sorted(ids),
                day=day.isoformat() if day else "",
                picks=picks,
                body=body,
                trail=[("首页", link(MINUTES_FORM, HOME)), ("周二复盘", link(MINUTES_FORM, STUDY))],
            ),
        )


def _year_content(cleared: ClearedCasebook, year: str) -> str:
    path = study_year_path(year)
    sessions = [session for session in cleared.sessions if session.date.startswith(year)]
    studied = {case_id for session in sessions for case_id in session.cases}
    counts = Counter(case.dispute_types[0] for case in cleared.cases if case.dispute_types)
    done = {
        case.dispute_types[0] for case in cleared.cases if case.id in studied and case.dispute_types
    }
    vocabulary = cleared.vocabularies["dispute_types"]
    order = [term.id for term in vocabulary.walk() if term.id in counts]
    rows = [
        (vocabulary.label(one), link(path, value_path("types", one)), counts[one]) for one in order
    ]
    actions = [(action, session.date) for session in sessions for action in session.actions]
    late = [not action.done and action.due < cleared.as_of for action, _ in actions]
    return render(
        "pages/study_year.html",
        year=year,
        trail=[("首页", link(path, HOME)), ("周二复盘", link(path, STUDY))],
        sessions=[
            (
                session,
                link(path, written_path(session.path)),
                sum(bool(action.done) for action in session.actions),
            )
            for session in sessions
        ],
        studied=len(studied),
        types_done=[row for row, one in zip(rows, order, strict=True) if one in done],
        types_left=[row for row, one in zip(rows, order, strict=True) if one not in done],
        actions=[
            (action, date, is_late) for (action, date), is_late in zip(actions, late, strict=True)
        ],
        done=sum(bool(action.done) for action, _ in actions),
        late=sum(late),
    )
