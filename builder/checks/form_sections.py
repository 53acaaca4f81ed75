"""The parts of a form on which a case is written: headings, order, and what to write where.

Both forms, the page and the Word file, show these.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from builder.checks.form_fields import Field, form_fields
from builder.model.vocabulary import Vocabularies

# legend, what to bear in mind, fields; a test sees that none is forgotten
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


@dataclass(frozen=True)
class Section:
    """A part of the form."""

    legend: str
    hint: str
    fields: Sequence[Field]


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
