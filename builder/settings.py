"""Settings of one library: `casebook.toml` in its root folder."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType

from builder.device_names import is_device_name
from builder.errors import WrongUseError, reason_of

FILE_NAME = "casebook.toml"
_CODE = re.compile(r"[A-Z]{2,6}")


@dataclass(frozen=True, slots=True)
class Settings:
    """What differs from one workshop to the next.

    Attributes:
        root: the folder that holds `casebook.toml`, `cases/` and `docs/`.
        addresses: audience -> where its site is on the web, ending in `/`; most say nothing.
    """

    root: Path
    code: str
    name: str
    region: str
    title: str
    description: str
    addresses: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    ledger_folder: str = "ledger"  # below `root`

    @property
    def ledger(self) -> Path:
        """The office's tickets: in no bundle, and in no build but the internal one."""
        return self.root / self.ledger_folder

    @property
    def cases(self) -> Path:
        return self.root / "cases"

    @property
    def vocabulary(self) -> Path:
        return self.cases / "vocabulary"

    @property
    def docs(self) -> Path:
        return self.root / "docs"

    @property
    def keys(self) -> Path:
        """Signing keys, whom we trust, and what came and went; no case is in here."""
        return self.root / "keys"

    @property
    def build(self) -> Path:
        return self.root / "build"


_SECTIONS = {"workshop": ("code", "name", "region"), "site": ("title", "description")}
_AUDIENCES = ("internal", "partner", "public")  # the model is above this layer
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~%/-]*)?")
_FOLDER = re.compile(r"[\w.-]+(?:/[\w.-]+)*")
_TAKEN = ("cases", "docs", "keys", "build")


def is_workshop_code(text: str) -> bool:
    """Return whether a text may name a workshop: in case ids, files and folders."""
    return _CODE.fullmatch(text) is not None and not is_device_name(text)


def find_root(start: Path) -> Path:
    """Return the nearest folder at or above `start` that holds `casebook.toml`.

    Raises:
        WrongUseError: there is none.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder
    raise WrongUseError(
        where=str(start),
        what=f"这里和上级文件夹里都没有 {FILE_NAME}。",
        remedy="请先进入案例库所在的文件夹，或用 --library 指明它。",
    )


def load_settings(root: Path) -> Settings:
    """Read `casebook.toml` of the library in `root`.

    Raises:
        WrongUseError: the file is missing, is not TOML, lacks a value or has an unknown one.
    """
    path = root / FILE_NAME
    try:
        data = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise _fault(
            f"读不出来（{reason_of(error)}）。", "请检查文件是否存在、是否有权限。"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _fault(f"格式有误：{error}。", "请对照原来的写法改正。") from error
    values: dict[str, str] = {}
    for section, names in _SECTIONS.items():
        table = data.pop(section, {})
        if not isinstance(table, dict):
            raise _fault(f"[{section}] 应是一节。", "请对照原来的写法改正。")
        for name in names:
            value = table.pop(name, None)
            if not isinstance(value, str) or not value.strip():
                raise _fault(f"[{section}] 里缺 {name}，或它不是文字。", "请补上这一项。")
            if not value.isprintable():
                raise _fault(f"[{section}] 的 {name} 里有换行或看不见的字符。", "请写成一行。")
            values[name] = value.strip()
        _refuse_unknown(table, f"[{section}] 里")
    addresses = _addresses(data.pop("addresses", {}))
    values["ledger_folder"] = _ledger_folder(data.pop("ledger", {}))
    _refuse_unknown(data, "")
    if not is_workshop_code(values["code"]):
        raise _fault(
            "code 应是 2 到 6 个大写字母，不能是 CON、PRN、AUX、NUL。", "请改成如 SL 的写法。"
        )
    return Settings(root=root, addresses=addresses, **values)


def _addresses(table: object) -> Mapping[str, str]:
    """Return audience -> address, each ending in a slash, of the section `[addresses]`."""
    if not isinstance(table, dict):
        raise _fault("[addresses] 应是一节。", "请对照说明改正。")
    found = {}
    for audience in _AUDIENCES:
        address = table.pop(audience, None)
        if address is None:
            continue
        if not isinstance(address, str) or not _ADDRESS.fullmatch(address):
            raise _fault(
                f"[addresses] 的 {audience} 不像网址。",
                "请写成如 https://example.cn/anli/ 的样子，不带问号、井号、中文和空格。",
            )
        found[audience] = address.rstrip("/") + "/"
    if table:
        raise _fault(
            f"[addresses] 里有不认识的设置 {next(iter(table))}。",
            f"能写的有：{'、'.join(_AUDIENCES)}。",
        )
    return MappingProxyType(found)


def _ledger_folder(table: object) -> str:
    """Return the folder that `[ledger]` names; most libraries do not say."""
    if not isinstance(table, dict):
        raise _fault("[ledger] 应是一节。", "请对照说明改正。")
    folder = table.pop("folder", "ledger")
    _refuse_unknown(table, "[ledger] 里")
    if not isinstance(folder, str) or not _FOLDER.fullmatch(folder):
        raise _fault("[ledger] 的 folder 应是文件夹名。", "请写成如 ledger 的相对路径。")
    parts = folder.split("/")
    if ".." in parts or "." in parts or parts[0] in _TAKEN:
        taken = "、".join(_TAKEN)
        raise _fault(f"台账不能放在 {folder}。", f"请另起一个文件夹，不要放在 {taken} 里。")
    return folder


def _refuse_unknown(table: dict[str, object], place: str) -> None:
    if table:
        known = "、".join(field.name for field in fields(Settings)[1:])
        raise _fault(f"{place}有不认识的设置 {next(iter(table))}。", f"能写的设置有：{known}。")


def _fault(what: str, remedy: str) -> WrongUseError:
    return WrongUseError(where=FILE_NAME, what=what, remedy=remedy)
