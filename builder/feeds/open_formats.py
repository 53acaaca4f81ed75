"""Every file of the open formats but the sitemap, which needs to know the pages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

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


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file before it is made.

    Attributes:
        path: below the site's folder.
        key: digest of the one case it tells of, or '' where it tells of them all.
    """

    path: str
    make: Callable[[], bytes]
    key: str = ""


def open_formats(cleared: ClearedCasebook) -> Iterator[OpenFile]:
    """Yield every file of the open formats but the sitemap; none made yet."""
    for path, make in (
        (ATOM, atom_feed),
        (JSON_FEED, json_feed),
        (TABLE_CSV, table_csv),
        (TABLE_XLSX, table_xlsx),
        (API_INDEX, index_file),
        (API_VOCABULARIES, vocabularies_file),
        (API_STATUTES, statutes_file),
    ):
        yield OpenFile(path, partial(make, cleared))
    yield OpenFile(API_SCHEMA, api_schema_file)
    for case in cleared.cases:
        yield OpenFile(case_data_path(case.id), partial(case_file, cleared, case), case.digest)
    for notice in cleared.notices:
        yield OpenFile(case_data_path(notice.id), partial(withdrawn_file, cleared, notice))
