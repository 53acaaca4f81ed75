"""Which cases go into a volume."""

from collections.abc import Sequence
from dataclasses import dataclass

from builder.checks.cleared import ClearedCase, ClearedCasebook
from builder.errors import WrongUseError
from builder.model.case import Status


@dataclass(frozen=True, slots=True)
class Selection:
    """What a case must be; empty fields let every case through.

    Attributes:
        years: of closing, four digits.
        types, stations: ids, labels or synonyms; a parent stands for its children.
        ids: of cases; others are left out whatever else holds.
    """

    years: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    stations: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()


def select(cleared: ClearedCasebook, selection: Selection) -> list[ClearedCase]:
    """Return the chosen cases, by dispute type in the order of the vocabulary, then by date.

    Raises:
        WrongUseError: an id or a name is unknown, or nothing is left.
    """
    for case_id in selection.ids:
        _check_id(cleared, case_id)
    types = _named(cleared, "dispute_types", selection.types)
    stations = _named(cleared, "stations", selection.stations)
    chosen = [
        case
        for case in cleared.cases
        if (not selection.years or (case.closed or case.received)[:4] in selection.years)
        and (not types or types & set(case.dispute_types))
        and (not stations or case.station in stations)
        and (not selection.ids or case.id in selection.ids)
        and case.status is not Status.DRAFT
    ]
    if not chosen:
        raise WrongUseError(
            "casebook booklet",
            "没有符合条件的案例。",
            "请放宽年份、类型、所或编号，或换 --audience。",
        )
    order = {
        term.id: place for place, term in enumerate(cleared.vocabularies["dispute_types"].walk())
    }
    return sorted(
        chosen,
        key=lambda case: (order.get(primary_type(case), len(order)), case.closed, case.id),
    )


def primary_type(case: ClearedCase) -> str:
    """Return the id of the type a case is filed under, or ''."""
    return case.dispute_types[0] if case.dispute_types else ""


def _check_id(cleared: ClearedCasebook, case_id: str) -> None:
    if case_id in cleared.by_id:
        return
    if any(notice.id == case_id for notice in cleared.notices):
        raise WrongUseError(case_id, "这个案例已经撤下，不能印进册子。", "请去掉这个编号。")
    raise WrongUseError(
        case_id, "这个版本里没有这个编号的案例。", "请用 casebook search 查编号，或换 --audience。"
    )


def _named(cleared: ClearedCasebook, name: str, words: Sequence[str]) -> set[str]:
    """Return the ids that words name, those below them included."""
    vocabulary = cleared.vocabularies[name]
    found: set[str] = set()
    for word in words:
        ids = {
            term.id for term in vocabulary.walk() if word in (term.id, term.label, *term.synonyms)
        }
        if not ids:
            raise WrongUseError(word, "词表里没有这一项。", "请写词表里的名称或编号。")
        found |= ids
        found |= {
            term.id for term in vocabulary.walk() if vocabulary.parents.get(term.id, "") in ids
        }
    return found
