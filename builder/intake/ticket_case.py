"""The draft of a case from a ticket of the ledger: everything known filled in, the rest noted.

The ticket's number stays in the ledger: a case may be shown to others one day.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from builder.checks.plausibility import ENDED, MAY_END
from builder.detectors.detect import KINDS, detect
from builder.model.case import as_day, written_moment
from builder.model.ledger import Ticket
from builder.model.vocabulary import Vocabularies
from builder.text.ticket import parse_ticket

_STEPS: Final = (
    ("received", "收到"),
    ("accepted", "受理"),
    ("visited", "到场"),
    ("closed", "结案"),
)
_FIELDS: Final = {
    "station": "办理所", "channel": "来源渠道", "dispute_type": "纠纷类型", "industry": "行业",
    "claims": "诉求", "outcomes": "处理结果", "ground": "不予受理或终止的情形",
}  # fmt: skip
_MOST_TYPES: Final = 40  # characters of a label that a proposed title takes


@dataclass(frozen=True)
class Draft:
    """What a draft begins with.

    Attributes:
        known: dotted field name -> value, as `write_new_case` takes it.
        notes: lines for the head of the file: what has to be looked at.
        findings: how many places in the text may tell who is meant.
    """

    known: Mapping[str, Any]
    notes: tuple[str, ...]
    findings: int


def draft_of(ticket: Ticket, words: Vocabularies) -> Draft:
    """Return the draft of a case from a ticket."""
    notes: list[str] = []
    known: dict[str, Any] = {"title": _title(ticket, words), "source": {"kind": "ledger"}}
    for field in ("station", "channel", "industry"):
        if value := getattr(ticket, field):
            known[field] = value
    if ticket.dispute_type:
        known["dispute_types"] = (ticket.dispute_type,)
    known |= {name: value for name in ("claims", "outcomes") if (value := getattr(ticket, name))}
    known |= _ground(ticket, words, notes) | _timeline(ticket, notes) | _amounts(ticket, notes)
    if ticket.consumers > 1:
        known["parties.consumers"] = ticket.consumers
    findings = _texts(ticket, known, notes)
    notes += [
        f"台账里“{_FIELDS.get(other.field, other.field)}”写的是“{other.word}”，请从词表里选。"
        for other in ticket.other_words
    ]
    return Draft(known, tuple(notes), findings)


def _title(ticket: Ticket, words: Vocabularies) -> str:
    parts = []
    for name, value in (("industries", ticket.industry), ("dispute_types", ticket.dispute_type)):
        if value in words[name]:
            parts.append(words[name].label(str(value))[:_MOST_TYPES])
    return f"{'：'.join(parts) or '消费'}争议（标题待改）"


def _ground(ticket: Ticket, words: Vocabularies, notes: list[str]) -> dict[str, Any]:
    """Return the ground, where the outcomes go with it."""
    if not ticket.ground:
        return {}
    outcomes = words["outcomes"]
    groups = {term.id for one in ticket.outcomes if one in outcomes for term in outcomes.path(one)}
    if groups & (ENDED | MAY_END):
        return {"ground": ticket.ground}
    label = words["grounds"].label(ticket.ground) if ticket.ground in words["grounds"] else ""
    notes.append(f"台账写了情形“{label}”，处理结果却不是不予受理或终止，请核对。")
    return {}


def _timeline(ticket: Ticket, notes: list[str]) -> dict[str, Any]:
    """Return the moments that follow one another; the others are noted."""
    known: dict[str, Any] = {}
    earlier: datetime.date | None = None
    for name, title in _STEPS:
        moment = getattr(ticket, name)
        if moment is None:
            continue
        if earlier is not None and _is_before(moment, earlier):
            notes.append(f"台账的{title}（{written_moment(moment)}）早于前一步，没有填，请核对。")
            continue
        known[f"timeline.{name}"] = written_moment(moment)
        earlier = moment
    return known


def _is_before(one: datetime.date, other: datetime.date) -> bool:
    if isinstance(one, datetime.datetime) and isinstance(other, datetime.datetime):
        return one < other
    return as_day(one) < as_day(other)


def _amounts(ticket: Ticket, notes: list[str]) -> dict[str, Any]:
    known: dict[str, Any] = {}
    if ticket.disputed is not None:
        known["amounts.disputed"] = ticket.disputed
    if ticket.recovered is not None:
        known["amounts.recovered"] = ticket.recovered
        if ticket.disputed is not None and ticket.recovered > ticket.disputed:
            known["amounts.note"] = "追回多于争议金额，数字来自台账，请写明原因"
            notes.append("台账的追回金额多于争议金额，请核对。")
    return known


def _texts(ticket: Ticket, known: dict[str, Any], notes: list[str]) -> int:
    """Put the story and the wishes into their fields; return how many findings are in it."""
    if not ticket.text:
        return 0
    told = parse_ticket(ticket.text)
    known["facts"] = told.narrative
    if told.claims:
        known["positions.consumer"] = f"要求{'、'.join(told.claims)}。"
    findings = detect(told.narrative)
    for finding in findings:
        kind = KINDS[finding.kind]
        notes.append(f"案情简介里疑似{kind.label}（{finding.excerpt}）：{kind.remedy}")
    return len(findings)
