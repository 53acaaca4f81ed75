"""The guide for a partner workshop, done as it says: every command, in order, by a shell.

Each line goes to `sh` as it stands, in the folder and with the PATH that the line before
left. The other workshop answers in between, through its own command line. The environment
is that of the tests; `sh scripts/try_partner_guide` has the guide make one of its own.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, make_library, replacing
from tests.exchange.command_server import command_server
from tests.exchange.workshop import Workshop, fingerprint

GUIDE = (ROOT / "docs" / "guides" / "partners.md").read_text("utf-8")
# heading, then its fenced blocks as (language, text)
PARTS = {
    part.partition("\n")[0]: re.findall(r"^```(\w+)\n(.*?)^```$", part, re.DOTALL | re.MULTILINE)
    for part in re.split(r"^## ", GUIDE, flags=re.MULTILINE)[1:]
}
PROGRAM = ("scripts", "cases/vocabulary", "casebook.toml", "mkdocs.yml", "docs/index.md")
INSTALLED = ("requirements.txt", "pyproject.toml")
FRESH = os.environ.get("CASEBOOK_FRESH_ENVIRONMENT") == "1"


class Shell:
    """One terminal of the partner: it keeps its folder and PATH from line to line."""

    def __init__(self, home: Path) -> None:
        self.home, self.folder, self.path = home, home, "/usr/local/bin:/usr/bin:/bin"

    def run(self, line: str, status: int = 0, typed: str = "") -> str:
        state = self.home / ".state"
        script = f'{line}\nstatus=$?\nprintf "%s\\n%s" "$PWD" "$PATH" >"$STATE"\nexit $status'
        done = subprocess.run(
            ["sh", "-c", script],
            cwd=self.folder, input=typed, capture_output=True, text=True, timeout=900, check=False,
            env={"HOME": str(self.home), "PATH": self.path, "STATE": str(state), "LANG": "C.UTF-8"},
        )  # fmt: skip
        said = done.stdout + done.stderr
        assert "Traceback" not in said, said
        assert done.returncode == status, f"{line}\n{said}"
        folder, self.path = state.read_text("utf-8").split("\n")
        self.folder = Path(folder)
        return said


class Walk:
    """The guide, block by block: a test may neither skip a command nor add one."""

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.left = {heading: list(blocks) for heading, blocks in PARTS.items()}

    def block(self, number: str, language: str) -> str:
        """Take the next block of a section, which is named by its Chinese number."""
        heading = next(name for name in self.left if name.startswith(f"{number}、"))
        found, text = self.left[heading].pop(0)
        assert found == language
        return text

    def go(self, number: str, *, status: int = 0, typed: str = "") -> str:
        """Run the next block of commands; what is typed goes to its first line."""
        said = []
        for line in self.block(number, "sh").splitlines():
            said.append(self.shell.run(line, status, typed))
            typed = ""
        return "\n".join(said)


def unpack_program(place: Path) -> None:
    """Put the program there as a partner gets it; it is small, for its cases stay at home."""
    place.mkdir()
    for name in (*PROGRAM, *INSTALLED):
        target = place / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, target)
    shutil.copytree(ROOT / "docs" / "guides", place / "docs" / "guides")
    shutil.copytree(ROOT / "docs" / "assets", place / "docs" / "assets")
    year = place / "cases" / "2026"
    year.mkdir()
    shutil.copy(ROOT / "cases" / "2026" / "SL-2026-0024.yml", year)
    if FRESH:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "builder", place / "builder", ignore=ignored)
        shutil.copy(ROOT / "README.md", place)
    else:
        (place / ".venv").symlink_to(sys.prefix)


@pytest.fixture(scope="module")
def commands():
    with command_server() as served:
        yield served


def test_the_guide_works_from_nothing_to_a_lost_key(tmp_path, commands):
    other = Workshop(make_library(tmp_path / "xian"), commands)
    vocabulary = other.root / "cases" / "vocabulary" / "claims.yml"
    vocabulary.write_text(
        vocabulary.read_text("utf-8")
        + "  - {id: tui-ban, label: 退一半, definition: 退一半的钱}\n",
        "utf-8",
    )
    for number in (1, 2, 3):
        other.library.add(
            f"SL-2026-{number:04d}",
            replacing(("三天内退还", f"第{number}次算账以后退还"), ("claims: [tuikuan]", "claims: [tui-ban]")),
        )  # fmt: skip
    unpack_program(tmp_path / "mediation-casebook")
    walk = Walk(Shell(tmp_path))
    home = tmp_path / "shanghai"

    def edit(case_id, old, new):
        path = other.root / "cases" / "2026" / f"{case_id}.yml"
        path.write_text(replacing((old, new))(path.read_text("utf-8")), "utf-8")

    def send(name):
        other.run("bundle", "create", "--out", home / name)

    assert "打开看" in walk.go("一")
    assert "0 处错误" in walk.go("二")
    assert walk.shell.folder == home
    ours = fingerprint(walk.go("三"))

    # keys change hands, each fingerprint is read out
    theirs = fingerprint(other.run("bundle", "keygen"))
    shutil.copy(other.root / "keys" / "SL.pub", home)
    listed = walk.go("四", typed=theirs + "\n")
    assert ours in listed
    assert theirs in listed
    other.run(
        "bundle", "trust", home / "keys" / "SH.pub", "--workshop", "SH", "--name", "上海示例工作室",
        typed=ours + "\n",
    )  # fmt: skip

    assert "上海示例工作室（SH）第 1 号案例包：1 个案例" in walk.go("五")
    assert "新收 1 个" in other.run("bundle", "import", home / "SH-0001.zip")

    send("SL-0001.zip")
    said = walk.go("六")
    assert "验过了" in said
    assert "这次没有写" in said
    assert "未归类：claims 的“退一半”（tui-ban）" in said
    page = home / "build" / "internal" / "current" / "site" / "cases" / "SL-2026-0001.html"
    assert "西安示例工作室" in page.read_text("utf-8")

    # the mapping that the guide shows is what the file asks for
    mapping = home / "keys" / "SL.map.toml"
    answered = walk.block("七", "toml")
    section, line = answered.splitlines()
    asked = line.partition("=")[0]
    text = mapping.read_text("utf-8")
    assert section in text
    mapping.write_text(re.sub(rf'{asked}= "".*', line, text), "utf-8")
    assert line in mapping.read_text("utf-8")
    assert "更新 3 个" in walk.go("七")

    # edited on both sides, one here only, one withdrawn
    for number in (1, 2):
        edit(f"SL-2026-000{number}", "先分开谈", "先各自说一遍")
        path = home / "cases" / "partners" / "SL" / f"SL-2026-000{number}.yml"
        path.write_text(path.read_text("utf-8").replace("先分开谈", "本所学过：先分开谈"), "utf-8")
    kept = path.read_bytes()
    edit(
        "SL-2026-0003", "status: published",
        "status: withdrawn\nwithdrawal: {date: 2026-11-20, notice: 重新核实}",
    )  # fmt: skip
    send("SL-0002.zip")
    said = walk.go("八", status=1)
    assert said.count("本地改过，没有动  SL-2026-") == 2
    assert "对方撤下  SL-2026-0003" in said
    walk.go("八")
    partners = home / "cases" / "partners" / "SL"
    assert "各自说一遍" in (partners / "SL-2026-0001.yml").read_text("utf-8")
    assert "本所学过" in (partners / "SL-2026-0001.yml.bak").read_text("utf-8")
    assert (partners / "SL-2026-0002.yml").read_bytes() == kept

    # ours is changed, then withdrawn as the guide shows
    own = home / "cases" / "2026" / "SH-2026-0001.yml"
    assert "SH-0002.zip" in walk.go("九")
    shown = walk.block("九", "yaml")
    own.write_text(own.read_text("utf-8").replace("status: published\n", shown), "utf-8")
    walk.go("九")
    assert "对方撤下  SH-2026-0001" in other.run("bundle", "import", home / "SH-0003.zip")

    # both change their keys
    walk.go("十")
    other.run("bundle", "trust", "--rotation", home / "keys" / "SH.rotation.json")
    other.run("bundle", "keygen", "--rotate")
    shutil.copy(other.root / "keys" / "SL.rotation.json", home)
    walk.go("十")
    send("SL-0003.zip")
    walk.shell.run("casebook bundle import SL-0003.zip")

    # they lose theirs, and begin again
    (other.root / "keys" / "SL.key").unlink()
    theirs = fingerprint(other.run("bundle", "keygen"))
    shutil.copy(other.root / "keys" / "SL.pub", home / "SL.new.pub")
    revoke, trust = walk.block("十一", "sh").splitlines()
    assert "已作废" in walk.shell.run(revoke)
    walk.shell.run(trust, typed=theirs + "\n")
    edit("SL-2026-0001", "各自说一遍", "说两遍")
    send("SL-0004.zip")
    assert "更新 1 个" in walk.shell.run("casebook bundle import SL-0004.zip")

    assert not any(walk.left.values()), "a block of the guide was not run"


def test_every_command_in_its_sentences_exists():
    from builder.cli.bundle import bundle
    from builder.cli.main import COMMANDS

    named = set(re.findall(r"`casebook ([a-z]+)(?: ([a-z]+))?", GUIDE))
    assert ("bundle", "trust") in named
    for command, below in named:
        assert command in COMMANDS
        assert command != "bundle" or below in bundle.commands
