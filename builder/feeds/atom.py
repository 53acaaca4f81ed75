"""The Atom feed.

Source: RFC 4287; RFC 3339 for dates. Element and attribute order is ours and fixed.
"""

from xml.etree import ElementTree as ET

from builder.checks.cleared import ClearedCasebook
from builder.feeds.changes import Change, changes, feed_urn, updated
from builder.feeds.terms_of_use import rights
from builder.feeds.xml_text import xml_bytes, xml_text
from builder.stable_paths import ATOM, HOME, JSON_FEED, absolute

NAMESPACE = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
_STATES = "urn:x-casebook:state"


def atom_feed(cleared: ClearedCasebook) -> bytes:
    """Return the feed of what is new, changed or withdrawn; links are relative without address."""
    entries = changes(cleared)
    feed = ET.Element("feed", {"xmlns": NAMESPACE, "xml:lang": "zh-CN"})
    _text(feed, "id", feed_urn(cleared))
    _text(feed, "title", cleared.title)
    _text(feed, "subtitle", cleared.description)
    _text(feed, "updated", updated(cleared, entries))
    _text(ET.SubElement(feed, "author"), "name", cleared.workshop)
    _link(feed, cleared, "self", ATOM, MEDIA_TYPE)
    _link(feed, cleared, "alternate", HOME, "text/html")
    _link(feed, cleared, "alternate", JSON_FEED, "application/feed+json")
    _text(feed, "rights", rights(cleared.audience))
    _text(feed, "generator", "casebook")
    for entry in entries:
        _add(feed, cleared, entry)
    return xml_bytes(feed)


def _add(feed: ET.Element, cleared: ClearedCasebook, entry: Change) -> None:
    made = ET.SubElement(feed, "entry")
    _text(made, "id", entry.urn)
    _text(made, "title", entry.title)
    _text(made, "updated", entry.updated)
    if entry.published:
        _text(made, "published", entry.published)
    _link(made, cleared, "alternate", entry.path, "text/html")
    state = {"term": entry.state.value, "scheme": _STATES, "label": entry.state.label}
    ET.SubElement(made, "category", state)
    for label in entry.types:
        ET.SubElement(made, "category", {"term": xml_text(label)})
    _text(made, "summary", entry.summary)
    _text(made, "content", entry.text)


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = xml_text(text)


def _link(parent: ET.Element, cleared: ClearedCasebook, rel: str, path: str, kind: str) -> None:
    href = absolute(cleared.address, path) or path
    ET.SubElement(parent, "link", {"rel": rel, "type": kind, "href": href})
