"""The static index as files: the same bytes for the same cases, nothing that is not a call."""

import json
import re
import shutil

import pytest

from builder.checks.clearance import clear
from builder.index.analysis import analyse
from builder.index.shards import MANIFEST, SHARD_FORMAT, ShardFolder, script
from builder.index.spelling import spelling_payload
from builder.index.static_index import FoundPage, write_static_index
from builder.library.casebook import load_casebook
from builder.model.audience import Audience
from builder.settings import load_settings
from tests.conftest import ROOT

CALL = re.compile(r'casebookShard\("([a-z]+(?:/[a-z0-9]+)?)",(.*)\)\n', re.DOTALL)


@pytest.fixture(scope="module")
def analysed(tmp_path_factory):
    cleared = clear(load_casebook(load_settings(ROOT)), Audience.INTERNAL)
    return cleared, analyse(cleared, tmp_path_factory.mktemp("cache"))


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def payload(content, name):
    match = CALL.fullmatch(content.decode())
    assert match
    assert match[1] == name
    return json.loads(match[2])


def test_the_same_cases_give_the_same_bytes(analysed, tmp_path):
    for name in ("one", "other"):
        write_static_index(*analysed, tmp_path / name)
    assert files(tmp_path / "one") == files(tmp_path / "other")


def test_every_file_is_one_call_with_its_own_name(analysed, tmp_path):
    folder = write_static_index(*analysed, tmp_path / "search")
    written = files(tmp_path / "search")
    manifest = payload(written.pop(f"{MANIFEST}.js"), MANIFEST)
    assert manifest["format"] == SHARD_FORMAT
    assert manifest["folder"] == folder
    assert manifest["cases"] == len(analysed[0].cases)
    for path, content in written.items():
        name = path.removeprefix(f"{folder}/").removesuffix(".js")
        payload(content, name)
    shards = [path for path in written if "/terms/" in path]
    assert len(shards) == len(manifest["firstTerms"].split("\n"))


def test_any_change_gives_another_folder(analysed, tmp_path):
    cleared, analysis = analysed
    names = {
        write_static_index(cleared, analysis, tmp_path / "plain"),
        write_static_index(cleared, analysis, tmp_path / "page", [FoundPage("指南", "g.html", "")]),
        write_static_index(cleared, analysis, tmp_path / "cut", head_length=3),
    }
    assert len(names) == 3


def test_a_script_holds_any_text():
    hostile = '</script>"\\\u2028\u2029\n<!--'
    written = script("words", hostile)
    assert b"\xe2\x80\xa8" not in written
    assert payload(written, "words") == hostile


def test_a_folder_that_was_not_finished_is_no_index(tmp_path):
    shards = ShardFolder(tmp_path / "search")
    shards.write("words", {})
    assert not (tmp_path / "search" / f"{MANIFEST}.js").exists()
    shutil.rmtree(tmp_path / "search")


def test_suggests_only_words_that_some_case_has(analysed):
    _, analysis = analysed
    rows = spelling_payload(["健身", "火星移民局", "退费", "一"], analysis.impacts)
    assert ["健身", "jian shen"] in rows
    assert {word for word, _ in rows} <= {"健身", "退费"}
