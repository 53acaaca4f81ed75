"""The Atom feed against each MUST of RFC 4287 that applies to it."""

import datetime
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.feeds.atom import atom_feed
from builder.feeds.changes import case_urn
from builder.feeds.xml_text import xml_bytes, xml_text
from builder.model.audience import Audience
from tests.feeds.conftest import ADDRESS, HOSTILE_TITLE

ATOM = "{http://www.w3.org/2005/Atom}"
# RFC 3339 as RFC 4287, 3.3 narrows it: capital T, a zone
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
FEED_ONCE = ("generator", "icon", "id", "logo", "rights", "subtitle", "title", "updated")
ENTRY_ONCE = ("content", "id", "published", "rights", "source", "summary", "title", "updated")
IN_FEED = {*FEED_ONCE, "author", "category", "contributor", "link", "entry"}
IN_ENTRY = {*ENTRY_ONCE, "author", "category", "contributor", "link"}


def feed_of(cleared):
    return ET.fromstring(atom_feed(cleared))


def names(element):
    return [child.tag for child in element]


@pytest.fixture
def feed(cleared):
    return feed_of(cleared)


def test_is_utf8_xml_in_the_namespace(cleared, feed):
    """2: well-formed XML; 1.2: the namespace."""
    assert atom_feed(cleared).startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    assert feed.tag == f"{ATOM}feed"
    assert {element.tag[: len(ATOM)] for element in feed.iter()} == {ATOM}


def test_has_only_known_children(feed):
    """4.1.1, 4.1.2: the content models."""
    assert {*names(feed)} <= {ATOM + name for name in IN_FEED}
    for entry in feed.findall(f"{ATOM}entry"):
        assert {*names(entry)} <= {ATOM + name for name in IN_ENTRY}


def test_required_elements_stand_once(feed):
    """4.1.1, 4.1.2: exactly one id, title, updated; at most one of the others."""
    for element, once in [
        (feed, FEED_ONCE), *((entry, ENTRY_ONCE) for entry in feed.findall(f"{ATOM}entry"))
    ]:  # fmt: skip
        for name in once:
            assert names(element).count(ATOM + name) <= 1, name
        for name in ("id", "title", "updated"):
            assert names(element).count(ATOM + name) == 1, name


def test_every_entry_has_an_author(feed):
    """4.1.1: an author in the feed, unless every entry has one; 3.2.1: with one name."""
    assert feed.find(f"{ATOM}author") is not None
    for author in feed.iter(f"{ATOM}author"):
        assert len(author.findall(f"{ATOM}name")) == 1
        assert author.findtext(f"{ATOM}name")


def test_ids_are_iris_unique_and_the_same_for_ever(known, nowhere):
    """4.2.6: an absolute IRI that never changes, whatever the site's address or audience."""
    feeds = {}
    for audience in Audience:
        feed = feed_of(known[audience])
        ids = [element.text for element in feed.iter(f"{ATOM}id")]
        assert all(IRI.fullmatch(one) for one in ids)
        assert len(set(ids)) == len(ids)
        assert ids == [element.text for element in feed_of(nowhere[audience]).iter(f"{ATOM}id")]
        feeds[audience] = ids
    assert len({ids[0] for ids in feeds.values()}) == len(Audience)
    assert {*feeds[Audience.PUBLIC][1:]} < {*feeds[Audience.INTERNAL][1:]}
    # written down: a change of these breaks every reader's list of what was read
    assert case_urn("SL-2026-0001") == "urn:uuid:3652075c-416d-542b-8c8b-c15e4a15254a"
    assert feeds[Audience.PUBLIC][0] == "urn:uuid:fc909f57-7bed-50ee-9d83-1c68b2954a14"


def test_dates_are_moments_with_a_zone(feed):
    """3.3: RFC 3339; and they exist."""
    dates = [*feed.iter(f"{ATOM}updated"), *feed.iter(f"{ATOM}published")]
    for date in dates:
        assert MOMENT.fullmatch(date.text)
        datetime.datetime.fromisoformat(date.text)


