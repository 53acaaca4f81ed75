"""The cleared cases as data for programs: an index, a document a case, vocabularies, statutes."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Literal, cast

from builder.checks.cleared import (
    CitedArticle,
    ClearedCase,
    ClearedCasebook,
    WithdrawnNotice,
)
from builder.feeds import api_documents as documents
from builder.feeds.api_documents import Term
from builder.feeds.changes import case_urn
from builder.feeds.terms_of_use import rights
from builder.model.vocabulary import Vocabulary
from builder.stable_paths import (
    API_SCHEMA,
    API_STATUTES,
    API_VOCABULARIES,
    absolute,
    case_data_path,
    case_path,
)
from builder.wording import citation, path_label

_Status = Literal["draft", "reviewed", "published"]


def index_file(cleared: ClearedCasebook) -> bytes:
    """Return the index of all cases and notices, each with the path of its document."""
    document = documents.IndexDocument(
        **_head(cleared),
        kind="index",
        as_of=cleared.as_of,
        vocabularies=API_VOCABULARIES,
        statutes=API_STATUTES,
        **{"schema": API_SCHEMA},
        cases=[_case_entry(case) for case in cleared.cases],
        withdrawn=[_withdrawn_entry(notice) for notice in cleared.notices],
    )
    return _file(document)


def case_file(cleared: ClearedCasebook, case: ClearedCase) -> bytes:
    """Return the document of a case."""
    words = cleared.vocabularies
    document = documents.CaseDocument(
        **_head(cleared),
        kind="case",
        **_names(cleared, case.id),
        digest=case.digest,
        citation=citation(cleared, case),
        title=case.title,
        summary=case.summary,
        status=_status(case),
        sample=case.sample,
        place=case.place,
        channel=_term(words["channels"], case.channel),
        received=case.received,
        closed=case.closed,
        days=case.days,
        timeline=[documents.Moment(label=label, date=date) for label, date in case.timeline],
        dispute_types=_terms(words["dispute_types"], case.dispute_types),
        industry=_term(words["industries"], case.industry),
        claims=_terms(words["claims"], case.claims),
        parties=case.parties,
        amounts=documents.Amounts(
            disputed=_yuan(case.amounts.disputed),
            claimed=_yuan(case.amounts.claimed),
            recovered=_yuan(case.amounts.recovered),
            note=case.amounts.note or "",
        ),
        outcomes=_terms(words["outcomes"], case.outcomes),
        ground=_term(words["grounds"], case.ground),
        agreement_form=_term(words["agreement_forms"], case.agreement_form),
        departments=_terms(words["departments"], case.departments),
        methods=_terms(words["methods"], case.methods),
        four_sights=[
            documents.Sight(name=sight.name, seen=sight.seen, note=sight.note)
            for sight in case.sights
        ],
        statutes=[_article(article) for article in case.articles],
        facts=case.facts,
        positions=documents.Positions(
            consumer=case.positions.consumer or "", business=case.positions.business or ""
        ),
        issues=list(case.issues),
        evidence=case.evidence,
        process=case.process,
        turning_point=case.turning_point,
        result=case.result,
        analysis=case.analysis,
        lessons=documents.Lessons(
            good=list(case.lessons.good),
            weak=list(case.lessons.weak),
            reusable=list(case.lessons.reusable),
        ),
        tips=documents.Tips(consumer=case.tips.consumer or "", business=case.tips.business or ""),
        keywords=list(case.keywords),
        related=[
            documents.Relation(id=other.id, relation=other.relation) for other in case.related
        ],
        origin=case.origin,
        review=documents.Review(
            date=case.review.date, role=case.review.role, remark=case.review.remark
        )
        if case.review
        else None,
        revision=documents.Revision(date=case.revision.date, note=case.revision.note)
        if case.revision
        else None,
    )
    return _file(document)


def withdrawn_file(cleared: ClearedCasebook, notice: WithdrawnNotice) -> bytes:
    """Return the document that a withdrawn case leaves at its address."""
    document = documents.WithdrawnDocument(
        **_head(cleared),
        kind="withdrawn",
        **_names(cleared, notice.id),
        title=notice.title,
        month=notice.month,
        replaced_by=notice.replaced_by,
        notice=notice.notice,
    )
    return _file(document)


def vocabularies_file(cleared: ClearedCasebook) -> bytes:
    """Return every vocabulary that this audience may see, in file order."""
    document = documents.VocabulariesDocument(
        **_head(cleared),
        kind="vocabularies",
        vocabularies={
            name: [
                documents.VocabularyTerm(
                    id=term.id,
                    label=term.label,
                    parent=vocabulary.parents.get(term.id, ""),
                    definition=term.definition,
                    synonyms=list(term.synonyms),
                    withdrawn=term.withdrawn.isoformat() if term.withdrawn else "",
                )
                for term in vocabulary.walk()
            ]
            for name, vocabulary in sorted(cleared.vocabularies.terms.items())
        },
    )
    return _file(document)


def statutes_file(cleared: ClearedCasebook) -> bytes:
    """Return every statute with its versions."""
    document = documents.StatutesDocument(
        **_head(cleared),
        kind="statutes",
        statutes=[
            documents.Statute(
                id=statute.id,
                name=statute.name,
                short=statute.short,
                replaced_by=statute.replaced_by or "",
                versions=[
                    documents.StatuteVersion(
                        label=version.label,
                        **{"from": version.from_.isoformat()},
                        until=version.until.isoformat() if version.until else "",
                        articles=version.articles,
                    )
                    for version in statute.versions
                ],
            )
            for statute in cleared.vocabularies.statutes.statutes
        ],
    )
    return _file(document)


def _head(cleared: ClearedCasebook) -> dict[str, Any]:
    return {
        "format": documents.FORMAT,
        "version": documents.VERSION,
        "library": documents.Library(
            title=cleared.title,
            workshop=cleared.workshop,
            code=cleared.code,
            audience=cleared.audience.value,
            rights=rights(cleared.audience),
        ),
    }


def _names(cleared: ClearedCasebook, case_id: str) -> dict[str, Any]:
    page = case_path(case_id)
    return {
        "id": case_id,
        "urn": case_urn(case_id),
        "page": page,
        "url": absolute(cleared.address, page),
    }


def _case_entry(case: ClearedCase) -> documents.CaseEntry:
    return documents.CaseEntry(
        id=case.id,
        title=case.title,
        summary=case.summary,
        status=_status(case),
        sample=case.sample,
        received=case.received,
        closed=case.closed,
        revised=case.revision.date if case.revision else "",
        dispute_types=list(case.dispute_types),
        industry=case.industry,
        outcomes=list(case.outcomes),
        digest=case.digest,
        data=case_data_path(case.id),
        page=case_path(case.id),
    )


def _withdrawn_entry(notice: WithdrawnNotice) -> documents.WithdrawnEntry:
    return documents.WithdrawnEntry(
        id=notice.id,
        title=notice.title,
        month=notice.month,
        replaced_by=notice.replaced_by,
        data=case_data_path(notice.id),
        page=case_path(notice.id),
    )


def _article(article: CitedArticle) -> documents.CitedArticle:
    cited, standing = article.citation, article.standing
    parts = (cited.article, cited.paragraph, cited.item)
    return documents.CitedArticle(
        id=f"{cited.statute}#{'.'.join(part for part in parts if part)}",
        label=article.label,
        statute=article.statute_name,
        version=standing.version,
        text=standing.text,
        standing=cast(Literal["current", "changed", "repealed"], standing.kind),
        now=article.now_label,
        now_text=standing.now_text,
    )


def _terms(vocabulary: Vocabulary, ids: Iterable[str]) -> list[Term]:
    return [Term(id=term_id, label=path_label(vocabulary, term_id)) for term_id in ids]


def _term(vocabulary: Vocabulary, term_id: str) -> Term | None:
    return Term(id=term_id, label=path_label(vocabulary, term_id)) if term_id else None


def _status(case: ClearedCase) -> _Status:
    return cast(_Status, case.status.value)


def _yuan(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)


def _file(document: documents.Document) -> bytes:
    return document.model_dump_json(by_alias=True, indent=1).encode() + b"\n"
