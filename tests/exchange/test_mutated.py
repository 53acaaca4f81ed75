"""Whatever happens to a bundle on the way: refused, or exactly what was signed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.exchange.archive import read_archive, write_archive
from builder.exchange.manifest import MANIFEST, SIGNATURE
from builder.exchange.received import Received
from builder.exchange.refusal import Refused
from builder.exchange.verify import verify
from tests.conftest import IN_CI, make_library
from tests.exchange.bundles import TODAY, good_bundle, trust_in

# half of them change the archive's bytes, half the files inside it
MANY_BUNDLES = settings(max_examples=150 if IN_CI else 2_500)


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> bytes:
    library = make_library(tmp_path_factory.mktemp("sender") / "library")
    library.add("SL-2026-0001")
    library.add("SL-2026-0002")
    return good_bundle(library).zipped()


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
