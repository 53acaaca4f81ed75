"""casebook redact: proposals that give nothing away, and files that are changed on demand."""

import json

import pytest

from tests.conftest import replacing, run
from tests.intake.test_redaction import PLANTED


@pytest.fixture
def planted(library):
    library.add(edit=replacing(*PLANTED))
    return library


def file_of(library):
    return (library.root / "cases/2026/SL-2026-0001.yml").read_text("utf-8")


def test_proposals_are_masked_and_change_nothing(planted):
    before = file_of(planted)
    code, said = run(planted, "redact")
    assert code == 1
    assert "人名" in said
    assert "王某" in said
    for secret in ("王建国", "13912345678"):
        assert secret not in said
    assert file_of(planted) == before
    told = json.loads(run(planted, "redact", "--format", "json")[1])
    assert [one["kind"] for one in told[0]["proposals"]] == ["人名", "手机号码"]
    assert "王建国" not in json.dumps(told, ensure_ascii=False)


def test_a_difference_is_shown_on_demand(planted):
    _, said = run(planted, "redact", "SL-2026-0001", "--show")
    assert "王建国" in said
    assert "+" in said


def test_files_are_changed_on_demand_and_pass_the_checks(planted):
    code, said = run(planted, "redact", "--write")
    assert (code, "改好了" in said) == (0, True), said
    assert "王建国" not in file_of(planted)
    assert "# 先写标题" in file_of(planted)
    assert run(planted, "check")[0] == 0
    assert run(planted, "redact") == (0, "没有要改写的。\n")


def test_internal_cases_are_looked_at_when_asked(library):
    library.add(edit=replacing(*PLANTED, ("audience: public", "audience: internal")))
    assert run(library, "redact")[0] == 0
    assert run(library, "redact", "--all")[0] == 1
    assert run(library, "redact", "sl-2026-0001")[0] == 1
    code, said = run(library, "redact", "SL-2026-0009")
    assert (code, "没有这个编号" in said) == (2, True)
