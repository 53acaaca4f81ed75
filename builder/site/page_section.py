"""Turn a page of the site into a part of the one file: its anchors and links fitted in.

In a site every page has an `#facts`; in one file each belongs to its case: the anchors
get the name of their page in front (`SL-2026-0001.facts`), links to other pages become
addresses in the file, and a link to what the file does not hold stays as plain text.
"""

import posixpath
from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser

_NAMES = ("id", "for", "aria-labelledby", "aria-describedby", "aria-controls", "data-cb-copy")
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr", "col"})
# The file has to travel. Why cases are alike its search says too; tools.js makes the buttons.
_DROPPED_CLASSES = frozenset(
    {"headerlink", "cb-toc", "cb-trail", "cb-tools", "cb-note--alike", "cb-note--differs"}
)
_DROPPED_TAGS = frozenset({"img", "script", "style", "iframe", "form"})
_ENDS_LEFT_OUT = frozenset({"li", "dt", "dd"})  # HTML ends these by itself
_BLOCKS = frozenset(
    {"article", "details", "dd", "div", "dl", "dt", "h1", "h2", "h3", "header", "li", "nav"}
    | {"ol", "p", "section", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul"}
)
_OUTWARD = ("https://", "http://", "mailto:")


def page_section(html: str, path: str, places: Mapping[str, str], classes: frozenset[str]) -> str:
    """Return the content of a page as a part of the one file.

    Args:
        html: content of the page, for the theme's frame.
        path: of the page below the site's folder.
        places: path of a page -> its address in the file, without #; `path` is among them.
        classes: those that styles or scripts of the file know; others are left out.
    """
    rewriter = _Rewriter(path, places, classes)
    rewriter.feed(html)
    rewriter.close()
    return "".join(rewriter.parts)


class _Rewriter(HTMLParser):
    """Writes down again what it reads, but for what has to change."""

    def __init__(self, path: str, places: Mapping[str, str], classes: frozenset[str]) -> None:
        super().__init__(convert_charrefs=False)
        self._path = path
        self._places = places
        self._classes = classes
        self._dropped: list[str] = []  # open tags of what is being dropped
        self._is_after_block = False  # where white space shows nothing
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._dropped or self._is_dropped(tag, attrs):
            if tag not in _VOID:
                self._dropped.append(tag)
            return
        written = [self._attribute(name, value or "") for name, value in attrs]
        self.parts.append(f"<{' '.join([tag, *filter(None, written)])}>")
        self._is_after_block = tag in _BLOCKS

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._dropped:
            if tag not in _ENDS_LEFT_OUT:
                self.parts.append(f"</{tag}>")
            self._is_after_block = tag in _BLOCKS
        elif tag in self._dropped:
            while self._dropped.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._dropped:
            return
        if data.isspace() and "\n" in data:
            data = "" if self._is_after_block else "\n"
        else:
            self._is_after_block = False
        self.parts.append(data.replace("<", "&lt;"))  # what the parser took for text stays text

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    @staticmethod
    def _is_dropped(tag: str, attrs: list[tuple[str, str | None]]) -> bool:
        classes = next((value or "" for name, value in attrs if name == "class"), "")
        return tag in _DROPPED_TAGS or not _DROPPED_CLASSES.isdisjoint(classes.split())

    def _attribute(self, name: str, value: str) -> str:
        if name.startswith("on"):
            return ""
        if name == "class":
            value = " ".join(one for one in value.split() if one in self._classes)
            if not value:
                return ""
        elif name in _NAMES:
            here = self._places[self._path]
            value = " ".join(f"{here}.{one}" for one in value.split())
        elif name == "href":
            target = self._address(value)
            if target is None:
                return ""
            value = target
        return f'{name}="{escape(value)}"' if value else name

    def _address(self, href: str) -> str | None:
        """Return where a link leads in the file, or None where it leads nowhere."""
        if href.startswith(_OUTWARD):
            return href
        target, _, anchor = href.partition("#")
        target = target.partition("?")[0]
        page = posixpath.normpath(posixpath.join(posixpath.dirname(self._path), target))
        place = self._places.get(page if target else self._path)
        if place is None:
            return None
        if anchor and place:
            return f"#{place}" if "=" in place else f"#{place}.{anchor}"
        return f"#{anchor or place}"  # the search, and what it is asked for
