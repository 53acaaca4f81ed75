"""This project's own search: on the page of a built site, or on a bare page without a site."""

import json
import shutil
from pathlib import Path

from benchmarks.browser_peers import NODE, Subject, by_hash
from benchmarks.browser_serve import packed_size
from benchmarks.measure import run
from benchmarks.synthetic import PROJECT
from builder.errors import SurroundingsError
from builder.index.static_index import FOLDER

OURS = "本案例库"
BUNDLE = PROJECT / "builder" / "site" / "assets" / "search.js"
_PAGE = "search/index.html"
_BARE_PAGE = "ours_bare.html"
_TEXTS = "texts"  # blocks of the cases' own text, which the budgets count apart
_PROGRAM = "程序"


def site(library: Path) -> Subject:
    """Build the internal site of a library; its search page is what is measured."""
    taken = run(("-m", "benchmarks.steps", "build", library, "internal"))
    folder = Path(taken.told()["version"]) / "site"
    for needed in (folder / _PAGE, folder / FOLDER):
        if not needed.exists():
            raise SurroundingsError(str(needed), "生成的网站里没有它。", "请先把它加进网站。")
    index, parts = _sizes(folder / FOLDER)
    probe = (NODE / "ours_probe.js").read_text("utf-8")
    return Subject(
        name=OURS,
        site=folder,
        page=_PAGE,
        ask=lambda text: "#q=" + by_hash(text)[1:],
        part_of=lambda path: _part(path, f"/{FOLDER}/", BUNDLE.name),
        probe=f"{probe}window.probe.folder = {json.dumps(f'/{FOLDER}/')}\n",
        index=index,
        build=taken,
        parts=parts,
    )


def bare(static_index: Path, folder: Path) -> Subject:
    """Put a bare page beside an index that `browser_prepare --index` wrote."""
    if not BUNDLE.exists():
        raise SurroundingsError(str(BUNDLE), "没有这个文件。", "请先生成页面用的脚本。")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(NODE / _BARE_PAGE, folder / "index.html")
    shutil.copy(BUNDLE, folder / "bundle.js")
    static_index.rename(folder / "index")
    index, parts = _sizes(folder / "index")
    return Subject(
        name=OURS,
        site=folder,
        page="index.html",
        ask=by_hash,
        part_of=lambda path: _part(path, "/index/", "bundle.js"),
        probe="",
        index=index,
        build=None,
        parts=parts,
    )


def _part(path: str, index: str, program: str) -> str:
    """Return the kind of file of our index that a path is, `_PROGRAM`, or ''."""
    if path.startswith(index):
        _, _, inside = path.removeprefix(index).partition("/")  # below the folder of the digest
        return inside.partition("/")[0].removesuffix(".js") or "manifest"
    return _PROGRAM if path.endswith(f"/{program}") else ""


def _sizes(folder: Path) -> tuple[tuple[int, int, int], dict[str, tuple[int, int, int]]]:
    """Return sizes of an index without its blocks of text, and of all its parts."""
    found = {
        path.name.removesuffix(".js"): packed_size(path) for path in sorted(folder.glob("*/*"))
    }
    found["manifest"] = packed_size(folder / "manifest.js")
    columns = zip(*(size for name, size in found.items() if name != _TEXTS), strict=True)
    files, raw, packed = map(sum, columns)
    return (files, raw, packed), found
