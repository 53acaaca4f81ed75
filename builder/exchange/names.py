"""Which names a bundle may hold: three fixed ones and `cases/CASE-ID.yml`, nothing else."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, NoReturn

from builder.device_names import is_device_name
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
        _refuse_foreign(raw)
    name = raw.decode("ascii")
    if "\\" in name:
        _refuse("文件名里有反斜线。", "name-backslash")
    if re.match(r"[A-Za-z]:", name):
        _refuse("文件名里有盘符。", "name-drive")
    if name.startswith("/"):
        _refuse("文件名是绝对路径。", "name-absolute")
    if any(part in ("..", ".", "") for part in name.split("/")):
        _refuse("文件名想跑到文件夹外面去。", "name-escape")
    for part in name.split("/"):
        if is_device_name(part):
            _refuse("文件名是 Windows 留给设备用的名字。", "name-device")
        if part.endswith((".", " ")):
            _refuse("文件名末尾有点或空格，Windows 会认成另一个文件。", "name-trailing")
    return name


def _refuse_foreign(raw: bytes) -> NoReturn:
    """Refuse a name that is not ASCII, and say by which trick it could deceive."""
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        _refuse("文件名的编码不对。", "name-encoding")
    if any(unicodedata.category(character) in ("Cf", "Cc", "Zl", "Zp") for character in name):
        _refuse("文件名里有看不见的字符，或把文字倒过来的字符。", "name-invisible")
    if unicodedata.normalize("NFC", name) != name:
        _refuse("文件名里有拆开写的字母，看上去和另一个名字一样。", "name-combining")
    if unicodedata.normalize("NFKC", name) != name:
        _refuse("文件名里有全角或变体字符，可能是冒充的。", "name-fullwidth")
    _refuse("文件名里有英文字母、数字以外的字符，可能是冒充的。", "name-unicode")


def _check_known(name: str) -> None:
    if name in (MANIFEST, SIGNATURE, START_PAGE) or _CASE.fullmatch(name):
        return
    if name.lower().endswith(_ARCHIVES):
        _refuse("里面还有压缩包。", "nested-archive")
    _refuse("里面有不认识的文件。", "unknown-name")


def _refuse(what: str, code: str) -> NoReturn:
    raise Refused("案例包", what, f"不要使用。{ASK_AGAIN}", code)
