"""The query language: words, phrases, exclusions, OR, fields and ranges.

    退费 健身房              words; a case need not have all of them
    "不退不换"               these characters in a row; also “” and 「」
    -瑜伽 -"转卡" -类型:退卡   not these
    退卡 OR 停业             either; also |
    类型:预付式消费 金额:1000..5000 日期:2026-01..2026-06 法条:消法55

What cannot be read so is searched as plain words, and a hint says so. A long text without
this syntax is a pasted complaint: its ticket labels are stripped and nothing must match.

Pure: whether a value such as 预付式消费 means anything is for `filters.py`, which knows
the vocabularies. The twin in the browser is checked by `tests/golden/query.json`.
"""

import re
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from builder.index.term_choice import LONG_QUERY
from builder.search.values import (
    Range,
    read_amount_range,
    read_article,
    read_case_id,
    read_date_range,
    read_year_range,
)
from builder.text.folding import fold_text

if TYPE_CHECKING:
    from builder.text.ticket import Ticket

Kind = Literal["word", "phrase", "facet", "law", "range", "id"]

LONGEST: Final = 20_000  # characters; what stands behind them is not read
MOST_HINTS: Final = 5
_SENTENCES: Final = 2  # marks that make prose of a long text with field-like labels
_LONGEST_NAME: Final = 8  # characters before a colon that may have meant a field

_OPENING: Final = {'"': '"“”＂', "“": '"“”＂', "”": '"“”＂', "＂": '"“”＂', "「": "」", "『": "』"}
_MINUS: Final = "-－−"
_EITHER: Final = "|｜"
_BREAKS: Final = " \t\r\n\f\v\u00a0\u3000，、；。！？"
_COLONS: Final = ":："
_MARKS: Final = re.compile("[，。；！？\n]")
_HAN: Final = re.compile("[㐀-鿿]")

