"""The theme's frame, with the places where a page's own words go.

MkDocs renders one hidden page for each folder of directly made pages, with marks in
place of title, description and content. Its HTML is cut at the marks once; filling is
putting strings together, so nothing in a case is ever looked at as a mark.
"""

import hashlib
import posixpath
import re
from dataclasses import dataclass, field
from html import escape

from builder.errors import SurroundingsError
from builder.stable_paths import absolute

_MARK = re.compile("(\ue000(?:title|description|head|content)\ue001)")
TITLE, DESCRIPTION, HEAD, CONTENT = (
    f"\ue000{name}\ue001" for name in ("title", "description", "head", "content")
)


@dataclass
class Frame:
    """The frames of a site, one for each folder that holds directly made pages.

    Attributes:
        address: where the site is on the web, or ''; makes each page say its own.
    """

    address: str = ""
    _parts: dict[str, list[str]] = field(default_factory=dict)

    def add(self, folder: str, html: str) -> None:
        """Take the HTML that the theme made around the marks for the pages of a folder.

        Raises:
            SurroundingsError: the theme left a mark out, or put the content in twice.
        """
        parts = _MARK.split(html)
        if parts.count(CONTENT) != 1 or not {TITLE, DESCRIPTION, HEAD} <= {*parts}:
            raise SurroundingsError(
                where=f"主题的页面框架（{folder or '首页'}）",
                what="没有给标题、说明、页头和正文留好位置。",
                remedy="请核对 mkdocs-material 的版本与 requirements.txt 一致，再重新生成。",
            )
        self._parts[folder] = parts

    @property
    def digest(self) -> str:
        """SHA-256 of all frames, hexadecimal."""
        digest = hashlib.sha256(self.address.encode())
        for folder in sorted(self._parts):
            digest.update(repr((folder, self._parts[folder])).encode())
        return digest.hexdigest()

    def fill(self, title: str, description: str, content: str, path: str, head: str = "") -> str:
        """Return a whole page.

        Args:
            title, description: plain text.
            content: HTML.
            path: of the page below the site's folder; its folder says which frame.
            head: HTML of the page's own for its head.
        """
        if self.address:
            head += f'<link rel="canonical" href="{escape(absolute(self.address, path))}">\n'
        words = {
            TITLE: escape(title), DESCRIPTION: escape(description), HEAD: head, CONTENT: content,
        }  # fmt: skip
        return "".join([words.get(part, part) for part in self._parts[posixpath.dirname(path)]])
