"""Keys that were lost, stolen or rotated, and what people here did to the cases that came."""

import base64
import json
import shutil
from pathlib import Path

import pytest
from minisign import KeyPair

from builder.exchange.keys import public_of, public_part
from builder.exchange.manifest import canonical_json
from builder.exchange.signature import sign
from builder.exchange.trust import Trust, rotation_statement, trust_text
from tests.conftest import Library, make_library, replacing, run
from tests.exchange.bundles import (
    OURS,
    STRANGER,
    TODAY,
    Bundle,
    everything,
    good_bundle,
    receiving,
    trust_in,
)

ONE = "cases/SL-2026-0001.yml"


@pytest.fixture(scope="module")
def sender(tmp_path_factory) -> Library:
    library = make_library(tmp_path_factory.mktemp("sender") / "library")
    library.add("SL-2026-0001")
    return library


@pytest.fixture(scope="module")
def empty(tmp_path_factory) -> Library:
    library = receiving(tmp_path_factory.mktemp("receiver") / "library")
    library.write("keys/trusted.toml", trust_text(trust_in()))
    library.write("keys/.lock", "")
    return library


@pytest.fixture
def receiver(tmp_path, empty) -> Library:
    shutil.copytree(empty.root, tmp_path / "library")
    return Library(tmp_path / "library")


@pytest.fixture
def bundle(sender) -> Bundle:
    return good_bundle(sender, serial=1)


def taking(receiver: Library, bundle: Bundle, *options: str) -> tuple[int, str]:
    """Import a bundle as its parts are now."""
    path = receiver.root.parent / "bundle.zip"
    path.write_bytes(bundle.zipped())
    return run(receiver, "bundle", "import", path, *options)


def partner(receiver: Library) -> Path:
    return receiver.root / "cases/partners/SL/SL-2026-0001.yml"


def under(bundle: Bundle, key, serial: int) -> Bundle:
    bundle.key = key
    bundle.manifest.update(serial=serial, key=public_of(key).id)
    return bundle


# keys


def test_a_thief_cannot_use_up_the_serials(receiver, bundle):
    assert taking(receiver, under(bundle, OURS, 1_000_000_000))[0] == 0
    # as long as the stolen key counts, so does what it signed
    status, said = taking(receiver, under(bundle, OURS, 2))
    assert (status, "已经收过第 1000000000 号" in said) == (1, True), said
    run(receiver, "bundle", "revoke", public_of(OURS).id, "--reason", "被人拿走了")
    text = (receiver.root / "keys/trusted.toml").read_text("utf-8")
    new = trust_text(trust_in(STRANGER)).partition("[[keys]]")
    receiver.write("keys/trusted.toml", f"{text}\n{new[1]}{new[2]}")
    assert taking(receiver, under(bundle, STRANGER, 2))[0] == 0
    for serial, says in ((1, "是第 1 号，已经收过第 2 号"), (2, "第 2 号已经收过。")):
        status, said = taking(receiver, under(bundle, STRANGER, serial))
        assert (status, says in said) == (1, True), said
    status, said = taking(receiver, under(bundle, OURS, 1_000_000_000), "--again")
    assert (status, "被人拿走" in said, "作废" in said) == (1, False, True), said


def test_serials_count_over_all_keys_in_force(receiver, bundle):
    both = Trust((*trust_in().keys, *trust_in(STRANGER).keys))
    receiver.write("keys/trusted.toml", trust_text(both))
    assert taking(receiver, under(bundle, OURS, 7))[0] == 0
    status, said = taking(receiver, under(bundle, STRANGER, 6))
    assert (status, "已经收过第 7 号" in said) == (1, True), said
    assert taking(receiver, under(bundle, STRANGER, 8))[0] == 0
    run(receiver, "bundle", "revoke", public_of(STRANGER).id)
    status, said = taking(receiver, under(bundle, OURS, 6))
    assert (status, "已经收过第 7 号" in said) == (1, True), said


