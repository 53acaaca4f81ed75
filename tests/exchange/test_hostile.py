"""Bundles that must not be taken: each refused with its reason, in Chinese, nothing written."""

import datetime
import io
import json
import stat
import struct
import subprocess
import sys
import zipfile
import zlib

import pytest

from builder.exchange.archive import MAX_ARCHIVE, write_archive
from builder.exchange.keys import public_of
from builder.exchange.manifest import MANIFEST, SIGNATURE, START_PAGE, canonical_json
from builder.exchange.refusal import Refused
from builder.exchange.trust import Trust, trust_text
from builder.exchange.verify import verify
from builder.model.audience import Audience
from tests.conftest import Library, make_library
from tests.exchange.bundles import (
    OURS,
    SENT,
    STRANGER,
    Bundle,
    come,
    good_bundle,
    opened,
    trust_in,
)

ONE = "cases/SL-2026-0001.yml"
TWO = "cases/SL-2026-0002.yml"


@pytest.fixture(scope="module")
def sender(tmp_path_factory) -> Library:
    library = make_library(tmp_path_factory.mktemp("sender") / "library")
    library.add("SL-2026-0001")
    library.add("SL-2026-0002")
    return library


@pytest.fixture(scope="module")
def sound(sender) -> bytes:
    return good_bundle(sender).zipped()


def with_zipfile(bundle: Bundle, add=lambda archive: None, **options) -> bytes:
    """Zip a bundle with Python's own writer, and whatever `add` puts in."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in sorted(bundle.signed().items()):
            archive.writestr(name, content)
        add(archive)
    return target.getvalue()


def extra(name: str, content: bytes = b"x", attributes: int | None = None):
    """Return a spoiler that adds a file under any name, past the manifest."""

    def spoil(bundle: Bundle) -> bytes:
        def add(archive: zipfile.ZipFile) -> None:
            info = zipfile.ZipInfo("placeholder")
            info.filename = name  # as it is: the constructor would mend it
            info.compress_type = zipfile.ZIP_DEFLATED
            if attributes is not None:
                info.external_attr = attributes
            archive.writestr(info, content)

        return with_zipfile(bundle, add)

    return spoil


def raw_name(name: bytes):
    """Return a spoiler that writes a name's bytes over one of the same length."""

    def spoil(bundle: Bundle) -> bytes:
        data = extra("z" * len(name))(bundle)
        return data.replace(b"z" * len(name), name)

    return spoil


def data_edit(edit):
    return lambda bundle: edit(bytearray(bundle.zipped()))


def manifest_edit(**values):
    def spoil(bundle: Bundle) -> bytes:
        bundle.manifest.update(values)
        return bundle.zipped()

    return spoil


def manifest_raw(edit):
    """Return a spoiler whose signed manifest bytes are spelt by `edit`."""
    return lambda bundle: write_archive(
        bundle.signed(edit(canonical_json(bundle.manifest), bundle.manifest))
    )


def record_edit(old: str, new: str, path: str = ONE):
    def spoil(bundle: Bundle) -> bytes:
        bundle.edit(path, old, new)
        return bundle.zipped()

    return spoil


def setting(**values):
    def spoil(bundle: Bundle) -> bytes:
        data = bundle.zipped()
        for name, value in values.items():
            setattr(bundle, name, value)
        return data

    return spoil


def unsigned(bundle: Bundle) -> bytes:
    files = bundle.signed()
    del files[SIGNATURE]
    return write_archive(files)


def signed_by_stranger(bundle: Bundle) -> bytes:
    bundle.key = STRANGER
    return bundle.zipped()


def stranger_all_through(bundle: Bundle) -> bytes:
    bundle.key = STRANGER
    bundle.manifest["key"] = public_of(STRANGER).id
    return bundle.zipped()


def swapped(bundle: Bundle) -> bytes:
    files = bundle.signed()
    files[ONE], files[TWO] = files[TWO], files[ONE]
    return write_archive(files)


def changed_after_signing(path: str, add: bytes = b"# \n"):
    def spoil(bundle: Bundle) -> bytes:
        files = bundle.signed()
        files[path] += add
        return write_archive(files)

    return spoil


def missing(path: str):
    def spoil(bundle: Bundle) -> bytes:
        files = bundle.signed()
        del files[path]
        return write_archive(files)

    return spoil


def listed_without(path: str):
    def spoil(bundle: Bundle) -> bytes:
        del bundle.files[path]
        return bundle.listed().zipped()

    return spoil


