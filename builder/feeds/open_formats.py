"""Every file of the open formats but the sitemap, which needs to know the pages."""

from collections.abc import Iterator

from builder.checks.cleared import ClearedCasebook
from builder.feeds.api import (
    case_file,
    index_file,
    statutes_file,
    vocabularies_file,
    withdrawn_file,
)
from builder.feeds.api_schema import api_schema_file
from builder.feeds.atom import atom_feed
from builder.feeds.json_feed import json_feed
from builder.feeds.table_files import table_csv, table_xlsx
from builder.stable_paths import (
    API_INDEX,
    API_SCHEMA,
    API_STATUTES,
    API_VOCABULARIES,
    ATOM,
    JSON_FEED,
    TABLE_CSV,
    TABLE_XLSX,
    case_data_path,
)


def open_formats(cleared: ClearedCasebook) -> Iterator[tuple[str, bytes]]:
    """Yield path below the site's folder and content of each file, made one at a time."""
    yield ATOM, atom_feed(cleared)
    yield JSON_FEED, json_feed(cleared)
    yield TABLE_CSV, table_csv(cleared)
    yield TABLE_XLSX, table_xlsx(cleared)
    yield API_INDEX, index_file(cleared)
    yield API_SCHEMA, api_schema_file()
    yield API_VOCABULARIES, vocabularies_file(cleared)
    yield API_STATUTES, statutes_file(cleared)
    for case in cleared.cases:
        yield case_data_path(case.id), case_file(cleared, case)
    for notice in cleared.notices:
        yield case_data_path(notice.id), withdrawn_file(cleared, notice)
