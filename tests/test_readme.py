import re
import shlex
import shutil
import subprocess
import sys
from importlib.metadata import distributions

import pytest
from packaging.specifiers import SpecifierSet

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
LINES = [line for block in BLOCKS for line in block.strip().splitlines()]
CASEBOOK = [line for line in LINES if line.startswith(".venv/bin/casebook ")]


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the project as a user has it, built once."""
    folder = tmp_path_factory.mktemp("readme") / "mediation-casebook"
    names = ("cases", "docs", "casebook.toml", "mkdocs.yml", "README.md")
    folder.mkdir()
    for name in names:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    run(folder, ["build"])
    return folder


def run(folder, arguments):
    return subprocess.run(
        [sys.executable, "-m", "builder.cli", *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_the_two_commands_are_there():
    assert "sh scripts/build" in LINES
    assert "sh scripts/test" in LINES
    assert "scripts/test" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_the_build_command_works(tmp_path):
    """In an environment that is already made it has only the main job to do."""
    done = subprocess.run(
        ["sh", "scripts/build", "--out", str(tmp_path / "out")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "current" / "site" / "index.html").is_file()
    assert "打开看" in done.stdout
    assert "casebook search" in done.stderr


@pytest.mark.parametrize("line", CASEBOOK)
def test_every_command_in_the_text_works(copy, line):
    done = run(copy, shlex.split(line)[1:])
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_pictures_and_pages_that_it_names_exist():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_every_command_and_option_is_described():
    from builder.cli.main import COMMANDS

    for name in COMMANDS:
        assert f"`casebook {name}`" in README
        done = run(ROOT, [name, "--help"])
        assert done.returncode == 0
        assert re.search(r"用法：", done.stdout)
        assert "Show this" not in done.stdout


def test_every_pinned_package_installs_with_the_python_of_debian_12():
    needs = {one.name: one.metadata.get("Requires-Python") or "" for one in distributions()}
    assert len(needs) > 40
    assert [name for name, told in needs.items() if "3.11.2" not in SpecifierSet(told)] == []
