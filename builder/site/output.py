"""The folder a build is made in: versions, one pointer, one writer.

    OUT/versions/NAME/   a finished build: site/, index/, build.json
    OUT/current          symbolic link to it (current.txt where links do not exist)
    OUT/staging-*/       a build in the making; what an interrupted one left is removed

A version comes into being by renaming a finished staging folder, and into use by
replacing the pointer, so a reader sees the old build or the new one, never a mix.
"""

import json
import os
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from builder.errors import SurroundingsError, WrongUseError, reason_of

BUILD_FILE = "build.json"
_KEPT = 2  # the current version, and the one before for readers that have it open


@dataclass(frozen=True)
class OutputFolder:
    """One audience's output, e.g. `build/internal`."""

    path: Path

    @property
    def versions(self) -> Path:
        return self.path / "versions"

    def current(self) -> Path | None:
        """Return the version in use, or None when nothing has been built."""
        link, file = self.path / "current", self.path / "current.txt"
        try:
            name = link.readlink().name if link.is_symlink() else file.read_text("utf-8").strip()
        except OSError:
            return None
        version = self.versions / name
        return version if name and (version / BUILD_FILE).is_file() else None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the folder as its only writer, and clear away what a dead writer left.

        Raises:
            SurroundingsError: somebody else is writing, or the folder cannot be written.
        """
        from filelock import FileLock, Timeout  # those who only read do without

        make_folder(self.path)
        holder = self.path / ".lock.json"
        lock = FileLock(self.path / ".lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise SurroundingsError(
                where=str(self.path),
                what=f"另一个生成正在进行{_who_holds(holder)}。",
                remedy="请等它结束后再试。",
            ) from None
        try:
            holder.write_text(
                json.dumps(
                    {
                        "pid": os.getpid(),
                        "host": socket.gethostname(),
                        "since": time.strftime("%Y-%m-%d %H:%M:%S"),
                    }
                ),
                "utf-8",
            )
            self._remove_leftovers()
            yield
        finally:
            holder.unlink(missing_ok=True)
            lock.release()

    def stage(self) -> Path:
        """Return a new empty folder to build in."""
        staging = self.path / f"staging-{os.getpid()}"
        staging.mkdir()
        return staging

    def put_in_use(self, staging: Path, name: str) -> Path:
        """Make a finished staging folder the version in use, and drop versions long past."""
        before = self.current()
        version = self._free_name(name)
        self.versions.mkdir(exist_ok=True)
        staging.rename(version)
        self.point_to(version)
        self._drop_old(keep={version, before} if before else {version})
        return version

    def point_to(self, version: Path) -> None:
        """Replace the pointer in one step."""
        fresh = self.path / "current.new"
        fresh.unlink(missing_ok=True)
        try:
            fresh.symlink_to(Path("versions") / version.name, target_is_directory=True)
            fresh.replace(self.path / "current")
            (self.path / "current.txt").unlink(missing_ok=True)
        except (OSError, NotImplementedError):  # no links on this disk
            fresh.unlink(missing_ok=True)
            fresh.write_text(version.name, "utf-8")
            fresh.replace(self.path / "current.txt")

    def _free_name(self, name: str) -> Path:
        version = self.versions / name
        number = 1
        while version.exists():
            number += 1
            version = self.versions / f"{name}-{number}"
        return version

    def _remove_leftovers(self) -> None:
        for leftover in (*self.path.glob("staging-*"), *self.path.glob("dropped-*")):
            shutil.rmtree(leftover, ignore_errors=True)

    def _drop_old(self, keep: set[Path]) -> None:
        finished = sorted(self.versions.iterdir(), key=lambda path: path.stat().st_mtime_ns)
        for old in [path for path in finished if path not in keep]:
            # renamed first: a version half deleted must not look like a version
            dropped = self.path / f"dropped-{old.name}"
            try:
                old.rename(dropped)
            except OSError:
                continue
            shutil.rmtree(dropped, ignore_errors=True)


def make_folder(path: Path) -> None:
    """Make a folder that is to be written to.

    Raises:
        WrongUseError: a file stands in its place.
        SurroundingsError: it cannot be made or written.
    """
    if path.exists() and not path.is_dir():
        raise WrongUseError(str(path), "这里已有一个同名的文件。", "请换一个输出文件夹。")
    try:
        path.mkdir(parents=True, exist_ok=True)
        probe = path / f".write-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise disk_fault(path, error) from error


def disk_fault(path: Path, error: OSError) -> SurroundingsError:
    """Return what an error of the operating system means to the user."""
    import errno

    known = {
        errno.ENOSPC: ("磁盘满了。", "请腾出空间后再试；上一次生成的内容没有动。"),
        errno.EDQUOT: ("磁盘配额用完了。", "请腾出空间后再试；上一次生成的内容没有动。"),
        errno.EACCES: ("没有权限。", "请换一个文件夹，或请管理员开通权限。"),
        errno.EPERM: ("没有权限。", "请换一个文件夹，或请管理员开通权限。"),
        errno.EROFS: ("这个磁盘是只读的。", "请换一个可以写的文件夹。"),
        errno.ENOENT: ("文件或文件夹不在了。", "请检查路径后再试。"),
    }
    other = (f"读写出错（{reason_of(error)}）。", "请检查这个位置后再试。")
    what, remedy = known.get(error.errno or 0, other)
    return SurroundingsError(str(error.filename or path), what, remedy)


def _who_holds(holder: Path) -> str:
    try:
        told = json.loads(holder.read_text("utf-8"))
        return f"（进程 {int(told['pid'])}，{told['host']}，{told['since']} 开始）"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
