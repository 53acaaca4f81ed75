"""Show where a text answers a query: an excerpt around the hits, or the whole text marked.

Pure text in, pieces of text out; whoever renders them decides how a hit looks.
"""

from collections import Counter
from collections.abc import Collection
from typing import Final, NamedTuple

from builder.text.analyzer import Token, is_single, tokens
from builder.text.concepts import Concepts

ELLIPSIS: Final = "…"
_BREAKS: Final = frozenset("。！？；，、：!?;\n")  # a cut is good after one of these
_BREAKS_IN_LATIN: Final = frozenset(",.:")  # ... and after these, unless a word goes on
_SPACES: Final = frozenset(" \t\r\n\u3000")
_WORD: Final = frozenset(",.:0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_NEAR_SHARE: Final = 4  # a cut may move by a quarter of the length to reach a break
_NEW_TERM_GAIN: Final = 3  # a term not yet in the window counts for this many repeats more


class Piece(NamedTuple):
    """A stretch of text, and whether it answers the query."""

    text: str
    is_hit: bool


def highlight(text: str, terms: Collection[str], concepts: Concepts) -> list[Piece]:
    """Return the whole text in pieces; joined they are the text.

    Args:
        text: any text.
        terms: the terms of the query, as the analyzer gives them. Single characters are
            only marked where the query has nothing better.
        concepts: the concept groups of the library.
    """
    return _pieces(text, 0, len(text), _spans(_hits(text, terms, concepts)))


def excerpt(text: str, terms: Collection[str], concepts: Concepts, length: int) -> list[Piece]:
    """Return about `length` code points around the densest hits, in pieces.

    Joined, the pieces are a stretch of the text of at most `length` code points, with
    `ELLIPSIS` as a piece of its own where text was left out. Without a hit it is the
    beginning of the text. Edges fall on punctuation where some is near.
    """
    hits = _hits(text, terms, concepts)
    start, end = _window(text, *_densest(hits, length), length)
    pieces = _pieces(text, start, end, _spans(hits))
    before = [Piece(ELLIPSIS, False)] if start > 0 else []
    after = [Piece(ELLIPSIS, False)] if end < len(text) else []
    return before + pieces + after


def first_line(text: str, length: int) -> str:
    """Return the first line of a text, at most `length` code points of it."""
    line = text.strip().split("\n")[0]
    return line if len(line) <= length else f"{line[: length - 1]}{ELLIPSIS}"


def _hits(text: str, terms: Collection[str], concepts: Concepts) -> list[Token]:
    """Return the tokens that answer the query, by start."""
    strong = {term for term in terms if not is_single(term)}
    wanted = strong or set(terms)
    return [token for token in tokens(text, concepts) if token.term in wanted]


def _spans(hits: list[Token]) -> list[tuple[int, int]]:
    """Return the stretches that the hits cover; those that touch become one."""
    spans: list[tuple[int, int]] = []
    for _, start, end in hits:
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    return spans


def _pieces(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> list[Piece]:
    """Return text[start:end] in pieces, the spans being hits."""
    pieces: list[Piece] = []
    at = start
    for span_start, span_end in spans:
        hit_start, hit_end = max(span_start, at), min(span_end, end)
        if hit_start >= hit_end:
            continue
        if at < hit_start:
            pieces.append(Piece(text[at:hit_start], False))
        pieces.append(Piece(text[hit_start:hit_end], True))
        at = hit_end
    if at < end:
        pieces.append(Piece(text[at:end], False))
    return pieces


def _densest(hits: list[Token], length: int) -> tuple[int, int]:
    """Return the stretch of at most `length` with the most hits, the first of equals.

    A term not seen yet in the stretch counts more than a repeat. Without hits (0, 0).
    """
    best_score, best = 0, (0, 0)
    inside: Counter[str] = Counter()
    last = 0
    for first, hit in enumerate(hits):
        while last < len(hits) and hits[last].end <= hit.start + length:
            inside[hits[last].term] += 1
            last += 1
        if last <= first:  # one hit is longer than the whole stretch
            last = first + 1
            continue
        score = inside.total() + _NEW_TERM_GAIN * len(inside)
        if score > best_score:
            end = max(token.end for token in hits[first:last])
            best_score, best = score, (hit.start, end)
        inside[hit.term] -= 1
        if not inside[hit.term]:
            del inside[hit.term]
    return best


def _window(text: str, first: int, last: int, length: int) -> tuple[int, int]:
    """Return where to cut so that text[first:last] is inside, with its surroundings."""
    near = length // _NEAR_SHARE
    slack = max(length - (last - first), 0)
    start = max(0, min(first - slack // 2, len(text) - length))
    if start > 0:
        start = _cut_near(text, range(start, min(first, start + near) + 1))
    end = min(len(text), start + length)
    if end < len(text):
        end = _cut_near(text, range(end, max(last, end - near, start + 1) - 1, -1))
    while start < first and text[start] in _SPACES:
        start += 1
    while end > max(last, start) and text[end - 1] in _SPACES:
        end -= 1
    return start, end


def _cut_near(text: str, places: range) -> int:
    """Return the first place after a break, else outside a word or number, else the first."""
    for at in places:
        if text[at - 1] in _BREAKS or (text[at - 1] in _BREAKS_IN_LATIN and text[at] not in _WORD):
            return at
    return next((at for at in places if not {text[at - 1], text[at]} <= _WORD), places[0])
