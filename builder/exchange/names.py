"""Which names a bundle may hold: three fixed ones and `cases/CASE-ID.yml`, nothing else."""

import re
from collections.abc import Sequence
from typing import Final, NoReturn

from builder.exchange.manifest import MANIFEST, SIGNATURE, START_PAGE
from builder.exchange.refusal import ASK_AGAIN, Refused

CASES: Final = "cases/"
_CASE = re.compile(r"cases/[A-Z]{2,6}-[0-9]{4}-[0-9]{4,6}\.yml", re.ASCII)
_ARCHIVES = (".zip", ".7z", ".rar", ".gz", ".tar", ".xz", ".bz2", ".jar")


def case_name(case_id: str) -> str:
    """Return where a case lies in a bundle."""
    return f"{CASES}{case_id}.yml"


def case_id_of(name: str) -> str | None:
    """Return the id of the case at `name`, or None where no case lies there."""
    return name[len(CASES) : -len(".yml")] if _CASE.fullmatch(name) else None


def check_names(raw: Sequence[bytes]) -> list[str]:
    """Return the names of a bundle's files as text, in the order given.

    Raises:
        Refused: one is no plain known name, or two are the same on some disk.
    """
    names = [_plain(name) for name in raw]
    seen: dict[str, str] = {}
    if len(set(names)) != len(names):
        _refuse("有两个文件同名。", "duplicate-name")
    for name in names:
        if seen.setdefault(name.casefold(), name) != name:
            _refuse("有两个文件名只差大小写。", "case-collision")
    for name in names:
        _check_known(name)
    return names


def _plain(raw: bytes) -> str:
    if not raw:
        _refuse("有一个文件没有名字。", "unknown-name")
    if any(byte < 0x20 or byte == 0x7F for byte in raw):
        _refuse("文件名里有控制字符。", "name-control")
    if any(byte >= 0x80 for byte in raw):
        _refuse("文件名里有英文字母、数字以外的字符，可能是冒充的。", "name-unicode")
    name = raw.decode("ascii")
    if "\\" in name:
        _refuse("文件名里有反斜线。", "name-backslash")
    if re.match(r"[A-Za-z]:", name):
        _refuse("文件名里有盘符。", "name-drive")
    if name.startswith("/"):
        _refuse("文件名是绝对路径。", "name-absolute")
    if any(part in ("..", ".", "") for part in name.split("/")):
        _refuse("文件名想跑到文件夹外面去。", "name-escape")
    return name


def _check_known(name: str) -> None:
    if name in (MANIFEST, SIGNATURE, START_PAGE) or _CASE.fullmatch(name):
        return
    if name.lower().endswith(_ARCHIVES):
        _refuse("里面还有压缩包。", "nested-archive")
    _refuse("里面有不认识的文件。", "unknown-name")


def _refuse(what: str, code: str) -> NoReturn:
    raise Refused("案例包", what, f"不要使用。{ASK_AGAIN}", code)