def test_newest_first_and_the_feed_as_new_as_its_newest(feed):
    dates = [entry.findtext(f"{ATOM}updated") for entry in feed.findall(f"{ATOM}entry")]
    assert dates == sorted(dates, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == dates[0]


def test_links_are_references_and_no_alternate_stands_twice(known, nowhere):
    """4.2.7: href required; 4.1.1: no two alternates of one type; 4.1.2: an alternate link."""
    for cleared, absolute in ((known[Audience.PUBLIC], True), (nowhere[Audience.PUBLIC], False)):
        feed = feed_of(cleared)
        for element in (feed, *feed.findall(f"{ATOM}entry")):
            links = element.findall(f"{ATOM}link")
            assert all(link.get("href") for link in links)
            alternates = [link.get("type") for link in links if link.get("rel") == "alternate"]
            assert len(set(alternates)) == len(alternates)
            assert "text/html" in alternates
        hrefs = [link.get("href") for link in feed.iter(f"{ATOM}link")]
        assert all(href.startswith(f"{ADDRESS}public/") for href in hrefs) == absolute
        assert any("://" in href for href in hrefs) == absolute


def test_texts_are_plain_and_hold_no_elements(feed):
    """3.1.1.1, 4.1.3.3: of type text (the default), so without child elements."""
    for name in ("title", "subtitle", "rights", "summary", "content"):
        for element in feed.iter(ATOM + name):
            assert element.get("type", "text") == "text"
            assert element.get("src") is None
            assert len(element) == 0


def test_categories_have_a_term(feed):
    """4.2.2.1."""
    assert all(category.get("term") for category in feed.iter(f"{ATOM}category"))
    schemes = [category.get("scheme") for category in feed.iter(f"{ATOM}category")]
    assert all(IRI.fullmatch(scheme) for scheme in schemes if scheme)


def entry_of(feed, case_id):
    return next(
        entry
        for entry in feed.findall(f"{ATOM}entry")
        if entry.findtext(f"{ATOM}id") == case_urn(case_id)
    )


def state_of(entry):
    return next(one.get("term") for one in entry.findall(f"{ATOM}category") if one.get("scheme"))


def test_tells_new_changed_and_withdrawn(known):
    feed = feed_of(known[Audience.PUBLIC])
    new, changed, gone = (entry_of(feed, f"SL-2026-000{n}") for n in (1, 2, 3))
    assert [state_of(entry) for entry in (new, changed, gone)] == ["new", "changed", "withdrawn"]
    assert new.findtext(f"{ATOM}updated") == "2026-09-01T00:00:00+08:00"
    assert changed.findtext(f"{ATOM}published") == "2026-09-01T00:00:00+08:00"
    assert changed.findtext(f"{ATOM}updated") == "2026-10-01T00:00:01+08:00"
    assert "修订：更正适用条文" in changed.findtext(f"{ATOM}content")
    assert gone.findtext(f"{ATOM}updated") == "2026-10-01T00:00:02+08:00"
    assert gone.find(f"{ATOM}published") is None
    assert gone.findtext(f"{ATOM}content").splitlines() == [
        "SL-2026-0003 已于2026年10月撤下，不再提供内容，请不要再引用。",
        "请改看 SL-2026-0001。",
    ]
    inside = feed_of(known[Audience.INTERNAL])
    updated = entry_of(inside, "SL-2026-0002").findtext(f"{ATOM}updated")
    assert updated == "2026-10-05T00:00:01+08:00"


def test_hostile_text_comes_back_as_typed(known):
    entry = entry_of(feed_of(known[Audience.PUBLIC]), "SL-2026-0007")
    assert entry.findtext(f"{ATOM}title") == HOSTILE_TITLE


ANY = st.text(st.characters(exclude_categories=[]), max_size=40)


@given(ANY)
def test_any_text_makes_well_formed_xml(text):
    element = ET.Element("a", {"b": xml_text(text)})
    element.text = xml_text(text)
    made = ET.fromstring(xml_bytes(element))
    expected = text.replace("\r\n", "\n").replace("\r", "\n")
    assert len(made.text or "") == len(expected)
    kept = [(a, b) for a, b in zip(made.text or "", expected, strict=True) if a != "\ufffd"]
    assert all(a == b for a, b in kept)


def test_an_empty_library_has_a_feed_too(tmp_path):
    from builder.checks.clearance import clear
    from tests.conftest import make_library

    feed = feed_of(clear(make_library(tmp_path / "empty").load(), Audience.PUBLIC))
    assert MOMENT.fullmatch(feed.findtext(f"{ATOM}updated"))
    assert feed.find(f"{ATOM}entry") is None
