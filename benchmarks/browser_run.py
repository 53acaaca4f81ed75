"""Measure searches in a browser: `python -m benchmarks.browser_run --cases 1000 3000 --peers`.

At every size, ours and what people would pick instead answer the same queries in the same
headless Chromium, one after the other. `--bare` measures ours without pages, for sizes that
no site has. Bytes and requests are exact; of the times only the ratios say anything.
"""

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.browser_drive import driving
from benchmarks.browser_found import Effort, Found, measure
from benchmarks.browser_ours import OURS, bare, site
from benchmarks.browser_peers import (
    MINISEARCH,
    PAGEFIND,
    STOCK,
    Subject,
    minisearch,
    pagefind,
    stock,
    versions,
)
from benchmarks.browser_prepare import Prepared, read_prepared
from benchmarks.browser_report import growth, report
from benchmarks.measure import run
from benchmarks.synthetic import PROJECT
from builder.errors import CasebookError

_TIMEOUT = 300  # seconds that a first answer may take


def main() -> None:
    """Measure at every size asked for and print the tables."""
    chosen = _arguments()
    load = "、".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"{os.cpu_count()} 核，开始时负载 {load}")
    print("毫秒只对这台机器、这一次有意义；要看的是比值。“a/b”是中位数/p95。")
    by_size: dict[int, Sequence[Found]] = {}
    try:
        if chosen.peers:
            print(f"同时测：{versions()}")
        for count in sorted({*chosen.cases, *chosen.bare}):
            prepared, subjects = _subjects(count, chosen)
            by_size[count] = [
                _measured(name, make, prepared, chosen) for name, make in subjects.items()
            ]
            print("\n" + report(prepared, by_size[count], OURS), flush=True)
        print("\n" + growth(by_size))
    except CasebookError as error:
        sys.exit(f"{error.where}：{error.what}{error.remedy}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="在浏览器里测量搜索。")
    parser.add_argument("--cases", type=int, nargs="*", default=[], help="案例数，可写几个")
    parser.add_argument("--bare", type=int, nargs="*", default=[], help="只有索引、没有页面")
    parser.add_argument("--peers", action="store_true", help="同时测别家的搜索（--bare 除外）")
    parser.add_argument("--only", nargs="*", default=[], help="只测这几个，按表里的名字")
    parser.add_argument("--queries", type=int, default=50, help="每种查询多少个")
    parser.add_argument("--visits", type=int, default=20, help="一种情形最多打开几回")
    parser.add_argument("--seconds", type=float, default=30, help="一种情形最多测多少秒")
    parser.add_argument(
        "--work", type=Path, default=PROJECT / "build" / "benchmarks-browser", help="放在哪里"
    )
    chosen = parser.parse_args()
    chosen.work = chosen.work.resolve()
    if not chosen.cases and not chosen.bare:
        parser.error("请用 --cases 或 --bare 写明案例数。")
    return chosen


def _subjects(
    count: int, chosen: argparse.Namespace
) -> tuple[Prepared, dict[str, Callable[[], Subject]]]:
    """Return the library of a size and, by name, what makes the searches over it.

    A library that is there is used again; all that is made of it is made anew.
    """
    work: Path = chosen.work
    library, prepared = work / f"library-{count}", work / f"prepared-{count}"
    if not library.exists():
        _tell(f"{count} 个案例：写出案例库")
        run(("-m", "benchmarks.steps", "generate", library, str(count)))
    has_pages = count in chosen.cases
    peers = chosen.peers and has_pages
    _tell(f"{count} 个案例：查询与精确排序")
    shutil.rmtree(prepared, ignore_errors=True)
    index = prepared / "index"
    more: list[str | Path] = ["--records"] if peers else []
    more += [] if has_pages else ["--index", index]
    # one more than asked for: the last of a kind warms a page up
    queries = str(chosen.queries + 1)
    run(("-m", "benchmarks.browser_prepare", library, prepared, queries, *more))
    subjects: dict[str, Callable[[], Subject]] = {}
    if has_pages:
        subjects[OURS] = lambda: site(library)
    else:
        subjects[OURS] = lambda: bare(index, work / f"ours-{count}")
    if peers:
        subjects[STOCK] = lambda: stock(library, work / f"stock-{count}")
        subjects[PAGEFIND] = lambda: pagefind(prepared, work / f"pagefind-{count}")
        subjects[MINISEARCH] = lambda: minisearch(prepared, work / f"minisearch-{count}")
    wanted = {name: make for name, make in subjects.items() if name in (chosen.only or subjects)}
    return read_prepared(prepared), wanted


def _measured(
    name: str, make: Callable[[], Subject], prepared: Prepared, chosen: argparse.Namespace
) -> Found:
    _tell(f"{name}：生成")
    subject = make()
    _tell(f"{name}：在浏览器里测")
    with driving(subject, _TIMEOUT) as drive:
        return measure(drive, prepared, Effort(chosen.visits, chosen.seconds))


def _tell(text: str) -> None:
    print(f"… {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
