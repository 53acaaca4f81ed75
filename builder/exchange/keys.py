"""Signing keys: Ed25519 in minisign's files, and fingerprints that two people read aloud.

keys/CODE.key   the private key, mode 0600, never in git, never in a backup that others read
keys/CODE.pub   the public key, for the partners
"""

import base64
import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from minisign import Error as MinisignError
from minisign import KeyPair, PublicKey, SecretKey

from builder.errors import CasebookError, SurroundingsError, WrongUseError, reason_of

_GROUPS, _DIGITS = 8, 5
_MOST = 4096  # bytes of a key file


class KeyFault(CasebookError):
    """A key file is missing, or is none."""

    exit_status = 2


@dataclass(frozen=True, slots=True)
class PublicPart:
    """A public key as it is kept and compared.

    Attributes:
        text: the base64 line of minisign's file.
        id: the key id as minisign prints it, 16 hexadecimal digits.
    """

    text: str
    id: str

    @property
    def fingerprint(self) -> str:
        """Eight groups of five digits, worked out from the whole key (SHA-256 mod 10^40)."""
        number = int.from_bytes(hashlib.sha256(self.text.encode()).digest(), "big")
        digits = f"{number % 10 ** (_GROUPS * _DIGITS):0{_GROUPS * _DIGITS}d}"
        return " ".join(digits[at : at + _DIGITS] for at in range(0, len(digits), _DIGITS))

    @property
    def material(self) -> bytes:
        """The key itself: the id before it is chosen freely and proves nothing."""
        return base64.b64decode(self.text)[-32:]

    @property
    def key(self) -> PublicKey:
        return PublicKey.from_base64(self.text)


def same_fingerprint(heard: str, fingerprint: str) -> bool:
    """Return whether what somebody typed is the fingerprint; only digits count."""
    return re.sub(r"\D", "", heard, flags=re.ASCII) == fingerprint.replace(" ", "")


def public_part(text: str, where: str) -> PublicPart:
    """Return the public key that a base64 line or a minisign file holds.

    Raises:
        KeyFault: it holds none.
    """
    try:
        line = text.strip().splitlines()[-1].strip()
        key = PublicKey.from_base64(line)
    except (MinisignError, IndexError, ValueError) as error:
        raise KeyFault(
            where, "不是公钥文件。", "请向对方要 keys 文件夹里以 .pub 结尾的文件。"
        ) from error
    return _part(key)


def read_public(path: Path) -> PublicPart:
    """Return the public key in a file.

    Raises:
        KeyFault: there is none.
    """
    return public_part(_read(path, "请核对文件名。"), str(path))


def read_private(path: Path) -> SecretKey:
    """Return the private key in a file.

    Raises:
        KeyFault: there is none, or others may read it.
    """
    text = _read(path, "请先运行 casebook bundle keygen。")
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise KeyFault(
            str(path), "别人也能读这个私钥。", f"请运行 chmod 600 {path}，再想想要不要换钥匙。"
        )
    try:
        return SecretKey.from_bytes(text.encode())
    except (MinisignError, ValueError) as error:
        raise KeyFault(
            str(path), "不是私钥文件。", "请从备份里找回；找不回就换一把新的（见伙伴指南）。"
        ) from error


def public_of(private: SecretKey) -> PublicPart:
    """Return the public part of a private key."""
    return _part(private.get_public_key())


def write_new_keys(folder: Path, code: str) -> PublicPart:
    """Make a key pair of the workshop `code` and write both files into `folder`.

    Raises:
        WrongUseError: there is a key already.
        SurroundingsError: the files cannot be written.
    """
    pair = KeyPair.generate()
    pair.secret_key.untrusted_comment = f"casebook {code} secret key: keep it to yourself"
    pair.public_key.untrusted_comment = f"casebook {code} public key"
    private, public = folder / f"{code}.key", folder / f"{code}.pub"
    if private.exists():
        raise WrongUseError(
            str(private), "已经有一把钥匙了。", "要换新的，请用 casebook bundle keygen --rotate。"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _keep_out_of_git(folder)
        handle = os.open(private, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(bytes(pair.secret_key) + b"\n")
        public.write_bytes(bytes(pair.public_key) + b"\n")
    except OSError as error:
        raise SurroundingsError(
            str(folder), f"写不进去（{reason_of(error)}）。", "请检查权限和磁盘空间。"
        ) from error
    return _part(pair.public_key)


def _keep_out_of_git(folder: Path) -> None:
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*.key\n*.key.*\n.lock\n", "utf-8")


def _part(key: PublicKey) -> PublicPart:
    # minisign prints the id as a little-endian number
    return PublicPart(key.to_base64().decode(), bytes(key._keynum_pk.key_id)[::-1].hex().upper())


def _read(path: Path, remedy: str) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_MOST).decode("utf-8", "replace")
    except OSError as error:
        raise KeyFault(str(path), f"读不出来（{reason_of(error)}）。", remedy) from error
