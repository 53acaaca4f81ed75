"""Whatever is done to a file that holds identifiers, none of them gets out."""

import dataclasses
import datetime
import hashlib

from hypothesis import given
from hypothesis import strategies as st

from builder.checks.clearance import clear
from builder.checks.cleared import texts_of
from builder.checks.inspection import inspect
from builder.library.casebook import CaseFile, load_casebook
from builder.library.problem import CasesError
from builder.library.record import read_record
from builder.model.audience import Audience
from builder.model.case import Case
from builder.settings import load_settings
from tests.conftest import CASE, MANY, ROOT

LIBRARY = dataclasses.replace(load_casebook(load_settings(ROOT)), cases=[], sessions=[], pages=[])
TODAY = datetime.date(2026, 11, 24)
PATH = "cases/2026/SL-2026-0001.yml"
PHONE, CARD, PLATE = "13812345678", "610111199001010016", "陕A12345"
TEXT = (
    CASE.format(id="SL-2026-0001", year="2026")
    .replace("要求退费。", f"要求退费，电话 {PHONE}，身份证 {CARD}。")
    .replace("先把账算清再谈", f"车牌 {PLATE} 停在门口")
)
INSERTED = st.sampled_from([*"{}[]:,-#|>'\"\t\n ", "\n\n", "  ", "internal", "summary: ", "： "])
MUTATIONS = st.lists(st.tuples(st.integers(0, len(TEXT)), INSERTED), max_size=5)


@MANY
@given(MUTATIONS, st.integers(0, len(TEXT)), st.integers(0, 60))
def test_no_identifier_passes_the_gate_or_stands_in_a_report(mutations, cut, length):
    text = TEXT[:cut] + TEXT[cut + length :]
    for position, inserted in mutations:
        text = text[:position] + inserted + text[position:]
    read = read_record(PATH, text.encode(), Case)
    problems = list(read.problems)
    if read.record:
        digest = hashlib.sha256(text.encode()).hexdigest()
        book = dataclasses.replace(LIBRARY, cases=[CaseFile(read.record, read.source, digest)])
        problems += inspect(book, TODAY)
        try:
            cleared = clear(book, Audience.PUBLIC)
        except CasesError as error:
            problems += error.problems
        else:
            out = "\n".join(texts_of(cleared.cases))
            assert not any(identifier in out for identifier in (PHONE, CARD, PLATE))
    told = "".join(problem.what + problem.remedy + problem.field for problem in problems)
    assert not any(identifier in told for identifier in (PHONE, CARD, PLATE))


def test_not_even_as_the_name_of_a_field_or_an_id(library):
    library.add(
        edit=lambda text: text.replace("sample: true", f"sample: true\n{PHONE}: x\n张三{CARD}: y")
    )
    library.add("SL-2026-0002", lambda text: text.replace("[tuika]", f"[{PHONE}, '{CARD}']"))
    library.add(
        "SL-2026-0003", lambda text: text.replace("sample: true", f"{PHONE}: 1\n{PHONE}: 2")
    )
    problems = inspect(library.load(), TODAY)
    assert len(problems) >= 4
    assert not any(secret in str(problem) for problem in problems for secret in (PHONE, CARD))
