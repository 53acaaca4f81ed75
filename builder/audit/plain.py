"""Bytes to text: every way of writing Chinese that the bytes allow, none is taken on trust."""

import codecs
import re
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OTHER_WAYS: Final = ("gb18030", "utf-16-le", "utf-16-be", "big5")
# private use too: UTF-8 read as UTF-16 is full of it
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\ue000-\uf8ff]")
_MOST_CONTROL: Final = 0.02  # of a text's characters
_LETTERS: Final = "\u00b7\u2018-\u201d\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
_RUN = re.compile(f"[\x20-\x7e{_LETTERS}]{{4,}}")
_WIDE_RUN = re.compile(rb"(?:[\x20-\x7e]\x00){4,}")
_WIDE_RUN_BE = re.compile(rb"(?:\x00[\x20-\x7e]){4,}")


def marked_text(data: bytes) -> str | None:
    """Return the text of bytes that are UTF-8, or that say by a mark how they are written."""
    for mark, way in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(way, "replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if _is_text(text) else None


def other_texts(data: bytes) -> list[str]:
    """Return the texts that bytes can be where they are not UTF-8."""
    texts = []
    for way in _OTHER_WAYS:
        try:
            text = data.decode(way)
        except (UnicodeDecodeError, ValueError):
            continue
        if _is_text(text):
            texts.append(text)
    return texts


def broken_text(data: bytes) -> str | None:
    """Return the text of bytes that are UTF-8 but for a few, or None."""
    text = data.decode("utf-8", "replace")
    strange = text.count("\ufffd")
    if _is_text(text) and strange <= max(8, len(text) // 50) and strange * 4 < len(text):
        return text
    return None


def runs_in(data: bytes) -> str:
    """Return what reads as text among bytes of any meaning, one run a line.

    UTF-8, UTF-16 at both alignments, GB 18030.
    """
    texts = [data.decode("utf-8", "ignore"), data.decode("gb18030", "ignore")]
    for start in (0, 1):
        texts += [data[start:].decode(way, "ignore") for way in ("utf-16-le", "utf-16-be")]
    return "\n".join(run for text in texts for run in _RUN.findall(text))


def plain_runs_in(data: bytes) -> str:
    """Return what reads as Latin letters and digits, or as UTF-8, among bytes."""
    runs = _RUN.findall(data.decode("utf-8", "ignore"))
    runs += [run.decode("utf-16-le") for run in _WIDE_RUN.findall(data)]
    runs += [run.decode("utf-16-be") for run in _WIDE_RUN_BE.findall(data)]
    return "\n".join(runs)


def _is_text(text: str) -> bool:
    return len(_CONTROL.findall(text)) <= _MOST_CONTROL * len(text)
