"""An import is whole or can be run again: two at once, and the machine off in the middle."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from builder.exchange import accept, storage
from builder.exchange.keys import public_of
from tests.conftest import Library, make_library, replacing, run
from tests.exchange.bundles import (
    OURS,
    Bundle,
    everything,
    good_bundle,
    receiving,
    trust_in,
)

IDS = [f"SL-2026-{number:04d}" for number in (1, 2, 3)]
WITHDRAWN = ("status: published", "status: withdrawn\nwithdrawal: {date: 2026-11-20, notice: 核实}")


def versions(library: Library) -> list[Bundle]:
    """Three bundles: two cases; both changed and one more; one of them changed again, one gone."""
    made = []
    library.add(IDS[0])
    library.add(IDS[1])
    made.append(good_bundle(library, serial=1))
    for case_id in IDS:
        library.add(case_id, replacing(("先分开谈", "先各自说一遍")))
    made.append(good_bundle(library, serial=2))
    library.add(IDS[0], replacing(("先分开谈", "先去看现场")))
    library.add(IDS[1], replacing(WITHDRAWN))
    made.append(good_bundle(library, serial=3))
    return made


@pytest.fixture(scope="module")
def sent(tmp_path_factory) -> list[Path]:
    folder = tmp_path_factory.mktemp("sent")
    paths = []
    for bundle in versions(make_library(folder / "sender")):
        paths.append(folder / f"{bundle.manifest['serial']}.zip")
        paths[-1].write_bytes(bundle.zipped())
    return paths


@pytest.fixture(scope="module")
def with_first(tmp_path_factory, sent) -> Library:
    """A library that took the first bundle; to be copied."""
    library = receiving(tmp_path_factory.mktemp("receiver") / "library")
    # a term of theirs that is not ours, so that a mapping file is written too
    claims = library.root / "cases" / "vocabulary" / "claims.yml"
    claims.write_text(claims.read_text("utf-8").replace("id: tuikuan\n", "id: yao-tui\n"), "utf-8")
    library.write("keys/trusted.toml", storage.trust_text(trust_in()))
    assert run(library, "bundle", "import", sent[0])[0] == 0
    return library


@pytest.fixture
def receiver(tmp_path, with_first) -> Library:
    shutil.copytree(with_first.root, tmp_path / "library")
    return Library(tmp_path / "library")


def partner(library: Library, case_id: str) -> Path:
    return library.root / "cases" / "partners" / "SL" / f"{case_id}.yml"


def partners(library: Library) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in partner(library, "x").parent.iterdir()}


# two at once


def before_the_lock(monkeypatch, happening) -> None:
    """Let something happen after the command verified the bundle and before it has the lock."""
    lock = storage.exchanging

    def late(settings):
        monkeypatch.setattr(storage, "exchanging", lock)
        happening()
        return lock(settings)

    monkeypatch.setattr(storage, "exchanging", late)


@pytest.mark.parametrize(
    ("meanwhile", "says"),
    [
        (lambda sent: ("import", sent[1]), "第 2 号已经收过。"),
        (lambda sent: ("import", sent[2]), "是第 2 号，已经收过第 3 号"),
        (lambda sent: ("revoke", public_of(OURS).id), "作废"),
    ],
    ids=["the same bundle", "a newer bundle", "the key revoked"],
)
def test_what_happens_before_the_lock_counts(monkeypatch, receiver, sent, meanwhile, says):
    left = {}

    def happening():
        assert run(receiver, "bundle", *meanwhile(sent))[0] == 0
        left.update(everything(receiver))

    before_the_lock(monkeypatch, happening)
    status, said = run(receiver, "bundle", "import", sent[1])
    assert (status, says in said) == (1, True), said
    assert everything(receiver) == left


def test_one_import_at_a_time(receiver, sent):
    before = everything(receiver)
    with FileLock(receiver.root / "keys" / ".lock"):
        status, said = run(receiver, "bundle", "import", sent[1])
    assert (status, "另一个打包或导入正在进行" in said) == (3, True), said
    assert everything(receiver) == before


def test_two_processes_at_once(receiver, sent, tmp_path):
    shutil.copytree(receiver.root, tmp_path / "alone")
    alone = Library(tmp_path / "alone")
    assert run(alone, "bundle", "import", sent[1])[0] == 0
    command = [
        sys.executable,
        "-m",
        "builder.cli",
        "--library",
        str(receiver.root),
        "bundle",
        "import",
    ]
    both = [
        subprocess.Popen([*command, sent[1]], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for _ in range(2)
    ]
    words = [one.communicate(timeout=120)[0].decode() for one in both]
    assert sorted(one.returncode for one in both)[0] == 0
    assert sorted(one.returncode for one in both)[1] in (1, 3), words
    assert "Traceback" not in "".join(words)
    assert everything(receiver) == everything(alone)


def test_a_file_saved_while_importing_is_left_alone(monkeypatch, receiver, sent):
    plan = accept.plan_import

    def late(*arguments):
        made = plan(*arguments)
        partner(receiver, IDS[1]).write_text("刚存的\n", "utf-8")
        return made

    monkeypatch.setattr(accept, "plan_import", late)
    before = partners(receiver)
    status, said = run(receiver, "bundle", "import", sent[1])
    assert (status, "导入时有人改了这个文件" in said) == (3, True), said
    assert partners(receiver) == {**before, f"{IDS[1]}.yml": "刚存的\n".encode()}
    monkeypatch.undo()
    status, said = run(receiver, "bundle", "import", sent[1])
    assert (status, f"本地改过，没有动  {IDS[1]}" in said) == (1, True), said
    assert partner(receiver, IDS[1]).read_text("utf-8") == "刚存的\n"


# stopped in the middle


def stopped(library: Library, at: int, *words: object) -> bool:
    """Run a command that is killed when it would put its `at`-th file on disk or in place.

    Returns whether it was killed: it came to an end otherwise. What was being written is
    left half written.
    """
    child = os.fork()
    if child == 0:
        calls = [0]

        def deadly(real, spoil):
            def call(*arguments):
                calls[0] += 1
                if calls[0] == at:
                    spoil(*arguments)
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*arguments)

            return call

        os.fsync = deadly(os.fsync, lambda file: os.ftruncate(file, os.fstat(file).st_size // 2))
        os.replace = deadly(os.replace, lambda *_: None)
        try:
            run(library, *words)
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def at_points(step: int, tmp_path: Path, library: Library, *words: object):
    """Give copies of a library in which a command was killed, one for every `step`-th point."""
    for at in range(1, 99, step):
        copy = Library(tmp_path / f"stopped-{at}")
        shutil.copytree(library.root, copy.root)
        if not stopped(copy, at, *words):
            assert at > 9
            return
        yield copy


pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a fork of this process")


def test_killed_anywhere_files_are_whole_and_the_next_run_completes(receiver, sent, tmp_path):
    done = Library(tmp_path / "done")
    shutil.copytree(receiver.root, done.root)
    before = partners(receiver)
    assert run(done, "bundle", "import", sent[1])[0] == 0
    after = partners(done)
    resumed = 0
    for copy in at_points(1, tmp_path, receiver, "bundle", "import", sent[1]):
        for name, content in partners(copy).items():
            if name.endswith(".yml"):
                assert content in (before.get(name), after.get(name))
        book = copy.load()
        assert book.problems == []
        assert {item.case.id for item in book.cases} >= set(IDS[:2])
        status, said = run(copy, "bundle", "import", sent[1])
        if "已经收过" in said:  # killed after the last file was in place
            assert status == 1
        else:
            assert status == 0, said
        resumed += "上一次导入中途断了" in said
        assert everything(copy) == everything(done)
        assert not list(copy.root.rglob("*.tmp"))
    assert resumed >= 6


def test_killed_and_followed_by_a_newer_bundle(receiver, sent, tmp_path):
    for copy in at_points(3, tmp_path, receiver, "bundle", "import", sent[1]):
        status, said = run(copy, "bundle", "import", sent[2])
        assert status == 0, said
        assert "本地" not in said
        assert "先去看现场" in partner(copy, IDS[0]).read_text("utf-8")
        assert "status: withdrawn" in partner(copy, IDS[1]).read_text("utf-8")
        assert "先各自说一遍" in partner(copy, IDS[2]).read_text("utf-8")
        assert not list(copy.root.rglob("*.tmp"))


def test_killed_while_an_edit_is_written_over(receiver, sent, tmp_path):
    edited = partner(receiver, IDS[0]).read_bytes() + "# 本所的批注\n".encode()
    partner(receiver, IDS[0]).write_bytes(edited)
    words = ("bundle", "import", sent[1], "--take", IDS[0])
    for copy in at_points(3, tmp_path, receiver, *words):
        here, aside = partner(copy, IDS[0]), partner(copy, IDS[0]).with_suffix(".yml.bak")
        assert edited in [path.read_bytes() for path in (here, aside) if path.exists()]
        # what was not replaced yet is still an edit
        status, said = run(copy, "bundle", "import", sent[1], "--dry-run")
        if here.read_bytes() == edited:
            assert (status, "本地改过，没有动" in said) == (1, True), said
        run(copy, *words)
        assert "先各自说一遍" in here.read_text("utf-8")
        assert aside.read_bytes() == edited
        assert not aside.with_name(f"{aside.name}2").exists()
