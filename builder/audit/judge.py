"""What of a text may not leave: identifiers, and copies of what the library withholds."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from builder.audit.days import days_in
from builder.audit.found import Terms, Text
from builder.audit.letters import bare
from builder.audit.withheld import WINDOW, Withheld
from builder.detectors.detect import KINDS, Finding, detect
from builder.text.analyzer import is_single
from builder.text.folding import fold_text

WITHHELD: Final = {
    "withheld-text": "没有放行的文字",
    "withheld-term": "没有放行的检索词",
    "withheld-id": "没有放行的案例编号",
    "withheld-day": "没有放行的具体日期",
    "secret-key": "签名私钥",
}
# Among bytes of no known meaning chance makes names and plates, but no numbers with a checksum.
_NOT_BY_CHANCE: Final = frozenset({"id-card", "credit-code", "mobile", "bank-card"})
_LONGEST_LINE: Final = 20_000  # characters looked at in one go
_OVERLAP: Final = 100
_CASE_ID = re.compile(
    r"(?<![a-z0-9])([a-z]{2,6})[\s_.\-‐-―−]?([0-9]{4})[\s_.\-‐-―−]?([0-9]{4,6})(?![0-9])"
)
_SECRET_KEY = re.compile(
    r"(?:casebook [A-Z]{2,6}|minisign[a-z ]*|rsign[a-z ]*) secret key|BEGIN [A-Z ]*PRIVATE KEY"
)

_PAGES = re.compile(r"[0-9]{1,3}(?:[、，,][ ]?[0-9]{1,3}){4,}")
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{40,}={0,2}")
_DIGITS = re.compile("[0-9]+")


@dataclass(frozen=True, slots=True)
class Leak:
    """Something that may not be there.

    Attributes:
        kind: a key of `WITHHELD` or of the detectors' kinds.
        excerpt: masked: too little to restore what was found.
        origin: file and field of the library that it comes from; '' for an identifier.
    """

    kind: str
    excerpt: str
    origin: str = ""

    @property
    def label(self) -> str:
        return WITHHELD.get(self.kind) or f"疑似{KINDS[self.kind].label}"


class Judge:
    """Looks at texts for one audience."""

    def __init__(self, withheld: Withheld) -> None:
        self._withheld = withheld
        self._line = lru_cache(maxsize=1 << 15)(self._look_at_line)
        self.hides = lru_cache(maxsize=1 << 12)(self._hides)

    def leaks_in(
        self, text: Text, told_days: frozenset[datetime.date] = frozenset()
    ) -> Iterator[Leak]:
        """Yield what of a text may not leave, a leak for each place.

        Args:
            told_days: days that the file tells of itself, such as that of its making.
        """
        lines = [line for line in map(str.strip, text.text.splitlines()) if line]
        for line in lines:
            for leak in self._line(line):
                if text.noise and leak.kind not in _NOT_BY_CHANCE and leak.kind not in WITHHELD:
                    continue
                if leak.kind == "withheld-day" and self._withheld_days(line) <= told_days:
                    continue
                yield leak
        letters = [bare(line) for line in lines]
        shortest = WINDOW if text.noise else 1
        everything = "".join(letters)
        for match in self._withheld.copies_in(letters, shortest=shortest):
            yield Leak(
                "withheld-text", masked(everything[match.start : match.end]), str(match.origin)
            )

    def terms_in(self, terms: Terms) -> Iterator[Leak]:
        """Yield the terms of an index that no cleared text can have given it."""
        for term in terms.terms:
            if term in self._withheld.terms:
                yield Leak("withheld-term", masked(term))
        yield from self.leaks_in(Text("", "\n".join(term for term in terms.terms if len(term) > 2)))

    def _hides(self, name: str) -> bool:
        """Return whether a name, of a file or a part of one, may not be printed."""
        return any(self.leaks_in(Text("", name)))

    def _look_at_line(self, line: str) -> tuple[Leak, ...]:
        step = _LONGEST_LINE - _OVERLAP
        leaks: dict[Leak, None] = {}
        for at in range(0, max(1, len(line) - _OVERLAP), step):
            leaks.update(dict.fromkeys(self._look_at(line[at : at + _LONGEST_LINE])))
        return tuple(leaks)

    def _look_at(self, line: str) -> Iterator[Leak]:
        for finding in detect(line):
            if (
                KINDS[finding.kind].blocking
                and not _is_list_of_pages(line, finding)
                and not _is_in_base64(line, finding)
                and not self._is_cleared(line, finding)
            ):
                yield Leak(finding.kind, finding.excerpt)
        for match in _CASE_ID.finditer(fold_text(line)):
            case_id = "-".join(match.groups()).upper()
            if case_id in self._withheld.ids:
                excerpt = f"{case_id[:-4]}****"
                yield Leak("withheld-id", excerpt, str(self._withheld.ids[case_id]))
        for day in sorted(self._withheld_days(line)):
            yield Leak("withheld-day", f"{day:%Y-%m}-**", str(self._withheld.days[day]))
        if _SECRET_KEY.search(line):
            yield Leak("secret-key", "****")

    def _withheld_days(self, line: str) -> set[datetime.date]:
        return self._withheld.days.keys() & set(days_in(line))

    def _is_cleared(self, line: str, finding: Finding) -> bool:
        """Return whether clearance let the very words pass, e.g. by a waiver."""
        return bare(line[finding.start : finding.end]) in self._withheld.allowed


def _is_in_base64(line: str, finding: Finding) -> bool:
    """Return whether a finding is a piece of a signature or key: chance makes accounts there."""
    return finding.kind not in _NOT_BY_CHANCE and any(
        match.start() <= finding.start and finding.end <= match.end()
        for match in _BASE64.finditer(line)
    )


def _is_list_of_pages(line: str, finding: Finding) -> bool:
    """Return whether what was found are numbers of pages: short, and each above the one before.

    The index of a volume has long rows of them, and some add up to a valid checksum.
    """
    start, end = finding.start, finding.end
    while start and line[start - 1].isdecimal():
        start -= 1
    while end < len(line) and line[end].isdecimal():
        end += 1
    if not _PAGES.fullmatch(line, start, end):
        return False
    pages = [int(page) for page in _DIGITS.findall(line, start, end)]
    return pages == sorted(set(pages))


def masked(text: str) -> str:
    """Return the first character of a text and how long it is."""
    if is_single(text):
        return "*"
    return f"{text[0]}***（{len(text)} 字）"
