"""Zip and gzip, unpacked within bounds; what lies outside their entries counts too."""

import datetime
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from builder.audit.found import Blob, Fault, Piece, Text

MAX_FILE: Final = 64 << 20  # bytes of one file, unpacked
MAX_ENTRIES: Final = 20_000
_LOCAL = struct.Struct("<4s5H3L2H")
_DESCRIPTOR: Final = 24  # bytes at most, behind the data of an entry
_HAS_DESCRIPTOR, _ENCRYPTED = 0x8, 0x41
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, ValueError, KeyError, IndexError, EOFError, OSError,
    NotImplementedError, RuntimeError, struct.error, OverflowError, MemoryError,
)  # fmt: skip


def zip_pieces(data: bytes) -> Iterator[Piece]:
    """Yield the files of a zip, their names and comments, and what lies between them."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except _BROKEN:
        yield Fault("", "压缩包是坏的，打不开。")
        return
    if archive.comment:
        yield Blob("压缩包注释", archive.comment)
    if len(entries) > MAX_ENTRIES:
        yield Fault("", f"里面超过 {MAX_ENTRIES} 个文件，后面的没有看。")
        entries = entries[:MAX_ENTRIES]
    yield Text("文件名", "\n".join(entry.filename for entry in entries))
    yield from _between(data, entries, archive.start_dir)
    for entry in entries:
        if entry.comment:
            yield Blob("文件注释", entry.comment)
        if entry.is_dir() and not entry.file_size:
            continue
        if entry.flag_bits & _ENCRYPTED:
            yield Fault(entry.filename, "加了密，看不到内容。")
            continue
        try:
            with archive.open(entry) as stream:
                content = stream.read(MAX_FILE + 1)
        except _BROKEN:
            yield Fault(entry.filename, "解不开。")
            continue
        if len(content) > MAX_FILE:
            yield Fault(entry.filename, f"解开后超过 {MAX_FILE >> 20} MB，没有看。")
        else:
            yield Blob(entry.filename, content)


def bundle_days(data: bytes) -> frozenset[datetime.date]:
    """Return the days on which a bundle of cases was made and ends; none of another file.

    Cases come in every day, so the day of packing can be one that a case withholds.
    """
    if not data.startswith(b"PK"):
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("manifest.json") as stream:
            told = json.loads(stream.read(MAX_FILE))
        if told["format"] != "casebook-bundle":
            return frozenset()
        return frozenset(datetime.date.fromisoformat(told[key]) for key in ("created", "expires"))
    except (*_BROKEN, TypeError, RecursionError):
        return frozenset()


def gzip_pieces(data: bytes) -> Iterator[Piece]:
    """Yield what a gzip holds."""
    unpacker = zlib.decompressobj(31)
    try:
        content = unpacker.decompress(data, MAX_FILE + 1)
    except zlib.error:
        yield Fault("", "解不开。")
        return
    if data[3] & 0x18:  # a name, a comment
        yield Text("gzip 文件头", data[10:512].decode("utf-8", "replace"))
    if len(content) > MAX_FILE:
        yield Fault("", f"解开后超过 {MAX_FILE >> 20} MB，没有看。")
    elif not unpacker.eof:
        yield Fault("", "没有传完整，只看了能解开的部分。")
        yield Blob("", content)
    else:
        yield Blob("", content)
        if unpacker.unused_data:
            yield Blob("末尾多出的内容", unpacker.unused_data)


def _between(data: bytes, entries: list[zipfile.ZipInfo], end: int) -> Iterator[Piece]:
    """Yield the bytes before the directory that belong to no entry."""
    at = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        start = entry.header_offset
        if start > at:
            yield Blob("文件之间的内容", data[at:start])
        if start < 0 or start + _LOCAL.size > len(data):
            continue
        fields = _LOCAL.unpack_from(data, start)
        inside = start + _LOCAL.size + fields[9] + fields[10]
        at = max(at, inside + entry.compress_size)
        if entry.flag_bits & _HAS_DESCRIPTOR:
            at += _descriptor(data[at : at + _DESCRIPTOR])
    if end > at:
        yield Blob("文件之间的内容", data[at:end])


def _descriptor(data: bytes) -> int:
    """Return how long the record of sizes behind an entry is."""
    signed = data.startswith(b"PK\x07\x08")
    rest = data[16 if signed else 12 :]
    wide = len(rest) >= 8 and not rest.startswith(b"PK")
    return (16 if signed else 12) + (8 if wide and rest[8:10] in (b"PK", b"") else 0)
