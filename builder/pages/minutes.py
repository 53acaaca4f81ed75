"""Pages of study sessions: what was studied, learned, found wanting, and is to be mended."""

from builder.checks.cleared import ClearedCasebook, ClearedSession
from builder.pages.site_map import (
    CALENDAR,
    HOME,
    MINUTES_FORM,
    PACK,
    SLIDES,
    STUDY,
    case_path,
    link,
    study_year_path,
    written_path,
)
from builder.pages.study_pack import pack_day
from builder.pages.study_year import study_years
from builder.render import render
from builder.study.quiz import in_words


def session_content(cleared: ClearedCasebook, session: ClearedSession, body: str) -> str:
    """Return the content of a session's page.

    Args:
        body: the minutes as HTML, made from Markdown.
    """
    path = written_path(session.path)
    titles = titles_of(cleared)
    cases = [
        (case_id, titles[case_id], link(path, case_path(case_id)))
        for case_id in session.cases
        if case_id in titles
    ]
    parts = [
        ("cases", "复盘的案例", cases),
        ("lessons", "经验", session.lessons),
        ("weaknesses", "短板", session.weaknesses),
        ("actions", "整改", session.actions),
        ("minutes", "纪要", body.strip()),
    ]
    return render(
        "pages/session.html",
        session=session,
        trail=[("首页", link(path, HOME)), ("周二复盘", link(path, STUDY))],
        parts=[(anchor, label) for anchor, label, content in parts if content],
        cases=cases,
        body=body,
    )


def study_content(cleared: ClearedCasebook, intro: str) -> str:
    """Return the content of the page that lists the sessions, newest first.

    Args:
        intro: hand-written words above the list as HTML, or ''.
    """
    open_actions = [
        (action, session.date, link(STUDY, written_path(session.path)))
        for session in cleared.sessions
        for action in session.actions
        if not action.done
    ]
    return render(
        "pages/study.html",
        intro=intro,
        next_day=in_words(day) if (day := pack_day(cleared)) else "",
        pack=link(STUDY, PACK),
        slides=link(STUDY, SLIDES),
        form=link(STUDY, MINUTES_FORM),
        calendar=link(STUDY, CALENDAR) if cleared.sessions else "",
        years=[(year, link(STUDY, study_year_path(year))) for year in study_years(cleared)],
        sessions=[
            (
                session,
                link(STUDY, written_path(session.path)),
                len(session.actions),
                sum(bool(action.done) for action in session.actions),
            )
            for session in cleared.sessions
        ],
        open_actions=sorted(open_actions, key=lambda row: (row[0].due, row[1], row[0].what)),
    )


def titles_of(cleared: ClearedCasebook) -> dict[str, str]:
    """Return id -> title of every case, and of every notice, that this audience can see."""
    titles = {notice.id: notice.title for notice in cleared.notices}
    titles.update((case.id, case.title) for case in cleared.cases)
    return titles
