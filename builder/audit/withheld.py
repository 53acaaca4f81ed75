"""What of a library one audience may not see, in a form that finds it in any output.

From all texts of the library, what was cleared for the audience is taken away, and with
it what everybody may see: the vocabularies, the law, the program's own wording. What
stays is held as

    windows   hashes of 8 letters in a row: a copy of any 8 gives itself away
    phrases   hashes of whole phrases and terms that are shorter
    ids       case ids that the audience may not know of
    days      exact days of cases, minutes and reviews
    terms     what the analyzer makes of texts withheld and of no text cleared

so an honest output, made from what was cleared, holds none of it.
"""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from builder.audit.days import days_in
from builder.audit.letters import Letters, Windows, bare, han_count, han_heavy, letters, whole
from builder.audit.letters import windows as windows_of
from builder.audit.library_texts import (
    STATIONS,
    Origin,
    Written,
    cleared_texts,
    program_days,
    program_texts,
    written_in,
)
from builder.checks.cleared import ClearedCasebook
from builder.checks.visibility import known_ids
from builder.library.casebook import Casebook
from builder.model.case import as_day
from builder.text.analyzer import count_terms
from builder.text.concepts import NO_CONCEPTS

WINDOW: Final = 8  # letters in a row that nobody writes twice by chance
_ACROSS_LINES: Final = 14  # the same where a line ends in between
_HAN_IN_WINDOW: Final = 5  # the rest may be digits: amounts and months are no secret
_LEAST_HAN, _LEAST_LATIN = 4, 6
_LEAST_HAN_OF_STATION: Final = 3  # few, and each a name
_LONGEST_PHRASE: Final = 40
_PARTS = re.compile(r"[\s，。；：、！？…—·（）()“”‘’《》〈〉【】「」\[\]{}|/\\,.;:!?\"'<>=]+")
_LATIN = re.compile("[a-z]")
_PREFILTER_BITS: Final = 22
_SEPARATOR: Final = "\0"  # no letter, so that nothing is found across it


@dataclass(frozen=True)
class Match:
    """A copy of something withheld, in the bare letters of a text."""

    start: int
    end: int
    origin: Origin


class Hashes:
    """Hashes of stretches of one length, each with the number of where it comes from."""

    def __init__(self, hashes: Windows, origins: NDArray[np.int64]) -> None:
        self._hashes, first = np.unique(hashes, return_index=True)
        self._origins = origins[first]
        self._maybe = np.zeros(1 << _PREFILTER_BITS, np.bool_)
        self._maybe[self._low(self._hashes)] = True

    def __len__(self) -> int:
        return len(self._hashes)

    def without(self, hashes: Windows) -> "Hashes":
        """Return those that are not among `hashes`."""
        _, rows = self._rows(hashes)
        kept = np.ones(len(self._hashes), np.bool_)
        kept[rows] = False
        return Hashes(self._hashes[kept], self._origins[kept])

    def find(self, hashes: Windows) -> list[tuple[int, int]]:
        """Return which of `hashes` are here, by place, each with the number of its origin."""
        places, rows = self._rows(hashes)
        return list(zip(places.tolist(), self._origins[rows].tolist(), strict=True))

    def _rows(self, hashes: Windows) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        places = np.flatnonzero(self._maybe[self._low(hashes)])
        rows = np.searchsorted(self._hashes, hashes[places])
        rows[rows == len(self._hashes)] = 0
        same = self._hashes[rows] == hashes[places]
        return places[same], rows[same]

    @staticmethod
    def _low(hashes: Windows) -> Windows:
        return hashes >> np.uint64(64 - _PREFILTER_BITS)


@dataclass(frozen=True)
class Withheld:
    """What one audience may not see."""

    stretches: Mapping[int, Hashes]  # by length
    origins: tuple[Origin, ...]
    ids: Mapping[str, Origin]  # upper case
    days: Mapping[datetime.date, Origin]
    terms: frozenset[str]
    allowed: str  # the bare letters of all that anybody of the audience may see, text by text

    def copies_in(self, lines: Sequence[str], *, shortest: int = 1) -> list[Match]:
        """Return the copies of withheld texts in lines of bare letters, by place.

        A place counts over all lines. A copy that goes over the end of a line has to be
        longer: words of two fields can meet there by chance. So has one from a hand-written
        page: those speak of the program, as its outputs do.

        Args:
            shortest: letters that a copy has at least.
        """
        codes = letters("".join(lines))
        ends = np.cumsum([len(line) for line in lines])
        found: list[Match] = []
        for length, hashes in windows_of(codes, max(self.stretches, default=0)):
            if length >= shortest and length in self.stretches:
                for start, number in self.stretches[length].find(hashes):
                    end = start + length
                    if length == WINDOW or _on_one_line(start, end, ends):
                        found.append(Match(start, end, self.origins[number]))
        return [
            match
            for match in _joined(found)
            if match.end - match.start >= _ACROSS_LINES
            or (not match.origin.is_page and _on_one_line(match.start, match.end, ends))
        ]


