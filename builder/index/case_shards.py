"""Cards and texts of the static index, alike cases together.

    card   [case number, id, title, date, days, place, disputed, claimed, recovered, sample,
           status, types, industry, outcomes]: labels, not ids; amounts in yuan or ''; status
           is '' for a published case
    text   [card, terms in each ranking field, [section number, text, ...], what the case is
           compared by (in the order of `COMPARED`), the cases most like it, by number]

Both are lists of such cases. A text has the card too: a pasted complaint needs the texts
of its best cases anyway, and then no cards. Which block a case is in: `placement.py`.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from builder.checks.cleared import ClearedCase
from builder.index.comparable import COMPARED
from builder.index.display import Display
from builder.index.impacts import Impacts
from builder.index.placement import BLOCKS_PER_CARDS
from builder.index.sections import SECTION_NUMBERS
from builder.index.symbols import numbers
from builder.model.case import Status


def cases_by_block(blocks: Sequence[int]) -> list[list[int]]:
    """Return the case numbers of each block, ascending."""
    found: list[list[int]] = [[] for _ in range(max(blocks, default=-1) + 1)]
    for case_no, block in enumerate(blocks):
        found[block].append(case_no)
    return found


def card_payloads(
    cases: Sequence[ClearedCase], shown: Sequence[Display], blocks: Sequence[int]
) -> Iterator[list[list[object]]]:
    """Yield the cards of each `BLOCKS_PER_CARDS` blocks."""
    by_block = cases_by_block(blocks)
    for start in range(0, len(by_block), BLOCKS_PER_CARDS):
        together = by_block[start : start + BLOCKS_PER_CARDS]
        yield [
            _card(case_no, cases[case_no], shown[case_no])
            for case_nos in together
            for case_no in case_nos
        ]


def text_payloads(
    cases: Sequence[ClearedCase], shown: Sequence[Display], impacts: Impacts, blocks: Sequence[int]
) -> Iterator[list[list[object]]]:
    """Yield the texts of each block."""
    for case_nos in cases_by_block(blocks):
        yield [
            [
                _card(case_no, cases[case_no], shown[case_no]),
                impacts.field_lengths[case_no].tolist(),
                _sections(shown[case_no]),
                [shown[case_no]["compared"][name] for name in COMPARED],  # type: ignore[literal-required]
                numbers(np.array(shown[case_no]["like"], np.int64))[0].decode(),
            ]
            for case_no in case_nos
        ]


def _card(case_no: int, case: ClearedCase, shown: Display) -> list[object]:
    card = shown["card"]
    return [
        case_no,
        case.id,
        card["title"],
        card["closed"] or card["received"],
        card["days"],
        card["place"],
        card["disputed"],
        card["claimed"],
        card["recovered"],
        int(card["sample"]),
        "" if case.status is Status.PUBLISHED else card["status"],
        card["types"],
        card["industry"],
        card["outcomes"],
    ]


def _sections(shown: Display) -> list[object]:
    written: list[object] = []
    for section, text in shown["sections"].items():
        written += [SECTION_NUMBERS[section], text]
    return written
