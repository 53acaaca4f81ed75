"""`casebook deadlines` as the office types it."""

import json

import pytest
from click.testing import CliRunner

from builder.cli.main import cli


@pytest.fixture
def ask(library):
    return lambda *words: CliRunner().invoke(cli, ["--library", str(library.root), *words])


def test_says_day_count_and_article(ask):
    said = ask("deadlines", "2026-08-03", "--accepted", "2026-08-04").output
    assert "2026-08-12  决定是否受理并告知" in said
    assert "2026-10-08  达成协议，或者终止调解" in said  # the sixtieth day is 3 October
    assert "《投诉举报处理办法》第23条" in said
    assert "顺延到节后第一日" in said


def test_lists_as_json(ask):
    rows = json.loads(ask("deadlines", "2026-08-03", "--format", "json").output)
    assert [row["provisional"] for row in rows] == [False, True]


@pytest.mark.parametrize(
    "words", [("2026-02-30",), ("昨天",), ("2026-08-03", "--accepted", "2026-08-01")]
)
def test_refuses_what_is_no_day(ask, words):
    result = ask("deadlines", *words)
    assert result.exit_code != 0
    assert "日期" in str(result.exception)
