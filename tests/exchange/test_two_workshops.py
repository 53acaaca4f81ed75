"""Two workshops on one machine, with real processes and files, from nothing to a forgery."""

import re

import pytest

from builder.library.written_case import written_case
from builder.model.case import Status
from tests.conftest import Library, make_library, replacing
from tests.exchange.command_server import command_server
from tests.exchange.workshop import Workshop, fingerprint

THIRTY = [f"SL-2026-{number:04d}" for number in range(1, 31)]


def kinds(told):
    found = {}
    for change in told["changes"]:
        found.setdefault(change["kind"], []).append(change["id"])
    return found


@pytest.fixture(scope="module")
def commands():
    with command_server() as served:
        yield served


def test_from_nothing_to_a_forgery(tmp_path, commands):
    sender = Workshop(make_library(tmp_path / "xian"), commands)
    for number, case_id in enumerate(THIRTY, start=1):
        sender.library.add(
            case_id,
            replacing(
                ("三天内退还", f"第{number}次算账以后三天内退还"),
                ("audience: public", "audience: partner"),
            ),
        )
    sender.library.add("SL-2026-0031", replacing(("audience: public", "audience: internal")))
    # the partner's library is made by the sender's program
    home = tmp_path / "shanghai"
    sender.run("init", home, "--code", "SH", "--name", "上海示例工作室", "--region", "上海市")
    receiver = Workshop(Library(home), commands)
    assert "0 处错误" in receiver.run("check")
    own = receiver.files()

    # keys
    read_aloud = fingerprint(sender.run("bundle", "keygen"))
    key = sender.root / "keys" / "SL.key"
    assert key.stat().st_mode & 0o777 == 0o600
    ignored = (sender.root / "keys" / ".gitignore").read_text()
    assert "*.key" in ignored
    trusting = (
        "bundle",
        "trust",
        sender.root / "keys" / "SL.pub",
        "--workshop",
        "SL",
        "--name",
        "西安示例工作室",
    )
    before = receiver.files()
    receiver.run(*trusting, "--fingerprint", "12345 " * 8, status=2)
    assert receiver.files() == before
    receiver.run(*trusting, typed=read_aloud + "\n")
    assert "西安示例工作室" in receiver.run("bundle", "trust")

    # thirty cases
    first = tmp_path / "first.zip"
    sender.run("bundle", "create", "--out", first)
    assert "30 个案例" in receiver.run("bundle", "inspect", first)
    assert "验过了" in receiver.run("bundle", "verify", first)
    assert "30 个" in receiver.run("bundle", "import", first, "--dry-run")
    assert not receiver.partner(THIRTY[0]).exists()
    assert kinds(receiver.import_(first)) == {"new": THIRTY}
    assert {path: content for path, content in receiver.files().items() if path in own} == own
    cases = receiver.cases()
    assert set(THIRTY) < set(cases)
    assert "SL-2026-0031" not in cases
    for case_id in THIRTY:
        source = cases[case_id].source
        assert (source.kind, source.workshop) == ("partner", "西安示例工作室")
        assert source.verified
        assert "不转发" in source.licence
        assert cases[case_id].audience == "internal"
        assert (cases[case_id].station, source.days) == (None, 8)
    assert "0 处错误" in receiver.run("check", "--no-duplicates")
    assert "已经收过" in receiver.run("bundle", "import", first, status=1)

    # edits on both sides, one of the same case; one deleted here, one new there
    def edit(path, old, new):
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    there = sender.root / "cases" / "2026"
    for case_id in (THIRTY[0], THIRTY[1], THIRTY[3]):
        edit(there / f"{case_id}.yml", "先分开谈", "先各自说一遍")
    edit(receiver.partner(THIRTY[1]), "title: 健身卡退费争议", "title: 健身卡退费争议（本所学过）")
    edit(
        receiver.partner(THIRTY[2]), "title: 健身卡退费争议", "title: 健身卡退费争议（本所也学过）"
    )
    receiver.partner(THIRTY[3]).unlink()
    sender.library.add("SL-2026-0032", replacing(("三天内退还", "一个星期以后退还")))
    second = tmp_path / "second.zip"
    sender.run("bundle", "create", "--out", second)
    touched = {n: receiver.partner(THIRTY[n]).read_bytes() for n in (1, 2)}
    said = kinds(receiver.import_(second, status=1))
    assert said["updated"] == [THIRTY[0]]
    assert said["edited"] == [THIRTY[1]]
    assert said["deleted"] == [THIRTY[3]]
    assert said["new"] == ["SL-2026-0032"]
    assert {n: receiver.partner(THIRTY[n]).read_bytes() for n in (1, 2)} == touched
    assert not receiver.partner(THIRTY[3]).exists()
    assert "各自说一遍" in receiver.cases()[THIRTY[0]].process
    # decided: theirs for one, with ours put aside; ours for the other
    told = receiver.import_(second, "--again", "--take", THIRTY[1], "--keep", THIRTY[3])
    assert any("各自说一遍" in line for change in told["changes"] for line in change["diff"])
    assert "各自说一遍" in receiver.cases()[THIRTY[1]].process
    aside = receiver.partner(THIRTY[1]).with_suffix(".yml.bak")
    assert aside.read_bytes() == touched[1]
    assert kinds(receiver.import_(second, "--again")) == {"unchanged": [*THIRTY, "SL-2026-0032"]}

    # one is taken down
    edit(
        there / f"{THIRTY[4]}.yml",
        "status: published",
        "status: withdrawn\nwithdrawal: {date: 2026-11-20, notice: 重新核实}",
    )
    third = tmp_path / "third.zip"
    sender.run("bundle", "create", "--out", third)
    assert kinds(receiver.import_(third))["withdrawn"] == [THIRTY[4]]
    gone = receiver.cases()[THIRTY[4]]
    assert (gone.status, gone.facts) == (Status.WITHDRAWN, None)
    assert "西安示例工作室" in gone.withdrawal.notice
    assert "重新核实" not in written_case(gone)
    assert "0 处错误" in receiver.run("check", "--no-duplicates")

    # a new key
    old_key = tmp_path / "old.key"
    old_key.write_bytes(key.read_bytes())
    old_key.chmod(0o600)
    sender.run("bundle", "keygen", status=2)
    sender.run("bundle", "keygen", "--rotate")
    fourth = tmp_path / "fourth.zip"
    sender.run("bundle", "create", "--out", fourth)
    before = receiver.files()
    assert "不在信任名单" in receiver.run("bundle", "import", fourth, status=1)
    assert receiver.files() == before
    statement = sender.root / "keys" / "SL.rotation.json"
    forged = tmp_path / "forged.json"
    forged.write_bytes(statement.read_bytes().replace(b'"workshop":"SL"', b'"workshop":"SX"'))
    receiver.run("bundle", "trust", "--rotation", forged, status=1)
    assert receiver.files() == before
    receiver.run("bundle", "trust", "--rotation", statement)
    receiver.run("bundle", "import", fourth)

    # a forgery: the old key, found by somebody, signs a bundle of its own
    forger = Workshop(make_library(tmp_path / "forger"), commands)
    forger.library.add(THIRTY[0], replacing(("先分开谈", "伪造的经过")))
    (forger.root / "keys").mkdir()
    (forger.root / "keys" / "SL.key").write_bytes(old_key.read_bytes())
    (forger.root / "keys" / "SL.key").chmod(0o600)
    (forger.root / "keys" / "sent.json").write_text('{"serial":90,"version":1}')
    forgery = tmp_path / "forgery.zip"
    forger.run("bundle", "create", "--out", forgery)
    before = receiver.files()
    assert "作废" in receiver.run("bundle", "import", forgery, status=1)
    assert receiver.files() == before
    assert "伪造" not in receiver.cases()[THIRTY[0]].process

    # nothing of their own was touched, and what was edited here is still there
    assert {path: content for path, content in receiver.files().items() if path in own} == own
    assert aside.read_bytes() == touched[1]
    assert receiver.partner(THIRTY[2]).read_bytes() == touched[2]

    # the partner's cases are on the pages, with where they come from
    receiver.run("build")
    page = (receiver.root / "build/internal/current/site/cases" / f"{THIRTY[0]}.html").read_text(
        "utf-8"
    )
    assert "西安示例工作室" in page
    assert "验过签名" in page
    assert "不转发" in page
    # and nothing of them goes on to others
    receiver.run("bundle", "keygen")
    onward = tmp_path / "onward.zip"
    receiver.run("bundle", "create", "--out", onward)
    assert "SL-" not in receiver.run("bundle", "inspect", onward)


