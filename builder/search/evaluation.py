"""Measure how well a ranking answers questions whose answers are known.

A set of questions is read from a folder: `corpus.jsonl.gz` with {"id", "title", "text"},
`queries*.jsonl.gz` with {"id", "text"}, and beside each of these `qrels*.tsv.gz` with the
columns question, 0, document, grade. Documents without a grade count as not relevant.
"""

import gzip
import json
import math
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from builder.errors import WrongUseError, reason_of

CUT: Final = 10  # of nDCG and MRR
RECALL_CUT: Final = 100
RESAMPLES: Final = 10_000
_SEED: Final = 20260310
_CONFIDENCE: Final = 95

Grades = Mapping[str, int]  # document -> grade, at least 1


class DatasetError(WrongUseError):
    """A folder holds no set of questions, or a damaged one."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(str(path), what, "请换成有 corpus、queries 和 qrels 文件的文件夹。")


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a corpus."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question with the documents that answer it."""

    id: str
    text: str
    grades: Grades


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The questions of one file; `name` is what tells it from the others, or ''."""

    name: str
    questions: tuple[Question, ...]


def read_corpus(folder: Path) -> list[Document]:
    """Return the documents of a folder.

    Raises:
        DatasetError: there are none, or the file is damaged.
    """
    path = folder / "corpus.jsonl.gz"
    rows = list(_rows(path))
    try:
        return [Document(str(row["id"]), row.get("title") or "", row["text"]) for row in rows]
    except (KeyError, TypeError, AttributeError) as error:
        raise DatasetError(path, "有一行不是 id、title、text。") from error


def read_questions(folder: Path) -> list[QuestionSet]:
    """Return the sets of questions of a folder; questions without an answer are left out.

    Raises:
        DatasetError: there are none, or a file is damaged.
    """
    found = []
    for path in sorted(folder.glob("queries*.jsonl.gz")):
        suffix = path.name.removeprefix("queries").removesuffix(".jsonl.gz")
        grades = _grades(folder / f"qrels{suffix}.tsv.gz")
        try:
            questions = [
                Question(str(row["id"]), row["text"], grades[str(row["id"])])
                for row in _rows(path)
                if str(row["id"]) in grades
            ]
        except (KeyError, TypeError) as error:
            raise DatasetError(path, "有一行不是 id、text。") from error
        found.append(QuestionSet(suffix.strip("-_"), tuple(questions)))
    if not found:
        raise DatasetError(folder, "这里没有 queries*.jsonl.gz。")
    return found


def _rows(path: Path) -> Iterator[Any]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
    except OSError as error:
        raise DatasetError(path, f"读不出来（{reason_of(error)}）。") from error
    except (EOFError, zlib.error, ValueError) as error:
        raise DatasetError(path, "内容已损坏。") from error


def _grades(path: Path) -> dict[str, dict[str, int]]:
    grades: dict[str, dict[str, int]] = {}
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                question, _, document, grade = line.split()
                if int(grade) > 0:
                    grades.setdefault(question, {})[document] = int(grade)
    except OSError as error:
        raise DatasetError(path, f"读不出来（{reason_of(error)}）。") from error
    except (EOFError, zlib.error, ValueError) as error:
        raise DatasetError(path, "内容已损坏。") from error
    return grades


def ndcg(ranked: Sequence[str], grades: Grades, cut: int = CUT) -> float:
    """Return the normalised discounted cumulative gain of the first `cut`, 0..1.

    The gain of a document is its grade.

    Source: Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques",
        ACM TOIS 20(4), 2002.
    """
    gains = [grades.get(document, 0) for document in ranked[:cut]]
    best = sorted(grades.values(), reverse=True)[:cut]
    return _discounted(gains) / _discounted(best)


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


def reciprocal_rank(ranked: Sequence[str], grades: Grades, cut: int = CUT) -> float:
    """Return 1 / the place of the first relevant document, 0 where none is among `cut`."""
    places = (place for place, document in enumerate(ranked[:cut], 1) if document in grades)
    return 1 / next(places, math.inf)


def recall(ranked: Sequence[str], grades: Grades, cut: int = RECALL_CUT) -> float:
    """Return the share of relevant documents that are among the first `cut`, 0..1."""
    return len(grades.keys() & set(ranked[:cut])) / len(grades)


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean and the interval that holds it with 95 % confidence."""

    mean: float
    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        """Whether a difference is more than chance would give."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Measured:
    """What a ranking reached on one set, one value a question."""

    ndcg: NDArray[np.float64]
    reciprocal_rank: NDArray[np.float64]
    recall: NDArray[np.float64]


def measure(rank: Callable[[str], Sequence[str]], questions: Sequence[Question]) -> Measured:
    """Return what a ranking reaches.

    Args:
        rank: gives the ids of documents for a question's text, best first.
    """
    rows = []
    for question in questions:
        ranked, grades = rank(question.text), question.grades
        rows.append((ndcg(ranked, grades), reciprocal_rank(ranked, grades), recall(ranked, grades)))
    columns = np.array(rows, np.float64).reshape(len(rows), 3).T
    return Measured(*columns)


def interval(values: NDArray[np.float64]) -> Interval:
    """Return the mean of one value a question, or of paired differences, and its interval.

    The questions are drawn again and again with replacement, always in the same way, so
    that the same values give the same interval.

    Source: Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics
        7(1), 1979; percentile interval.
    """
    if not len(values):
        return Interval(0.0, 0.0, 0.0)
    draws = np.random.default_rng(_SEED).integers(0, len(values), (RESAMPLES, len(values)))
    tail = (100 - _CONFIDENCE) / 2
    low, high = np.percentile(values[draws].mean(axis=1), [tail, 100 - tail])
    return Interval(float(values.mean()), float(low), float(high))
