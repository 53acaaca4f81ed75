"""Mutated bundles, by number: the same number, the same mutant of the same bundle.

`python -m tests.exchange.mutations 5000` tries as many and prints what became of them.
"""

import io
import json
import random
import struct
import sys
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder.exchange.archive import read_archive, write_archive
from builder.exchange.keys import public_of
from builder.exchange.manifest import MANIFEST, SIGNATURE, START_PAGE, canonical_json
from builder.exchange.received import Received
from builder.exchange.refusal import Refused
from builder.exchange.signature import sign
from builder.exchange.verify import verify
from tests.conftest import make_library, replacing
from tests.exchange.bundles import STRANGER, TODAY, Bundle, good_bundle, opened, trust_in

_EDGES = (0, 1, 2, 8, 0x21, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
_LOCAL = ((4, 2), (6, 2), (8, 2), (10, 2), (12, 2), (14, 4), (18, 4), (22, 4), (26, 2), (28, 2))
_CENTRAL = (
    *((at, 2) for at in (4, 6, 8, 10, 12, 14, 28, 30, 32, 34, 36)),
    *((at, 4) for at in (16, 20, 24, 38, 42)),
)
_END = ((4, 2), (6, 2), (8, 2), (10, 2), (12, 4), (16, 4), (20, 2))
_NAMES = (
    "../x.yml", "/x", "C:x", "a\\b", "CON", "cases/x.zip", "cases/sl-2026-0001.yml", "index.htm",
    "cases/SL-2026-0009.yml", "manifest.json.minisig ", "CASES/SL-2026-0001.yml", "",
)  # fmt: skip
_VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 2, 10**30, 1.5, "", "x", "SH", "2026-02-30", "../x", "\u202e", "\0", "示例",
    [], [[]], {}, {"x": "y"}, "9999-12-31", "0" * 64,
)  # fmt: skip
_PIECES = (
    b"\n", b"\0", b"# x\n", b": ", b"- ", b"!!python/name:os.system ", b"&a ", b"*a", b"\xff\xfe",
    b"\xe2\x80\xae", b"13812345678", b"<script>", b"</style/>", b"{", b"[", b"PK\5\6", b"PK\1\2",
)  # fmt: skip


@dataclass(frozen=True)
class Signed:
    """A sound bundle, another one of the same sender, and what was signed in both."""

    data: bytes
    other: bytes

    @property
    def files(self) -> dict[str, bytes]:
        return read_archive(self.data)


@dataclass(frozen=True)
class Mutant:
    """Bytes to verify.

    Attributes:
        kind: what was done.
        signed: name -> content of what our key signed last, manifest and signature too.
    """

    kind: str
    data: bytes
    signed: dict[str, bytes]


def two_bundles(root: Path) -> Signed:
    library = make_library(root)
    library.add("SL-2026-0001")
    library.add("SL-2026-0002")
    first = good_bundle(library).zipped()
    library.add("SL-2026-0001", replacing(("先分开谈", "先去看现场")))
    return Signed(first, good_bundle(library, serial=4).zipped())


def mutant(number: int, sound: Signed) -> Mutant:
    """Return the mutant with a number."""
    chance = random.Random(number)
    kind = list(_KINDS)[number % len(_KINDS)]
    made = _KINDS[kind](chance, sound)
    if isinstance(made, bytes):
        return Mutant(kind, made, sound.files)
    return Mutant(kind, write_archive(made.signed()), made.signed())


