"""The steps that are measured, each run in a process of its own: `python -m benchmarks.steps`.

A step prints one line of JSON with what only it can know, in seconds.
"""

import datetime
import json
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from builder.errors import CasebookError, WrongUseError


def generate(folder: str, count: str) -> Mapping[str, Any]:
    """Write a synthetic library."""
    from benchmarks.synthetic import write_library

    write_library(Path(folder), int(count))
    return {}


def parse(library: str) -> Mapping[str, Any]:
    """Parse every YAML file of a library with PyYAML's C loader, and nothing else."""
    import yaml

    count = 0
    for path in Path(library, "cases").rglob("*.yml"):
        yaml.load(path.read_bytes(), yaml.CSafeLoader)
        count += 1
    return {"files": count}


def check(library: str) -> Mapping[str, Any]:
    """Read and check a library; seconds of each part, and bytes of the cases' text."""
    from benchmarks.stock import page_text
    from benchmarks.synthetic import TODAY
    from builder.checks.law_in_force import check_law
    from builder.checks.near_duplicates import check_near_duplicates
    from builder.checks.plausibility import check_plausibility
    from builder.checks.privacy import check_privacy
    from builder.checks.references import check_references
    from builder.library.casebook import load_casebook
    from builder.settings import load_settings

    settings = load_settings(Path(library))
    start = time.perf_counter()
    book = load_casebook(settings)
    seconds = {"load_casebook": time.perf_counter() - start}
    checks: dict[str, Callable[[], object]] = {
        "check_references": lambda: check_references(book),
        "check_law": lambda: check_law(book),
        "check_plausibility": lambda: check_plausibility(book, TODAY),
        "check_privacy": lambda: check_privacy(book),
        "check_near_duplicates": lambda: check_near_duplicates(book),
    }
    for name, one in checks.items():
        start = time.perf_counter()
        one()
        seconds[name] = time.perf_counter() - start
    text = sum(len(page_text(item.case).encode()) for item in book.cases)
    return {"cases": len(book.cases), "text": text, "seconds": seconds}


def build(library: str, audience: str) -> Mapping[str, Any]:
    """Build the site as `casebook build` does; seconds of each stage and of what it told."""
    from benchmarks.synthetic import TODAY
    from builder.model.audience import Audience
    from builder.settings import load_settings
    from builder.site.stages import BuildRequest
    from builder.site.stages import build as build_site

    settings = load_settings(Path(library))
    told = _Told()
    today = max(TODAY, datetime.date.today())
    out = settings.build / audience
    report = build_site(BuildRequest(settings, Audience(audience), out, today), told)
    return {
        "version": str(report.version),
        "changed": report.changed,
        "pages": report.pages,
        "seconds": report.seconds,
        "told": told.ended(),
    }


def stock(library: str, folder: str) -> Mapping[str, Any]:
    """Write the same cases as a stock MkDocs project."""
    from benchmarks.stock import write_stock_site

    return {"configuration": str(write_stock_site(Path(library), Path(folder)))}


class _Told:
    """Times the stages by what a build tells of its progress, finer than its report."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._stage = ""
        self._since = 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage != self._stage:
            self.ended()
            self._stage = stage

    def ended(self) -> Mapping[str, float]:
        now = time.perf_counter()
        if self._stage:
            self.seconds[self._stage] = self.seconds.get(self._stage, 0.0) + now - self._since
        self._since = now
        return self.seconds


STEPS: Mapping[str, Callable[..., Mapping[str, Any]]] = {
    "generate": generate,
    "parse": parse,
    "check": check,
    "build": build,
    "stock": stock,
}


def main() -> None:
    """Run the step that the arguments name and print what it returns."""
    name, *arguments = sys.argv[1:] or [""]
    if name not in STEPS:
        raise WrongUseError(
            "benchmarks.steps", f"没有这一步：{name}。", f"有：{'、'.join(STEPS)}。"
        )
    print(json.dumps(STEPS[name](*arguments)))


if __name__ == "__main__":
    try:
        main()
    except CasebookError as error:
        for problem in getattr(error, "problems", ())[:20]:
            print(f"{problem.path}:{problem.line} {problem.what}", file=sys.stderr)
        sys.exit(f"{error.where}：{error.what}{error.remedy}")
