"""Build what people would pick instead, each on the same cases: index, pages and a probe.

The stock search is measured on its own site; Pagefind and MiniSearch on a bare page that
does nothing but search, which flatters them by the weight of a real page.
"""

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

from benchmarks.browser_prepare import PAGES, RECORDS
from benchmarks.browser_serve import packed_size
from benchmarks.measure import Taken, run
from builder.errors import SurroundingsError

NODE = Path(__file__).parent / "node"
STOCK, PAGEFIND, MINISEARCH = "原装搜索", "Pagefind", "MiniSearch"
# Lets a command that is not Python be watched as the Python steps are.
_CALL = ("-c", "import subprocess, sys; sys.exit(subprocess.call(sys.argv[1:]))")


@dataclass(frozen=True)
class Subject:
    """A search to measure.

    Attributes:
        site: the folder that is served.
        page: address of the page below it; `ask` makes the address that holds a query.
        part_of: path -> which part of the search it belongs to, '' for the rest of the page.
        probe: a script to run before those of the page, or ''.
        index: files, bytes and gzipped bytes of the index.
        build: what making the index took; for the stock search, the whole site with it.
        parts: the same of parts of the index, and of what stands apart from it.
    """

    name: str
    site: Path
    page: str
    ask: Callable[[str], str]
    part_of: Callable[[str], str]
    probe: str
    index: tuple[int, int, int]
    build: Taken | None
    parts: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)


def by_hash(text: str) -> str:
    return f"#{quote(text)}"


def stock(library: Path, folder: Path) -> Subject:
    """Build a stock mkdocs-material site; its search is what the search box starts."""
    told = run(("-m", "benchmarks.steps", "stock", library, folder)).told()
    taken = run(("-m", "mkdocs", "build", "--quiet", "-f", told["configuration"]))
    site = folder / "site"
    scripts = site / "assets" / "javascripts"
    index = folder / "index"  # what belongs to the search, to be weighed
    shutil.rmtree(index, ignore_errors=True)
    shutil.copytree(site / "search", index / "search")
    shutil.copytree(scripts / "workers", index / "workers", ignore=_no_maps)
    return Subject(
        name=STOCK,
        site=site,
        page="index.html",
        ask=lambda text: f"?q={quote(text)}",
        part_of=_stock_part,
        probe=(NODE / "stock_probe.js").read_text("utf-8"),
        index=packed_size(index),
        build=taken,
    )


def pagefind(prepared: Path, folder: Path) -> Subject:
    """Index the plain pages with Pagefind's own command."""
    _fresh(folder)
    shutil.copy(NODE / "pagefind.html", folder / "index.html")
    target = folder / "pagefind"
    program = _program("node_modules/pagefind/lib/runner/bin.cjs")
    options = ("--site", prepared / PAGES, "--output-path", target, "--silent")
    taken = run((*_CALL, "node", program, *options))
    return Subject(
        name=PAGEFIND,
        site=folder,
        page="index.html",
        ask=by_hash,
        part_of=_pagefind_part,
        probe="",
        index=packed_size(target),
        build=taken,
    )


def minisearch(prepared: Path, folder: Path) -> Subject:
    """Index the fields of the cases with MiniSearch, words cut by Intl.Segmenter."""
    _fresh(folder)
    shutil.copy(NODE / "minisearch.html", folder / "index.html")
    shutil.copy(_program("node_modules/minisearch/dist/umd/index.js"), folder / "minisearch.js")
    index = folder / "index.json"
    taken = run((*_CALL, "node", NODE / "index_minisearch.mjs", prepared / RECORDS, index))
    return Subject(
        name=MINISEARCH,
        site=folder,
        page="index.html",
        ask=by_hash,
        part_of=lambda path: {"/index.json": "索引", "/minisearch.js": "程序"}.get(path, ""),
        probe="",
        index=packed_size(folder),
        build=taken,
    )


def _stock_part(path: str) -> str:
    if path.startswith("/search/"):
        return "索引"
    scripts = ("/assets/javascripts/workers/", "/assets/javascripts/lunr/")
    return "程序" if path.startswith(scripts) else ""


def _pagefind_part(path: str) -> str:
    if not path.startswith("/pagefind/"):
        return ""
    folder = path.split("/")[2]
    return {"index": "索引", "fragment": "正文块"}.get(folder, "程序与目录")


def _fresh(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def _no_maps(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name.endswith(".map")]


def _program(name: str) -> Path:
    path = NODE / name
    if not path.exists():
        raise SurroundingsError(str(path), "没有这个程序。", f"请先在 {NODE} 里运行 npm ci。")
    return path


def versions() -> str:
    """Return which versions of the peers are measured."""
    names = ("pagefind", "minisearch")
    files = [_program(f"node_modules/{name}/package.json").read_text("utf-8") for name in names]
    told = [
        f"{name} {json.loads(file)['version']}" for name, file in zip(names, files, strict=True)
    ]
    return "、".join([f"mkdocs-material {version('mkdocs-material')}", *told])
