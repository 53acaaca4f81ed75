"""All pages made straight from the cases, without Markdown."""

from collections.abc import Iterator, Mapping, Sequence

from builder.checks.cleared import ClearedCasebook
from builder.pages.browse import facet_pages, recent_page
from builder.pages.cards import Cards
from builder.pages.case_form import case_form_page
from builder.pages.case_page import Neighbours, case_page, studied_in
from builder.pages.facets import facets
from builder.pages.law import law_pages
from builder.pages.minutes import titles_of
from builder.pages.notice import notice_page
from builder.pages.page import Page, site_key
from builder.pages.search_page import search_page
from builder.pages.similar import SimilarCase
from builder.pages.study_pack import pack_pages
from builder.pages.study_year import study_pages


def site_pages(
    cleared: ClearedCasebook,
    similar: Mapping[str, Sequence[SimilarCase]],
    likes: Mapping[str, Sequence[str]],
) -> Iterator[Page]:
    """Yield the pages of cases, notices, facets, statutes, search and pack; none rendered yet.

    Args:
        similar: case id -> the cases to show beside it, each held against it.
        likes: case id -> ids of the cases most like it, best first.
    """
    site = site_key(cleared)
    titles = titles_of(cleared)
    neighbours = Neighbours(titles, similar, studied_in(cleared.sessions))
    for case in cleared.cases:
        yield case_page(cleared, case, neighbours, site)
    for notice in cleared.notices:
        yield notice_page(cleared, notice, titles.get(notice.replaced_by, ""), site)
    cards = Cards(cleared)
    all_facets = facets(cleared)
    yield recent_page(cleared, all_facets[-1], cards, site)
    for facet in all_facets:
        yield from facet_pages(facet, cards, site)
    yield from law_pages(cleared, cards, site)
    yield search_page(cleared, site)
    yield from case_form_page(cleared, site)
    yield from pack_pages(cleared, likes, site)
    yield from study_pages(cleared, site)
