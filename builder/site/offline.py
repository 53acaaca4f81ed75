"""The service worker of a site, which keeps it for use without a network.

`sw.js` is `assets/offline_worker.js` (from `client/offline_worker.js`) behind what it has
to know of the build. It lies in the site's folder and so has power over that folder alone.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from builder.index.static_index import FOLDER
from builder.pages.site_map import HOME, SEARCH
from builder.site.docs_files import ASSETS

WORKER: Final = "sw.js"
_WHOLE_INDEX = 4_000_000  # bytes; a larger index is kept only as far as it is used
_USED = re.compile(r'(?:src|href)="(assets/[^"#?]+)"')


def write_worker(site: Path, keys: Mapping[str, str]) -> None:
    """Write the service worker of a finished site. The same site, the same bytes.

    Args:
        keys: path of a page -> what it was made from, so that it need not be read again.
    """
    index = next(path for path in (site / FOLDER).iterdir() if path.is_dir())
    shards = [path for path in sorted(index.rglob("*")) if path.is_file()]
    is_small = sum(path.stat().st_size for path in shards) <= _WHOLE_INDEX
    used = _USED.findall((site / HOME).read_text("utf-8"))
    told = {
        "name": _digest(site, keys, index),
        "top": sorted(path.name for path in site.iterdir() if path.name != WORKER),
        "index": f"{FOLDER}/{index.name}/",
        "core": sorted({HOME, SEARCH, f"{FOLDER}/manifest.js", *used}),
        "shards": [path.relative_to(index).as_posix() for path in shards] if is_small else [],
    }
    (site / WORKER).write_bytes(_worker(told))


def worker_that_leaves() -> bytes:
    """Return a service worker that forgets all that was kept of a site, and then itself."""
    return _worker({"name": "off", "isOff": True, "top": [], "index": "", "core": [], "shards": []})


def _worker(told: Mapping[str, object]) -> bytes:
    written = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return f"self.casebookBuild={written}\n".encode() + (ASSETS / "offline_worker.js").read_bytes()


def _digest(site: Path, keys: Mapping[str, str], index: Path) -> str:
    """Return a name for all that the site holds."""
    digest = hashlib.sha256((ASSETS / "offline_worker.js").read_bytes())
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_dir() or index in path.parents or name == WORKER:
            continue  # the index is named after its content, in the manifest
        told = keys.get(name) or hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{name}\0{told}\0".encode())
    return digest.hexdigest()[:16]
