"""Names that Windows can unpack: its rules are the narrowest of those who will."""

import re
from collections.abc import Iterable
from typing import Final

from builder.device_names import is_device_name
from builder.errors import CasebookError

# Windows allows 259 characters in all; the rest is for where people unpack to
LONGEST: Final = 200
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')


class UnpackableNameError(CasebookError):
    """A file has a name that Windows cannot unpack."""


def check_names(names: Iterable[str]) -> None:
    """Return if Windows can unpack files of all these names (with forward slashes).

    Raises:
        UnpackableNameError: it cannot, or would take two for the same.
    """
    seen: dict[str, str] = {}
    for name in names:
        what = _fault(name)
        other = seen.setdefault(name.casefold(), name)
        if not what and other != name:
            what = f"和 {other} 只差大小写，Windows 分不开。"
        if what:
            raise UnpackableNameError(name, what, "请给 docs 文件夹里的这个文件换一个名字。")


def plain_name(text: str) -> str:
    """Return a text as the name of a file or folder."""
    plain = _FORBIDDEN.sub(" ", text).strip().rstrip(". ") or "案例库"
    return f"{plain}_" if is_device_name(plain) else plain[:60].rstrip(". ")


def _fault(name: str) -> str:
    if len(name) > LONGEST:
        return f"路径有 {len(name)} 个字，超过 {LONGEST} 个，Windows 解压不了。"
    for part in name.split("/"):
        if _FORBIDDEN.search(part) or part.endswith((".", " ")) or part != part.lstrip(" "):
            return "名字里有 Windows 不许用的字符。"
        if is_device_name(part):
            return "这是 Windows 留给设备的名字。"
    return ""
