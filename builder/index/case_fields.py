"""What of a cleared case goes where: sections, ranking fields, case table, card.

Everything that the index knows of a case is decided here, from a `ClearedCase` and the
vocabularies of the same audience.
"""

import hashlib
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from builder.checks.cleared import ClearedCase, ClearedSight
from builder.index.comparable import Comparable, fen
from builder.index.display import Card, Display
from builder.index.sections import SECTIONS
from builder.index.term_paths import TermPaths
from builder.model.statute import Citation
from builder.model.vocabulary import Term


def section_texts(case: ClearedCase, paths: TermPaths) -> dict[str, str]:
    """Return section id -> text, in the order of `SECTIONS`, without empty ones."""
    lessons, tips = case.lessons, case.tips
    texts = {
        "title": case.title,
        "summary": case.summary,
        "facts": case.facts,
        "positions": _lines([case.positions.consumer, case.positions.business]),
        "issues": _lines(case.issues),
        "evidence": case.evidence,
        "process": case.process,
        "turning_point": case.turning_point,
        "result": case.result,
        "analysis": case.analysis,
        "lessons": _lines([*lessons.good, *lessons.weak, *lessons.reusable]),
        "tips": _lines([tips.consumer, tips.business]),
        "sights": _lines(_sight(sight) for sight in case.sights if sight.note),
        "law": _lines(article.label for article in case.articles),
        "notes": _lines([case.parties, case.amounts.note]),
        "review": case.review.remark if case.review else "",
        "tags": "、".join(_tags(case, paths)),
    }
    return {section.id: texts[section.id] for section in SECTIONS if texts[section.id]}


def facet_ids(case: ClearedCase, paths: TermPaths) -> dict[str, list[str]]:
    """Return facet -> ids, each followed by its parent: a search for either finds the case.

    A cited article stands under its statute, itself and all that is above it
    (`xiaobaofa`, `xiaobaofa#55`, `xiaobaofa#55.1`), and without its statute (`#55`).
    """
    with_parents = {
        "types": ("dispute_types", case.dispute_types),
        "industry": ("industries", (case.industry,)),
        "claims": ("claims", case.claims),
        "outcomes": ("outcomes", case.outcomes),
        "departments": ("departments", case.departments),
        "methods": ("methods", case.methods),
        "channel": ("channels", (case.channel,)),
        "station": ("stations", (case.station,)),
    }
    facets = {
        facet: _unique(
            term.id for term_id in term_ids for term in reversed(_path(paths, name, term_id))
        )
        for facet, (name, term_ids) in with_parents.items()
    }
    facets["district"] = [case.district] if case.district else []
    facets["statutes"] = _unique(
        written for article in case.articles for written in _written(article.citation)
    )
    return facets


def table_row(case: ClearedCase) -> dict[str, Any]:
    """Return the case's row of the case table."""
    return {
        "id": case.id,
        "title": case.title,
        "received": case.received,
        "closed": case.closed,
        "days": case.days,
        "year": int(case.year),
        "place": case.place,
        "station": case.station,
        "district": case.district,
        "channel": case.channel,
        "types": list(case.dispute_types),
        "industry": case.industry,
        "claims": list(case.claims),
        "outcomes": list(case.outcomes),
        "ground": case.ground,
        "agreement_form": case.agreement_form,
        "departments": list(case.departments),
        "methods": list(case.methods),
        "statutes": _unique(_citation(article.citation) for article in case.articles),
        "disputed": fen(case.amounts.disputed),
        "claimed": fen(case.amounts.claimed),
        "recovered": fen(case.amounts.recovered),
        "sample": case.sample,
    }


def searched_numbers(case: ClearedCase) -> dict[str, int]:
    """Return the numbers of the case that ranges ask for, those that are known.

    Dates are yyyymmdd, with day 0 where only the month is known; amounts are fen.
    """
    date = case.closed or case.received
    numbers = {
        "year": int(case.year),
        "date": int(f"{date.replace('-', ''):0<8}") if date else None,
        "disputed": fen(case.amounts.disputed),
        "recovered": fen(case.amounts.recovered),
    }
    return {name: number for name, number in numbers.items() if number is not None}


def display(
    case: ClearedCase,
    sections: dict[str, str],
    paths: TermPaths,
    compared: Comparable,
    like: list[int],
) -> Display:
    """Return what cards, snippets and comparisons show of the case.

    Args:
        like: numbers of the cases most like it, best first.
    """
    card = Card(
        title=case.title,
        summary=case.summary,
        sample=case.sample,
        status=case.status.label,
        place=case.place,
        channel=_label(paths, "channels", case.channel),
        received=case.received,
        closed=case.closed,
        days=case.days,
        types=_labels(paths, "dispute_types", case.dispute_types),
        industry=_label(paths, "industries", case.industry),
        claims=_labels(paths, "claims", case.claims),
        outcomes=_labels(paths, "outcomes", case.outcomes),
        methods=_labels(paths, "methods", case.methods),
        law=_unique(article.label for article in case.articles),
        keywords=list(case.keywords),
        disputed=_yuan(case.amounts.disputed),
        claimed=_yuan(case.amounts.claimed),
        recovered=_yuan(case.amounts.recovered),
    )
    return Display(id=case.id, card=card, sections=sections, compared=compared, like=like)


def digest_of(value: object) -> str:
    """Return a digest of plain data: equal data, equal digest."""
    written = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def _yuan(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:f}"


def _lines(texts: Iterable[str | None]) -> str:
    return "\n".join(text for text in texts if text)


def _sight(sight: ClearedSight) -> str:
    return f"{sight.name}：{sight.note}"


def _tags(case: ClearedCase, paths: TermPaths) -> list[str]:
    """Return the labels that name the case, larger ones first, and its keywords.

    Claims are left out: nearly every case claims 退款退费, which would make 退费 say nothing.
    """
    chosen = (
        ("dispute_types", case.dispute_types),
        ("industries", (case.industry,)),
        ("outcomes", case.outcomes),
        ("methods", case.methods),
    )
    labels = [
        term.label
        for name, term_ids in chosen
        for term_id in term_ids
        for term in _path(paths, name, term_id)
    ]
    return _unique([*labels, *case.keywords])


def _path(paths: TermPaths, name: str, term_id: str) -> tuple[Term, ...]:
    """Return a term with its parent before it; nothing for an id that is not cleared."""
    return paths[name].get(term_id, ()) if term_id else ()


def _label(paths: TermPaths, name: str, term_id: str) -> str:
    path = _path(paths, name, term_id)
    return path[-1].label if path else ""


def _labels(paths: TermPaths, name: str, term_ids: Iterable[str]) -> list[str]:
    labels = (_label(paths, name, term_id) for term_id in term_ids)
    return _unique(label for label in labels if label)


def _citation(citation: Citation) -> str:
    return _written(citation)[-1]


def _written(citation: Citation) -> list[str]:
    """Return a citation at every depth, the whole of it last."""
    depths = [f"#{citation.article}", citation.statute, f"{citation.statute}#{citation.article}"]
    for part in (citation.paragraph, citation.item):
        if part:
            depths.append(f"{depths[-1]}.{part}")
    return depths


def _unique(items: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(items))
