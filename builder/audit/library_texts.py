"""Every text and day of a library, whatever record it stands in, and where."""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pydantic import BaseModel

from builder.audit.days import days_in
from builder.checks.cleared import ClearedCasebook
from builder.index.case_fields import section_texts
from builder.index.term_paths import term_paths
from builder.library.casebook import Casebook
from builder.model.case import Month
from builder.model.statute import Citation

STATIONS: Final = "cases/vocabulary/stations.yml"
_PACKAGE = Path(__file__).parents[1]
_WRITTEN = (".py", ".html", ".js", ".css", ".typ", ".xml", ".txt", ".svg", ".md", ".json")
_COMMENT = re.compile(r"(?:^|[ \t])#[ \t]*([^\n]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where in the library a text stands."""

    path: str  # relative to the library's root
    field: str  # e.g. facts, lessons.weak.0, or '' for a comment

    @property
    def is_page(self) -> bool:
        """Whether it stands in a hand-written page, not in a case, minutes or a station."""
        return self.path.startswith("docs/") and not self.path.startswith("docs/study/")

    def __str__(self) -> str:
        return f"{self.path} {self.field}".rstrip()


@dataclass(frozen=True, slots=True)
class Written:
    """One text or day of the library."""

    value: str | datetime.date
    origin: Origin


def written_in(book: Casebook) -> Iterator[Written]:
    """Yield every text and day that people wrote into cases, minutes, pages and stations."""
    for item in book.cases:
        told = item.case.model_copy(
            update={"id": "", "statutes": ()}
        )  # looked for as what they are
        yield from _walk(told, item.source.path, "")
        yield from _comments(item.source.path, item.source.text)
    for document in book.documents:
        yield from _walk(document.meta, document.path, "")
        yield Written(document.body, Origin(document.path, "body"))
        yield from _comments(document.path, document.source.text)
    for term in book.vocabularies["stations"].walk():
        yield from _walk(term, STATIONS, term.id)


def cleared_texts(cleared: ClearedCasebook) -> Iterator[str | datetime.date]:
    """Yield every text and day of what was cleared, and what the index makes of it."""
    for written in _walk(cleared, "", ""):
        yield written.value
    paths = term_paths(cleared.vocabularies)
    for case in cleared.cases:
        yield from section_texts(case, paths).values()
    for statute in cleared.vocabularies.statutes.statutes:
        for version in statute.versions:
            for article, wording in version.articles.items():
                label = Citation(statute.id, article).label
                for name in (statute.name, statute.short, *statute.aliases):
                    yield f"{name}{label}{wording}"


@cache
def program_texts() -> tuple[str, ...]:
    """Return the texts of the program itself: templates, pages' wording, scripts."""
    return tuple(
        path.read_text("utf-8", "replace")
        for path in sorted(_PACKAGE.rglob("*"))
        if path.suffix in _WRITTEN and path.is_file()
    )


@cache
def program_days() -> frozenset[datetime.date]:
    """Return the days that templates give as examples of how a day is written."""
    return frozenset(
        day
        for path in sorted((_PACKAGE / "templates").rglob("*"))
        if path.suffix in _WRITTEN and path.is_file()
        for day in days_in(path.read_text("utf-8", "replace"))
    )


def _comments(path: str, text: str) -> Iterator[Written]:
    # what only looks like a comment is a piece of a field, and judged with it
    for match in _COMMENT.finditer(text):
        yield Written(match[1], Origin(path, ""))


def _walk(value: object, path: str, field: str) -> Iterator[Written]:
    if isinstance(value, str):
        yield Written(value, Origin(path, field))
    elif isinstance(value, datetime.date):
        if not isinstance(value, Month):
            yield Written(value, Origin(path, field))
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _walk(getattr(value, name), path, f"{field}.{name}".lstrip("."))
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            if one.name != "digest":
                yield from _walk(getattr(value, one.name), path, f"{field}.{one.name}".lstrip("."))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _walk(key, path, field)
            yield from _walk(item, path, f"{field}.{key}".lstrip("."))
    elif isinstance(value, tuple | list | frozenset):
        for number, item in enumerate(value):
            yield from _walk(item, path, f"{field}.{number}")
