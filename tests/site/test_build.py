import datetime
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from builder.errors import CasebookError
from builder.library.problem import CasesError
from builder.model.audience import Audience
from builder.search.library_index import LibraryIndex
from builder.search.precedents import search
from builder.site.stages import BuildRequest, build
from tests.conftest import CASE, replacing

TODAY = datetime.date(2026, 11, 24)


def request(library, out, audience=Audience.INTERNAL, **options):
    return BuildRequest(library.settings, audience, Path(out), TODAY, **options)


def bytes_of(version):
    """Return path -> digest of everything in a version that has to be reproducible."""
    return {
        path.relative_to(version).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(version.rglob("*"))
        if path.is_file() and "whoosh" not in path.parts
    }


def answers(version):
    index = LibraryIndex.open(version / "index")
    queries = ("退费", "类型:预付式消费", '"要求退费"', "金额:1000.. 退卡", "游泳 -退费")
    return [[hit.id for hit in search(index, query, limit=50).hits] for query in queries]


def test_makes_a_site_and_an_index(library, tmp_path):
    library.add()
    report = build(request(library, tmp_path / "out"))
    assert report.changed
    assert report.cases == 1
    assert report.start_page.is_file()
    assert "健身卡退费争议" in (report.version / "site" / "cases" / "SL-2026-0001.html").read_text(
        "utf-8"
    )
    assert answers(report.version)[0] == ["SL-2026-0001"]


def test_an_empty_library_builds_too(library, tmp_path):
    report = build(request(library, tmp_path / "out"))
    assert report.cases == 0
    assert report.start_page.is_file()


def test_does_nothing_when_nothing_changed(library, tmp_path):
    library.add()
    first = build(request(library, tmp_path / "out"))
    second = build(request(library, tmp_path / "out"))
    assert not second.changed
    assert second.version == first.version
    assert (second.cases, second.pages) == (first.cases, first.pages)


def test_the_same_inputs_give_the_same_bytes_anywhere(library, tmp_path):
    library.add()
    here = build(request(library, tmp_path / "here")).version
    moved = type(library)(tmp_path / "elsewhere")
    shutil.copytree(library.root, moved.root)
    for path in moved.root.rglob("*"):
        os.utime(path, (0, 0))
    there = build(request(moved, tmp_path / "there")).version
    assert here.name == there.name
    assert bytes_of(here) == bytes_of(there)


def test_problems_stop_the_build_and_leave_the_last_one(library, tmp_path):
    library.add()
    good = build(request(library, tmp_path / "out")).version
    library.add("SL-2026-0002", replacing(("[tuika]", "[tuikaa]")))
    with pytest.raises(CasesError):
        build(request(library, tmp_path / "out"))
    assert (tmp_path / "out" / "current").resolve() == good.resolve()
    assert not list((tmp_path / "out").glob("staging-*"))


EDITS = (
    lambda text: text.replace("要求退费", "要求退费并道歉"),
    lambda text: text.replace("[tuika]", "[guandian-shilian]"),
    lambda text: text.replace("健身卡退费争议", "游泳卡转让争议"),
    lambda text: text.replace("closed: 2026-09-10", "closed: 2026-09-20"),
    lambda text: text.replace("audience: public", "audience: internal"),
    lambda text: text.replace("status: published", "status: reviewed"),
    lambda text: text.replace("xiaobaofa#53", "xiaobaofa#55"),
)


@pytest.mark.parametrize("seed", range(3))
def test_an_incremental_build_equals_a_clean_one(library, tmp_path, seed):
    chance = random.Random(seed)
    for serial in range(1, 6):
        library.add(f"SL-2026-{serial:04d}")
    audience = chance.choice(list(Audience))
    for step in range(4):
        serial = chance.randint(1, 8)
        path = library.root / "cases" / "2026" / f"SL-2026-{serial:04d}.yml"
        if path.exists() and chance.random() < 0.25:
            path.unlink()
        elif path.exists():
            path.write_text(chance.choice(EDITS)(path.read_text("utf-8")), "utf-8")
        else:
            library.add(f"SL-2026-{serial:04d}", chance.choice(EDITS))
        grown = build(request(library, tmp_path / "grown", audience)).version
        clean = build(request(library, tmp_path / f"clean-{step}", audience, clean=True)).version
        assert bytes_of(grown) == bytes_of(clean)
        assert answers(grown) == answers(clean)


def test_clean_makes_everything_again(library, tmp_path):
    library.add()
    first = build(request(library, tmp_path / "out")).version
    page = first / "site" / "cases" / "SL-2026-0001.html"
    page.write_text("damaged")
    assert not build(request(library, tmp_path / "out")).changed
    again = build(request(library, tmp_path / "out", clean=True))
    assert again.changed
    assert "damaged" not in (again.version / "site" / "cases" / "SL-2026-0001.html").read_text(
        "utf-8"
    )


