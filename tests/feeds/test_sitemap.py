"""Sitemap and robots: only what is public, only where the site is known."""

from xml.etree import ElementTree as ET

import pytest

from builder.feeds.sitemap import robots, sitemap
from builder.model.audience import Audience

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PAGES = ["index.html", "cases/SL-2026-0001.html", "cases/SL-2026-0003.html", "guides/怎样.html"]


def addresses(content):
    return [element.text for element in ET.fromstring(content).iter(f"{NAMESPACE}loc")]


def test_lists_the_pages_that_are_still_there(known):
    ((path, content),) = sitemap(known[Audience.PUBLIC], PAGES)
    assert path == "sitemap.xml"
    base = "https://example.cn/anli/public/"
    assert addresses(content) == [
        base + "cases/SL-2026-0001.html", base + "guides/%E6%80%8E%E6%A0%B7.html", base + "index.html",
    ]  # fmt: skip
    assert [one.text for one in ET.fromstring(content).iter(f"{NAMESPACE}lastmod")] == ["2026-09"]


def test_is_cut_into_parts_when_long(known):
    made = dict(sitemap(known[Audience.PUBLIC], PAGES, most=2))
    assert [*made] == ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]
    assert ET.fromstring(made["sitemap.xml"]).tag == f"{NAMESPACE}sitemapindex"
    assert [one.rpartition("/")[2] for one in addresses(made["sitemap.xml"])] == [
        "sitemap-1.xml", "sitemap-2.xml",
    ]  # fmt: skip
    assert len(addresses(made["sitemap-1.xml"]) + addresses(made["sitemap-2.xml"])) == 3


@pytest.mark.parametrize("audience", [Audience.INTERNAL, Audience.PARTNER], ids=str)
def test_other_circles_are_not_to_be_found(known, audience):
    assert list(sitemap(known[audience], PAGES)) == []
    assert robots(known[audience]) == "User-agent: *\nDisallow: /\n"


def test_without_an_address_there_is_no_sitemap(nowhere):
    assert list(sitemap(nowhere[Audience.PUBLIC], PAGES)) == []
    assert robots(nowhere[Audience.PUBLIC]) == "User-agent: *\nAllow: /\n"


def test_robots_name_the_sitemap(known):
    said = robots(known[Audience.PUBLIC])
    assert said.startswith("User-agent: *\nAllow: /\n")
    assert said.endswith("Sitemap: https://example.cn/anli/public/sitemap.xml\n")