def rotation_edit(edit) -> bytes:
    """Return a statement that was altered and signed again by both keys."""
    told = json.loads(rotation_statement(OURS, STRANGER, "SL", TODAY))["statement"]
    edit(told)
    content = canonical_json(told)
    signatures = [sign(content, key, "rotation").decode() for key in (OURS, STRANGER)]
    return canonical_json({"statement": told, "signatures": signatures})


def signed_by(first, second) -> bytes:
    told = json.loads(rotation_statement(OURS, STRANGER, "SL", TODAY))["statement"]
    signatures = [sign(canonical_json(told), key, "rotation").decode() for key in (first, second)]
    return canonical_json({"statement": told, "signatures": signatures})


THIRD = KeyPair.generate().secret_key
STATEMENTS = {
    "not JSON": (b"\xff", "不是 UTF-8"),
    "a bundle's manifest": (b'{"format":"casebook-bundle"}\n', "不是换钥匙声明"),
    "of an unknown key": (rotation_statement(THIRD, STRANGER, "SL", TODAY), "不在信任名单里"),
    "for another workshop": (rotation_statement(OURS, STRANGER, "BJ", TODAY), "不在信任名单里"),
    "another version": (rotation_edit(lambda told: told.update(version=2)), "不是换钥匙声明"),
    "more keys": (rotation_edit(lambda told: told.update(note="x")), "不是换钥匙声明"),
    "no public key": (rotation_edit(lambda told: told.update(new="x")), "不是公钥"),
    "lists for keys": (rotation_edit(lambda told: told.update(old=[1], new={})), "不在信任名单里"),
    "not signed by the old key": (signed_by(THIRD, STRANGER), "签名对不上"),
    "not signed by the new key": (signed_by(OURS, THIRD), "签名对不上"),
    "signed by the old key twice": (signed_by(OURS, OURS), "签名对不上"),
    "to the same key": (rotation_statement(OURS, OURS, "SL", TODAY), "已经信任了"),
}


@pytest.mark.parametrize("name", STATEMENTS)
def test_statements_of_a_new_key_that_are_refused(receiver, tmp_path, name):
    content, says = STATEMENTS[name]
    path = tmp_path / "rotation.json"
    path.write_bytes(content)
    before = everything(receiver)
    status, said = run(receiver, "bundle", "trust", "--rotation", path)
    assert (status in (1, 2), says in said) == (True, True), said
    assert everything(receiver) == before


def test_a_statement_counts_once_and_not_after_revocation(receiver, tmp_path):
    path = tmp_path / "rotation.json"
    path.write_bytes(rotation_statement(OURS, STRANGER, "SL", TODAY))
    assert run(receiver, "bundle", "trust", "--rotation", path)[0] == 0
    before = everything(receiver)
    status, said = run(receiver, "bundle", "trust", "--rotation", path)
    assert (status, "已经作废" in said) == (1, True), said
    # the old key, found by somebody, names a third
    path.write_bytes(rotation_statement(OURS, THIRD, "SL", TODAY))
    assert run(receiver, "bundle", "trust", "--rotation", path)[0] == 1
    assert everything(receiver) == before


def test_a_revoked_key_does_not_come_back_under_another_number(receiver, tmp_path):
    run(receiver, "bundle", "revoke", public_of(OURS).id)
    raw = bytearray(base64.b64decode(public_of(OURS).text))
    raw[4] ^= 1  # the number that minisign lets everybody choose
    path = tmp_path / "again.pub"
    path.write_bytes(b"untrusted comment: x\n" + base64.b64encode(raw) + b"\n")
    heard = public_part(path.read_text(), "").fingerprint
    before = everything(receiver)
    status, said = run(
        receiver,
        "bundle",
        "trust",
        path,
        "--workshop",
        "SL",
        "--name",
        "某",
        "--fingerprint",
        heard,
    )
    assert (status, "已经作废，不能再信任" in said) == (2, True), said
    assert everything(receiver) == before


