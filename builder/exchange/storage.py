"""The files of the exchange: `keys/` and `cases/partners/`, each replaced in one step.

keys/CODE.key, CODE.pub   our signing key                      (keys.py)
keys/trusted.toml         whom we trust                        (trust.py)
keys/received.json        what came                            (received.py)
keys/sent.json            the serial of our last bundle
keys/CODE.map.toml        a partner's terms in ours            (mapping.py)
cases/partners/CODE/      the cases of a partner, a file each  (accept.py)
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from builder.errors import SurroundingsError, WrongUseError, reason_of
from builder.exchange.archive import MAX_ARCHIVE
from builder.exchange.received import (
    RECEIVED_FILE,
    SENT_FILE,
    Received,
    Sent,
    read_received,
    read_sent,
    state_bytes,
)
from builder.exchange.trust import TRUST_FILE, Trust, read_trust, trust_text
from builder.model.vocabulary import Vocabularies
from builder.settings import Settings

if TYPE_CHECKING:  # the detectors are slow to import, and keys need none
    from builder.exchange.accept import Plan
    from builder.exchange.mapping import TermMap


@contextmanager
def exchanging(settings: Settings) -> Iterator[None]:
    """Hold the exchange's files as their only writer.

    Raises:
        SurroundingsError: another import or export is going on.
    """
    from filelock import FileLock, Timeout  # those who only read do without

    _make(settings.keys)
    try:
        with FileLock(settings.keys / ".lock", timeout=0):
            yield
    except Timeout:
        raise SurroundingsError(
            str(settings.keys), "另一个打包或导入正在进行。", "请等它结束后再试。"
        ) from None


def read_bundle(path: Path) -> bytes:
    """Return the bytes of a bundle, one more than is allowed at most.

    Raises:
        WrongUseError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(MAX_ARCHIVE + 1)
    except OSError as error:
        raise WrongUseError(
            str(path), f"读不出来（{reason_of(error)}）。", "请核对文件名。"
        ) from error


def load_trust(settings: Settings) -> Trust:
    """Return whom this library trusts."""
    content = _content(settings.keys / TRUST_FILE)
    return Trust() if content is None else read_trust(content.decode("utf-8-sig", "replace"))


def save_trust(settings: Settings, trust: Trust) -> None:
    """Write whom this library trusts."""
    _make(settings.keys)
    replace_file(settings.keys / TRUST_FILE, trust_text(trust).encode())


def load_received(settings: Settings) -> Received:
    """Return what came to this library."""
    return read_received(_content(settings.keys / RECEIVED_FILE))


def load_sent(settings: Settings) -> Sent:
    """Return the serial of this library's last bundle."""
    return read_sent(_content(settings.keys / SENT_FILE))


def save_sent(settings: Settings, sent: Sent) -> None:
    """Write the serial of the bundle that is about to be made."""
    replace_file(settings.keys / SENT_FILE, state_bytes(sent))


def load_mapping(settings: Settings, code: str, ours: Vocabularies) -> "TermMap":
    """Return what the mapping file for a workshop says; nothing where there is none."""
    from builder.exchange.mapping import map_file, read_mapping

    name = map_file(code)
    content = _content(settings.keys / name)
    if content is None:
        return {}
    return read_mapping(content.decode("utf-8-sig", "replace"), ours, name)


def partner_files(settings: Settings, code: str) -> dict[str, bytes]:
    """Return id -> bytes of the case files that came from a workshop.

    Raises:
        SurroundingsError: the folder or a file in it is a link, or cannot be read.
    """
    folder = settings.cases / "partners" / code
    for place in (folder.parent, folder):
        if place.is_symlink():
            raise SurroundingsError(str(place), "是链接，不是文件夹。", "请换成真的文件夹。")
    files = {}
    for path in sorted(folder.glob("*.yml")):
        if path.is_symlink() or not path.is_file():
            raise SurroundingsError(str(path), "不是普通文件。", "请删掉它或换成文件。")
        files[path.stem] = path.read_bytes()
    return files


def write_plan(settings: Settings, plan: "Plan", received: Received, mapping: "TermMap") -> None:
    """Write what a plan says: the cases, then what is known of them.

    Every new file lies beside its place before the first is put there. A machine that
    stops in between leaves whole files, and the same import may be run again.
    """
    from builder.exchange.accept import partner_path, written
    from builder.exchange.mapping import map_file, mapping_text

    changes = written(plan)
    targets = {change.id: settings.root / partner_path(plan.code, change.id) for change in changes}
    folder = settings.cases / "partners" / plan.code
    if changes:
        _make(folder)
        for left in folder.glob("*.yml.tmp"):  # of an import that was stopped
            left.unlink()
        replace_file(
            settings.keys / RECEIVED_FILE, state_bytes(received.having(plan.code, plan.coming))
        )
    fresh: dict[Path, Path] = {}
    try:
        for change in changes:
            target = targets[change.id]
            if change.edited and change.before is not None:
                _put_aside(target, change.before)
            fresh[target] = target.with_name(f"{target.name}.tmp")
            assert change.text is not None
            _write(fresh[target], change.text.encode())
        for change in changes:
            _check_unchanged(targets[change.id], change.before)
        for target, path in fresh.items():
            path.replace(target)
    finally:
        for path in fresh.values():
            path.unlink(missing_ok=True)
    new_map = mapping_text(mapping, plan.unmapped)
    if new_map is not None:
        replace_file(settings.keys / map_file(plan.code), new_map.encode())
    replace_file(settings.keys / RECEIVED_FILE, state_bytes(received.having(plan.code, plan.state)))


def _put_aside(path: Path, content: bytes) -> None:
    """Keep what somebody wrote here beside the file, and every earlier one too."""
    for number in count(1):
        aside = path.with_name(f"{path.name}.bak{number if number > 1 else ''}")
        kept = _content(aside)
        if kept is None:
            replace_file(aside, content)
        if kept in (None, content):
            return


def _check_unchanged(path: Path, before: bytes | None) -> None:
    if _content(path) != before:
        raise SurroundingsError(
            str(path), "导入时有人改了这个文件，没有动它。", "请存好、关掉编辑器，再导入一次。"
        )


def replace_file(path: Path, content: bytes) -> None:
    """Replace a file in one step, so that a full disk never leaves half of it."""
    fresh = path.with_name(f"{path.name}.tmp")
    try:
        _write(fresh, content)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SurroundingsError(
            str(path), f"读不出来（{reason_of(error)}）。", "请检查文件权限。"
        ) from error


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SurroundingsError(
            str(folder), f"建不了文件夹（{reason_of(error)}）。", "请检查权限和磁盘空间。"
        ) from error
