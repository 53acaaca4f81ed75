"""Measuring rankings: figures worked out by hand, and the command over a small set."""

import gzip
import json
import math
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.search.evaluation import (
    DatasetError,
    Document,
    interval,
    measure,
    ndcg,
    read_corpus,
    read_questions,
    recall,
    reciprocal_rank,
)
from builder.search.trial_rankings import RANKINGS, Corpus

DOCUMENTS = [
    ("a", "健身卡退费", "办卡之后想退卡，商家不退。"),
    ("b", "过期食品", "买到过期奶酪，要求赔一千元。"),
    ("c", "装修延期", "合同约定三个月完工，拖了半年。"),
]


def write(path, rows):
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(rows)


@pytest.fixture
def dataset(tmp_path):
    write(
        tmp_path / "corpus.jsonl.gz",
        [json.dumps({"id": i, "title": t, "text": x}) + "\n" for i, t, x in DOCUMENTS],
    )
    questions = [("1", "健身房不退卡"), ("2", "奶酪过期了怎么赔"), ("3", "没有答案的问题")]
    write(
        tmp_path / "queries-short.jsonl.gz",
        [json.dumps({"id": i, "text": x}) + "\n" for i, x in questions],
    )
    write(tmp_path / "qrels-short.tsv.gz", ["1\t0\ta\t2\n", "2\t0\tb\t1\n", "2\t0\tc\t0\n"])
    return tmp_path


def test_ndcg_is_what_one_works_out_by_hand():
    grades = {"a": 2, "b": 1}
    assert ndcg(["a", "b", "x"], grades) == 1
    assert ndcg(["b", "a"], grades) == pytest.approx(
        (1 + 2 / math.log2(3)) / (2 + 1 / math.log2(3))
    )
    assert ndcg(["x", "y"], grades) == 0
    assert ndcg(["x"] * 10 + ["a"], grades) == 0


def test_reciprocal_rank_and_recall():
    grades = {"a": 1, "b": 1}
    assert reciprocal_rank(["x", "b", "a"], grades) == 0.5
    assert reciprocal_rank(["x"] * 10 + ["a"], grades) == 0
    assert recall(["x", "b"], grades) == 0.5


@given(st.lists(st.floats(-1, 1), min_size=2, max_size=40))
def test_an_interval_holds_its_mean_and_comes_out_the_same_again(values):
    found = interval(np.array(values))
    assert found == interval(np.array(values))
    assert found.low <= found.mean + 1e-9
    assert found.mean <= found.high + 1e-9


def test_a_difference_that_is_always_there_is_told_from_chance():
    assert interval(np.full(50, 0.02)).excludes_zero
    assert not interval(np.array([1.0, -1.0] * 25)).excludes_zero


def test_reads_a_set_and_leaves_out_what_has_no_answer(dataset):
    (one,) = read_questions(dataset)
    assert one.name == "short"
    assert [(question.id, question.grades) for question in one.questions] == [
        ("1", {"a": 2}),
        ("2", {"b": 1}),
    ]
    assert read_corpus(dataset)[1] == Document(*DOCUMENTS[1])


@pytest.mark.parametrize("name", RANKINGS)
def test_every_ranking_answers_questions_that_share_words(dataset, name):
    corpus = Corpus(read_corpus(dataset))
    (one,) = read_questions(dataset)
    assert measure(RANKINGS[name](corpus), one.questions).ndcg.tolist() == [1, 1]


def read_all(dataset):
    return read_corpus(dataset), read_questions(dataset)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("corpus.jsonl.gz", b"not gzip"),
        ("corpus.jsonl.gz", gzip.compress(b"not json\n", mtime=0)),
        ("corpus.jsonl.gz", gzip.compress(b'{"id": 1}\n', mtime=0)),
        ("corpus.jsonl.gz", gzip.compress(b'{"id": 1, "text": "x"}\n', mtime=0)[:-9]),
        ("queries-short.jsonl.gz", gzip.compress(b"[]\n", mtime=0)),
        ("qrels-short.tsv.gz", gzip.compress(b"1 0 a\n", mtime=0)),
        ("qrels-short.tsv.gz", None),
        ("queries-short.jsonl.gz", None),
    ],
    ids=[
        "not gzip",
        "not json",
        "no text",
        "cut off",
        "not a question",
        "a word for a grade",
        "no judgements",
        "no questions",
    ],
)
def test_a_damaged_set_is_refused_by_name(dataset, file, content):
    if content is None:
        (dataset / file).unlink()
    else:
        (dataset / file).write_bytes(content)
    with pytest.raises(DatasetError) as caught:
        read_all(dataset)
    assert caught.value.remedy


@pytest.fixture
def casebook():
    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "builder.cli", "eval", *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_the_command_compares_each_ranking_with_the_baseline(dataset, casebook):
    done = casebook(dataset)
    assert done.returncode == 0
    assert "问题集 short，2 题" in done.stdout
    assert "nDCG@10 1.0000 [1.0000, 1.0000]" in done.stdout
    assert "与 exact 相比" in done.stdout
    assert "3 篇文档" in done.stderr


def test_the_command_gives_figures_to_programs(dataset, casebook):
    done = casebook(dataset, "--ranking", "words", "--format", "json")
    (part,) = json.loads(done.stdout)
    assert [row["ranking"] for row in part["rankings"]] == ["exact", "words"]
    assert part["rankings"][1]["significant"] is False


def test_the_command_says_what_is_wrong_with_a_folder(tmp_path, casebook):
    done = casebook(tmp_path)
    assert done.returncode == 2
    assert "queries*.jsonl.gz" in done.stderr
    assert "Traceback" not in done.stderr