def listed_extra(path: str, content: bytes):
    def spoil(bundle: Bundle) -> bytes:
        bundle.files[path] = content
        return bundle.listed().zipped()

    return spoil


def signature_of_another(bundle: Bundle) -> bytes:
    files = bundle.signed()
    bundle.manifest["serial"] = 9
    files[SIGNATURE] = bundle.signed()[SIGNATURE]
    return write_archive(files)


def signature_edit(edit):
    def spoil(bundle: Bundle) -> bytes:
        files = bundle.signed()
        files[SIGNATURE] = edit(files[SIGNATURE])
        return write_archive(files)

    return spoil


def central_edit(offset: int, value: bytes):
    """Overwrite bytes of the first entry of the directory."""

    def edit(data: bytearray) -> bytes:
        at = struct.unpack_from("<L", data, len(data) - 6)[0]
        data[at + offset : at + offset + len(value)] = value
        return bytes(data)

    return data_edit(edit)


def between(data: bytearray) -> bytes:
    """Put bytes between contents and directory, and mend the end record."""
    at = struct.unpack_from("<L", data, len(data) - 6)[0]
    struct.pack_into("<L", data, len(data) - 6, at + 4)
    return bytes(data[:at] + b"hide" + data[at:])


def a_bomb(bundle: Bundle) -> bytes:
    return extra(ONE.replace("0001", "0009"), b"\0" * 5_000_000)(bundle)


def liar(bundle: Bundle) -> bytes:
    """A file whose headers state fewer bytes than it unpacks to."""
    target = bytearray(write_archive({**bundle.signed(), START_PAGE: b"A" * 50_000}))
    size, told = struct.pack("<L", 50_000), struct.pack("<L", 500)
    assert target.count(size) == 2
    return bytes(target.replace(size, told))


def many(bundle: Bundle) -> bytes:
    def add(archive: zipfile.ZipFile) -> None:
        for number in range(5_200):
            archive.writestr(f"cases/SL-2025-{number:04d}.yml", "")

    return with_zipfile(bundle, add)


def twice(bundle: Bundle) -> bytes:
    with pytest.warns(UserWarning, match="Duplicate name"):
        return extra(ONE, b"other")(bundle)


def replayed(bundle: Bundle) -> bytes:
    data = bundle.zipped()
    digest = verify(data, bundle.trust, bundle.received, bundle.today).digest
    bundle.received = come(3, digest)
    return data


def withdrawn(**values):
    row = {"id": "SL-2026-0077", "title": "某件", "month": "2026-10", "replaced_by": "", **values}
    return manifest_edit(withdrawn=[row])


def nested_manifest(bundle: Bundle) -> bytes:
    return write_archive(bundle.signed(b"[" * 3_000 + bytes(range(256)) * 9))


def renamed_case(bundle: Bundle) -> bytes:
    bundle.files["cases/SH-2026-0001.yml"] = bundle.files.pop(ONE).replace(b"SL-2026", b"SH-2026")
    return bundle.listed().zipped()


