"""What already stands where something is to be published: only our own is ever replaced.

Every edition says what it is and for whom, so that nothing of others is overwritten, and
cases for a narrower circle never take the place of those for a wider one.
"""

import json
import re
import zipfile
from pathlib import Path, PurePosixPath

from builder.errors import WrongUseError
from builder.model.audience import Audience

MARK = "casebook-published.json"  # in a published folder: for whom, and which files are ours
ZIP_COMMENT = "casebook "  # and the audience
_HTML_MARK = re.compile(rb'<meta name="casebook-edition" content="(\w+)">')
_HTML_HEAD = 2_000  # bytes; the mark stands early
_OF_THE_SYSTEM = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
_NAMED = 3


def mark(audience: Audience, files: list[str]) -> bytes:
    """Return the mark of a folder that holds `files`."""
    told = {"audience": str(audience), "files": sorted(files)}
    return (json.dumps(told, ensure_ascii=False, indent=0) + "\n").encode()


def check_folder(folder: Path, audience: Audience) -> None:
    """Return if a folder is not there, is empty, or holds only what was published there.

    Raises:
        WrongUseError: it holds something else, or an edition for somebody else.
    """
    if folder.exists() and not folder.is_dir():
        raise WrongUseError(str(folder), "这里已有一个同名的文件。", "请换一个地方。")
    if not folder.is_dir():
        return
    before, ours = _marked(folder)
    strange = sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if (path.is_symlink() or not path.is_dir())
        and path.name.lower() not in _OF_THE_SYSTEM
        and path.relative_to(folder).as_posix() not in ours
    )
    if strange:
        named = "、".join(strange[:_NAMED]) + ("等" if len(strange) > _NAMED else "")
        raise WrongUseError(
            str(folder),
            f"这个文件夹里有不是发布进去的文件（{named}），没有动它。",
            "请换一个空文件夹，或先把这些文件移走。",
        )
    _check_same(folder, before, audience)


def published_for(folder: Path) -> Audience:
    """Return for whom a folder was published.

    Raises:
        WrongUseError: nothing was published there, or it holds something else besides.
    """
    audience, _ = _marked(folder)
    if audience is None:
        raise WrongUseError(
            str(folder), "这里没有本程序发布的案例库。", "请写发布时用的那个文件夹。"
        )
    check_folder(folder, audience)
    return audience


def check_file(path: Path, audience: Audience) -> None:
    """Return if a file is not there, or is an edition for the same audience.

    Raises:
        WrongUseError: it is something else, or its folder is not there.
    """
    if not path.parent.is_dir():
        raise WrongUseError(str(path.parent), "没有这个文件夹。", "请先建好它，或换一个地方。")
    if path.is_dir():
        raise WrongUseError(str(path), "这里已有一个同名的文件夹。", "请换一个文件名。")
    if not path.exists():
        return
    before = _of_zip(path) if path.suffix.lower() == ".zip" else _of_html(path)
    if before is None:
        raise WrongUseError(
            str(path), "这个文件不是本程序发布的，没有动它。", "请换一个文件名，或先把它移走。"
        )
    _check_same(path, before, audience)


def _check_same(place: Path, before: Audience | None, audience: Audience) -> None:
    if before not in (None, audience):
        raise WrongUseError(
            str(place),
            f"这里放的是{before.label}版本，不能换成{audience.label}版本。",
            "每种版本请各用各的地方。",
        )


def _marked(folder: Path) -> tuple[Audience | None, frozenset[str]]:
    """Return for whom a folder was published, and the files that it may hold for that."""
    try:
        told = json.loads((folder / MARK).read_text("utf-8"))
        names = [str(PurePosixPath(name)) for name in told["files"]]
        return Audience(told["audience"]), frozenset([*names, MARK])
    except (OSError, ValueError, KeyError, TypeError):
        return None, frozenset()


def _of_zip(path: Path) -> Audience | None:
    try:
        with zipfile.ZipFile(path) as archive:
            told = archive.comment.decode("ascii", "replace")
    except (zipfile.BadZipFile, OSError):
        return None
    return _audience(told.removeprefix(ZIP_COMMENT)) if told.startswith(ZIP_COMMENT) else None


def _of_html(path: Path) -> Audience | None:
    with path.open("rb") as file:
        found = _HTML_MARK.search(file.read(_HTML_HEAD))
    return _audience(found[1].decode()) if found else None


def _audience(name: str) -> Audience | None:
    return Audience(name) if name in list(Audience) else None
