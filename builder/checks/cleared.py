"""What a build for one audience may hold. Made by `clearance.clear` and by nothing else.

Index, search and every output take these types only: what was not cleared is not in
them, so it cannot be printed by forgetting a call.
"""

from collections.abc import Iterator
from dataclasses import InitVar, dataclass, fields, is_dataclass
from decimal import Decimal
from functools import cached_property

from builder.model.audience import Audience
from builder.model.case import Amounts, Positions, Status, Tips
from builder.model.statute import Citation, Standing
from builder.model.vocabulary import Vocabularies

_KEY = object()


@dataclass(frozen=True, slots=True)
class CitedArticle:
    """An article a case relies on, as it stood on the case's dates and as it stands now."""

    citation: Citation
    statute_name: str
    statute_short: str
    standing: Standing
    now_label: str  # the present provision, or ''

    @property
    def label(self) -> str:
        return f"《{self.statute_short}》{self.citation.label}"


@dataclass(frozen=True, slots=True)
class ClearedSight:
    """One of the 四见."""

    name: str
    seen: bool
    note: str  # internal only


@dataclass(frozen=True, slots=True)
class ClearedLessons:
    """复盘, without what stays inside the office."""

    good: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    reusable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClearedRelation:
    """A related case that this audience can see too."""

    id: str
    relation: str


@dataclass(frozen=True, slots=True)
class ClearedReview:
    """Internal only: who reviewed, by role, and the remark."""

    date: str
    role: str
    remark: str


@dataclass(frozen=True, slots=True)
class ClearedRevision:
    """That a published case was changed: when (month for those outside), and what."""

    date: str
    note: str


@dataclass(frozen=True, slots=True)
class ClearedCase:
    """A case as one audience may see it.

    Attributes:
        digest: SHA-256 of everything else in it, hexadecimal; equal cases, equal digests.
        partner: name of the workshop that sent the case, or '' if it is our own.
        place: station for internal, city and district for others; of a partner's case its workshop.
        timeline: (title, text) in order; text to the minute or day for internal, else the month.
        received, closed: ISO date for internal, `YYYY-MM` for others, or ''; they sort as text.
        days: calendar days from 收到 to 结案, worked out before dates were generalised.
        parties: one line, numbers and kinds.
        articles: cited law in the order of the file.
    """

    id: str
    title: str
    summary: str
    status: Status
    sample: bool
    partner: str
    place: str
    station: str
    district: str
    channel: str
    timeline: tuple[tuple[str, str], ...]
    received: str
    closed: str
    days: int | None
    dispute_types: tuple[str, ...]
    industry: str
    claims: tuple[str, ...]
    parties: str
    amounts: Amounts
    outcomes: tuple[str, ...]
    ground: str
    agreement_form: str
    departments: tuple[str, ...]
    methods: tuple[str, ...]
    sights: tuple[ClearedSight, ...]
    articles: tuple[CitedArticle, ...]
    facts: str
    positions: Positions
    issues: tuple[str, ...]
    evidence: str
    process: str
    turning_point: str
    result: str
    analysis: str
    lessons: ClearedLessons
    tips: Tips
    keywords: tuple[str, ...]
    related: tuple[ClearedRelation, ...]
    origin: str
    review: ClearedReview | None
    revision: ClearedRevision | None
    digest: str = ""

    @property
    def year(self) -> str:
        return self.id.split("-")[1]


@dataclass(frozen=True, slots=True)
class WithdrawnNotice:
    """What stays of a case that was taken down: no case text."""

    id: str
    title: str
    month: str
    replaced_by: str
    notice: str  # internal only


@dataclass(frozen=True, slots=True)
class ClearedAction:
    """整改, with its owner's role."""

    what: str
    owner: str
    due: str
    done: str


@dataclass(frozen=True, slots=True)
class ClearedSession:
    """Minutes of a study session."""

    path: str  # below docs/
    date: str
    title: str
    sample: bool
    host: str
    cases: tuple[str, ...]
    lessons: tuple[str, ...]
    weaknesses: tuple[str, ...]
    actions: tuple[ClearedAction, ...]
    body: str


@dataclass(frozen=True, slots=True)
class ClearedPage:
    """A hand-written page."""

    path: str  # below docs/
    title: str
    description: str
    body: str


@dataclass(frozen=True)
class ClearedCasebook:
    """Everything one audience may see, and nothing else.

    Attributes:
        cases: newest closed first, then id: the order of case numbers.
        region, district names and all other texts are free of what was not cleared.
        code: of the workshop, as in its case ids.
        address: where this audience's site is on the web, ending in `/`, or ''.
    """

    audience: Audience
    code: str
    address: str
    title: str
    description: str
    workshop: str
    region: str
    vocabularies: Vocabularies
    cases: tuple[ClearedCase, ...]
    notices: tuple[WithdrawnNotice, ...]
    sessions: tuple[ClearedSession, ...]
    pages: tuple[ClearedPage, ...]
    assets: frozenset[str]  # files below docs/ that cleared pages show
    key: InitVar[object]

    def __post_init__(self, key: object) -> None:
        if key is not _KEY:
            raise TypeError("only builder.checks.clearance.clear makes a ClearedCasebook")

    @cached_property
    def by_id(self) -> dict[str, ClearedCase]:
        return {case.id: case for case in self.cases}

    @cached_property
    def as_of(self) -> str:
        """The newest date that anything here carries, or ''; stands for 'today' in outputs."""
        dates = [case.closed or case.received for case in self.cases]
        dates += [session.date for session in self.sessions]
        return max(dates, default="")


def texts_of(value: object) -> Iterator[str]:
    """Yield every text of its own that a cleared record holds, for scanning.

    Digests are no texts, and the wording of cited law is the vocabulary's.
    """
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | frozenset):
        for item in value:
            yield from texts_of(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if field.name not in ("digest", "articles"):
                yield from texts_of(getattr(value, field.name))
    elif isinstance(value, Amounts | Positions | Tips):
        for name in type(value).model_fields:
            item = getattr(value, name)
            if not isinstance(item, Decimal):
                yield from texts_of(item)
