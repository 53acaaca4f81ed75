"""Long lists of cases, a hundred cards a page."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from builder.checks.cleared import ClearedCase
from builder.pages.cards import Cards
from builder.pages.page import Page, key_of
from builder.pages.site_map import link, root_of
from builder.render import render

CASES_A_PAGE = 100


@dataclass(frozen=True)
class CaseList:
    """Cases that have something in common, to be listed on as many pages as they need.

    Attributes:
        heading: heading of the page.
        title: title for the head of the page.
        lead: one sentence on what they have in common, without its full stop, or ''.
        trail: label and path of the pages above, the topmost first.
        children: label, path and number of cases of narrower lists.
        notes: paragraphs above the list.
        path_of: the path of the n-th page, n from 1.
    """

    heading: str
    title: str
    lead: str
    trail: Sequence[tuple[str, str]]
    cases: Sequence[ClearedCase]
    path_of: Callable[[int], str]
    children: Sequence[tuple[str, str, int]] = field(default=())
    notes: Sequence[str] = field(default=())


def case_list_pages(listed: CaseList, cards: Cards, site: str) -> Iterator[Page]:
    """Yield the pages of a list of cases.

    Args:
        site: the digest of what every page depends on.
    """
    count = max(1, -(-len(listed.cases) // CASES_A_PAGE))
    for number in range(1, count + 1):
        yield _page(listed, cards, site, number, count)


def digests(cases: Sequence[ClearedCase]) -> list[tuple[str, str]]:
    """Return what stands for cases in the key of a page that lists them."""
    return [(case.id, case.digest) for case in cases]


def _page(listed: CaseList, cards: Cards, site: str, number: int, count: int) -> Page:
    path = listed.path_of(number)
    shown = listed.cases[(number - 1) * CASES_A_PAGE : number * CASES_A_PAGE]

    def content() -> str:
        return render(
            "pages/case_list.html",
            heading=listed.heading,
            lead=listed.lead.rstrip("。"),
            notes=listed.notes,
            total=len(listed.cases),
            trail=[(label, link(path, target)) for label, target in listed.trail],
            children=[(label, link(path, target), n) for label, target, n in listed.children],
            cards=[cards.html(case, root_of(path)) for case in shown],
            number=number,
            pages=[link(path, listed.path_of(other)) for other in range(1, count + 1)],
        )

    key = key_of(
        site, path, listed.heading, listed.title, listed.lead, listed.trail, listed.children,
        count, len(listed.cases), digests(shown), listed.notes,
    )  # fmt: skip
    suffix = f"（第 {number} 页）" if number > 1 else ""
    description = listed.lead or f"{listed.heading}的调解案例"
    return Page(path, f"{listed.heading}{suffix} · {listed.title}", description, key, content)
