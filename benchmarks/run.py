"""Measure a library's whole road: `python -m benchmarks.run --cases 1000 3000 12000 [--stock]`.

Every step runs in a process of its own, one after the other, and what is compared runs in
the same run. Absolute seconds belong to the machine; only the ratios say anything.
"""

import argparse
import gzip
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import budgets
from benchmarks.measure import Taken, alternately, run
from benchmarks.synthetic import PROJECT
from benchmarks.table import table
from builder.errors import CasebookError

MB = 1_000_000
_SMALL = 3_000  # up to so many cases a step is quick enough to be run several times
_QUERY = "退卡"
# What the files of an index folder are; all that stand nowhere here are for ranking.
_WHOOSH, _TEXT_BLOCKS, _RANKING = "Whoosh", "文字块（摘要用）", "排序与筛选"
_PARTS = {"whoosh": _WHOOSH, "display.bin": _TEXT_BLOCKS}
# Names of steps, as the tables show them.
_PARSE, _CHECK, _CHECK_ALL = "PyYAML C 解析器", "casebook check（不含查重）", "casebook check"
_COLD, _SAME, _EDITED = "从头生成", "没有改动再生成", "改一个案例再生成"
_IMPORTS, _SEARCH = "导入 whoosh 与 click", f"casebook search {_QUERY}"
_STOCK = "原装 mkdocs build"


@dataclass
class Measured:
    """What was measured at one size.

    Attributes:
        steps: name -> what it took, in the order of running.
        stages: name -> seconds in the build from nothing and after an edit.
        parts: the same, finer, by what the builds told of their progress.
        checks: name -> microseconds a case.
        sizes: part of the index -> bytes, and gzipped bytes.
        text: bytes of the cases as plain pages.
    """

    cases: int
    steps: dict[str, Taken] = field(default_factory=dict)
    stages: dict[str, list[float]] = field(default_factory=dict)
    parts: dict[str, list[float]] = field(default_factory=dict)
    checks: Mapping[str, float] = field(default_factory=dict)
    sizes: dict[str, tuple[int, int]] = field(default_factory=dict)
    text: int = 0


def measure(count: int, work: Path, audience: str, stock: bool) -> Measured:
    """Write a library of `count` cases below `work` and measure it."""
    library = work / f"library-{count}"
    shutil.rmtree(library, ignore_errors=True)
    found = Measured(count)
    steps = found.steps
    _tell(f"{count} 个案例：写出案例库")
    steps["写出案例库"] = run(_step("generate", library, count))
    rounds = 3 if count <= _SMALL else 1

    _tell("检查")
    parse, check = _step("parse", library), _casebook(library, "check", "--no-duplicates")
    steps[_PARSE], steps[_CHECK] = alternately(rounds, parse, check)
    steps[_CHECK_ALL] = run(_casebook(library, "check"))
    told = run(_step("check", library)).told()
    found.checks = {name: 1e6 * took / count for name, took in told["seconds"].items()}
    found.text = told["text"]

    _tell("从头生成")
    build = _step("build", library, audience)
    steps[_COLD] = run(build)
    found.sizes = _index_sizes(Path(steps[_COLD].told()["version"]) / "index")
    _tell("没有改动再生成；改一个案例再生成；查一次")
    steps[_SAME] = alternately(3, build)[0]
    _edit(library)
    steps[_EDITED] = run(build)
    builds = [steps[_COLD].told(), steps[_EDITED].told()]
    found.stages = _side_by_side([told["seconds"] for told in builds])
    found.parts = _side_by_side([told["told"] for told in builds])
    imports = ("-c", "import whoosh, click")
    steps[_IMPORTS], steps[_SEARCH] = alternately(7, imports, _casebook(library, "search", _QUERY))
    if stock:
        _tell(_STOCK)
        told = run(_step("stock", library, work / f"stock-{count}")).told()
        steps[_STOCK] = run(("-m", "mkdocs", "build", "--quiet", "-f", told["configuration"]))
    return found


def report(found: Measured) -> str:
    """Return what was measured at one size, as plain tables."""
    seconds = table(
        ("步骤", "墙钟 s", "CPU s", "内存 MB"),
        (
            (name, f"{taken.wall:.2f}", f"{taken.cpu:.2f}", _megabytes(taken.peak))
            for name, taken in found.steps.items()
        ),
    )
    stages, parts = (
        table(
            (head, "从头 s", "改一个 s"),
            ((name, *(f"{took:.2f}" for took in seconds)) for name, seconds in taken.items()),
        )
        for head, taken in (("生成的各步", found.stages), ("细分", found.parts))
    )
    checks = table(("读取与检查", "µs/案例"), ((n, f"{s:.0f}") for n, s in found.checks.items()))
    sizes = table(
        ("索引", "MB", "压缩后 MB", "÷ 案例文字"),
        (
            (name, f"{raw / MB:.2f}", f"{packed / MB:.2f}", f"{raw / found.text:.2f}")
            for name, (raw, packed) in found.sizes.items()
        ),
    )
    ratios = table(("比值", "墙钟", "CPU", "预算", "目标", "结论"), _verdicts(found))
    head = f"== {found.cases} 个案例，案例文字 {found.text / MB:.2f} MB =="
    return "\n\n".join([head, seconds, stages, parts, checks, sizes, ratios])


