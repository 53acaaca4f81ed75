"""The list of pages for search engines: only what is public, and only where the site is known.

Source: sitemaps.org, protocol 0.9: full addresses, at most 50,000 a file.
"""

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from builder.checks.cleared import ClearedCasebook
from builder.feeds.xml_text import xml_bytes
from builder.model.audience import Audience
from builder.stable_paths import SITEMAP, absolute, case_path

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST = 50_000
NOT_LISTED = "User-agent: *\nDisallow: /\n"


def has_sitemap(cleared: ClearedCasebook) -> bool:
    """Return whether search engines are to find this site."""
    return cleared.audience is Audience.PUBLIC and bool(cleared.address)


def robots(cleared: ClearedCasebook) -> str:
    """Return `robots.txt`: only what is public may be looked through."""
    if cleared.audience is not Audience.PUBLIC:
        return NOT_LISTED
    where = f"\nSitemap: {absolute(cleared.address, SITEMAP)}\n" if has_sitemap(cleared) else ""
    return "User-agent: *\nAllow: /\n" + where


def sitemap(
    cleared: ClearedCasebook, pages: Sequence[str], most: int = MOST
) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of the sitemap, and of its parts where one file is not enough.

    Args:
        pages: paths of the site's pages; withdrawn cases are left out.
        most: pages in a file.
    """
    if not has_sitemap(cleared):
        return
    gone = {case_path(notice.id) for notice in cleared.notices}
    dates = {
        case_path(case.id): case.revision.date if case.revision else case.closed
        for case in cleared.cases
    }
    listed = [
        (absolute(cleared.address, path), dates.get(path, "")) for path in sorted(set(pages) - gone)
    ]
    parts = [listed[start : start + most] for start in range(0, len(listed), most)]
    if len(parts) == 1:
        yield SITEMAP, _xml("urlset", "url", parts[0])
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield name, _xml("urlset", "url", part)
    yield (
        SITEMAP,
        _xml("sitemapindex", "sitemap", [(absolute(cleared.address, name), "") for name in names]),
    )


def _xml(root: str, item: str, listed: Sequence[tuple[str, str]]) -> bytes:
    made = ET.Element(root, {"xmlns": NAMESPACE})
    for address, date in listed:
        one = ET.SubElement(made, item)
        ET.SubElement(one, "loc").text = address
        if date:
            ET.SubElement(one, "lastmod").text = date
    return xml_bytes(made)
