"""The files of a library: which are read, which are refused and why.

Every file below `cases/` and every page below `docs/` is either read or reported, so
that nothing is left out in silence.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from builder.errors import reason_of
from builder.library.problem import Problem
from builder.library.yaml_reader import MAX_BYTES

_IGNORED_NAMES = {"TEMPLATE.yml", "README.md", ".gitkeep"}
_TEXTS = (".yml", ".yaml", ".md")
_IGNORED_ENDINGS = ("~", ".tmp", ".bak", ".swp")


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file below a library's root: its path (forward slashes) and its bytes."""

    path: str
    content: bytes


def read_tree(
    root: Path, folder: Path, endings: tuple[str, ...], problems: list[Problem]
) -> list[FoundFile]:
    """Return the files below `folder` with one of the endings, in path order.

    Adds a problem for what looks like a record and is not read: a link that leads out
    of the folder, an unreadable or oversized file, another ending.
    """
    found = []
    inside = folder.resolve()
    for path in _walk(folder):
        name = path.relative_to(root).as_posix()
        if path.name in _IGNORED_NAMES or path.name.endswith(_IGNORED_ENDINGS):
            continue
        if path.is_symlink() and not _stays(path, inside):
            problems.append(
                _problem(name, "是指向文件夹外面的链接。", "请把文件本身放进来。", "link")
            )
        elif not path.is_file():
            problems.append(_problem(name, "不是普通文件。", "请删掉它或换成文件。", "file"))
        elif not path.name.endswith(endings):
            expected = "或 ".join(endings)
            problems.append(
                _problem(
                    name,
                    "这种文件不会被读取。",
                    f"案例文件以 {expected} 结尾；别的请移走。",
                    "ending",
                )
            )
        else:
            content = _read(path, name, problems)
            if content is not None:
                found.append(FoundFile(name, content))
    return found


def _walk(folder: Path) -> Iterator[Path]:
    """Yield files and links below `folder`, sorted; hidden names and linked folders aside."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path))
        else:
            yield Path(entry.path)


def _stays(link: Path, inside: Path) -> bool:
    """Return whether a link stays in the folder; one that runs in a circle does not."""
    try:
        return link.resolve().is_relative_to(inside)
    except (OSError, RuntimeError):
        return False


def _read(path: Path, name: str, problems: list[Problem]) -> bytes | None:
    try:
        with path.open("rb") as file:
            # one byte more than is allowed is enough to refuse a text for its size
            content = file.read(MAX_BYTES + 1 if path.name.endswith(_TEXTS) else -1)
    except OSError as error:
        problems.append(
            _problem(
                name,
                f"读不出来（{reason_of(error)}）。",
                "请检查文件权限，或另存一份。",
                "unreadable",
            )
        )
        return None
    return content


def _problem(name: str, what: str, remedy: str, code: str) -> Problem:
    return Problem(printable(name), 0, 0, "", what, remedy, code)


def printable(name: str) -> str:
    """Return a file name that a terminal can show: unprintable parts become '?'."""
    return "".join(c if c.isprintable() and not 0xD800 <= ord(c) < 0xE000 else "?" for c in name)
