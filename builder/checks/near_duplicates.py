"""Cases that say the same in nearly the same words.

Two texts are near-duplicates when the Jaccard index of their sets of 5-character
shingles is over 0.25 (Broder, "On the resemblance and containment of documents", 1997).
Shingles that stand in very many cases are set phrases of the trade and do not count.
"""

import re
import zlib
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from builder.library.casebook import Casebook
from builder.library.problem import Problem, Severity
from builder.model.case import Case

Shingles: TypeAlias = npt.NDArray[np.uint64]

SHINGLE = 5
THRESHOLD = 0.25
_SET_PHRASE_CASES = 50  # a shingle in more cases than this, and than 1 % of them, is a set phrase
_EXACT_SHINGLES = 500_000
_SAMPLE = np.uint64(4)
_NOT_TEXT = re.compile(r"[\W_]+")


def check_near_duplicates(book: Casebook) -> list[Problem]:
    """Return a warning for each case too much like an earlier one, naming both and the share."""
    texts = [prose(item.case) for item in book.cases]
    problems = []
    for one, other, share in near_duplicates(texts):
        earlier, later = book.cases[one], book.cases[other]
        problems.append(
            later.source.problem(
                ("facts",),
                f"{later.case.id} 与 {earlier.case.id} 的文字有 {share:.0%} 相同。",
                "请核对是不是写重了；确是两案的，请各写各的经过。",
                "near-duplicate",
                Severity.WARNING,
            )
        )
    return problems


def prose(case: Case) -> str:
    """Return the prose of a case that tells its own course of events."""
    parts = [case.facts, case.positions.consumer, case.positions.business, *case.issues]
    parts += [case.evidence, case.process, case.turning_point, case.result, case.analysis]
    return "\n".join(part for part in parts if part)


def near_duplicates(texts: Sequence[str]) -> list[tuple[int, int, float]]:
    """Return (earlier, later, Jaccard index) for each pair of texts over the threshold.

    Every pair is compared exactly in libraries of up to some 800 cases. Above that,
    candidates come from one shingle in four and are then compared exactly: a pair of
    usual length that passes the threshold shares some 60 of those, 3 are asked for.
    """
    sets = _without_set_phrases([_shingles(text) for text in texts])
    size = sum(len(one) for one in sets)
    sampled = size > _EXACT_SHINGLES
    chosen = [one[one % _SAMPLE == 0] if sampled else one for one in sets]
    found = []
    for one, other in _sharing(chosen, at_least=3 if sampled else 1):
        overlap = len(np.intersect1d(sets[one], sets[other], assume_unique=True))
        share = overlap / (len(sets[one]) + len(sets[other]) - overlap)
        if share > THRESHOLD:
            found.append((one, other, share))
    return found


def _without_set_phrases(sets: list[Shingles]) -> list[Shingles]:
    limit = max(_SET_PHRASE_CASES, len(sets) // 100)
    if len(sets) <= limit:
        return sets
    values, counts = np.unique(np.concatenate(sets), return_counts=True)
    phrases = values[counts > limit]
    return [np.setdiff1d(one, phrases, assume_unique=True) for one in sets]


def _sharing(sets: list[Shingles], at_least: int) -> list[tuple[int, int]]:
    """Return the pairs (earlier, later) that have at least so many values in common."""
    if len(sets) < 2:
        return []
    values = np.concatenate(sets)
    owners = np.repeat(np.arange(len(sets)), [len(one) for one in sets])
    order = np.argsort(values, kind="stable")
    values, owners = values[order], owners[order]
    starts = np.flatnonzero(np.diff(values, prepend=values[:1] - 1) != 0)
    counts = np.diff(np.append(starts, len(values)))
    keys = []
    for size in np.unique(counts[counts > 1]):
        groups = owners[starts[counts == size][:, None] + np.arange(size)]
        left, right = np.triu_indices(int(size), k=1)
        keys.append((groups[:, left] * len(sets) + groups[:, right]).ravel())
    if not keys:
        return []
    pairs, overlaps = np.unique(np.concatenate(keys), return_counts=True)
    return [divmod(int(pair), len(sets)) for pair in pairs[overlaps >= at_least]]


def _shingles(text: str) -> Shingles:
    """Return the sorted distinct shingles of a text, each as one number."""
    points = np.frombuffer(_NOT_TEXT.sub("", text).encode("utf-32-le", "replace"), dtype=np.uint32)
    if len(points) < SHINGLE:
        return np.array([zlib.crc32(points.tobytes())] if len(points) else [], dtype=np.uint64)
    windows = np.lib.stride_tricks.sliding_window_view(points, SHINGLE).astype(np.uint64)
    mixed = np.zeros(len(windows), dtype=np.uint64)
    for column in range(SHINGLE):  # a multiplicative hash; wrap-around is meant
        mixed = (mixed ^ windows[:, column]) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return np.unique(mixed)
