"""Statutes with their life: versions, articles in force on a date, renumbering."""

import datetime
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator

from builder.model.strict import TERM_ID_PATTERN, Strict

CITATION_PATTERN = r"^[a-z0-9-]+#[0-9]+(?:-[0-9]+)?(?:\.[0-9]+){0,2}$"
_CITATION = re.compile(r"([a-z0-9-]+)#([0-9]+(?:-[0-9]+)?)(?:\.([0-9]+))?(?:\.([0-9]+))?")


class StatuteVersion(Strict):
    """One version of a statute; `until` is the first day it no longer applies."""

    label: str
    from_: datetime.date = Field(alias="from")
    until: datetime.date | None = None
    articles: dict[str, str] = Field(default_factory=dict)

    @field_validator("articles", mode="before")
    @classmethod
    def _number_keys_as_text(cls, value: object) -> object:
        return {str(key): text for key, text in value.items()} if isinstance(value, dict) else value

    def in_force(self, day: datetime.date) -> bool:
        return self.from_ <= day and (self.until is None or day < self.until)


class Renumbering(Strict):
    """Which article of a later text took the place of which article of this one.

    `from_` is the start of the later version; it is given when `to` is the same statute.
    """

    to: str
    from_: datetime.date | None = Field(default=None, alias="from")
    pairs: dict[str, str]


class Statute(Strict):
    """A law, regulation, rule or judicial interpretation."""

    id: Annotated[str, StringConstraints(pattern=TERM_ID_PATTERN)]
    name: Annotated[str, StringConstraints(min_length=2)]
    short: Annotated[str, StringConstraints(min_length=2)]
    aliases: tuple[str, ...] = ()
    versions: tuple[StatuteVersion, ...] = Field(min_length=1)
    renumbered: tuple[Renumbering, ...] = ()
    replaced_by: str | None = None

    def version_on(self, day: datetime.date) -> StatuteVersion | None:
        """Return the version in force on `day`, if any."""
        return next((version for version in self.versions if version.in_force(day)), None)


class StatutesFile(Strict):
    """The content of `statutes.yml`."""

    statutes: tuple[Statute, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """A reference to an article: `statute-id#article[.paragraph[.item]]`."""

    statute: str
    article: str
    paragraph: str = ""
    item: str = ""

    @property
    def label(self) -> str:
        """The article as people write it, without the statute's name."""
        parts = [f"第{self.article}条"]
        if self.paragraph:
            parts.append(f"第{self.paragraph}款")
        if self.item:
            parts.append(f"第{self.item}项")
        return "".join(parts)


def parse_citation(text: str) -> Citation | None:
    """Return the citation that `text` writes, or None when it writes none."""
    match = _CITATION.fullmatch(text)
    return Citation(*(part or "" for part in match.groups())) if match else None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a cited article stood on a date, and where it stands now.

    Attributes:
        kind: "current", "changed", "repealed", "not-in-force" on that date, or
            "not-listed": the vocabulary does not have this article of that version.
        version: label of the version in force on that date.
        text: paraphrase of the article in that version.
        now: the provision that stands in its place, where one is known.
        now_text: its paraphrase.
        since: first day of the change.
    """

    kind: Literal["current", "changed", "repealed", "not-in-force", "not-listed"]
    version: str = ""
    text: str = ""
    now: Citation | None = None
    now_text: str = ""
    since: datetime.date | None = None


@dataclass(frozen=True)
class StatuteBook:
    """All statutes of a library, and where an article stands today."""

    statutes: tuple[Statute, ...]

    @cached_property
    def by_id(self) -> dict[str, Statute]:
        return {statute.id: statute for statute in self.statutes}

    def __contains__(self, statute_id: object) -> bool:
        return statute_id in self.by_id

    def label(self, citation: Citation) -> str:
        """Return the citation as people write it: short name and article."""
        return f"《{self.by_id[citation.statute].short}》{citation.label}"

    def standing(self, citation: Citation, then: datetime.date) -> Standing:
        """Return how an article cited on `then` stood then and where it stands now.

        "Now" is the last version that the vocabulary knows, not the clock's today: the
        same library gives the same pages.
        """
        known = self._standings.get((citation, then))
        if known is None:
            known = self._standings[citation, then] = self._standing(citation, then)
        return known

    @cached_property
    def _standings(self) -> dict[tuple[Citation, datetime.date], Standing]:
        """Standings worked out before: many cases cite the same article on the same day."""
        return {}

    def _standing(self, citation: Citation, then: datetime.date) -> Standing:
        statute = self.by_id[citation.statute]
        version = statute.version_on(then)
        if version is None:
            return Standing("not-in-force")
        if citation.article not in version.articles:
            return Standing("not-listed", version.label)
        text = version.articles[citation.article]
        last = statute.versions[-1]
        if last.until is None and last.articles.get(citation.article) == text:
            return Standing("current", version.label, text)
        for renumbering in statute.renumbered:
            target = self.by_id.get(renumbering.to)
            article = renumbering.pairs.get(citation.article)
            already = renumbering.from_ is not None and then >= renumbering.from_
            if target is None or article is None or already:
                continue
            now = target.versions[-1]
            return Standing(
                "changed", version.label, text,
                Citation(target.id, article), now.articles.get(article, ""), now.from_,
            )  # fmt: skip
        if last.until is not None:
            return Standing("repealed", version.label, text, since=last.until)
        if last is version:
            return Standing("current", version.label, text)
        now_text = last.articles.get(citation.article)
        now_citation = Citation(statute.id, citation.article) if now_text else None
        kind: Literal["changed", "repealed"] = "changed" if now_text else "repealed"
        return Standing(kind, version.label, text, now_citation, now_text or "", last.from_)
