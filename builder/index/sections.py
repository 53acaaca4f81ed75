"""The parts of a case that are searched and shown, in the order of a case page.

The place of a section in `SECTIONS` is its number in the Whoosh index: a change here needs
a new `INDEX_FORMAT` (builder/index/folder.py).
"""

from collections.abc import Mapping
from typing import Final, NamedTuple


class Section(NamedTuple):
    """One part of a case: its id, what people call it, and its field of the ranking."""

    id: str
    name: str
    field: str


SECTIONS: Final = (
    Section("title", "标题", "title"),
    Section("summary", "要点", "facts"),
    Section("facts", "案情简介", "facts"),
    Section("positions", "双方主张", "facts"),
    Section("issues", "争议焦点", "facts"),
    Section("evidence", "调查与证据", "rest"),
    Section("process", "调解过程", "rest"),
    Section("turning_point", "突破口", "rest"),
    Section("result", "调解结果", "rest"),
    Section("analysis", "案例评析", "rest"),
    Section("lessons", "复盘", "rest"),
    Section("tips", "提示", "rest"),
    Section("sights", "四见", "rest"),
    Section("law", "法律依据", "rest"),
    Section("notes", "当事人与金额", "rest"),
    Section("review", "审核批注", "rest"),
    Section("tags", "标签", "tags"),
)
SECTION_NUMBERS: Final = {section.id: number for number, section in enumerate(SECTIONS)}
SECTION_NAMES: Final = {section.id: section.name for section in SECTIONS}


def ranking_texts(sections: Mapping[str, str]) -> dict[str, str]:
    """Return ranking field -> text, for `count_fields`."""
    parts: dict[str, list[str]] = {}
    for section in SECTIONS:
        if section.id in sections:
            parts.setdefault(section.field, []).append(sections[section.id])
    return {field: "\n".join(texts) for field, texts in parts.items()}
