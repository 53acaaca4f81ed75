"""A workshop of the tests: its library, worked on through the command line only."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import Library
from tests.exchange.command_server import Commands


@dataclass
class Workshop:
    """A library that is worked on through the command line only."""

    library: Library
    commands: Commands

    @property
    def root(self) -> Path:
        return self.library.root

    def run(self, *arguments, status=0, typed=None):
        words = ["--library", str(self.root), *map(str, arguments)]
        done = self.commands.run(words, typed or "")
        said = done.out + done.err
        assert "Traceback" not in said, said
        assert done.status == status, said
        return said

    def import_(self, path, *options, status=0):
        return json.loads(
            self.run("bundle", "import", path, "--format", "json", *options, status=status).split(
                "\n出错"
            )[0]
        )

    def cases(self):
        return {item.case.id: item.case for item in self.library.load().cases}

    def files(self):
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file() and path.name != ".lock"
        }

    def partner(self, case_id):
        return self.root / "cases" / "partners" / "SL" / f"{case_id}.yml"


def fingerprint(said):
    return re.search(r"指纹：([\d ]+)", said)[1]
