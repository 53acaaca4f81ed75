"""Rewrite tests/golden: the inputs stay, the results become what the code says now.

Python and the browser's code are both tested against these files. Run this after a change
that is meant to change results, then read the diff. To add a vector, write its inputs
into the file and run this.
"""

import json
import unicodedata
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from builder.index.exact import impact
from builder.index.impacts import compute_impacts
from builder.index.ranking import ImpactError, Posting, rank
from builder.index.symbols import numbers
from builder.index.term_choice import choose_terms, few_terms, query_weight
from builder.search.query import as_plain, parse
from builder.study.minutes_file import ActionLine, Minutes, minutes_text
from builder.text.analyzer import tokens
from builder.text.concepts import Concepts
from builder.text.excerpt import excerpt
from builder.text.fields import FIELDS, K1, count_fields
from builder.text.ticket import parse_ticket

GOLDEN = Path(__file__).parents[1] / "tests" / "golden"
Golden = dict[str, Any]


def analyzer(golden: Golden) -> None:
    """Fill in the tokens of each text."""
    concepts = Concepts(golden["concepts"].items())
    for vector in golden["vectors"]:
        vector["tokens"] = [list(token) for token in tokens(vector["text"], concepts)]


def excerpts(golden: Golden) -> None:
    """Fill in the pieces of each excerpt."""
    concepts = Concepts(golden["concepts"].items())
    for vector in golden["vectors"]:
        pieces = excerpt(vector["text"], vector["terms"], concepts, vector["length"])
        vector["pieces"] = [list(piece) for piece in pieces]


def minutes(golden: Golden) -> None:
    """Fill in the file of each session's minutes."""
    for vector in golden["vectors"]:
        given = {**vector["minutes"]}
        given["actions"] = [ActionLine(**action) for action in given["actions"]]
        vector["text"] = minutes_text(Minutes(**given))


def tickets(golden: Golden) -> None:
    """Fill in what each ticket says."""
    for vector in golden["vectors"]:
        ticket = asdict(parse_ticket(vector["text"]))
        ticket["amount"] = None if ticket["amount"] is None else str(ticket["amount"])
        vector["ticket"] = ticket


def queries(golden: Golden) -> None:
    """Fill in what each query asks for."""
    for vector in golden["vectors"]:
        vector["query"] = as_plain(parse(vector["text"]))


class GoldenStatistics:
    """The terms of an index, as term -> (weight, highest impact)."""

    def __init__(self, terms: dict[str, list[int]]) -> None:
        self._terms = terms

    def weight(self, term: str) -> int:
        """Return the weight of a term, 0 where no case has it."""
        return self._terms.get(term, [0, 0])[0]

    def highest_impact(self, term: str) -> int:
        """Return the highest impact of a term, 0 where no case has it."""
        return self._terms.get(term, [0, 0])[1]


def term_choice(golden: Golden) -> None:
    """Fill in the terms chosen for each query, those a short one reads, and what repeats weigh."""
    concepts = Concepts(golden["concepts"].items())
    statistics = GoldenStatistics(golden["statistics"])
    for vector in golden["vectors"]:
        chosen = choose_terms(vector["text"], concepts, statistics, vector["limit"])
        vector["chosen"] = [list(pair) for pair in chosen.items()]
    for vector in golden["few"]:
        vector["terms"] = few_terms(vector["text"], vector["words"], concepts, statistics)
    for vector in golden["weights"]:
        vector["chosen"] = query_weight(vector["term"], vector["repeats"], vector["weight"])


def impacts(golden: Golden) -> None:
    """Fill in the posting lists of each small library."""
    concepts = Concepts(golden["concepts"].items())
    golden["k1"] = K1
    golden["fields"] = [[field.name, field.weight, field.length_share] for field in FIELDS]
    for vector in golden["vectors"]:
        computed = compute_impacts([count_fields(case, concepts) for case in vector["cases"]])
        vector["field_totals"] = list(computed.field_totals)
        vector["weights"] = {term: computed.weight(term) for term in computed.terms}
        vector["posting_lists"] = {
            term: [[posting.case_no, posting.impact] for posting in computed.postings(term)]
            for term in computed.terms
        }


def exact(golden: Golden) -> None:
    """Fill in the impact of each term in a case."""
    golden["k1"] = K1
    golden["fields"] = [asdict(field) for field in FIELDS]
    for vector in golden["vectors"]:
        vector["impact"] = impact(vector["counts"], vector["lengths"], vector["averages"])


def symbols(golden: Golden) -> None:
    """Fill in how numbers are written."""
    for vector in golden["vectors"]:
        vector["text"] = numbers(np.array(vector["numbers"], np.int64))[0].decode()


def ranking(golden: Golden) -> None:
    """Fill in the hits of each query, and where a wrong impact is found."""
    for vector in golden["ranked"]:
        hits = rank(_posting_lists(vector), vector["weights"], vector["limit"])
        vector["hits"] = [[hit.case_no, hit.impact] for hit in hits]
    for vector in golden["refused"]:
        try:
            rank(_posting_lists(vector), vector["weights"], limit=1)
        except ImpactError as error:
            vector["where"] = error.where


def _posting_lists(vector: Golden) -> dict[str, list[Posting]]:
    lists = vector["posting_lists"].items()
    return {term: [Posting(*pair) for pair in pairs] for term, pairs in lists}


REFILL: dict[str, Callable[[Golden], None]] = {
    "analyzer.json": analyzer,
    "exact.json": exact,
    "excerpt.json": excerpts,
    "impacts.json": impacts,
    "query.json": queries,
    "ranking.json": ranking,
    "symbols.json": symbols,
    "term_choice.json": term_choice,
    "minutes.json": minutes,
    "ticket.json": tickets,
}


def golden_text(golden: Golden) -> str:
    """Return a golden file: one vector a line, so that a diff shows what changed."""
    parts = []
    for key, value in golden.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines = ",\n".join("    " + _line(vector) for vector in value)
            parts.append(f"  {_line(key)}: [\n{lines}\n  ]")
        else:
            parts.append(f"  {_line(key)}: {_line(value)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _line(value: Any) -> str:
    """Return JSON on one line; what a reader cannot see or tell apart is escaped."""
    written = json.dumps(value, ensure_ascii=False)
    return "".join(
        character if _is_plain(character) else json.dumps(character)[1:-1] for character in written
    )


def _is_plain(character: str) -> bool:
    """Return whether a character shows, stands alone and has no twin that looks the same."""
    return (
        character.isprintable()
        and not unicodedata.category(character).startswith("M")
        and unicodedata.is_normalized("NFC", character)
    )


def refill(name: str) -> str:
    """Return the content that a golden file should have."""
    golden = json.loads((GOLDEN / name).read_text("utf-8"))
    REFILL[name](golden)
    return golden_text(golden)


if __name__ == "__main__":
    for name in REFILL:
        (GOLDEN / name).write_text(refill(name), "utf-8", newline="\n")