def fate(tried: Mutant) -> str:
    """Return the code of the refusal, or 'accepted'.

    Raises:
        AssertionError: it was accepted and is not what was signed.
        Exception: anything but a refusal came out of `verify`.
    """
    try:
        verified = verify(tried.data, trust_in(), Received(), TODAY)
    except Refused as error:
        assert error.where
        assert error.what.endswith("。")
        assert error.remedy.endswith("。")
        return error.code
    assert dict(verified.files) == tried.signed
    assert list(verified.files) == sorted(tried.signed)
    assert json.loads(tried.signed[MANIFEST]) == verified.manifest.model_dump(mode="json")
    # nor does another program see anything else
    with zipfile.ZipFile(io.BytesIO(tried.data)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == tried.signed
        assert len(archive.infolist()) == len(tried.signed)
    return "accepted"


def _bits(chance: random.Random, sound: Signed) -> bytes:
    data = bytearray(sound.data)
    for _ in range(chance.randint(1, 6)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def _spliced(chance: random.Random, sound: Signed) -> bytes:
    data = sound.data
    for _ in range(chance.randint(1, 3)):
        at, gone = chance.randrange(len(data)), chance.randrange(60)
        begin = chance.randrange(len(data))
        come = chance.choice([b"", data[begin : begin + chance.randrange(300)], _piece(chance)])
        data = data[:at] + come + data[at + gone :]
    return data


def _cut(chance: random.Random, sound: Signed) -> bytes:
    at = chance.randrange(len(sound.data))
    more = chance.randbytes(chance.randint(1, 40))
    return chance.choice([sound.data[:at], sound.data[at:], sound.data + more, more + sound.data])


def _joined(chance: random.Random, sound: Signed) -> bytes:
    """Two bundles in one file: halves, one behind the other, one's directory on the other."""
    first, second = chance.sample([sound.data, sound.other], 2)
    at, size = (struct.unpack_from("<L", second, len(second) - k)[0] for k in (6, 10))
    return chance.choice(
        [
            first + second,
            first + second[at:],
            first[: len(first) // 2] + second[len(second) // 2 :],
            first[:-22] + second[at : at + size] + first[-22:],
        ]
    )


def _headers(chance: random.Random, sound: Signed) -> bytes:
    """Other values in the fields of headers; half of the time the same in both headers."""
    data = bytearray(sound.data)
    for _ in range(chance.randint(1, 3)):
        which, value = chance.randrange(3), chance.choice(_EDGES)
        if which == 2:
            _put(data, len(data) - 22, chance.choice(_END), value)
            continue
        central = _places(data, b"PK\1\2")
        local = _places(data, b"PK\3\4")
        at = chance.randrange(len(central))
        if which == 0:
            _put(data, chance.choice(central), chance.choice(_CENTRAL), value)
        else:
            offset, width = chance.choice(_LOCAL)
            _put(data, local[at % len(local)], (offset, width), value)
            if chance.random() < 0.5 and 6 <= offset <= 24:
                _put(data, central[at], (offset + 2, width), value)
    return bytes(data)


def _files(chance: random.Random, sound: Signed) -> bytes:
    """Whole files changed, swapped, renamed, dropped or added under the old signature."""
    files = sound.files
    name, second = chance.sample(sorted(files), 2)
    way = chance.randrange(6)
    if way == 0:
        files[name] = _text(chance, files[name])
    elif way == 1:
        files[name], files[second] = files[second], files[name]
    elif way == 2:
        files[chance.choice(_NAMES)] = files.pop(name)
    elif way == 3:
        del files[name]
    elif way == 4:
        files[chance.choice(_NAMES)] = files[name]
    else:
        files[name] = read_archive(sound.other)[name]
    return write_archive(files)


def _python_zip(chance: random.Random, sound: Signed) -> bytes:
    """The same files by another writer, with clocks, remarks and rights."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(sound.files.items()):
            info = zipfile.ZipInfo(name, (chance.randint(1980, 2099), 1, 1, 0, 0, 0))
            info.compress_type = chance.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
            info.external_attr = chance.choice([0, 0o644, 0o755, 0o120777]) << 16
            info.comment = chance.choice([b"", b"x"])
            archive.writestr(info, content)
    return target.getvalue()


def _repacked(chance: random.Random, sound: Signed) -> bytes:
    """The same files and headers; the packed bytes spelt otherwise, checksums and sizes right."""
    level, name = chance.randint(1, 8), chance.choice(sorted(sound.files))
    body, directory, offset = bytearray(), bytearray(), 0
    for path, content in sorted(sound.files.items()):
        packer = zlib.compressobj(level if path == name else 9, zlib.DEFLATED, -15)
        packed = packer.compress(content) + packer.flush()
        told = (zlib.crc32(content), len(packed), len(content), len(path))
        fixed = (20, 0, 8, 0, 0x21, *told, 0)
        body += struct.pack("<4s5H3L2H", b"PK\3\4", *fixed) + path.encode() + packed
        directory += struct.pack(
            "<4s6H3L5H2L", b"PK\1\2", 0x314, *fixed, 0, 0, 0, 0o100644 << 16, offset
        )
        directory += path.encode()
        offset = len(body)
    count = len(sound.files)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory + end)


def _manifest(chance: random.Random, sound: Signed) -> bytes:
    """Another manifest under the old signature, or under that of a stranger."""
    bundle = opened(sound.data)
    _value(chance, bundle.manifest)
    content = canonical_json(bundle.manifest)
    if chance.random() < 0.5:
        return write_archive({**sound.files, MANIFEST: content})
    if chance.random() < 0.5:
        bundle.manifest["key"] = public_of(STRANGER).id
        content = canonical_json(bundle.manifest)
    return write_archive(
        {**sound.files, MANIFEST: content, SIGNATURE: sign(content, STRANGER, "serial:3")}
    )


def _signature(chance: random.Random, sound: Signed) -> bytes:
    files = sound.files
    lines = files[SIGNATURE].split(b"\n")
    other = read_archive(sound.other)[SIGNATURE].split(b"\n")
    at = chance.randrange(4)
    lines[at] = chance.choice([other[at], _text(chance, lines[at]), lines[at] + b" ", b""])
    if lines == files[SIGNATURE].split(b"\n"):
        lines.append(b"")
    return write_archive({**files, SIGNATURE: b"\n".join(lines)})


def _signed_record(chance: random.Random, sound: Signed) -> Bundle:
    """A record or the page, damaged before our own key signed it."""
    bundle = opened(sound.data)
    name = chance.choice([*sorted(bundle.files), START_PAGE])
    bundle.files[name] = _text(chance, bundle.files[name])
    return bundle.listed()


def _signed_manifest(chance: random.Random, sound: Signed) -> Bundle:
    """A manifest damaged before our own key signed it."""
    bundle = opened(sound.data)
    _value(chance, bundle.manifest)
    bundle.manifest.setdefault("serial", 3)
    return bundle


_KINDS: dict[str, Callable[[random.Random, Signed], bytes | Bundle]] = {
    "bits": _bits,
    "spliced": _spliced,
    "cut": _cut,
    "joined": _joined,
    "headers": _headers,
    "files": _files,
    "another writer": _python_zip,
    "repacked": _repacked,
    "manifest": _manifest,
    "signature": _signature,
    "signed record": _signed_record,
    "signed manifest": _signed_manifest,
}


def _piece(chance: random.Random) -> bytes:
    return chance.choice([*_PIECES, chance.randbytes(chance.randint(1, 8))])


def _text(chance: random.Random, content: bytes) -> bytes:
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(content) + 1)
        content = content[:at] + _piece(chance) + content[at + chance.randrange(6) :]
    return content


def _value(chance: random.Random, value: Any) -> None:
    """Change one place in a JSON value."""
    while True:
        keys = sorted(value) if isinstance(value, dict) else range(len(value))
        if not keys or (isinstance(value, dict) and chance.random() < 0.1):
            break
        key = chance.choice(list(keys))
        if isinstance(value[key], dict | list) and value[key] and chance.random() < 0.7:
            value = value[key]
            continue
        if chance.random() < 0.2:
            del value[key]
        else:
            value[key] = chance.choice(_VALUES)
        return
    if isinstance(value, dict):
        value[chance.choice(["x", "示例", "\u202e", "version "])] = chance.choice(_VALUES)
    else:
        value.append(chance.choice(_VALUES))


def _places(data: bytearray, mark: bytes) -> list[int]:
    found, at = [], data.find(mark)
    while at >= 0:
        found.append(at)
        at = data.find(mark, at + 1)
    return found or [0]


def _put(data: bytearray, at: int, place: tuple[int, int], value: int) -> None:
    offset, width = place
    if at + offset + width <= len(data):
        content = (value & (1 << 8 * width) - 1).to_bytes(width, "little")
        data[at + offset : at + offset + width] = content


def main(count: int) -> None:
    """Try `count` mutants and print what became of them, by kind."""
    fates: dict[str, Counter[str]] = {kind: Counter() for kind in _KINDS}
    with tempfile.TemporaryDirectory() as folder:
        sound = two_bundles(Path(folder) / "library")
        for number in range(count):
            tried = mutant(number, sound)
            same = " the very bytes" if tried.data == sound.data else ""
            fates[tried.kind][fate(tried) + same] += 1
    for kind, counted in fates.items():
        print(kind, *(f"{code} {n}" for code, n in counted.most_common()), sep=" | ")
    taken = sum(n for one in fates.values() for code, n in one.items() if "accepted" in code)
    print(f"{count} tried, {count - taken} refused, {taken} accepted and exactly as signed")


if __name__ == "__main__":
    main(int(sys.argv[1]))