@pytest.fixture
def pair(tmp_path, commands):
    """A sender with one case and a receiver that trusts it."""
    sender = Workshop(make_library(tmp_path / "xian"), commands)
    sender.library.add("SL-2026-0001")
    receiver = Workshop(make_library(tmp_path / "shanghai"), commands)
    text = (receiver.root / "casebook.toml").read_text("utf-8").replace('"SL"', '"SH"')
    receiver.library.write("casebook.toml", text)
    read_aloud = fingerprint(sender.run("bundle", "keygen"))
    receiver.run(
        "bundle", "trust", sender.root / "keys" / "SL.pub", "--workshop", "SL",
        "--name", "西安示例工作室", "--fingerprint", read_aloud,
    )  # fmt: skip
    return sender, receiver


def test_unknown_terms_stay_unsorted_until_mapped(pair, tmp_path):
    sender, receiver = pair
    claims = receiver.root / "cases" / "vocabulary" / "claims.yml"
    claims.write_text(claims.read_text("utf-8").replace("id: tuikuan", "id: yao-tui"), "utf-8")
    statutes = receiver.root / "cases" / "vocabulary" / "statutes.yml"
    statutes.write_text(
        statutes.read_text("utf-8").replace("id: xiaobaofa\n", "id: xbf\n"), "utf-8"
    )
    sender.run("bundle", "create", "--out", tmp_path / "one.zip")
    told = receiver.import_(tmp_path / "one.zip")
    assert {(term["field"], term["id"]) for term in told["unmapped"]} == {
        ("claims", "tuikuan"),
        ("statutes", "xiaobaofa"),
    }
    case = receiver.cases()["SL-2026-0001"]
    assert (case.claims, case.statutes) == ((), ())
    assert [term.id for term in case.source.unmapped] == ["tuikuan", "xiaobaofa"]
    path = receiver.root / "keys" / "SL.map.toml"
    text = path.read_text("utf-8")
    assert 'tuikuan = ""' in text
    path.write_text(text.replace('tuikuan = ""', 'tuikuan = "no-such"'), "utf-8")
    receiver.run("bundle", "import", tmp_path / "one.zip", "--again", status=2)
    path.write_text(
        text.replace('tuikuan = ""', 'tuikuan = "yao-tui"').replace(
            'xiaobaofa = ""', 'xiaobaofa = "xbf"'
        ),
        "utf-8",
    )
    assert kinds(receiver.import_(tmp_path / "one.zip", "--again")) == {"updated": ["SL-2026-0001"]}
    case = receiver.cases()["SL-2026-0001"]
    assert (case.claims, case.statutes, case.source.unmapped) == (("yao-tui",), ("xbf#53",), ())


