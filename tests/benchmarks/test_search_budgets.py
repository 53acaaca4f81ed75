"""The sizes that searching in the browser may have, at 12,000 cases: exact, so tested.

What they are for and how far they can be trusted: docs/engineer/measurements.md. Times are
never tested; `python -m benchmarks.browser_run` prints them.
"""

import gzip
import json
import subprocess

import pytest

from benchmarks.browser_queries import Source, make_queries, overlap
from benchmarks.synthetic import write_library
from builder.checks.clearance import clear
from builder.index.analysis import analyse
from builder.index.static_index import write_static_index
from builder.index.term_choice import LONG_QUERY
from builder.library.casebook import load_casebook
from builder.model.audience import Audience
from builder.search.trial_rankings import exact_ranking
from builder.settings import load_settings
from builder.site.docs_files import ASSETS
from builder.text.concepts import Concepts
from tests.conftest import ROOT

CASES = 12_000
KB = 1000
RUNNER = ROOT / "tests" / "client" / "engine_runner.mjs"


def gzipped(path):
    return len(gzip.compress(path.read_bytes(), 6))


def at_95(values):
    return sorted(values)[int(len(values) * 0.95)]


class Measured:
    """One static index, and what sixty short queries and sixty complaints load of it."""

    def __init__(self, folder):
        library = write_library(folder / "library", CASES)
        cleared = clear(load_casebook(load_settings(library)), Audience.INTERNAL)
        analysis = analyse(cleared, folder / "cache")
        self.root = folder / "search"
        self.digest = self.root / write_static_index(cleared, analysis, self.root)
        self.text = sum(len(text.encode()) for case in analysis.sections for text in case.values())
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
        self.queries = make_queries(sources, 60)
        concepts = Concepts(analysis.vocabulary.concepts)
        self.exact = [
            [
                cleared.cases[number].id
                for number in exact_ranking(analysis.impacts, query.text, concepts, 10)
            ]
            for query in self.queries
        ]
        # each query in a page of its own: nothing is there from the one before
        requests = json.dumps([{"text": query.text} for query in self.queries])
        ran = subprocess.run(
            ["node", RUNNER, self.root, "--fresh"],
            input=requests.encode(),
            stdout=subprocess.PIPE,
            check=True,
        )
        self.answers = json.loads(ran.stdout)

    def loaded(self, wanted):
        """Return bytes and number of the files that each query loads after the start."""
        found = []
        for query, answer in zip(self.queries, self.answers, strict=True):
            if wanted(query.text):
                files = [name for name in answer["files"] if name != "directory"]
                found.append(
                    (sum(gzipped(self.digest / f"{name}.js") for name in files), len(files))
                )
        assert len(found) >= 20
        return found


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    return Measured(tmp_path_factory.mktemp("budgets"))


def is_complaint(text):
    return len(text) > LONG_QUERY


def is_short(text):
    return not is_complaint(text)


def test_what_is_loaded_before_one_can_type(measured):
    files = [measured.digest / f"{name}.js" for name in ("words", "directory")]
    files += [measured.root / "manifest.js", ASSETS / "search.js"]
    assert sum(map(gzipped, files)) <= 300 * KB


def test_what_a_short_query_loads(measured):
    loaded = measured.loaded(is_short)
    assert at_95([size for size, _ in loaded]) <= 60 * KB
    assert at_95([count for _, count in loaded]) <= 20


def test_what_a_complaint_loads(measured):
    loaded = measured.loaded(is_complaint)
    assert max(size for size, _ in loaded) <= 350 * KB
    assert max(count for _, count in loaded) <= 60


def test_complaints_find_what_the_exact_ranking_finds(measured):
    shares = [
        overlap(answer["ids"], exact)
        for query, answer, exact in zip(
            measured.queries, measured.answers, measured.exact, strict=True
        )
        if is_complaint(query.text)
    ]
    assert sum(shares) / len(shares) >= 0.8


def test_the_index_is_smaller_than_the_text(measured):
    sizes = {
        path.relative_to(measured.digest).parts[0]: 0 for path in measured.digest.rglob("*.js")
    }
    for path in measured.digest.rglob("*.js"):
        sizes[path.relative_to(measured.digest).parts[0]] += path.stat().st_size
    assert sum(sizes.values()) - sizes["texts"] <= 0.9 * measured.text
