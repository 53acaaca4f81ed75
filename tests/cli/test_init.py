"""casebook init: a new library, whole or not at all."""

import errno
from pathlib import Path

import pytest

from tests.conftest import Library, make_library, replacing, run


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    library = make_library(tmp_path_factory.mktemp("home") / "library")
    library.write(
        "docs/guides/partners.md", "---\ntitle: 怎样交换\naudience: public\n---\n公开的指南\n"
    )
    library.write(
        "docs/guides/inside.md", "---\ntitle: 值班表\naudience: internal\n---\n内部的电话\n"
    )
    library.add(edit=replacing(("title: ", "title: 独一份的")))
    return library


NAMES = ("--code", "SH", "--name", "上海示例工作室", "--region", "上海市")


def test_a_new_library_checks_and_holds_nothing_of_the_old(home, tmp_path):
    folder = tmp_path / "伙伴 案例库"
    code, said = run(home, "init", folder, *NAMES)
    assert (code, "建好了" in said) == (0, True)
    texts = {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*.*")
        if path.suffix in (".md", ".yml", ".toml")
    }
    everything = "\n".join([*texts, *texts.values()])
    assert "公开的指南" in texts["docs/guides/partners.md"]
    assert [told for told in ("内部的电话", "独一份", "demo-nanguan") if told in everything] == []
    ignored = (folder / ".gitignore").read_text("utf-8").split()
    assert {"/ledger/", "/inbox/", "keys/*.key"} <= set(ignored)
    code, said = run(Library(folder), "check")
    assert (code, "0 处错误" in said) == (0, True)
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_a_folder_with_something_in_it_is_left_alone(home, tmp_path):
    mine = tmp_path / "我的" / "重要.txt"
    mine.parent.mkdir()
    mine.write_text("别动", "utf-8")
    for target in (mine.parent, mine):
        code, said = run(home, "init", target, *NAMES)
        assert code == 2
        assert "已经有东西" in said
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [mine]
    assert mine.read_text("utf-8") == "别动"


def test_an_empty_folder_is_filled(home, tmp_path):
    assert run(home, "init", tmp_path, *NAMES)[0] == 0
    assert (tmp_path / "casebook.toml").is_file()


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        (("--code", "sh"), "--code"), (("--code", "CON"), "--code"), (("--code", "../X"), "--code"),
        (("--name", " "), "--name"), (("--name", "两\n行"), "--name"),
        (("--name", "长" * 61), "--name"), (("--region", "\u200b"), "--region"),
    ],
)  # fmt: skip
def test_names_that_are_none(home, tmp_path, wrong, where):
    given = dict(zip(NAMES[::2], NAMES[1::2], strict=True)) | {wrong[0]: wrong[1]}
    code, said = run(
        home, "init", tmp_path / "new", *(word for pair in given.items() for word in pair)
    )
    assert (code, where in said, list(tmp_path.iterdir())) == (2, True, [])


def test_a_full_disk_leaves_nothing(home, tmp_path, monkeypatch):
    written, write = [], Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        written.append(path)
        if len(written) == 7:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    code, said = run(home, "init", tmp_path / "new", *NAMES)
    assert (code, "写不进去" in said) == (3, True)
    assert list(tmp_path.iterdir()) == []


def test_quotes_in_a_name_stay_a_name(home, tmp_path):
    name = '“甲”"]\\ 工作室: # {{ 7*7 }}'
    folder = tmp_path / "new"
    assert run(home, "init", folder, "--code", "SH", "--name", name, "--region", "上海市")[0] == 0
    code, said = run(Library(folder), "check")
    assert code == 0, said
