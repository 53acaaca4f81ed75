"""The indexed fields of a case: how much each weighs, and what it holds, counted.

Which part of a case goes into which field is decided where cases are known; here are
only the numbers of the ranking and the counts it starts from.
"""

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from builder.errors import SurroundingsError
from builder.text.analyzer import count_terms
from builder.text.concepts import Concepts


@dataclass(frozen=True, slots=True)
class Field:
    """One indexed field: its share of a score and how far its length is held against it."""

    name: str
    weight: float
    length_share: float  # BM25's b: 0 ignores the length, 1 divides by it


FIELDS: Final = (
    Field("title", 3.0, 0.3),
    Field("tags", 2.5, 0.3),
    Field("facts", 1.5, 0.9),
    Field("rest", 1.0, 0.9),
)
# How fast repeating a term stops paying. Chosen with 0.9 above on public questions that
# nobody here wrote (lecoqa, stard): the best of 1.2..1.6 x 0.7..0.9 on average.
K1: Final = 1.6

HIGHEST_COUNT: Final = 255  # a term is counted no further in one field: one byte holds it

_VERSION = 1
_HEADER = struct.Struct(f"<BI{len(FIELDS)}I")


class FieldCountsError(SurroundingsError):
    """Cached counts are damaged or of another version."""

    def __init__(self, what: str) -> None:
        super().__init__("缓存的词项计数", what, "请删去缓存后重新运行 casebook build。")


@dataclass(frozen=True, slots=True)
class FieldCounts:
    """How often each term stands in each field of one case, packed.

    Attributes:
        lengths: number of terms in each field, repeats included, in the order of `FIELDS`.
        packed_terms: the distinct terms of all fields, UTF-8, one a line.
        counts: one byte a term for the first field, then as many for the next, ...
    """

    lengths: tuple[int, ...]
    packed_terms: bytes
    counts: bytes

    @property
    def term_count(self) -> int:
        """Return the number of distinct terms."""
        return len(self.counts) // len(FIELDS)

    def terms(self) -> list[str]:
        """Return the distinct terms, in the order of each field's counts."""
        return self.packed_terms.decode().split("\n") if self.counts else []

    def to_bytes(self) -> bytes:
        """Return the counts for a cache; the same counts give the same bytes."""
        header = _HEADER.pack(_VERSION, len(self.counts), *self.lengths)
        return header + zlib.compress(self.counts + self.packed_terms, 1)

    @classmethod
    def from_bytes(cls, data: bytes) -> "FieldCounts":
        """Return what `to_bytes` wrote.

        Raises:
            FieldCountsError: the bytes are damaged or of another version.
        """
        if data[:1] and data[0] != _VERSION:
            raise FieldCountsError(f"版本是 {data[0]}，本程序只认得版本 {_VERSION}。")
        try:
            _, size, *lengths = _HEADER.unpack_from(data)
            unpacked = zlib.decompress(data[_HEADER.size :])
        except (struct.error, zlib.error) as error:
            raise FieldCountsError("内容已损坏。") from error
        counts = cls(tuple(lengths), unpacked[size:], unpacked[:size])
        if size % len(FIELDS) or len(counts.terms()) != counts.term_count:
            raise FieldCountsError("内容已损坏。")
        return counts


def count_fields(texts: Mapping[str, str], concepts: Concepts) -> FieldCounts:
    """Return the counts of one case.

    Args:
        texts: field name -> its text; a field left out is empty.
        concepts: the concept groups of the library.

    Raises:
        ValueError: `texts` names a field that does not exist.
    """
    names = [field.name for field in FIELDS]
    if not texts.keys() <= set(names):
        raise ValueError(f"no such field: {sorted(texts.keys() - set(names))}")
    by_field = [count_terms(texts.get(name, ""), concepts) for name in names]
    column: dict[str, int] = {}
    for counter in by_field:
        for term in counter:
            column.setdefault(term, len(column))
    rows = []
    for counter in by_field:
        row = bytearray(len(column))
        for term, count in counter.items():
            row[column[term]] = min(count, HIGHEST_COUNT)
        rows.append(bytes(row))
    return FieldCounts(
        lengths=tuple(counter.total() for counter in by_field),
        packed_terms="\n".join(column).encode(),
        counts=b"".join(rows),
    )
