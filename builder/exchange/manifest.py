"""The manifest of a bundle: what is in it, from whom, for whom, until when.

It is canonical JSON (UTF-8, keys sorted, no spaces, one newline at the end), so that one
manifest has one spelling: what is signed is what is read.
"""

import datetime
import json
import re
from typing import Annotated, Any, Literal, NoReturn, TypeAlias

from pydantic import AfterValidator, Field, StringConstraints, ValidationError

from builder.exchange.refusal import ASK_AGAIN, SENT_BADLY, Refused
from builder.model.case import CaseId, Line
from builder.model.strict import Strict
from builder.model.vocabulary import TermId

FORMAT = "casebook-bundle"
VERSION = 1
MANIFEST = "manifest.json"
SIGNATURE = "manifest.json.minisig"
START_PAGE = "index.html"
MAX_MANIFEST = 4 << 20  # bytes
MAX_DAYS = 3_650  # from the day of making to the last day

# controls, what turns text round, what has no width: a terminal or a page would act on them
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def seen(text: str) -> str:
    """Return a line without the characters that nobody sees."""
    return _UNSEEN.sub("", text)


def _all_seen(text: str) -> str:
    if _UNSEEN.search(text):
        raise ValueError("characters that nobody sees")
    return text


Code: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,6}$")]
KeyId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9A-F]{16}$")]
VocabularyName: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,30}$")]
Month: TypeAlias = Annotated[str, StringConstraints(pattern=r"^([0-9]{4}-(0[1-9]|1[0-2]))?$")]
Seen: TypeAlias = Annotated[Line, AfterValidator(_all_seen)]
Serial: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=1_000_000_000)]


class ManifestError(Refused):
    """The bundle's manifest is not one that this program reads."""


class Workshop(Strict):
    """Who sends: the code its case ids begin with, and its name."""

    code: Code
    name: Seen


class BundledFile(Strict):
    """One file of the bundle: where it lies, its bytes' SHA-256 (hexadecimal) and number."""

    path: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    length: Annotated[int, Field(strict=True, ge=0)]


class WithdrawnCase(Strict):
    """A case that the sender took down; whoever has it is asked to do the same."""

    id: CaseId
    title: Seen
    month: Month = ""
    replaced_by: Annotated[
        str, StringConstraints(pattern=r"^([A-Z]{2,6}-[0-9]{4}-[0-9]{4,6})?$")
    ] = ""


class Manifest(Strict):
    """What the signature vouches for.

    Attributes:
        serial: counts the sender's bundles; never the same twice, never going back.
        created, expires: first and last day on which the bundle may be taken in.
        key: id of the signing key, as minisign writes it.
        terms: vocabulary -> id -> label of every term that the cases use.
        withdrawn: every case the sender has taken down after publishing it.
    """

    format: Literal["casebook-bundle"]
    version: Literal[1]
    workshop: Workshop
    audience: Literal["partner", "public"]
    serial: Serial
    created: datetime.date
    expires: datetime.date
    key: KeyId
    licence: Seen
    files: tuple[BundledFile, ...]
    terms: dict[VocabularyName, dict[TermId, Seen]]
    withdrawn: tuple[WithdrawnCase, ...]


def manifest_bytes(manifest: Manifest) -> bytes:
    """Return the one spelling of a manifest."""
    return canonical_json(manifest.model_dump(mode="json"))


def read_manifest(content: bytes) -> Manifest:
    """Return the manifest that the bytes spell.

    Raises:
        ManifestError: not JSON, another format or version, keys missing or unknown, or
            another spelling than the canonical one.
    """
    value = plain_json(content, MANIFEST)
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        _refuse("不是案例包的清单。", "请核对是不是拿错了文件。", "manifest")
    if value.get("version") != VERSION or isinstance(value["version"], bool):
        _refuse(
            "清单的版本这个程序不认识。",
            "请先更新 casebook，或请对方用同一版本重新打包。",
            "version",
        )
    unknown = sorted(set(value) - set(Manifest.model_fields))
    if unknown:
        _refuse("清单里有不认识的项目。", ASK_AGAIN, "extra-keys")
    try:
        manifest = Manifest.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        if first["type"] == "value_error" and "nobody sees" in first["msg"]:
            _refuse(f"清单的 {first['loc'][0]} 里有看不见的字符。", ASK_AGAIN, "unseen")
        _refuse(f"清单的 {first['loc'][0]} 缺了或不合规定。", ASK_AGAIN, "manifest")
    if manifest_bytes(manifest) != content:
        _refuse("清单不是规定的写法。", ASK_AGAIN, "not-canonical")
    return manifest


def canonical_json(value: Any) -> bytes:
    """Return the one spelling of a JSON value."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{text}\n".encode()


def plain_json(content: bytes, where: str) -> Any:
    """Return the value of JSON bytes without repeated keys or numbers that are none.

    Raises:
        ManifestError: it is not such JSON.
    """
    if len(content) > MAX_MANIFEST:
        raise ManifestError(where, "太大。", "请对方把案例分成几个包。", "manifest")
    if content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise ManifestError(where, "开头有编码标记（BOM），被另存过。", ASK_AGAIN, "encoding")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ManifestError(where, "不是 UTF-8 编码的文字。", SENT_BADLY, "encoding") from error
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise ManifestError(where, "不是规定的 JSON 文字。", SENT_BADLY, "json") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice")
    return made


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def _refuse(what: str, remedy: str, code: str) -> NoReturn:
    raise ManifestError(MANIFEST, what, remedy, code)
