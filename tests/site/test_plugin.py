"""A bare `mkdocs build`: the site of the library beside `mkdocs.yml`, behind the privacy gate."""

import hashlib
import posixpath
import subprocess
import sys
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from builder.model.audience import Audience
from tests.conftest import ROOT, replacing

MINUTES = """\
---
date: 2026-09-22
title: '{title}'
audience: {audience}
cases: [SL-2026-0001]
lessons: ['<script>alert(1)</script> **x**']
actions:
  - {{what: '<i>补</i>登记', owner: 内勤, due: 2026-10-01}}
---
# 讨论

再看 SL-2026-0001。
"""
PIXEL = bytes.fromhex("89504e470d0a1a0a")


def make_site(root, target, audience="internal"):
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(target))
    config.plugins["casebook"].config.audience = audience
    build(config)
    return target


def text_of(site, path):
    return (site / path).read_text("utf-8")


def digests(site):
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in site.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def rich(library):
    """Cases, minutes, pages and images of every circle."""
    for number, audience in enumerate(Audience, 1):
        body = chr(0x5000 + number) * 60
        library.add(
            f"SL-2026-000{number}",
            replacing(
                ("audience: public", f"audience: {audience}"),
                ("消费者在某健身馆办卡后停课，要求退费。", body),
            ),
        )
        library.write(
            f"docs/notes/{audience}.md",
            f"---\ntitle: 给{audience}\naudience: {audience}\n---\n![图](../assets/{audience}.png)\n",
        )
        library.write(f"docs/assets/{audience}.png", "").write_bytes(PIXEL)
    library.write("docs/study/2026-09-22.md", MINUTES.format(title="算账", audience="internal"))
    library.write("docs/assets/unused.png", "").write_bytes(PIXEL)
    library.write("docs/engineer/design.md", "工程笔记\n")
    library.write("docs/decisions/0001.md", "决定\n")
    return library


@pytest.mark.parametrize("audience", list(Audience))
def test_holds_what_is_cleared_and_nothing_else(rich, tmp_path, audience):
    site = make_site(rich.root, tmp_path / "site", audience)
    files = set(digests(site))
    for number, circle in enumerate(Audience, 1):
        shown = audience.admits(circle)
        assert (f"cases/SL-2026-000{number}.html" in files) is shown
        assert (f"notes/{circle}.html" in files) is shown
        assert (f"assets/{circle}.png" in files) is shown
    inside = audience is Audience.INTERNAL
    assert ("study/2026-09-22.html" in files) is inside
    assert "assets/unused.png" not in files
    assert not [path for path in files if path.startswith(("engineer/", "decisions/"))]
    assert "sitemap.xml" not in files


@pytest.mark.parametrize(
    ("audience", "banner", "indexed"),
    [
        ("internal", "内部资料，不得外传", False),
        ("partner", "仅限伙伴工作室交流", False),
        ("public", "", True),
    ],
)
def test_says_on_every_page_who_it_is_for(rich, tmp_path, audience, banner, indexed):
    site = make_site(rich.root, tmp_path / "site", audience)
    for path in sorted(site.rglob("*.html")):
        html = path.read_text("utf-8")
        assert ("noindex" in html) is not indexed, path
        assert ("md-banner" in html) is bool(banner), path
        assert banner in html
    assert ("Disallow: /\n" in text_of(site, "robots.txt")) is not indexed


def test_the_menu_leaves_out_what_is_not_there(rich, tmp_path):
    public = text_of(make_site(rich.root, tmp_path / "public", "public"), "cases/SL-2026-0003.html")
    inside = text_of(make_site(rich.root, tmp_path / "inside"), "cases/SL-2026-0003.html")
    assert "周二复盘" in inside
    assert "周二复盘" not in public
    assert 'href="../browse/types/index.html"' in public
    for html in (public, inside):
        for absent in ("canonical", 'rel="edit"', 'rel="next"', 'rel="prev"', "\ue000"):
            assert absent not in html


