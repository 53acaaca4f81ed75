"""Write pages into the site's folder; pages whose key has not changed are linked, not made."""

import json
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from builder.pages.page import Page
from builder.site.frame import Frame

KEYS_FILE = "pages.json"


@dataclass(frozen=True)
class Earlier:
    """The files of an earlier build: where they are, and the key each was made from."""

    site: Path
    keys: dict[str, str]

    def lends(self, path: str, key: str, target: Path) -> bool:
        """Link (or copy) a file to `target` if it was made from the same; return whether."""
        return self.keys.get(path) == key and _lend(self.site / path, target)


def earlier_pages(version: Path | None) -> Earlier | None:
    """Return what an earlier version can lend, or None when it has nothing usable."""
    if version is None:
        return None
    try:
        keys = json.loads((version / KEYS_FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return Earlier(version / "site", keys) if isinstance(keys, dict) else None


def write_pages(
    pages: Iterable[Page],
    frame: Frame,
    site: Path,
    earlier: Earlier | None = None,
    step: Callable[[], None] = lambda: None,
) -> dict[str, str]:
    """Write every page below `site` and return path -> key.

    Args:
        earlier: pages with an equal key are hard-linked (or copied) from there.
        step: called after each page, for progress.
    """
    keys: dict[str, str] = {}
    folders: set[Path] = set()
    frame_digest = frame.digest
    for page in pages:
        key = f"{frame_digest}:{page.key}"
        target = site / page.path
        if target.parent not in folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            folders.add(target.parent)
        if not (earlier and earlier.lends(page.path, key, target)):
            html = frame.fill(page.title, page.description, page.render(), page.path, page.head())
            target.write_text(html, "utf-8", newline="\n")
        keys[page.path] = key
        step()
    return keys


def _lend(source: Path, target: Path) -> bool:
    try:
        os.link(source, target)
    except FileNotFoundError:
        return False
    except OSError:  # no hard links on this disk
        shutil.copyfile(source, target)
    return True
