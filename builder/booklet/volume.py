"""A volume as plain data: what is printed where, without any markup.

Whoever sets it, as PDF or Word, needs to know nothing of cases. All texts are what the
audience may see: the volume is made from a `ClearedCasebook` and from nothing else.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pypinyin import lazy_pinyin

from builder.booklet.selection import primary_type
from builder.checks.cleared import CitedArticle, ClearedCase, ClearedCasebook
from builder.model.vocabulary import Vocabulary
from builder.wording import BANNERS, amounts_in_words, change_in_words, month_in_words, yuan

PREFACE: Final = "booklet/preface.md"
SAMPLE: Final = "示例，案情虚构"
HOW_TO_USE: Final = (
    "先找同类：目录按纠纷类型排，书后有法条索引和关键词索引，写着页码。",
    "再看三处：突破口，是什么让事情转了弯；短板，哪里没办好；法律依据，办案时的条文，后来变了的注明现行规定。",
    "照着做，不照着搬：金额、过错、证据不同，结果就不同。条文为转述，以官方文本为准。",
)
_HEADING: Final = re.compile(r"^#+\s*")
_LIST: Final = re.compile(r"^[-*]\s+")


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a case under its heading.

    `kind` is `prose` (paragraphs), `items` (a list) or `law`; of law the lines are provisions
    and `notes` say beside each what became of it since, or ''.
    """

    heading: str
    kind: str
    lines: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VolumeCase:
    """A case as it is printed."""

    id: str
    title: str
    sample: bool
    summary: str
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    keywords: tuple[str, ...]
    laws: tuple[str, ...]  # labels, in the order of the block of law


