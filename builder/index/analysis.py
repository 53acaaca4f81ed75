"""Look into the texts of all cases once; every index is written from what this gives."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from builder.checks.cleared import ClearedCasebook
from builder.index.analysis_cache import counts_of
from builder.index.case_fields import digest_of, display, section_texts
from builder.index.comparable import comparable
from builder.index.display import Display
from builder.index.impacts import Impacts, compute_impacts
from builder.index.neighbours import neighbours
from builder.index.search_vocabulary import SearchVocabulary, search_vocabulary
from builder.index.sections import ranking_texts
from builder.index.term_paths import TermPaths, term_paths
from builder.text.concepts import Concepts

Progress = Callable[[str, int, int], None]  # step, cases done, cases to do


@dataclass(frozen=True)
class Analysis:
    """What looking into the texts gave, for all cases in the order of their numbers."""

    vocabulary: SearchVocabulary
    paths: TermPaths
    sections: list[dict[str, str]]
    shown: list[Display]
    impacts: Impacts


def analyse(cleared: ClearedCasebook, cache: Path, progress: Progress | None = None) -> Analysis:
    """Analyse all cases; those that have not changed come from the cache.

    Args:
        cache: folder for the counts of unchanged cases; one for each audience.
    """
    vocabulary = search_vocabulary(cleared.vocabularies, (case.district for case in cleared.cases))
    paths = term_paths(cleared.vocabularies)
    sections = [section_texts(case, paths) for case in cleared.cases]
    counts = counts_of(
        map(ranking_texts, sections),
        len(sections),
        Concepts(vocabulary.concepts),
        digest_of(vocabulary.concepts),
        cache,
        partial(progress, "分析") if progress else None,
    )
    impacts = compute_impacts(counts)
    shown = [
        display(case, texts, paths, comparable(case, paths), like)
        for case, texts, like in zip(cleared.cases, sections, neighbours(impacts), strict=True)
    ]
    return Analysis(vocabulary, paths, sections, shown, impacts)
