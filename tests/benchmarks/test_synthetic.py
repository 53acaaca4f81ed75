from collections import Counter

import pytest

from benchmarks.synthetic import TODAY, Generator, write_library
from builder.checks.inspection import inspect
from builder.checks.near_duplicates import prose
from builder.library.casebook import load_casebook
from builder.settings import load_settings
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = write_library(tmp_path_factory.mktemp("synthetic") / "library", 30)
    return load_casebook(load_settings(folder))


@pytest.fixture(scope="module")
def vocabularies():
    return load_casebook(load_settings(ROOT)).vocabularies


def test_the_same_seed_gives_the_same_cases(vocabularies):
    once = list(Generator("SL", vocabularies, seed=7).cases(5))
    again = list(Generator("SL", vocabularies, seed=7).cases(5))
    other = list(Generator("SL", vocabularies, seed=8).cases(5))
    assert once == again
    assert all(one != another for one, another in zip(once, other, strict=True))


def test_a_small_library_is_a_prefix_of_a_larger_one(book, vocabularies):
    larger = dict(Generator("SL", vocabularies).cases(40))
    written = {item.case.id: item.source.text for item in book.cases}
    assert len(written) == 30
    assert written.items() <= larger.items()


def test_its_cases_pass_every_check(book):
    found = Counter(
        f"{problem.path} {problem.field} {problem.code}"
        for problem in inspect(book, TODAY)
        if problem.path.startswith("cases/") and problem.code != "law-changed"
    )
    assert found == Counter()


def test_its_cases_are_as_long_as_real_ones(book):
    lengths = [len(prose(item.case)) for item in book.cases]
    assert min(lengths) >= 600
    assert max(lengths) <= 1100


def test_refuses_a_folder_that_is_there(tmp_path):
    with pytest.raises(Exception, match="已经有了"):
        write_library(tmp_path, 1)