FAR = datetime.date(2027, 11, 21)
EARLY = datetime.date(2026, 11, 1)
HOSTILE = {
    # the zip itself
    "nothing": (lambda bundle: b"", "truncated"),
    "no zip": (lambda bundle: b"just words " * 99, "truncated"),
    "truncated": (data_edit(lambda data: bytes(data[:-300])), "truncated"),
    "truncated by a byte": (data_edit(lambda data: bytes(data[:-1])), "trailing-data"),
    "trailing data": (data_edit(lambda data: bytes(data) + b"more"), "trailing-data"),
    "a second zip behind": (data_edit(lambda data: bytes(data) + b"PK\5\6" + b"\0" * 18), "structure"),
    "leading data": (data_edit(lambda data: b"MZ" + bytes(data)), "leading-data"),
    "bytes in between": (data_edit(between), "header"),
    "too large": (lambda bundle: bundle.zipped() + b"\0" * MAX_ARCHIVE, "size"),
    "a comment": (data_edit(lambda data: bytes(data[:-2]) + b"\1\0x"), "trailing-data"),
    "encrypted": (central_edit(8, b"\1\0"), "encrypted"),
    "a link": (extra(ONE.replace("0001", "0009"), b"/etc/passwd", (stat.S_IFLNK | 0o777) << 16), "link"),
    "a device": (extra(ONE.replace("0001", "0009"), b"", (stat.S_IFCHR | 0o777) << 16), "link"),
    "another packing": (central_edit(10, b"\x0c\0"), "method"),
    "not packed": (lambda bundle: with_zipfile(bundle, lambda archive: archive.writestr("cases/SL-2026-0009.yml", b"", zipfile.ZIP_STORED)), "method"),
    "an altered byte": (data_edit(lambda data: bytes(data[:200]) + bytes([data[200] ^ 1]) + bytes(data[201:])), "packed-data"),
    "headers that differ": (data_edit(lambda data: bytes(data[:14]) + b"\0\0\0\0" + bytes(data[18:])), "header"),
    "another writer's headers": (with_zipfile, "header"),
    "a time of day": (central_edit(12, b"\1\0"), "header"),
    # bombs
    "a bomb by ratio": (lambda bundle: write_archive({**bundle.signed(), START_PAGE: b"\0" * 9_000_000}), "ratio"),
    "a bomb as a case": (a_bomb, "ratio"),
    "a bomb by stated size": (central_edit(24, b"\xff\xff\xff\x7f"), "file-size"),
    "a file longer than it says": (liar, "packed-data"),
    "a bomb by count": (many, "count"),
    "a zip in the zip": (extra("cases/more.zip", b"PK\3\4"), "nested-archive"),
    # names
    "../": (extra("../evil.yml"), "name-escape"),
    "a/../b": (extra("cases/../../evil.yml"), "name-escape"),
    "an absolute path": (extra("/etc/cron.d/evil"), "name-absolute"),
    "a drive letter": (extra("C:evil.yml"), "name-drive"),
    "a backslash": (raw_name(b"cases\\evil.yml"), "name-backslash"),
    "a Greek letter": (extra("cases/SL-2026-000\u0031.ym\u04cf"), "name-unicode"),
    "full width": (extra("cases/ＳＬ-2026-0001.yml"), "name-unicode"),
    "turned round": (extra("cases/\u202elmy.1000.yml"), "name-unicode"),
    "broken encoding": (raw_name(b"cases/\xff\xfe.yml"), "name-unicode"),
    "a control character": (raw_name(b"cases/a\x1b[31m.yml"), "name-control"),
    "a NUL": (raw_name(b"cases/SL-2026-0009.yml\0.exe"), "name-control"),
    "the same name twice": (twice, "duplicate-name"),
    "names that differ by case": (extra("cases/sl-2026-0001.yml"), "case-collision"),
    "a program": (extra("run.exe"), "unknown-name"),
    "a Whoosh index": (extra("index/_MAIN_1.toc"), "unknown-name"),
    "a folder": (extra("cases/"), "name-escape"),
    "files out of order": (extra("cases/SL-2024-0001.yml"), "order"),
    # manifest
    "no manifest": (missing(MANIFEST), "no-manifest"),
    "no JSON": (manifest_raw(lambda content, value: b"{"), "encoding"),
    "deep nesting": (nested_manifest, "encoding"),
    "UTF-16": (manifest_raw(lambda content, value: content.decode().encode("utf-16")), "encoding"),
    "broken UTF-8": (manifest_raw(lambda content, value: content.replace(b"SL", b"\xff\xfe", 1)), "encoding"),
    "a key twice": (manifest_raw(lambda content, value: content.replace(b"{", b'{"serial":9,', 1)), "encoding"),
    "not a number": (manifest_raw(lambda content, value: content.replace(b'"serial":3', b'"serial":NaN')), "encoding"),
    "a list": (manifest_raw(lambda content, value: b"[]\n"), "manifest"),
    "another format": (manifest_edit(format="other"), "manifest"),
    "version 2": (manifest_edit(version=2), "version"),
    "version true": (manifest_edit(version=True), "version"),
    "an extra key": (manifest_edit(note="hello"), "extra-keys"),
    "an extra key inside": (manifest_edit(workshop={"code": "SL", "name": "示例", "url": "x"}), "manifest"),
    "internal": (manifest_edit(audience="internal"), "manifest"),
    "serial 0": (manifest_edit(serial=0), "manifest"),
    "serial as text": (manifest_edit(serial="3"), "manifest"),
    "spaces": (manifest_raw(lambda content, value: json.dumps(value, ensure_ascii=False).encode()), "not-canonical"),
    "no line end": (manifest_raw(lambda content, value: content.rstrip()), "not-canonical"),
    "escapes": (manifest_raw(lambda content, value: (json.dumps(value, sort_keys=True, separators=(",", ":")) + "\n").encode()), "not-canonical"),
    # keys and signature
    "unsigned": (unsigned, "unsigned"),
    "nobody trusted": (setting(trust=Trust()), "untrusted"),
    "a stranger's key": (stranger_all_through, "untrusted"),
    "a stranger's signature under our key's name": (signed_by_stranger, "signature"),
    "a revoked key": (setting(trust=trust_in(revoked=SENT, reason="丢了")), "revoked"),
    "another workshop's key": (setting(trust=trust_in(workshop="SH")), "wrong-workshop"),
    "a signature of another manifest": (signature_of_another, "signature"),
    "an empty signature": (signature_edit(lambda content: b""), "signature"),
    "a damaged signature": (signature_edit(lambda content: content.replace(b"RUR", b"RUX").replace(b"RU", b"RR")), "signature"),
    "a signature with a remark": (signature_edit(lambda content: content.replace(b"of a casebook", b"of somebody")), "not-canonical"),
    "a changed trusted remark": (signature_edit(lambda content: content.replace(b"serial:3", b"serial:4")), "signature"),
    "a signature in other bytes": (signature_edit(lambda content: content.replace(b"\n", b"\r\n")), "not-canonical"),
    # files against manifest
    "a case swapped for another": (swapped, "hash"),
    "a case changed after signing": (changed_after_signing(ONE), "hash"),
    "a page changed after signing": (changed_after_signing(START_PAGE, b" "), "hash"),
    "a case taken out": (missing(ONE), "files"),
    "a case put in": (lambda bundle: write_archive({**bundle.signed(), "cases/SL-2026-0009.yml": b"id: x\n"}), "files"),
    "a file listed twice": (lambda bundle: manifest_edit(files=bundle.manifest["files"] * 2)(bundle), "files"),
    "no readable page": (listed_without(START_PAGE), "files"),
    # serial and days
    "replayed": (replayed, "replay"),
    "rolled back": (setting(received=come(4)), "rollback"),
    "a serial used for something else": (setting(received=come(3)), "serial-reused"),
    "expired": (setting(today=FAR), "expired"),
    "from a day to come": (setting(today=EARLY), "not-yet"),
    "ends before it begins": (manifest_edit(expires="2026-11-01"), "dates"),
    # records
    "no case at all": (listed_extra("cases/SL-2026-0009.yml", b"hello\n"), "schema"),
    "an unknown field": (record_edit("summary:", "sumary:"), "schema"),
    "a tag": (record_edit("title: ", "title: !!python/object:os.system "), "schema"),
    "an alias": (record_edit("title: ", "title: &a "), "schema"),
    "YAML that is none": (record_edit("title: ", "title: ["), "schema"),
    "not UTF-8": (lambda bundle: listed_extra(ONE, bundle.files[ONE] + b"# \xff\n")(bundle), "schema"),
    "a comment with more": (record_edit("status:", "# 电话在背面\nstatus:"), "not-canonical"),
    "an id that is not the name": (record_edit("id: SL-2026-0001", "id: SL-2026-0003"), "case-id"),
    "somebody else's case": (renamed_case, "case-id"),
    "a draft": (record_edit("status: published", "status: draft"), "inside-field"),
    "another audience": (record_edit("audience: partner", "audience: public"), "inside-field"),
    "a station": (record_edit("channel:", "station: demo-nanguan\nchannel:"), "inside-field"),
    "an exact day": (record_edit("closed: 2026-09", "closed: 2026-09-10"), "inside-field"),
    "a waiver": (record_edit("source:", "waivers:\n  - kind: mobile\n    field: facts\n    reason: 无妨\nsource:"), "inside-field"),
    "a verified mark of their own": (record_edit("  kind: partner", "  kind: partner\n  verified: 2026-11-01"), "inside-field"),
    "a term not listed": (record_edit("- tuika", "- kouchu-weiyuejin"), "terms"),
    "a telephone number": (record_edit("办卡后停课", "（电话 13812345678）办卡后停课"), "identifier"),
    "a disguised number": (record_edit("办卡后停课", "（１３８ 1234 5678）办卡后停课"), "identifier"),
    "a name in a keyword": (record_edit("- 退费\n", "- wx_abc12345\n"), "identifier"),
    "an identifier in a title taken down": (withdrawn(title="联系 13812345678"), "identifier"),
    "an identifier in the page": (lambda bundle: listed_extra(START_PAGE, b"<p>13812345678</p>")(bundle), "identifier"),
    "an identifier in the terms": (lambda bundle: manifest_edit(terms={**bundle.manifest["terms"], "claims": {"tuikuan": "打 13812345678"}})(bundle), "identifier"),
    "taken down and sent": (withdrawn(id="SL-2026-0001"), "withdrawn"),
    "takes down another's case": (withdrawn(id="SH-2026-0001"), "withdrawn"),
    # the readable page
    "a script in the page": (listed_extra(START_PAGE, b"<p>x</p><script>alert(1)</script>"), "active-page"),
    "a handler in the page": (listed_extra(START_PAGE, b'<p onclick="x()">x</p>'), "active-page"),
    "a picture from elsewhere": (listed_extra(START_PAGE, b'<img src="http://x/y.png">'), "active-page"),
    "a way out of the page": (listed_extra(START_PAGE, b'<a href="http://x/">x</a>'), "active-page"),
    "a comment in the page": (listed_extra(START_PAGE, b"<!-- more -->"), "active-page"),
    "a page in another encoding": (listed_extra(START_PAGE, "示例".encode("gbk")), "encoding"),
}  # fmt: skip


