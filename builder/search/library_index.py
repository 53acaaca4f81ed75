"""An index folder, open for searching; its parts are read when they are first needed."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from builder.errors import reason_of
from builder.index.case_table import CaseTable
from builder.index.display import Display, DisplayFile
from builder.index.folder import (
    CASE_TABLE,
    DISPLAY,
    HANDBOOK,
    POSTINGS,
    VOCABULARY,
    WHOOSH,
    IndexFolderError,
    IndexMeta,
    digest_of_files,
    read_meta,
)
from builder.index.frequency_levels import rare_weight
from builder.index.handbook import Handbook
from builder.index.open_file import OpenFile
from builder.index.placement import blocks_of
from builder.index.posting_lists import PostingLists
from builder.index.search_vocabulary import SearchVocabulary
from builder.index.sections import ranking_texts
from builder.text.concepts import Concepts

if TYPE_CHECKING:
    from builder.index.whoosh_index import WhooshIndex


class LibraryIndex(OpenFile):
    """The index of one build; use it in a `with` block or close it.

    A build that follows makes a new folder and leaves this one alone, so that an open
    index keeps giving the same answers.
    """

    def __init__(self, folder: Path, meta: IndexMeta) -> None:
        """Take a folder and its note; `open` is the way in."""
        self.folder = folder
        self.meta = meta
        self.postings = PostingLists.open(folder / POSTINGS)
        self._display = DisplayFile.open(folder / DISPLAY)
        counts = {meta.case_count, self.postings.case_count, self._display.case_count}
        if len(counts) > 1:
            raise IndexFolderError(folder, "索引的各部分不是同一次生成的。")

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the index in `folder`.

        Raises:
            SurroundingsError: there is none yet, or it cannot be used; the remedy says how
                to make one.
        """
        return cls(folder, read_meta(folder))

    def close(self) -> None:
        """Close all files; the index answers no more."""
        self.postings.close()
        self._display.close()
        if "whoosh" in self.__dict__:
            self.whoosh.close()

    @property
    def case_count(self) -> int:
        """The number of cases."""
        return self.meta.case_count

    @cached_property
    def vocabulary(self) -> SearchVocabulary:
        """What the values of fields mean."""
        return SearchVocabulary.read(self.folder / VOCABULARY)

    @cached_property
    def concepts(self) -> Concepts:
        """The concept groups that the cases were analysed with."""
        return Concepts(self.vocabulary.concepts)

    @cached_property
    def handbook(self) -> Handbook:
        """The law in force, checklists, working days."""
        return Handbook.read(self.folder / HANDBOOK)

    @cached_property
    def case_table(self) -> CaseTable:
        """One row a case, in the order of case numbers."""
        return CaseTable.read(self.folder / CASE_TABLE)

    @cached_property
    def blocks(self) -> list[int]:
        """Which block of texts a browser finds each case in, by case number."""
        table = self.case_table
        return blocks_of(table.column("types"), table.column("industry"))

    @cached_property
    def average_lengths(self) -> list[float]:
        """The mean number of terms in each ranking field."""
        return [total / self.case_count for total in self.meta.field_totals]

    @property
    def rare_weight(self) -> int:
        """What terms weigh that are not in the directory."""
        return rare_weight(self.case_count)

    @cached_property
    def whoosh(self) -> "WhooshIndex":
        """The query engine; its import is what most searches do without."""
        from builder.index.whoosh_index import WhooshIndex

        return WhooshIndex(self.folder / WHOOSH)

    def display(self, case_no: int) -> Display:
        """Return what is shown of one case.

        Raises:
            IndexFolderError: the record is damaged.
        """
        return self._display.record(case_no)

    def ranking_texts(self, case_no: int) -> dict[str, str]:
        """Return ranking field -> text of one case.

        Raises:
            IndexFolderError: the record is damaged.
        """
        return ranking_texts(self.display(case_no)["sections"])

    def case_no(self, case_id: str) -> int | None:
        """Return the number of a case, or None when the index does not hold it."""
        return self.case_table.numbers.get(case_id)

    def verify(self) -> int:
        """Read every part of the index once; return the number of cases.

        Raises:
            SurroundingsError: something is missing or damaged.
        """
        from builder.index.whoosh_index import check_seal

        try:
            digest = digest_of_files(self.folder)
        except OSError as error:
            raise IndexFolderError(self.folder, f"索引读不出来（{reason_of(error)}）。") from error
        if digest != self.meta.digest:
            raise IndexFolderError(self.folder, "内容已损坏。")
        check_seal(self.folder / WHOOSH)
        if self.whoosh.ids(self.whoosh.all_documents()) != set(self.case_table.column("id")):
            raise IndexFolderError(self.folder, "检索索引与案例表不是同一次生成的。")
        return self.case_count
