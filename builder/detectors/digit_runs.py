"""Find runs of digits and put back together what separators have pulled apart.

A run is a series of chunks (unbroken letters and digits) with one gap each between
them. A number is read from consecutive chunks whose gaps are all alike, so that
lists and tables of separate numbers do not become an identifier.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from builder.detectors.disguises import CHINESE_NUMERALS, letters_to_digits, plain_digits
from builder.detectors.identifiers import is_area_code

_MASKS = "*×●■□✻"
_SEPARATORS = r" \t\r\n\-.·_/、,，。)）"
_DIGIT = f"0-9{CHINESE_NUMERALS}{re.escape(_MASKS)}"
_WORD = f"A-Za-z{_DIGIT}"

_ENOUGH_DIGITS = re.compile(f"[{_DIGIT}](?:[{_SEPARATORS}]{{0,4}}[{_DIGIT}OolIxX]){{4}}")
_RUN = re.compile(f"[{_WORD}]+(?:[{_SEPARATORS}]{{1,4}}[{_WORD}]+)*")
_CHUNK = re.compile(f"[{_WORD}]+")
_ASCII_CHUNK = re.compile(f"[A-Za-z0-9{re.escape(_MASKS)}]+")
_ASCII_DIGITS = re.compile("[0-9]{2}")
_CHINESE = re.compile(f"[{CHINESE_NUMERALS}]")
_MASKED = re.compile(f"[{re.escape(_MASKS)}]{{2,}}|[xX]{{2,}}")
_SHORTEST = 5
_WITHIN_LISTS = (11, 17, 18)
_LONGEST = 32  # letters and digits; no identifier sought here is longer


@dataclass(frozen=True, slots=True)
class Chunk:
    """Unbroken letters and digits."""

    text: str  # Chinese numerals and letters O and l as digits, masked places as *
    code: str  # the same as capital letters and digits, where it may be a code with letters
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

    text: str  # of the chunks, without separators
    code: str
    lengths: tuple[int, ...]  # of the chunks
    gap: str  # what stands between the chunks, a line break apart; '' for nothing
    broken: bool  # one gap is a line break
    first: int  # index of the first chunk
    last: int
    start: int  # in the folded text
    end: int
    open_before: bool  # the chunk before goes on in the same way: perhaps a list or a table
    open_after: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of text with at least five digits, and how it can be divided into runs."""

    runs: list[Run]
    shorter: list[Run]  # to try when the runs hold nothing: without the first or last numeral


def places(text: str) -> Iterator[Place]:
    """Yield the places of a folded text that hold at least five digits.

    Chinese numerals that touch a number may belong to the prose (13800138000一直占线), so
    runs without them are added, and tried when all digits are Chinese numerals.
    """
    end = 0
    while found := _ENOUGH_DIGITS.search(text, end):
        start = found.start()
        while start > end and _belongs_before(text, start):
            start -= 1
        run = _RUN.match(text, start)
        end = max(run.end(), found.end()) if run else found.end()
        divided = _split(text, start, end, _CHUNK)
        shorter = []
        if _CHINESE.search(text, start, end):
            if _ASCII_DIGITS.search(text, start, end):
                divided += _split(text, start, end, _ASCII_CHUNK)
            else:
                shorter = _split(text, start, end - 1, _CHUNK) + _split(
                    text, start + 1, end, _CHUNK
                )
        yield Place(divided, shorter)


def readings(run: Run) -> Iterator[Number]:
    """Yield the readings of a run as a number, by start, the shortest first.

    In the midst of a list only mobile numbers and numbers with a check digit are read.
    """
    for first, chunk in enumerate(run.chunks):
        lengths: list[int] = []
        text = code = gap = ""
        broken = False
        for last in range(first, len(run.chunks)):
            if last > first:
                joint = run.gaps[last - 1]
                if joint == "\n" and not broken:
                    broken = True
                elif last == first + 1 and is_area_code(chunk.text):
                    pass  # (029) 8888 8888
                elif joint != "\n" and gap in ("", joint):
                    gap = joint
                else:
                    break
            text += run.chunks[last].text
            code += run.chunks[last].code
            lengths.append(len(run.chunks[last].text))
            if len(text) > _LONGEST:
                break
            if len(text) < _SHORTEST:
                continue
            open_before, open_after = _open_ends(run, first, last, gap or "\n" * broken)
            if open_before and open_after and len(text) not in _WITHIN_LISTS:
                continue
            yield Number(
                text=text,
                code=code,
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


def _split(text: str, start: int, end: int, word: re.Pattern[str]) -> list[Run]:
    """Return the text from start to end as runs whose gaps are all regular."""
    runs: list[Run] = []
    before = start
    for match in word.finditer(text, start, end):
        gap = _gap(text[before : match.start()])
        if runs and gap:
            runs[-1].gaps.append(gap)
            runs[-1].chunks.append(_chunk(match))
        else:
            runs.append(Run([_chunk(match)], []))
        before = match.end()
    return runs


def _chunk(match: re.Match[str]) -> Chunk:
    written = match.group()
    start, end = match.span()
    code = plain_digits(written).upper()
    text = _MASKED.sub(lambda mask: "*" * len(mask.group()), plain_digits(written))
    if len(text) > 12 and text[0] == text[-1] == "*" and text.strip("*"):  # **bold type**
        end -= len(text) - len(text.rstrip("*"))
        text = text.rstrip("*")
        start += len(text) - len(text.lstrip("*"))
        text = text.lstrip("*")
        code = code.strip("*")
    if text and not text.isdigit():
        body = letters_to_digits(text[:-1])
        last = "X" if text[-1] in "xX" else letters_to_digits(text[-1])
        digits = sum(character.isdigit() for character in text)
        if digits * 5 >= len(text) * 2 and body.replace("*", "").isdigit():
            text = body + last
    return Chunk(text, code, start, end)


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
