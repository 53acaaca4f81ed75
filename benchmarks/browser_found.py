"""Measure one search under all conditions, and what its answers are worth."""

import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.browser_drive import CONDITIONS, FULL, SLOW_CPU, Cold, Condition, Drive, Warm
from benchmarks.browser_peers import Subject
from benchmarks.browser_prepare import Prepared
from benchmarks.browser_queries import KINDS, Query, overlap, same_type

OPENED = "打开到能输入"
_PLACES = 10


@dataclass(frozen=True, slots=True)
class Effort:
    """How much to measure.

    Attributes:
        visits: first visits of each kind under each condition, at least one.
        seconds: after so many, a row of visits or queries ends early.
    """

    visits: int
    seconds: float


@dataclass
class Found:
    """What was measured of one search at one size.

    Attributes:
        cold: (kind of query or `OPENED`, condition) -> visits.
        first, again: (kind, condition) -> queries in an open page, asked once and once more.
        unslowed: whether it works in a worker whose processor could not be slowed.
    """

    subject: Subject
    cold: dict[tuple[str, Condition], list[Cold]] = field(default_factory=dict)
    first: dict[tuple[str, Condition], list[Warm]] = field(default_factory=dict)
    again: dict[tuple[str, Condition], list[Warm]] = field(default_factory=dict)
    unslowed: bool = False


@dataclass(frozen=True, slots=True)
class Quality:
    """What answers are worth, as shares of 1.

    Attributes:
        overlap: of the exact ranking's first ten, how many are among the first ten.
        same_type: of the first ten places, how many hold a case of the same type;
            `exact_same_type` is what the exact ranking gets for the same queries.
        source: of the queries, how many found the case they were made from.
        empty: of the queries, how many found nothing.
    """

    overlap: float
    same_type: float
    exact_same_type: float
    source: float
    empty: float
    queries: int


def measure(drive: Drive, prepared: Prepared, effort: Effort) -> Found:
    """Return what visits and queries took, under every condition."""
    found = Found(drive.subject)
    queries = [query for query, _ in prepared.queries]
    drive.visit(None, FULL)  # the server's and the system's caches are warm for all that follow
    for condition in CONDITIONS:
        opened = drive.visit(None, condition)
        found.cold[OPENED, condition] = [opened] if opened else []
        for kind in KINDS:
            some = [query for query in queries if query.kind == kind]
            visits = list(_visits(drive, some[: effort.visits], condition, effort.seconds))
            found.cold[kind, condition] = visits
    for condition in (FULL, SLOW_CPU):
        for kind in KINDS:
            some = [query for query in queries if query.kind == kind]
            first, again = drive.ask(some, condition, effort.seconds)
            found.first[kind, condition] = first
            found.again[kind, condition] = again
    found.unslowed = drive.unslowed
    return found


def _visits(
    drive: Drive, queries: Sequence[Query], condition: Condition, seconds: float
) -> Iterator[Cold]:
    end = time.monotonic() + seconds
    for query in queries:
        visit = drive.visit(query, condition)
        if visit is None:
            return  # too slow once is too slow every time
        yield visit
        if time.monotonic() > end:
            return


def judge(answers: Sequence[tuple[Query, Sequence[str]]], prepared: Prepared) -> Quality | None:
    """Return what answers are worth; nothing where there are none."""
    if not answers:
        return None
    exact = dict(prepared.queries)
    return Quality(
        overlap=_mean([overlap(ids, exact[query]) for query, ids in answers]),
        same_type=_mean([same_type(query, ids, prepared.types) for query, ids in answers]),
        exact_same_type=_mean(
            [same_type(query, exact[query], prepared.types) for query, _ in answers]
        ),
        source=_mean([query.source in ids[:_PLACES] for query, ids in answers]),
        empty=_mean([not ids for _, ids in answers]),
        queries=len(answers),
    )


def answers_of(found: Found, kind: str) -> list[tuple[Query, Sequence[str]]]:
    return [(warm.query, warm.ids) for warm in found.first[kind, FULL]]


def figures(found: Found) -> Mapping[str, float]:
    """Return name -> figure by which searches and sizes are compared; missing ones left out."""
    files, raw, packed = found.subject.index
    named = {"索引文件数": float(files), "索引 MB": raw / 1e6, "索引压缩后 MB": packed / 1e6}
    opened = found.cold[OPENED, FULL][:1]
    for kind in (OPENED, *KINDS):
        visits = found.cold[kind, FULL]
        if visits:
            size = median([one.bytes for one in visits])
            requests = median([one.requests for one in visits])
            named[f"{kind}：kB"] = size / 1e3
            named[f"{kind}：请求"] = requests
            for before in opened if kind != OPENED else ():
                sizes = [later(one, before) for one in visits]
                named[f"{kind}：kB，打开之后"] = median([sum(one) for one in sizes]) / 1e3
                named[f"{kind}：请求，打开之后"] = median([len(one) for one in sizes])
            named[f"{kind}：内存 MB"] = median([one.resident for one in visits]) / 1e6
        for condition in CONDITIONS:
            if found.cold[kind, condition]:
                times = [one.ms for one in found.cold[kind, condition]]
                named[f"{kind}：首次 ms，{condition.name}"] = median(times)
    for (kind, condition), warm in found.again.items():
        if warm:
            named[f"{kind}：再问 ms，{condition.name}"] = median([one.ms for one in warm])
    return named


def later(visit: Cold, opened: Cold) -> Sequence[int]:
    """Return bytes of the files a visit took that opening the page alone had not brought."""
    return [size for path, size in visit.files.items() if path not in opened.files]


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """Return the value that 95 of 100 do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
