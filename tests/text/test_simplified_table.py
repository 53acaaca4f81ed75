import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "builder" / "text" / "simplified.txt"


@pytest.fixture(scope="module")
def script():
    path = ROOT / "scripts" / "make_simplified_table.py"
    spec = importlib.util.spec_from_file_location("make_simplified_table", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_committed_table_is_what_opencc_gives(script):
    assert TABLE.read_text("utf-8") == script.table_text(), "运行 scripts/make_simplified_table.py"


def test_no_simplified_character_is_changed_again(script):
    pairs = dict(script.simplified_pairs())
    assert not pairs.keys() & set(pairs.values())


def test_the_table_needs_no_surrogates_in_the_browser():
    assert max(TABLE.read_text("utf-8")) < "\U00010000"


def test_known_characters_are_right(script):
    pairs = dict(script.simplified_pairs())
    assert "".join(pairs.get(character, character) for character in "預付費會員與鐘錶店關門") == (
        "预付费会员与钟表店关门"
    )
