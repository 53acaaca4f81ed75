"""The zip of a bundle, written one way and read only when it is written that way.

Every header is worked out again from name, checksum and sizes and compared byte for
byte, so that nothing can hide between, before or behind the entries, and no two programs
can see different files in one bundle. Reading never trusts a size that a header states.

Source: PKWARE, APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12, 4.3.16.
"""

import stat
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NoReturn

from builder.exchange.names import check_names
from builder.exchange.refusal import ASK_AGAIN, SENT_BADLY, Refused

MAX_ARCHIVE: Final = 32 << 20  # bytes of the whole bundle
MAX_ENTRIES: Final = 5_003  # 5,000 cases, manifest, signature, start page
MAX_FILE: Final = 16 << 20  # bytes of one file, unpacked
MAX_TOTAL: Final = 128 << 20  # bytes of all files, unpacked
MAX_RATIO: Final = 100  # unpacked to packed; prose reaches some 4, repeated markup some 20

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DEFLATED, _NEEDED, _UNIX = 8, 20, 3 << 8
_DATE = 0x0021  # 1980-01-01: bundles carry no clock
_PLAIN_FILE = (stat.S_IFREG | 0o644) << 16
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class _Entry:
    """What the central directory says of a file; none of it is trusted."""

    name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    attributes: int
    offset: int
    raw: bytes


def write_archive(files: Mapping[str, bytes]) -> bytes:
    """Return the zip of `files` (name -> content): sorted names, no clock, no extras."""
    body, directory = bytearray(), bytearray()
    for name in sorted(files):
        content = files[name]
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = packer.compress(content) + packer.flush()
        told = (name.encode("ascii"), zlib.crc32(content), len(packed), len(content))
        directory += _central(*told, len(body))
        body += _local(*told) + packed
    return bytes(body + directory + _end(len(files), len(directory), len(body)))


def read_archive(data: bytes) -> dict[str, bytes]:
    """Return the files (name -> content) of a zip laid out as `write_archive` does.

    Only the packed contents may be spelt otherwise: by another zlib, say.

    The checks come in this order: size; end record; directory; names; encryption, links,
    packing; stated sizes and ratios; every header to the byte; contents, by stream.

    Raises:
        Refused: it is anything else.
    """
    if len(data) > MAX_ARCHIVE:
        _refuse(f"超过 {MAX_ARCHIVE >> 20} MiB。", "请对方把案例分成几个包。", "size")
    count, directory = _end_record(data)
    entries = _entries(data, count, directory)
    names = check_names([entry.name for entry in entries])
    for name, entry in zip(names, entries, strict=True):
        _check_kind(name, entry)
    _check_sizes(names, entries)
    _check_layout(data, entries, directory)
    return {name: _unpacked(name, entry, data) for name, entry in zip(names, entries, strict=True)}


def _end_record(data: bytes) -> tuple[int, int]:
    """Return the number of entries, and where the directory begins."""
    if len(data) < _END.size or b"PK\5\6" not in data:
        _refuse("不是 zip 文件，或者没有传完整。", SENT_BADLY, "truncated")
    if data[:4] not in (b"PK\3\4", b"PK\5\6"):
        _refuse("前面有多余的内容。", ASK_AGAIN, "leading-data")
    if data[-42:-38] == b"PK\6\7":
        _refuse("用了 zip64 格式，案例包不用它。", ASK_AGAIN, "zip64")
    mark, disk, start, here, count, size, offset, comment = _END.unpack(data[-_END.size :])
    if mark != b"PK\5\6" or comment:
        _refuse("末尾有多余的内容，或者没有传完整。", ASK_AGAIN, "trailing-data")
    if disk or start or here != count or offset + size + _END.size != len(data):
        _refuse("目录不完整。", SENT_BADLY, "structure")
    if count > MAX_ENTRIES:
        _refuse(f"里面超过 {MAX_ENTRIES} 个文件。", "请对方把案例分成几个包。", "count")
    return count, offset


def _entries(data: bytes, count: int, at: int) -> list[_Entry]:
    entries = []
    end = len(data) - _END.size
    for _ in range(count):
        if at + _CENTRAL.size > end:
            _refuse("目录不完整。", SENT_BADLY, "structure")
        fields = _CENTRAL.unpack_from(data, at)
        length = _CENTRAL.size + sum(fields[10:13])
        if fields[0] != b"PK\1\2" or at + length > end:
            _refuse("目录不完整。", SENT_BADLY, "structure")
        name_at = at + _CENTRAL.size
        entries.append(
            _Entry(
                name=data[name_at : name_at + fields[10]],
                flags=fields[3],
                method=fields[4],
                crc=fields[7],
                packed=fields[8],
                size=fields[9],
                attributes=fields[15],
                offset=fields[16],
                raw=data[at : at + length],
            )
        )
        at += length
    if at != end:
        _refuse("目录后面有多余的内容。", ASK_AGAIN, "trailing-data")
    return entries


