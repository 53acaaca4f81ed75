"""The MkDocs plugin `casebook`: hooks only, each a call or two."""

import datetime
import posixpath
from collections.abc import Mapping, Sequence
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from builder.errors import CasebookError
from builder.index.analysis import Analysis, analyse
from builder.index.static_index import FOLDER, write_static_index
from builder.library.problem import CasesError, Severity
from builder.model.audience import Audience
from builder.pages.found_pages import found_pages
from builder.pages.similar import SimilarCase
from builder.pages.site_pages import site_pages
from builder.settings import FILE_NAME, Settings, find_root, load_settings
from builder.site.docs_files import docs_files
from builder.site.frame import Frame
from builder.site.ledger_pages import ledger_pages
from builder.site.offline import write_worker
from builder.site.open_files import write_open_files
from builder.site.options import Options, adapt
from builder.site.page_writer import write_pages
from builder.site.prepare import Prepared, prepare
from builder.site.similar import like_ids, similar_cases
from builder.site.written import is_frame, page_content, prepare_page


class CasebookPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Makes a site of the cases beside `mkdocs.yml`.

    Attributes:
        prepared: what to make the site from; set before the build to spare reading again, and
            unset after it: MkDocs keeps a plugin with `on_startup` for the builds to come.
        similar: case id -> similar cases.
        is_serving: whether this is `mkdocs serve`, where nothing may be kept from changing.
        write_pages: whether the plugin itself writes the pages made from the cases.
        frame: the theme's frames, whole once the build is done.
        analysis: of the cases, where the plugin itself writes what is made from them.
    """

    prepared: Prepared | None = None
    similar: Mapping[str, Sequence[SimilarCase]] = {}
    is_serving: bool = False
    write_pages: bool = True
    frame: Frame
    analysis: Analysis

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Note which command of MkDocs this is."""
        self.is_serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read, check and clear the library; a fault ends the build with all that is wrong."""
        # MkDocs keeps a plugin with `on_startup` from one build to the next: take, do not keep
        prepared, self.prepared = self.prepared, None
        try:
            if prepared is None:
                settings, audience = _settings(config), Audience(self.config.audience)
                prepared = prepare(settings, audience, datetime.date.today(), with_ledger=True)
                cache = settings.build / "cache" / f"preview-{audience}"
                self.analysis = analyse(prepared.cleared, cache)
                self.similar = similar_cases(prepared.cleared, self.analysis)
            has_ledger = prepared.ledger is not None
            adapt(config, prepared.cleared, has_ledger, offline=not self.is_serving)
        except CasebookError as error:
            raise _abort(error) from None
        self.cleared, self.ledger = prepared.cleared, prepared.ledger
        self.frame = Frame(self.cleared.address)
        return config

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Let through what was cleared and nothing else."""
        return docs_files(files, config, self.cleared, self.ledger is not None)

    def on_page_markdown(
        self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files
    ) -> None:
        """Give the page its title and description."""
        prepare_page(page, files, self.cleared)

    def on_page_content(
        self, html: str, /, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Put home blocks, minutes and frame marks into their pages."""
        return page_content(html, page, self.cleared)

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Keep a frame instead of writing it."""
        if not is_frame(page):
            return output
        self.frame.add(posixpath.dirname(page.file.dest_uri), output)
        return ""

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the pages made from the cases, and what their search needs."""
        if self.write_pages:
            site = Path(config.site_dir)
            made = list(site_pages(self.cleared, self.similar, like_ids(self.analysis)))
            offered = write_open_files(self.cleared, made, site)
            pages_of_ledger = ledger_pages(self.cleared, self.ledger)
            keys = write_pages([*offered.pages, *pages_of_ledger], self.frame, site)
            pages = found_pages(self.cleared)
            write_static_index(self.cleared, self.analysis, site / FOLDER, pages)
            if not self.is_serving:
                write_worker(site, keys)
        self.write_pages = True

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: object
    ) -> LiveReloadServer:
        """Build again when a case or a setting changes."""
        settings = _settings(config)
        for path in (settings.cases, settings.root / FILE_NAME, settings.ledger):
            if path.exists():
                server.watch(str(path))
        return server


def _settings(config: MkDocsConfig) -> Settings:
    """Return the settings of the library that `mkdocs.yml` belongs to."""
    return load_settings(find_root(Path(config.config_file_path).parent))


def _abort(error: CasebookError) -> Abort:
    """Return what ends MkDocs: every error on a line of its own, and no traceback."""
    problems = error.problems if isinstance(error, CasesError) else []
    lines = [
        f"{one.path}:{one.line}:{one.column} {one.field} {one.what}{one.remedy}"
        for one in problems
        if one.severity is Severity.ERROR
    ]
    return Abort("\n".join([*lines, f"{error.where}：{error.what}{error.remedy}"]))