_RANGES: Final = {
    "disputed": read_amount_range,
    "recovered": read_amount_range,
    "date": read_date_range,
    "year": read_year_range,
}
# What people write before the colon -> kind of clause, field of the index.
_FIELD_NAMES: Final[dict[tuple[Kind, str], str]] = {
    ("facet", "types"): "类型 纠纷类型 纠纷",
    ("facet", "industry"): "行业",
    ("facet", "claims"): "诉求 请求",
    ("facet", "outcomes"): "结果 处理结果",
    ("facet", "methods"): "手法 方法 调解手法 调解方法",
    ("facet", "departments"): "部门 参与部门",
    ("facet", "channel"): "渠道 来源渠道",
    ("facet", "station"): "所 办理所",
    ("facet", "district"): "区县 地区",
    ("law", "statutes"): "法条 条文 法规 法律 法律依据",
    ("id", "id"): "编号 案号 案例编号",
    ("range", "disputed"): "金额 争议金额",
    ("range", "recovered"): "追回 追回金额",
    ("range", "date"): "日期 结案 结案日期",
    ("range", "year"): "年份 年",
    ("phrase", "title"): "标题",
    ("phrase", "summary"): "要点",
    ("phrase", "facts"): "案情 案情简介",
    ("phrase", "positions"): "主张 双方主张",
    ("phrase", "issues"): "焦点 争议焦点",
    ("phrase", "evidence"): "证据 调查与证据",
    ("phrase", "process"): "过程 调解过程",
    ("phrase", "turning_point"): "突破口",
    ("phrase", "analysis"): "评析 案例评析",
    ("phrase", "lessons"): "复盘",
    ("phrase", "tips"): "提示",
    ("phrase", "sights"): "四见",
    ("phrase", "tags"): "标签 关键词",
}
FIELDS: Final = {
    name: kind_and_field for kind_and_field, names in _FIELD_NAMES.items() for name in names.split()
}


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing a query asks for.

    Attributes:
        kind: word: `text`, which a case may have; phrase: `text` in a row, in the section
            `field` or anywhere; facet: a term that `text` names; law: the statute `text`
            (any when empty), its article `field` (any when empty); range: numbers of
            `field` from `low` to `high`; id: the case `text`.
        name: the field as people call it, as typed; '' without one.
    """

    kind: Kind
    text: str
    field: str = ""
    low: int | None = None
    high: int | None = None
    negated: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """What a text asks for.

    Attributes:
        text: as typed.
        case_id: the id that the whole text is, or None.
        groups: all must hold; in a group one clause must hold, except that a group of
            words that are not excluded is a wish.
        ticket: what a pasted complaint says, or None; then there are no groups.
        hints: what was not understood as it was perhaps meant.
    """

    text: str
    case_id: str | None = None
    groups: tuple[tuple[Clause, ...], ...] = ()
    ticket: "Ticket | None" = None
    hints: tuple[str, ...] = ()


def parse(text: str) -> Query:
    """Return what `text` asks for; any text asks for something, if only for nothing."""
    hints = []
    if len(text) > LONGEST:
        text = text[:LONGEST]
        hints.append(f"文字太长，只看前 {LONGEST} 个字。")
    case_id = read_case_id(fold_text(text).strip())
    if case_id:
        return Query(text, case_id=case_id)
    reader = _Reader(text)
    groups = reader.groups()
    if _is_complaint(text, groups):
        # its many patterns take a while to compile: not for every search
        from builder.text.ticket import parse_ticket

        ticket = parse_ticket(text)
        for name in dict.fromkeys(clause.name for group in groups for clause in group):
            if name and name not in ticket.labels:
                hints.append(f"文字较长，按投诉内容查找，“{name}:”没有当作条件。")
        return Query(text, ticket=ticket, hints=tuple(hints))
    hints = list(dict.fromkeys([*hints, *reader.hints]))[:MOST_HINTS]
    return Query(text, groups=groups, hints=tuple(hints))


def is_wish(group: tuple[Clause, ...]) -> bool:
    """Return whether a group only says what is welcome, not what must hold."""
    return all(clause.kind == "word" and not clause.negated for clause in group)


def as_plain(query: Query) -> dict[str, Any]:
    """Return a query as JSON tells it, without what is absent."""
    groups = [
        [
            {
                name: value
                for name, value in asdict(clause).items()
                if value is not False and value not in ("", None)
            }
            for clause in group
        ]
        for group in query.groups
    ]
    told = {
        "case_id": query.case_id,
        "groups": groups,
        "story": query.ticket.narrative if query.ticket else "",
        "hints": list(query.hints),
    }
    return {name: value for name, value in told.items() if value}


def _is_complaint(text: str, groups: tuple[tuple[Clause, ...], ...]) -> bool:
    """Return whether the text is a story rather than a query.

    Long are the words that stand outside of quotes and fields. A query of many words may
    exclude some and name fields, but has no sentences.
    """
    clauses = [clause for group in groups for clause in group]
    words = sum(len(one.text) for one in clauses if one.kind == "word" and not one.negated)
    if words <= LONG_QUERY:
        return False
    is_plain = all(is_wish(group) and len(group) == 1 for group in groups)
    return is_plain or len(_MARKS.findall(text.strip())) >= _SENTENCES


@dataclass(slots=True)
class _Reader:
    """Goes through a text, from left to right."""

    text: str
    at: int = 0
    hints: list[str] = field(default_factory=list)
    unclosed: set[str] = field(default_factory=set)  # quotes that no later one closes

    def groups(self) -> tuple[tuple[Clause, ...], ...]:
        """Return the groups of clauses."""
        found: list[tuple[Clause, ...]] = []
        either = False
        while self._skip_breaks():
            if self._takes_either():
                either = bool(found)
                continue
            clauses = self._clauses()
            if not clauses:
                continue
            if either:
                found[-1] = (*found[-1], clauses.pop(0))
            found += [(clause,) for clause in clauses]
            either = False
        return tuple(found)

    def _skip_breaks(self) -> bool:
        """Go to the next character that is no break; return whether there is one."""
        while self.at < len(self.text) and self.text[self.at] in _BREAKS:
            self.at += 1
        return self.at < len(self.text)

    def _takes_either(self) -> bool:
        """Take OR or | where it stands."""
        if self.text[self.at] in _EITHER:
            self.at += 1
            return True
        end = self.at + 2
        is_alone = self.text[end : end + 1] in ("", *_BREAKS)
        if self.text[self.at : end] in ("OR", "ＯＲ") and is_alone:
            self.at = end
            return True
        return False

    def _clauses(self) -> list[Clause]:
        """Read one clause; none where only marks stand, two where a field was none."""
        negated = False
        following = self.text[self.at + 1 : self.at + 2]
        if self.text[self.at] in _MINUS and following not in ("", *_BREAKS, *_MINUS):
            negated = True
            self.at += 1
        quoted = self._quoted()
        if quoted is not None:
            return [Clause("phrase", quoted, negated=negated)] if quoted else []
        word = self._word()
        parts = re.split(f"[{_COLONS}]", word, maxsplit=1)
        if len(parts) == 2 and parts[0]:
            return self._field(parts[0], parts[1], negated)
        return [Clause("word", word, negated=negated)] if word.strip(_COLONS) else []

    def _quoted(self) -> str | None:
        """Read a phrase with its quotes, or nothing; a quote without its pair is passed by."""
        closing = _OPENING.get(self.text[self.at])
        if closing is None:
            return None
        self.at += 1
        if closing not in self.unclosed:
            match = re.compile(f"[{closing}]").search(self.text, self.at)
            if match:
                phrase = self.text[self.at : match.start()].strip()
                self.at = match.end()
                return phrase
            self.unclosed.add(closing)
        self.hints.append("引号没有配对，已当作普通词查找。")
        return None

    def _word(self) -> str:
        """Read up to a break, a quote or a bar."""
        start = self.at
        while self.at < len(self.text):
            character = self.text[self.at]
            if character in _BREAKS or character in _EITHER or character in _OPENING:
                break
            self.at += 1
        return self.text[start : self.at]

    def _field(self, name: str, value: str, negated: bool) -> list[Clause]:
        """Read a field whose name and colon were read, and `value` as far as it was."""
        known = FIELDS.get(fold_text(name))
        if known is None:
            may_be_meant = len(name) <= _LONGEST_NAME and _HAN.search(name)
            if may_be_meant and not value.startswith("//"):
                self.hints.append(f"没有“{name}”这个字段，已当作普通词查找。")
            words = [name, value] if value else [name]
            return [Clause("word", word, negated=negated) for word in words]
        if not value:
            value = self._value()
        if not value:
            self.hints.append(f"“{name}:”后面没有写内容，已当作普通词查找。")
            return [Clause("word", name, negated=negated)]
        clause = _clause(*known, value, name, negated)
        if clause is None:
            self.hints.append(f"“{name}:{value}”看不懂，已当作普通词查找。{_EXAMPLES[known[1]]}")
            return [Clause("word", value, negated=negated)]
        return [clause]

    def _value(self) -> str:
        """Read a value that does not follow its colon at once: in quotes, or after blanks."""
        while self.at < len(self.text) and self.text[self.at] in " \t\u00a0\u3000":
            self.at += 1
        if self.at >= len(self.text) or self.text[self.at] in _MINUS:
            return ""
        quoted = self._quoted()
        return self._word() if quoted is None else quoted


_EXAMPLES: Final = {
    "disputed": "金额写成 金额:1000..5000 或 金额:1万.. 。",
    "recovered": "金额写成 追回:1000..5000 或 追回:1万.. 。",
    "date": "日期写成 日期:2026-03 或 日期:2026-01..2026-06 。",
    "year": "年份写成 年份:2026 或 年份:2024..2026 。",
    "id": "编号写成 编号:SL-2026-0001 。",
}


def _clause(kind: Kind, field_name: str, value: str, name: str, negated: bool) -> Clause | None:
    """Return the clause of a known field, or None when its value cannot be read."""
    if kind == "range":
        read: Range | None = _RANGES[field_name](fold_text(value))
        if read is None:
            return None
        return Clause(kind, value, field_name, read.low, read.high, negated, name)
    if kind == "id":
        case_id = read_case_id(fold_text(value))
        return Clause(kind, case_id, field_name, negated=negated, name=name) if case_id else None
    if kind == "law":
        statute, article = read_article(fold_text(value))
        return Clause(kind, statute, article, negated=negated, name=name)
    return Clause(kind, value, field_name, negated=negated, name=name)
