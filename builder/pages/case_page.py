"""The page of a case: what it was in a box, then how it went, section by section."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from builder.checks.cleared import CitedArticle, ClearedCase, ClearedCasebook, ClearedSession
from builder.model.vocabulary import Vocabulary
from builder.pages.citation_head import case_head
from builder.pages.facets import TITLES, place_of
from builder.pages.page import Page, key_of
from builder.pages.similar import SimilarCase
from builder.pages.site_map import (
    HOME,
    SEARCH,
    article_anchor,
    case_path,
    facet_path,
    root_of,
    statute_path,
    value_path,
    written_path,
)
from builder.render import paragraphs, template
from builder.stable_paths import case_data_path
from builder.study.learned import owner_of
from builder.wording import (
    amounts_in_words,
    change_in_words,
    citation,
    path_label,
    status_mark,
)

ROOT = root_of(case_path(""))
_HALF_BOX = 8.0  # Chinese characters that half the width of the box of facts can take

# anchor -> heading of every part, in the order of the page
SECTIONS = {
    "facts": "案情简介",
    "positions": "双方主张",
    "issues": "争议焦点",
    "evidence": "调查与证据",
    "process": "调解过程",
    "turning-point": "突破口",
    "result": "调解结果",
    "law": "法律依据",
    "analysis": "案例评析",
    "lessons": "复盘",
    "tips": "提示",
    "review": "审核批注",
    "similar": "同类案例",
    "related": "相关案例",
    "sessions": "学习过本案的复盘会",
}


@dataclass(frozen=True, slots=True)
class Value:
    """One value in the box of facts, with the page it leads to, or ''."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the box of facts."""

    label: str
    values: tuple[Value, ...]

    @property
    def wide(self) -> bool:
        """Whether it needs the whole width of the box."""
        return len(self.values) > 1 or _width(self.values[0].text) > _HALF_BOX


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What other records a case's page names.

    Attributes:
        titles: id -> title of every case and notice this audience can see.
        studied: case id -> the sessions that studied it, newest first.
    """

    titles: Mapping[str, str]
    similar: Mapping[str, Sequence[SimilarCase]]
    studied: Mapping[str, Sequence[ClearedSession]]


def case_page(
    cleared: ClearedCasebook, case: ClearedCase, neighbours: Neighbours, site: str
) -> Page:
    """Return the page of a case; its key hangs only on what the page shows.

    Args:
        site: the digest of what every page depends on.
    """
    similar = [
        (other.id, neighbours.titles[other.id], other.axes, other.differences)
        for other in neighbours.similar.get(case.id, ())
        if other.id in neighbours.titles
    ]
    related = [
        (other.id, neighbours.titles[other.id], other.relation)
        for other in case.related
        if other.id in neighbours.titles
    ]
    studied = [
        (
            session.date,
            session.title,
            written_path(session.path),
            learned_of(cleared, session, case.id),
        )
        for session in neighbours.studied.get(case.id, ())
    ]

    def content() -> str:
        return template("pages/case.html").render(
            case=case,
            root=ROOT,
            case_path=case_path,
            data=case_data_path(case.id),
            search=SEARCH,
            trail=_trail(cleared, case),
            status=status_mark(case),
            rows=list(_main_rows(cleared, case)),
            more_rows=list(_more_rows(cleared, case)),
            headings=SECTIONS,
            sections=_sections(case, similar, related, studied),
            law=[_law(article) for article in case.articles],
            similar=similar,
            related=related,
            studied=studied,
            citation=citation(cleared, case),
        )

    return Page(
        path=case_path(case.id),
        title=case.title,
        description=case.summary or case.title,
        key=key_of(site, case.id, case.digest, similar, related, studied),
        render=content,
        head=partial(case_head, cleared, case),
    )


def _trail(cleared: ClearedCasebook, case: ClearedCase) -> list[Value]:
    trail = [Value("首页", ROOT + HOME), Value(TITLES["types"], ROOT + facet_path("types"))]
    if case.dispute_types:
        vocabulary = cleared.vocabularies["dispute_types"]
        for term in vocabulary.path(case.dispute_types[0]):
            trail.append(Value(term.label, ROOT + value_path("types", term.id)))
    return trail


def _main_rows(cleared: ClearedCasebook, case: ClearedCase) -> Iterator[Row]:
    """Yield the lines of the box of facts that every reader wants first."""
    words = cleared.vocabularies
    place, _ = place_of(case)
    return _filled(
        ("编号", [Value(case.id)]),
        ("办理天数", [Value(f"{case.days} 天")] if case.days is not None else []),
        ("纠纷类型", _linked("types", words["dispute_types"], case.dispute_types)),
        ("金额", list(_amounts(case))),
        ("结果", _linked("outcomes", words["outcomes"], case.outcomes)),
        ("情形", _plain(words["grounds"], _some(case.ground))),
        ("行业", _linked("industries", words["industries"], _some(case.industry))),
        ("办理", [Value(case.place, ROOT + value_path("places", place) if place else "")]),
    )


def _more_rows(cleared: ClearedCasebook, case: ClearedCase) -> Iterator[Row]:
    """Yield the other lines of the box of facts."""
    words = cleared.vocabularies
    return _filled(
        ("时间", [Value(f"{title} {text}") for title, text in case.timeline]),
        ("手法", _linked("methods", words["methods"], case.methods)),
        ("当事人", [Value(case.parties)]),
        ("诉求", _together(words["claims"].label(claim) for claim in case.claims)),
        ("协议形式", _plain(words["agreement_forms"], _some(case.agreement_form))),
        ("来源渠道", _plain(words["channels"], _some(case.channel))),
        ("参与部门", _together(words["departments"].label(one) for one in case.departments)),
        ("案例来源", [Value(case.origin)]),
        ("修订", [Value(f"{case.revision.date} {case.revision.note}")] if case.revision else []),
    )


def _filled(*rows: tuple[str, list[Value]]) -> Iterator[Row]:
    for label, values in rows:
        if values and values[0].text:
            yield Row(label, tuple(values))


def _some(term_id: str) -> list[str]:
    return [term_id] if term_id else []


def _width(text: str) -> float:
    """Return about how wide a line of text is, in Chinese characters."""
    return sum(0.55 if char < "\u2e80" else 1.0 for char in text)


def _linked(facet: str, vocabulary: Vocabulary, ids: Sequence[str]) -> list[Value]:
    return [
        Value(path_label(vocabulary, term_id), ROOT + value_path(facet, term_id)) for term_id in ids
    ]


def _plain(vocabulary: Vocabulary, ids: Sequence[str]) -> list[Value]:
    return [Value(vocabulary.label(term_id)) for term_id in ids]


def _together(labels: Iterable[str]) -> list[Value]:
    return [Value("、".join(labels))]


def _amounts(case: ClearedCase) -> Iterator[Value]:
    yield from map(Value, amounts_in_words(case.amounts))
    if case.amounts.note:
        yield Value(f"注：{case.amounts.note}")


def _sections(
    case: ClearedCase,
    similar: Sequence[object],
    related: Sequence[object],
    studied: Sequence[object],
) -> dict[str, Markup | bool]:
    """Return anchor -> prose for the parts that have something in them.

    Parts that the template lays out itself have True.
    """
    lessons = case.lessons
    parts: dict[str, Markup | bool | str] = {
        "facts": case.facts,
        "positions": bool(case.positions.consumer or case.positions.business),
        "issues": bool(case.issues),
        "evidence": case.evidence,
        "process": case.process,
        "turning-point": case.turning_point,
        "result": case.result,
        "law": bool(case.articles),
        "analysis": case.analysis,
        "lessons": bool(lessons.good or lessons.weak or lessons.reusable),
        "tips": bool(case.tips.consumer or case.tips.business),
        "review": case.review is not None,
        "similar": bool(similar),
        "related": bool(related),
        "sessions": bool(studied),
    }
    return {
        anchor: paragraphs(part) if isinstance(part, str) else part
        for anchor, part in parts.items()
        if part
    }


def _law(article: CitedArticle) -> dict[str, object]:
    """Return what the page says of a cited article, with its links."""
    cited, standing = article.citation, article.standing
    return {
        "label": article.label,
        "href": f"{ROOT}{statute_path(cited.statute)}#{article_anchor(cited.article)}",
        "text": standing.text,
        "version": standing.version,
        "changed": change_in_words(article),
        "now_text": standing.now_text,
    }


def learned_of(cleared: ClearedCasebook, session: ClearedSession, case_id: str) -> list[str]:
    """Return what a session's minutes say that belongs to one of its cases."""
    texts = {one: told_by(cleared.by_id[one]) for one in session.cases if one in cleared.by_id}
    lines = (*session.lessons, *session.weaknesses)
    return [line for line in lines if owner_of(line, texts) == case_id]


def told_by(case: ClearedCase) -> str:
    """Return what a case tells: the texts in which a line of minutes may find itself."""
    parts = (case.title, case.summary, case.facts, case.evidence, case.process)
    more = (case.turning_point, case.result, *case.issues, *case.keywords)
    return "\n".join([*parts, *more, *case.lessons.good, *case.lessons.weak])


def studied_in(sessions: Sequence[ClearedSession]) -> dict[str, list[ClearedSession]]:
    """Return case id -> the sessions that studied it, in the order given."""
    found: dict[str, list[ClearedSession]] = {}
    for session in sessions:
        for case_id in session.cases:
            found.setdefault(case_id, []).append(session)
    return found