def _on_one_line(start: int, end: int, ends: NDArray[np.int64]) -> bool:
    return bool(np.searchsorted(ends, start, "right") == np.searchsorted(ends, end - 1, "right"))


def withheld_from(book: Casebook, cleared: ClearedCasebook) -> Withheld:
    """Return what `book` holds beyond `cleared`, which was made from it."""
    allowed_texts, allowed_days = _told(cleared)
    allowed_bare = [bare(text) for text in allowed_texts]
    visible = known_ids(book, cleared.audience)
    hidden_ids = {
        item.case.id: Origin(item.source.path, "id")
        for item in book.cases
        if item.case.id not in visible
    }
    days: dict[datetime.date, Origin] = {}
    secrets: list[tuple[str, Origin]] = []
    terms: set[str] = set()
    for written in written_in(book):
        if isinstance(written.value, str):
            secrets.append((written.value, written.origin))
            terms.update(count_terms(written.value, NO_CONCEPTS))
        else:
            _add_day(days, written, allowed_days)
    for text in allowed_texts:
        terms.difference_update(count_terms(text, NO_CONCEPTS))
    public = _SEPARATOR.join(sorted({*allowed_bare, *map(bare, program_texts())}))
    names = _statute_names(book)
    return Withheld(
        stretches=_stretches(secrets, letters(public), names),
        origins=tuple(origin for _, origin in secrets),
        ids=hidden_ids,
        days=days,
        terms=frozenset(terms),
        allowed=public,
    )


def _statute_names(book: Casebook) -> re.Pattern[str]:
    names = {
        name
        for statute in book.vocabularies.statutes.statutes
        for name in (statute.name, statute.short, *statute.aliases)
    }
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))) or "(?!)")


def _told(cleared: ClearedCasebook) -> tuple[set[str], set[datetime.date]]:
    texts: set[str] = set()
    days: set[datetime.date] = set(program_days())
    for value in cleared_texts(cleared):
        if isinstance(value, str):
            texts.add(value)
            days.update(days_in(value))
        else:
            days.add(as_day(value))
    return texts, days


def _add_day(
    days: dict[datetime.date, Origin], written: Written, allowed: set[datetime.date]
) -> None:
    assert isinstance(written.value, datetime.date)
    day = as_day(written.value)
    # the first of a month is how some formats write the month
    if day not in allowed and day.day != 1:
        days.setdefault(day, written.origin)


def _stretches(
    secrets: Sequence[tuple[str, Origin]], public: Letters, statutes: re.Pattern[str]
) -> dict[int, Hashes]:
    """Return what gives a withheld text away, by length; origins are numbers in `secrets`."""
    by_length: dict[int, tuple[list[str], list[int]]] = {}
    for number, (text, origin) in enumerate(secrets):
        # the names of laws stand beside anything
        long = [part for part in map(bare, statutes.split(text)) if len(part) >= WINDOW]
        short = {bare(part) for part in (*_PARTS.split(text), text)}
        least = _LEAST_HAN_OF_STATION if origin.path == STATIONS else _LEAST_HAN
        for length, part in [
            *((WINDOW, part) for part in long),
            *((len(part), part) for part in sorted(short) if _is_phrase(part, least)),
        ]:
            parts, numbers = by_length.setdefault(length, ([], []))
            parts.append(part)
            numbers.append(number)
    told = {}
    for length, (parts, numbers) in by_length.items():
        told[length] = _hashed(parts, numbers, length)
    for length, hashes in windows_of(public, max(told, default=0)):
        if length in told:
            told[length] = told[length].without(hashes)
    return {length: told[length] for length in sorted(told) if len(told[length])}


def _hashed(parts: list[str], numbers: list[int], length: int) -> Hashes:
    codes = letters(_SEPARATOR.join(parts))
    sizes = [len(part) + 1 for part in parts]
    origins = np.repeat(np.array(numbers, np.int64), sizes)
    *_, (_, hashes) = windows_of(codes, length)
    kept = whole(codes, length)
    if length == WINDOW:
        phrases = np.repeat([size == WINDOW + 1 for size in sizes], sizes)[: len(hashes)]
        kept &= han_heavy(codes, length, _HAN_IN_WINDOW) | phrases
    return Hashes(hashes[kept], origins[: len(kept)][kept])


def _is_phrase(phrase: str, least_han: int) -> bool:
    """Return whether a phrase is one that windows do not find and chance does not make."""
    length, han = len(phrase), han_count(phrase)
    if (length >= WINDOW and han >= _HAN_IN_WINDOW) or length > _LONGEST_PHRASE:
        return False
    if han >= least_han:
        return True
    return length >= _LEAST_LATIN and bool(_LATIN.search(phrase))


def _joined(matches: list[Match]) -> list[Match]:
    """Return overlapping matches as one each, of the origin named first."""
    joined: list[Match] = []
    for match in sorted(matches, key=lambda one: (one.start, -one.end)):
        if joined and match.start < joined[-1].end:
            last = joined[-1]
            joined[-1] = Match(last.start, max(last.end, match.end), last.origin)
        else:
            joined.append(match)
    return joined
