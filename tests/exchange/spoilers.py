"""Ways to spoil a bundle: each takes the parts of a sound one and returns bytes to refuse."""

import io
import random
import struct
import unicodedata
import zipfile

import pytest

from builder.exchange.archive import write_archive
from builder.exchange.keys import public_of
from builder.exchange.manifest import MANIFEST, SIGNATURE, START_PAGE, canonical_json
from builder.exchange.signature import sign
from builder.exchange.verify import verify
from tests.exchange.bundles import OURS, STRANGER, TODAY, Bundle, come

ONE = "cases/SL-2026-0001.yml"
TWO = "cases/SL-2026-0002.yml"


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


def end_edit(offset: int, value: bytes):
    """Overwrite bytes of the end record."""

    def edit(data: bytearray) -> bytes:
        at = len(data) - 22 + offset
        data[at : at + len(value)] = value
        return bytes(data)

    return data_edit(edit)


def huge(bundle: Bundle) -> bytes:
    """Nine cases whose headers state 15 MiB each, packed to a size that allows it."""
    noise = random.Random(9).randbytes(160_000)
    data = bytearray(
        write_archive(
            {**bundle.signed(), **{f"cases/SL-2025-000{n}.yml": noise for n in range(1, 10)}}
        )
    )
    return bytes(data.replace(struct.pack("<L", 160_000), struct.pack("<L", 15 << 20)))


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
    digest = verify(data, bundle.trust, bundle.received, TODAY).digest
    bundle.received = come(3, digest)
    return data


def withdrawn(**values):
    row = {"id": "SL-2026-0077", "title": "某件", "month": "2026-10", "replaced_by": "", **values}
    return manifest_edit(withdrawn=[row])


def nested(content: bytes, value: object) -> bytes:
    """Lists within lists, with numbers that do not pack well."""
    chance = random.Random(8)
    return b"".join(b"[%d," % chance.randrange(10**9) for _ in range(9_000)) + b"1" + b"]" * 9_000


def renamed_case(bundle: Bundle) -> bytes:
    bundle.files["cases/SH-2026-0001.yml"] = bundle.files.pop(ONE).replace(b"SL-2026", b"SH-2026")
    return bundle.listed().zipped()


def page_edit(old: str, new: str):
    """Return a spoiler that changes the readable page, listed and signed as it then is."""

    def spoil(bundle: Bundle) -> bytes:
        bundle.edit(START_PAGE, old, new)
        return bundle.zipped()

    return spoil


def encoded(encoding: str, path: str = ONE):
    """Return a spoiler whose record is spelt in another encoding, rightly listed and signed."""

    def spoil(bundle: Bundle) -> bytes:
        bundle.files[path] = bundle.files[path].decode().encode(encoding)
        return bundle.listed().zipped()

    return spoil


def remarked(bundle: Bundle) -> bytes:
    """A rightful signature whose trusted comment says something else."""
    files = bundle.signed()
    files[SIGNATURE] = sign(files[MANIFEST], OURS, "call me")
    return write_archive(files)


def zip64(bundle: Bundle) -> bytes:
    """The locator and the end record of zip64, before an end record that is unchanged."""
    data = bundle.zipped()
    count, _, size, at = struct.unpack("<2H2L", data[-14:-2])
    end = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, at)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, len(data) - 22, 1)
    return data[:-22] + end + locator + data[-22:]


def local_name(bundle: Bundle) -> bytes:
    """A local header that names another file than the directory does."""
    data = bundle.zipped()
    return data.replace(ONE.encode(), TWO.replace("0002", "0003").encode(), 1)


def two_directories(bundle: Bundle) -> bytes:
    """A whole bundle, and behind it the directory of another one."""
    first, second = bundle.zipped(), write_archive({"index.html": b"other"})
    at = struct.unpack_from("<L", second, len(second) - 6)[0]
    return first + second[at:]


def half_of_another(bundle: Bundle) -> bytes:
    """The manifest and signature of one bundle around the cases of another, both rightful."""
    manifest, own = bundle.signed(), dict(bundle.files)
    bundle.edit(ONE, "先分开谈", "先各自说")
    other = bundle.signed()
    assert own[ONE] != other[ONE]
    return write_archive({**manifest, ONE: other[ONE]})


NFD = unicodedata.normalize("NFD", "cases/é.yml")
