"""Write the open formats into the site's folder, and list them on a page."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from builder.checks.cleared import ClearedCasebook
from builder.feeds.open_formats import open_formats
from builder.feeds.sitemap import sitemap
from builder.pages.downloads import download_pages
from builder.pages.page import Page, site_key
from builder.pages.site_map import API_GUIDE, CALENDAR, DOWNLOADS, written_path
from builder.site.docs_files import written_pages
from builder.study.calendar_feed import calendar_feed


def with_downloads(cleared: ClearedCasebook, pages: Sequence[Page], site: Path) -> list[Page]:
    """Write every file but the pages, and return the pages with those that list the files.

    Args:
        pages: made straight from the cases.
    """
    sizes = {path: _write(site / path, content) for path, content in _files(cleared, pages)}
    return [*pages, *download_pages(cleared, sizes, site_key(cleared))]


def _files(cleared: ClearedCasebook, pages: Sequence[Page]) -> Iterator[tuple[str, bytes]]:
    yield from open_formats(cleared)
    if cleared.sessions:
        yield CALENDAR, calendar_feed(cleared)
    paths = [*(page.path for page in pages), *map(written_path, written_pages(cleared))]
    yield from sitemap(cleared, [*paths, DOWNLOADS, API_GUIDE])


def _write(target: Path, content: bytes) -> int:
    """Write a file and return its size in bytes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return len(content)
