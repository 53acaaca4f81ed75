"""What was measured in the browser, as plain tables: figures, ratios, growth, budgets."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from benchmarks.browser_drive import CONDITIONS, FULL, SLOW_CPU, Cold, Warm
from benchmarks.browser_found import (
    OPENED,
    Found,
    Quality,
    answers_of,
    figures,
    judge,
    later,
    median,
    p95,
)
from benchmarks.browser_prepare import Prepared
from benchmarks.browser_queries import COMPLAINT, KINDS, SHORT
from benchmarks.budgets import Budget, verdict
from benchmarks.table import table

_MB, _KB = 1e6, 1e3
_NONE = "—"
_AT = 12_000  # the size that most budgets are set for
_OPENED = Budget("能输入之前", 300, 60, "kB")
_BYTES = {
    SHORT: Budget("短查询，到首个结果", 60, 40, "kB"),
    COMPLAINT: Budget("整段诉求，到首个结果", 350, 150, "kB"),
}
_REQUESTS = {
    SHORT: Budget("短查询，到首个结果", 20, 20, "次请求"),
    COMPLAINT: Budget("整段诉求，到首个结果", 60, 34, "次请求"),
}
_WARM = {
    SHORT: Budget("短查询再问 p95，CPU 慢 4 倍", 20, 16, "ms"),
    COMPLAINT: Budget("整段诉求再问 p95，CPU 慢 4 倍", 50, 16, "ms"),
}
_MISSED = Budget("整段诉求，与精确排序不同@10", 20, 5, "%")
_SHARE = Budget("索引 ÷ 案例文字（正文块除外）", 0.9, 0.9)
_SMALL, _SMALL_INDEX = 1_000, Budget("1,000 个案例的索引，压缩后", 1.5, 0.8, "MB")


def report(prepared: Prepared, measured: Sequence[Found], ours: str) -> str:
    """Return all tables of one size.

    Args:
        ours: name of the search that the others are divided by.
    """
    parts = [
        f"== {prepared.cases} 个案例，案例文字 {prepared.text / _MB:.2f} MB ==",
        _indexes(prepared, measured),
        _visits(measured),
        _parts(measured),
        _open_pages(measured),
        _answers(prepared, measured),
    ]
    own = next((found for found in measured if found.subject.name == ours), None)
    others = [found for found in measured if found is not own]
    if own and others:
        parts.append(_ratios(own, others))
    if own:
        head = ("预算", "值", "", "预算", "目标", "结论")
        parts.append(table(head, _verdicts(prepared, own)))
        if prepared.cases != _AT:
            parts[-1] += f"\n（预算是为 {_AT} 个案例定的。）"
    unslowed = [found.subject.name for found in measured if found.unslowed]
    if unslowed:
        names = "、".join(unslowed)
        parts.append(
            f"（{names} 在后台线程里搜，浏览器不能把它的 CPU 放慢：它慢 4 倍的数偏乐观。）"
        )
    return "\n\n".join(parts)


def growth(by_size: Mapping[int, Sequence[Found]]) -> str:
    """Return how every figure grows from each size to the next, for each search."""
    parts = []
    names = dict.fromkeys(found.subject.name for each in by_size.values() for found in each)
    for name in names:
        at = {
            cases: figures(found)
            for cases, each in sorted(by_size.items())
            for found in each
            if found.subject.name == name
        }
        if len(at) < 2:
            continue
        sizes = list(at)
        rows = [
            (figure, *(_number(at[size].get(figure)) for size in sizes), *_steps(at, figure))
            for figure in dict.fromkeys(figure for each in at.values() for figure in each)
        ]
        steps = [f"×{after / before:.3g}" for before, after in pairwise(sizes)]
        parts.append(table((f"{name}，案例数", *map(str, sizes), *steps), rows))
    return "\n\n".join(parts)


def _steps(at: Mapping[int, Mapping[str, float]], figure: str) -> Iterator[str]:
    values = [each.get(figure) for each in at.values()]
    for before, after in pairwise(values):
        yield f"× {after / before:.2f}" if before and after else _NONE


def _indexes(prepared: Prepared, measured: Sequence[Found]) -> str:
    rows = []
    for found in measured:
        subject = found.subject
        took = [_NONE, _NONE]
        if subject.build:
            took = [f"{subject.build.wall:.1f}", f"{subject.build.peak / _MB:.0f}"]
        rows.append((subject.name, *_index_sizes(subject.index, prepared), *took))
        for part, sizes in subject.parts.items():
            rows.append((f"  {part}", *_index_sizes(sizes, prepared), "", ""))
    head = ("索引", "文件", "MB", "压缩后 MB", "÷ 案例文字", "生成 s", "生成内存 MB")
    built = "（本案例库的索引不含正文块 texts；它和原装搜索的生成是整个网站，别家的只是索引。）"
    return f"{table(head, rows)}\n{built}"


def _index_sizes(sizes: tuple[int, int, int], prepared: Prepared) -> tuple[str, ...]:
    files, raw, packed = sizes
    shares = (f"{raw / _MB:.2f}", f"{packed / _MB:.2f}", f"{raw / prepared.text:.2f}")
    return (str(files), *shares)


def _visits(measured: Sequence[Found]) -> str:
    rows = []
    for found in measured:
        for kind in (OPENED, *KINDS):
            visits = found.cold[kind, FULL]
            counts = [len(found.cold[kind, condition]) for condition in CONDITIONS]
            rows.append(
                (
                    f"{found.subject.name}，{kind}",
                    *_sizes(visits),
                    *(_times(found.cold[kind, condition]) for condition in CONDITIONS),
                    *_memory(visits),
                    "/".join(map(str, counts)),
                )
            )
    times = [f"{condition.name} ms" for condition in CONDITIONS]
    head = ("第一次打开", "搜索 kB", "请求", "页面其余 kB", *times, "JS 堆 MB", "内存 MB", "n")
    return table(head, rows)


def _parts(measured: Sequence[Found]) -> str:
    """Return what a first visit fetches of each part of a search: the mean over the visits."""
    rows = []
    for found in measured:
        visits = {kind: found.cold[kind, FULL] for kind in (OPENED, *KINDS)}
        names = dict.fromkeys(
            part for each in visits.values() for one in each for part in one.parts
        )
        for name in names:
            cells = (_part(each, name) for each in visits.values())
            rows.append((f"{found.subject.name}，{name}", *cells))
    return table(("取了什么，kB/请求", OPENED, *KINDS), rows)


def _part(visits: Sequence[Cold], name: str) -> str:
    if not visits:
        return _NONE
    sizes, requests = zip(*(one.parts.get(name, (0, 0)) for one in visits), strict=True)
    return f"{sum(sizes) / len(visits) / _KB:.1f}/{sum(requests) / len(visits):.1f}"


def _sizes(visits: Sequence[Cold]) -> tuple[str, ...]:
    if not visits:
        return (_NONE, _NONE, _NONE)
    return (
        f"{median([one.bytes for one in visits]) / _KB:.0f}",
        f"{median([one.requests for one in visits]):.0f}",
        f"{median([one.page_bytes for one in visits]) / _KB:.0f}",
    )


def _memory(visits: Sequence[Cold]) -> tuple[str, ...]:
    if not visits:
        return (_NONE, _NONE)
    return (
        f"{median([one.heap + one.workers for one in visits]) / _MB:.1f}",
        f"{median([one.resident for one in visits]) / _MB:.0f}",
    )


def _times(answers: Sequence[Cold] | Sequence[Warm]) -> str:
    """Return median/p95 in milliseconds, the median alone where there are few."""
    times = [one.ms for one in answers]
    if not times:
        return _NONE
    middle = median(times)
    shown = f"{middle:.0f}" if middle >= 10 else f"{middle:.1f}"
    return shown if len(times) < 5 else f"{shown}/{p95(times):.0f}"


def _open_pages(measured: Sequence[Found]) -> str:
    rows = [
        (
            f"{found.subject.name}，{kind}",
            _times(found.first[kind, FULL]),
            _times(found.again[kind, FULL]),
            _times(found.first[kind, SLOW_CPU]),
            _times(found.again[kind, SLOW_CPU]),
            f"{len(found.again[kind, FULL])}/{len(found.again[kind, SLOW_CPU])}",
        )
        for found in measured
        for kind in KINDS
    ]
    head = ("开着的页面，ms", "新问", "再问", "新问，CPU 慢 4 倍", "再问，CPU 慢 4 倍", "n")
    return table(head, rows)


def _answers(prepared: Prepared, measured: Sequence[Found]) -> str:
    rows = []
    for kind in KINDS:
        for found in measured:
            quality = judge(answers_of(found, kind), prepared)
            rows.append((f"{found.subject.name}，{kind}", *_shares(quality)))
    head = (
        "答得怎样",
        "与精确排序重合@10",
        "同类型@10",
        "精确排序的同类型@10",
        "找到原案例@10",
        "没有结果",
        "n",
    )
    return table(head, rows)


def _shares(quality: Quality | None) -> tuple[str, ...]:
    if quality is None:
        return (_NONE,) * 6
    shares = (
        quality.overlap,
        quality.same_type,
        quality.exact_same_type,
        quality.source,
        quality.empty,
    )
    return (*(f"{share:.2f}" for share in shares), str(quality.queries))


def _ratios(own: Found, others: Sequence[Found]) -> str:
    base = figures(own)
    compared = [(found.subject.name, figures(found)) for found in others]
    rows = [
        (
            figure,
            _number(value),
            *(
                f"× {each[figure] / value:.2f}" if value and figure in each else _NONE
                for _, each in compared
            ),
        )
        for figure, value in base.items()
    ]
    head = (f"÷ {own.subject.name}", own.subject.name, *(name for name, _ in compared))
    return table(head, rows)


def _number(value: float | None) -> str:
    if value is None:
        return _NONE
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def _verdicts(prepared: Prepared, own: Found) -> Iterator[Sequence[str]]:
    """Yield a row for each budget that was measured."""
    opened = own.cold[OPENED, FULL][:1]
    for before in opened:
        yield verdict(_OPENED, [before.bytes / _KB])
        for kind in KINDS:
            if visits := own.cold[kind, FULL]:
                sizes = [later(one, before) for one in visits]
                yield verdict(_BYTES[kind], [p95([sum(one) for one in sizes]) / _KB])
                yield verdict(_REQUESTS[kind], [p95([len(one) for one in sizes])])
    for kind, budget in _WARM.items():
        if warm := own.again[kind, SLOW_CPU]:
            yield verdict(budget, [p95([one.ms for one in warm])])
    if quality := judge(answers_of(own, COMPLAINT), prepared):
        yield verdict(_MISSED, [100 * (1 - quality.overlap)])
    yield verdict(_SHARE, [own.subject.index[1] / prepared.text])
    if prepared.cases == _SMALL:
        yield verdict(_SMALL_INDEX, [own.subject.index[2] / _MB])
