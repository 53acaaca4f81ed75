"""Hold the ranking against what people would take instead, on sets with known answers.

    python -m benchmarks.ranking_peers FOLDER...

Whoosh's BM25F, bm25s and tantivy rank the same text over the words of the same segmenter,
each with its own defaults. bm25s and tantivy are for this alone and in no lock:
`pip install bm25s==0.3.16 tantivy==0.27.0`; the output names the versions.
"""

import importlib
import sys
import tempfile
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import rjieba

from benchmarks.table import table
from builder.search.evaluation import (
    RECALL_CUT,
    Document,
    interval,
    measure,
    read_corpus,
    read_questions,
)
from builder.search.trial_rankings import Corpus, two_looks

Rank = Callable[[str], Sequence[str]]
OURS = "本案例库"
_PARTED = " "


def main(folders: Sequence[str]) -> None:
    """Print a paired table for each set of questions."""
    for name in ("whoosh3", "bm25s", "tantivy", "rjieba"):
        print(f"{name} {version(name)}", end="  ")
    print()
    for folder in map(Path, folders):
        documents = read_corpus(folder)
        ranks: dict[str, Rank] = {
            OURS: two_looks(Corpus(documents)),
            "Whoosh BM25F": whoosh_words(documents),
            "bm25s": bm25s_words(documents),
            "tantivy": tantivy_words(documents),
        }
        for one in read_questions(folder):
            measured = {name: measure(rank, one.questions) for name, rank in ranks.items()}
            rows = []
            for name, values in measured.items():
                gain = interval(measured[OURS].ndcg - values.ndcg)
                rows.append(
                    (
                        name,
                        f"{values.ndcg.mean():.4f}",
                        f"{values.reciprocal_rank.mean():.4f}",
                        f"{values.recall.mean():.4f}",
                        ""
                        if name == OURS
                        else f"{gain.mean:+.4f} [{gain.low:+.4f}, {gain.high:+.4f}]",
                    )
                )
            print(f"\n{folder.name} {one.name}，{len(one.questions)} 题")
            head = ("", "nDCG@10", "MRR@10", "Recall@100", "本案例库多出 nDCG@10 [95%]")
            print(table(head, rows), flush=True)


def words_of(text: str) -> list[str]:
    """Return the words that a segmenter finds, as every peer gets them."""
    return [word for word in rjieba.cut_for_search(text) if word.strip()]


def _joined(document: Document) -> str:
    return _PARTED.join(words_of(f"{document.title}\n{document.text}"))


def whoosh_words(documents: Sequence[Document]) -> Rank:
    """Return Whoosh's BM25F over words; any word may match."""
    query: Any = importlib.import_module("whoosh.query")
    analysis: Any = importlib.import_module("whoosh.analysis")
    fields: Any = importlib.import_module("whoosh.fields")
    scoring: Any = importlib.import_module("whoosh.scoring")
    storage: Any = importlib.import_module("whoosh.filedb.filestore")

    text_field = fields.TEXT(analyzer=analysis.SpaceSeparatedTokenizer(), phrase=False)
    schema = fields.Schema(id=fields.ID(stored=True), text=text_field)
    index = storage.RamStorage().create_index(schema)
    writer = index.writer()
    for document in documents:
        writer.add_document(id=document.id, text=_joined(document))
    writer.commit()
    searcher = index.searcher(weighting=scoring.BM25F())

    def rank(text: str) -> Sequence[str]:
        terms = [query.Term("text", word) for word in words_of(text)]
        return [hit["id"] for hit in searcher.search(query.Or(terms), limit=RECALL_CUT)]

    return rank


def bm25s_words(documents: Sequence[Document]) -> Rank:
    """Return bm25s over words."""
    bm25s: Any = importlib.import_module("bm25s")
    retriever = bm25s.BM25()
    retriever.index([_joined(one).split(_PARTED) for one in documents], show_progress=False)
    ids = [one.id for one in documents]

    def rank(text: str) -> Sequence[str]:
        words = [word for word in words_of(text) if word in retriever.vocab_dict]
        if not words:
            return []
        found, _ = retriever.retrieve([words], k=min(RECALL_CUT, len(ids)), show_progress=False)
        return [ids[number] for number in found[0].tolist()]

    return rank


def tantivy_words(documents: Sequence[Document]) -> Rank:
    """Return tantivy over words."""
    tantivy: Any = importlib.import_module("tantivy")
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", stored=False, tokenizer_name="whitespace")
    schema = builder.build()
    with tempfile.TemporaryDirectory() as folder:
        index = tantivy.Index(schema, path=folder)
        writer = index.writer()
        for document in documents:
            writer.add_document(tantivy.Document(id=document.id, text=_joined(document)))
        writer.commit()
        index.reload()
        searcher = index.searcher()  # keeps its files open when the folder is gone

    def rank(text: str) -> Sequence[str]:
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(schema, "text", word))
            for word in words_of(text)
        ]
        hits = searcher.search(tantivy.Query.boolean_query(terms), RECALL_CUT).hits
        return [searcher.doc(address)["id"][0] for _, address in hits]

    return rank


if __name__ == "__main__":
    main(sys.argv[1:])
