"""Is a bundle what a workshop we trust signed? Bytes in, a verdict out; no file, no clock.

The order of the checks is fixed; the first that fails ends it, and nothing has been
written when it does:

 1. size of the whole; zip structure, nothing before, between or behind the entries
 2. names: only plain known ones, none twice, none that differ by case alone
 3. no encryption, no links, one way of packing; bounded count, sizes, total and ratio;
    contents unpacked by stream under a counter, checksums right      (`archive.py`)
 4. a manifest of a known format and version, no unknown keys, in its one spelling
 5. its key is trusted, for that workshop, and not revoked
 6. the signature, over the manifest's bytes
 7. exactly the files listed, each with its length and SHA-256
 8. the serial is new: no replay, no rollback
 9. not expired, not from a day to come
10. records fit the schema, hold only what may leave an office, carry no identifier;
    so does the readable page, which holds nothing that acts            (`records.py`)
"""

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from builder.exchange.archive import read_archive
from builder.exchange.manifest import (
    MANIFEST,
    MAX_DAYS,
    SIGNATURE,
    START_PAGE,
    Manifest,
    read_manifest,
)
from builder.exchange.names import case_id_of
from builder.exchange.received import LastTaken, Received
from builder.exchange.records import identifier_in, read_bundled, terms_used
from builder.exchange.refusal import ASK_AGAIN, SENT_BADLY, Refused
from builder.exchange.signature import check_signature
from builder.exchange.start_page import check_start_page
from builder.exchange.trust import Trust, TrustedKey
from builder.model.case import Case, split_case_id


@dataclass(frozen=True, slots=True)
class Verified:
    """A bundle that passed every check.

    Attributes:
        sender: the key that signed it, with the name under which we trust it.
        files: name -> content, exactly as signed.
        cases: by id, as the sender wrote them.
        digest: SHA-256 of the manifest, hexadecimal.
    """

    manifest: Manifest
    sender: TrustedKey
    files: Mapping[str, bytes]
    cases: tuple[Case, ...]
    digest: str


def verify(
    data: bytes,
    trust: Trust,
    received: Received,
    today: datetime.date,
    *,
    again: bool = False,
) -> Verified:
    """Return the bundle in `data` if every check holds.

    Args:
        received: what came before, against replay and rollback.
        today: the day of the check.
        again: the very bundle taken last may be taken once more.

    Raises:
        Refused: a check failed; `code` names it.
    """
    files = read_archive(data)
    manifest, content = _manifest_in(files)
    sender = _sender(manifest, trust)
    remark = f"serial:{manifest.serial}"
    check_signature(content, files[SIGNATURE], sender.public, remark, SIGNATURE)
    _check_files(manifest, files)
    digest = hashlib.sha256(content).hexdigest()
    code = manifest.workshop.code
    _check_serial(manifest, digest, received.of(code).newest(trust.active(code)), again)
    _check_days(manifest, today)
    cases = _records(manifest, files)
    return Verified(manifest, sender, files, cases, digest)


def _manifest_in(files: Mapping[str, bytes]) -> tuple[Manifest, bytes]:
    content = files.get(MANIFEST)
    if content is None:
        _refuse("里面没有清单，不是案例包。", "请核对是不是拿错了文件。", "no-manifest")
    manifest = read_manifest(content)
    if SIGNATURE not in files:
        _refuse("没有签名。", f"不要使用。{ASK_AGAIN}", "unsigned")
    return manifest, content


def _sender(manifest: Manifest, trust: Trust) -> TrustedKey:
    code = manifest.workshop.code
    key = trust.find(manifest.key)
    if key is None:
        _refuse(
            f"签名的钥匙（{code}，{manifest.key}）不在信任名单里。",
            "先打电话向对方核对指纹，再用 casebook bundle trust 加进名单。",
            "untrusted",
        )
    if key.revoked:
        _refuse(
            f"签名的钥匙 {manifest.key} 已于 {key.revoked.isoformat()} 作废。",
            "请打电话问对方，用新钥匙重新打包。",
            "revoked",
        )
    if key.workshop != code:
        _refuse(
            f"这把钥匙是 {key.workshop} 的，案例包却说来自 {code}。",
            "不要使用；请打电话问对方。",
            "wrong-workshop",
        )
    return key


