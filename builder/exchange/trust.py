"""Whom we trust: `keys/trusted.toml`, public keys of partners as checked by telephone.

A key that is revoked stays in the file, so that nothing it signed is ever taken again.
"""

import datetime
import json
import tomllib
from dataclasses import dataclass, replace
from typing import Any

from minisign import SecretKey

from builder.errors import CasebookError, WrongUseError
from builder.exchange.keys import PublicPart, public_of, public_part
from builder.exchange.manifest import canonical_json, plain_json
from builder.exchange.refusal import ASK_AGAIN, Refused
from builder.exchange.signature import check_signature, sign
from builder.settings import is_workshop_code

TRUST_FILE = "trusted.toml"
_HEAD = """\
# 信任的伙伴工作室公钥。由 casebook bundle trust 和 revoke 改写，一般不用手改。
# 加一把钥匙之前，一定在电话里对过指纹。
"""
_ROTATION, _REMARK = "casebook-rotation", "rotation"


class TrustFault(CasebookError):
    """`keys/trusted.toml` cannot be understood."""

    exit_status = 2


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A partner's key: since when we trust it and, where that has ended, when and why."""

    workshop: str
    name: str
    public: PublicPart
    since: datetime.date
    revoked: datetime.date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Trust:
    """All keys we know, in the order in which they came."""

    keys: tuple[TrustedKey, ...] = ()

    def find(self, key_id: str) -> TrustedKey | None:
        return next((key for key in self.keys if key.public.id == key_id), None)

    def active(self, workshop: str) -> frozenset[str]:
        """Return the ids of the keys of a workshop that are not revoked."""
        return frozenset(
            key.public.id for key in self.keys if key.workshop == workshop and not key.revoked
        )

    def with_key(self, key: TrustedKey) -> "Trust":
        """Return the trust with one key more.

        Raises:
            WrongUseError: the key is there already, or was revoked.
        """
        known = self.find(key.public.id) or next(
            (one for one in self.keys if one.public.material == key.public.material), None
        )
        if known is not None:
            what = "这把钥匙已经作废，不能再信任。" if known.revoked else "这把钥匙已经信任了。"
            raise WrongUseError(key.public.id, what, "请核对是不是拿错了公钥文件。")
        return Trust((*self.keys, key))

    def without(self, key_id: str, day: datetime.date, reason: str) -> "Trust":
        """Return the trust with a key revoked.

        Raises:
            WrongUseError: there is no such key, or it is revoked already.
        """
        known = self.find(key_id)
        if known is None or known.revoked:
            what = "没有这把钥匙。" if known is None else "这把钥匙早已作废。"
            raise WrongUseError(key_id, what, "请运行 casebook bundle trust 看有哪些钥匙。")
        gone = replace(known, revoked=day, reason=reason)
        return Trust(tuple(gone if key is known else key for key in self.keys))


def read_trust(text: str) -> Trust:
    """Return what a `trusted.toml` says.

    Raises:
        TrustFault: it is damaged.
    """
    try:
        rows = tomllib.loads(text).get("keys", [])
        return Trust(tuple(_key(row) for row in rows))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise TrustFault(
            f"keys/{TRUST_FILE}", "看不懂。", "请改回原样，或从备份里找回。"
        ) from error


def trust_text(trust: Trust) -> str:
    """Return the text of `trusted.toml`."""
    blocks = [_HEAD]
    for key in trust.keys:
        lines = [
            "[[keys]]",
            f"workshop = {_quoted(key.workshop)}",
            f"name = {_quoted(key.name)}",
            f"public = {_quoted(key.public.text)}",
            f"since = {key.since.isoformat()}",
        ]
        if key.revoked:
            lines += [f"revoked = {key.revoked.isoformat()}", f"reason = {_quoted(key.reason)}"]
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def rotation_statement(old: SecretKey, new: SecretKey, workshop: str, day: datetime.date) -> bytes:
    """Return the statement that a workshop's new key takes the place of its old one.

    Both keys sign it: the old one vouches, the new one shows that it is held.
    """
    statement = {
        "format": _ROTATION,
        "version": 1,
        "workshop": workshop,
        "old": public_of(old).id,
        "new": public_of(new).text,
        "date": day.isoformat(),
    }
    content = canonical_json(statement)
    signatures = [sign(content, key, _REMARK).decode("ascii") for key in (old, new)]
    return canonical_json({"statement": statement, "signatures": signatures})


def after_rotation(trust: Trust, statement: bytes, today: datetime.date) -> Trust:
    """Return the trust after a partner's statement: the new key in, the old one out.

    Raises:
        Refused: it is no such statement, or not signed by a key we trust.
        WrongUseError: the new key is known already.
    """
    told, signatures = _statement(statement)
    old = trust.find(str(told["old"]))
    if old is None or old.revoked or old.workshop != told["workshop"]:
        raise Refused(
            "换钥匙声明", "原来的钥匙不在信任名单里，或已经作废。",
            "请打电话问对方，对指纹后用 casebook bundle trust 重新信任。", "untrusted",
        )  # fmt: skip
    new = public_part(str(told["new"]), "换钥匙声明")
    content = canonical_json(told)
    for key, signature in zip((old.public, new), signatures, strict=True):
        check_signature(content, signature.encode(), key, _REMARK, "换钥匙声明")
    added = trust.with_key(TrustedKey(old.workshop, old.name, new, today))
    return added.without(old.public.id, today, f"换成了 {new.id}")


def _statement(content: bytes) -> tuple[dict[str, Any], list[str]]:
    value = plain_json(content, "换钥匙声明")
    told = value.get("statement") if isinstance(value, dict) else None
    signatures = value.get("signatures") if isinstance(value, dict) else None
    if (
        not isinstance(told, dict)
        or set(told) != {"format", "version", "workshop", "old", "new", "date"}
        or (told["format"], told["version"]) != (_ROTATION, 1)
        or not isinstance(signatures, list)
        or [type(one) for one in signatures] != [str, str]
    ):
        raise Refused("换钥匙声明", "不是换钥匙声明。", ASK_AGAIN, "manifest")
    return told, signatures


def _key(row: dict[str, Any]) -> TrustedKey:
    unknown = set(row) - {"workshop", "name", "public", "since", "revoked", "reason"}
    since, revoked = row["since"], row.get("revoked")
    if unknown or not _is_day(since) or not (revoked is None or _is_day(revoked)):
        raise ValueError("unknown entry or no day")
    if not is_workshop_code(str(row["workshop"])):
        raise ValueError("no code of a workshop")
    public = public_part(str(row["public"]), TRUST_FILE)
    reason = str(row.get("reason", ""))
    return TrustedKey(str(row["workshop"]), str(row["name"]), public, since, revoked, reason)


def _is_day(value: object) -> bool:
    return type(value) is datetime.date


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
