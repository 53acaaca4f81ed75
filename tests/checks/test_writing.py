"""What the check of the writing refuses: each thing a case lacks, and openings that repeat."""

import datetime

import pytest

from builder.checks.inspection import inspect
from tests.conftest import make_library_of_twelve, replacing

DAY = datetime.date(2026, 11, 24)
CASE_ID = "SL-2025-0028"


def found(library):
    problems = inspect(library.load(), DAY, duplicates=False, writing=True)
    return [problem for problem in problems if problem.code == "writing"]


@pytest.fixture
def twelve(tmp_path):
    return make_library_of_twelve(tmp_path / "library")


def path_of(library, case_id=CASE_ID):
    return library.root / "cases" / case_id.split("-")[1] / f"{case_id}.yml"


def edit(library, change, case_id=CASE_ID):
    path = path_of(library, case_id)
    path.write_text(change(path.read_text("utf-8")), "utf-8")


def without(name):
    """Return an edit that takes out a top-level field with all its lines."""

    def change(text):
        kept, inside = [], False
        for line in text.splitlines(keepends=True):
            if line[:1].isalpha():
                inside = line.startswith(f"{name}:")
            if not inside:
                kept.append(line)
        assert len(kept) < len(text.splitlines())
        return "".join(kept)

    return change


def test_the_twelve_lack_nothing(twelve):
    assert found(twelve) == []


WEAK = "  weak:\n    - 头一通电话让刘女士把病历拍照发来，要多了；诊断证明当面看一眼、不留底就够。\n"
NOTE = ", note: 刘女士拄着拐来的，馆主也是本人到场。"
MORE = "这句话写了又写，没有添什么。" * 60


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        (without("turning_point"), "turning_point", "没写突破口"),
        (replacing((WEAK, "")), "lessons", "没写短板"),
        (replacing((NOTE, "")), "four_sights.person", "没写见本人"),
        (replacing(("“", ""), ("”", "")), "process", "没有一句原话"),
        (replacing(("两人都愿意调。", MORE)), "facts", "多于 1300"),
    ],
)
def test_names_what_is_lacking(twelve, change, field, said):
    edit(twelve, change)
    problems = [problem for problem in found(twelve) if CASE_ID in problem.path]
    assert [(problem.field, said in problem.what) for problem in problems] == [(field, True)]
    assert problems[0].line > 0


def test_names_all_that_a_thin_case_lacks(library):
    library.add("SL-2026-0001", replacing(("先分开谈，再当面对账。", "分开谈过，又当面谈。")))
    said = "".join(problem.what for problem in found(library))
    for part in ("少于 700", "不到三处", "没有一句原话", "看不出谁出了什么价", "没写见成效"):
        assert part in said


def test_leaves_drafts_alone(library):
    library.add("SL-2026-0001", replacing(("status: published", "status: draft")))
    assert found(library) == []


def test_names_cases_that_begin_alike(twelve):
    other = "SL-2026-0024"
    opening = "两年的不限次卡刚用到"
    assert opening in path_of(twelve).read_text("utf-8")
    edit(twelve, lambda text: text.replace("facts: |-\n  ", f"facts: |-\n  {opening}。"), other)
    problems = found(twelve)
    assert [(problem.field, CASE_ID in problem.what) for problem in problems] == [("facts", True)]
    assert other in problems[0].path
