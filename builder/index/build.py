"""Write the index of what one audience may see into one folder.

Everything but the Whoosh index is the same bytes for the same cases, whatever was there
before; the Whoosh index gives the same answers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from builder.checks.cleared import ClearedCase, ClearedCasebook
from builder.index.analysis_cache import counts_of
from builder.index.case_fields import (
    TermPaths,
    digest_of,
    display,
    facet_ids,
    fen,
    ranking_texts,
    section_texts,
    table_row,
    term_paths,
)
from builder.index.case_table import CaseTable
from builder.index.display import display_bytes
from builder.index.folder import (
    CASE_TABLE,
    DISPLAY,
    INDEX_FORMAT,
    POSTINGS,
    VOCABULARY,
    WHOOSH,
    IndexFolderError,
    IndexMeta,
    digest_of_files,
    read_meta,
    write_meta,
)
from builder.index.impacts import Impacts, compute_impacts
from builder.index.posting_lists import write_posting_lists
from builder.index.search_vocabulary import SearchVocabulary, search_vocabulary
from builder.index.sections import SECTION_NUMBERS
from builder.index.whoosh_index import KIND, IndexedCase, write_whoosh_index
from builder.text.concepts import Concepts

Progress = Callable[[str, int, int], None]


def build_index(
    cleared: ClearedCasebook,
    folder: Path,
    cache: Path,
    previous: Path | None = None,
    progress: Progress | None = None,
) -> Impacts:
    """Write the index into `folder` and return the impacts, for whoever needs them too.

    Args:
        folder: must not exist yet, or be empty.
        cache: folder for the counts of unchanged cases; one for each audience.
        previous: folder of an earlier index; what can be carried on from it is. It is not
            changed, and may be damaged or of another version.
        progress: called with the step's name, cases done and cases to do.
    """
    tell = progress or (lambda step, done, total: None)
    folder.mkdir(parents=True, exist_ok=True)
    analysis = analyse(cleared, cache, tell)
    _write(cleared, analysis, folder, previous, tell)
    return analysis.impacts


@dataclass(frozen=True)
class Analysis:
    """What looking into the texts gave, for all cases in the order of their numbers."""

    vocabulary: SearchVocabulary
    paths: TermPaths
    sections: list[dict[str, str]]
    impacts: Impacts


def analyse(cleared: ClearedCasebook, cache: Path, progress: Progress | None = None) -> Analysis:
    """Analyse all cases; those that have not changed come from the cache."""
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
    return Analysis(vocabulary, paths, sections, compute_impacts(counts))


def _write(
    cleared: ClearedCasebook,
    analysis: Analysis,
    folder: Path,
    previous: Path | None,
    tell: Progress,
) -> None:
    cases, sections, paths = cleared.cases, analysis.sections, analysis.paths
    vocabulary, impacts = analysis.vocabulary, analysis.impacts
    tell("倒排表", 0, 0)
    write_posting_lists(folder / POSTINGS, impacts)
    table = CaseTable.make([table_row(case) for case in cases])
    (folder / CASE_TABLE).write_bytes(table.to_bytes())
    shown = (display(case, texts, paths) for case, texts in zip(cases, sections, strict=True))
    (folder / DISPLAY).write_bytes(display_bytes(shown))
    (folder / VOCABULARY).write_bytes(vocabulary.to_bytes())
    _write_whoosh(cases, sections, paths, vocabulary, folder, previous, tell)
    write_meta(
        folder,
        IndexMeta(
            format=INDEX_FORMAT,
            audience=cleared.audience.value,
            title=cleared.title,
            case_count=len(cases),
            as_of=cleared.as_of,
            digest=digest_of_files(folder),
            whoosh=KIND,
        ),
    )


def _write_whoosh(
    cases: Sequence[ClearedCase],
    sections: Sequence[dict[str, str]],
    paths: TermPaths,
    vocabulary: SearchVocabulary,
    folder: Path,
    previous: Path | None,
    tell: Progress,
) -> None:
    documents = [_indexed(case, texts, paths) for case, texts in zip(cases, sections, strict=True)]
    words = vocabulary.words
    write_whoosh_index(
        documents,
        words,
        digest_of(words),
        folder / WHOOSH,
        previous / WHOOSH if previous and _is_same_kind(previous) else None,
        partial(tell, "Whoosh 索引"),
    )


def _indexed(case: ClearedCase, sections: dict[str, str], paths: TermPaths) -> IndexedCase:
    facets = facet_ids(case, paths)
    numbers = {
        "year": int(case.year),
        "date": _date_number(case.closed or case.received),
        "disputed": fen(case.amounts.disputed),
        "recovered": fen(case.amounts.recovered),
    }
    known = {name: number for name, number in numbers.items() if number is not None}
    return IndexedCase(
        id=case.id,
        digest=digest_of([sections, facets, known]),
        facets=facets,
        numbers=known,
        sections=[(SECTION_NUMBERS[name], text) for name, text in sections.items()],
        words=case.keywords,
    )


def _date_number(date: str) -> int | None:
    """Return 2026-03-05 as 20260305, 2026-03 as 20260300, and nothing for no date."""
    return int(f"{date.replace('-', ''):0<8}") if date else None


def _is_same_kind(previous: Path) -> bool:
    """Return whether the Whoosh index of an earlier build can be carried on."""
    try:
        return read_meta(previous).whoosh == KIND
    except IndexFolderError:
        return False
