"""What of a case each audience may see: dropped, made coarser, or kept as written."""

import datetime
import hashlib
from collections.abc import Container
from dataclasses import replace

from builder.checks.cleared import (
    CitedArticle,
    ClearedCase,
    ClearedLessons,
    ClearedRelation,
    ClearedReview,
    ClearedRevision,
    ClearedSight,
    WithdrawnNotice,
)
from builder.model.audience import Audience
from builder.model.case import (
    Case,
    FourSights,
    Lesson,
    Month,
    Parties,
    Timeline,
    written_moment,
)
from builder.model.statute import StatuteBook, parse_citation
from builder.model.vocabulary import Vocabularies
from builder.settings import Settings

_ORIGINS = {"own": "本工作室", "partner": "伙伴工作室", "ledger": "台账导入"}


def generalised(
    case: Case,
    audience: Audience,
    visible: Container[str],
    vocabularies: Vocabularies,
    settings: Settings,
) -> ClearedCase:
    """Return a case as `audience` may see it.

    Args:
        visible: ids of the cases that the audience can see; relations to others are dropped.
    """
    inside = audience is Audience.INTERNAL
    station = vocabularies["stations"].by_id.get(case.station or "")
    district = station.district if station else ""
    partner = case.source.workshop or "" if case.source.kind == "partner" else ""
    cleared = ClearedCase(
        id=case.id,
        title=case.title,
        summary=case.summary or "",
        status=case.status,
        sample=case.sample,
        partner=partner,
        place=partner or (station.label if station and inside else settings.region + district),
        station=station.id if station and inside else "",
        district=district,
        channel=case.channel or "",
        timeline=_timeline(case.timeline, inside),
        received=_date(case.received_on, inside),
        closed=_date(case.closed_on, inside),
        days=_days(case),
        dispute_types=case.dispute_types,
        industry=case.industry or "",
        claims=case.claims,
        parties=_parties(case.parties, inside),
        amounts=case.amounts,
        outcomes=case.outcomes,
        ground=case.ground or "",
        agreement_form=case.agreement_form or "",
        departments=case.departments,
        methods=case.methods,
        sights=_sights(case.four_sights, inside),
        articles=_articles(case, vocabularies.statutes),
        facts=case.facts or "",
        positions=case.positions,
        issues=case.issues,
        evidence=case.evidence or "",
        process=case.process or "",
        turning_point=case.turning_point or "",
        result=case.result or "",
        analysis=case.analysis or "",
        lessons=ClearedLessons(
            good=_lessons(case.lessons.good, inside),
            weak=_lessons(case.lessons.weak, inside),
            reusable=_lessons(case.lessons.reusable, inside),
        ),
        tips=case.tips,
        keywords=case.keywords,
        related=tuple(
            ClearedRelation(relation.id, relation.relation)
            for relation in case.related
            if relation.id in visible
        ),
        origin=_origin(case, inside),
        review=_review(case) if inside else None,
        revision=_revision(case, inside),
    )
    return replace(cleared, digest=hashlib.sha256(repr(cleared).encode()).hexdigest())


def notice_of(case: Case, audience: Audience, visible: Container[str]) -> WithdrawnNotice:
    """Return the notice that a withdrawn case leaves behind."""
    withdrawal = case.withdrawal
    if withdrawal is None:
        return WithdrawnNotice(case.id, case.title, "", "", "")
    replaced_by = withdrawal.replaced_by or ""
    return WithdrawnNotice(
        id=case.id,
        title=case.title,
        month=withdrawal.date.strftime("%Y-%m"),
        replaced_by=replaced_by if replaced_by in visible else "",
        notice=withdrawal.notice if audience is Audience.INTERNAL else "",
    )


def _date(day: datetime.date | None, inside: bool) -> str:
    if day is None:
        return ""
    return day.isoformat() if inside else day.strftime("%Y-%m")


def _timeline(timeline: Timeline, inside: bool) -> tuple[tuple[str, str], ...]:
    shown = Timeline.model_fields if inside else ("received", "closed")
    rows = []
    for name in shown:
        moment = getattr(timeline, name)
        if moment is not None:
            text = written_moment(moment) if inside else moment.strftime("%Y-%m")
            rows.append((str(Timeline.model_fields[name].title), text))
    return tuple(rows)


def _days(case: Case) -> int | None:
    received, closed = case.received_on, case.closed_on
    if case.source.days is not None:
        return case.source.days  # worked out before the days were taken away
    if received is None or closed is None or Month in (type(received), type(closed)):
        return None
    return (closed - received).days


def _parties(parties: Parties, inside: bool) -> str:
    if not inside:
        if parties.consumers is None:
            return ""
        bounds = ((1, "消费者 1 人"), (9, "消费者数人"), (49, "消费者数十人"))
        return next((text for most, text in bounds if parties.consumers <= most), "消费者众多")
    parts = []
    if parties.consumers is not None:
        parts.append(f"消费者 {parties.consumers} 人{_in_brackets(parties.consumer_kind)}")
    elif parties.consumer_kind:
        parts.append(f"消费者{_in_brackets(parties.consumer_kind)}")
    if parties.businesses is not None:
        parts.append(f"经营者 {parties.businesses} 家{_in_brackets(parties.business_kind)}")
    elif parties.business_kind:
        parts.append(f"经营者{_in_brackets(parties.business_kind)}")
    if parties.note:
        parts.append(parties.note)
    return "；".join(parts)


def _in_brackets(kind: str | None) -> str:
    return f"（{kind}）" if kind else ""


def _sights(four: FourSights, inside: bool) -> tuple[ClearedSight, ...]:
    rows = []
    for name, field in FourSights.model_fields.items():
        sight = getattr(four, name)
        if sight is not None:
            note = sight.note or "" if inside else ""
            rows.append(ClearedSight(str(field.title), sight.seen, note))
    return tuple(rows)


def _lessons(lessons: tuple[Lesson, ...], inside: bool) -> tuple[str, ...]:
    return tuple(lesson.text for lesson in lessons if inside or not lesson.internal)


def _articles(case: Case, book: StatuteBook) -> tuple[CitedArticle, ...]:
    rows = []
    for text in case.statutes:
        citation = parse_citation(text)
        if citation is None or citation.statute not in book or case.law_on is None:
            continue
        statute = book.by_id[citation.statute]
        standing = book.standing(citation, case.law_on)
        if standing.kind in ("not-in-force", "not-listed"):
            continue  # an error of the checks; never shown as law
        now_label = book.label(standing.now) if standing.now else ""
        rows.append(CitedArticle(citation, statute.name, statute.short, standing, now_label))
    return tuple(rows)


def _origin(case: Case, inside: bool) -> str:
    parts = [_ORIGINS[case.source.kind]]
    if case.source.workshop:
        parts.append(case.source.workshop)
    if inside:
        parts += [part for part in (case.source.row, case.source.note) if part]
    if case.source.verified:
        parts.append(f"{_date(case.source.verified, inside)} 验过签名")
    if case.source.licence:
        parts.append(f"许可：{case.source.licence}")
    if case.source.unmapped:
        terms = "、".join(f"{term.label}（{term.id}）" for term in case.source.unmapped)
        parts.append(f"未归类：{terms}")
    return "，".join(parts)


def _review(case: Case) -> ClearedReview | None:
    if case.review is None:
        return None
    return ClearedReview(case.review.date.isoformat(), case.review.role, case.review.remark or "")


def _revision(case: Case, inside: bool) -> ClearedRevision | None:
    if case.revision is None:
        return None
    return ClearedRevision(_date(case.revision.date, inside), case.revision.note)