@dataclass(frozen=True, slots=True)
class Group:
    """Cases of one first-level dispute type."""

    label: str
    cases: tuple[VolumeCase, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of an index: what is looked up, and the ids of the cases that have it."""

    text: str
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Volume:
    """Everything that is printed, in order."""

    title: str
    workshop: str
    period: str
    count: str
    mark: str
    sample: str
    preface: tuple[str, ...]
    how_to_use: tuple[str, ...]
    groups: tuple[Group, ...]
    statistics: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    law_index: tuple[Entry, ...]
    keyword_index: tuple[Entry, ...]


def make_volume(cleared: ClearedCasebook, cases: Sequence[ClearedCase], title: str) -> Volume:
    """Return the volume of these cases, in their order.

    Args:
        title: of the volume; '' for the library's own.
    """
    dates = sorted(case.closed or case.received for case in cases)
    printed = [_case(cleared, case) for case in cases]
    groups: dict[str, list[VolumeCase]] = {}
    for case, one in zip(cases, printed, strict=True):
        groups.setdefault(_group_label(cleared.vocabularies["dispute_types"], case), []).append(one)
    return Volume(
        title=title or cleared.title,
        workshop=cleared.workshop,
        period=_period(dates),
        count=f"{len(cases)} 个案例",
        mark=BANNERS[cleared.audience],
        sample=SAMPLE if any(case.sample for case in cases) else "",
        preface=_preface(cleared),
        how_to_use=HOW_TO_USE,
        groups=tuple(Group(label, tuple(some)) for label, some in groups.items()),
        statistics=tuple(_statistics(cleared, cases)),
        law_index=_index(
            ((label, one.id) for one in printed for label in one.laws), _law_order(cleared, cases)
        ),
        keyword_index=_index(
            ((word, one.id) for one in printed for word in one.keywords), _by_sound
        ),
    )


def _group_label(vocabulary: Vocabulary, case: ClearedCase) -> str:
    path = vocabulary.path(primary_type(case)) if case.dispute_types else ()
    return path[0].label if path else "未归类"


def _period(dates: Sequence[str]) -> str:
    first, last = month_in_words(dates[0]), month_in_words(dates[-1])
    return first if first == last else f"{first}至{last}"


def _preface(cleared: ClearedCasebook) -> tuple[str, ...]:
    """Return the paragraphs of the preface, Markdown's marks for headings and lists left out."""
    page = next((page for page in cleared.pages if page.path == PREFACE), None)
    parts = re.split(r"\n\s*\n", page.body.strip()) if page else []
    lines = [" ".join(_LIST.sub("", line) for line in part.split("\n")) for part in parts]
    return tuple(_HEADING.sub("", line).strip() for line in lines if not line.startswith("# "))


def _case(cleared: ClearedCasebook, case: ClearedCase) -> VolumeCase:
    return VolumeCase(
        id=case.id,
        title=case.title,
        sample=case.sample,
        summary=case.summary,
        facts=tuple((name, text) for name, text in _facts(cleared, case) if text),
        blocks=tuple(block for block in _blocks(case) if block.lines),
        keywords=case.keywords,
        laws=tuple(article.label for article in case.articles),
    )


def _facts(cleared: ClearedCasebook, case: ClearedCase) -> Iterator[tuple[str, str]]:
    """Yield the lines of the box of facts."""
    words = cleared.vocabularies

    def labels(name: str, ids: Iterable[str]) -> str:
        return "、".join(words[name].label(one) for one in ids if one in words[name])

    yield "编号", case.id
    yield "纠纷类型", labels("dispute_types", case.dispute_types)
    yield "行业", labels("industries", [case.industry])
    yield "金额", "，".join(amounts_in_words(case.amounts))
    yield "结果", labels("outcomes", case.outcomes)
    yield "手法", labels("methods", case.methods)
    yield "办理", "，".join(part for part in (case.place, _days(case)) if part)
    yield "结案", month_in_words(case.closed) if case.closed else ""


def _days(case: ClearedCase) -> str:
    return f"{case.days} 天" if case.days is not None else ""


def _blocks(case: ClearedCase) -> Iterator[Block]:
    yield _prose("案情简介", case.facts)
    yield _prose("消费者主张", case.positions.consumer or "")
    yield _prose("经营者主张", case.positions.business or "")
    yield Block("争议焦点", "items", case.issues)
    yield _prose("调查与证据", case.evidence)
    yield _prose("调解过程", case.process)
    yield _prose("突破口", case.turning_point)
    yield _prose("调解结果", case.result)
    yield Block(
        "法律依据",
        "law",
        tuple(f"{article.label}　{article.standing.text}" for article in case.articles),
        tuple(_changed(article) for article in case.articles),
    )
    yield _prose("案例评析", case.analysis)
    yield Block("做得好的", "items", case.lessons.good)
    yield Block("短板", "items", case.lessons.weak)
    yield Block("可以照着做的", "items", case.lessons.reusable)
    tips = (("消费提示", case.tips.consumer), ("经营提示", case.tips.business))
    for heading, text in tips:
        yield _prose(heading, text or "")


def _prose(heading: str, text: str) -> Block:
    parts = (part.strip() for part in re.split(r"\n\s*\n", text.strip()))
    return Block(heading, "prose", tuple(part for part in parts if part))


def _changed(article: CitedArticle) -> str:
    changed = change_in_words(article)
    return f"{changed}：{article.standing.now_text}" if article.standing.now_text else changed


def _index(
    rows: Iterable[tuple[str, str]], order: Callable[[str], tuple[object, ...]]
) -> tuple[Entry, ...]:
    found: dict[str, list[str]] = defaultdict(list)
    for text, case_id in rows:
        if case_id not in found[text]:
            found[text].append(case_id)
    texts = sorted(found, key=order)
    return tuple(Entry(text, tuple(found[text])) for text in texts)


def _law_order(
    cleared: ClearedCasebook, cases: Sequence[ClearedCase]
) -> Callable[[str], tuple[object, ...]]:
    """Return an order of provisions: statutes as the vocabulary has them, then by number."""
    places = {one.id: place for place, one in enumerate(cleared.vocabularies.statutes.statutes)}
    keys: dict[str, tuple[object, ...]] = {}
    for article in (article for case in cases for article in case.articles):
        cited = article.citation
        numbers = tuple(int(part) for part in re.findall("[0-9]+", cited.article))
        keys[article.label] = (places[cited.statute], numbers, cited.paragraph, cited.item)
    return lambda label: keys[label]


def _by_sound(word: str) -> tuple[object, ...]:
    """Order words as a dictionary does, by their sounds; Latin letters and digits first."""
    return (lazy_pinyin(word), word)


def _statistics(
    cleared: ClearedCasebook, cases: Sequence[ClearedCase]
) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    words = cleared.vocabularies
    types = Counter(_group_label(words["dispute_types"], case) for case in cases)
    yield "纠纷类型", _counts(types)
    outcomes = Counter(words["outcomes"].label(case.outcomes[0]) for case in cases if case.outcomes)
    yield "怎样结的", _counts(outcomes)
    yield "哪一年结的", _counts(Counter((case.closed or case.received)[:4] for case in cases))
    sums = [case.amounts.recovered for case in cases if case.amounts.recovered is not None]
    if sums:
        yield "追回", (("一共", yuan(sum(sums, Decimal()))), ("有数的", f"{len(sums)} 件"))


def _counts(counted: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return tuple((label, f"{count} 件") for label, count in ordered)
