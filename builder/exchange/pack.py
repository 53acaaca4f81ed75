"""A bundle made of what was cleared: records, readable page, manifest, signature, zip."""

import datetime
import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from minisign import SecretKey
from pydantic import ValidationError

from builder.checks.cleared import ClearedCasebook
from builder.errors import WrongUseError
from builder.exchange.archive import write_archive
from builder.exchange.keys import public_of
from builder.exchange.manifest import (
    FORMAT,
    MANIFEST,
    SIGNATURE,
    START_PAGE,
    VERSION,
    BundledFile,
    Manifest,
    WithdrawnCase,
    Workshop,
    manifest_bytes,
    seen,
)
from builder.exchange.names import case_name
from builder.exchange.records import bundled_case, identifier_in, terms_of, texts_in
from builder.exchange.signature import sign
from builder.exchange.start_page import start_page
from builder.library.written_case import written_case
from builder.model.audience import Audience

LICENCES = {
    Audience.PARTNER: "仅供伙伴工作室内部学习和调解参考，不转发、不公开",
    Audience.PUBLIC: "可以转载，请注明出处",
}


@dataclass(frozen=True, slots=True)
class Consignment:
    """What to send, and on what terms.

    Attributes:
        code: of the sending workshop; only its own cases travel.
        serial: greater than that of every bundle before.
        created, expires: days.
        chosen: ids of the cases wanted; empty for all.
    """

    code: str
    serial: int
    created: datetime.date
    expires: datetime.date
    licence: str
    chosen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Packed:
    """A finished bundle, and what is in it.

    Attributes:
        left_out: id -> why a case did not go in.
    """

    data: bytes
    manifest: Manifest
    left_out: Mapping[str, str]


def pack(cleared: ClearedCasebook, consignment: Consignment, private: SecretKey) -> Packed:
    """Return the bundle of a cleared casebook; the same input gives the same bytes.

    Raises:
        WrongUseError: it was cleared for `internal`, or a case chosen is not in it.
    """
    if cleared.audience is Audience.INTERNAL:
        raise WrongUseError("--audience", "内部版本不能打包。", "请用 partner 或 public。")
    prefix = f"{consignment.code}-"
    own = [case for case in cleared.cases if case.id.startswith(prefix)]
    _check_chosen(consignment.chosen, {case.id for case in own})
    wanted = [case for case in own if not consignment.chosen or case.id in consignment.chosen]
    travelling = {case.id for case in wanted}
    records = {case.id: bundled_case(case, cleared, travelling) for case in wanted}
    # a finding waived by us would be a finding again at the other end
    left_out = {
        case_id: found
        for case_id, case in records.items()
        if (found := identifier_in(texts_in(case)))
    }
    cases = [records[case_id] for case_id in sorted(records) if case_id not in left_out]
    if not cases and not cleared.notices:
        raise WrongUseError(
            "案例包", "没有可以放进去的案例。", "请先把案例的 audience 写成 partner 或 public。"
        )
    contents = {case_name(case.id): written_case(case).encode() for case in cases}
    try:
        bare = _manifest(cleared, consignment, private, terms_of(cases, cleared))
    except ValidationError as error:
        raise WrongUseError(
            "案例包",
            "使用许可、工作室名称或撤下案例的标题太长，或不是一行文字。",
            "请改成一行，不超过 120 字。",
        ) from error
    contents[START_PAGE] = start_page(bare, cases)
    listed = tuple(
        BundledFile(path=path, sha256=hashlib.sha256(content).hexdigest(), length=len(content))
        for path, content in sorted(contents.items())
    )
    manifest = bare.model_copy(update={"files": listed})
    content = manifest_bytes(manifest)
    contents[MANIFEST] = content
    contents[SIGNATURE] = sign(content, private, f"serial:{manifest.serial}")
    return Packed(write_archive(contents), manifest, left_out)


def _manifest(
    cleared: ClearedCasebook,
    consignment: Consignment,
    private: SecretKey,
    terms: dict[str, dict[str, str]],
) -> Manifest:
    return Manifest(
        format=FORMAT,
        version=VERSION,
        workshop=Workshop(code=consignment.code, name=seen(cleared.workshop)),
        audience="public" if cleared.audience is Audience.PUBLIC else "partner",
        serial=consignment.serial,
        created=consignment.created,
        expires=consignment.expires,
        key=public_of(private).id,
        licence=consignment.licence,
        files=(),
        terms=terms,
        withdrawn=tuple(
            WithdrawnCase(
                id=notice.id,
                title=seen(notice.title),
                month=notice.month,
                replaced_by=notice.replaced_by,
            )
            for notice in cleared.notices
            if notice.id.startswith(f"{consignment.code}-")
        ),
    )


def _check_chosen(chosen: Collection[str], known: Collection[str]) -> None:
    missing = sorted(set(chosen) - set(known))
    if missing:
        raise WrongUseError(
            "--case", f"{missing[0]} 不能发：没有这个案例，或它不对外。",
            "请核对编号；要对外的，先发布并写好 audience。",
        )  # fmt: skip