def _check_files(manifest: Manifest, files: Mapping[str, bytes]) -> None:
    listed = {file.path: file for file in manifest.files}
    if len(listed) != len(manifest.files) or set(listed) != set(files) - {MANIFEST, SIGNATURE}:
        _refuse("文件与清单对不上：多了或少了。", SENT_BADLY, "files")
    for path, file in listed.items():
        content = files[path]
        if len(content) != file.length or hashlib.sha256(content).hexdigest() != file.sha256:
            _refuse(f"{path} 与清单里的校验值不同。", "不要使用；请对方重新发一次。", "hash")


def _check_serial(manifest: Manifest, digest: str, come: LastTaken, again: bool) -> None:
    if manifest.serial > come.serial:
        return
    if manifest.serial < come.serial:
        _refuse(
            f"是第 {manifest.serial} 号，已经收过第 {come.serial} 号。",
            "旧的不能盖住新的；请向对方要最新的。",
            "rollback",
        )
    if digest != come.manifest:
        _refuse(
            f"第 {manifest.serial} 号已经收过，内容却不同。",
            "不要使用；请打电话问对方。",
            "serial-reused",
        )
    if not again:
        _refuse(
            f"第 {manifest.serial} 号已经收过。",
            "不用再导入；改了对照表想重来一遍的，请加 --again。",
            "replay",
        )


def _check_days(manifest: Manifest, today: datetime.date) -> None:
    if manifest.expires < manifest.created:
        _refuse("到期日早于打包日。", ASK_AGAIN, "dates")
    if manifest.expires - manifest.created > datetime.timedelta(days=MAX_DAYS):
        _refuse(f"有效期超过 {MAX_DAYS} 天，等于永不到期。", ASK_AGAIN, "dates")
    if today > manifest.expires:
        _refuse(f"已于 {manifest.expires.isoformat()} 到期。", ASK_AGAIN, "expired")
    # a day of difference between two clocks is no fraud
    if manifest.created > today + datetime.timedelta(days=1):
        _refuse("打包的日期还没有到。", "请核对这台电脑的日期，或问对方。", "not-yet")


def _records(manifest: Manifest, files: Mapping[str, bytes]) -> tuple[Case, ...]:
    if START_PAGE not in files:
        _refuse("缺可读的网页。", ASK_AGAIN, "files")
    names = sorted(name for name in files if case_id_of(name))
    cases = tuple(read_bundled(name, files[name], manifest) for name in names)
    _check_withdrawn(manifest, {case.id for case in cases})
    listed = {(name, term_id) for name, terms in manifest.terms.items() for term_id in terms}
    if listed != {term for case in cases for term in terms_used(case)}:
        _refuse("清单里列了案例没有用的词。", ASK_AGAIN, "terms")
    labels = [label for terms in manifest.terms.values() for label in terms.values()]
    titles = [one.title for one in manifest.withdrawn]
    found = identifier_in([*labels, *titles, manifest.licence])
    if found:
        _refuse(f"清单里有{found}。", "不要使用；请对方删去后重新打包。", "identifier")
    check_start_page(files[START_PAGE])
    return cases


def _check_withdrawn(manifest: Manifest, ids: set[str]) -> None:
    gone = [one.id for one in manifest.withdrawn]
    codes = {(split_case_id(case_id) or ("",))[0] for case_id in gone}
    if len(set(gone)) != len(gone) or ids & set(gone) or codes - {manifest.workshop.code}:
        _refuse("撤下的案例与清单的其余部分矛盾。", ASK_AGAIN, "withdrawn")


def _refuse(what: str, remedy: str, code: str) -> NoReturn:
    raise Refused("案例包", what, remedy, code)
