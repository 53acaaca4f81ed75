"""Runs `casebook` commands, each in a process of its own, forked after the slow imports.

What a command costs before it begins is the same each time; here it is paid once. That
commands start on their own is held by `test_partner_guide.py` and `tests/test_readme.py`.
Run as a program it reads one JSON line a command and answers with its exit status.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tests.conftest import ROOT

SECONDS = 300  # a command that takes longer hangs
_TRACEBACK = 70


@dataclass(frozen=True)
class Said:
    """What a command said, and its exit status."""

    status: int
    out: str
    err: str


@dataclass(frozen=True)
class Commands:
    """Runs commands through one server."""

    server: subprocess.Popen[str]
    folder: Path

    def run(self, arguments: Sequence[str], typed: str = "") -> Said:
        files = {name: self.folder / name for name in ("in", "out", "err")}
        files["in"].write_text(typed, "utf-8")
        job = {"arguments": arguments, "files": {name: str(path) for name, path in files.items()}}
        assert self.server.stdin is not None
        assert self.server.stdout is not None
        self.server.stdin.write(json.dumps(job) + "\n")
        self.server.stdin.flush()
        status = int(self.server.stdout.readline())
        out, err = (files[name].read_text("utf-8") for name in ("out", "err"))
        return Said(status, out, err)


@contextlib.contextmanager
def command_server() -> Iterator[Commands]:
    """Give a server that ends with the block."""
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(
            [sys.executable, "-m", "tests.exchange.command_server"],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        ) as server,
    ):  # fmt: skip
        yield Commands(server, Path(folder))
        assert server.stdin is not None
        server.stdin.close()


def _serve(jobs: IO[str]) -> None:
    _import_what_is_slow()
    for line in jobs:
        job = json.loads(line)
        child = os.fork()
        if child == 0:
            _run(job)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _import_what_is_slow() -> None:
    import builder.checks.near_duplicates
    import builder.cli.bundle
    import builder.cli.cases
    import builder.cli.init
    import builder.cli.site
    import builder.exchange.accept
    import builder.exchange.pack
    import builder.exchange.storage
    import builder.exchange.verify
    import builder.site.stages  # noqa: F401
    from builder.detectors.words import part_of_speech

    part_of_speech("调解")


def _run(job: dict[str, Any]) -> None:
    """Be the command: never returns."""
    status = _TRACEBACK
    try:
        signal.alarm(SECONDS)
        for number, (name, mode) in enumerate((("in", "r"), ("out", "w"), ("err", "w"))):
            with Path(job["files"][name]).open(mode) as file:
                os.dup2(file.fileno(), number)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.argv = ["casebook", *job["arguments"]]
        from builder.cli.main import main

        main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    _serve(sys.stdin)
