"""The writing form: a case from a complaint to a file, in the browser, for the office alone.

The page holds what the browser needs to show, check and write a case: its fields, the
vocabularies, the statutes and the ids in use. What is typed stays on the device.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from builder.checks.cleared import ClearedCasebook
from builder.checks.plausibility import ENDED, MAY_END, REQUIRED
from builder.model.audience import Audience
from builder.model.case import Status
from builder.model.vocabulary import Vocabularies, Vocabulary
from builder.pages.form_fields import Field, form_fields
from builder.pages.page import Page, key_of
from builder.pages.site_map import (
    CASE_FORM,
    FORM_SCRIPT,
    FORM_STYLE,
    HOME,
    RECENT,
    link,
    root_of,
)
from builder.render import render

# legend, what to bear in mind, fields; `shown_fields` sees that none is forgotten
SECTIONS: Final = (
    ("编号和标题", "编号先按年份取下一个，收进案例库时如被占用会自动换。",
     ("id", "title", "summary", "status", "audience")),
    ("来路和类型", "类型选 1 到 3 个，第一个是主要的。",
     ("station", "channel", "dispute_types", "industry", "claims", "parties", "amounts")),
    ("时间", "日期写在这里，正文里不写具体日期；半小时到场的，写上几点几分。", ("timeline",)),
    ("案情", "不写姓名、店名、电话、门牌；写“李女士”“某健身馆”即可。",
     ("facts", "positions", "issues", "evidence")),
    ("怎么办的", "按先后写清做了什么、双方怎么出价、哪句话起了作用。",
     ("process", "turning_point", "methods", "departments", "four_sights", "statutes")),
    ("结果", "写清最后怎样、履行了没有。", ("result", "outcomes", "ground", "agreement_form")),
    ("评析和复盘", "短板如实写；只给内部看的，勾上“仅内部”。", ("analysis", "lessons", "tips")),
    ("关键词和相关案例", "", ("keywords", "related", "revision")),
)  # fmt: skip
# Not edited here; what a file says of them is kept as it is.
KEPT: Final = ("sample", "source", "review", "withdrawal", "waivers")
# What to write, beside what the field itself says.
_PROMPTS: Final = {
    "facts": "谁买了什么、出了什么事、商家怎么说、要什么。",
    "positions.consumer": "要什么，依据什么，最低能接受什么。",
    "positions.business": "认不认，理由是什么，愿意给什么。",
    "issues": "一条写一个，写成一句话，如“余额怎么折算”。",
    "evidence": "看了哪些凭证，谁提供的，能证明什么。",
    "process": "先分开谈还是当面谈，第一次出价多少，怎么变的。",
    "turning_point": "是哪份证据、哪条法律、哪句话让事情转了弯。没有就不写。",
    "analysis": "为什么这样处理，法律怎么适用，同类的可以怎么办。",
    "statutes": "先选法规，再写条号，如 53 或 53.2（第五十三条第二款）。",
    "keywords": "一行一个，从大到小。",
    "related": "写编号和关系，如“同类型不同结果”。",
    "revision": "已发布的案例改了内容才写，订阅的人会看到。",
    "amounts": "单位元，只写数字。",
}
# What the control itself shows how to fill in; the day's hint stands above all of them.
_PLAIN_KINDS: Final = ("choice", "flag", "moment", "date")
_OPEN_ROWS: Final = 3  # lines of a prose field to begin with


@dataclass(frozen=True)
class Section:
    """A part of the form."""

    legend: str
    hint: str
    fields: Sequence[Field]


def case_form_page(cleared: ClearedCasebook, site: str) -> Iterator[Page]:
    """Yield the writing form; none for partners and the public."""
    if cleared.audience is not Audience.INTERNAL:
        return
    words = cleared.vocabularies
    data = form_data(cleared)
    yield Page(
        path=CASE_FORM,
        title="写案例",
        description="不用懂格式：填表、边写边查、存成文件",
        key=key_of(site, CASE_FORM, data),
        render=lambda: render(
            "pages/case_form.html",
            trail=[("首页", link(CASE_FORM, HOME)), ("案例", link(CASE_FORM, RECENT))],
            sections=shown_sections(words),
            terms={name: _grouped(vocabulary) for name, vocabulary in words.terms.items()},
            labels={status.value: status.label for status in Status}
            | {audience.value: audience.label for audience in Audience},
            left_out={"status": ("withdrawn",)},
            laws=[(one.id, one.short, one.name) for one in words.statutes.statutes],
            rows=_OPEN_ROWS,
            data=data,
        ),
        head=lambda: render(
            "pages/case_form_head.html",
            style=root_of(CASE_FORM) + FORM_STYLE,
            script=root_of(CASE_FORM) + FORM_SCRIPT,
        ),
    )


def shown_sections(words: Vocabularies) -> list[Section]:
    """Return the parts of the form, each field with its path, its prompt and those below it."""
    fields = {field["name"]: _with_paths(field, "") for field in form_fields(words)}
    return [
        Section(legend, hint, [fields[name] for name in names]) for legend, hint, names in SECTIONS
    ]


def _with_paths(field: Field, above: str) -> Field:
    path = above + field["name"]
    inner = [_with_paths(one, f"{path}.") for one in field.get("fields", ())]
    return field | {"path": path, "help": _help(field, path), "fields": inner}


def _help(field: Field, path: str) -> str:
    """Return what to write; not what only repeats the title, or speaks of the file's ids."""
    said = str(field["help"])
    if path in _PROMPTS:
        return _PROMPTS[path]
    if field["kind"] in _PLAIN_KINDS or said == field["title"]:
        return ""
    return "" if "词表" in said or "编号，第一个" in said else said


def form_data(cleared: ClearedCasebook) -> str:
    """Return what the browser is told, as JSON; the same library, the same text."""
    words = cleared.vocabularies
    outcomes = words["outcomes"]
    told: dict[str, Any] = {
        "code": cleared.code,
        "ids": sorted({*(case.id for case in cleared.cases), *(n.id for n in cleared.notices)}),
        "fields": form_fields(words),
        "required": REQUIRED,
        "names": {name: _names(vocabulary) for name, vocabulary in words.terms.items()},
        "ended": _below(outcomes, ENDED),
        "mayEnd": _below(outcomes, ENDED | MAY_END),
        "statutes": {
            statute.id: {
                "short": statute.short,
                "articles": {
                    article: text
                    for version in statute.versions
                    for article, text in version.articles.items()
                },
            }
            for statute in words.statutes.statutes
        },
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _names(vocabulary: Vocabulary) -> dict[str, list[str]]:
    """Return id -> label and synonyms of the terms in use."""
    return {
        term.id: [term.label, *term.synonyms] for term in vocabulary.walk() if not term.withdrawn
    }


def _below(vocabulary: Vocabulary, ids: frozenset[str]) -> list[str]:
    known = [term_id for term_id in sorted(ids) if term_id in vocabulary]
    return sorted(frozenset().union(*(vocabulary.with_descendants(one) for one in known)))


def _grouped(vocabulary: Vocabulary) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return heading -> (id, label), as a list to choose from has them."""
    groups: list[tuple[str, list[tuple[str, str]]]] = []
    used = [term for term in vocabulary.terms if not term.withdrawn]
    alone = [(term.id, term.label) for term in used if not term.children]
    if alone:
        groups.append(("", alone))
    for term in used:
        if term.children:
            below = [(child.id, child.label) for child in term.children if not child.withdrawn]
            groups.append((term.label, [(term.id, f"{term.label}（不细分）"), *below]))
    return groups
