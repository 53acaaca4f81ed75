"""Field types of the Whoosh index, and the query that finds words in a row.

The schema and its field types are pickled into the index: these classes must keep their
names and stay importable here, or an older index cannot be opened.

All sections of a case share one text field: a position holds the number of its section
above the place in that section. That halves the postings, and a phrase can still be
asked for in one section. Terms are single Chinese characters and whole words of Latin
letters and digits, so that a phrase is found wherever it stands, whatever a segmenter
would have made of it.
"""

import re
from array import array
from collections import defaultdict
from collections.abc import Generator, Iterable, Sequence
from typing import Any, Final

from whoosh.fields import FieldType
from whoosh.formats import Existence, Format
from whoosh.matching.mcore import ListMatcher, NullMatcher
from whoosh.query.qcore import Query

from builder.text.folding import HAN, WORD, fold_text

_PLACE_BITS: Final = 20  # places in one section
_PIECE: Final = re.compile(f"[{HAN}]|[{WORD}]+|[^\\s{HAN}{WORD}]+")
_is_term: Final = re.compile(f"[{HAN}{WORD}]").match


class PackedPositions(Format):
    """Positions as 32-bit numbers, which the array module reads at once."""

    def __init__(self) -> None:
        """Take no options: the field is never scored."""
        self.field_boost = 1.0
        self.options: dict[str, Any] = {}

    def fixed_value_size(self) -> None:
        """Return None: a term stands in a case once or often."""

    def decode_positions(self, value: bytes) -> "array[int]":
        """Return ascending positions."""
        positions = array("I")
        positions.frombytes(value)
        return positions

    def decode_frequency(self, value: bytes) -> int:
        """Return how often the term stands there."""
        return len(value) // 4

    def decode_weight(self, value: bytes) -> float:
        """Return the weight that every term has."""
        return 1.0

    def combine(self, values: Iterable[bytes]) -> bytes:
        """Return the positions of several values together."""
        return b"".join(values)


class SectionText(FieldType):
    """Text of numbered sections, found by phrases."""

    def __init__(self) -> None:
        """Take no options."""
        self.format = PackedPositions()

    def index(
        self, value: Iterable[tuple[int, str]], **_: Any
    ) -> Generator[tuple[bytes, int, float, bytes], None, None]:
        """Yield the terms of (section number, text) pairs as Whoosh wants them."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for section, text in value:
            for place, piece in enumerate(pieces(text), section << _PLACE_BITS):
                places[piece].append(place)
        for piece, where in places.items():
            if _is_term(piece):
                yield piece.encode(), 1, 1.0, array("I", where).tobytes()


class IdList(FieldType):
    """A list of ids or words, each found as a whole."""

    def __init__(self) -> None:
        """Take no options."""
        self.format = Existence()

    def index(
        self, value: Iterable[str], **_: Any
    ) -> Generator[tuple[bytes, int, float, bytes], None, None]:
        """Yield the items as Whoosh wants them."""
        for item in value:
            yield item.encode(), 1, 1.0, b""


def pieces(text: str) -> list[str]:
    """Return the folded characters and words of a text, with runs of other marks between.

    White space, line breaks too, separates words and is otherwise nothing.
    """
    return _PIECE.findall(fold_text(text))


def phrase_terms(text: str) -> list[tuple[str, int]]:
    """Return the terms of a phrase and their places from its first term.

    A run of marks inside the phrase stands for any run of marks.
    """
    found = [(piece, place) for place, piece in enumerate(pieces(text)) if _is_term(piece)]
    return [(piece, place - found[0][1]) for piece, place in found]


class SectionPhrase(Query):
    """Cases in which terms stand in a row, anywhere or in one section."""

    def __init__(
        self, fieldname: str, terms: Sequence[tuple[str, int]], section: int | None = None
    ) -> None:
        """Take terms as `phrase_terms` gives them, at least one."""
        self.fieldname = fieldname
        self.terms_and_places = tuple(terms)
        self.section = section
        self.boost = 1.0

    def __eq__(self, other: object) -> bool:
        """Return whether both ask for the same."""
        return isinstance(other, SectionPhrase) and self._asked() == other._asked()

    def __hash__(self) -> int:
        """Return a hash that agrees with equality."""
        return hash(self._asked())

    def _asked(self) -> tuple[object, ...]:
        return self.fieldname, self.terms_and_places, self.section

    def field(self) -> str:
        """Return the field that is searched."""
        return self.fieldname

    def is_leaf(self) -> bool:
        """Return that no query is inside."""
        return True

    def normalize(self) -> "SectionPhrase":
        """Return itself: there is no simpler form."""
        return self

    def simplify(self, ixreader: Any) -> "SectionPhrase":
        """Return itself: there is no simpler form."""
        return self

    def estimate_size(self, ixreader: Any) -> int:
        """Return how many cases may match: those of the rarest term."""
        counts = self._frequencies(ixreader)
        return counts[0][0] if counts else 0

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Return the matching documents of one segment."""
        reader = searcher.reader()
        found: dict[int, set[int]] | None = None
        for _, term, place in self._frequencies(reader):
            postings = reader.postings(self.fieldname, term)
            if found is None:
                found = self._starts(postings, place)
            else:
                found = _continued(found, postings, place)
            if not found:
                break
        if not found:
            return NullMatcher()
        return ListMatcher(sorted(found))  # type: ignore[no-untyped-call]

    def _frequencies(self, reader: Any) -> list[tuple[int, bytes, int]]:
        """Return the terms, rarest first, or nothing when the segment lacks one."""
        counts = [
            (reader.doc_frequency(self.fieldname, term.encode()), term.encode(), place)
            for term, place in self.terms_and_places
        ]
        return sorted(counts) if all(count for count, _, _ in counts) else []

    def _starts(self, postings: Any, place: int) -> dict[int, set[int]]:
        """Return where the phrase may begin, by document, going by its first-read term."""
        found: dict[int, set[int]] = {}
        while postings.is_active():
            at = array("I")
            at.frombytes(postings.value())
            starts = {position - place for position in at}
            if self.section is not None:
                starts = {start for start in starts if start >> _PLACE_BITS == self.section}
            if starts:
                found[postings.id()] = starts
            postings.next()
        return found


def _continued(found: dict[int, set[int]], postings: Any, place: int) -> dict[int, set[int]]:
    """Return the beginnings that have the next term in its place too."""
    kept: dict[int, set[int]] = {}
    for document, starts in found.items():
        postings.skip_to(document)
        if not postings.is_active():
            break
        if postings.id() != document:
            continue
        at = array("I")
        at.frombytes(postings.value())
        both = starts.intersection([position - place for position in at])
        if both:
            kept[document] = both
    return kept
