"""The real site, built once, opened from a folder and over http in Chromium."""

import functools
import http.server
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, BrowserContext, Page

from tests.conftest import Library, make_library_of_twelve


@pytest.fixture(scope="session")
def twelve(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A library of twelve cases."""
    return make_library_of_twelve(tmp_path_factory.mktemp("library") / "twelve")


@pytest.fixture(scope="session")
def site(twelve: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The internal site of twelve cases, in a folder with a space and Chinese in its name."""
    target = tmp_path_factory.mktemp("built") / "调解 案例库"
    build(load_config(str(twelve.root / "mkdocs.yml"), site_dir=str(target)))
    return target


@pytest.fixture(scope="session")
def opened(site: Path) -> str:
    """Address of the site as a folder."""
    return site.as_uri() + "/"


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """Address of the site on a server of this machine."""
    handler = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@dataclass
class Visit:
    """A reader: what their browser asked for and complained of is noted."""

    context: BrowserContext
    base: str
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        page = self.context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url} {error}"))
        page.on("requestfailed", self._failed)
        page.on("request", lambda request: self._asked(request.url))
        page.goto(self.base + path)
        page.wait_for_load_state("load")
        return page

    def _heard(self, message: Any) -> None:
        if message.type in ("error", "warning") and "blocked by Playwright" not in message.text:
            self.complaints.append(f"{message.location} {message.text}")

    def _failed(self, request: Any) -> None:
        if request.failure != "net::ERR_ABORTED":  # the reader went on before it had come
            self.complaints.append(f"{request.url} {request.failure}")

    def _asked(self, url: str) -> None:
        if not url.startswith((self.base, "data:", "blob:")):
            self.elsewhere.append(url)

    @property
    def untroubled(self) -> bool:
        return not self.elsewhere and not self.complaints


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Any]:
    """Return a function that gives a reader of the site at an address.

    Nothing is kept for use offline unless a test asks for `service_workers="allow"`.
    """
    contexts = []

    def start(base: str, width: int = 1280, **options: Any) -> Visit:
        options.setdefault("service_workers", "block")
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        return Visit(context, base)

    yield start
    for context in contexts:
        context.close()
