"""Words of the library with their sounds: what somebody may have meant to type.

Only words whose every pair stands in some case of this audience, the most used first, so
that what is suggested is found.
"""

from collections.abc import Iterable
from typing import Final

from pypinyin import lazy_pinyin

from builder.index.impacts import Impacts
from builder.text.analyzer import count_terms, is_single
from builder.text.concepts import NO_CONCEPTS
from builder.text.folding import fold_text

_LONGEST: Final = 12  # characters; nobody types the initials of a longer word


def spelling_payload(words: Iterable[str], impacts: Impacts) -> list[list[str]]:
    """Return (word, its syllables parted by blanks), the most used word first."""
    used = []
    cases_of = dict(zip(impacts.terms, impacts.frequencies.tolist(), strict=True))
    for word in words:
        folded = fold_text(word)
        pairs = [term for term in count_terms(folded, NO_CONCEPTS) if not is_single(term)]
        if not pairs or len(folded) > _LONGEST or " " in folded:
            continue
        frequencies = [cases_of.get(term, 0) for term in pairs]
        if min(frequencies):
            used.append((-min(frequencies), len(folded), folded))
    return [[word, " ".join(lazy_pinyin(word))] for *_, word in sorted(set(used))]
