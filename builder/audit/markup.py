"""HTML, XML, SVG, feeds and the parts of office files: texts, attributes, comments, scripts."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

from builder.audit.found import Blob, Fault, Piece, Text, inside

# Elements that do not end a line: a word may run on over their borders.
_INLINE: Final = frozenset(
    {
        # HTML and SVG
        *("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em"),
        *("font", "i", "ins", "kbd", "label", "mark", "q", "ruby", "s", "samp", "small", "span"),
        *("strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "tspan", "textpath"),
        # Word cuts a word into runs as it likes
        *("w:r", "w:t", "w:rpr", "w:ins", "w:del", "w:deltext", "w:hyperlink", "w:smarttag"),
        *("w:sdt", "w:sdtcontent", "w:fldsimple", "w:instrtext", "w:bookmarkstart"),
        *("w:bookmarkend", "w:prooferr", "w:rfonts", "w:color", "w:sz", "w:szcs", "w:lang"),
        *("w:b", "w:i", "w:u", "w:rstyle", "w:bcs", "w:ics", "w:highlight", "w:vanish"),
        *("w:lastrenderedpagebreak", "w:commentrangestart", "w:commentrangeend"),
        *("w:commentreference", "w:nobreakhyphen", "w:softhyphen", "a:r", "a:t", "a:rpr"),
        # Excel
        *("r", "t", "rpr", "rfont", "sz", "color", "family", "charset", "scheme"),
    }
)
_RAW: Final = {"script": "script", "style": "style"}
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.attributes: list[str] = []
        self.documents: list[str] = []  # whole documents in attributes and comments
        self.comments: list[str] = []
        self.raw: list[tuple[str, str]] = []
        self._raw = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._border(tag)
        self._raw = _RAW.get(tag, "")
        if self._raw:
            self.raw.append((self._raw, ""))
        for name, value in attrs:
            if value and "<" in value:
                self.documents.append(value)
            self.attributes.append(value or name)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._raw = ""
        self._border(tag)

    def handle_endtag(self, tag: str) -> None:
        self._raw = ""
        self._border(tag)

    def handle_data(self, data: str) -> None:
        if self._raw:
            kind, before = self.raw[-1]
            self.raw[-1] = (kind, before + data)
        else:
            self.lines.append(data)
            if _TAG.search(data):  # a feed holds pages written as text
                self.documents.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)
        if "<" in data:
            self.documents.append(data)

    def handle_decl(self, decl: str) -> None:
        self.comments.append(decl)

    def unknown_decl(self, data: str) -> None:
        self.handle_data(data.removeprefix("CDATA["))

    def handle_pi(self, data: str) -> None:
        self.comments.append(data)

    def _border(self, tag: str) -> None:
        if tag not in _INLINE:
            self.lines.append("\n")


def markup_pieces(text: str) -> Iterator[Piece]:
    """Yield what stands in a text with markup; whatever the parser skips is given as it stands."""
    reader = _Reader()
    try:
        reader.feed(text)
        reader.close()
    except (AssertionError, ValueError, RecursionError):
        yield Fault("", "标签写得不对，没有全部读懂。")
        yield Text("原文", text)
    yield Text("正文", "".join(reader.lines))
    yield Text("属性", "\n".join(dict.fromkeys(reader.attributes)))
    if reader.comments:
        yield Text("注释", "\n".join(reader.comments))
    for kind, content in reader.raw:
        if content.strip():
            place = "脚本" if kind == "script" else "样式"
            yield Blob(place, content.encode("utf-8", "surrogatepass"), kind)
    for document in reader.documents:
        if document != text:
            yield Blob(
                inside("属性或注释", "网页"), document.encode("utf-8", "surrogatepass"), "html"
            )
