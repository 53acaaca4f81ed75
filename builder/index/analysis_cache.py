"""Counts of cases that did not change, kept from one build to the next.

Only a cache: it holds packed counts and the terms they are of, no text; whatever is wrong
with it, it is thrown away and the cases are counted again. Each audience has a file of its
own, so that nothing analysed for one is kept beside another.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from builder.index.case_fields import digest_of
from builder.text.concepts import Concepts
from builder.text.fields import FieldCounts, FieldCountsError, count_fields

ANALYZER_VERSION: Final = 1  # raise it with every change of the analyzer or its fields
FILE_NAME: Final = "analysis.sqlite"

_TABLE: Final = "CREATE TABLE IF NOT EXISTS counts (key TEXT PRIMARY KEY, packed BLOB NOT NULL)"
_SELECT: Final = "SELECT key, packed FROM counts"
_INSERT: Final = "INSERT OR REPLACE INTO counts VALUES (?, ?)"
_DELETE: Final = "DELETE FROM counts WHERE key = ?"


def counts_of(
    texts: Iterable[Mapping[str, str]],
    case_count: int,
    concepts: Concepts,
    concepts_digest: str,
    folder: Path,
    progress: Callable[[int, int], None] | None = None,
) -> list[FieldCounts]:
    """Return the counts of every case, from the cache in `folder` where it has them.

    Args:
        texts: ranking field -> text, for each of `case_count` cases.
        concepts_digest: digest of what `concepts` was made from.
        folder: made when it does not exist; a cache that cannot be written is done without.
        progress: called with cases done and cases to do.
    """
    path = folder / FILE_NAME
    unused = _read(path)
    found: list[FieldCounts] = []
    new: dict[str, bytes] = {}
    for done, fields in enumerate(texts):
        if progress:
            progress(done, case_count)
        key = digest_of([ANALYZER_VERSION, concepts_digest, fields])
        counts = _unpacked(unused.pop(key, None))
        if counts is None:
            counts = count_fields(fields, concepts)
            new[key] = counts.to_bytes()
        found.append(counts)
    if progress:
        progress(case_count, case_count)
    if new or unused:
        _write(path, new, unused.keys())
    return found


def _unpacked(packed: bytes | None) -> FieldCounts | None:
    if packed is None:
        return None
    try:
        return FieldCounts.from_bytes(packed)
    except (FieldCountsError, UnicodeDecodeError):
        return None


def _read(path: Path) -> dict[str, bytes]:
    """Return what the cache holds; nothing when it is missing, and away with a damaged one."""
    if not path.is_file():
        return {}
    try:
        with _opened(path) as database:
            return dict(database.execute(_SELECT))
    except (sqlite3.Error, ValueError, TypeError):
        _remove(path)
        return {}


def _write(path: Path, new: Mapping[str, bytes], gone: Iterable[str]) -> None:
    """Add and take away; a cache that fails is removed, and no build fails for it."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with _opened(path) as database:
            database.execute(_TABLE)
            database.executemany(_DELETE, ((key,) for key in gone))
            database.executemany(_INSERT, new.items())
            database.commit()
    except sqlite3.Error:
        _remove(path)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    database = sqlite3.connect(path)
    try:
        # What a crash damages here is found out and made again.
        database.execute("PRAGMA synchronous = OFF")
        yield database
    finally:
        database.close()


def _remove(path: Path) -> None:
    for suffix in ("", "-journal"):
        with contextlib.suppress(OSError):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
