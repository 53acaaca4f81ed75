"""Law pages: a page a statute with its cited articles and the cases that rely on them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from builder.checks.cleared import CitedArticle, ClearedCase, ClearedCasebook
from builder.model.statute import Statute
from builder.pages.cards import Cards
from builder.pages.case_lists import CaseList, case_list_pages, digests
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
from builder.render import render
from builder.wording import change_in_words, month_in_words, status_mark

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

    Every article has a page of its own too: what it says, what became of it, its cases.

    Args:
        site: the digest of what every page depends on.
    """
    cited = _cited(cleared)
    yield _index_page(cited, site)
    for one in cited:
        yield _statute_page(one, site)
        for article in one.in_order:
            yield from case_list_pages(_article_list(one, article), cards, site)


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


def _article_list(one: CitedStatute, article: str) -> CaseList:
    statute = one.statute
    return CaseList(
        heading=f"《{statute.short}》第{article}条",
        title="法条",
        lead="引用这一条的案例",
        trail=[("首页", HOME), ("法条", LAW), (statute.short, statute_path(statute.id))],
        cases=[case for case, _ in one.articles[article]],
        path_of=partial(article_path, statute.id, article),
        notes=_notes(one, article),
    )


def _notes(one: CitedStatute, article: str) -> list[str]:
    """Return what an article says in each of its versions, and what became of it."""
    texts = _texts(one.statute, article)
    notes = [f"{text}（{label}）" if len(texts) > 1 else text for label, text in texts]
    changed, now_text = _change(one, article)
    if changed:
        notes.append(f"后来有变。{changed}" + (f"：{now_text}" if now_text else "。"))
    return [*notes, "条文是转述，引用请核对官方文本。"]


def _texts(statute: Statute, article: str) -> list[tuple[str, str]]:
    """Return version -> text of an article, once where it stayed the same."""
    texts: list[tuple[str, str]] = []
    for version in statute.versions:
        text = version.articles.get(article)
        if text and (not texts or texts[-1][1] != text):
            texts.append((version.label, text))
    return texts


def _change(one: CitedStatute, article: str) -> tuple[str, str]:
    """Return in words how an article changed after a case relied on it, and its text now."""
    for _, cited in one.articles[article]:
        changed = change_in_words(cited)
        if changed:
            return changed, cited.standing.now_text
    return "", ""


def _article(one: CitedStatute, article: str, path: str) -> dict[str, object]:
    """Return what the page says of an article: its life, and the cases that cite it."""
    citing = one.articles[article]
    shown = citing[:CASES_AN_ARTICLE]
    changed, now_text = _change(one, article)
    return {
        "article": article,
        "anchor": article_anchor(article),
        "texts": _texts(one.statute, article),
        "changed": changed,
        "now_text": now_text,
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
        "page": link(path, article_path(one.statute.id, article)),
        "is_cut": len(citing) > len(shown),
    }
