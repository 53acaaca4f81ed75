"""Case ids in the text of hand-written pages become links."""

import re
from collections.abc import Container

from builder.model.case import CASE_ID_PATTERN
from builder.pages.site_map import case_path, link

_TAG = re.compile(r"(<[^>]*>)")
_ID = re.compile(rf"(?<![A-Za-z0-9-]){CASE_ID_PATTERN.strip('^$')}(?![0-9-])")
_OPENS = re.compile(r"<(a|code|pre|script|style|textarea)\b", re.IGNORECASE)
_CLOSES = re.compile(r"</(a|code|pre|script|style|textarea)\b", re.IGNORECASE)


def link_case_ids(html: str, source: str, known: Container[str]) -> str:
    """Return HTML in which every known case id is a link.

    Left alone: ids inside tags, links and code.

    Args:
        source: path of the page that the HTML is part of.
        known: ids of the cases that have a page.
    """

    def linked(match: re.Match[str]) -> str:
        case_id = match[0]
        if case_id not in known:
            return case_id
        return f'<a href="{link(source, case_path(case_id))}">{case_id}</a>'

    parts = _TAG.split(html)
    depth = 0
    for number, part in enumerate(parts):
        if part.startswith("<"):
            depth += bool(_OPENS.match(part)) - bool(_CLOSES.match(part))
        elif depth <= 0:
            parts[number] = _ID.sub(linked, part)
    return "".join(parts)
