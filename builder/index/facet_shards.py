"""Facets of the static index: which cases have each value, and columns of numbers.

    facet   [ids, one a line; for each: number of cases, case numbers as gaps]
    column  one number a case, by case number: 0 for none, else the value and 1; dates are
            yyyymmdd, amounts fen

A case may have several values, so a facet is lists and not a column. As in the search of
the command line, a parent stands for its children: both have the case.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from builder.index.symbols import ascending, number, numbers

FACETS: Final = (
    "types",
    "industry",
    "claims",
    "outcomes",
    "departments",
    "methods",
    "channel",
    "station",
    "district",
    "statutes",
)
COLUMNS: Final = ("date", "year", "disputed", "recovered")


def facet_payload(values: Sequence[Sequence[str]]) -> list[str]:
    """Return one facet.

    Args:
        values: the ids that each case has, by case number.
    """
    cases: dict[str, list[int]] = {}
    for case_no, ids in enumerate(values):
        for value in ids:
            cases.setdefault(value, []).append(case_no)
    ordered = sorted(cases)
    lists = (number(len(cases[value])) + ascending(cases[value]) for value in ordered)
    return ["\n".join(ordered), "".join(lists)]


def column_payload(cases: Sequence[Mapping[str, int]], name: str) -> str:
    """Return one column of numbers."""
    values = [case[name] + 1 if name in case else 0 for case in cases]
    return numbers(np.array(values, np.int64))[0].decode()
