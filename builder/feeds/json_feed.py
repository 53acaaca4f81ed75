"""The JSON Feed.

Source: JSON Feed version 1.1 (jsonfeed.org/version/1.1).
"""

from typing import Any

from builder.checks.cleared import ClearedCasebook
from builder.feeds.changes import Change, changes, feed_urn
from builder.feeds.json_text import json_bytes
from builder.feeds.terms_of_use import rights
from builder.stable_paths import HOME, JSON_FEED, absolute

VERSION = "https://jsonfeed.org/version/1.1"
MEDIA_TYPE = "application/feed+json"


def json_feed(cleared: ClearedCasebook) -> bytes:
    """Return the feed of what is new, changed or withdrawn; without address it has no links."""
    links = {
        "home_page_url": absolute(cleared.address, HOME),
        "feed_url": absolute(cleared.address, JSON_FEED),
    }
    return json_bytes(
        {
            "version": VERSION,
            "title": cleared.title,
            "description": cleared.description,
            "language": "zh-CN",
            "authors": [{"name": cleared.workshop}],
            **{name: url for name, url in links.items() if url},
            "_casebook": {
                "about": "案例库自己的字段：编号、状态（new、changed、withdrawn）、网页路径。",
                "id": feed_urn(cleared),
                "audience": cleared.audience.value,
                "rights": rights(cleared.audience),
            },
            "items": [_item(cleared, entry) for entry in changes(cleared)],
        }
    )


def _item(cleared: ClearedCasebook, entry: Change) -> dict[str, Any]:
    item: dict[str, Any] = {"id": entry.urn}
    if cleared.address:
        item["url"] = absolute(cleared.address, entry.path)
    item |= {
        "title": entry.title,
        "summary": entry.summary,
        "content_text": entry.text,
        "date_modified": entry.updated,
    }
    if entry.published:
        item["date_published"] = entry.published
    item["tags"] = [entry.state.label, *entry.types]
    item["_casebook"] = {
        "case": entry.case_id,
        "state": entry.state.value,
        "page": entry.path,
    }
    return item
