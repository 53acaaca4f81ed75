"""The posting lists in one file that the command line opens without importing numpy.

Why a format of our own and not SQLite: opening costs a memory map and one small
directory, a list decodes in C (`array`, `accumulate`), the bytes are reproducible, and a
checksum stands on everything before it is used, so that damage is an error and never a
wrong answer. All numbers are little-endian:

    header      magic, version, case count, term count, head length, floor and threshold of
                the browser's directory, length of our own, length of the file, CRC-32 of
                our directory; CRC-32 of all this
    blocks      length of the table (u32), its CRC-32 (u32), the table, then the lists.
                Table: terms, one a line; a byte of 0; then columns, one number a term:
                highest impact (u8), cases that have it (u32), weight (u32), CRC-32 of
                its list (u32), end of its list (u32, from the end of the table)
    directory   at the end: first term of each block, one a line; a byte of 0; end of each
                block (u64)
    list        head, then tail. A list of no more cases than `longest_head` allows is all
                head; of a longer one the head holds the best and the tail the rest, so that
                the command line can cut lists as the browser does.
    part        width of a gap in bytes (1, 2, 4); gaps between case numbers, the first
                counted from 0; impacts (u8)
"""

import mmap
import struct
import sys
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from builder.errors import SurroundingsError
from builder.index.directory import Directory
from builder.index.open_file import OpenFile
from builder.index.ranking import HEAD_LENGTH, Posting, longest_head

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from builder.index.impacts import Impacts

_MAGIC: Final = b"CASEPOST"
_VERSION: Final = 2
_HEADER: Final = struct.Struct("<8sIIIIIIQQI")
_TABLE: Final = struct.Struct("<II")
_CHECKSUM: Final = struct.Struct("<I")
_FIRST_BLOCK: Final = _HEADER.size + _CHECKSUM.size
_TERMS_PER_BLOCK: Final = 64
_TYPE_CODES: Final = {1: "B", 2: "H", 4: "I", 8: "Q"}


