"""Bundles that must not be taken: each refused with its reason, in Chinese, nothing written."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from builder.exchange.manifest import MANIFEST, SIGNATURE
from builder.exchange.refusal import Refused
from builder.exchange.verify import verify
from builder.model.audience import Audience
from tests.conftest import Library, make_library, run
from tests.exchange.bundles import (
    OURS,
    TODAY,
    come,
    everything,
    good_bundle,
    opened,
    receiving,
    told,
)
from tests.exchange.hostile import HOSTILE, SAYS


@pytest.fixture(scope="module")
def sender(tmp_path_factory) -> Library:
    library = make_library(tmp_path_factory.mktemp("sender") / "library")
    library.add("SL-2026-0001")
    library.add("SL-2026-0002")
    return library


@pytest.fixture(scope="module")
def sound(sender) -> bytes:
    return good_bundle(sender).zipped()


@pytest.fixture(scope="module")
def receiver(tmp_path_factory) -> Library:
    return receiving(tmp_path_factory.mktemp("receiver") / "library")


def test_the_bundle_that_all_are_made_from_is_sound(sound):
    bundle = opened(sound)
    verified = verify(sound, bundle.trust, bundle.received, TODAY)
    assert [case.id for case in verified.cases] == ["SL-2026-0001", "SL-2026-0002"]
    assert sound == bundle.zipped()


@pytest.mark.parametrize("name", HOSTILE)
def test_is_refused_and_nothing_written(sound, receiver, tmp_path, name):
    spoil, reason = HOSTILE[name]
    code, says = SAYS[reason]
    bundle = opened(sound)
    path = tmp_path / "bundle.zip"
    path.write_bytes(spoil(bundle))
    told(receiver, bundle)
    before = everything(receiver)
    words = []
    for command in ("verify", "import"):
        status, said = run(receiver, "bundle", command, path)
        assert status == 1, said
        assert re.search(says, said), said
        assert "13812345678" not in said
        assert "\x1b" not in said
        assert everything(receiver) == before
        words.append(said)
    assert words[0] == words[1]
    with pytest.raises(Refused) as caught:
        verify(path.read_bytes(), bundle.trust, bundle.received, TODAY)
    assert caught.value.code == code
    assert caught.value.what.endswith("。")
    assert caught.value.remedy.endswith("。")
    assert (
        f"出错：{caught.value.where}：{caught.value.what}\n　　　{caught.value.remedy}\n"
        == words[1]
    )


def test_reasons_are_told_apart():
    assert {reason for _, reason in HOSTILE.values()} == set(SAYS)
    says = [text for _, text in SAYS.values()]
    assert len(says) == len(set(says))


@pytest.mark.parametrize("command", ["verify", "import"])
def test_a_process_ends_with_one_and_no_traceback(sound, receiver, tmp_path, command):
    path = tmp_path / "bundle.zip"
    bundle = opened(sound)
    told(receiver, bundle)
    path.write_bytes(HOSTILE["a case changed after signing"][0](bundle))
    done = subprocess.run(
        [sys.executable, "-m", "builder.cli", "--library", str(receiver.root), "bundle", command, str(path)],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (1, "", False)
    assert "校验值不同" in done.stderr


@pytest.mark.parametrize("command", ["verify", "import", "inspect"])
def test_what_is_no_file_is_wrong_use(receiver, tmp_path, command):
    before = everything(receiver)
    for path in (tmp_path / "none.zip", tmp_path, Path("/dev/null/x")):
        status, said = run(receiver, "bundle", command, path)
        assert status == 2, said
    assert everything(receiver) == before


def test_audiences_other_than_internal_only(sender):
    with pytest.raises(Exception, match="内部版本不能打包"):
        good_bundle(sender, audience=Audience.INTERNAL)
    assert good_bundle(sender, audience=Audience.PUBLIC).manifest["audience"] == "public"


def test_the_very_bundle_taken_last_may_be_taken_again(sound):
    bundle = opened(sound)
    digest = verify(sound, bundle.trust, bundle.received, TODAY).digest
    assert verify(sound, bundle.trust, come(3, digest), TODAY, again=True)
    with pytest.raises(Refused, match="内容却不同"):
        verify(sound, bundle.trust, come(3), TODAY, again=True)


def test_debians_minisign_agrees(sound, tmp_path):
    bundle = opened(sound)
    files = bundle.signed()
    (tmp_path / MANIFEST).write_bytes(files[MANIFEST])
    (tmp_path / SIGNATURE).write_bytes(files[SIGNATURE])
    key = tmp_path / "key.pub"
    key.write_bytes(bytes(OURS.get_public_key()) + b"\n")
    command = ["minisign", "-Vm", MANIFEST, "-p", str(key)]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True).returncode == 0
    (tmp_path / MANIFEST).write_bytes(files[MANIFEST] + b" ")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True).returncode != 0
