"""Browse pages: a page a facet with its values and counts, a page a value with its cases."""

from collections.abc import Iterator
from functools import partial

from builder.checks.cleared import ClearedCasebook
from builder.pages.cards import Cards
from builder.pages.case_lists import CaseList, case_list_pages, digests
from builder.pages.facets import Facet, FacetValue
from builder.pages.page import Page, key_of
from builder.pages.site_map import HOME, RECENT, facet_path, link, root_of, value_path
from builder.render import render

RECENT_CASES = 30


def facet_pages(facet: Facet, cards: Cards, site: str) -> Iterator[Page]:
    """Yield the page of a facet and the pages of its values.

    Args:
        site: the digest of what every page depends on.
    """
    yield _index_page(facet, site)
    for value in facet.values:
        yield from case_list_pages(_value_list(facet, value), cards, site)


def recent_page(cleared: ClearedCasebook, years: Facet, cards: Cards, site: str) -> Page:
    """Return the page of the newest cases."""
    newest = cleared.cases[:RECENT_CASES]
    counts = [(year.id, year.label, len(year.cases)) for year in years.values]

    def content() -> str:
        return render(
            "pages/recent.html",
            total=len(cleared.cases),
            cards=[cards.html(case, root_of(RECENT)) for case in newest],
            years=[
                (label, link(RECENT, value_path("years", year)), count)
                for year, label, count in counts
            ],
        )

    key = key_of(site, RECENT, digests(newest), counts, len(cleared.cases))
    return Page(RECENT, "最近案例", "最近办结的调解案例", key, content)


def _index_page(facet: Facet, site: str) -> Page:
    path = facet_path(facet.name)
    rows = [(value.id, value.label, value.parent, len(value.cases)) for value in facet.values]

    def content() -> str:
        return render(
            "pages/facet.html",
            facet=facet,
            total=len({case.id for value in facet.top for case in value.cases}),
            href=lambda value: link(path, value_path(facet.name, value.id)),
        )

    key = key_of(site, path, facet.title, rows)
    return Page(path, facet.title, f"{facet.title}浏览调解案例", key, content)


def _value_list(facet: Facet, value: FacetValue) -> CaseList:
    trail = [("首页", HOME), (facet.title, facet_path(facet.name))]
    if value.parent:
        trail.append((facet.by_id[value.parent].label, value_path(facet.name, value.parent)))
    return CaseList(
        heading=value.label,
        title=facet.title,
        lead=value.definition,
        trail=trail,
        cases=value.cases,
        path_of=partial(value_path, facet.name, value.id),
        children=[
            (child.label, value_path(facet.name, child.id), len(child.cases))
            for child in facet.children_of(value)
        ],
    )
