"""Which files MkDocs gets to see: cleared pages and minutes, the images they show, our own.

The privacy gate of hand-written pages. What is below `docs/` and was not cleared is not
handed on, and the text of a page is the cleared text, not what the disk holds by then.
"""

import posixpath
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from builder.checks.cleared import ClearedCasebook
from builder.errors import CasebookError
from builder.feeds.sitemap import robots
from builder.model.audience import Audience
from builder.pages.facets import TITLES
from builder.pages.home import has_study
from builder.pages.site_map import (
    DOWNLOADS,
    FORM_SCRIPT,
    FORM_STYLE,
    LAW,
    LEDGER,
    PACK,
    RECENT,
    SEARCH,
    facet_path,
)
from builder.stable_paths import ROBOTS, SITEMAP

ASSETS = Path(__file__).parent / "assets"
STYLES = tuple(
    f"assets/casebook/{name}.css"
    for name in ("base", "lists", "search", "case", "study", "print", "brief")
)
LEDGER_STYLE = "assets/casebook/ledger.css"
LEDGER_STYLES = ASSETS / "ledger.css"
BRIEF_STYLES = ASSETS / "brief.css"
SCRIPTS = ("assets/casebook/casebook.js", "assets/casebook/search.js")
ICON = "assets/casebook/casebook.svg"
HOME_MD, STUDY_MD = "index.md", "study/index.md"
LEDGER_MD = posixpath.splitext(LEDGER)[0] + ".md"
_OURS = ("api/", "browse/", "cases/", "downloads/", "law/", "ledger/", "search/")


class TakenNameError(CasebookError):
    """A hand-written page stands where a page made from the cases goes."""


def frame_pages() -> list[str]:
    """Return the hidden pages that carry a frame, one for each folder of direct pages."""
    named = (facet_path(name) for name in TITLES)
    indexes = [RECENT, LAW, SEARCH, PACK, DOWNLOADS, LEDGER, *named]
    return [posixpath.splitext(path)[0] + ".md" for path in indexes]


def written_pages(cleared: ClearedCasebook) -> dict[str, str]:
    """Return path -> Markdown of every page that goes through MkDocs."""
    pages = {page.path: page.body for page in cleared.pages}
    pages.update((session.path, session.body) for session in cleared.sessions)
    for path in pages:
        if path.startswith(_OURS):
            raise TakenNameError(
                where=f"docs/{path}",
                what="这个文件夹留给由案例生成的页面。",
                remedy="请把它移到 docs/ 下别的文件夹。",
            )
    pages.setdefault(HOME_MD, f"# {cleared.title}\n")
    if has_study(cleared):
        pages.setdefault(STUDY_MD, "")
    return pages


def frames_of(has_ledger: bool) -> list[str]:
    """Return the frames of one build; that of the ledger where the build has one."""
    return [path for path in frame_pages() if has_ledger or path != LEDGER_MD]


def styles_of(has_ledger: bool) -> tuple[str, ...]:
    """Return the style sheets of one build; print and brief come last, to win."""
    return (*STYLES[:-2], LEDGER_STYLE, *STYLES[-2:]) if has_ledger else STYLES


def _form_of(cleared: ClearedCasebook) -> tuple[str, ...]:
    """Return what the writing form needs, in the builds that have it."""
    return (FORM_SCRIPT, FORM_STYLE) if cleared.audience is Audience.INTERNAL else ()


def docs_files(
    found: Files, config: MkDocsConfig, cleared: ClearedCasebook, has_ledger: bool
) -> Files:
    """Return the files that a site for this audience is made from."""
    from_theme = [  # whose sitemap has the clock's date, and no case
        file for file in found if file.src_dir != config.docs_dir and file.src_uri != SITEMAP
    ]
    images = [
        file for file in found if file.src_dir == config.docs_dir and file.src_uri in cleared.assets
    ]
    pages = written_pages(cleared) | dict.fromkeys(frames_of(has_ledger), "")
    made = [File.generated(config, path, content=body) for path, body in sorted(pages.items())]
    ours = [
        File.generated(config, path, abs_src_path=str(ASSETS / posixpath.basename(path)))
        for path in (*styles_of(has_ledger), *SCRIPTS, *_form_of(cleared), ICON)
    ]
    ours.append(File.generated(config, ROBOTS, content=robots(cleared)))
    return Files([*from_theme, *images, *made, *ours])


def pruned_nav(nav: object, pages: set[str]) -> object:
    """Return the menu of `mkdocs.yml` without the pages that this build does not have."""
    if isinstance(nav, list):
        kept = [pruned_nav(item, pages) for item in nav]
        return [item for item in kept if item]
    if isinstance(nav, dict):
        sections = {title: pruned_nav(item, pages) for title, item in nav.items()}
        return {title: item for title, item in sections.items() if item}
    return nav if not isinstance(nav, str) or not nav.endswith(".md") or nav in pages else None
