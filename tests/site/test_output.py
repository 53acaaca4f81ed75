import errno
import subprocess
import sys
from pathlib import Path

import pytest

from builder.errors import SurroundingsError, WrongUseError
from builder.site.output import BUILD_FILE, OutputFolder, disk_fault


def finished(folder, name, text="x"):
    staging = folder.stage()
    (staging / BUILD_FILE).write_text("{}")
    (staging / "site.txt").write_text(text)
    return folder.put_in_use(staging, name)


@pytest.fixture
def folder(tmp_path):
    return OutputFolder(tmp_path / "输出 文件夹")


def test_nothing_is_current_before_the_first_build(folder):
    assert folder.current() is None
    with folder.writing():
        assert folder.current() is None


def test_a_finished_build_is_put_in_use_and_the_one_before_is_kept(folder):
    with folder.writing():
        first, second, third = (finished(folder, name) for name in ("a", "b", "c"))
    assert folder.current() == third
    assert sorted(path.name for path in folder.versions.iterdir()) == [second.name, third.name]
    assert not first.exists()


def test_the_same_name_again_gets_a_number(folder):
    with folder.writing():
        finished(folder, "a", "old")
        again = finished(folder, "a", "new")
    assert again.name == "a-2"
    assert (folder.current() / "site.txt").read_text() == "new"


def test_what_an_interrupted_build_left_is_removed(folder):
    with folder.writing():
        kept = finished(folder, "a")
    (folder.path / "staging-99999").mkdir()
    (folder.path / "staging-99999" / "half").write_text("x")
    with folder.writing():
        assert not (folder.path / "staging-99999").exists()
    assert folder.current() == kept


def test_a_pointer_file_serves_where_links_do_not_exist(folder, monkeypatch):
    def refuse(*_, **__):
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    with folder.writing():
        version = finished(folder, "a")
    assert (folder.path / "current.txt").read_text("utf-8") == "a"
    assert folder.current() == version


def test_two_writers_never_meet_and_the_second_is_told_who_holds_it(folder):
    script = (
        "import sys, pathlib\n"
        "from builder.site.output import OutputFolder\n"
        "with OutputFolder(pathlib.Path(sys.argv[1])).writing():\n"
        "    print('in', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(folder.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout.readline() == "in\n"
        with pytest.raises(SurroundingsError) as caught, folder.writing():
            pass
        assert f"进程 {holder.pid}" in caught.value.what
        holder.stdin.close()
        holder.wait()
    with folder.writing():
        assert folder.current() is None


def test_a_file_in_the_way_is_named(tmp_path):
    (tmp_path / "out").write_text("x")
    with pytest.raises(WrongUseError, match="同名的文件"), OutputFolder(tmp_path / "out").writing():
        pass


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.ENOSPC, "磁盘满了"),
        (errno.EACCES, "没有权限"),
        (errno.EROFS, "只读"),
        (errno.EIO, "读写出错"),
    ],
)
def test_tells_what_the_disk_means(number, says):
    fault = disk_fault(Path("out"), OSError(number, "x", "out/site/a.html"))
    assert fault.exit_status == 3
    assert fault.where == "out/site/a.html"
    assert says in fault.what
