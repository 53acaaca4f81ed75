"""Look through a finished output, file by file, and say what was looked at and what was found."""

import datetime
import hashlib
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from builder.audit.archive import MAX_FILE, bundle_days
from builder.audit.found import Fault, Piece, Terms, Text, inside
from builder.audit.judge import Judge, Leak
from builder.audit.program_files import program_digests
from builder.audit.readers import embedded_pieces, kind_in_full, metadata_pieces, pieces_of
from builder.errors import reason_of
from builder.library.files import printable

MAX_DEPTH: Final = 6  # files within files
MAX_UNPACKED: Final = 512 << 20  # bytes that one file may hold in all
MAX_PARTS: Final = 50_000  # files that one file may hold in all
MAX_KEPT: Final = 2_000  # findings and unread places that a report lists
_SUFFIXES: Final = 6  # characters of a name's ending that tell nothing

Tell: TypeAlias = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Found:
    """A leak and where it is."""

    path: str  # relative to what was looked through
    place: str  # inside the file, in words, or ''
    leak: Leak


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that nobody knows the content of."""

    path: str
    place: str
    what: str


@dataclass
class AuditReport:
    """What was looked at, what was found, what could not be read.

    Attributes:
        files: files in the folder.
        kinds: kind -> files of it, those inside others too.
        local: folders of a build that stay on this machine and were not looked at.
        own: files of the program itself, unchanged, that were not looked at further.
        found: leak and place -> how often; at most `MAX_KEPT` different ones.
        more: findings and unread places beyond those kept.
    """

    files: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    local: list[str] = field(default_factory=list)
    own: int = 0
    characters: int = 0
    found: Counter[Found] = field(default_factory=Counter)
    unread: list[Unread] = field(default_factory=list)
    more: int = 0

    @property
    def clean(self) -> bool:
        return not self.found and not self.unread


class _Budget:
    """What one file may still unpack to."""

    def __init__(self) -> None:
        self.bytes = MAX_UNPACKED
        self.parts = MAX_PARTS
        self.embedded: set[bytes] = set()  # digests of what stood in base64

    def allows(self, size: int) -> bool:
        self.bytes -= size
        self.parts -= 1
        return self.bytes >= 0 and self.parts >= 0


class _Scan:
    def __init__(self, judge: Judge) -> None:
        self.report = AuditReport()
        self._judge = judge
        self._path = ""
        self._told_days: frozenset[datetime.date] = frozenset()

    def file(self, path: Path, name: str) -> None:
        """Look through one file; `name` is its path as it is told."""
        self._path = self._told_path(name)
        self._look(Text("文件名", name.replace("/", "\n")), "")
        try:
            mode = path.lstat().st_mode
            if not stat.S_ISREG(mode):
                self._fault("", "不是普通文件，没有看。")
                return
            with path.open("rb") as stream:
                data = stream.read(MAX_FILE + 1)
        except OSError as error:
            self._fault("", f"读不了：{reason_of(error)}。")
            return
        self.report.files += 1
        if len(data) > MAX_FILE:
            self._fault("", f"超过 {MAX_FILE >> 20} MB，没有看。")
        else:
            self._told_days = bundle_days(data)
            self._blob(data, "", "", 0, _Budget())
            self._told_days = frozenset()

    def unread(self, name: str, what: str) -> None:
        """Note a file that is not looked into; its name is."""
        self._path = self._told_path(name)
        self._look(Text("文件名", name.replace("/", "\n")), "")
        self._fault("", what)

    def _blob(self, data: bytes, hint: str, place: str, depth: int, budget: _Budget) -> None:
        digest = hashlib.sha256(data).digest()
        if data and digest in program_digests():
            self.report.own += 1
            return
        if hint == "base64":
            if digest in budget.embedded:  # a script is a piece of its page too
                return
            budget.embedded.add(digest)
            pieces: Iterator[Piece] = embedded_pieces(data)
        elif hint == "metadata":
            pieces = metadata_pieces(data)
        else:
            kind = kind_in_full(data, hint)
            if hint not in ("html", "xml"):  # a piece of a page is no file
                self.report.kinds[kind] += 1
            pieces = pieces_of(data, hint if hint in ("html", "xml") else kind)
        for piece in pieces:
            if isinstance(piece, Text):
                self.report.characters += len(piece.text)
                self._look(piece, place)
            elif isinstance(piece, Terms):
                for leak in self._judge.terms_in(piece):
                    self._leak(inside(place, piece.place), leak)
            elif isinstance(piece, Fault):
                self._fault(inside(place, self._told_path(piece.place)), piece.what)
            elif depth >= MAX_DEPTH:
                self._fault(place, f"一层套一层，超过 {MAX_DEPTH} 层，里面的没有看。")
                return
            elif not budget.allows(len(piece.data)):
                self._fault(place, "里面的东西太多或解开后太大，后面的没有看。")
                return
            else:
                within = inside(place, self._told_path(piece.place))
                self._blob(piece.data, piece.hint, within, depth + 1, budget)

    def _look(self, text: Text, place: str) -> None:
        for leak in self._judge.leaks_in(text, self._told_days):
            self._leak(inside(place, self._told_path(text.place)), leak, again=text.again)

    def _leak(self, place: str, leak: Leak, *, again: bool = False) -> None:
        found = Found(self._path, place, leak)
        if again and found in self.report.found:
            return
        if found in self.report.found or len(self.report.found) < MAX_KEPT:
            self.report.found[found] += 1
        else:
            self.report.more += 1

    def _fault(self, place: str, what: str) -> None:
        if len(self.report.unread) < MAX_KEPT:
            self.report.unread.append(Unread(self._path, place, what))
        else:
            self.report.more += 1

    def _told_path(self, name: str) -> str:
        """Return a name that may be printed: a part of it that may not leave is masked."""
        name = printable(name)
        if not self._judge.hides(name.replace("/", "\n")):
            return name
        parts = [_masked(part) if self._judge.hides(part) else part for part in name.split("/")]
        return "/".join(parts) if parts != name.split("/") else _masked(name)


def audit(target: Path, judge: Judge, tell: Tell | None = None) -> AuditReport:
    """Return what a finished output, a file or a folder, holds that it may not.

    Args:
        tell: told how far the work has come.

    Links are not followed: what they point to in the folder is looked at where it lies.
    """
    scan = _Scan(judge)
    if not target.is_dir():
        scan.file(target.resolve(), target.name)
        return scan.report
    root = target.resolve()
    names = sorted(_names(root, scan))
    for at, name in enumerate(names):
        if tell is not None:
            tell("看文件", at, len(names))
        path = root / name
        if path.is_symlink():
            if not path.resolve().is_relative_to(root):
                scan.unread(name, "是指向别处的链接，没有跟过去。")
        else:
            scan.file(path, name)
    return scan.report


def _names(root: Path, scan: _Scan) -> Iterator[str]:
    """Yield files and links below a folder; tell of folders that cannot be listed."""

    def refuse(error: OSError) -> None:
        folder = Path(str(error.filename)).relative_to(root).as_posix()
        scan.unread(folder, f"打不开：{reason_of(error)}。")

    for folder, folders, files in os.walk(root, onerror=refuse):
        here = Path(folder)
        if "index" in folders and "site" in folders and "build.json" in files:
            # Whoosh's index of a build: opening one runs what is in it, and it is never handed out
            folders.remove("index")
            scan.report.local.append((here / "index").relative_to(root).as_posix())
        links = [name for name in folders if (here / name).is_symlink()]
        for name in (*files, *links):
            yield (here / name).relative_to(root).as_posix()


def _masked(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    kept = dot and len(suffix) <= _SUFFIXES and suffix.isascii() and suffix.isalpha()
    return f"{name[:1]}***.{suffix}" if kept and stem else f"{name[:1]}***"
