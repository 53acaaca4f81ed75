"""The pack for the coming Tuesday, and its slides: for the office alone."""

import datetime
from collections.abc import Iterator, Mapping, Sequence

from builder.checks.cleared import ClearedCasebook
from builder.model.audience import Audience
from builder.pages.page import Page, key_of
from builder.pages.site_map import (
    HOME,
    PACK,
    SLIDES,
    STUDY,
    article_anchor,
    case_path,
    link,
    statute_path,
    written_path,
)
from builder.render import render
from builder.study.history import next_tuesday
from builder.study.pack import Pack, make_pack
from builder.study.plan import make_plan
from builder.study.quiz import in_words
from builder.study.slides import make_slides

LETTERS = "甲乙丙丁"


def pack_day(cleared: ClearedCasebook) -> datetime.date | None:
    """Return the Tuesday that the pack is for, or None where this build has no pack.

    It follows the newest date of the library, not the clock: the same library, the same pack.
    """
    if cleared.audience is not Audience.INTERNAL or not any(case.closed for case in cleared.cases):
        return None
    # a partner's case may be known by its month only
    return next_tuesday(datetime.date.fromisoformat(f"{cleared.as_of}-01"[:10]))


def pack_pages(
    cleared: ClearedCasebook, likes: Mapping[str, Sequence[str]], site: str
) -> Iterator[Page]:
    """Yield the page of the pack and that of its slides, in internal builds.

    Args:
        likes: case id -> ids of the cases most like it, best first.
        site: key of what every page depends on.
    """
    day = pack_day(cleared)
    if day is None:
        return
    pack = make_pack(cleared, make_plan(cleared, day), likes)
    key = key_of(site, pack)
    title = f"{in_words(day)}复盘包"
    yield Page(
        path=PACK,
        title=title,
        description="议程、案例、讨论题和自测题",
        key=key,
        render=lambda: _pack_content(cleared, pack),
    )
    yield Page(
        path=SLIDES,
        title=f"{in_words(day)}复盘投影片",
        description="投影用，带主持人备注",
        key=key,
        render=lambda: render(
            "pages/slides.html",
            pack=pack,
            slides=make_slides(pack),
            trail=[("首页", link(SLIDES, HOME)), ("周二复盘", link(SLIDES, STUDY))],
            back=link(SLIDES, PACK),
        ),
    )


def _pack_content(cleared: ClearedCasebook, pack: Pack) -> str:
    sessions = {session.date: written_path(session.path) for session in cleared.sessions}
    return render(
        "pages/pack.html",
        pack=pack,
        trail=[("首页", link(PACK, HOME)), ("周二复盘", link(PACK, STUDY))],
        slides=link(PACK, SLIDES),
        letters=LETTERS,
        case_link=lambda case_id: link(PACK, case_path(case_id)),
        law_link=lambda citation: link(
            PACK, statute_path(citation.statute), article_anchor(citation.article)
        ),
        session_link=lambda date: link(PACK, sessions[date]) if date in sessions else "",
    )
