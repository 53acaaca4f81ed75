"""Write the index of what one audience may see into one folder.

Everything but the Whoosh index is the same bytes for the same cases, whatever was there
before; the Whoosh index gives the same answers.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from builder.checks.cleared import ClearedCase, ClearedCasebook
from builder.index.analysis import Analysis, Progress, analyse
from builder.index.case_fields import (
    digest_of,
    facet_ids,
    searched_numbers,
    table_row,
)
from builder.index.case_table import CaseTable
from builder.index.directory import directory_of
from builder.index.display import display_bytes
from builder.index.folder import (
    CASE_TABLE,
    DISPLAY,
    HANDBOOK,
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
from builder.index.frequency_levels import frequency_floor
from builder.index.handbook import handbook, handbook_bytes
from builder.index.posting_lists import write_posting_lists
from builder.index.ranking import HEAD_LENGTH
from builder.index.search_vocabulary import SearchVocabulary
from builder.index.sections import SECTION_NUMBERS
from builder.index.term_paths import TermPaths
from builder.index.whoosh_index import KIND, IndexedCase, write_whoosh_index


def build_index(
    cleared: ClearedCasebook,
    folder: Path,
    cache: Path,
    previous: Path | None = None,
    progress: Progress | None = None,
    head_length: int = HEAD_LENGTH,
) -> Analysis:
    """Write the index into `folder` and return the analysis, for whoever needs it too.

    Args:
        folder: must not exist yet, or be empty.
        cache: folder for the counts of unchanged cases; one for each audience.
        previous: folder of an earlier index; what can be carried on from it is. It is not
            changed, and may be damaged or of another version.
        progress: called with the step's name, cases done and cases to do.
        head_length: a posting list of more cases is cut.
    """
    tell = progress or (lambda step, done, total: None)
    folder.mkdir(parents=True, exist_ok=True)
    analysis = analyse(cleared, cache, tell)
    _write(cleared, analysis, folder, previous, tell, head_length)
    return analysis


def _write(
    cleared: ClearedCasebook,
    analysis: Analysis,
    folder: Path,
    previous: Path | None,
    tell: Progress,
    head_length: int,
) -> None:
    cases, paths, impacts = cleared.cases, analysis.paths, analysis.impacts
    tell("倒排表", 0, 0)
    held = directory_of(impacts, frequency_floor(len(cases)))
    write_posting_lists(folder / POSTINGS, impacts, held, head_length)
    table = CaseTable.make([table_row(case) for case in cases])
    (folder / CASE_TABLE).write_bytes(table.to_bytes())
    (folder / DISPLAY).write_bytes(display_bytes(analysis.shown))
    (folder / VOCABULARY).write_bytes(analysis.vocabulary.to_bytes())
    (folder / HANDBOOK).write_bytes(handbook_bytes(handbook(cleared.vocabularies)))
    _write_whoosh(cases, analysis.sections, paths, analysis.vocabulary, folder, previous, tell)
    write_meta(
        folder,
        IndexMeta(
            format=INDEX_FORMAT,
            audience=cleared.audience.value,
            title=cleared.title,
            workshop=cleared.workshop,
            case_count=len(cases),
            field_totals=impacts.field_totals,
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
    known = searched_numbers(case)
    return IndexedCase(
        id=case.id,
        digest=digest_of([sections, facets, known]),
        facets=facets,
        numbers=known,
        sections=[(SECTION_NUMBERS[name], text) for name, text in sections.items()],
        words=case.keywords,
    )


def _is_same_kind(previous: Path) -> bool:
    """Return whether the Whoosh index of an earlier build can be carried on."""
    try:
        return read_meta(previous).whoosh == KIND
    except IndexFolderError:
        return False
