"""Queries made from cases whose id and types are known: short ones and pasted complaints.

A short query is one to three of the words that name a case: its type, its industry, its
keywords. A complaint is a paraphrase of its facts: the clauses shuffled, words dropped and
replaced, grievances that fit any case put between. On synthetic cases this says nothing of
relevance to people; it is for bytes, time and agreement between rankings.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import rjieba

SHORT, COMPLAINT = "短查询", "整段诉求"
KINDS = (SHORT, COMPLAINT)
_DROPPED, _REPLACED = 0.15, 0.12  # shares of the words of two or more characters
_LEAST, _MOST = 50, 400  # characters of a complaint
_KEYWORDS = 3  # of a case, so that names of types and industries are about as frequent
_GRIEVANCES = (
    "我多次联系商家都没有结果",
    "对方态度很差",
    "电话也不接",
    "希望有关部门帮我处理",
    "要求商家给个说法",
    "我有付款记录和聊天截图",
    "拖了很久一直没有解决",
    "说好的事情又反悔",
)


@dataclass(frozen=True, slots=True)
class Source:
    """What queries are made from.

    Attributes:
        types: ids of the dispute types; a hit that shares one is of the same type.
        names: labels of the types and the industry.
    """

    id: str
    types: tuple[str, ...]
    names: tuple[str, ...]
    keywords: tuple[str, ...]
    facts: str


@dataclass(frozen=True, slots=True)
class Query:
    """A text to search for, and the case it was made from."""

    kind: str
    text: str
    source: str
    types: tuple[str, ...]


def make_queries(sources: Sequence[Source], count: int, seed: int = 1) -> list[Query]:
    """Return `count` short queries, then as many complaints, of cases chosen by chance."""
    rng = random.Random(seed)
    chosen = [rng.choice(sources) for _ in range(2 * count)]
    short = [_query(SHORT, _short(rng, source), source) for source in chosen[:count]]
    long = [_query(COMPLAINT, _complaint(rng, source), source) for source in chosen[count:]]
    return short + long


def same_type(query: Query, ids: Sequence[str], types: Mapping[str, Sequence[str]]) -> float:
    """Return the precision at 10: the share of the first ten places with a case of its types.

    The case that the query was made from counts like any other; a place left empty is a miss.
    """
    wanted = set(query.types)
    return sum(bool(wanted & set(types.get(found, ()))) for found in ids[:10]) / 10


def overlap(found: Sequence[str], exact: Sequence[str]) -> float:
    """Return what share of the exact ranking's first ten is among the first ten found."""
    wanted = set(exact[:10])
    return len(wanted & set(found[:10])) / len(wanted) if wanted else 1.0


def _query(kind: str, text: str, source: Source) -> Query:
    return Query(kind, text, source.id, source.types)


def _short(rng: random.Random, source: Source) -> str:
    words = list(dict.fromkeys([*source.names, *source.keywords[:_KEYWORDS]]))
    return " ".join(rng.sample(words, k=min(len(words), rng.randint(1, 3))))


def _complaint(rng: random.Random, source: Source) -> str:
    """Return a paraphrase of the facts, `_LEAST` to `_MOST` characters long."""
    clauses = [clause for clause in source.facts.replace("。", "，").split("，") if clause.strip()]
    rng.shuffle(clauses)
    words = [word for word in rjieba.cut(source.facts) if len(word) > 1]
    wanted = rng.randint(_LEAST, _MOST - 50)
    told = ""
    while clauses and len(told) < wanted:
        told += _reworded(rng, clauses.pop(), words) + "，"
        if rng.random() < 0.2:
            told += rng.choice(_GRIEVANCES) + "，"
    while len(told) < _LEAST:
        told += rng.choice(_GRIEVANCES) + "，"
    return told[: _MOST - 1].rstrip("，") + "。"


def _reworded(rng: random.Random, clause: str, words: Sequence[str]) -> str:
    said = []
    for word in rjieba.cut(clause.strip()):
        luck = rng.random() if len(word) > 1 else 1.0
        if luck >= _DROPPED + _REPLACED:
            said.append(word)
        elif luck >= _DROPPED:
            said.append(rng.choice(words))
    return "".join(said)
