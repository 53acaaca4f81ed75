"""The one error that stops work: where, what, and what to do.

A fault in a case is a `Problem` (builder/library/problem.py) and is collected with
all the others; a `CasebookError` ends the command. `builder/cli/report.py` alone
prints both and turns them into an exit status.
"""

import errno
from typing import ClassVar


class CasebookError(Exception):
    """A fault that stops the work, told in the user's language.

    Attributes:
        where: file, field or place the fault is in.
        what: what is wrong, one sentence.
        remedy: what the user can do about it, one sentence.
        exit_status: 1 problems in the cases, 2 wrong use, 3 the machine or its surroundings.
    """

    exit_status: ClassVar[int] = 1

    def __init__(self, where: str, what: str, remedy: str) -> None:
        super().__init__(f"{where}：{what}{remedy}")
        self.where = where
        self.what = what
        self.remedy = remedy


class WrongUseError(CasebookError):
    """The command was given something it cannot work with."""

    exit_status = 2


class SurroundingsError(CasebookError):
    """The disk, a lock, a missing program: not the cases, not the user."""

    exit_status = 3


_REASONS = {
    errno.ENOENT: "找不到",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOTDIR: "路径中间有一个不是文件夹",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ELOOP: "链接绕了圈",
    errno.ENAMETOOLONG: "名字太长",
    errno.ENOSPC: "磁盘满了",
    errno.EROFS: "磁盘是只读的",
    errno.EIO: "磁盘出错",
}


def reason_of(error: OSError) -> str:
    """Return in Chinese what the operating system says."""
    return _REASONS.get(error.errno or 0, f"错误号 {error.errno}")
