"""A cleared case as the record that travels, and what a record that arrives must be."""

import datetime
from collections.abc import Container, Iterable, Mapping

from builder.checks.cleared import CitedArticle, ClearedCase, ClearedCasebook
from builder.checks.free_text import free_texts
from builder.checks.references import controlled_ids
from builder.detectors.detect import KINDS, detect
from builder.exchange.manifest import Manifest
from builder.exchange.refusal import ASK_AGAIN, Refused
from builder.library.record import read_record
from builder.library.written_case import written_case
from builder.model.audience import Audience
from builder.model.case import (
    Case,
    FourSights,
    Lesson,
    Lessons,
    Month,
    Parties,
    Relation,
    Sight,
    Source,
    Status,
    Timeline,
    split_case_id,
)
from builder.model.statute import Citation, StatuteBook, parse_citation

_SIGHTS = {str(field.title): name for name, field in FourSights.model_fields.items()}


def bundled_case(case: ClearedCase, cleared: ClearedCasebook, travelling: Container[str]) -> Case:
    """Return the record of a cleared case, which holds nothing but what was cleared.

    Args:
        travelling: ids of the cases in the same bundle; relations to others are dropped.
    """
    return Case(
        id=case.id,
        title=case.title,
        summary=case.summary or None,
        status=Status.PUBLISHED,
        audience=cleared.audience,
        sample=case.sample,
        channel=case.channel or None,
        timeline=Timeline(received=_month(case.received), closed=_month(case.closed)),
        dispute_types=case.dispute_types,
        industry=case.industry or None,
        claims=case.claims,
        parties=Parties(note=case.parties or None),
        amounts=case.amounts,
        outcomes=case.outcomes,
        ground=case.ground or None,
        agreement_form=case.agreement_form or None,
        departments=case.departments,
        methods=case.methods,
        four_sights=FourSights(
            **{_SIGHTS[sight.name]: Sight(seen=sight.seen) for sight in case.sights}
        ),
        statutes=tuple(citation_text(article.citation) for article in case.articles),
        facts=case.facts or None,
        positions=case.positions,
        issues=case.issues,
        evidence=case.evidence or None,
        process=case.process or None,
        turning_point=case.turning_point or None,
        result=case.result or None,
        analysis=case.analysis or None,
        lessons=Lessons(
            good=_lessons(case.lessons.good),
            weak=_lessons(case.lessons.weak),
            reusable=_lessons(case.lessons.reusable),
        ),
        tips=case.tips,
        keywords=case.keywords,
        related=tuple(
            Relation(id=one.id, relation=one.relation)
            for one in case.related
            if one.id in travelling
        ),
        source=Source(
            kind="partner",
            workshop=cleared.workshop,
            days=case.days,
            law_on=_law_day(case, cleared.vocabularies.statutes),
        ),
    )


def terms_of(cases: Iterable[Case], cleared: ClearedCasebook) -> dict[str, dict[str, str]]:
    """Return vocabulary -> id -> label of every term that the cases use, and the statutes."""
    terms: dict[str, dict[str, str]] = {}
    for case in cases:
        for _, name, term_id in controlled_ids(case):
            terms.setdefault(name, {})[term_id] = cleared.vocabularies[name].label(term_id)
        for text in case.statutes:
            citation = parse_citation(text)
            if citation is not None:
                statute = cleared.vocabularies.statutes.by_id[citation.statute]
                terms.setdefault("statutes", {})[statute.id] = statute.name
    return terms


def citation_text(citation: Citation) -> str:
    """Return a citation as case files write it."""
    parts = (citation.article, citation.paragraph, citation.item)
    return f"{citation.statute}#{'.'.join(part for part in parts if part)}"


def identifier_in(texts: Iterable[str]) -> str:
    """Return the first identifier of a person or business in the texts, masked, or ''."""
    for text in texts:
        for finding in detect(text):
            if KINDS[finding.kind].blocking:
                return f"疑似{KINDS[finding.kind].label}：{finding.excerpt}"
    return ""


