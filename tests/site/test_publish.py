"""What goes out: a folder, a zip, one file; whole or not at all, and never over what is not ours."""

import datetime
import json
import re
import resource
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.errors import WrongUseError
from builder.model.audience import Audience
from builder.site.earlier import MARK
from builder.site.offline import WORKER
from builder.site.publish import PublishRequest, TooBigError, publish
from builder.site.publish_folder import publish_folder, take_down
from builder.site.windows_names import UnpackableNameError, check_names, plain_name
from tests.conftest import ROOT, make_library, replacing

TODAY = datetime.date(2026, 11, 24)
NAMES = {"folder": "公开 案例库", "zip": "案例库.zip", "one file": "案例库.html"}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A library with a case for each audience."""
    library = make_library(tmp_path_factory.mktemp("small") / "library")
    for serial, audience in enumerate(Audience, 1):
        library.add(
            f"SL-2026-{serial:04d}", replacing(("audience: public", f"audience: {audience}"))
        )
    return library


def put(library, target, audience=Audience.PUBLIC):
    return publish(PublishRequest(library.settings, audience, target, TODAY))


def content_of(target):
    """Return name -> bytes of what was written."""
    if target.is_file():
        return {target.name: target.read_bytes()}
    return {
        path.relative_to(target).as_posix(): path.read_bytes()
        for path in target.rglob("*")
        if path.is_file()
    }


def site_of(library, audience=Audience.PUBLIC):
    return content_of(library.settings.build / audience / "current" / "site")


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_the_same_cases_give_the_same_bytes(small, tmp_path, name):
    first, second = tmp_path / "one" / name, tmp_path / "two" / name
    for target in (first, second):
        target.parent.mkdir()
        report = put(small, target)
        assert report.cases == 1
    assert content_of(first) == content_of(second)
    assert [path.name for path in first.parent.iterdir()] == [name]  # no scraps


def test_a_folder_is_the_site_and_a_mark(small, tmp_path):
    target = tmp_path / "新 的" / "案例库"
    put(small, target)
    found = content_of(target)
    mark = json.loads(found.pop(MARK))
    assert found == site_of(small)
    assert mark == {"audience": "public", "files": sorted(found)}
    assert not any("whoosh" in name.lower() or name.endswith(".seg") for name in found)


def test_publishing_again_drops_what_is_gone(small, tmp_path):
    target = tmp_path / "库"
    put(small, target)
    site = tmp_path / "site"
    shutil.copytree(small.settings.build / "public" / "current" / "site", site)
    gone = next(site.glob("cases/SL-*.html"))
    gone.unlink()
    publish_folder(site, target, Audience.PUBLIC)
    assert (target / "index.html").is_file()
    assert not (target / "cases" / gone.name).exists()


def test_a_folder_with_files_of_others_is_left_alone(small, tmp_path):
    target = tmp_path / "库"
    put(small, target)
    (target / "Thumbs.db").write_bytes(b"x")  # Windows puts it there
    put(small, target)
    (target / "cases" / "我的笔记.txt").write_text("勿删", "utf-8")
    before = content_of(target)
    with pytest.raises(WrongUseError, match=r"我的笔记\.txt"):
        put(small, target)
    assert content_of(target) == before
    empty = tmp_path / "空"
    empty.mkdir()
    put(small, empty)
    assert (empty / "index.html").is_file()


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_one_audience_never_takes_the_place_of_another(small, tmp_path, name):
    target = tmp_path / name
    put(small, target)
    before = content_of(target)
    for audience in (Audience.PARTNER, Audience.INTERNAL):
        with pytest.raises(WrongUseError, match="公开版本"):
            put(small, target, audience)
    assert content_of(target) == before


@pytest.mark.parametrize("name", ["案例库.zip", "案例库.html"])
def test_a_file_of_others_is_left_alone(small, tmp_path, name):
    target = tmp_path / name
    for content in (b"", b"\0" * 3000, b"<!doctype html><title>x</title>", b"PK\5\6" + b"\0" * 18):
        target.write_bytes(content)
        with pytest.raises(WrongUseError, match="不是本程序发布的"):
            put(small, target)
        assert target.read_bytes() == content
    with pytest.raises(WrongUseError, match="没有这个文件夹"):
        put(small, tmp_path / "没有" / name)


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_write_that_fails_leaves_the_former_whole(small, tmp_path, name):
    """The system itself refuses to write on, as on a full disk, in the midst of it."""
    target = tmp_path / name
    put(small, target)
    before = content_of(target)
    arguments = ["--library", str(small.root), "publish", "--audience", "public", "--to", target]
    done = subprocess.run(
        [sys.executable, "-m", "builder.cli", *map(str, arguments)],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000)),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert content_of(target) == before
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_interruption_between_two_renames_is_mended(small, tmp_path):
    target = tmp_path / "库"
    put(small, target)
    target.rename(tmp_path / ".库.before")  # as it stands when the power went off there
    (tmp_path / ".库.part").mkdir()
    put(small, target)
    assert [path.name for path in tmp_path.iterdir()] == ["库"]


# -- Zip --


def test_a_zip_unpacks_into_one_folder_with_a_start_file(small, tmp_path):
    target = tmp_path / "案例库.zip"
    put(small, target)
    with zipfile.ZipFile(target) as archive:
        entries = archive.infolist()
        archive.extractall(tmp_path)
    top = tmp_path / "调解案例库（公开）"
    assert {entry.filename.split("/")[0] for entry in entries} == {top.name}
    assert content_of(top / "site") == site_of(small)
    assert {path.name for path in top.iterdir()} == {"site", "打开案例库.html", "说明.txt"}
    read_me = (top / "说明.txt").read_bytes()
    assert read_me.startswith(b"\xef\xbb\xbf")
    assert read_me.count(b"\n") == read_me.count(b"\r\n") > 5
    for entry in entries:
        assert bool(entry.flag_bits & 0x800) is not entry.filename.isascii()
        assert entry.date_time == (2026, 9, 1, 0, 0, 0)  # the newest month of the library
        assert entry.external_attr >> 16 == 0o100644
    check_names(entry.filename for entry in entries)


@pytest.mark.parametrize(
    "name",
    ["a/b:c.html", "a/con.html", "COM1", "a/b ", "a./b", "a\\b", "x\x01", " a", "长" * 201, "a?"],
)
def test_names_that_windows_cannot_unpack_are_refused(name):
    with pytest.raises(UnpackableNameError):
        check_names([name])
    check_names(["site/案例（公开）.html", "site/a.min.js", "site/.nojekyll"])


def test_names_that_windows_takes_for_one_are_refused():
    with pytest.raises(UnpackableNameError, match="大小写"):
        check_names(["site/A.html", "site/a.html"])


@given(st.text(max_size=80))
def test_any_title_gives_a_name_that_can_be_unpacked(title):
    check_names([f"{plain_name(title)}/site/index.html"])


# -- One file --


def test_the_sample_library_is_small_enough_for_a_messenger(tmp_path):
    """The larger of the two that go out; the public one is about three quarters of it."""
    target = tmp_path / "案例库.html"
    library = make_library(tmp_path / "library")
    shutil.rmtree(library.root / "cases")
    shutil.copytree(ROOT / "cases", library.root / "cases")
    report = put(library, target, Audience.PARTNER)
    assert report.cases >= 131
    assert report.size <= 3_000_000


def test_the_one_file_asks_for_nothing(small, tmp_path):
    target = tmp_path / "案例库.html"
    put(small, target)
    page = target.read_text("utf-8")
    assert re.findall(r'(?:src|action|srcset|poster)="', page) == []
    assert set(re.findall(r'<link [^>]*href="([^"]+)"', page)) == {"data:,"}
    assert re.findall(r'href="(?!#|data:,|mailto:)[^"]*"', page) == []
    assert "@import" not in page
    assert re.search(r"url\((?!\s*#)", re.search(r"<style>(.*?)</style>", page, re.S)[1]) is None
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    # every address leads somewhere: to a part of the file, or to the search
    for address in set(re.findall(r'href="#([^"]+)"', page)):
        assert address in ids or "=" in address, address


@pytest.mark.parametrize(("limit", "said"), [("MOST_CASES", "个案例"), ("MOST_BYTES", "MB")])
def test_a_library_too_big_for_one_file_is_told_to_go_as_zip(
    small, tmp_path, monkeypatch, limit, said
):
    monkeypatch.setattr(f"builder.site.one_file.{limit}", 0)
    target = tmp_path / "案例库.html"
    with pytest.raises(TooBigError, match=said) as caught:
        put(small, target)
    assert "案例库.zip" in caught.value.remedy
    assert not target.exists()


# -- Taking down, and for whom --


def test_taking_down_leaves_a_notice_and_nothing_of_a_case(small, tmp_path):
    target = tmp_path / "库"
    put(small, target)
    take_down(target, "调解案例库")
    found = content_of(target)
    assert set(found) == {MARK, "index.html", "404.html", "robots.txt", WORKER}
    assert "已经撤下" in found["index.html"].decode()
    assert b'"isOff":true' in found[WORKER]
    put(small, target)  # and it can come back
    assert (target / "search" / "index.html").is_file()
    with pytest.raises(WrongUseError, match="没有本程序发布的"):
        take_down(tmp_path, "调解案例库")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--to", "库"], "没有写给谁看"),
        (["--audience", "public"], "没有写放到哪里"),
        (["--audience", "everyone", "--to", "库"], "everyone"),
        (["--take-down", "--to", "库"], "没有本程序发布的"),
    ],
)
def test_wrong_use_is_told(small, tmp_path, arguments, said):
    done = subprocess.run(
        [sys.executable, "-m", "builder.cli", "--library", str(small.root), "publish", *arguments],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert list(Path(tmp_path).iterdir()) == []
