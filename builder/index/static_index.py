"""Write the static index that a browser searches: shards and their manifest."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np

from builder.checks.cleared import ClearedCasebook
from builder.index.analysis import Analysis
from builder.index.case_fields import facet_ids, searched_numbers
from builder.index.case_shards import card_payloads, text_payloads
from builder.index.comparable import COMPARED
from builder.index.directory import directory_of
from builder.index.facet_shards import COLUMNS, FACETS, column_payload, facet_payload
from builder.index.frequency_levels import (
    frequency_floor,
    frequency_level,
    level_weight,
    rare_weight,
)
from builder.index.handbook import handbook, payload
from builder.index.placement import BLOCKS_PER_CARDS, blocks_of
from builder.index.ranking import HEAD_LENGTH
from builder.index.search_vocabulary import SearchVocabulary
from builder.index.sections import SECTIONS
from builder.index.shards import ShardFolder
from builder.index.spelling import spelling_payload
from builder.index.symbols import numbers, symbols
from builder.index.term_choice import LIMIT
from builder.index.term_shards import TermShards, directory_payload
from builder.text.fields import FIELDS, K1
from builder.text.folding import simplified_pairs

FOLDER: Final = "assets/search"  # below the site's folder


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page besides the cases that the search box leads to."""

    title: str
    path: str  # below the site's folder
    words: str  # what else it is found by


def write_static_index(
    cleared: ClearedCasebook,
    analysis: Analysis,
    folder: Path,
    pages: Sequence[FoundPage] = (),
    head_length: int = HEAD_LENGTH,
) -> str:
    """Write the static index into `folder`; return the name of its digest folder.

    The same cases give the same bytes.

    Args:
        folder: must not exist yet.
        pages: guides, law, minutes: found by their titles.
        head_length: a posting list of more cases is cut.
    """
    cases, impacts, paths = cleared.cases, analysis.impacts, analysis.paths
    blocks = blocks_of(
        [case.dispute_types for case in cases], [case.industry or "" for case in cases]
    )
    held = directory_of(impacts, frequency_floor(len(cases)))
    shards = ShardFolder(folder)
    shards.write("words", _words(analysis.vocabulary, pages))
    shards.write("ids", "\n".join(case.id for case in cases))
    shards.write("spelling", spelling_payload(analysis.vocabulary.words, impacts))
    shards.write("handbook", payload(handbook(cleared.vocabularies)))
    shards.write("directory", directory_payload(impacts, held))
    term_shards = TermShards(impacts, head_length)
    shards.write_all("terms", term_shards.shards())
    shards.write_all("tails", term_shards.tails())
    shards.write_all("cards", card_payloads(cases, analysis.shown, blocks))
    shards.write_all("texts", text_payloads(cases, analysis.shown, impacts, blocks))
    facets = [facet_ids(case, paths) for case in cases]
    for name in FACETS:
        shards.write(f"facets/{name}", facet_payload([ids[name] for ids in facets]))
    known = [searched_numbers(case) for case in cases]
    for name in COLUMNS:
        shards.write(f"facets/{name}", column_payload(known, name))
    return shards.finish(
        {
            "audience": str(cleared.audience),
            "title": cleared.title,
            "workshop": cleared.workshop,
            "asOf": cleared.as_of,
            "compared": list(COMPARED),
            "cases": len(cases),
            "termLimit": LIMIT,
            "k1": K1,
            "fields": [asdict(field) for field in FIELDS],
            "fieldTotals": impacts.field_totals,
            "sections": [list(section) for section in SECTIONS],
            "levelWeights": list(_level_weights(len(cases))),
            "levels": _levels(min(head_length, len(cases)), held.floor),
            "rareWeight": rare_weight(len(cases)),
            "blocksPerCards": BLOCKS_PER_CARDS,
            "firstTerms": "\n".join(term_shards.first_terms),
            "blocks": numbers(np.array(blocks, np.int64))[0].decode(),
            "facets": [name for name in FACETS if any(ids[name] for ids in facets)],
        }
    )


def _level_weights(case_count: int) -> Iterator[int]:
    for level in range(91):  # as many as a symbol can tell
        yield level_weight(case_count, level)


def _levels(highest: int, floor: int) -> str:
    """Return the level of each frequency from 1 on, one symbol each."""
    levels = [frequency_level(frequency, floor) for frequency in range(1, highest + 1)]
    return symbols(np.array(levels, np.uint8)).decode()


def _words(vocabulary: SearchVocabulary, pages: Sequence[FoundPage]) -> dict[str, object]:
    return {
        "concepts": vocabulary.concepts,
        "terms": vocabulary.terms,
        "marks": vocabulary.marks,
        "simplified": simplified_pairs(),
        "pages": [[page.title, page.path, page.words] for page in pages],
    }
