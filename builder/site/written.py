"""The pages that go through MkDocs: what is put round their Markdown, and the frames."""

from html import escape

from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from builder.checks.cleared import ClearedCasebook
from builder.pages.case_links import link_case_ids
from builder.pages.home import home_blocks
from builder.pages.minutes import session_content, study_content, titles_of
from builder.site.docs_files import HOME_MD, STUDY_MD, frame_pages
from builder.site.frame import CONTENT, DESCRIPTION, HEAD, TITLE

_BARE = ["navigation", "toc"]
_ANCHOR = "content"


def is_frame(page: Page) -> bool:
    """Return whether a page is one of the hidden ones that carry a frame."""
    return page.file.src_uri in frame_pages()


def prepare_page(page: Page, files: Files, cleared: ClearedCasebook) -> None:
    """Give a page its title and description as text, and drop what the theme need not know."""
    path = page.file.src_uri
    if is_frame(page):
        page.meta = {"title": TITLE, "description": DESCRIPTION, "head": HEAD, "frame": True}
        page.meta["hide"] = ["toc"] if path.startswith("browse/") else _BARE
        page.canonical_url = page.previous_page = page.next_page = None
        return
    titles = {one.path: (one.title, one.description) for one in cleared.pages}
    titles.update((one.path, (one.title, "")) for one in cleared.sessions)
    title, description = titles.get(path, ("周二复盘" if path == STUDY_MD else cleared.title, ""))
    page.meta = {"title": escape(title), "description": escape(description)}
    if path == HOME_MD:
        del page.meta["title"]  # the name of the site is enough
        page.meta |= {"hide": _BARE}
    elif path.startswith("study/"):
        page.meta["hide"] = _BARE
        index = files.get_file_from_path(STUDY_MD)
        if index is not None and path != STUDY_MD:
            page.parent = index.page  # type: ignore[assignment]  # lights up its place in the menu
    elif "/" not in path:
        page.meta["hide"] = ["navigation"]


def page_content(html: str, page: Page, cleared: ClearedCasebook) -> str:
    """Return the content of a page from the HTML of its Markdown."""
    path = page.file.src_uri
    if is_frame(page):
        # one heading of the first level and none below: a link to skip to, no table of contents
        page.toc = TableOfContents([AnchorLink("正文", _ANCHOR, 1)])
        return f'<div id="{_ANCHOR}" tabindex="-1">{CONTENT}</div>'
    html = link_case_ids(html, page.file.dest_uri, titles_of(cleared))
    if path == HOME_MD:
        return html + home_blocks(cleared)
    if path == STUDY_MD:
        return study_content(cleared, html)
    session = next((one for one in cleared.sessions if one.path == path), None)
    return session_content(cleared, session, html) if session else html
