"""The one-file edition: every case and the search in one HTML file that asks for nothing else.

The pages of the site stand one after the other as views (`page_section.py`); scripts show
one at a time. The static index lies in the file as one text: gzip, in base64, of a JSON
object that holds the payload of each of its files by name (`builder/index/shards.py`). The
policy in the head lets only these very scripts and styles run, and nothing be loaded.
"""

import base64
import hashlib
import io
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from gzip import GzipFile
from pathlib import Path
from urllib.parse import quote

from markdown import markdown  # type: ignore[import-untyped]
from markupsafe import Markup

from builder.checks.cleared import ClearedCasebook
from builder.index.analysis import Analysis
from builder.index.static_index import write_static_index
from builder.model.audience import Audience
from builder.pages.facets import facets
from builder.pages.found_pages import found_pages
from builder.pages.page import Page
from builder.pages.search_page import search_content
from builder.pages.similar import SimilarCase
from builder.pages.site_map import (
    HOME,
    LAW,
    PRIVACY,
    RECENT,
    SEARCH,
    article_path,
    case_path,
    facet_path,
    statute_path,
    value_path,
    written_path,
)
from builder.pages.site_pages import site_pages
from builder.render import render
from builder.site.docs_files import ASSETS
from builder.site.page_section import page_section
from builder.wording import BANNERS, month_in_words

MOST_CASES = 600
MOST_BYTES = 8_000_000
_STYLES = ("base", "lists", "search", "case", "print", "brief", "one_file")
_CLASS = re.compile(r"(?<![\w-])(?:cb|md)-[\w-]+|admonition")
_TYPES, _LAW, _PRIVACY = "types", "law", "privacy"
# how the search names the facets that one can browse by
_FACETS = {
    "types": "types",
    "industries": "industry",
    "outcomes": "outcomes",
    "methods": "methods",
    "years": "years",
}


def one_file(
    cleared: ClearedCasebook,
    analysis: Analysis,
    similar: Mapping[str, Sequence[SimilarCase]],
    likes: Mapping[str, Sequence[str]],
) -> bytes:
    """Return the one-file edition of what one audience may see. The same cases, the same bytes.

    Args:
        analysis: of `cleared.cases`, in that order.
        similar: case id -> the cases to show beside it, each held against it.
        likes: case id -> ids of the cases most like it, best first.
    """
    places = _places(cleared)
    first, last = render("one_file/first.js"), render("one_file/last.js")
    scripts = [_asset("one_file.js"), _asset("casebook.js"), last]
    styles = "\n".join(_asset(f"{name}.css") for name in _STYLES)
    classes = frozenset(_CLASS.findall("\n".join([styles, *scripts])))
    contents = [
        (page.path, page.render())
        for page in site_pages(cleared, similar, likes)
        if _is_view(page, places)
    ]
    views = [
        (places[path], page_section(content, path, places, classes))
        for path, content in [*contents, *_written(cleared, places)]
    ]
    html = render(
        "one_file/file.html",
        policy=_policy([first, *scripts], styles),
        audience=str(cleared.audience),
        noindex=cleared.audience is not Audience.PUBLIC,
        banner=BANNERS[cleared.audience],
        title=cleared.title,
        description=cleared.description,
        footer=f"{cleared.workshop} · {cleared.title}。条文为转述，以官方文本为准。",
        styles=Markup(styles),
        first=Markup(first),
        scripts=[Markup(script) for script in scripts],
        search=Markup(search_content(browse=f"#{_TYPES}")),
        types=Markup(_types(cleared)),
        about=Markup(_about(cleared, places)),
        views=[(place, Markup(content)) for place, content in views],
        index=_packed_index(cleared, analysis, places),
    )
    return html.encode()


