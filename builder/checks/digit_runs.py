"""Find runs of digits and put back together what separators have pulled apart.

A run is a series of chunks (unbroken letters and digits) with one gap each between
them. A number is read from consecutive chunks whose gaps are all alike, so that
lists and tables of separate numbers do not become an identifier.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from builder.checks.disguises import CHINESE_NUMERALS, letters_to_digits, plain_digits

_MASKS = "*×●■□✻"
_SEPARATORS = r" \t\r\n\-.·_/、,，。)）"
_DIGIT = f"0-9{CHINESE_NUMERALS}{re.escape(_MASKS)}"
_WORD = f"A-Za-z{_DIGIT}"

_ENOUGH_DIGITS = re.compile(f"[{_DIGIT}](?:[{_SEPARATORS}]{{0,4}}[{_DIGIT}OolIxX]){{4}}")
_RUN = re.compile(f"[{_WORD}]+(?:[{_SEPARATORS}]{{1,4}}[{_WORD}]+)*")
_CHUNK = re.compile(f"[{_WORD}]+")
_ASCII_DIGITS_AT_END = re.compile(r"[^0-9A-Za-z]([0-9]{10,}[Xx]?)\Z")
_MASKED = re.compile(f"[{re.escape(_MASKS)}]{{2,}}|[xX]{{2,}}")
_LONGEST = 32  # letters and digits; no identifier sought here is longer


@dataclass(frozen=True, slots=True)
class Chunk:
    """Unbroken letters and digits, Chinese numerals and letters O and l as digits."""

    text: str
    start: int  # in the folded text, end exclusive
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """Chunks with `gaps[i]` between `chunks[i]` and `chunks[i + 1]`."""

    chunks: list[Chunk]
    gaps: list[str]


@dataclass(frozen=True, slots=True)
class Number:
    """A reading of consecutive chunks of a run as one number."""

    text: str  # without separators; * for a masked place
    lengths: tuple[int, ...]  # of the chunks
    gap: str  # what stands between the chunks, a line break apart; '' for nothing
    broken: bool  # one gap is a line break
    first: int  # index of the first chunk
    last: int
    start: int  # in the folded text
    end: int
    open_before: bool  # the chunk before goes on in the same way: perhaps a list or a table
    open_after: bool


def runs(text: str) -> Iterator[Run]:
    """Yield the runs of a folded text that hold at least five digits."""
    place = 0
    while found := _ENOUGH_DIGITS.search(text, place):
        start = found.start()
        while start > place and _belongs_before(text, start):
            start -= 1
        run = _RUN.match(text, start)
        place = max(run.end(), found.end()) if run else found.end()
        yield from _split(text, start, place)


def readings(run: Run) -> Iterator[Number]:
    """Yield every reading of a run as a number, by start, the shortest first."""
    for first, chunk in enumerate(run.chunks):
        lengths: list[int] = []
        text = gap = ""
        broken = False
        for last in range(first, len(run.chunks)):
            if last > first:
                joint = run.gaps[last - 1]
                if joint == "\n" and not broken:
                    broken = True
                elif joint != "\n" and gap in ("", joint):
                    gap = joint
                else:
                    break
            text += run.chunks[last].text
            lengths.append(len(run.chunks[last].text))
            if len(text) > _LONGEST:
                break
            open_before, open_after = _open_ends(run, first, last, gap or "\n" * broken)
            yield Number(
                text=text,
                lengths=tuple(lengths),
                gap=gap,
                broken=broken,
                first=first,
                last=last,
                start=chunk.start,
                end=run.chunks[last].end,
                open_before=open_before,
                open_after=open_after,
            )


def _belongs_before(text: str, start: int) -> bool:
    """Say whether the character before `start` belongs to the same code, as in TS-2026."""
    before = text[start - 1]
    if before in "-_":
        return start > 1 and text[start - 2].isascii() and text[start - 2].isalnum()
    return before.isascii() and before.isalnum()


def _split(text: str, start: int, end: int) -> Iterator[Run]:
    """Yield the text from start to end as runs whose gaps are all regular."""
    chunks: list[Chunk] = []
    gaps: list[str] = []
    for match in _CHUNK.finditer(text, start, end):
        if chunks:
            gap = _gap(text[chunks[-1].end : match.start()])
            if gap:
                gaps.append(gap)
            else:
                yield Run(chunks, gaps)
                chunks, gaps = [], []
        chunks.append(_chunk(match))
    yield Run(chunks, gaps)


def _chunk(match: re.Match[str]) -> Chunk:
    written = match.group()
    start, end = match.span()
    plain = _ASCII_DIGITS_AT_END.search(written)
    if plain:  # a numeral of the prose before a number that needs none
        return Chunk(plain.group(1).upper(), start + plain.start(1), end)
    text = _MASKED.sub(lambda mask: "*" * len(mask.group()), plain_digits(written))
    if len(text) > 12 and text[0] == text[-1] == "*" and text.strip("*"):  # **bold type**
        end -= len(text) - len(text.rstrip("*"))
        text = text.rstrip("*")
        start += len(text) - len(text.lstrip("*"))
        text = text.lstrip("*")
    if text and not text.isdigit():
        body = letters_to_digits(text[:-1])
        last = "X" if text[-1] in "xX" else letters_to_digits(text[-1])
        digits = sum(character.isdigit() for character in text)
        if digits * 5 >= len(text) * 2 and body.replace("*", "").isdigit():
            text = body + last
    return Chunk(text, start, end)


def _gap(written: str) -> str:
    """Return the one separator that stands for `written`, or '' if it mixes several."""
    kinds = set(written) - set(" \t\r")
    if not kinds:
        return " " if 0 < len(written) <= 3 else ""
    if "\n" in kinds:
        return "\n" if kinds == {"\n"} and written.count("\n") == 1 else ""
    return kinds.pop() if len(kinds) == 1 and len(written) <= 3 else ""


def _open_ends(run: Run, first: int, last: int, gap: str) -> tuple[bool, bool]:
    before = run.gaps[first - 1] if first else ""
    after = run.gaps[last] if last < len(run.gaps) else ""
    if gap:
        return gap == before, gap == after
    # One chunk: only a decimal point makes it part of a longer number.
    open_before = before == "." and run.chunks[first - 1].text.isdigit()
    return open_before, after == "." and len(run.chunks[last + 1].text) <= 2
