import json
import random

import pytest

from builder.checks.clearance import clear
from builder.index.build import build_index
from builder.index.folder import META, WHOOSH, read_meta
from builder.index.neighbours import neighbours
from builder.model.audience import Audience
from builder.search.library_index import LibraryIndex
from builder.search.precedents import search
from tests.conftest import replacing

EDITS = [
    replacing(("停课", "停业")),
    replacing(("disputed: 3600", "disputed: 12000")),
    replacing(("[tuika]", "[guandian-shilian]")),
    replacing(("station: demo-nanguan", "station: demo-xijie")),
    replacing(("keywords: [预付式消费, 退费]", "keywords: [健身]")),
    replacing(("先把账算清再谈", "先见本人再谈")),
]
QUERIES = [
    "退费", "停业", "类型:停业失联", "金额:10000..", "“先见本人”", "退费 -停业", "区县:示例一区",
    "年份:2026", "日期:2026-09", "健身",
]  # fmt: skip


def cleared(library, audience=Audience.INTERNAL):
    return clear(library.load(), audience)


def built(library, folder, previous=None, audience=Audience.INTERNAL):
    build_index(cleared(library, audience), folder, folder.parent / "cache", previous)
    return folder


def bytes_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and WHOOSH not in path.parts
    }


def answers(folder):
    with LibraryIndex.open(folder) as index:
        index.verify()
        results = [search(index, query, limit=50) for query in QUERIES]
        return [[(hit.id, hit.score, hit.snippet) for hit in result.hits] for result in results]


def test_the_same_cases_give_the_same_bytes(library, tmp_path):
    for serial in range(1, 5):
        library.add(f"SL-2026-000{serial}", EDITS[serial])
    one = build_index(cleared(library), tmp_path / "one", tmp_path / "cache").impacts
    other = build_index(cleared(library), tmp_path / "other", tmp_path / "other-cache").impacts
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "other")
    assert neighbours(one, 3) == neighbours(other, 3)
    assert one.case_count == 4


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("audience", [Audience.INTERNAL, Audience.PUBLIC])
def test_incremental_equals_clean(library, tmp_path, seed, audience):
    chance = random.Random(seed)
    previous = None
    for step in range(6):
        for _ in range(chance.randint(1, 4)):
            serial = chance.randint(1, 12)
            path = library.root / "cases" / "2026" / f"SL-2026-{serial:04d}.yml"
            if path.exists() and chance.random() < 0.3:
                path.unlink()
            else:
                library.add(f"SL-2026-{serial:04d}", chance.choice(EDITS))
        if step == 3:  # a changed label changes what cases say of themselves
            vocabulary = library.root / "cases" / "vocabulary" / "industries.yml"
            text = vocabulary.read_text("utf-8").replace("label: 健身运动", "label: 健身与运动")
            vocabulary.write_text(text, "utf-8")
        grown = built(library, tmp_path / f"grown-{step}", previous, audience)
        clean = tmp_path / f"clean-{step}"
        build_index(cleared(library, audience), clean, tmp_path / f"no-cache-{step}")
        assert bytes_of(grown) == bytes_of(clean)
        assert answers(grown) == answers(clean)
        previous = grown


def test_an_empty_library_can_be_searched(library, tmp_path):
    folder = built(library, tmp_path / "index")
    assert answers(folder) == [[] for _ in QUERIES]


def test_the_note_says_what_the_folder_holds(library, tmp_path):
    library.add()
    meta = read_meta(built(library, tmp_path / "index", audience=Audience.PARTNER))
    assert (meta.audience, meta.case_count, meta.as_of) == ("partner", 1, "2026-09")


def test_progress_is_told_by_step(library, tmp_path):
    library.add()
    told = []
    book = cleared(library)
    build_index(book, tmp_path / "i", tmp_path / "c", progress=lambda *step: told.append(step))
    assert {step for step, _, _ in told} == {"分析", "倒排表", "Whoosh 索引"}
    assert ("分析", 1, 1) in told


@pytest.mark.parametrize("damage", ["garbage", "cut", "empty", "folder"])
def test_a_damaged_cache_is_made_again_silently(library, tmp_path, damage):
    library.add()
    first = built(library, tmp_path / "first")
    cache = tmp_path / "cache" / "analysis.sqlite"
    content = cache.read_bytes()
    cache.unlink()
    if damage == "folder":
        cache.mkdir()
    else:
        cache.write_bytes({"garbage": b"x" * 5000, "cut": content[:5000], "empty": b""}[damage])
    assert bytes_of(built(library, tmp_path / "second")) == bytes_of(first)
    if damage != "folder":
        assert cache.stat().st_size > 0


def test_the_cache_keeps_nothing_of_cases_that_are_gone(library, tmp_path):
    import sqlite3

    path = library.add("SL-2026-0001", replacing(("某健身馆", "某榴莲馆")))
    library.add("SL-2026-0002")
    built(library, tmp_path / "first")
    path.unlink()
    built(library, tmp_path / "second")
    with sqlite3.connect(tmp_path / "cache" / "analysis.sqlite") as database:
        assert database.execute("SELECT count(*) FROM counts").fetchone() == (1,)


def test_a_cache_that_cannot_be_written_is_done_without(library, tmp_path):
    library.add()
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert answers(built(library, tmp_path / "index"))[0]


@pytest.mark.parametrize("damage", ["no note", "old format", "no whoosh", "garbage"])
def test_a_previous_index_that_cannot_be_used_is_not(library, tmp_path, damage):
    library.add()
    previous = built(library, tmp_path / "previous")
    if damage == "no note":
        (previous / META).unlink()
    elif damage == "old format":
        note = json.loads((previous / META).read_text("utf-8"))
        (previous / META).write_text(json.dumps({**note, "whoosh": "0"}), "utf-8")
    else:
        for path in (previous / WHOOSH).iterdir():
            path.write_bytes(b"garbage") if damage == "garbage" else path.unlink()
    library.add("SL-2026-0002", EDITS[0])
    index = built(library, tmp_path / "index", previous)
    assert answers(index) == answers(built(library, tmp_path / "clean"))


def test_what_was_not_cleared_is_in_no_file(library, tmp_path):
    mark = "榴莲暗号"
    library.add(edit=replacing(("    - 先把账算清再谈", f"    - {{text: {mark}, internal: true}}")))
    inside = built(library, tmp_path / "inside")
    outside = tmp_path / "outside"
    build_index(cleared(library, Audience.PUBLIC), outside, tmp_path / "public-cache")
    assert mark.encode() in (inside / "display.bin").read_bytes()
    for folder in (outside, tmp_path / "public-cache"):
        for path in folder.rglob("*"):
            if path.is_file():
                assert mark.encode() not in path.read_bytes()
    with LibraryIndex.open(inside) as one, LibraryIndex.open(outside) as other:
        assert [search(index, "“榴莲暗号”").total for index in (one, other)] == [1, 0]
        assert [index.postings.frequency("榴莲") for index in (one, other)] == [1, 0]


def test_case_numbers_are_those_of_the_cleared_casebook(library, tmp_path):
    for serial in range(1, 4):
        library.add(f"SL-2026-000{serial}", EDITS[serial])
    book = cleared(library)
    build_index(book, tmp_path / "index", tmp_path / "cache")
    with LibraryIndex.open(tmp_path / "index") as index:
        ids = [case.id for case in book.cases]
        assert index.case_table.column("id") == ids
        assert [index.display(number)["id"] for number in range(len(ids))] == ids
        assert [index.case_no(case_id) for case_id in ids] == [0, 1, 2]
        assert index.case_table.row(0)["disputed"] in (360_000, 1_200_000)