def _places(cleared: ClearedCasebook) -> dict[str, str]:
    """Return path of a page -> its address in the file, without #.

    An address with = is one of the search, which stands in for lists of cases.
    """
    places = {HOME: "", RECENT: "", SEARCH: "", facet_path("types"): _TYPES, LAW: _LAW}
    for case_id in [case.id for case in cleared.cases] + [one.id for one in cleared.notices]:
        places[case_path(case_id)] = case_id
    for facet in facets(cleared):
        if facet.name in _FACETS:
            for value in facet.values:
                address = f"{_FACETS[facet.name]}={quote(value.id)}"
                places[value_path(facet.name, value.id)] = address
    for case in cleared.cases:
        for article in case.articles:
            cited = article.citation
            places[statute_path(cited.statute)] = f"{_LAW}.{cited.statute}"
            address = f"statutes={quote(cited.statute)}%23{quote(cited.article)}"
            places[article_path(cited.statute, cited.article)] = address
    if any(written_path(page.path) == PRIVACY for page in cleared.pages):
        places[PRIVACY] = _PRIVACY
    return places


def _is_view(page: Page, places: Mapping[str, str]) -> bool:
    """Return whether a page of the site stands in the file as it is."""
    place = places.get(page.path, "")
    return bool(place) and "=" not in place and place != _TYPES


def _written(cleared: ClearedCasebook, places: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield path and content of the hand-written pages that go with the cases."""
    for page in cleared.pages:
        path = written_path(page.path)
        if path in places and path != HOME:
            yield path, markdown(page.body, extensions=["tables", "admonition"])


def _types(cleared: ClearedCasebook) -> str:
    """Return all cases under their dispute types."""
    types = facets(cleared)[0]
    groups = []
    for value in types.top:
        children = types.children_of(value)
        below = {case.id for child in children for case in child.cases}
        alone = [case for case in value.cases if case.id not in below]
        groups.append((value, alone, children))
    return render(
        "one_file/types.html",
        total=len(cleared.cases),
        groups=groups,
        others=[case for case in cleared.cases if not case.dispute_types],
        notices=cleared.notices,
    )


def _about(cleared: ClearedCasebook, places: Mapping[str, str]) -> str:
    return render(
        "one_file/about.html",
        workshop=cleared.workshop,
        title=cleared.title,
        audience=cleared.audience.label,
        total=len(cleared.cases),
        as_of=month_in_words(cleared.as_of),
        description=cleared.description.rstrip("。"),
        privacy=places.get(PRIVACY, ""),
    )


def _packed_index(cleared: ClearedCasebook, analysis: Analysis, places: Mapping[str, str]) -> str:
    """Return the static index as one text."""
    pages = [
        replace(page, path=places[page.path])
        for page in found_pages(cleared)
        if page.path in places
    ]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "index"
        digest = write_static_index(cleared, analysis, root, pages)
        named = {path.relative_to(root / digest).as_posix(): path for path in root.rglob("*/*.js")}
        named["manifest.js"] = root / "manifest.js"
        payloads = [
            f'"{name.removesuffix(".js")}":{_payload(path.read_text("utf-8"))}'
            for name, path in sorted(named.items())
        ]
    packed = io.BytesIO()
    # by way of a file object, whose header says neither when nor on which system
    with GzipFile(filename="", mode="wb", compresslevel=9, fileobj=packed, mtime=0) as file:
        file.write(("{" + ",".join(payloads) + "}").encode())
    return base64.b64encode(packed.getvalue()).decode()


def _payload(shard: str) -> str:
    """Return what a file of the static index hands over, as JSON."""
    return shard.partition(",")[2].rstrip("\n").removesuffix(")")


def _policy(scripts: Sequence[str], styles: str) -> str:
    """Return the rule that only these scripts and styles run, and that nothing is loaded."""
    allowed = " ".join(map(_digest, scripts))
    return (
        f"default-src 'none'; img-src data:; style-src {_digest(styles)}; script-src {allowed}; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _asset(name: str) -> str:
    return (ASSETS / name).read_text("utf-8")