@pytest.mark.parametrize("code", ["CON", "NUL", "AUX", "PRN", "sl", "../X", "SH", ""])
def test_codes_that_name_no_workshop(receiver, tmp_path, code):
    path = tmp_path / "x.pub"
    path.write_text(public_of(STRANGER).text)
    before = everything(receiver)
    status, said = run(
        receiver, "bundle", "trust", path, "--workshop", code, "--name", "某",
        "--fingerprint", public_of(STRANGER).fingerprint,
    )  # fmt: skip
    assert (status, "--workshop" in said) == (2, True), said
    assert everything(receiver) == before


# what only an import can refuse


def spoil_state(path: str, text: str):
    return lambda receiver: receiver.write(path, text)


def partners_are_a_link(receiver: Library) -> None:
    elsewhere = receiver.root.parent / "elsewhere"
    elsewhere.mkdir()
    (receiver.root / "cases/partners").symlink_to(elsewhere)


HERE = {
    "an id in use": (spoil_state("cases/2026/SL-2026-0001.yml", "id: SL-2026-0001\ntitle: 某件\n"), 1, "已被 cases/2026/SL-2026-0001.yml 使用"),
    "a damaged record of what came": (spoil_state("keys/received.json", "{"), 3, "received.json：看不懂"),
    "a record of what came from elsewhere": (spoil_state("keys/received.json", '{"version":1,"workshops":{"SL":{"last":{"x":{"serial":-1,"manifest":""}},"cases":{}}}}'), 3, "看不懂"),
    "a damaged list of keys": (spoil_state("keys/trusted.toml", "[[keys]]\nworkshop = 'SL'\n"), 2, "trusted.toml：看不懂"),
    "a list of keys that leads outside": (spoil_state("keys/trusted.toml", trust_text(trust_in(workshop="../../x"))), 2, "trusted.toml：看不懂"),
    "a damaged mapping": (spoil_state("keys/SL.map.toml", "[claims"), 2, "SL.map.toml：看不懂"),
    "a mapping to what we do not have": (spoil_state("keys/SL.map.toml", '[claims]\ntuikuan = "no-such"\n'), 2, "没有给 tuikuan 写的编号"),
    "a folder that is a link": (partners_are_a_link, 3, "是链接，不是文件夹"),
    "our own bundle": (lambda receiver: receiver.write("casebook.toml", (receiver.root / "casebook.toml").read_text("utf-8").replace('"SH"', '"SL"')), 2, "是本工作室自己发的"),
}  # fmt: skip


@pytest.mark.parametrize("name", HERE)
def test_what_stands_here_is_no_way_in(receiver, bundle, name):
    spoil, status, says = HERE[name]
    spoil(receiver)
    before = everything(receiver)
    found, said = taking(receiver, bundle)
    assert (found, says in said) == (status, True), said
    assert everything(receiver) == before
    assert not list(receiver.root.parent.glob("elsewhere/*"))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("received: 2026-09", "received: 2026-10", "早于"),
        ("recovered: 2150.50", "recovered: 9999999", "多"),
    ],
)
def test_records_that_our_checks_refuse(receiver, bundle, old, new, says):
    bundle.edit(ONE, old, new)
    before = everything(receiver)
    status, said = taking(receiver, bundle)
    assert (status, says in said) == (1, True), said
    assert everything(receiver) == before


def test_a_decision_that_nobody_needs(receiver, bundle):
    before = everything(receiver)
    status, said = taking(receiver, bundle, "--take", "SL-2026-0009")
    assert (status, "没有可决定的" in said) == (2, True), said
    assert everything(receiver) == before


# what people here wrote