class PostingListsError(SurroundingsError):
    """The file is missing, cut off, damaged, or of a version we do not know."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(str(path), what, "请运行 casebook build --clean 重新生成。")


def write_posting_lists(
    path: Path, impacts: "Impacts", held: Directory, head_length: int = HEAD_LENGTH
) -> None:
    """Write the lists to one file: the same impacts give the same bytes."""
    first_terms: list[str] = []
    block_ends: list[int] = []
    lists = _packed_lists(impacts, head_length)
    with path.open("wb") as file:
        file.write(bytes(_FIRST_BLOCK))  # the header comes last, when all is known
        for start in range(0, len(impacts.terms), _TERMS_PER_BLOCK):
            rows = slice(start, start + _TERMS_PER_BLOCK)
            first_terms.append(impacts.terms[start])
            file.write(_packed_block(impacts, rows, lists))
            block_ends.append(file.tell())
        directory = "\n".join(first_terms).encode() + b"\0" + _pack(block_ends, 8)
        file.write(directory)
        header = _HEADER.pack(
            _MAGIC,
            _VERSION,
            impacts.case_count,
            len(impacts.terms),
            head_length,
            held.floor,
            held.threshold,
            len(directory),
            file.tell(),
            zlib.crc32(directory),
        )
        file.seek(0)
        file.write(header + _CHECKSUM.pack(zlib.crc32(header)))


def _packed_block(impacts: "Impacts", rows: slice, lists: Iterator[bytes]) -> bytes:
    """Return the block of these terms, whose lists come next."""
    terms = impacts.terms[rows]
    packed = [next(lists) for _ in terms]
    columns = (
        impacts.highest[rows].tobytes(),
        _pack(impacts.frequencies[rows].tolist(), 4),
        _pack(impacts.weights[rows].tolist(), 4),
        _pack(map(zlib.crc32, packed), 4),
        _pack(accumulate(map(len, packed)), 4),
    )
    table = b"".join(("\n".join(terms).encode(), b"\0", *columns))
    return b"".join((_TABLE.pack(len(table), zlib.crc32(table)), table, *packed))


def _packed_lists(impacts: "Impacts", head_length: int) -> Iterator[bytes]:
    """Yield the packed list of each term, in order."""
    gaps = impacts.case_nos.copy()
    gaps[1:] -= impacts.case_nos[:-1]
    starts = impacts.offsets[:-1]
    gaps[starts] = impacts.case_nos[starts]
    lone = iter(gaps[starts[impacts.frequencies == 1]].tolist())
    raw = impacts.impacts.tobytes()
    for row, (start, end) in enumerate(pairwise(impacts.offsets.tolist())):
        longest = longest_head(impacts.terms[row], head_length)
        if end - start == 1:  # half of all terms: no need for arrays
            gap = next(lone)
            width = _width(gap)
            yield bytes((width,)) + gap.to_bytes(width, "little") + raw[start:end]
        elif end - start <= longest:
            part = gaps[start:end]
            width = _width(int(part.max()))
            packed_gaps = part.astype(f"<u{width}").tobytes()
            yield bytes((width,)) + packed_gaps + raw[start:end]
        else:
            yield b"".join(_pack_part(impacts, part) for part in impacts.cut(row, longest))


def _pack_part(impacts: "Impacts", places: "NDArray[np.int64]") -> bytes:
    """Return one part of a list that is cut in two."""
    case_nos = impacts.case_nos[places].tolist()
    gaps = [case_nos[0], *(later - earlier for earlier, later in pairwise(case_nos))]
    width = _width(max(gaps))
    return bytes((width,)) + _pack(gaps, width) + impacts.impacts[places].tobytes()


class _Entry(NamedTuple):
    """What a block says of one term."""

    frequency: int
    weight: int
    highest: int
    checksum: int
    place: tuple[int, int]  # start and end of its list in the file


class PostingLists(OpenFile):
    """An open file of posting lists; use it in a `with` block or close it."""

    def __init__(self, path: Path, data: mmap.mmap) -> None:
        """Take an open map; `open` is the way in."""
        self._path = path
        self._data = data
        self._entries: dict[int, dict[str, _Entry]] = {}
        if len(data) < _FIRST_BLOCK or data[: len(_MAGIC)] != _MAGIC:
            raise PostingListsError(path, "不是本程序的索引文件，或者文件不完整。")
        _, version, *numbers, checksum = _HEADER.unpack_from(data)
        if version != _VERSION:
            raise PostingListsError(path, f"版本是 {version}，本程序只认得版本 {_VERSION}。")
        self.case_count, self.term_count, self.head_length, *held, length, size = numbers
        self.directory = Directory(*held)
        if size != len(data):
            raise PostingListsError(path, f"应有 {size} 字节，实有 {len(data)} 字节。")
        self._check(0, _HEADER.size, *_CHECKSUM.unpack_from(data, _HEADER.size))
        self._check(size - length, size, checksum)
        names, _, ends = data[size - length :].partition(b"\0")
        self._first_terms = names.decode().split("\n") if names else []
        self._block_bounds = [_FIRST_BLOCK, *_unpack(ends, 8)]

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a file that `write_posting_lists` wrote.

        Raises:
            PostingListsError: there is no such file, or it cannot be used.
        """
        try:
            with path.open("rb") as file:
                data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except FileNotFoundError as error:
            raise PostingListsError(path, "还没有索引文件。") from error
        except (OSError, ValueError) as error:  # ValueError: the file is empty
            raise PostingListsError(path, "索引文件打不开，或者是空的。") from error
        try:
            return cls(path, data)
        except PostingListsError:
            data.close()
            raise

    def close(self) -> None:
        """Close the file; it answers no more."""
        self._data.close()

    def frequency(self, term: str) -> int:
        """Return how many cases have the term."""
        entry = self._entry(term)
        return entry.frequency if entry else 0

    def weight(self, term: str) -> int:
        """Return the weight of the term, 0 where no case has it."""
        entry = self._entry(term)
        return entry.weight if entry else 0

    def highest_impact(self, term: str) -> int:
        """Return the highest impact of the term, 0 where no case has it."""
        entry = self._entry(term)
        return entry.highest if entry else 0

    def postings(self, term: str) -> list[Posting]:
        """Return every case that has the term, by ascending case number."""
        head, tail = self._parts(term)
        return sorted(head + tail, key=lambda posting: posting.case_no) if tail else head

    def is_cut(self, term: str) -> bool:
        """Return whether `head` does not give all cases of the term."""
        return self.frequency(term) > longest_head(term, self.head_length)

    def head(self, term: str) -> list[Posting]:
        """Return the cases that the browser would look at first, by ascending case number.

        All of a list that is not cut; else the best (the lower case number
        on a tie), and `postings` has the rest.
        """
        return self._parts(term)[0]

    def _parts(self, term: str) -> tuple[list[Posting], list[Posting]]:
        entry = self._entry(term)
        if entry is None:
            return [], []
        start, end = entry.place
        self._check(start, end, entry.checksum)
        data = self._data[start:end]
        in_head = min(entry.frequency, longest_head(term, self.head_length))
        head, rest = _read_part(data, in_head)
        tail, _ = _read_part(rest, entry.frequency - in_head)
        return head, tail

    def _entry(self, term: str) -> _Entry | None:
        block = bisect_right(self._first_terms, term) - 1
        if block < 0:
            return None
        if block not in self._entries:
            self._entries[block] = self._read_block(block)
        return self._entries[block].get(term)

    def _read_block(self, block: int) -> dict[str, _Entry]:
        start, end = self._block_bounds[block : block + 2]
        length, checksum = _TABLE.unpack_from(self._data, start)
        table_start = start + _TABLE.size
        lists_start = table_start + length
        self._check(table_start, min(lists_start, end), checksum)
        names, _, columns = self._data[table_start:lists_start].partition(b"\0")
        terms = names.decode().split("\n")
        count = len(terms)
        numbers = _unpack(columns[count:], 4)
        frequencies, weights, checksums, ends = (
            numbers[at : at + count] for at in range(0, 4 * count, count)
        )
        places = pairwise([lists_start, *(lists_start + list_end for list_end in ends)])
        entries = zip(frequencies, weights, columns[:count], checksums, places, strict=True)
        return {term: _Entry(*entry) for term, entry in zip(terms, entries, strict=True)}

    def _check(self, start: int, end: int, checksum: int) -> None:
        if end > len(self._data) or zlib.crc32(self._data[start:end]) != checksum:
            raise PostingListsError(self._path, "内容已损坏。")


def _width(number: int) -> int:
    """Return the bytes that a gap needs."""
    return 1 if number < 1 << 8 else 2 if number < 1 << 16 else 4


def _pack(numbers: Iterable[int], width: int) -> bytes:
    """Return whole numbers as 1, 2, 4 or 8 bytes each."""
    packed = array(_TYPE_CODES[width], numbers)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def _unpack(data: bytes, width: int) -> "array[int]":
    """Return what `_pack` packed."""
    numbers = array(_TYPE_CODES[width])
    numbers.frombytes(data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _read_part(data: bytes, count: int) -> tuple[list[Posting], bytes]:
    """Return the postings of one part and the bytes after it."""
    if not count:
        return [], data
    width = data[0]
    gaps_end = 1 + width * count
    case_nos = accumulate(_unpack(data[1:gaps_end], width))
    impacts = data[gaps_end : gaps_end + count]
    pairs = zip(case_nos, impacts, strict=True)
    return [Posting(*pair) for pair in pairs], data[gaps_end + count :]