def test_near_duplicates_of_own_cases_are_named(pair, tmp_path):
    sender, receiver = pair
    story = (
        "消费者在某健身馆办卡后停课，要求退费。" * 3
        + "馆里先说不退，后来拿出记录一行一行地对，最后退了一半多一点。"
    )
    sender.library.add("SL-2026-0001", replacing(("消费者在某健身馆办卡后停课，要求退费。", story)))
    receiver.library.write(
        "cases/2026/SH-2026-0001.yml",
        (sender.root / "cases/2026/SL-2026-0001.yml")
        .read_text("utf-8")
        .replace("SL-2026", "SH-2026"),
    )
    sender.run("bundle", "create", "--out", tmp_path / "one.zip")
    told = receiver.import_(tmp_path / "one.zip")
    assert [(pair["id"], pair["ours"]) for pair in told["likenesses"]] == [
        ("SL-2026-0001", "SH-2026-0001")
    ]


def test_a_revoked_key_is_never_taken_back(pair, tmp_path):
    sender, receiver = pair
    key_id = re.search(r"钥匙 ([0-9A-F]{16})", receiver.run("bundle", "trust"))[1]
    receiver.run("bundle", "revoke", key_id, "--reason", "电脑丢了")
    sender.run("bundle", "create", "--out", tmp_path / "one.zip")
    assert "作废" in receiver.run("bundle", "import", tmp_path / "one.zip", status=1)
    receiver.run("bundle", "revoke", key_id, status=2)
    said = receiver.run(
        "bundle", "trust", sender.root / "keys" / "SL.pub", "--workshop", "SL", "--name", "某",
        typed="x\n", status=2,
    )  # fmt: skip
    assert "指纹对不上" in said


def test_a_key_that_others_can_read_is_not_used(pair, tmp_path):
    sender, _ = pair
    (sender.root / "keys" / "SL.key").chmod(0o644)
    assert "别人也能读" in sender.run("bundle", "create", "--out", tmp_path / "x.zip", status=2)


def test_our_own_bundle_is_not_imported(pair, tmp_path):
    sender, _ = pair
    sender.run("bundle", "create", "--out", tmp_path / "one.zip")
    sender.run("bundle", "import", tmp_path / "one.zip", status=1)  # nobody trusts themselves


def test_the_same_cases_give_the_same_bundle(tmp_path):
    from tests.exchange.bundles import good_bundle

    library = make_library(tmp_path / "xian")
    library.add()
    assert good_bundle(library).zipped() == good_bundle(library).zipped()