def test_what_was_written_here_is_kept_to_the_byte(receiver, bundle):
    taking(receiver, bundle)
    first = partner(receiver).read_bytes() + "# 批注\n".encode("gbk")
    partner(receiver).write_bytes(first)
    bundle.edit(ONE, "先分开谈", "先去看现场")
    assert taking(receiver, under(bundle, OURS, 2), "--take", "SL-2026-0001")[0] == 0
    aside = partner(receiver).with_suffix(".yml.bak")
    assert aside.read_bytes() == first
    # and so is the next
    second = partner(receiver).read_bytes() + "# 又一条\n".encode()
    partner(receiver).write_bytes(second)
    assert taking(receiver, under(bundle, OURS, 2), "--again", "--take", "SL-2026-0001")[0] == 0
    assert aside.read_bytes() == first
    assert aside.with_name(f"{aside.name}2").read_bytes() == second


def test_ours_is_kept_until_they_change_it_again(receiver, bundle):
    taking(receiver, bundle)
    partner(receiver).write_text(partner(receiver).read_text("utf-8") + "# 批注\n", "utf-8")
    ours = partner(receiver).read_bytes()
    assert taking(receiver, under(bundle, OURS, 2))[0] == 0  # they changed nothing
    bundle.edit(ONE, "先分开谈", "先去看现场")
    assert taking(receiver, under(bundle, OURS, 3))[0] == 1
    assert taking(receiver, under(bundle, OURS, 3), "--again", "--keep", "SL-2026-0001")[0] == 0
    assert taking(receiver, under(bundle, OURS, 4))[0] == 0
    bundle.edit(ONE, "先去看现场", "先打电话")
    assert taking(receiver, under(bundle, OURS, 5))[0] == 1
    assert partner(receiver).read_bytes() == ours


def test_a_case_edited_here_and_withdrawn_there_waits(receiver, bundle):
    taking(receiver, bundle)
    partner(receiver).write_text(partner(receiver).read_text("utf-8") + "# 批注\n", "utf-8")
    ours = partner(receiver).read_bytes()
    gone = under(Bundle(dict(bundle.files), dict(bundle.manifest)), OURS, 2)
    del gone.files[ONE]
    gone.manifest.update(
        terms={},
        withdrawn=[{"id": "SL-2026-0001", "title": "某件", "month": "2026-10", "replaced_by": ""}],
    )
    status, said = taking(receiver, gone.listed())
    assert (status, "本地改过，没有动" in said) == (1, True), said
    assert partner(receiver).read_bytes() == ours
    assert taking(receiver, gone, "--again", "--take", "SL-2026-0001")[0] == 0
    assert "status: withdrawn" in partner(receiver).read_text("utf-8")
    assert partner(receiver).with_suffix(".yml.bak").read_bytes() == ours
    # published once more
    assert taking(receiver, under(bundle, OURS, 3))[0] == 0
    assert "status: published" in partner(receiver).read_text("utf-8")


# what we send


def test_a_licence_of_two_lines_is_wrong_use_and_no_serial_is_spent(tmp_path):
    library = make_library(tmp_path / "library")
    library.add()
    run(library, "bundle", "keygen")
    before = everything(library)
    for licence in ("学习\n转发", "学习\x1b[2J", "长" * 121):
        status, said = run(
            library, "bundle", "create", "--licence", licence, "--out", tmp_path / "x.zip"
        )
        assert (status, "使用许可" in said) == (2, True), said
    assert everything(library) == before
    assert not (tmp_path / "x.zip").exists()


def test_characters_that_nobody_sees_do_not_travel(tmp_path):
    library = make_library(tmp_path / "library")
    library.add("SL-2026-0001")
    library.add(
        "SL-2026-0002",
        replacing(
            ("title: 健身卡", "title: 健身\u200b卡"),
            (
                "status: published",
                "status: withdrawn\nwithdrawal: {date: 2026-11-20, notice: 核实}",
            ),
        ),
    )
    assert good_bundle(library).manifest["withdrawn"][0]["title"] == "健身卡退费争议"
