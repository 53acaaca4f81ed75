"""Write the open formats into the site's folder, and list them on a page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from builder.checks.cleared import ClearedCasebook
from builder.feeds.open_formats import OpenFile, open_formats
from builder.feeds.sitemap import sitemap
from builder.pages.downloads import download_pages
from builder.pages.page import Page, key_of, site_key
from builder.pages.site_map import API_GUIDE, CALENDAR, DOWNLOADS, written_path
from builder.site.docs_files import written_pages
from builder.site.page_writer import Earlier
from builder.study.calendar_feed import calendar_feed


@dataclass(frozen=True)
class Offered:
    """What came of writing the open formats.

    Attributes:
        pages: those given, and those that list the files.
        keys: path -> what the data of a case were made from, for the next build.
    """

    pages: list[Page]
    keys: dict[str, str]


def write_open_files(
    cleared: ClearedCasebook, pages: Sequence[Page], site: Path, earlier: Earlier | None = None
) -> Offered:
    """Write every file of the open formats.

    Args:
        pages: made straight from the cases.
        earlier: data of a case with an equal key are linked (or copied) from there.
    """
    common = site_key(cleared)
    keys: dict[str, str] = {}
    sizes: dict[str, int] = {}
    for file in _files(cleared, pages):
        target = site / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        key = keys[file.path] = key_of(common, file.path, file.key) if file.key else ""
        if not (key and earlier and earlier.lends(file.path, key, target)):
            target.write_bytes(file.make())
        sizes[file.path] = target.stat().st_size
    found = {path: key for path, key in keys.items() if key}
    return Offered([*pages, *download_pages(cleared, sizes, common)], found)


def _files(cleared: ClearedCasebook, pages: Sequence[Page]) -> Iterator[OpenFile]:
    yield from open_formats(cleared)
    if cleared.sessions:
        yield OpenFile(CALENDAR, partial(calendar_feed, cleared))
    paths = [*(page.path for page in pages), *map(written_path, written_pages(cleared))]
    for path, content in sitemap(cleared, [*paths, DOWNLOADS, API_GUIDE]):
        yield OpenFile(path, partial(bytes, content))
