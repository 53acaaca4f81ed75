"""What a cell of the Word form holds: the values of a field as lines of text, and back.

Several items stand under bullets; a line that could be taken for one has a backslash before
it. Words of a vocabulary are written by their labels, law by name and article.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

from builder.checks.form_fields import Field
from builder.model.audience import Audience
from builder.model.case import Status
from builder.model.statute import parse_citation
from builder.model.vocabulary import Vocabularies, Vocabulary

BULLET: Final = "● "
INSIDE: Final = "【仅内部】"
YES, NO = "见到", "没见到"
UNCHOSEN: Final = "（请选）"
_CHOICES: Final = {one.value: one.label for one in (*Status, *Audience)}
_MARKED: Final = ("●", "\\")
_SEPARATORS = re.compile(r"[、，,;；\n]+")
_MOMENT = re.compile(r"(\d{4})[-年/.](\d{1,2})(?:[-月/.](\d{1,2})日?)?(?:\s+(\d{1,2}):(\d{2}))?")
_CITED = re.compile(r"《?(?P<name>[^《》#]+?)》?\s*第?(?P<number>[0-9][0-9第条之款项.\-\s]*)")


def cell_text(field: Field, value: Any, words: Vocabularies) -> str:
    """Return what the cell of a field holds; '' for what is empty."""
    kind = field["kind"]
    if value is None or value == []:
        return ""
    if kind == "flag":
        return YES if value else NO
    if kind == "choice":
        return str(_CHOICES.get(value, value))
    if kind == "term":
        return _label(words[field["vocabulary"]], value)
    if kind == "terms":
        return "\n".join(_label(words[field["vocabulary"]], one) for one in value)
    if kind == "statutes":
        return "\n".join(_law(one, words) for one in value)
    if kind == "words":
        return "\n".join(value)
    if kind == "proses":
        return _bulleted(value)
    if kind == "lessons":
        return _bulleted([_lesson(one) for one in value])
    if kind == "rows":
        return _bulleted([" ".join(one[part["name"]] for part in field["fields"]) for one in value])
    return str(value)


def cell_value(field: Field, text: str, words: Vocabularies) -> Any:
    """Return the value that a cell's text writes, None for nothing.

    What is in no vocabulary, and a date that is none, come back as they were typed: the
    checks name them.
    """
    kind, text = field["kind"], text.strip()
    if not text or (text == UNCHOSEN and kind in ("flag", "choice", "term")):
        return None
    plain = unicodedata.normalize("NFKC", text)
    if kind == "flag":
        return {YES: True, NO: False, "是": True, "否": False}.get(text, text)
    if kind == "choice":
        return {label: value for value, label in _CHOICES.items()}.get(text, text)
    if kind == "term":
        return _id(words[field["vocabulary"]], text)
    if kind in ("terms", "statutes", "words"):
        parts = [part.strip() for part in _parts(kind, text) if part.strip()]
        if kind == "terms":
            return [_id(words[field["vocabulary"]], part) for part in parts]
        return [_citation(part, words) for part in parts] if kind == "statutes" else parts
    if kind in ("proses", "lessons", "rows"):
        return _items(field, text)
    if kind in ("moment", "date"):
        return _moment(plain)
    if kind == "sum":
        return re.sub(r"[,\s元]", "", plain)
    if kind == "count":
        digits = re.sub(r"[\s人个家户]", "", plain)
        return int(digits) if digits.isdecimal() else digits
    return plain if kind == "id" else text


def _parts(kind: str, text: str) -> Sequence[str]:
    return text.split("\n") if kind == "words" else _SEPARATORS.split(text)


def _label(vocabulary: Vocabulary, term_id: str) -> str:
    """Return the label of a term; its id where it has none, or another has the same."""
    if term_id not in vocabulary:
        return term_id
    label = vocabulary.label(term_id)
    return label if _id(vocabulary, label) == term_id else term_id


def _id(vocabulary: Vocabulary, written: str) -> str:
    """Return the id of the one term that is called so; else what is written."""
    if written in vocabulary:
        return written
    named = [term.id for term in vocabulary.walk() if term.label == written]
    named = named or [term.id for term in vocabulary.walk() if written in term.synonyms]
    return named[0] if len(named) == 1 else written


def _law(citation: str, words: Vocabularies) -> str:
    parsed = parse_citation(citation)
    if parsed is None or parsed.statute not in words.statutes:
        return citation
    written = words.statutes.label(parsed)
    return written if _citation(written, words) == citation else citation


def _citation(written: str, words: Vocabularies) -> str:
    """Return `xiaobaofa#53.2` of 《消法》第53条第2款; else what is written."""
    plain = unicodedata.normalize("NFKC", written)
    found = _CITED.fullmatch(plain)
    if "#" in plain or found is None:
        return plain.strip()
    name = found["name"].strip()
    ids = [
        one.id
        for one in words.statutes.statutes
        if name in (one.id, one.name, one.short, *one.aliases)
    ]
    numbers = re.findall(r"[0-9]+(?:-[0-9]+)?", found["number"].replace("条之", "-"))
    return f"{ids[0]}#{'.'.join(numbers)}" if len(ids) == 1 and numbers else written


def _moment(text: str) -> str:
    found = _MOMENT.fullmatch(text)
    if found is None:
        return text
    year, month, day, hour, minute = found.groups()
    written = "-".join(part.zfill(2) for part in (year, month, day) if part)
    return f"{written} {hour.zfill(2)}:{minute}" if hour and day else written


def _lesson(lesson: Any) -> str:
    if isinstance(lesson, Mapping) and lesson.get("internal"):
        return f"{INSIDE}{lesson['text']}"
    text = str(lesson["text"] if isinstance(lesson, Mapping) else lesson)
    return f"\\{text}" if text.startswith((INSIDE, "\\")) else text


def _bulleted(items: Sequence[str]) -> str:
    return "\n".join(f"{BULLET}{_continued(item)}" for item in items)


def _continued(item: str) -> str:
    first, *more = item.split("\n")
    return "\n".join([first, *(f"\\{line}" if line.startswith(_MARKED) else line for line in more)])


def _items(field: Field, text: str) -> list[Any]:
    """Return the items under bullets; without any bullet every line is one."""
    lines = text.split("\n")
    has_bullets = any(line.startswith("●") for line in lines)
    items: list[list[str]] = []
    for line in lines:
        if line.startswith("●") or not items or not has_bullets:
            items.append([line.removeprefix("●").removeprefix(" ") if has_bullets else line])
        else:
            items[-1].append(line[1:] if line.startswith("\\") else line)
    texts = ["\n".join(item).strip() for item in items]
    return [_item(field, one) for one in texts if one]


def _item(field: Field, text: str) -> Any:
    if field["kind"] == "lessons":
        if text.startswith(INSIDE):
            return {"text": text.removeprefix(INSIDE).strip(), "internal": True}
        return {"text": text.removeprefix("\\")}
    if field["kind"] == "rows":
        names = [part["name"] for part in field["fields"]]
        return dict(zip(names, text.split(maxsplit=len(names) - 1), strict=False))
    return text
