"""Sets of words, and the segmenter's words and parts of speech, loaded at the first question."""

import functools
from typing import Any


@functools.cache
def _segmenter() -> Any:
    # An instance of its own: the module's functions share one dictionary that anybody may change.
    import rjieba

    return rjieba.Jieba()


def segment(text: str) -> list[tuple[str, str]]:
    """Return the words of a text of Chinese and ASCII characters, with their parts of speech."""
    return [(str(word), str(tag)) for word, tag in _segmenter().tag(text)]


def part_of_speech(word: str) -> str:
    """Return the part of speech of a word of the dictionary, '' for what is none."""
    if len(word) < 2 or not _segmenter().has_word(word):
        return ""
    return str(_segmenter().tag(word)[0][1])


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list that is written with spaces between them."""
    return frozenset(words.split())
