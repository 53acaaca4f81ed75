"""Put a finished site into a folder, all of it or nothing; and take one down again."""

import shutil
from collections.abc import Callable
from pathlib import Path

from builder.errors import SurroundingsError
from builder.feeds.sitemap import NOT_LISTED
from builder.model.audience import Audience
from builder.pages.site_map import HOME
from builder.render import render
from builder.site.earlier import MARK, check_folder, mark, published_for
from builder.site.offline import WORKER, worker_that_leaves
from builder.stable_paths import ROBOTS


def publish_folder(site: Path, target: Path, audience: Audience) -> int:
    """Copy a site to `target` and return the number of its files.

    Raises:
        WrongUseError: the folder holds what was not published there.
        SurroundingsError: somebody has files of it open (Windows), so that it cannot be replaced.
    """
    check_folder(target, audience)
    return _replace(target, audience, lambda fresh: _copy(site, fresh))


def take_down(target: Path, title: str) -> None:
    """Leave in a published folder nothing but a notice, and what makes browsers forget the rest.

    Raises:
        WrongUseError: nothing was published there, or the folder holds something else.
        SurroundingsError: as for `publish_folder`.
    """
    audience = published_for(target)
    notice = render("publish/taken_down.html", title=title).encode()
    files = {
        HOME: notice,
        "404.html": notice,
        WORKER: worker_that_leaves(),
        ROBOTS: NOT_LISTED.encode(),
    }

    def fill(fresh: Path) -> None:
        fresh.mkdir()
        for name, content in files.items():
            (fresh / name).write_bytes(content)

    _replace(target, audience, fill)


def _copy(site: Path, fresh: Path) -> None:
    shutil.copytree(site, fresh, copy_function=shutil.copyfile)


def _replace(target: Path, audience: Audience, fill: Callable[[Path], None]) -> int:
    """Put a new folder in place of a published one, whole or not at all.

    What stood there before stays until the new one is filled; return how many files that is.
    """
    before = target.with_name(f".{target.name}.before")
    _put_back(before, target)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.part")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        fill(fresh)
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
