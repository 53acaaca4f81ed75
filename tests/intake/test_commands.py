import pytest

from tests.intake.conftest import SIXTY


@pytest.fixture(scope="module")
def kept(office):
    empty = office.run("board")
    assert (empty.code, "还没有台账" in empty.out) == (2, True)
    seen = office.run("import", SIXTY, "--preview")
    assert (seen.code, office.library.settings.ledger.exists()) == (0, False)
    for word in ("投诉编号", "编号", "没认出", "T01", "台账没有动"):
        assert word in seen.out
    assert office.json("import", SIXTY, "--preview")["tables"][0]["head_row"] == 1
    done = office.run("import", SIXTY, "--as-of", "2026-11-24 17:30")
    assert "读了 60 行 = 新增 60 + 更新 0 + 没有变化 0 + 没收 0" in done.out
    return office


def test_import_twice_changes_nothing(kept):
    path = kept.library.settings.ledger / "tickets.jsonl"
    before = path.read_bytes()
    told = kept.json("import", SIXTY)
    assert (told["unchanged"], told["read"]) == (60, 60)
    assert path.read_bytes() == before


def test_board(kept):
    shown = kept.run("board").out
    assert (
        "黑（未受理）15 件，红（在办）10 件，绿（已办结）35 件；已超期 6 件，临期 8 件。" in shown
    )
    assert "《投诉举报处理办法》第15条" in shown or "第15条" in shown
    told = kept.json("board", "--on", "2026-11-24")
    assert told["counts"] == {"black": 15, "red": 10, "green": 35}
    assert told["open"][0]["number"] == "T20"
    assert kept.json("board", "--station", "南关示例所")["counts"]["black"] == 8
    assert kept.run("board", "--station", "没有").code == 2
    assert kept.run("board", "--on", "昨天").code == 2


@pytest.mark.parametrize("ending", ["html", "docx"])
def test_reports(kept, tmp_path, ending):
    out = tmp_path / f"周通报.{ending}"
    assert kept.run("report", "--week", "2026-11-26", "--to", out).code == 0
    assert out.stat().st_size > 3000
    shown = kept.run("report", "--week", "2026-11-24").out
    assert "挽回 4,850.50 元" in shown
    assert "7/9，77.8%" in shown
    assert "收到 5 件" in kept.run("report", "--day", "2026-11-24").out


def test_wrong_use(kept, tmp_path):
    for arguments in (
        ["report"],
        ["report", "--day", "2026-11-24", "--week", "2026-11-24"],
        ["report", "--day", "2026-11-24", "--to", tmp_path / "x.pdf"],
        ["import", tmp_path / "none.xlsx"],
        ["import", SIXTY, "--columns", tmp_path / "none.yml"],
        ["import", SIXTY, "--as-of", "2099-01-01"],
    ):
        assert kept.run(*arguments).code == 2
