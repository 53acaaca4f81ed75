"""Same-type lookup: from a case or a pasted story to precedents, and what they add up to.

The nearest cases are the pool: of them the likely type is told, they are put in an order
that teaches, each is held against what was asked, and those of the likely type make the
outlook. Twin of `builder/site/client/same_type.js`.
"""

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from builder.errors import WrongUseError
from builder.index.comparable import NEIGHBOURS, Comparable
from builder.index.ranking import Posting
from builder.search.asked import Asked, asked_of_case, asked_of_story
from builder.search.comparison import Comparison, Words, compare
from builder.search.filters import allowed_numbers, understand
from builder.search.hits import Hit, hit_of
from builder.search.library_index import LibraryIndex
from builder.search.likely_types import LikelyType, likely_types
from builder.search.outlook import Outlook, outlook
from builder.search.query import Query, parse
from builder.search.two_looks import order
from builder.search.variety import varied

POOL: Final = 20  # nearest cases that are looked at; their texts are read in any case
USUAL_LAW: Final = 2  # cases of the likely type that make a provision usual for it


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader wants of a lookup.

    Attributes:
        limit: precedents wanted.
        conditions: what they must fulfil, in the query language.
        removed: ids of cases that are not alike after all.
        pinned: ids of cases that stay, first, in this order.
    """

    limit: int = 5
    conditions: str = ""
    removed: frozenset[str] = frozenset()
    pinned: tuple[str, ...] = ()


NO_CHOICE: Final = Choice()


@dataclass(frozen=True, slots=True)
class Precedent:
    """A case that was found, held against what was asked."""

    hit: Hit
    comparison: Comparison
    is_pinned: bool


@dataclass(frozen=True, slots=True)
class SameType:
    """What a lookup found.

    Attributes:
        likely: dispute types of a story, likeliest first; of a case none.
        precedents: as many as were wanted.
        total: how many cases have something in common with what was asked.
        at_least: `total` was counted over cut lists: there may be more.
        outlook: what the pool's cases of the asked type add up to.
        conditions: what a precedent had to fulfil, as people read it.
    """

    query: Query
    asked: Asked
    likely: tuple[LikelyType, ...]
    precedents: tuple[Precedent, ...]
    total: int
    at_least: bool
    outlook: Outlook
    conditions: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


def same_type_as_case(index: LibraryIndex, case_id: str, choice: Choice = NO_CHOICE) -> SameType:
    """Return precedents of a case of the library, itself left out.

    Raises:
        WrongUseError: the index holds no such case, or none with a chosen id.
        SurroundingsError: the index is damaged.
    """
    shown = index.display(_known(index, case_id))
    like = shown["like"]
    conditions, allowed = _conditions(index, choice)
    return _result(
        index,
        choice,
        _Near(
            query=Query(case_id, case_id=case_id),
            asked=asked_of_case(shown["compared"]),
            hits=[Posting(no, 0) for no in like if allowed is None or no in allowed],
            at_least=len(like) == NEIGHBOURS,
            conditions=conditions,
        ),
    )


def same_type_as_text(index: LibraryIndex, text: str, choice: Choice = NO_CHOICE) -> SameType:
    """Return precedents of a story, such as a pasted ticket.

    Raises:
        WrongUseError: a chosen id is not in the index.
        SurroundingsError: the index is damaged.
    """
    query = parse(text)
    if query.case_id:
        return same_type_as_case(index, query.case_id, choice)
    understood = understand(query, index.vocabulary)
    words, more = " ".join(understood.words), " ".join(understood.more_words)
    may = allowed_numbers(index, understood)
    ordered = order(index, words, more, may)
    near = _pool(ordered.hits, _numbers(index, choice.removed))
    compared = {one.case_no: index.display(one.case_no)["compared"] for one in near}
    votes = [(one.case_no, one.impact, compared[one.case_no]["types"]) for one in near]
    likely = likely_types(words, votes, index.vocabulary)
    likeliest = likely[0].id if likely else ""
    asked = asked_of_story(
        story=words,
        amount=query.ticket.amount if query.ticket else None,
        likely=likeliest,
        law=usual_law(compared.values(), likeliest),
        weights=ordered.weights,
        vocabulary=index.vocabulary,
    )
    conditions, chosen = _conditions(index, choice)
    if chosen is not None:
        ordered = order(index, words, more, chosen if may is None else chosen & may)
    return _result(
        index,
        choice,
        _Near(
            query=query,
            asked=asked,
            hits=ordered.hits,
            at_least=ordered.at_least,
            likely=tuple(likely),
            conditions=(*understood.conditions, *conditions),
            hints=tuple(understood.hints),
        ),
    )


def usual_law(cases: Iterable[Comparable], type_id: str) -> frozenset[str]:
    """Return the provisions that at least two of the cases of a type stand on."""
    counted = Counter(one for case in cases if type_id in case["types"] for one in case["law"])
    return frozenset(one for one, count in counted.items() if count >= USUAL_LAW)


@dataclass(frozen=True, slots=True)
class _Near:
    """Cases in order, and what they are near to."""

    query: Query
    asked: Asked
    hits: Sequence[Posting]
    at_least: bool
    likely: tuple[LikelyType, ...] = ()
    conditions: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


def _result(index: LibraryIndex, choice: Choice, near: _Near) -> SameType:
    removed = _numbers(index, choice.removed)
    pinned = list(_numbers(index, choice.pinned))
    scores = {posting.case_no: posting.impact for posting in near.hits}
    others = [no for no in scores if no not in removed and no not in pinned]
    pool = [(no, index.display(no)["compared"]) for no in [*pinned, *others[:POOL]]]
    ordered = [*pinned, *varied(pool[len(pinned) :]), *others[POOL:]]
    words = words_of(index)
    precedents = []
    for no in ordered[: choice.limit]:
        shown = index.display(no)
        held = compare(near.asked, shown["compared"], shown["sections"], words)
        hit = hit_of(index, Posting(no, scores.get(no, 0)), near.asked.weights)
        precedents.append(Precedent(hit, held, no in pinned))
    return SameType(
        query=near.query,
        asked=near.asked,
        likely=near.likely,
        precedents=tuple(precedents),
        total=len(pinned) + len(others),
        at_least=near.at_least,
        outlook=outlook(
            [one for one in pool if one[0] in pinned or is_of_type(one[1], near.asked)],
            lambda no: index.display(no)["sections"],
        ),
        conditions=near.conditions,
        hints=near.hints,
    )


def words_of(index: LibraryIndex) -> Words:
    """Return what comparisons with the cases of an index are told in."""
    return Words(index.vocabulary, index.concepts, index.handbook.law)


def is_of_type(case: Comparable, asked: Asked) -> bool:
    """Return whether a case has the dispute type that is asked about, where one is."""
    return not asked.types or asked.types[0] in case["types"]


def _pool(hits: Sequence[Posting], removed: Container[int]) -> list[Posting]:
    return [posting for posting in hits if posting.case_no not in removed][:POOL]


def _conditions(index: LibraryIndex, choice: Choice) -> tuple[tuple[str, ...], set[int] | None]:
    """Return what the choice demands, in words, and the numbers of the cases that fulfil it."""
    understood = understand(parse(choice.conditions), index.vocabulary)
    return tuple(understood.conditions), allowed_numbers(index, understood)


def _numbers(index: LibraryIndex, ids: Iterable[str]) -> dict[int, str]:
    """Return case number -> id, in order."""
    return {_known(index, case_id): case_id for case_id in ids}


def _known(index: LibraryIndex, case_id: str) -> int:
    case_no = index.case_no(case_id)
    if case_no is None:
        raise WrongUseError(
            case_id, "这个版本的案例库里没有这个编号。", "请用 casebook search 先找到案例编号。"
        )
    return case_no
