"""Closed tickets worth writing up as a typical case: whole points, each with its reason.

A reader has to see why a ticket is on the list, so the score is the sum of a few plain
rules over the ledger and the library, and no more than that.
"""

import datetime
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from builder.checks.cleared import ClearedCase
from builder.model.case import as_day
from builder.model.ledger import Ledger, Light, Ticket
from builder.model.vocabulary import Vocabularies
from builder.text.analyzer import count_terms
from builder.text.concepts import Concepts

_NEAREST: Final = 3
_A_TYPE: Final = 3  # candidates of one type on a list, so that it is not all of one sort
_POOL: Final = 300  # cases that a ticket is compared with, the newest of its type
_ALIKE: Final = 60  # per cent of a ticket's weight that a case shares, from which it tells the same
_ALREADY: Final = 40  # points off where a case tells the same
_FEW_CASES: Final = ((0, 30), (1, 20), (2, 10))  # cases of the type, points
_RARE: Final = 10  # per cent of the type's closed tickets up to which an outcome is unusual
_FEWEST: Final = 10  # tickets of a type that can tell a share
_LATELY: Final = datetime.timedelta(weeks=8)
_MANY: Final = 10  # tickets of a type in the last eight weeks
_TOP: Final = 5  # per cent of the type's recovered sums that are large
_LARGE: Final = Decimal(10_000)  # yuan that are large whatever the type
_SOME: Final = Decimal(1_000)  # yuan below which no sum is large
_GROUP, _CROWD = 3, 10  # complainants
_TOLD: Final = 60  # characters of a text that one can write from
_POINTS: Final = {"outcome": 20, "lately": 20, "top": 20, "large": 15, "group": 10, "crowd": 25,
                  "told": 5}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Near:
    """A case that is like a ticket; `share` is the per cent of the ticket's weight in it."""

    id: str
    title: str
    share: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A ticket with what speaks for writing it up."""

    ticket: Ticket
    points: int
    reasons: tuple[str, ...]
    nearest: tuple[Near, ...]  # the most alike first

    @property
    def is_told(self) -> bool:
        """Whether the library has a case that tells nearly the same."""
        return bool(self.nearest) and self.nearest[0].share >= _ALIKE


def candidates(
    ledger: Ledger, words: Vocabularies, cases: Sequence[ClearedCase], limit: int
) -> list[Candidate]:
    """Return the closed tickets most worth writing up, at most `_A_TYPE` of a type.

    Args:
        cases: of the library, newest first.
        limit: of the list; only about twice as many are compared with the cases' texts.
    """
    closed = [
        ticket
        for ticket in ledger.tickets
        if ticket.light is Light.GREEN and ticket.case_id is None and ticket.dispute_type
    ]
    types = _Types(ledger, closed, words, cases)
    scored = [(ticket, *types.judge(ticket)) for ticket in closed]
    scored.sort(key=lambda one: (-one[1], *_newest_first(one[0])))
    chosen = _varied([one for one in scored if one[1] > 0], limit * 2)
    library = _Library(cases, words)
    found = []
    for ticket, points, reasons in chosen:
        nearest = library.nearest(ticket)
        told = nearest and nearest[0].share >= _ALIKE
        found.append(
            Candidate(ticket, points - (_ALREADY if told else 0), tuple(reasons), tuple(nearest))
        )
    found.sort(key=lambda one: (-one.points, *_newest_first(one.ticket)))
    return found[:limit]


def _newest_first(ticket: Ticket) -> tuple[int, str]:
    closed = as_day(ticket.closed or ticket.received)
    return -closed.toordinal(), ticket.number


def _varied(
    scored: Sequence[tuple[Ticket, int, list[str]]], limit: int
) -> list[tuple[Ticket, int, list[str]]]:
    taken: Counter[str | None] = Counter()
    chosen = []
    for one in scored:
        kind = one[0].dispute_type
        if taken[kind] < _A_TYPE:
            taken[kind] += 1
            chosen.append(one)
        if len(chosen) == limit:
            break
    return chosen


class _Types:
    """What the ledger and the library have of each dispute type."""

    def __init__(
        self,
        ledger: Ledger,
        closed: Sequence[Ticket],
        words: Vocabularies,
        cases: Sequence[ClearedCase],
    ) -> None:
        self._words = words
        self._cases = Counter(kind for case in cases for kind in case.dispute_types)
        self._closed: Counter[str | None] = Counter(ticket.dispute_type for ticket in closed)
        self._outcomes = Counter(
            (ticket.dispute_type, ticket.outcomes[0]) for ticket in closed if ticket.outcomes
        )
        sums: dict[str | None, list[Decimal]] = defaultdict(list)
        for ticket in closed:
            if ticket.recovered:
                sums[ticket.dispute_type].append(ticket.recovered)
        self._sums = {kind: sorted(found, reverse=True) for kind, found in sums.items()}
        newest = ledger.as_of.date()
        self._lately: Counter[str | None] = Counter()
        received: Counter[str | None] = Counter()
        for ticket in ledger.tickets:
            received[ticket.dispute_type] += 1
            self._lately[ticket.dispute_type] += as_day(ticket.received) > newest - _LATELY
        days = (newest - as_day(ledger.tickets[0].received)).days if ledger.tickets else 0
        spans = max(days / _LATELY.days, 1.0)
        self._usual = {kind: count / spans for kind, count in received.items()}
        self._newest = newest

    def judge(self, ticket: Ticket) -> tuple[int, list[str]]:
        """Return points and reasons of a ticket."""
        kind = ticket.dispute_type
        points, reasons = 0, []
        has = self._cases[kind] if kind else 0
        few = dict(_FEW_CASES).get(has, 0)
        if few:
            points += few
            reasons.append(f"这一类库里只有 {has} 个案例" if has else "这一类库里还没有案例")
        for found, reason in (
            self._outcome(ticket),
            self._often(ticket),
            self._sum(ticket),
            self._group(ticket),
        ):
            if reason:
                points += found
                reasons.append(reason)
        if points and len(ticket.text or "") >= _TOLD:
            points += _POINTS["told"]
        return points, reasons

    def _outcome(self, ticket: Ticket) -> tuple[int, str]:
        kind = ticket.dispute_type
        if not ticket.outcomes or self._closed[kind] < _FEWEST:
            return 0, ""
        outcome = ticket.outcomes[0]
        often, whole = self._outcomes[kind, outcome], self._closed[kind]
        if often * 100 > _RARE * whole:
            return 0, ""
        vocabulary = self._words["outcomes"]
        label = vocabulary.label(outcome) if outcome in vocabulary else outcome
        return _POINTS["outcome"], f"结果少见：{label}（同类办结 {whole} 件里 {often} 件）"

    def _often(self, ticket: Ticket) -> tuple[int, str]:
        kind = ticket.dispute_type
        lately, usual = self._lately[kind], self._usual.get(kind, 0.0)
        is_new = as_day(ticket.received) > self._newest - _LATELY
        if not is_new or lately < _MANY or lately < 1.5 * usual:
            return 0, ""
        return _POINTS["lately"], f"近 8 周同类 {lately} 件，往常约 {usual:.0f} 件"

    def _sum(self, ticket: Ticket) -> tuple[int, str]:
        recovered = ticket.recovered
        if recovered is None or recovered < _SOME:
            return 0, ""
        sums = self._sums[ticket.dispute_type]
        if len(sums) >= _FEWEST and sums.index(recovered) < math.ceil(len(sums) * _TOP / 100):
            return _POINTS["top"], f"挽回 {recovered:,} 元，在同类里居前 {_TOP}%"
        if recovered >= _LARGE:
            return _POINTS["large"], f"挽回 {recovered:,} 元"
        return 0, ""

    def _group(self, ticket: Ticket) -> tuple[int, str]:
        if ticket.consumers < _GROUP:
            return 0, ""
        points = _POINTS["crowd" if ticket.consumers >= _CROWD else "group"]
        return points, f"群体：{ticket.consumers} 人"


class _Library:
    """The cases by type, with the weights of their words, worked out once each."""

    def __init__(self, cases: Sequence[ClearedCase], words: Vocabularies) -> None:
        self._cases = cases
        self._words = words
        self._concepts = Concepts([(group.id, group.words) for group in words.concepts])
        self._terms: dict[str, frozenset[str]] = {}

    def nearest(self, ticket: Ticket) -> list[Near]:
        """Return the cases of the ticket's type most like it; of its family where there are few."""
        pool = self._pool(ticket)
        if not ticket.text:
            return [Near(case.id, case.title, 0) for case in pool[:_NEAREST]]
        own = frozenset(count_terms(ticket.text, self._concepts))
        texts = [self._of(case) for case in pool]
        often = Counter(term for terms in texts for term in terms & own)
        weight = {term: math.log(1 + len(pool) / (1 + often[term])) for term in own}
        whole = sum(weight.values()) or 1.0
        near = [
            Near(case.id, case.title, int(100 * sum(weight[term] for term in own & terms) / whole))
            for case, terms in zip(pool, texts, strict=True)
        ]
        order = sorted(range(len(near)), key=lambda at: (-near[at].share, at))
        return [near[at] for at in order[:_NEAREST]]

    def _pool(self, ticket: Ticket) -> list[ClearedCase]:
        kind = ticket.dispute_type
        own = [case for case in self._cases if kind in case.dispute_types]
        types = self._words["dispute_types"]
        if len(own) < _NEAREST and kind in types:
            family = types.with_descendants(types.path(str(kind))[0].id)
            own += [
                case
                for case in self._cases
                if kind not in case.dispute_types and family & set(case.dispute_types)
            ]
        return own[:_POOL]

    def _of(self, case: ClearedCase) -> frozenset[str]:
        known = self._terms.get(case.id)
        if known is None:
            text = "\n".join((case.title, case.summary, case.facts, *case.issues))
            known = self._terms[case.id] = frozenset(count_terms(text, self._concepts))
        return known


def nearest_cases(
    ticket: Ticket, cases: Sequence[ClearedCase], words: Vocabularies
) -> tuple[Near, ...]:
    """Return the cases of a ticket's type that are most like it.

    Args:
        cases: of the library, newest first.
    """
    return tuple(_Library(cases, words).nearest(ticket))


def labels_of(candidate: Candidate, words: Vocabularies) -> Mapping[str, str]:
    """Return what a list shows of a ticket, in words."""
    ticket = candidate.ticket
    types, industries = words["dispute_types"], words["industries"]
    outcomes = words["outcomes"]
    kind, industry = ticket.dispute_type or "", ticket.industry or ""
    return {
        "type": types.label(kind) if kind in types else "",
        "industry": industries.label(industry) if industry in industries else "",
        "closed": as_day(ticket.closed).isoformat() if ticket.closed else "",
        "outcomes": "、".join(outcomes.label(one) for one in ticket.outcomes if one in outcomes),
    }