def _verdicts(found: Measured) -> list[Sequence[str]]:
    """Return a row for each budget, by wall clock and by CPU, which others disturb less."""
    steps = found.steps
    cold, edited, same = (steps[name] for name in (_COLD, _EDITED, _SAME))
    ratios = [
        (budgets.CHECK, _ratio(steps[_CHECK], steps[_PARSE])),
        (budgets.EDITED, _ratio(edited, cold, 100)),
        (budgets.UNCHANGED, _ratio(same, cold, 100)),
        (budgets.MEMORY, [cold.peak / MB]),
        (budgets.SEARCH, _ratio(steps[_SEARCH], steps[_IMPORTS])),
    ]
    if _STOCK in steps:
        whole = _ratio(cold, steps[_STOCK])
        whoosh = sum(took[0] for name, took in found.parts.items() if "whoosh" in name.casefold())
        static = [value * (1 - whoosh / cold.wall) for value in whole]
        ratios[1:1] = [(budgets.COLD, static), (budgets.COLD_WHOOSH, whole)]
    return [budgets.verdict(budget, values) for budget, values in ratios]


def _ratio(one: Taken, other: Taken, times: int = 1) -> list[float]:
    return [times * one.wall / other.wall, times * one.cpu / other.cpu]


def _side_by_side(runs: Sequence[Mapping[str, float]]) -> dict[str, list[float]]:
    """Return name -> seconds in each run, 0 where a run has no such stage."""
    names = dict.fromkeys(name for one in runs for name in one)
    return {name: [one.get(name, 0.0) for one in runs] for name in names}


def _megabytes(size: int) -> str:
    """Return bytes as MB; a process too short to be looked at has none."""
    return f"{size / MB:.0f}" if size else "—"


def _index_sizes(index: Path) -> dict[str, tuple[int, int]]:
    """Return bytes and gzipped bytes of an index folder's parts; gzip works file by file."""
    sizes = {_RANKING: (0, 0), _TEXT_BLOCKS: (0, 0), _WHOOSH: (0, 0)}
    for path in sorted(index.rglob("*")):
        if not path.is_file():
            continue
        part = _PARTS.get(path.relative_to(index).parts[0], _RANKING)
        content = path.read_bytes()
        raw, packed = sizes[part]
        sizes[part] = (raw + len(content), packed + len(gzip.compress(content, 9)))
    return sizes


def _edit(library: Path) -> None:
    """Add a sentence to the first case."""
    path = min(library.glob("cases/[0-9]*/*.yml"))
    text = path.read_text("utf-8")
    mark = "facts: |-\n  "
    path.write_text(text.replace(mark, f"{mark}补记一句。", 1), "utf-8", newline="\n")


def _step(name: str, *arguments: object) -> tuple[str, ...]:
    return ("-m", "benchmarks.steps", name, *map(str, arguments))


def _casebook(library: Path, *arguments: str) -> tuple[str, ...]:
    return ("-m", "builder.cli", "--library", str(library), *arguments)


def _tell(text: str) -> None:
    print(f"… {text}", file=sys.stderr, flush=True)


def main() -> None:
    """Measure at every size asked for and print the tables."""
    parser = argparse.ArgumentParser(description="测量案例库：检查、索引、生成、查询。")
    parser.add_argument("--cases", type=int, nargs="+", default=[1000], help="案例数，可写几个")
    parser.add_argument("--stock", action="store_true", help="同时测原装 mkdocs build")
    parser.add_argument("--audience", default="internal", help="生成哪个版本")
    parser.add_argument(
        "--work", type=Path, default=PROJECT / "build" / "benchmarks", help="放在哪个文件夹"
    )
    chosen = parser.parse_args()
    load = "、".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"Python {sys.version.split()[0]}，{os.cpu_count()} 核，开始时负载 {load}")
    print("秒数只对这台机器、这一次有意义；要看的是比值。\n")
    try:
        for count in chosen.cases:
            found = measure(count, chosen.work.resolve(), chosen.audience, chosen.stock)
            print(report(found), end="\n\n", flush=True)
    except CasebookError as error:
        sys.exit(f"{error.where}：{error.what}{error.remedy}")


if __name__ == "__main__":
    main()
