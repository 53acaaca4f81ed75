"""The browser reads and writes case files as the library does."""

import json
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.checks.form_fields import form_fields
from builder.library.canonical_form import canonical
from builder.library.casebook import load_casebook
from builder.library.record import read_record
from builder.library.written_case import written_case
from builder.model.case import Case
from builder.settings import load_settings
from tests.conftest import CASE, ROOT

RUNNER = ROOT / "tests" / "client" / "form_runner.mjs"


@pytest.fixture(scope="module")
def book():
    return load_casebook(load_settings(ROOT))


@pytest.fixture(scope="module")
def rewritten(book):
    """Return what the browser makes of texts: their text again, or the reason why not."""
    fields = form_fields(book.vocabularies)

    def run(texts):
        asked = json.dumps({"rules": {"fields": fields, "ids": []}, "texts": texts})
        done = subprocess.run(
            ["node", RUNNER], input=asked, capture_output=True, text=True, check=True
        )
        return json.loads(done.stdout)

    return run


def test_every_field_of_a_case_is_known_to_the_form(book):
    fields = {field["name"]: field for field in form_fields(book.vocabularies)}
    assert list(fields) == list(Case.model_fields)
    assert fields["amounts"]["fields"][0]["kind"] == "sum"
    assert fields["timeline"]["fields"][0]["kind"] == "moment"
    assert fields["lessons"]["fields"][1]["kind"] == "lessons"
    assert fields["dispute_types"] | {"kind": "terms", "most": 3} == fields["dispute_types"]


def test_every_case_of_the_library_is_written_as_the_library_writes_it(book, rewritten):
    texts = [item.source.text for item in book.cases]
    expected = [canonical(written_case(item.case), item.source.path) for item in book.cases]
    assert len(texts) > 100
    answers = rewritten(texts)
    assert [answer["text"] for answer in answers] == expected
    assert [answer["text"] for answer in rewritten(expected)] == expected


# what YAML reads as something else, or what ends a block
_TRAPS = st.sampled_from(
    ["null", "~", "yes", "1e3", "2026-09-02", "09:40", "# 号", "a: b", "- 项", "|", "\\", '"', "'",
     "\n\n", " ", "\t", "…", "全", "，", "{", "]", "&a", "*a", "!t", "true", "𠮷", "\u3000"]
)  # fmt: skip
_TEXTS = (st.lists(_TRAPS, min_size=1, max_size=6) | st.text(min_size=1)).map("".join)


@settings(max_examples=15)
@given(st.lists(st.tuples(_TEXTS, _TEXTS), min_size=20, max_size=40))
def test_any_text(rewritten, pairs):
    """A text that a file may hold is written to the character as the library writes it."""
    cases = []
    for text, other in pairs:
        sound = read_record("x.yml", CASE.format(id="SL-2026-0001", year=2026).encode(), Case)
        record = sound.record.model_dump(by_alias=True) | {
            "title": text, "facts": text * 9, "issues": [text, other], "keywords": [other],
            "lessons": {"weak": [{"text": text, "internal": True}, other]},
            "waivers": [{"kind": "url", "field": "facts", "reason": other}],
        }  # fmt: skip
        try:
            case = Case.model_validate(record)
        except ValueError:
            continue
        if read_record("x.yml", written_case(case).encode(), Case).record == case:
            cases.append(case)
    expected = [written_case(case) for case in cases]
    answers = rewritten(expected)
    without_gaps = [_unparted(answer.get("text", answer.get("fault"))) for answer in answers]
    assert without_gaps == [_unparted(text) for text in expected]


def _unparted(text):
    """Return a text without the blank lines that stand before keys."""
    lines = text.split("\n")
    return [
        line
        for line, after in zip(lines, [*lines[1:], ""], strict=True)
        if line or not after[:1].isalpha()
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "不像案例文件"),
        ("- 甲", "不像案例文件"),
        ("title: [", "写法有误"),
        ("title: 甲\ntitle: 乙", "写了两次"),
        ("title: &a 甲\nsummary: *a", "标记"),
        ("title: !!str 甲", "标记"),
        ("title: 甲\n---\ntitle: 乙", "两份"),
        ("title: [甲]", "标题"),
        ("titel: 甲", "不认识的字段 titel"),
        ("13800138000: 甲", "不认识的字段，"),
        ("lessons: {good: [{text: 甲, more: 乙}]}", "做得好的"),
        ("sample: 是", "示例"),
        ("amounts: 3", "金额"),
        ("a: " * 20, "写法有误"),
        ("{a: " * 20, "写法有误"),
        ("[" * 20 + "]" * 20, "太深"),
        ("x" * 1_100_000, "1 MiB"),
    ],
)
def test_what_is_no_case_file_is_refused_in_words(rewritten, text, told):
    (answer,) = rewritten([text])
    assert answer["kind"] == "FileFault"
    assert told in answer["fault"]
    assert "138" not in answer["fault"]
