"""A partner's terms in our words: by a small file, or left 未归类; never guessed.

A term is ours without a mapping only where id and label (or a synonym) are both ours.
`keys/CODE.map.toml` says of the others what they are here.
"""

import datetime
import json
import tomllib
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from builder.checks.references import CONTROLLED
from builder.errors import WrongUseError
from builder.exchange.records import citation_text
from builder.model.case import Case, Unmapped
from builder.model.statute import Citation, parse_citation
from builder.model.vocabulary import Vocabularies

# vocabulary -> their id -> our id, or '' where we have none
TermMap: TypeAlias = Mapping[str, Mapping[str, str]]
_HEAD = """\
# 对照表：左边是对方的编号，右边的引号里写本库词表的编号；归不进去的，引号里留空，保持“未归类”。
# 改完后把最近的案例包再导入一次：casebook bundle import 文件 --again
"""


@dataclass(frozen=True, slots=True)
class Words:
    """What is needed to put a partner's terms into ours.

    Attributes:
        theirs: vocabulary -> id -> label, as the manifest lists them.
        mapping: what the mapping file says.
    """

    theirs: TermMap
    ours: Vocabularies
    mapping: TermMap


def map_file(code: str) -> str:
    """Return the name of the mapping file for a workshop, in `keys/`."""
    return f"{code}.map.toml"


def read_mapping(text: str, ours: Vocabularies, name: str) -> TermMap:
    """Return what a mapping file says.

    Raises:
        WrongUseError: it is damaged, or maps to what our vocabularies do not have.
    """
    where = f"keys/{name}"
    try:
        mapping = tomllib.loads(text)
    except ValueError as error:
        raise WrongUseError(where, "看不懂。", "请对照开头的说明改正。") from error
    for vocabulary, rows in mapping.items():
        if vocabulary not in (*CONTROLLED.values(), "statutes") or not isinstance(rows, dict):
            raise WrongUseError(where, f"没有 {vocabulary} 这个词表。", "请对照原来的写法改正。")
        for theirs, our in rows.items():
            if not isinstance(our, str) or (our and not _known(ours, vocabulary, our)):
                raise WrongUseError(
                    where, f"{vocabulary} 词表里没有给 {theirs} 写的编号。",
                    f"请在 cases/vocabulary/{vocabulary}.yml 里查找编号，或留空。",
                )  # fmt: skip
    return mapping


def mapping_text(mapping: TermMap, unmapped: Iterable[Unmapped]) -> str | None:
    """Return the mapping file with a line for each term not mapped yet, or None if none is new."""
    new = {
        (term.field, term.id): term.label
        for term in unmapped
        if term.id not in mapping.get(term.field, {})
    }
    if not new:
        return None
    names = sorted({*mapping, *(field for field, _ in new)})
    lines = [_HEAD.rstrip()]
    for name in names:
        lines += ["", f"[{name}]"]
        lines += [
            f"{key} = {_quoted(value)}" for key, value in sorted(mapping.get(name, {}).items())
        ]
        lines += [
            f'{term_id} = ""   # 对方叫“{label}”'
            for (field, term_id), label in sorted(new.items())
            if field == name
        ]
    return "\n".join(lines) + "\n"


def in_our_words(case: Case, words: Words) -> tuple[Case, tuple[Unmapped, ...]]:
    """Return the case with every controlled value in our terms, and the terms that have none."""
    unmapped: list[Unmapped] = []
    changes: dict[str, object] = {}
    for field, vocabulary in CONTROLLED.items():
        value = getattr(case, field)
        if isinstance(value, str):
            changes[field] = next(_ours([value], vocabulary, words, unmapped), None)
        elif value:
            changes[field] = tuple(dict.fromkeys(_ours(value, vocabulary, words, unmapped)))
    changes["statutes"] = tuple(dict.fromkeys(_statutes(case, words, unmapped)))
    return case.model_copy(update=changes), tuple(dict.fromkeys(unmapped))


def _ours(
    ids: Iterable[str], vocabulary: str, words: Words, unmapped: list[Unmapped]
) -> Iterator[str]:
    for term_id in ids:
        label = words.theirs[vocabulary][term_id]
        mapped = words.mapping.get(vocabulary, {}).get(term_id)
        if mapped:
            yield mapped
        elif mapped is None and _same(words.ours, vocabulary, term_id, label):
            yield term_id
        else:
            unmapped.append(Unmapped(field=vocabulary, id=term_id, label=label))


def _same(ours: Vocabularies, vocabulary: str, term_id: str, label: str) -> bool:
    term = ours[vocabulary].by_id.get(term_id)
    return term is not None and label in (term.label, *term.synonyms)


def _statutes(case: Case, words: Words, unmapped: list[Unmapped]) -> Iterator[str]:
    book = words.ours.statutes
    for text in case.statutes:
        cited = parse_citation(text)
        assert cited is not None
        name = words.theirs["statutes"][cited.statute]
        mapped = words.mapping.get("statutes", {}).get(cited.statute)
        known = book.by_id.get(cited.statute)
        if mapped is None and known and name in (known.name, known.short, *known.aliases):
            mapped = cited.statute
        ours = Citation(mapped or "", cited.article, cited.paragraph, cited.item)
        if mapped and _in_force(ours, case.law_on, words.ours):
            yield citation_text(ours)
        else:
            label = f"《{name}》{cited.label}"
            unmapped.append(Unmapped(field="statutes", id=cited.statute, label=label))


def _in_force(citation: Citation, day: datetime.date | None, ours: Vocabularies) -> bool:
    """Return whether our statutes have an article, and as law of that day."""
    statute = ours.statutes.by_id[citation.statute]
    known = any(citation.article in version.articles for version in statute.versions)
    if not known or day is None:
        return known
    return ours.statutes.standing(citation, day).kind not in ("not-in-force", "not-listed")


def _known(ours: Vocabularies, vocabulary: str, term_id: str) -> bool:
    known: Container[object] = ours.statutes if vocabulary == "statutes" else ours[vocabulary]
    return term_id in known


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
