"""The files of the static index: scripts that a page loads, from a server or a folder.

A page opened from a folder may neither fetch files nor load modules, but it may load
classic scripts. So each file is one call, `casebookShard("terms/12", [...])`, and a file
that is missing, cut off or something else is noticed because the call does not happen.

    manifest.js            what there is, and in which folder; the only file that changes
    DIGEST/words.js        concept groups, vocabularies, traditional characters
    DIGEST/directory.js    the terms that a long query may choose from
    DIGEST/ids.js          case ids by case number
    DIGEST/spelling.js     words of the library with their sounds
    DIGEST/handbook.js     law in force, checklists, working days: what a brief needs besides
    DIGEST/terms/N.js      posting lists of a range of terms
    DIGEST/tails/N.js      the rest of a list that is cut
    DIGEST/cards/N.js      what a list of hits shows of 16 cases
    DIGEST/texts/N.js      the sections of 4 cases: snippets, phrases, exact scores
    DIGEST/facets/NAME.js  which cases have each value; columns of numbers

The folder is named after its content, so that no cache ever mixes two builds.
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

SHARD_FORMAT: Final = 2
MANIFEST: Final = "manifest"
_NEW: Final = "new"
_NAME_LENGTH: Final = 16
# JSON allows these two in a string, older JavaScript does not.
_ESCAPES: Final = {"\u2028": "\\u2028", "\u2029": "\\u2029"}


def script(name: str, payload: object) -> bytes:
    """Return one file: the call that hands its payload to the page."""
    written = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    for separator, escape in _ESCAPES.items():
        written = written.replace(separator, escape)
    return f'casebookShard("{name}",{written})\n'.encode()


class ShardFolder:
    """Writes the files below one folder, and names it after them."""

    def __init__(self, root: Path) -> None:
        """Take the folder that holds the manifest; it is made where it is not."""
        self._root = root
        self._folder = root / _NEW
        self._folder.mkdir(parents=True)
        self._digest = hashlib.sha256(f"format {SHARD_FORMAT}".encode())

    def write(self, name: str, payload: object) -> None:
        """Write one file, e.g. `terms/12`."""
        data = script(name, payload)
        path = self._folder / f"{name}.js"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        self._digest.update(hashlib.sha256(data).digest())

    def write_all(self, kind: str, payloads: Iterable[object]) -> int:
        """Write numbered files of one kind; return how many there are."""
        count = 0
        for count, payload in enumerate(payloads, 1):
            self.write(f"{kind}/{count - 1}", payload)
        return count

    def finish(self, manifest: dict[str, object]) -> str:
        """Name the folder, write the manifest; return the folder's name."""
        told = {"format": SHARD_FORMAT, **manifest}
        self._digest.update(script(MANIFEST, told))
        name = self._digest.hexdigest()[:_NAME_LENGTH]
        self._folder.rename(self._root / name)
        (self._root / f"{MANIFEST}.js").write_bytes(script(MANIFEST, {**told, "folder": name}))
        return name