def test_minutes_show_their_front_matter_as_text(library, tmp_path):
    library.add()
    hostile = "</title><script>alert(2)</script> {{ 7*7 }}"
    library.write("docs/study/2026-09-22.md", MINUTES.format(title=hostile, audience="internal"))
    site = make_site(library.root, tmp_path / "site")
    html = text_of(site, "study/2026-09-22.html")
    assert "<script>alert" not in html
    assert "&lt;/title&gt;&lt;script&gt;alert(2)&lt;/script&gt; {{ 7*7 }}" in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; **x**" in html
    assert "&lt;i&gt;补&lt;/i&gt;登记" in html
    assert '再看 <a href="../cases/SL-2026-0001.html">SL-2026-0001</a>' in html
    assert "<script>alert" not in text_of(site, "study/index.html")


def test_the_same_library_gives_the_same_bytes(rich, tmp_path):
    first = digests(make_site(rich.root, tmp_path / "one"))
    second = digests(make_site(rich.root, tmp_path / "two"))
    assert first == second


def test_a_library_without_a_home_page_gets_one(library, tmp_path):
    library.add()
    (library.root / "docs" / "index.md").unlink()
    html = text_of(make_site(library.root, tmp_path / "site"), "index.html")
    assert "调解前查案例" in html
    assert "健身卡退费争议" in html


def test_refuses_a_page_in_the_way_of_the_cases(library, tmp_path):
    library.add()
    library.write("docs/browse/types/index.md", "---\ntitle: 我的分类\n---\n")
    with pytest.raises(Abort, match=r"docs/browse/types/index\.md"):
        make_site(library.root, tmp_path / "site")


def test_tells_all_problems_and_leaves_the_last_site_alone(library, tmp_path):
    library.add("SL-2026-0001", replacing(("tuika]", "tuikaa]")))
    library.add("SL-2026-0002", replacing(("jianshen-yundong", "jianshen")))
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("上一次", "utf-8")
    ran = subprocess.run(
        [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "-f",
            str(library.root / "mkdocs.yml"),
            "-d",
            str(site),
        ],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PATH": "", "PYTHONUTF8": "1"},
    )
    told = ran.stdout + ran.stderr
    assert ran.returncode == 1
    assert "Traceback" not in told
    assert "cases/2026/SL-2026-0001.yml:10:" in told
    assert "cases/2026/SL-2026-0002.yml:11:" in told
    assert "您是不是要写" in told
    assert (site / "index.html").read_text("utf-8") == "上一次"


class Links(HTMLParser):
    """Where a page leads, and which places it has."""

    def __init__(self, html):
        super().__init__()
        self.links, self.ids = [], set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.ids.add(attrs.get("id"))
        for name in ("href", "src"):
            if attrs.get(name):
                self.links.append(attrs[name])


@pytest.mark.parametrize("audience", list(Audience))
def test_every_link_of_the_real_site_leads_somewhere_on_it(tmp_path, audience):
    site = make_site(ROOT, tmp_path / "site", audience)
    files = set(digests(site))
    made = {path: Links(text_of(site, path)) for path in files if path.endswith(".html")}
    del made["404.html"]  # shown at any address, so its links begin at the root
    for path, page in made.items():
        for href in page.links:
            target, _, anchor = unquote(href).partition("#")
            where = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            where = where if target else path
            assert where in files, (path, href)
            if anchor and not anchor.startswith("__") and "=" not in anchor:  # no state of a search
                assert anchor in made[where].ids, (path, href)


def test_a_second_build_of_one_process_sees_what_has_changed(library, tmp_path):
    """As `mkdocs serve` builds again; MkDocs keeps the plugin, `casebook build` uses it too."""
    import datetime

    from builder.site.stages import BuildRequest
    from builder.site.stages import build as casebook_build

    library.add()
    request = BuildRequest(
        library.settings, Audience.INTERNAL, tmp_path / "out", datetime.date(2026, 11, 24)
    )
    casebook_build(request)
    for word in ("健身卡", "游泳卡"):
        library.add(edit=replacing(("健身卡", word)))
        site = make_site(library.root, tmp_path / "site")
        assert f"{word}退费争议" in text_of(site, "cases/SL-2026-0001.html")
