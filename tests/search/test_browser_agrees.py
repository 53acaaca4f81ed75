"""The browser's engine, run by node on the same index, answers as the command line does."""

import json
import random
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from benchmarks.browser_queries import Source, make_queries
from benchmarks.synthetic import write_library
from builder.checks.clearance import clear
from builder.index.build import build_index
from builder.index.static_index import write_static_index
from builder.library.casebook import load_casebook
from builder.model.audience import Audience
from builder.search.library_index import LibraryIndex
from builder.search.precedents import search
from builder.search.two_looks import LARGE_LIBRARY
from builder.settings import load_settings
from tests.conftest import ROOT

RUNNER = ROOT / "tests" / "client" / "engine_runner.mjs"
EXPECTED = yaml.safe_load((Path(__file__).parent / "expected.yml").read_text("utf-8"))
SYNTHETIC_CASES = LARGE_LIBRARY + 1  # what is large is searched in its own way
HEAD_LENGTH = 200  # short enough that many of their lists are cut
LIMIT = 15
ODD = [
    "",
    " ",
    "退",
    "，。！？",
    "的 了 是",
    "12315",
    "3600",
    "ＡＰＰ　退費",
    "健身會所 退費",
    "😀退卡",
    "“概不退款",
    '"""',
    "<b>退卡</b>",
    ".*[退](卡)+?",
    "-退卡",
    "-退",
    '-"概不退款"',
    "标题:押金",
    "焦点:定金 OR 标题:螃蟹",
    "没有的字段:值",
    "类型:没有这种类型",
    "金额:..1000 -食品",
    "日期:2026-05-03..",
    "编号:SL-2026-0031 OR 编号:SL-2025-0019",
    "法条:第五十五条",
    "SL-1999-0001",
    "退" * 40,
    "a" * 200,
    "的" * 20_001,
]


def build(library, folder, head_length):
    cleared = clear(load_casebook(load_settings(library)), Audience.INTERNAL)
    analysis = build_index(cleared, folder / "index", folder / "cache", head_length=head_length)
    write_static_index(cleared, analysis, folder / "static", head_length=head_length)
    return cleared


def in_the_browser(folder, requests):
    """Return what the browser's engine answers to each request."""
    ran = subprocess.run(
        ["node", RUNNER, folder / "static"],
        input=json.dumps(requests).encode(),
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(ran.stdout)


def tickets(cases, count):
    """Return pasted complaints: sentences of a case in another order, some with labels."""
    rng = random.Random(5)
    found = []
    for number in range(count):
        case = cases[number % len(cases)]
        sentences = re.findall("[^。！？\n]+[。！？]", case.facts + (case.positions.consumer or ""))
        rng.shuffle(sentences)
        story = "".join(sentences)[: rng.randrange(60, 400)]
        if number % 2:
            story = (
                f"退赔费用 其他投诉问题 商户名称：某某店 发生时间：2026年3月1日 "
                f"消费金额：{rng.randrange(50, 9000)}元 问题描述：{story} 主要诉求：1、退款；2、赔偿"
            )
        found.append(story)
    return found


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample")
    cleared = build(ROOT, folder, head_length=5)
    texts = [query["query"] for query in EXPECTED["queries"]]
    return folder, [*texts, *ODD, *tickets(cleared.cases, 60)]


@pytest.fixture(scope="module")
def synthetic(tmp_path_factory):
    folder = tmp_path_factory.mktemp("synthetic")
    library = write_library(folder / "library", SYNTHETIC_CASES)
    cleared = build(library, folder, HEAD_LENGTH)
    label = {term.id: term.label for term in cleared.vocabularies["dispute_types"].walk()}
    sources = [
        Source(
            case.id,
            case.dispute_types,
            tuple(label[one] for one in case.dispute_types),
            tuple(case.keywords),
            case.facts,
        )
        for case in cleared.cases
    ]
    return folder, [query.text for query in make_queries(sources, 40)]


@pytest.mark.parametrize("which", ["sample", "synthetic"])
def test_the_browser_answers_as_the_command_line(which, request):
    folder, texts = request.getfixturevalue(which)
    answers = in_the_browser(folder, [{"text": text, "limit": LIMIT} for text in texts])
    differing = []
    with LibraryIndex.open(folder / "index") as index:
        for text, answer in zip(texts, answers, strict=True):
            if not text.strip():
                assert (
                    answer["kind"] == "all"
                )  # the page lists what is new, a command finds nothing
                continue
            result = search(index, text, limit=LIMIT)
            ours = [
                [hit.id for hit in result.hits],
                [hit.score for hit in result.hits],
                result.total,
                result.at_least,
                list(result.hints),
                list(result.conditions),
            ]
            keys = ("ids", "scores", "total", "atLeast", "hints", "conditions")
            if ours != [answer[key] for key in keys]:
                differing.append((text[:80], ours, [answer[key] for key in keys]))
    assert not differing


def test_the_questions_are_many_and_some_lists_are_cut(sample, synthetic):
    complaints = [text for text in [*sample[1], *synthetic[1]] if len(text) > 30]
    assert len(sample[1]) + len(synthetic[1]) >= 100
    assert len(complaints) >= 40
    answers = in_the_browser(synthetic[0], [{"text": text} for text in synthetic[1]])
    assert any(file.startswith("tails/") for answer in answers for file in answer["files"])
    assert any(answer["atLeast"] for answer in answers)


def test_filters_and_pages_take_parts_of_the_same_list(synthetic):
    folder, texts = synthetic
    text = texts[0]
    whole, newest = in_the_browser(
        folder,
        [
            {"text": text, "limit": SYNTHETIC_CASES},
            {"text": text, "limit": SYNTHETIC_CASES, "sort": "newest"},
        ],
    )
    assert sorted(whole["ids"]) == sorted(newest["ids"])
    with LibraryIndex.open(folder / "index") as index:
        numbers = [index.case_no(case_id) for case_id in newest["ids"]]
        years = dict(
            zip(index.case_table.column("id"), index.case_table.column("year"), strict=True)
        )
    assert numbers == sorted(numbers)
    second, filtered = in_the_browser(
        folder,
        [
            {"text": text, "limit": 5, "offset": 5},
            {"text": text, "limit": SYNTHETIC_CASES, "filters": {"years": ["2024"]}},
        ],
    )
    assert second["ids"] == whole["ids"][5:10]
    assert filtered["ids"] == [one for one in whole["ids"] if years[one] == 2024]
