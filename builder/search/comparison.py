"""How a precedent is like what was asked, on three axes, and where it differs.

The axes are those of a 类案: 基本事实、争议焦点、法律适用 (法发〔2020〕24号 article 1). A level
is a whole number 0..3. Twin of `builder/site/client/comparison.js`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from builder.index.comparable import NOT_SETTLED, SETTLED, Comparable
from builder.index.handbook import Provision
from builder.index.search_vocabulary import SearchVocabulary
from builder.search.asked import Asked
from builder.text.analyzer import count_terms
from builder.text.concepts import Concepts
from builder.text.excerpt import highlight

EVIDENCE_SHOWN: Final = 3
HIGHEST_LEVEL: Final = 3
LEVELS: Final = ("不像", "有些像", "比较像", "很像")
# Per cent of the weight of a story's terms that stand in the facts of a case.
_SHARES: Final = (8, 18, 30)
_ISSUE_LENGTH: Final = 40  # code points shown of an issue
_FAR_APART: Final = 10  # times
_APART: Final = 3
_FACTS: Final = ("title", "summary", "facts")


@dataclass(frozen=True, slots=True)
class Axis:
    """How alike two disputes are in one respect, with what shows it."""

    level: int
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A precedent held against what was asked."""

    facts: Axis
    issues: Axis
    law: Axis
    differences: tuple[str, ...]

    @property
    def axes(self) -> tuple[tuple[str, Axis], ...]:
        """The three axes with what people call them."""
        return (("事实", self.facts), ("争议焦点", self.issues), ("法律适用", self.law))


@dataclass(frozen=True)
class Words:
    """Labels and concept groups: what comparisons are told in."""

    vocabulary: SearchVocabulary
    concepts: Concepts
    law: Mapping[str, Provision]

    def label(self, name: str, term_id: str) -> str:
        """Return the label of a term, or its id where there is none."""
        return self.vocabulary.label(name, term_id)

    def provision(self, citation: str) -> str:
        """Return a provision as people write it."""
        return self.law[citation].label if citation in self.law else citation


def compare(
    asked: Asked, other: Comparable, sections: Mapping[str, str], words: Words
) -> Comparison:
    """Return how a case of the library is like what was asked.

    Args:
        sections: of the other case, by section id; read for stories only.
    """
    if asked.compared is not None:
        facts = _shared_facts(asked.compared, other, words)
        line = ""
    else:
        facts = _told_facts(asked.weights, sections, words.concepts)
        line = _nearest_issue(asked.weights, sections.get("issues", ""), words.concepts)
    return Comparison(
        facts=facts,
        issues=_issues(asked, other, line, words),
        law=_law(asked, other, words),
        differences=differences(asked, other, words),
    )


def differences(asked: Asked, other: Comparable, words: Words) -> tuple[str, ...]:
    """Return where a case differs in what matters, in words."""
    found = [_amount_differs(asked.amount, other["disputed"] or other["claimed"])]
    if asked.types and not set(asked.types) & set(other["types"]) and other["types"]:
        found.append(f"那件主要是{words.label('dispute_types', other['types'][0])}")
    if asked.online != other["online"]:
        found.append("那件在网上买的" if other["online"] else "那件在店里买的")
    if asked.group != other["group"]:
        found.append("那件是群体投诉" if other["group"] else "那件只有一户")
    if asked.compared is not None:
        found.append(_outcome_differs(asked.compared, other))
        if asked.compared["industry"] != other["industry"] and other["industry"]:
            found.append(f"那件是{words.label('industries', other['industry'])}")
    elif other["settled"] == NOT_SETTLED:
        found.append("那件没有调成")
    if other["law_changed"]:
        found.append("那件引的有旧规定，条号或内容已变")
    return tuple(text for text in found if text)


def _amount_differs(asked: int | None, other: int | None) -> str:
    if not asked or not other:
        return ""
    if other >= asked * _FAR_APART or asked >= other * _FAR_APART:
        return f"金额差十倍以上，那件 {in_yuan(other)} 元"
    if other >= asked * _APART or asked >= other * _APART:
        return f"金额差得多，那件 {in_yuan(other)} 元"
    return ""


def in_yuan(fen: int) -> str:
    """Return whole fen as yuan with thousands marked: 360050 is 3,600.50."""
    whole, small = divmod(fen, 100)
    return f"{whole:,}.{small:02}" if small else f"{whole:,}"


def _outcome_differs(one: Comparable, other: Comparable) -> str:
    if {one["settled"], other["settled"]} != {SETTLED, NOT_SETTLED}:
        return ""
    return "那件没有调成" if other["settled"] == NOT_SETTLED else "那件调成了"


def _shared_facts(one: Comparable, other: Comparable, words: Words) -> Axis:
    shared = [word for word in one["keywords"] if word in other["keywords"]]
    if one["industry"] and one["industry"] == other["industry"]:
        shared.append(words.label("industries", one["industry"]))
    return Axis(min(HIGHEST_LEVEL, len(shared)), tuple(shared[:EVIDENCE_SHOWN]))


def _told_facts(
    weights: Mapping[str, int], sections: Mapping[str, str], concepts: Concepts
) -> Axis:
    """Return how much of a story stands in the facts of a case, and its weightiest words."""
    found: set[str] = set()
    weight_of: dict[str, int] = {}
    for name in _FACTS:
        for text, is_hit in highlight(sections.get(name, ""), weights.keys(), concepts):
            if is_hit:
                terms = weights.keys() & count_terms(text, concepts).keys()
                found |= terms
                word = " ".join(text.split())
                weight_of[word] = sum(weights[term] for term in terms)
    share = _share(found, weights)
    best = sorted(weight_of, key=lambda word: (-weight_of[word], word))
    return Axis(sum(share >= least for least in _SHARES), tuple(best[:EVIDENCE_SHOWN]))


def _share(found: set[str], weights: Mapping[str, int]) -> int:
    total = sum(weights.values())
    return 100 * sum(weights[term] for term in found) // total if total else 0


def _nearest_issue(weights: Mapping[str, int], issues: str, concepts: Concepts) -> str:
    """Return the issue that says most of the story, the first of equals, or ''."""
    best, most = "", 0
    for line in issues.split("\n"):
        terms = weights.keys() & count_terms(line, concepts).keys()
        weight = sum(weights[term] for term in terms)
        if weight > most:
            best, most = line, weight
    return best if len(best) <= _ISSUE_LENGTH else f"{best[:_ISSUE_LENGTH]}…"


def _issues(asked: Asked, other: Comparable, line: str, words: Words) -> Axis:
    shared = [one for one in other["types"] if one in asked.types]
    if shared:
        level = 3 if other["types"][0] == asked.types[0] else 2
        labels = [words.label("dispute_types", one) for one in shared]
    else:
        above = [one for one in other["parents"] if one in asked.parents]
        level = 1 if above else 0
        labels = [words.label("dispute_types", one) for one in above]
    evidence = [f"同为{label}" for label in labels]
    if line:
        evidence.append(f"那件争的是：{line}")
    return Axis(level, tuple(evidence[:EVIDENCE_SHOWN]))


def _law(asked: Asked, other: Comparable, words: Words) -> Axis:
    shared = [one for one in other["law"] if one in asked.law]
    labels: Sequence[str] = [words.provision(one) for one in shared[:EVIDENCE_SHOWN]]
    return Axis(min(HIGHEST_LEVEL, len(shared)), tuple(labels))