def test_the_bundle_that_all_are_made_from_is_sound(sender, sound):
    bundle = opened(sound)
    verified = verify(sound, bundle.trust, bundle.received, bundle.today)
    assert [case.id for case in verified.cases] == ["SL-2026-0001", "SL-2026-0002"]
    assert zlib.crc32(sound) == zlib.crc32(bundle.zipped())


@pytest.mark.parametrize("name", HOSTILE)
def test_refuses_and_says_why(sound, name):
    spoil, code = HOSTILE[name]
    bundle = opened(sound)
    data = spoil(bundle)
    with pytest.raises(Refused) as caught:
        verify(data, bundle.trust, bundle.received, bundle.today)
    error = caught.value
    assert (error.code, str(error)) == (code, str(error))
    assert "13812345678" not in str(error)
    for text in (error.what, error.remedy):
        assert text.endswith("。")
        assert "\x1b" not in text


@pytest.fixture(scope="module")
def receiver(tmp_path_factory) -> Library:
    library = make_library(tmp_path_factory.mktemp("receiver") / "library")
    text = (library.root / "casebook.toml").read_text("utf-8").replace('"SL"', '"SH"')
    library.write("casebook.toml", text)
    library.write("keys/trusted.toml", trust_text(trust_in()))
    return library


def everything(library: Library) -> dict[str, bytes]:
    return {
        path.relative_to(library.root).as_posix(): path.read_bytes()
        for path in sorted(library.root.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


# one of each layer; the others are refused by the same call
THROUGH_THE_COMMAND = (
    "truncated", "trailing data", "../", "a bomb by ratio", "a link", "unsigned",
    "a stranger's key", "a stranger's signature under our key's name",
    "a case changed after signing", "version 2", "ends before it begins",
    "a telephone number", "a script in the page", "a draft",
)  # fmt: skip


@pytest.mark.parametrize("name", THROUGH_THE_COMMAND)
@pytest.mark.parametrize("command", ["verify", "import"])
def test_the_command_writes_nothing(sound, receiver, tmp_path, name, command):
    path = tmp_path / "bundle.zip"
    path.write_bytes(HOSTILE[name][0](opened(sound)))
    before = everything(receiver)
    done = subprocess.run(
        [sys.executable, "-m", "builder.cli", "--library", str(receiver.root), "bundle", command, str(path)],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    said = done.stdout + done.stderr
    assert (done.returncode, "Traceback" in said) == (1, False), said
    assert "出错：" in said
    assert everything(receiver) == before


def test_audiences_other_than_internal_only(sender):
    with pytest.raises(Exception, match="内部版本不能打包"):
        good_bundle(sender, audience=Audience.INTERNAL)
    assert good_bundle(sender, audience=Audience.PUBLIC).manifest["audience"] == "public"


def test_the_very_bundle_taken_last_may_be_taken_again(sound):
    bundle = opened(sound)
    digest = verify(sound, bundle.trust, bundle.received, bundle.today).digest
    assert verify(sound, bundle.trust, come(3, digest), bundle.today, again=True)
    with pytest.raises(Refused, match="内容却不同"):
        verify(sound, bundle.trust, come(3), bundle.today, again=True)


def test_debians_minisign_agrees(sound, tmp_path):
    bundle = opened(sound)
    files = bundle.signed()
    (tmp_path / MANIFEST).write_bytes(files[MANIFEST])
    (tmp_path / SIGNATURE).write_bytes(files[SIGNATURE])
    key = tmp_path / "key.pub"
    key.write_bytes(bytes(OURS.get_public_key()) + b"\n")
    command = ["minisign", "-Vm", MANIFEST, "-p", str(key)]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True).returncode == 0
    (tmp_path / MANIFEST).write_bytes(files[MANIFEST] + b" ")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True).returncode != 0
