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
# Files of an index folder that hold text for snippets and exact scoring, counted apart.
_TEXT_BLOCKS = ("display.bin",)


@dataclass
class Measured:
    """What was measured at one size.

    Attributes:
        steps: name -> what it took, in the order of running.
        stages: name -> seconds, of the build from nothing; the finer parts that it told too.
        checks: name -> microseconds a case.
        sizes: part of the index -> bytes, and gzipped bytes.
        text: bytes of the case files.
    """

    cases: int
    steps: dict[str, Taken] = field(default_factory=dict)
    stages: Mapping[str, float] = field(default_factory=dict)
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
    found.text = sum(path.stat().st_size for path in library.glob("cases/[0-9]*/*.yml"))
    rounds = 3 if count <= _SMALL else 1

    _tell("检查")
    parse, check = _step("parse", library), _casebook(library, "check", "--no-duplicates")
    steps["PyYAML C 解析器"], steps["casebook check（不含查重）"] = alternately(
        rounds, parse, check
    )
    steps["casebook check"] = run(_casebook(library, "check"))
    told = run(_step("check", library)).told()
    found.checks = {name: 1e6 * took / count for name, took in told["seconds"].items()}

    _tell("从头生成")
    build = _step("build", library, audience)
    steps["从头生成"] = cold = run(build)
    told = cold.told()
    found.stages = {**told["seconds"], **{f"  {n}": s for n, s in told["told"].items()}}
    found.sizes = _index_sizes(Path(told["version"]) / "index")
    _tell("没有改动再生成；改一个案例再生成；查一次")
    steps["没有改动再生成"] = alternately(3, build)[0]
    _edit(library)
    steps["改一个案例再生成"] = run(build)
    imports = ("-c", "import whoosh, click")
    steps["导入 whoosh 与 click"], steps[f"casebook search {_QUERY}"] = alternately(
        7, imports, _casebook(library, "search", _QUERY)
    )
    if stock:
        _tell("原装 mkdocs build")
        told = run(_step("stock", library, work / f"stock-{count}")).told()
        steps["原装 mkdocs build"] = run(
            ("-m", "mkdocs", "build", "--quiet", "-f", told["configuration"])
        )
    return found


def report(found: Measured) -> str:
    """Return what was measured at one size, as plain tables."""
    seconds = table(
        ("步骤", "墙钟 s", "CPU s", "内存 MB"),
        (
            (name, f"{taken.wall:.2f}", f"{taken.cpu:.2f}", f"{taken.peak / MB:.0f}")
            for name, taken in found.steps.items()
        ),
    )
    stages = table(("生成的各步", "s"), ((n, f"{s:.2f}") for n, s in found.stages.items()))
    checks = table(("读取与检查", "µs/案例"), ((n, f"{s:.0f}") for n, s in found.checks.items()))
    sizes = table(
        ("索引", "MB", "压缩后 MB", "÷ 案例文字"),
        (
            (name, f"{raw / MB:.2f}", f"{packed / MB:.2f}", f"{raw / found.text:.2f}")
            for name, (raw, packed) in found.sizes.items()
        ),
    )
    rows = [row for row in _verdicts(found) if row]
    ratios = table(("比值", "测得", "预算", "目标", "结论"), rows)
    head = f"== {found.cases} 个案例，案例文字 {found.text / MB:.1f} MB =="
    return "\n\n".join([head, seconds, stages, checks, sizes, ratios])


def _verdicts(found: Measured) -> list[Sequence[str]]:
    steps, cases = found.steps, found.cases
    cold = steps["从头生成"].wall
    whoosh = sum(took for name, took in found.stages.items() if "whoosh" in name.casefold())
    stock = steps["原装 mkdocs build"].wall if "原装 mkdocs build" in steps else None
    static = [size for name, size in found.sizes.items() if name == "静态部分"]
    ratios: list[tuple[budgets.Budget, float | None]] = [
        (
            budgets.CHECK,
            steps["casebook check（不含查重）"].wall / steps["PyYAML C 解析器"].wall,
        ),
        (budgets.COLD, (cold - whoosh) / stock if stock and whoosh else None),
        (budgets.COLD_WHOOSH, cold / stock if stock else None),
        (budgets.EDITED, 100 * steps["改一个案例再生成"].wall / cold),
        (budgets.UNCHANGED, 100 * steps["没有改动再生成"].wall / cold),
        (budgets.MEMORY, steps["从头生成"].peak / MB),
        (
            budgets.SEARCH,
            steps[f"casebook search {_QUERY}"].wall / steps["导入 whoosh 与 click"].wall,
        ),
        (budgets.INDEX, static[0][0] / found.text if static else None),
        (budgets.SMALL_INDEX, static[0][1] / MB if static else None),
    ]
    return [budgets.verdict(budget, value, cases) for budget, value in ratios]


def _index_sizes(index: Path) -> dict[str, tuple[int, int]]:
    """Return bytes and gzipped bytes of an index folder's parts; gzip works file by file."""
    sizes = {"静态部分": (0, 0), "文字块": (0, 0), "Whoosh": (0, 0)}
    for path in sorted(index.rglob("*")):
        if not path.is_file():
            continue
        part = "静态部分"
        if "whoosh" in path.relative_to(index).parts:
            part = "Whoosh"
        elif path.name in _TEXT_BLOCKS:
            part = "文字块"
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