def texts_in(case: Case) -> list[str]:
    """Return every free text of a record."""
    return [text for _, text, _ in free_texts(case)]


def read_bundled(name: str, content: bytes, manifest: Manifest) -> Case:
    """Return the case that a bundle holds at `name`.

    Raises:
        Refused: it breaks the schema, is another case, holds what never leaves an office,
            carries an identifier, or is spelt in another way than ours.
    """
    read = read_record(name, content, Case)
    case = read.record
    if case is None:
        first = read.problems[0]
        place = f"第 {first.line} 行" if first.line else "整个文件"
        raise Refused(name, f"{place}不合案例的格式：{first.what}", ASK_AGAIN, "schema")
    parts = split_case_id(case.id)
    if f"cases/{case.id}.yml" != name or parts is None or parts[0] != manifest.workshop.code:
        raise Refused(name, "编号与文件名或对方的代码不一致。", ASK_AGAIN, "case-id")
    if not _as_sent(case, manifest.audience):
        raise Refused(name, "里面有不该离开对方单位的项目。", ASK_AGAIN, "inside-field")
    _check_terms(name, case, manifest.terms)
    found = identifier_in(texts_in(case))
    if found:
        raise Refused(name, f"里面有{found}。", "不要使用；请对方删去后重新打包。", "identifier")
    if written_case(case).encode() != content:
        raise Refused(name, "不是规定的写法，或夹着注释。", ASK_AGAIN, "not-canonical")
    return case


def _as_sent(case: Case, audience: str) -> bool:
    """Return whether a record has no field but those that `bundled_case` fills."""
    source, sights = case.source, case.four_sights
    lessons = (*case.lessons.good, *case.lessons.weak, *case.lessons.reusable)
    notes = [
        sight.note
        for sight in (sights.person, sights.scene, sights.problem, sights.result)
        if sight
    ]
    moments = [getattr(case.timeline, name) for name in Timeline.model_fields]
    bare = Parties(note=case.parties.note)
    return (
        case.status is Status.PUBLISHED
        and case.audience is Audience(audience)
        and case.revision is None
        and (case.station, case.review, case.withdrawal, case.waivers) == (None, None, None, ())
        and not any(notes)
        and not any(lesson.internal for lesson in lessons)
        and all(moment is None or isinstance(moment, Month) for moment in moments)
        and case.parties == bare
        and source
        == Source(kind="partner", workshop=source.workshop, days=source.days, law_on=source.law_on)
    )


def _check_terms(name: str, case: Case, terms: Mapping[str, Mapping[str, str]]) -> None:
    used = [(vocabulary, term_id) for _, vocabulary, term_id in controlled_ids(case)]
    citations = [parse_citation(text) for text in case.statutes]
    used += [("statutes", citation.statute) for citation in citations if citation]
    if any(term_id not in terms.get(vocabulary, {}) for vocabulary, term_id in used):
        raise Refused(name, "用了清单里没有列出的词。", ASK_AGAIN, "terms")


def _month(text: str) -> Month | None:
    return Month.fromisoformat(f"{text[:7]}-01") if text else None


def _lessons(texts: tuple[str, ...]) -> tuple[Lesson, ...]:
    return tuple(Lesson(text=text) for text in texts)


def _law_day(case: ClearedCase, book: StatuteBook) -> datetime.date | None:
    """Return a day on which the law cited stood as on the day of the case, or None.

    It is the first of the month, or the day on which the newest version cited began:
    no more than the versions tell in any case.
    """
    month = case.received or case.closed
    if not month:
        return None
    begins = [_begin(article, book) for article in case.articles]
    return max(datetime.date.fromisoformat(f"{month[:7]}-01"), *begins) if begins else None


def _begin(article: CitedArticle, book: StatuteBook) -> datetime.date:
    versions = book.by_id[article.citation.statute].versions
    return next(one.from_ for one in versions if one.label == article.standing.version)
