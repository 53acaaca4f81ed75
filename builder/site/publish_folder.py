"""Put a finished site into a folder: all of it or nothing, in place of what was there."""

import shutil
from pathlib import Path

from builder.errors import SurroundingsError
from builder.model.audience import Audience
from builder.site.earlier import MARK, check_folder, mark


def publish_folder(site: Path, target: Path, audience: Audience) -> int:
    """Copy a site to `target` and return the number of its files.

    What stood there before stays until the copy is whole; files that are no longer part of
    the site are gone afterwards.

    Raises:
        WrongUseError: the folder holds what was not published there.
        SurroundingsError: somebody has files of it open (Windows), so that it cannot be replaced.
    """
    before = target.with_name(f".{target.name}.before")
    _put_back(before, target)
    check_folder(target, audience)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.part")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        shutil.copytree(site, fresh, copy_function=shutil.copyfile)
        files = [path.relative_to(fresh).as_posix() for path in fresh.rglob("*") if path.is_file()]
        (fresh / MARK).write_bytes(mark(audience, files))
        _swap(fresh, target, before)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return len(files)


def _swap(fresh: Path, target: Path, before: Path) -> None:
    if target.exists():
        try:
            target.rename(before)
        except PermissionError as error:
            raise SurroundingsError(
                str(target),
                "换不成新的，多半有人正打开着里面的文件，或没有权限；原来的内容没有动。",
                "请让大家先关掉，再试一次。",
            ) from error
    try:
        fresh.rename(target)
    except OSError:
        _put_back(before, target)
        raise
    shutil.rmtree(before, ignore_errors=True)


def _put_back(before: Path, target: Path) -> None:
    """Undo what an interruption between the two renames left."""
    if before.exists():
        if target.exists():
            shutil.rmtree(before, ignore_errors=True)
        else:
            before.rename(target)
