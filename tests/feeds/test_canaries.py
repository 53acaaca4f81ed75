"""Nothing that stays inside is in any file of the open formats, whatever its kind."""

import io
import zipfile

import pytest

from builder.model.audience import Audience
from tests.feeds.conftest import CANARY, OUTSIDE, made_of

# what only the office has of the little library: ids, days, stations
INSIDE = (CANARY, "SL-2026-0004", "demo-nanguan", "南关示例所", "2026-09-02", "2026-10-05", "09:40")


def texts(content):
    if not content.startswith(b"PK"):
        return [content.decode("utf-8")]
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return [part for name in packed.namelist() for part in (name, packed.read(name).decode())]


@pytest.mark.parametrize("audience", OUTSIDE, ids=str)
def test_nothing_from_inside_is_in_any_file(known, audience):
    for path, content in made_of(known[audience]).items():
        everything = "\n".join([path, *texts(content)])
        assert [one for one in INSIDE if one in everything] == [], path


def test_the_office_sees_them_in_each_kind_of_file(known):
    """Else the test above would pass on empty files."""
    kinds = {}
    for path, content in made_of(known[Audience.INTERNAL]).items():
        kinds[path.rpartition(".")[2]] = kinds.get(path.rpartition(".")[2], "") + "\n".join(
            texts(content)
        )
    assert {kind for kind in kinds if CANARY in kinds[kind]} >= {"json", "xml"}
    assert all("SL-2026-0004" in everything for everything in kinds.values())
    assert all("2026-09-10" in everything for everything in kinds.values())


@pytest.mark.parametrize("audience", OUTSIDE, ids=str)
def test_no_circle_sees_the_wider_ones_less_or_more(known, audience):
    ids = [case.id for case in known[audience].cases]
    for path, content in made_of(known[audience]).items():
        if path.endswith((".csv", ".xlsx", "index.json")):
            everything = "\n".join(texts(content))
            assert [case_id in everything for case_id in ids] == [True] * len(ids)
            assert ("SL-2026-0005" in everything) == (audience is Audience.PARTNER)
