"""Browse pages: a page a facet with its values and counts, a page a value with its cases."""

from collections.abc import Iterator, Sequence

from builder.checks.cleared import ClearedCase, ClearedCasebook
from builder.pages.cards import Cards
from builder.pages.facets import Facet, FacetValue
from builder.pages.page import Page, key_of
from builder.pages.site_map import HOME, RECENT, facet_path, link, root_of, value_path
from builder.render import render

CASES_A_PAGE = 100
RECENT_CASES = 30


def facet_pages(facet: Facet, cards: Cards, site: str) -> Iterator[Page]:
    """Yield the page of a facet and the pages of its values.

    Args:
        site: the digest of what every page depends on.
    """
    yield _index_page(facet, site)
    for value in facet.values:
        yield from _value_pages(facet, value, cards, site)


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

    key = key_of(site, RECENT, _digests(newest), counts, len(cleared.cases))
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


def _value_pages(facet: Facet, value: FacetValue, cards: Cards, site: str) -> Iterator[Page]:
    count = max(1, -(-len(value.cases) // CASES_A_PAGE))
    parent = facet.by_id.get(value.parent)
    children = [(child.id, child.label, len(child.cases)) for child in facet.children_of(value)]
    for number in range(1, count + 1):
        path = value_path(facet.name, value.id, number)
        shown = value.cases[(number - 1) * CASES_A_PAGE : number * CASES_A_PAGE]
        key = key_of(
            site, path, value.label, value.definition, parent and parent.label, children,
            count, len(value.cases), _digests(shown),
        )  # fmt: skip
        title = value.label if number == 1 else f"{value.label}（第 {number} 页）"
        yield Page(
            path,
            f"{title} · {facet.title}",
            value.definition or f"{value.label}的调解案例",
            key,
            _ValueContent(facet, value, parent, number, count, shown, cards, path),
        )


class _ValueContent:
    """Makes the content of one page of a value."""

    def __init__(
        self,
        facet: Facet,
        value: FacetValue,
        parent: FacetValue | None,
        number: int,
        count: int,
        shown: Sequence[ClearedCase],
        cards: Cards,
        path: str,
    ) -> None:
        self.facet, self.value, self.parent = facet, value, parent
        self.number, self.count, self.shown = number, count, shown
        self.cards, self.path = cards, path

    def __call__(self) -> str:
        name = self.facet.name
        trail = [("首页", HOME), (self.facet.title, facet_path(name))]
        if self.parent:
            trail.append((self.parent.label, value_path(name, self.parent.id)))
        return render(
            "pages/value.html",
            value=self.value,
            trail=[(label, link(self.path, target)) for label, target in trail],
            children=[
                (child.label, link(self.path, value_path(name, child.id)), len(child.cases))
                for child in self.facet.children_of(self.value)
            ],
            cards=[self.cards.html(case, root_of(self.path)) for case in self.shown],
            number=self.number,
            pages=[
                link(self.path, value_path(name, self.value.id, number))
                for number in range(1, self.count + 1)
            ],
        )


def _digests(cases: Sequence[ClearedCase]) -> list[tuple[str, str]]:
    return [(case.id, case.digest) for case in cases]
