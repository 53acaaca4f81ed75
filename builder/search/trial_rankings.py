"""Rankings of a corpus of documents, to be measured against each other.

`two-looks` is what search uses, the same code on the same posting lists; `exact` reads
every list of every term whole; `words` is BM25 over words of a segmenter, the usual way.
"""

import math
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from builder.index.directory import directory_of
from builder.index.frequency_levels import frequency_floor, rare_weight
from builder.index.impacts import Impacts, compute_impacts
from builder.index.placement import blocks_of
from builder.index.posting_lists import PostingLists, write_posting_lists
from builder.index.term_choice import query_weight
from builder.search.evaluation import RECALL_CUT, Document
from builder.search.two_looks import order
from builder.text.analyzer import count_terms, is_single
from builder.text.concepts import NO_CONCEPTS, Concepts
from builder.text.fields import K1, count_fields

Ranking = Callable[[str], Sequence[str]]  # text of a question -> ids, best first

_WORDS_B: Final = 0.9  # of BM25 over words, as good as any there


class Corpus:
    """Documents, indexed as cases are: title and text are two fields."""

    def __init__(self, documents: Sequence[Document], concepts: Concepts = NO_CONCEPTS) -> None:
        self.documents = documents
        self.concepts = concepts
        texts = [{"title": one.title, "facts": one.text} for one in documents]
        self._texts = texts
        self.impacts: Impacts = compute_impacts([count_fields(one, concepts) for one in texts])
        self.blocks = blocks_of([()] * len(texts), [""] * len(texts))
        self.rare_weight = rare_weight(len(texts))
        self.average_lengths = [total / len(texts) for total in self.impacts.field_totals]

    @property
    def postings(self) -> PostingLists:
        """The posting lists, from a file as for every search."""
        if not hasattr(self, "_postings"):
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "postings.bin"
                held = directory_of(self.impacts, frequency_floor(len(self.documents)))
                write_posting_lists(path, self.impacts, held)
                self._postings = PostingLists.open(path)  # stays open when the name is gone
        return self._postings

    def ranking_texts(self, case_no: int) -> Mapping[str, str]:
        """Return the texts of a document."""
        return self._texts[case_no]

    def ids(self, case_nos: Sequence[int]) -> list[str]:
        """Return the ids of documents."""
        return [self.documents[case_no].id for case_no in case_nos[:RECALL_CUT]]


def two_looks(corpus: Corpus) -> Ranking:
    """Return the ranking that search uses."""
    return lambda text: corpus.ids([hit.case_no for hit in order(corpus, text).hits])


def exact(corpus: Corpus) -> Ranking:
    """Return the ranking by all terms of a text and their whole lists."""
    return lambda text: corpus.ids(exact_ranking(corpus.impacts, text, corpus.concepts, RECALL_CUT))


def exact_ranking(impacts: Impacts, text: str, concepts: Concepts, limit: int) -> list[int]:
    """Return the numbers of the best cases, nothing cut anywhere, best first.

    A hit has more of the text than single characters, where the text has more.
    """
    counts = count_terms(text, concepts)
    only_singles = all(map(is_single, counts))
    scores = np.zeros(impacts.case_count, np.int64)
    is_hit = np.zeros(impacts.case_count, np.bool_)
    for term, repeats in counts.items():
        row = impacts.row(term)
        if row is None:
            continue
        part = slice(int(impacts.offsets[row]), int(impacts.offsets[row + 1]))
        weight = query_weight(term, repeats, int(impacts.weights[row]))
        # a case stands once on a list, so none is added to twice
        scores[impacts.case_nos[part]] += weight * impacts.impacts[part].astype(np.int64)
        if only_singles or not is_single(term):
            is_hit[impacts.case_nos[part]] = True
    scores[~is_hit] = 0
    best = np.argsort(-scores, kind="stable")[:limit]
    return [case_no for case_no in best.tolist() if scores[case_no]]


def words(corpus: Corpus) -> Ranking:
    """Return BM25 over the words that a segmenter finds.

    Source: Robertson and Zaragoza, "The probabilistic relevance framework: BM25 and
        beyond", Foundations and Trends in IR 3(4), 2009.
    """
    counts = [_words(f"{one.title}\n{one.text}") for one in corpus.documents]
    lengths = np.array([count.total() for count in counts], np.float64)
    norms = K1 * (1 - _WORDS_B + _WORDS_B * lengths / max(lengths.mean(), 1))
    lists: dict[str, list[tuple[int, int]]] = {}
    for number, count in enumerate(counts):
        for word, repeats in count.items():
            lists.setdefault(word, []).append((number, repeats))

    def ranked(text: str) -> Sequence[str]:
        scores = np.zeros(len(counts))
        for word in _words(text):
            if word in lists:
                numbers, repeats = np.array(lists[word]).T
                idf = math.log(1 + (len(counts) - len(numbers) + 0.5) / (len(numbers) + 0.5))
                scores[numbers] += idf * repeats * (K1 + 1) / (repeats + norms[numbers])
        best = np.argsort(-scores, kind="stable")[:RECALL_CUT]
        return corpus.ids([number for number in best.tolist() if scores[number]])

    return ranked


def _words(text: str) -> Counter[str]:
    import rjieba

    return Counter(word for word in rjieba.cut_for_search(text) if word.strip())


RANKINGS: Final[Mapping[str, Callable[[Corpus], Ranking]]] = {
    "two-looks": two_looks,
    "exact": exact,
    "words": words,
}