def _check_kind(name: str, entry: _Entry) -> None:
    if entry.flags & 0x2041:
        _refuse(f"{name} 加了密。", ASK_AGAIN, "encrypted")
    mode = entry.attributes >> 16
    if stat.S_ISLNK(mode):
        _refuse(f"{name} 是链接。", ASK_AGAIN, "link")
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        _refuse(f"{name} 不是普通文件。", ASK_AGAIN, "link")
    if entry.method != _DEFLATED:
        _refuse(f"{name} 的压缩方法不是规定的那种。", ASK_AGAIN, "method")


def _check_sizes(names: Sequence[str], entries: Sequence[_Entry]) -> None:
    for name, entry in zip(names, entries, strict=True):
        if 0xFFFFFFFF in (entry.size, entry.packed, entry.offset):
            _refuse(f"{name} 用了 zip64 格式，案例包不用它。", ASK_AGAIN, "zip64")
        if entry.size > MAX_FILE:
            _refuse(f"{name} 解开后太大。", "请对方把案例分成几个包。", "file-size")
        if entry.size > MAX_RATIO * max(entry.packed, 1):
            _refuse(f"{name} 的压缩比太大，像是压缩炸弹。", "不要使用，请告诉对方。", "ratio")
    if sum(entry.size for entry in entries) > MAX_TOTAL:
        _refuse("全部解开后太大。", "请对方把案例分成几个包。", "total-size")


def _check_layout(data: bytes, entries: Sequence[_Entry], directory: int) -> None:
    """Refuse unless header, content, header, content … directory fill the file exactly."""
    if [entry.name for entry in entries] != sorted(entry.name for entry in entries):
        _refuse("文件的次序不对。", ASK_AGAIN, "order")
    at = 0
    for entry in entries:
        told = (entry.name, entry.crc, entry.packed, entry.size)
        local = _local(*told)
        if (
            entry.offset != at
            or entry.raw != _central(*told, at)
            or data[at : at + len(local)] != local
        ):
            _refuse("文件头和目录对不上，或夹着别的内容。", ASK_AGAIN, "header")
        at += len(local) + entry.packed
    if at != directory:
        _refuse("文件之间夹着别的内容。", ASK_AGAIN, "header")


def _unpacked(name: str, entry: _Entry, data: bytes) -> bytes:
    """Return a file's content, never holding more than one byte over what was stated."""
    begin = entry.offset + _LOCAL.size + len(entry.name)
    packed = memoryview(data)[begin : begin + entry.packed]
    unpacker = zlib.decompressobj(-15)
    made = bytearray()
    try:
        for at in range(0, len(packed), _CHUNK):
            piece = bytes(packed[at : at + _CHUNK])
            while piece and len(made) <= entry.size:
                made += unpacker.decompress(piece, entry.size + 1 - len(made))
                piece = unpacker.unconsumed_tail
    except zlib.error as error:
        raise Refused("案例包", f"{name} 解不开。", SENT_BADLY, "packed-data") from error
    if len(made) != entry.size or not unpacker.eof or unpacker.unused_data:
        _refuse(f"{name} 的长度与目录说的不同。", SENT_BADLY, "packed-data")
    if zlib.crc32(made) != entry.crc:
        _refuse(f"{name} 的校验码不对。", SENT_BADLY, "packed-data")
    return bytes(made)


def _local(name: bytes, crc: int, packed: int, size: int) -> bytes:
    head = _LOCAL.pack(b"PK\3\4", _NEEDED, 0, _DEFLATED, 0, _DATE, crc, packed, size, len(name), 0)
    return head + name


def _central(name: bytes, crc: int, packed: int, size: int, offset: int) -> bytes:
    head = _CENTRAL.pack(
        b"PK\1\2", _UNIX | _NEEDED, _NEEDED, 0, _DEFLATED, 0, _DATE, crc, packed, size,
        len(name), 0, 0, 0, 0, _PLAIN_FILE, offset,
    )  # fmt: skip
    return head + name


def _end(count: int, size: int, offset: int) -> bytes:
    return _END.pack(b"PK\5\6", 0, 0, count, count, size, offset, 0)


def _refuse(what: str, remedy: str, code: str) -> NoReturn:
    raise Refused("案例包", what, remedy, code)