def test_a_reader_is_not_disturbed_by_a_build(library, tmp_path):
    library.add()
    version = build(request(library, tmp_path / "out")).version
    index = LibraryIndex.open(version / "index")
    before = [hit.id for hit in search(index, '"要求退费"', limit=5).hits]
    library.add("SL-2026-0002", replacing(("要求退费", "要求退费并道歉")))
    build(request(library, tmp_path / "out"))
    assert [hit.id for hit in search(index, '"要求退费"', limit=5).hits] == before


@pytest.mark.parametrize("damaged", ["whoosh", "postings"])
def test_a_damaged_index_is_named_and_made_again(library, tmp_path, damaged):
    library.add()
    version = build(request(library, tmp_path / "out")).version
    for path in (version / "index").rglob("*"):
        if path.is_file() and damaged in path.as_posix():
            path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(CasebookError) as caught:
        answers(version)
    assert caught.value.exit_status == 3
    assert "casebook build --clean" in caught.value.remedy
    library.add("SL-2026-0002", replacing(("要求退费", "要求退费并道歉")))
    healed = build(request(library, tmp_path / "out")).version
    assert set(answers(healed)[0]) == {"SL-2026-0001", "SL-2026-0002"}


def test_a_full_disk_leaves_the_last_build(library, tmp_path, monkeypatch):
    library.add()
    good = build(request(library, tmp_path / "out")).version
    library.add("SL-2026-0002", replacing(("要求退费", "要求退费并道歉")))
    written = Path.write_text

    def full(self, *args, **options):
        if self.name.endswith(".html") and "staging" in str(self):
            raise OSError(28, "No space left on device", str(self))
        return written(self, *args, **options)

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(CasebookError, match="磁盘满了"):
        build(request(library, tmp_path / "out"))
    assert (tmp_path / "out" / "current").resolve() == good.resolve()
    assert not list((tmp_path / "out").glob("staging-*"))


def casebook(library, *arguments):
    return [sys.executable, "-m", "builder.cli", "--library", str(library.root), *arguments]


def test_killed_at_any_moment_the_old_or_the_new_build_stands(library, tmp_path):
    """kill -9 at 20 moments spread over a build: what stands is always whole."""
    out = tmp_path / "out"
    library.add()
    whole = {name_of(build(request(library, out)).version)}
    started = time.monotonic()
    subprocess.run(
        casebook(library, "build", "--out", str(out), "--clean"), check=True, capture_output=True
    )
    takes = time.monotonic() - started
    chance = random.Random(20)
    for number in range(20):
        library.add("SL-2026-0002", replacing(("要求退费", f"要求退费{number}")))
        run = subprocess.Popen(
            casebook(library, "build", "--out", str(out)), stdout=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.0, takes * 1.1))
        run.send_signal(signal.SIGKILL)
        run.wait()
        standing = (out / "current").resolve()
        clean = tmp_path / "reference"
        if name_of(standing) not in whole:
            reference = build(request(library, clean)).version
            assert bytes_of(standing) == bytes_of(reference)
            whole.add(name_of(standing))
        assert len(answers(standing)[0]) in (1, 2)
    report = build(request(library, out))
    assert report.cases == 2
    assert not list(out.glob("staging-*"))


def name_of(version):
    return version.name.partition("-")[0]


def interrupted(library, out):
    """Interrupt a build once it has begun to write; it may be done by then all the same."""
    run = subprocess.Popen(
        casebook(library, "build", "--out", str(out)), stderr=subprocess.PIPE, text=True
    )
    while not list(out.glob("staging-*")) and run.poll() is None:
        time.sleep(0.005)
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=60)
    assert "Traceback" not in said
    return run.returncode, said, (out / "current").exists()


def test_ctrl_c_ends_with_a_sentence(library, tmp_path):
    for serial in range(1, 100):
        library.add(f"SL-2026-{serial:04d}", replacing(("要求退费", f"要求退费{serial}")))
    tries = (interrupted(library, tmp_path / f"out-{number}") for number in range(10))
    status, said, finished = next(one for one in tries if not one[2])
    assert status == 3
    assert "已中断" in said
    assert not finished


HOSTILE = "<script>alert(1)</script> **粗** {{ 7*7 }} {% raw %} </title> &amp; \" ' [x](y) `z` ${1}"


def test_markup_in_any_field_shows_as_typed(library, tmp_path):
    library.write(
        "cases/2026/SL-2026-0001.yml",
        CASE.format(id="SL-2026-0001", year="2026")
        .replace("title: 健身卡退费争议", f"title: '{HOSTILE.replace(chr(39), chr(39) * 2)}'")
        .replace("要求退费。", HOSTILE)
        .replace("先把账算清再谈", f"|-\n      {HOSTILE}"),
    )
    site = build(request(library, tmp_path / "out")).version / "site"
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        assert "<script>alert(1)" not in text
        assert "49 " not in text
    import html

    assert html.escape("<script>alert(1)</script> **粗** {{ 7*7 }} {% raw %}") in (
        site / "cases" / "SL-2026-0001.html"
    ).read_text("utf-8")
