"""Whatever happens to a bundle on the way: refused, or exactly what was signed."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.exchange.archive import read_archive, write_archive
from builder.exchange.manifest import MANIFEST, SIGNATURE
from builder.exchange.received import Received
from builder.exchange.refusal import Refused
from builder.exchange.verify import verify
from tests.conftest import IN_CI
from tests.exchange.bundles import TODAY, trust_in
from tests.exchange.mutations import Signed, fate, mutant, two_bundles

# of chance alone; python -m tests.exchange.mutations 5000 tries many more, made with care
MANY_BUNDLES = settings(max_examples=40 if IN_CI else 250)


@pytest.fixture(scope="module")
def two(tmp_path_factory) -> Signed:
    return two_bundles(tmp_path_factory.mktemp("sender") / "library")


@pytest.fixture(scope="module")
def sound(two) -> bytes:
    return two.data


def test_mutants_are_refused_or_exactly_what_was_signed(two):
    fates = Counter(fate(mutant(number, two)) for number in range(156 if IN_CI else 600))
    # a mutator that damages nothing, or nothing but one place, would show nothing
    assert fates["accepted"] < fates.total() / 6
    assert len(fates) > 15


def test_what_alters_nothing_signed(two):
    """Another zlib's packing is taken; clocks, remarks and rights in headers are not."""
    kinds = {"repacked": set(), "another writer": set()}
    for number in range(240):
        tried = mutant(number, two)
        if tried.kind in kinds:
            kinds[tried.kind].add((tried.data == two.data, fate(tried)))
    assert (False, "accepted") in kinds["repacked"]
    assert {told for _, told in kinds["repacked"]} == {"accepted"}
    assert "accepted" not in {told for _, told in kinds["another writer"]}


@st.composite
def changes(draw, most=4):
    """A few edits of bytes: (where, how many go, what comes), where as a share of the length."""
    return draw(
        st.lists(
            st.tuples(
                st.floats(0, 1), st.integers(0, 40), st.binary(max_size=12) | st.just(b"PK\1\2")
            ),
            min_size=1,
            max_size=most,
        )
    )


def changed(content: bytes, edits) -> bytes:
    for share, gone, come in edits:
        at = int(share * len(content))
        content = content[:at] + come + content[at + gone :]
    return content


def taken(data: bytes):
    try:
        return verify(data, trust_in(), Received(), TODAY)
    except Refused as error:
        assert error.where
        assert error.what.endswith("。")
        assert error.remedy.endswith("。")
        return None


def assert_as_signed(verified, sound: bytes) -> None:
    signed = read_archive(sound)
    assert dict(verified.files) == signed
    assert list(verified.files) == list(signed)


@MANY_BUNDLES
@given(
    edits=changes(), flip=st.floats(0, 1), bit=st.integers(0, 7), cut=st.floats(0, 1) | st.none()
)
def test_bytes_of_the_archive(sound, edits, flip, bit, cut):
    data = bytearray(sound)
    data[min(int(flip * len(data)), len(data) - 1)] ^= 1 << bit
    for candidate in (bytes(data), changed(sound, edits)):
        candidate = candidate if cut is None else candidate[: int(cut * len(candidate))]
        verified = taken(candidate)
        if verified is not None:
            assert_as_signed(verified, sound)


@MANY_BUNDLES
@given(data=st.data())
def test_files_inside_it(sound, data):
    files = read_archive(sound)
    names = sorted(files)
    name = data.draw(st.sampled_from(names))
    edit = data.draw(st.sampled_from(["content", "rename", "swap", "drop", "add"]))
    if edit == "content":
        files[name] = changed(files[name], data.draw(changes()))
    elif edit == "rename":
        files[data.draw(st.text(st.characters(max_codepoint=126), max_size=30))] = files.pop(name)
    elif edit == "swap":
        other = data.draw(st.sampled_from(names))
        files[name], files[other] = files[other], files[name]
    elif edit == "drop":
        del files[name]
    else:
        files[f"cases/SL-2026-{data.draw(st.integers(3, 9999)):04d}.yml"] = files[name]
    verified = taken(write_archive(files))
    if verified is not None:
        assert_as_signed(verified, sound)


@pytest.mark.parametrize("name", [MANIFEST, SIGNATURE])
def test_every_single_byte_of_what_is_signed_counts(sound, name):
    files = read_archive(sound)
    step = 7 if IN_CI else 1
    for at in range(0, len(files[name]), step):
        content = bytearray(files[name])
        content[at] ^= 1
        assert taken(write_archive({**files, name: bytes(content)})) is None, at
