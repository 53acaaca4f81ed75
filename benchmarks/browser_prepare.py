"""What the measuring in the browser needs to know of a library, written once to a folder.

`python -m benchmarks.browser_prepare LIBRARY FOLDER QUERIES [--records] [--index FOLDER]` runs
in a process of its own, since it holds all posting lists of up to 50,000 cases.
"""

import argparse
import html
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.browser_queries import Query, Source, make_queries
from benchmarks.stock import page_text
from builder.checks.clearance import clear
from builder.checks.cleared import ClearedCase
from builder.index.analysis import analyse
from builder.index.sections import ranking_texts
from builder.index.static_index import write_static_index
from builder.index.term_paths import TermPaths
from builder.library.casebook import load_casebook
from builder.model.audience import Audience
from builder.search.trial_rankings import exact_ranking
from builder.settings import load_settings
from builder.text.concepts import Concepts

PREPARED = "prepared.json"
RECORDS = "records.jsonl"  # a case a line, with the fields of the ranking
PAGES = "pages"  # a page of plain HTML a case
_WANTED = 10


@dataclass(frozen=True)
class Prepared:
    """A library as the measuring sees it.

    Attributes:
        text: bytes of the cases as plain pages.
        types: case id -> ids of its dispute types.
        queries: each with the ids that the exact ranking puts first.
    """

    cases: int
    text: int
    types: dict[str, list[str]]
    queries: list[tuple[Query, list[str]]]


def prepare(library: Path, folder: Path, count: int, records: bool, index: Path | None) -> None:
    """Write `PREPARED` into `folder`, with `count` queries of each kind.

    Args:
        records: also write what peers make their indexes from.
        index: also write our static index, into a folder that does not exist yet.
    """
    folder.mkdir(parents=True, exist_ok=True)
    book = load_casebook(load_settings(library))
    cleared = clear(book, Audience.INTERNAL)
    analysis = analyse(cleared, folder / "cache")
    if index:
        write_static_index(cleared, analysis, index)
    concepts = Concepts(analysis.vocabulary.concepts)
    cases = cleared.cases
    queries = make_queries([_source(case, analysis.paths) for case in cases], count)
    best = [exact_ranking(analysis.impacts, q.text, concepts, _WANTED) for q in queries]
    text = 0
    if records:
        (folder / PAGES).mkdir(exist_ok=True)
    for item in book.cases:
        page = page_text(item.case)
        text += len(page.encode())
        if records:
            (folder / PAGES / f"{item.case.id}.html").write_text(_page(page), "utf-8")
    if records:
        with (folder / RECORDS).open("w", encoding="utf-8") as file:
            for case, sections in zip(cases, analysis.sections, strict=True):
                record = {"id": case.id, **ranking_texts(sections)}
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
    written = {
        "cases": len(cases),
        "text": text,
        "types": {case.id: case.dispute_types for case in cases},
        "queries": [
            {**asdict(query), "exact": [cases[case_no].id for case_no in case_nos]}
            for query, case_nos in zip(queries, best, strict=True)
        ],
    }
    (folder / PREPARED).write_text(json.dumps(written, ensure_ascii=False), "utf-8")


def read_prepared(folder: Path) -> Prepared:
    """Return what `prepare` wrote."""
    content: dict[str, Any] = json.loads((folder / PREPARED).read_text("utf-8"))
    queries = []
    for one in content["queries"]:
        exact = one.pop("exact")
        queries.append((Query(**{**one, "types": tuple(one["types"])}), exact))
    return Prepared(content["cases"], content["text"], content["types"], queries)


def _source(case: ClearedCase, paths: TermPaths) -> Source:
    named = [paths["dispute_types"][one][-1].label for one in case.dispute_types]
    named.append(paths["industries"][case.industry][-1].label)
    return Source(case.id, case.dispute_types, tuple(named), case.keywords, case.facts)


def _page(markdown: str) -> str:
    """Return a case as a page with nothing but its text."""
    body = "\n".join(_elements(markdown.splitlines()))
    return (
        '<!doctype html><html lang="zh"><meta charset="utf-8">'
        f"<body><main data-pagefind-body>\n{body}\n</main></body></html>\n"
    )


def _elements(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        if line.startswith("# "):
            yield f"<h1>{html.escape(line[2:])}</h1>"
        elif line.startswith("## "):
            yield f"<h2>{html.escape(line[3:])}</h2>"
        elif line and not line.startswith("| ---"):
            yield f"<p>{html.escape(line.strip('| '))}</p>"


def main() -> None:
    """Prepare the library that the arguments name."""
    parser = argparse.ArgumentParser()
    parser.add_argument("library", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("queries", type=int)
    parser.add_argument("--records", action="store_true")
    parser.add_argument("--index", type=Path)
    chosen = parser.parse_args()
    prepare(chosen.library, chosen.folder, chosen.queries, chosen.records, chosen.index)


if __name__ == "__main__":
    main()
