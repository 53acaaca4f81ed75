"""The open formats in a whole site: what is offered is there, and heads say where."""

import datetime
import json
import posixpath
import re
import subprocess
import sys
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import pytest

from builder.model.audience import Audience
from builder.site.stages import BuildRequest, build
from tests.conftest import replacing
from tests.feeds.conftest import ADDRESS, HOSTILE_TITLE, small_library

TODAY = datetime.date(2026, 11, 24)


class Reader(HTMLParser):
    """Collects tags with their attributes."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def all(self, tag, **wanted):
        return [
            attrs
            for name, attrs in self.tags
            if name == tag and all(attrs.get(key) == value for key, value in wanted.items())
        ]


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """The little library: public and partner with addresses, internal without."""
    root = tmp_path_factory.mktemp("open")
    made = {}
    for audience in Audience:
        address = "" if audience is Audience.INTERNAL else ADDRESS
        library = small_library(root / f"library-{audience}", address)
        request = BuildRequest(library.settings, audience, root / str(audience), TODAY)
        made[audience] = build(request).version / "site"
    return made


def read(site, path):
    return Reader((site / path).read_text("utf-8"))


@pytest.mark.parametrize("audience", list(Audience), ids=str)
def test_every_download_is_there_with_its_size(sites, audience):
    site = sites[audience]
    text = (site / "downloads" / "index.html").read_text("utf-8")
    offered = re.findall(
        r'href="([^"]+)"[^>]*>[^<]*</a> <span class="cb-count">([^<]+)</span>', text
    )
    paths = {posixpath.normpath(posixpath.join("downloads", href)) for href, _ in offered}
    assert {"feed.xml", "feed.json", "downloads/cases.csv", "downloads/cases.xlsx"} < paths
    assert ("sitemap.xml" in paths) == (audience is Audience.PUBLIC)
    for href, size in offered:
        bytes_ = (site / "downloads" / href).stat().st_size
        assert size == (f"{bytes_} 字节" if bytes_ < 1024 else f"{bytes_ / 1024:.0f} KB")
    made = {path.relative_to(site).as_posix() for path in (site / "api").rglob("*.json")}
    assert {path for path in made if "/cases/" not in path} == {p for p in paths if p[:4] == "api/"}


@pytest.mark.parametrize("audience", list(Audience), ids=str)
def test_every_page_leads_to_feeds_and_downloads_by_relative_links(sites, audience):
    site = sites[audience]
    pages = [path for path in site.rglob("*.html") if path.name != "404.html"]
    assert len(pages) > 20
    downloads = (site / "downloads" / "index.html").resolve()
    for page in pages:
        reader = Reader(page.read_text("utf-8"))
        feeds = reader.all("link", rel="alternate feed")
        assert [one["type"] for one in feeds] == ["application/atom+xml", "application/feed+json"]
        targets = [one["href"] for one in feeds]
        offered = [
            a["href"]
            for a in reader.all("a")
            if (page.parent / a.get("href", "")).resolve() == downloads
        ]
        targets += offered[-1:]  # in the foot of the page
        assert len(targets) == 3, page
        for target in targets:
            assert not urlsplit(target).scheme
            assert (page.parent / unquote(target)).is_file(), (page, target)


def test_a_case_can_be_cited_from_its_head(sites):
    reader = read(sites[Audience.PUBLIC], "cases/SL-2026-0001.html")
    told = [(one["name"], one["content"]) for one in reader.all("meta") if "name" in one]
    for pair in (
        ("DC.title", "健身卡退费争议"),
        ("DC.identifier", "SL-2026-0001"),
        ("DC.identifier", f"{ADDRESS}public/cases/SL-2026-0001.html"),
        ("DC.date", "2026-09"),
        ("DC.creator", "示例消费维权工作室"),
        ("DC.subject", "退费"),
        ("DC.rights", "可以转载，请注明出处"),
        ("citation_publication_date", "2026/09"),
        ("citation_public_url", f"{ADDRESS}public/cases/SL-2026-0001.html"),
    ):
        assert pair in told
    (data,) = reader.all("link", rel="describedby")
    site = sites[Audience.PUBLIC]
    assert json.loads((site / "cases" / data["href"]).read_text("utf-8"))["id"] == "SL-2026-0001"


def test_hostile_titles_stay_text_in_heads(sites):
    reader = read(sites[Audience.PUBLIC], "cases/SL-2026-0007.html")
    assert reader.all("meta", name="citation_title") == [
        {"name": "citation_title", "content": HOSTILE_TITLE}
    ]


@pytest.mark.parametrize("audience", list(Audience), ids=str)
def test_a_withdrawn_case_keeps_its_address_and_is_not_to_be_listed(sites, audience):
    reader = read(sites[audience], "cases/SL-2026-0003.html")
    robots = [one["content"] for one in reader.all("meta", name="robots")]
    assert len(robots) == 1
    assert robots[0].startswith("noindex")
    assert not [one for one in reader.all("meta") if one.get("name", "").startswith("DC.")]


def test_only_public_pages_may_be_listed(sites):
    for audience, site in sites.items():
        reader = read(site, "cases/SL-2026-0001.html")
        assert bool(reader.all("meta", name="robots")) == (audience is not Audience.PUBLIC)
        allowed = "Allow: /" in (site / "robots.txt").read_text("utf-8")
        assert allowed == (audience is Audience.PUBLIC)
        assert (site / "sitemap.xml").exists() == (audience is Audience.PUBLIC)


def test_the_sitemap_lists_every_page_there_is(sites):
    site = sites[Audience.PUBLIC]
    listed = {
        unquote(one.text.removeprefix(f"{ADDRESS}public/"))
        for one in ET.parse(site / "sitemap.xml").iter()
        if one.tag.endswith("loc")
    }
    pages = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    assert listed == pages - {"404.html", "cases/SL-2026-0003.html"}


def test_every_page_says_its_own_address_where_it_is_known(sites):
    site = sites[Audience.PUBLIC]
    for path in ("index.html", "cases/SL-2026-0001.html", "downloads/api.html"):
        (canonical,) = read(site, path).all("link", rel="canonical")
        assert canonical["href"] in (f"{ADDRESS}public/{path}", f"{ADDRESS}public/")
    assert not read(sites[Audience.INTERNAL], "index.html").all("link", rel="canonical")


def test_the_page_says_what_is_missing_without_an_address(sites, tmp_path):
    said = (sites[Audience.INTERNAL] / "downloads" / "index.html").read_text("utf-8")
    assert "没有写这个版本的网址" in said
    assert "没有网站地图" not in said
    library = small_library(tmp_path / "library")
    done = subprocess.run(
        [sys.executable, "-m", "builder.cli", "--library", str(library.root), "build", "--audience", "public"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "[addresses] 没有写 public" in done.stderr
    site = library.root / "build" / "public" / "current" / "site"
    assert "也没有网站地图" in (site / "downloads" / "index.html").read_text("utf-8")
    assert not (site / "sitemap.xml").exists()


def test_the_preview_has_them_too(sites, tmp_path):
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config

    library = small_library(tmp_path / "library")
    mkdocs_build(load_config(str(library.root / "mkdocs.yml"), site_dir=str(tmp_path / "site")))
    for path in ("feed.xml", "api/v1/index.json", "downloads/cases.csv", "downloads/index.html"):
        made = (tmp_path / "site" / path).read_bytes()
        assert made == (sites[Audience.INTERNAL] / path).read_bytes(), path


def test_the_guide_names_every_field_of_every_document(sites):
    site = sites[Audience.PUBLIC]
    said = (site / "downloads" / "api.html").read_text("utf-8")
    schema = json.loads((site / "api/v1/schema.json").read_text("utf-8"))
    for part in schema["$defs"].values():
        for name, field in part["properties"].items():
            assert f'<code>{name}</code></td><td data-label="意思">{field["title"]}' in said


def test_the_data_of_unchanged_cases_are_not_made_again(library, tmp_path):
    for case_id in ("SL-2026-0001", "SL-2026-0002"):
        library.add(case_id)
    request = BuildRequest(library.settings, Audience.PUBLIC, tmp_path / "out", TODAY)
    before = build(request).version / "site/api/v1/cases"
    library.add("SL-2026-0002", replacing(("要求退费", "要求退费并道歉")))
    after = build(request).version / "site/api/v1/cases"
    same = [
        (before / name).samefile(after / name)
        for name in ("SL-2026-0001.json", "SL-2026-0002.json")
    ]
    assert same == [True, False]
    assert "并道歉" in (after / "SL-2026-0002.json").read_text("utf-8")
