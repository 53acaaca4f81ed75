"""Words of an export in our vocabulary: by id, label or synonym, or a mapping; never guessed."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from builder.intake.columns import VOCABULARY_OF, ColumnsFault, Naming, plain
from builder.library.record import nearest
from builder.model.ledger import Light
from builder.model.vocabulary import Vocabularies, Vocabulary

_STATES: Final = {
    Light.BLACK: "黑 未受理 待受理 待处理 待分派 待派发 待接收 待办 未处理 新建 已登记 待登记",
    Light.RED: "红 已受理 受理 办理中 处理中 调解中 核查中 调查中 在办 待办结 待反馈 待调解 未办结",
    Light.GREEN: "绿 已办结 办结 已结案 结案 已完成 完成 已归档 归档 不予受理 终止调解 调解终止"
    " 已终止 调解成功 达成协议 已撤回 撤回 撤诉 已关闭 关闭 已完结 完结",
}
_STATE_OF: Final = {word: light for light, words in _STATES.items() for word in words.split()}
_PARTS = re.compile(r"[,，、;；|/+\n]+")
_PATH = re.compile(r"\s*(?:›|>|/|-|—|_|\\|：|:)+\s*")


def state_of(word: str) -> Light | None:
    """Return the colour that a word for a ticket's state means, or None."""
    return _STATE_OF.get(plain(word))


def parts_of(text: str) -> list[str]:
    """Return the words of a cell that holds several."""
    return [part.strip() for part in _PARTS.split(text) if part.strip()]


@dataclass(frozen=True)
class Words:
    """Looks words up; the same word comes with thousands of rows, so answers are kept."""

    vocabularies: Vocabularies
    naming: Naming
    _known: dict[tuple[str, str], str | None] = field(default_factory=dict)
    _tables: dict[str, list[dict[str, set[str]]]] = field(default_factory=dict)

    def id_of(self, name: str, word: str) -> str | None:
        """Return the id of the one term that a word names, or None.

        Args:
            name: of the field of `Ticket`.
        """
        key = name, word
        if key not in self._known:
            self._known[key] = self._look_up(name, word)
        return self._known[key]

    def _look_up(self, name: str, word: str) -> str | None:
        vocabulary = self.vocabularies[VOCABULARY_OF[name]]
        if name not in self._tables:
            self._tables[name] = _tables(vocabulary)
        tables = self._tables[name]
        mapped = self.naming.words.get(name, {}).get(plain(word))
        if mapped is not None:
            return _named(tables, mapped)
        found = _named(tables, word)
        parts = _PATH.split(unicodedata.normalize("NFKC", word))
        if found is None and len(parts) > 1:  # 质量 › 家电数码
            found = _named(tables, parts[-1])
            above = vocabulary.parent(found) if found else None
            if above is None or _named(tables, parts[-2]) not in (above.id, None):
                return None
        return found


def check_naming(naming: Naming, vocabularies: Vocabularies, name: str) -> None:
    """See to it that a columns file maps to words that our vocabularies have.

    Raises:
        ColumnsFault: it does not; the fault names the nearest.
    """
    pairs = [(field, word) for field, words in naming.words.items() for word in words.values()]
    for field_name, word in [*pairs, *naming.fixed.items()]:
        if field_name == "told":
            is_known = state_of(word) is not None
        else:
            if field_name not in VOCABULARY_OF:
                raise ColumnsFault(name, f"{field_name} 没有词表，不能对照。", "请删掉这一节。")
            vocabulary = vocabularies[VOCABULARY_OF[field_name]]
            is_known = _only(vocabulary, word) is not None
        if not is_known:
            known: Mapping[str, object] = (
                _STATE_OF if field_name == "told" else vocabularies[VOCABULARY_OF[field_name]].by_id
            )
            raise ColumnsFault(
                name,
                f"词表里没有“{word[:20]}”。",
                nearest(word, known) or "请写词表里的编号或名称。",
            )


def _only(vocabulary: Vocabulary, word: str) -> str | None:
    """Return the id of the one term that has a word as id, else as label, else as synonym."""
    return _named(_tables(vocabulary), word)


def _named(tables: Sequence[Mapping[str, set[str]]], word: str) -> str | None:
    wanted = plain(word)
    found = next((table[wanted] for table in tables if wanted in table), set())
    return next(iter(found)) if len(found) == 1 else None


def _tables(vocabulary: Vocabulary) -> list[dict[str, set[str]]]:
    """Return the ids that have a word as id, as label, as synonym, as the platform's kind."""
    tables: list[dict[str, set[str]]] = [{}, {}, {}, {}]
    for term in vocabulary.walk():
        for table, names in zip(
            tables, ((term.id,), (term.label,), term.synonyms, (term.q12315,)), strict=True
        ):
            for name in filter(None, names):
                table.setdefault(plain(name), set()).add(term.id)
    return tables
