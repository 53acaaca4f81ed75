"""Files that come with the program and its theme: the same for everybody, no case in them."""

import hashlib
from functools import cache
from pathlib import Path

import material

_FOLDERS = (
    Path(material.__file__).parent / "templates" / "assets",
    Path(__file__).parents[1] / "site" / "assets",
)


@cache
def program_digests() -> frozenset[bytes]:
    """Return the SHA-256 of each such file: one that was changed is not among them."""
    return frozenset(
        hashlib.sha256(path.read_bytes()).digest()
        for folder in _FOLDERS
        for path in folder.rglob("*")
        if path.is_file()
    )
