"""The JSON Feed against the fields of version 1.1."""

import datetime
import json
from urllib.parse import urlsplit

import pytest

from builder.feeds.atom import atom_feed
from builder.feeds.changes import case_urn
from builder.feeds.json_feed import json_feed
from builder.model.audience import Audience
from tests.feeds.conftest import HOSTILE, HOSTILE_TITLE

# name -> type; everything that 1.1 knows
TOP = {
    "version": str, "title": str, "home_page_url": str, "feed_url": str, "description": str,
    "user_comment": str, "next_url": str, "icon": str, "favicon": str, "authors": list,
    "language": str, "expired": bool, "hubs": list, "items": list,
}  # fmt: skip
ITEM = {
    "id": str, "url": str, "external_url": str, "title": str, "content_html": str,
    "content_text": str, "summary": str, "image": str, "banner_image": str,
    "date_published": str, "date_modified": str, "authors": list, "tags": list,
    "language": str, "attachments": list,
}  # fmt: skip


@pytest.fixture
def feed(cleared):
    return json.loads(json_feed(cleared).decode("utf-8"))


def faults(record, known):
    """Return the keys that are unknown or of another type; own ones begin with `_`."""
    return [
        name
        for name, value in record.items()
        if (name[0] == "_" and (not name[1].isalpha() or "." in name or not isinstance(value, dict)))
        or (name[0] != "_" and not isinstance(value, known.get(name, ())))
    ]  # fmt: skip


def test_the_required_fields_are_there(feed):
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert isinstance(feed["items"], list)
    assert faults(feed, TOP) == []


def test_items_have_an_id_a_content_and_only_known_fields(feed):
    assert feed["items"]
    for item in feed["items"]:
        assert faults(item, ITEM) == []
        assert item["id"]
        assert "content_text" in item or "content_html" in item
        assert all(isinstance(tag, str) for tag in item["tags"])
    ids = [item["id"] for item in feed["items"]]
    assert len(set(ids)) == len(ids)


def test_authors_have_a_name_url_or_avatar(feed):
    assert feed["authors"]
    assert all({*author} & {"name", "url", "avatar"} for author in feed["authors"])


def test_dates_are_rfc_3339(feed):
    for item in feed["items"]:
        for name in {"date_published", "date_modified"} & {*item}:
            assert datetime.datetime.fromisoformat(item[name]).tzinfo is not None


def test_urls_are_whole_or_left_out(known, nowhere):
    whole = json.loads(json_feed(known[Audience.PUBLIC]))
    urls = [whole["home_page_url"], whole["feed_url"], *(item["url"] for item in whole["items"])]
    assert all(urlsplit(url).scheme == "https" and urlsplit(url).netloc for url in urls)
    bare = json.loads(json_feed(nowhere[Audience.PUBLIC]))
    assert not {"home_page_url", "feed_url"} & {*bare}
    assert all("url" not in item for item in bare["items"])
    assert all(item["_casebook"]["page"].startswith("cases/") for item in bare["items"])


def test_tells_the_same_as_the_atom_feed(cleared, feed):
    atom = atom_feed(cleared).decode()
    assert atom.count("<entry>") == len(feed["items"])
    places = [atom.index(f"<id>{item['id']}</id>") for item in feed["items"]]
    assert places == sorted(places)
    states = {item["_casebook"]["case"]: item["_casebook"]["state"] for item in feed["items"]}
    assert [states[f"SL-2026-000{n}"] for n in (1, 2, 3)] == ["new", "changed", "withdrawn"]


def test_hostile_text_comes_back_as_typed(feed):
    item = next(one for one in feed["items"] if one["id"] == case_urn("SL-2026-0007"))
    assert item["title"] == HOSTILE_TITLE
    assert HOSTILE[:39] in item["summary"]


def test_a_field_that_nobody_knows_would_be_noticed():
    assert faults({"title": 1, "autor": "x", "_own": [], "items": []}, TOP) == [
        "title", "autor", "_own",
    ]  # fmt: skip
