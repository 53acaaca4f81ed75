from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.text.analyzer import count_terms
from builder.text.concepts import NO_CONCEPTS, Concepts
from builder.text.fields import FIELDS, FieldCounts, FieldCountsError, count_fields

NAMES = [field.name for field in FIELDS]
CONCEPTS = Concepts([("tuika", ["退卡", "退费"])])
texts = st.dictionaries(st.sampled_from(NAMES), st.text("退卡费不a1，。𠮷", max_size=40))


def by_field(counts):
    """Unpack what is packed: field name -> term -> count."""
    terms, width = counts.terms(), counts.term_count
    return {
        name: Counter(
            {
                term: count
                for term, count in zip(terms, counts.counts[at * width :][:width], strict=True)
                if count
            }
        )
        for at, name in enumerate(NAMES)
    }


@given(texts)
def test_counts_each_field(case):
    counts = count_fields(case, CONCEPTS)
    expected = {name: count_terms(case.get(name, ""), CONCEPTS) for name in NAMES}
    assert by_field(counts) == expected
    assert counts.lengths == tuple(expected[name].total() for name in NAMES)
    assert len(set(counts.terms())) == counts.term_count


@given(texts)
def test_survives_the_cache(case):
    counts = count_fields(case, CONCEPTS)
    assert FieldCounts.from_bytes(counts.to_bytes()) == counts


def test_the_same_case_gives_the_same_bytes():
    case = {"title": "退卡", "facts": "健身房不退费"}
    backwards = dict(reversed(case.items()))
    assert count_fields(case, CONCEPTS).to_bytes() == count_fields(backwards, CONCEPTS).to_bytes()


def test_counts_no_further_than_one_byte_holds():
    counts = count_fields({"facts": "退" * 300, "rest": "退" * 254}, NO_CONCEPTS)
    assert by_field(counts)["facts"] == {"退": 255, "退退": 255}
    assert by_field(counts)["rest"] == {"退": 254, "退退": 253}
    assert counts.lengths == (0, 0, 599, 507)


def test_refuses_a_field_that_does_not_exist():
    with pytest.raises(ValueError, match="facs"):
        count_fields({"facs": "退卡"}, NO_CONCEPTS)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:10],
        lambda data: data[:-1],
        lambda data: data[:30] + b"\xff" * 4 + data[34:],
        lambda data: bytes([2]) + data[1:],
        lambda data: data[:1] + b"\x03" + data[2:],
    ],
    ids=["empty", "cut in the header", "cut at the end", "overwritten", "version", "length"],
)
def test_refuses_damaged_bytes(damage):
    data = count_fields({"facts": "健身房不退会员费"}, NO_CONCEPTS).to_bytes()
    with pytest.raises(FieldCountsError) as caught:
        FieldCounts.from_bytes(damage(data))
    assert caught.value.exit_status == 3
    assert "重新运行" in caught.value.remedy
