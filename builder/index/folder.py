"""The files of an index folder, and the note that says what the folder holds."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from builder.errors import SurroundingsError, reason_of

INDEX_FORMAT: Final = 3

POSTINGS: Final = "postings.bin"
CASE_TABLE: Final = "cases.json"
DISPLAY: Final = "display.bin"
VOCABULARY: Final = "vocabulary.json"
HANDBOOK: Final = "handbook.json"
WHOOSH: Final = "whoosh"
META: Final = "meta.json"


class IndexFolderError(SurroundingsError):
    """The index is missing, damaged, or of a version we do not know."""

    def __init__(self, path: Path, what: str, remedy: str = "") -> None:
        super().__init__(str(path), what, remedy or "请运行 casebook build --clean 重新生成。")


@dataclass(frozen=True, slots=True)
class IndexMeta:
    """What an index folder says of itself.

    Attributes:
        digest: SHA-256 of the reproducible files, hexadecimal.
        field_totals: terms in each ranking field, all cases together, in the order of FIELDS.
        as_of: newest date that anything in the library carries, or ''.
        whoosh: what the Whoosh index was written with; another value means a full build.
    """

    format: int
    audience: str
    title: str
    workshop: str
    case_count: int
    field_totals: tuple[int, ...]
    as_of: str
    digest: str
    whoosh: str


def write_meta(folder: Path, meta: IndexMeta) -> None:
    """Write the note; written last, so that a folder without it is not an index."""
    text = json.dumps(asdict(meta), ensure_ascii=False, indent=1, sort_keys=True)
    (folder / META).write_text(text + "\n", "utf-8")


def read_meta(folder: Path) -> IndexMeta:
    """Return the note of an index folder.

    Raises:
        IndexFolderError: there is no index, or it is damaged or of another version.
    """
    path = folder / META
    try:
        values = json.loads(path.read_text("utf-8"))
        version = values["format"]
        if version != INDEX_FORMAT:
            raise IndexFolderError(
                path, f"索引的版本是 {version}，本程序只认得版本 {INDEX_FORMAT}。"
            )
        return IndexMeta(**{**values, "field_totals": tuple(values["field_totals"])})
    except FileNotFoundError as error:
        raise IndexFolderError(folder, "还没有索引。", "请先运行 casebook build。") from error
    except OSError as error:
        raise IndexFolderError(path, f"索引读不出来（{reason_of(error)}）。") from error
    except (ValueError, TypeError, KeyError) as error:
        raise IndexFolderError(path, "索引的说明文件已损坏。") from error


def digest_of_files(folder: Path) -> str:
    """Return the digest of the reproducible files, hexadecimal."""
    digest = hashlib.sha256()
    for name in (CASE_TABLE, DISPLAY, HANDBOOK, POSTINGS, VOCABULARY):
        digest.update(hashlib.sha256((folder / name).read_bytes()).digest())
    return digest.hexdigest()
