"""The ways to browse: cases gathered under the values of one field each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from builder.checks.cleared import ClearedCase, ClearedCasebook
from builder.model.audience import Audience
from builder.model.vocabulary import Vocabulary
from builder.pages.site_map import place_id


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet and the cases that have it, newest first.

    Attributes:
        parent: id of the larger value it belongs to, or ''.
        children: ids of the smaller values that cases have; their cases are among `cases`.
    """

    id: str
    label: str
    definition: str
    parent: str
    children: tuple[str, ...]
    cases: tuple[ClearedCase, ...]


@dataclass(frozen=True)
class Facet:
    """A field to browse by, with the values that cases have, each parent before its children."""

    name: str
    title: str
    values: tuple[FacetValue, ...]

    @cached_property
    def by_id(self) -> dict[str, FacetValue]:
        return {value.id: value for value in self.values}

    @property
    def top(self) -> list[FacetValue]:
        return [value for value in self.values if not value.parent]

    def children_of(self, value: FacetValue) -> list[FacetValue]:
        return [self.by_id[child] for child in value.children]


TITLES = {
    "types": "按纠纷类型",
    "industries": "按行业",
    "outcomes": "按处理结果",
    "methods": "按调解手法",
    "places": "按办理地",
    "years": "按年份",
}
_YEAR_NOTE = "按编号的年份，即收到投诉的那一年"


def facets(cleared: ClearedCasebook) -> tuple[Facet, ...]:
    """Return every facet, in the order of the menu."""
    vocabularies = cleared.vocabularies
    made = {
        "types": _of_terms(cleared, vocabularies["dispute_types"], lambda case: case.dispute_types),
        "industries": _of_terms(
            cleared, vocabularies["industries"], lambda case: filter(None, [case.industry])
        ),
        "outcomes": _of_terms(cleared, vocabularies["outcomes"], lambda case: case.outcomes),
        "methods": _of_terms(cleared, vocabularies["methods"], lambda case: case.methods),
        "places": _of_places(cleared),
        "years": _of_years(cleared),
    }
    return tuple(Facet(name, title, made[name]) for name, title in TITLES.items())


def place_of(case: ClearedCase) -> tuple[str, str]:
    """Return id and label of the place a case is browsed by.

    Our own cases by station inside and by district outside, others by the workshop.
    """
    if case.partner:
        return place_id(case.partner), case.partner
    if case.station:
        return case.station, case.place
    return (place_id(case.district), case.district) if case.district else ("", "")


def _of_terms(
    cleared: ClearedCasebook,
    vocabulary: Vocabulary,
    ids_of: Callable[[ClearedCase], Iterable[str]],
) -> tuple[FacetValue, ...]:
    found: dict[str, list[ClearedCase]] = {}
    for case in cleared.cases:
        ids = {term.id for term_id in ids_of(case) for term in vocabulary.path(term_id)}
        for term_id in ids:
            found.setdefault(term_id, []).append(case)
    return tuple(
        FacetValue(
            term.id,
            term.label,
            term.definition,
            vocabulary.parents.get(term.id, ""),
            tuple(child.id for child in term.children if child.id in found),
            tuple(found[term.id]),
        )
        for term in vocabulary.walk()
        if term.id in found
    )


def _of_places(cleared: ClearedCasebook) -> tuple[FacetValue, ...]:
    found: dict[str, list[ClearedCase]] = {}
    labels: dict[str, str] = {}
    for case in cleared.cases:
        place, label = place_of(case)
        if place:
            labels[place] = label
            found.setdefault(place, []).append(case)
    stations = cleared.vocabularies["stations"].by_id
    if cleared.audience is Audience.INTERNAL:
        order = [place for place in stations if place in found]
        order += sorted(place for place in found if place not in stations)
    else:
        order = sorted(found, key=lambda place: labels[place])
    return tuple(
        FacetValue(
            place,
            labels[place],
            stations[place].district if place in stations else "",
            "",
            (),
            tuple(found[place]),
        )
        for place in order
    )


def _of_years(cleared: ClearedCasebook) -> tuple[FacetValue, ...]:
    found: dict[str, list[ClearedCase]] = {}
    for case in cleared.cases:
        found.setdefault(case.year, []).append(case)
    return tuple(
        FacetValue(year, f"{year} 年", _YEAR_NOTE, "", (), tuple(found[year]))
        for year in sorted(found, reverse=True)
    )
