"""The blocks of the home page below its hand-written words."""

from builder.checks.cleared import ClearedCasebook
from builder.model.audience import Audience
from builder.pages.cards import Cards
from builder.pages.facets import facets
from builder.pages.site_map import (
    CASE_FORM,
    DOWNLOADS,
    HOME,
    LAW,
    RECENT,
    SEARCH,
    STUDY,
    facet_path,
    link,
    root_of,
    value_path,
    written_path,
)
from builder.render import render

_NEWEST = 6


def home_blocks(cleared: ClearedCasebook) -> str:
    """Return search box, the three jobs, counts, newest cases and dispute types as HTML."""
    types, *others = facets(cleared)
    cards = Cards(cleared)
    statutes = {article.citation.statute for case in cleared.cases for article in case.articles}
    return render(
        "pages/home.html",
        search=link(HOME, SEARCH),
        jobs=_jobs(cleared),
        counts=[
            ("个案例", len(cleared.cases), link(HOME, RECENT)),
            ("类纠纷", len(types.top), link(HOME, facet_path("types"))),
            ("部法规", len(statutes), link(HOME, LAW)),
            ("次复盘", len(cleared.sessions), link(HOME, STUDY)),
        ],
        all_sample=bool(cleared.cases) and all(case.sample for case in cleared.cases),
        newest=[cards.html(case, root_of(HOME), 3) for case in cleared.cases[:_NEWEST]],
        recent=link(HOME, RECENT),
        types=[
            (
                value.label,
                link(HOME, value_path("types", value.id)),
                len(value.cases),
                [
                    (child.label, link(HOME, value_path("types", child.id)), len(child.cases))
                    for child in types.children_of(value)
                ],
            )
            for value in types.top
        ],
        facets=[
            (facet.title, link(HOME, facet_path(facet.name))) for facet in others if facet.values
        ],
    )


def _jobs(cleared: ClearedCasebook) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return title, words and links of the three jobs, linking only to what this build has."""
    written = {page.path for page in cleared.pages}
    lookup = [("按纠纷类型找", link(HOME, facet_path("types"))), ("按法条找", link(HOME, LAW))]
    study = [("看复盘纪要", link(HOME, STUDY))] if has_study(cleared) else []
    if cleared.audience is Audience.INTERNAL:
        study.append(("写案例", link(HOME, CASE_FORM)))
    exchange = [("看最近案例", link(HOME, RECENT)), ("下载与订阅", link(HOME, DOWNLOADS))]
    for path, label, links in (
        ("guides/find.md", "怎样查案例", lookup),
        ("guides/write.md", "怎样写好一个案例", study),
        ("guides/redlines.md", "隐私红线", exchange),
        ("guides/publish.md", "怎样发布", exchange),
        ("privacy.md", "隐私与来源", exchange),
    ):
        if path in written:
            links.append((label, link(HOME, written_path(path))))
    return [
        ("调解前查案例", "先看同类纠纷以前怎么谈、依据哪一条、卡在哪里、靠什么突破。", lookup),
        ("周二复盘", "每星期二拿典型案例一起过：做得好的留下，短板记下，整改有人管。", study),
        ("与伙伴交流", "把讲得清、查得到依据的案例给伙伴工作室，也看看别人怎么调。", exchange),
    ]


def has_study(cleared: ClearedCasebook) -> bool:
    """Return whether this build has a page that lists study sessions."""
    return bool(cleared.sessions) or cleared.audience is Audience.INTERNAL
