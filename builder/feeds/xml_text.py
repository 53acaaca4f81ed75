"""XML as it is written everywhere here: UTF-8, a line an element, nothing that XML cannot hold."""

import re
from typing import cast
from xml.etree import ElementTree as ET

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Return text with what XML cannot hold replaced (XML 1.0, production 2).

    A carriage return is a line feed to whoever reads it (2.11), so it is written as one.
    """
    return _NOT_XML.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")


def xml_bytes(root: ET.Element) -> bytes:
    """Return a document as a file."""
    ET.indent(root, "")
    return cast(bytes, ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
