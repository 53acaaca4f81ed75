"""Run one step in a fresh process and say what it took."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]

from benchmarks.synthetic import PROJECT
from builder.errors import SurroundingsError

_EVERY = 0.02  # seconds between two looks at the memory


@dataclass(frozen=True)
class Taken:
    """What one step took.

    Attributes:
        wall, cpu: seconds, from start to end of the process; cpu with its children's.
        peak: bytes of memory, children included.
        printed: what it wrote to standard output.
    """

    wall: float
    cpu: float
    peak: int
    printed: str

    def told(self) -> Any:
        """Return the JSON in the last line it printed."""
        return json.loads(self.printed.rstrip().rpartition("\n")[2])


def run(arguments: Sequence[str | Path], folder: Path = PROJECT) -> Taken:
    """Run `python ARGUMENTS` in a process of its own.

    Raises:
        SurroundingsError: it did not end well.
    """
    command = [sys.executable, *map(str, arguments)]
    paths = os.pathsep.join(filter(None, (str(PROJECT), os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, "PYTHONPATH": paths, "NO_MKDOCS_2_WARNING": "1"}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err, cwd=folder, env=environment)
        watch = _MemoryWatch(process.pid)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.join()
        out.seek(0)
        err.seek(0)
        if process.returncode:
            said = (out.read() + err.read()).decode("utf-8", "replace").strip()[-2000:]
            raise SurroundingsError(
                " ".join(command)[:300], f"退出码 {process.returncode}：{said}", "请先单独运行它。"
            )
        return Taken(wall, usage.ru_utime + usage.ru_stime, watch.peak, out.read().decode())


def alternately(times: int, *steps: Sequence[str | Path]) -> list[Taken]:
    """Run the steps in turn, `times` rounds, and return each one's run of median wall time.

    So what else the machine does falls on all of them alike.
    """
    rounds = [[run(step) for step in steps] for _ in range(times)]
    return [_median(runs) for runs in zip(*rounds, strict=True)]


def _median(runs: Sequence[Taken]) -> Taken:
    middle = statistics.median_low(taken.wall for taken in runs)
    return next(taken for taken in runs if taken.wall == middle)


class _MemoryWatch(threading.Thread):
    """Looks again and again at what a process and its children hold.

    The system's own figure, ru_maxrss, will not do: it starts from what the parent held.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.peak = 0

    def run(self) -> None:
        try:
            process = psutil.Process(self.pid)
            while process.status() != psutil.STATUS_ZOMBIE:
                held = process.memory_info().rss
                for child in process.children(recursive=True):
                    try:
                        held += child.memory_info().rss
                    except psutil.Error:  # it ended meanwhile
                        continue
                self.peak = max(self.peak, held)
                time.sleep(_EVERY)
        except psutil.Error:  # it ended
            return
