"""A case written as text and read again is the same case, whatever stands in its fields."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builder.library.casebook import load_casebook
from builder.library.record import read_record
from builder.library.written_case import written_case
from builder.model.case import Case
from builder.settings import load_settings
from tests.conftest import CASE, MANY, ROOT


def read_again(case: Case) -> Case | None:
    return read_record("SL-2026-0001.yml", written_case(case).encode(), Case).record


@pytest.fixture(scope="module")
def sound() -> Case:
    text = CASE.format(id="SL-2026-0001", year=2026)
    return read_record("SL-2026-0001.yml", text.encode(), Case).record


def test_every_case_of_the_library():
    cases = [item.case for item in load_casebook(load_settings(ROOT)).cases]
    assert len(cases) > 100
    assert [case.id for case in cases if read_again(case) != case] == []


# what YAML reads as something else, or what ends a block
TRAPS = st.sampled_from(
    ["null", "~", "yes", "1e3", "2026-09-02", "09:40", "# 号", "a: b", "- 项", "|", "\\", '"', "'",
     "\n\n", " ", "\t", "…", "\u2028", "\u0085", "\ufeff", "全", "，", "{", "]", "&a", "*a", "!t"]
)  # fmt: skip
TEXTS = (st.lists(TRAPS, min_size=1, max_size=6).map("".join) | st.text(min_size=1)).filter(
    lambda text: text.strip() != ""
)


@MANY
@given(TEXTS, TEXTS)
@example("长" * 41 + "\n ", "\n")
def test_any_text(sound, text, other):
    """A text that the model takes comes back to the character."""
    record = sound.model_dump(by_alias=True)
    record |= {"title": text, "facts": text * 9, "issues": [text, other], "keywords": [other]}
    try:
        case = Case.model_validate(record)
    except ValueError:
        return
    again = read_again(case)
    if all(char.isprintable() or char == "\n" for char in text + other):
        assert again == case
    else:  # a character that no file may hold is refused, never altered
        assert again in (None, case)
