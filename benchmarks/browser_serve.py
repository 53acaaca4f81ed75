"""A static server on this machine that gzips as web servers do and counts what it sends."""

import contextlib
import gzip
import mimetypes
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urlsplit

_LEVEL = 6  # what web servers use
_PACKED = (".html", ".js", ".mjs", ".css", ".json", ".svg", ".xml", ".txt", ".wasm")
_LARGE = 1_000_000  # bytes; packing a larger file would take longer than sending it


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer: the path asked for, and its bytes with the head."""

    path: str
    bytes: int


class Server:
    """Serves a folder; use it in a `with` block."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self._sent: list[Sent] = []
        self._packed: dict[Path, bytes] = {}
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        for path in self.folder.rglob("*"):
            if path.is_file() and path.stat().st_size > _LARGE:
                self.content(path)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/"

    def take(self) -> list[Sent]:
        """Return what was sent since the last call."""
        with self._lock:
            sent, self._sent = self._sent, []
        return sent

    def note(self, path: str, size: int) -> None:
        with self._lock:
            self._sent.append(Sent(path, size))

    def content(self, path: Path) -> tuple[bytes, bool]:
        """Return what goes over the wire for a file, and whether it is gzipped."""
        if path.suffix not in _PACKED:
            return path.read_bytes(), False
        if path not in self._packed:
            self._packed[path] = gzip.compress(path.read_bytes(), _LEVEL)
        return self._packed[path], True

    def find(self, address: str) -> Path | None:
        """Return the file that an address means, or None; never one outside the folder."""
        wanted = (self.folder / unquote(urlsplit(address).path).lstrip("/")).resolve()
        if wanted.is_dir():
            wanted /= "index.html"
        return wanted if wanted.is_relative_to(self.folder) and wanted.is_file() else None


def packed_size(folder: Path) -> tuple[int, int, int]:
    """Return number of files, bytes, and gzipped bytes of a file or folder, as served."""
    files = raw = packed = 0
    for path in [folder, *folder.rglob("*")]:
        if path.is_file():
            content = path.read_bytes()
            files += 1
            raw += len(content)
            wire = gzip.compress(content, _LEVEL) if path.suffix in _PACKED else content
            packed += len(wire)
    return files, raw, packed


def _handler(server: Server) -> Callable[..., BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body leave together

        def do_GET(self) -> None:
            path = server.find(self.path)
            body, packed = server.content(path) if path else (b"", False)
            self.send_response(200 if path else 404)
            kind = mimetypes.guess_type(path or "")[0] or "application/octet-stream"
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "max-age=600")
            if packed:
                self.send_header("Content-Encoding", "gzip")
            # what http.server keeps of the head until it is flushed
            head = sum(map(len, getattr(self, "_headers_buffer", ()))) + len(b"\r\n")
            server.note(urlsplit(self.path).path, head + len(body))
            self.end_headers()
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # the visitor left
                self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing: a line for each of thousands of requests helps nobody."""

    return Handler
