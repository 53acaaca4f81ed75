"""Law pages: a page a statute with its cited articles and the cases that rely on them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from builder.checks.cleared import CitedArticle, ClearedCase, ClearedCasebook
from builder.model.statute import Statute
from builder.pages.cards import Cards
from builder.pages.case_lists import CaseList, case_list_pages, digests
from builder.pages.case_page import change_in_words
from builder.pages.page import Page, key_of
from builder.pages.site_map import (
    HOME,
    LAW,
    article_anchor,
    article_path,
    case_path,
    link,
    statute_path,
)
from builder.pages.wording import month_in_words, status_mark
from builder.render import render

CASES_AN_ARTICLE = 20  # on the page of its statute


@dataclass
class CitedStatute:
    """A statute with the articles that cases cite, and who cites them."""

    statute: Statute
    articles: dict[str, list[tuple[ClearedCase, CitedArticle]]] = field(default_factory=dict)

    @property
    def case_count(self) -> int:
        return len({case.id for citing in self.articles.values() for case, _ in citing})

    @property
    def in_order(self) -> list[str]:
        return sorted(
            self.articles, key=lambda article: [int(n) for n in re.findall(r"\d+", article)]
        )


def law_pages(cleared: ClearedCasebook, cards: Cards, site: str) -> Iterator[Page]:
    """Yield the page that lists the statutes cited, then a page for each.

    An article that many cases cite has pages of its own for the whole list.

    Args:
        site: the digest of what every page depends on.
    """
    cited = _cited(cleared)
    yield _index_page(cited, site)
    for one in cited:
        yield _statute_page(one, site)
        for article, citing in one.articles.items():
            if len(citing) > CASES_AN_ARTICLE:
                yield from case_list_pages(_article_list(one.statute, article, citing), cards, site)


def _cited(cleared: ClearedCasebook) -> list[CitedStatute]:
    """Return the statutes that cases cite, in the order of the vocabulary."""
    found: dict[str, CitedStatute] = {}
    book = cleared.vocabularies.statutes
    for case in cleared.cases:
        for article in case.articles:
            statute_id = article.citation.statute
            one = found.setdefault(statute_id, CitedStatute(book.by_id[statute_id]))
            citing = one.articles.setdefault(article.citation.article, [])
            if not citing or citing[-1][0] is not case:
                citing.append((case, article))
    return [found[statute.id] for statute in book.statutes if statute.id in found]


def _index_page(cited: list[CitedStatute], site: str) -> Page:
    rows = [
        (
            one.statute.name,
            link(LAW, statute_path(one.statute.id)),
            one.statute.versions[-1].label,
            one.case_count,
            [
                (
                    f"第{article}条",
                    link(LAW, statute_path(one.statute.id), article_anchor(article)),
                    len(one.articles[article]),
                )
                for article in one.in_order
            ],
        )
        for one in cited
    ]

    def content() -> str:
        return render("pages/law.html", rows=rows)

    return Page(LAW, "法条", "案例引用过的法条，和引用它的案例", key_of(site, LAW, rows), content)


def _statute_page(one: CitedStatute, site: str) -> Page:
    statute = one.statute
    path = statute_path(statute.id)
    cited = [
        (article, len(citing), digests([case for case, _ in citing[:CASES_AN_ARTICLE]]))
        for article, citing in one.articles.items()
    ]

    def content() -> str:
        return render(
            "pages/statute.html",
            statute=statute,
            trail=[("首页", link(path, HOME)), ("法条", link(path, LAW))],
            articles=[_article(one, article, path) for article in one.in_order],
        )

    key = key_of(site, path, statute, cited)
    return Page(path, statute.short, f"引用《{statute.short}》的调解案例", key, content)


def _article_list(
    statute: Statute, article: str, citing: list[tuple[ClearedCase, CitedArticle]]
) -> CaseList:
    return CaseList(
        heading=f"《{statute.short}》第{article}条",
        title="法条",
        lead="引用这一条的案例",
        trail=[("首页", HOME), ("法条", LAW), (statute.short, statute_path(statute.id))],
        cases=[case for case, _ in citing],
        path_of=partial(article_path, statute.id, article),
    )


def _article(one: CitedStatute, article: str, path: str) -> dict[str, object]:
    """Return what the page says of an article: its life, and the cases that cite it."""
    texts: list[tuple[str, str]] = []
    for version in one.statute.versions:
        text = version.articles.get(article)
        if text and (not texts or texts[-1][1] != text):
            texts.append((version.label, text))
    citing = one.articles[article]
    shown = citing[:CASES_AN_ARTICLE]
    changes = [(change_in_words(cited), cited.standing.now_text) for _, cited in shown]
    changed = next((change for change in changes if change[0]), ("", ""))
    return {
        "article": article,
        "anchor": article_anchor(article),
        "texts": texts,
        "changed": changed[0],
        "now_text": changed[1],
        "cases": [
            (
                case.title,
                link(path, case_path(case.id)),
                case.id,
                cited.citation.label.removeprefix(f"第{article}条"),
                month_in_words(case.closed or case.received),
                case.sample,
                status_mark(case),
            )
            for case, cited in shown
        ],
        "count": len(citing),
        "all": link(path, article_path(one.statute.id, article)) if citing[len(shown) :] else "",
    }
