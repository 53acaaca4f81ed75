"""The pages besides the cases that the search box leads to."""

from collections.abc import Iterator

from builder.checks.cleared import ClearedCasebook
from builder.index.static_index import FoundPage
from builder.pages.site_map import HOME, LAW, statute_path, written_path


def found_pages(cleared: ClearedCasebook) -> list[FoundPage]:
    """Return guides and other written pages, statutes, minutes, in this order."""
    return [*_written(cleared), *_statutes(cleared), *_minutes(cleared)]


def _written(cleared: ClearedCasebook) -> Iterator[FoundPage]:
    for page in cleared.pages:
        path = written_path(page.path)
        if path != HOME:
            yield FoundPage(page.title, path, page.description)


def _statutes(cleared: ClearedCasebook) -> Iterator[FoundPage]:
    cited = {article.citation.statute for case in cleared.cases for article in case.articles}
    if cited:
        yield FoundPage("法条索引", LAW, "法律 法规 依据")
    for statute in cleared.vocabularies.statutes.statutes:
        if statute.id in cited:
            words = " ".join([statute.short, *statute.aliases])
            yield FoundPage(statute.name, statute_path(statute.id), words)


def _minutes(cleared: ClearedCasebook) -> Iterator[FoundPage]:
    for session in cleared.sessions:
        yield FoundPage(session.title, written_path(session.path), f"复盘纪要 {session.date}")
