"""The Whoosh index: fields, ranges and phrases, exclusion, spelling suggestions.

It answers which cases a search may show; their order comes from `ranking.py`. Whoosh's
segments never change once written, so a rebuild takes the old ones by hard link, marks
what is gone and adds what is new; readers of the old folder are not disturbed.
"""

import contextlib
import json
import os
import shutil
import zlib
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import whoosh
from whoosh import index as whoosh_index
from whoosh.codec.whoosh3 import W3Codec
from whoosh.columns import VarBytesColumn
from whoosh.fields import COLUMN, ID, NUMERIC, Schema
from whoosh.query.qcore import Query
from whoosh.support import levenshtein

from builder.index.folder import IndexFolderError
from builder.index.sections import SECTIONS
from builder.index.whoosh_fields import IdList, SectionText

FACETS: Final = (
    "types",
    "industry",
    "claims",
    "outcomes",
    "departments",
    "methods",
    "channel",
    "station",
    "district",
    "statutes",
)
WORDS_DOCUMENT: Final = ""  # id of the document that holds the words of the vocabularies
# What the index was written with; an index of another kind is not carried on.
KIND: Final = f"1 whoosh {whoosh.__version__} {','.join(section.id for section in SECTIONS)}"

_BLOCK: Final = 128  # postings that are read and unpacked together
_COMPRESSION: Final = 1  # of zlib: half the size, a fifth more time
_MOST_CHANGED: Final = 0.5  # of the cases; beyond it a new index is quicker
_MOST_DELETED: Final = 0.3  # of the documents; beyond it a new index is smaller
_LOCK: Final = "WRITELOCK"
_SEAL: Final = "seal.json"  # size and CRC-32 of every other file
_CHUNK: Final = 1 << 20
_LONGEST_WORD: Final = 12  # characters of a word that a suggestion is sought for


class IndexedCase(NamedTuple):
    """What the index holds of one case.

    Attributes:
        digest: of all that follows.
        facets: facet of `FACETS` -> ids.
        numbers: `year`, `date` (yyyymmdd, day 0 where only the month is known), `disputed`
            and `recovered` (fen); absent where unknown.
        sections: (section number, text).
        words: for spelling suggestions.
    """

    id: str
    digest: str
    facets: Mapping[str, Sequence[str]]
    numbers: Mapping[str, int]
    sections: Sequence[tuple[int, str]]
    words: Sequence[str]


def schema() -> Schema:
    """Return the fields of the index."""
    return Schema(
        id=ID(unique=True, sortable=True),
        digest=COLUMN(VarBytesColumn()),  # type: ignore[no-untyped-call]
        year=NUMERIC(int, 32, shift_step=8, signed=False),
        date=NUMERIC(int, 32, shift_step=8, signed=False),
        disputed=NUMERIC(int, 64, shift_step=8, signed=False),
        recovered=NUMERIC(int, 64, shift_step=8, signed=False),
        text=SectionText(),
        words=IdList(),
        **{facet: IdList() for facet in FACETS},
    )


class TermPool:
    """Collects postings by term, in place of Whoosh's pool that sorts them one by one.

    Documents come in ascending order, so the postings of a term need no sorting; packed
    in arrays, those of 12,000 cases take some 60 MB.
    """

    def __init__(self) -> None:
        """Begin empty."""
        self.fieldnames: set[str] = set()
        self._fields: dict[str, dict[bytes, tuple[array[int], array[int], bytearray]]] = {}

    def add(self, posting: tuple[str, bytes, int, float, bytes]) -> None:
        """Take (field, term, document, weight, value)."""
        field, term, document, _, value = posting
        terms = self._fields.get(field)
        if terms is None:
            terms = self._fields[field] = {}
        entry = terms.get(term)
        if entry is None:
            entry = terms[term] = (array("I"), array("I"), bytearray())
        entry[0].append(document)
        entry[1].append(len(value))
        entry[2].extend(value)

    def iter_postings(self) -> Iterator[tuple[str, bytes, int, float, bytes]]:
        """Yield all postings by field, term and document, and let go of them."""
        for field in sorted(self._fields):
            terms = self._fields[field]
            for term in sorted(terms):
                documents, lengths, packed = terms.pop(term)
                values = bytes(packed)
                start = 0
                for document, length in zip(documents, lengths, strict=True):
                    yield field, term, document, 1.0, values[start : start + length]
                    start += length

    def cleanup(self) -> None:
        """Do nothing: nothing was written to disk."""


def write_whoosh_index(
    cases: Sequence[IndexedCase],
    words: Sequence[str],
    words_digest: str,
    folder: Path,
    previous: Path | None,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Write the index of these cases into a folder that does not exist yet.

    Args:
        words: words of the vocabularies, for spelling suggestions.
        words_digest: digest of `words`.
        previous: folder of an index of the same kind whose segments may be carried on;
            where it cannot be read, everything is written anew.
        progress: called with cases done and cases to do.
    """
    documents = [*cases, IndexedCase(WORDS_DOCUMENT, words_digest, {}, {}, (), words)]
    if previous is not None:
        # Whatever is wrong with the old index (unpickling can raise anything), a new one
        # is the remedy.
        with contextlib.suppress(Exception):
            _carry_on(documents, folder, previous, progress)
            return
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    fresh = whoosh_index.create_in(str(folder), schema())
    try:
        _add(fresh, documents, (), progress)
    finally:
        _remove_lock(folder)
    _seal(folder)


class _TooMuchChangedError(Exception):
    """The old index is not worth carrying on."""


def _carry_on(
    documents: Sequence[IndexedCase],
    folder: Path,
    previous: Path,
    progress: Callable[[int, int], None] | None,
) -> None:
    folder.mkdir(parents=True)
    check_seal(previous)
    for name in _sealed(previous):
        _link(previous / name, folder / name)
    old: Any = whoosh_index.open_dir(str(folder))
    with old.reader() as reader:
        ids, digests = reader.column_reader("id"), reader.column_reader("digest")
        known = {ids[at]: digests[at].decode() for at in reader.all_doc_ids()}
        deleted = reader.doc_count_all() - reader.doc_count()
    wanted = {document.id: document.digest for document in documents}
    gone = [case_id for case_id, digest in known.items() if wanted.get(case_id) != digest]
    new = [document for document in documents if known.get(document.id) != document.digest]
    if len(new) > _MOST_CHANGED * len(documents):
        raise _TooMuchChangedError
    if deleted + len(gone) > _MOST_DELETED * (len(known) + deleted):
        raise _TooMuchChangedError
    if gone or new:
        _add(old, new, gone, progress)
    _remove_lock(folder)
    _seal(folder)


def _add(
    target: Any,
    documents: Sequence[IndexedCase],
    gone: Sequence[str],
    progress: Callable[[int, int], None] | None,
) -> None:
    codec: Any = W3Codec(  # type: ignore[no-untyped-call]
        blocklimit=_BLOCK, compression=_COMPRESSION
    )
    codec.length_stats = False  # no field is scored
    writer = target.writer(codec=codec, compound=False)
    writer.pool = TermPool()
    try:
        for case_id in gone:
            writer.delete_by_term("id", case_id)
        for done, document in enumerate(documents):
            if progress:
                progress(done, len(documents))
            fields = {name: ids for name, ids in document.facets.items() if ids}
            writer.add_document(
                id=document.id,
                digest=document.digest.encode(),
                text=document.sections,
                words=document.words,
                **fields,
                **document.numbers,
            )
    except BaseException:
        writer.cancel()
        raise
    writer.commit()
    if progress:
        progress(len(documents), len(documents))


def _link(source: Path, target: Path) -> None:
    """Make `target` the same file, or a copy where the file system has no hard links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _remove_lock(folder: Path) -> None:
    """Remove the lock that Whoosh held and leaves behind; others wait for the build's own."""
    for path in folder.glob(f"*{_LOCK}"):
        path.unlink()


def _seal(folder: Path) -> None:
    """Note what the files are, so that damage is found."""
    found = {
        path.name: [path.stat().st_size, _checksum(path)]
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name != _SEAL
    }
    (folder / _SEAL).write_text(json.dumps(found), "utf-8")


def _sealed(folder: Path) -> dict[str, tuple[int, int]]:
    """Return file name -> size and checksum, as they were when the index was written."""
    noted = json.loads((folder / _SEAL).read_text("utf-8"))
    return {name: (size, checksum) for name, (size, checksum) in noted.items()}


def _check_sizes(folder: Path) -> None:
    for name, (size, _) in _sealed(folder).items():
        if (folder / name).stat().st_size != size:
            raise IndexFolderError(folder / name, "检索索引的文件不完整。")


def check_seal(folder: Path) -> None:
    """Read every file of an index and compare it with what was written.

    Raises:
        IndexFolderError: something is missing or damaged.
    """
    with _guarded(folder):
        _check_sizes(folder)
        for name, (_, checksum) in _sealed(folder).items():
            if _checksum(folder / name) != checksum:
                raise IndexFolderError(folder / name, "检索索引的文件已损坏。")


def _checksum(path: Path) -> int:
    checksum = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            checksum = zlib.crc32(chunk, checksum)
    return checksum


@contextlib.contextmanager
def _guarded(folder: Path) -> Iterator[None]:
    """Turn whatever a damaged index raises into one error with a remedy."""
    try:
        yield
    except (IndexFolderError, MemoryError):
        raise
    except Exception as error:  # unpickling damaged bytes can raise anything
        raise IndexFolderError(folder, "检索索引打不开，或者已损坏。") from error


class WhooshIndex:
    """An open index; use it in a `with` block or close it."""

    def __init__(self, folder: Path) -> None:
        """Open the index in `folder`.

        Raises:
            IndexFolderError: it is missing or damaged.
        """
        self._folder = folder
        self._searcher: Any = None
        with _guarded(folder):
            _check_sizes(folder)
            self._searcher = whoosh_index.open_dir(str(folder)).searcher()

    def __enter__(self) -> "WhooshIndex":
        """Return the open index."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the index."""
        self.close()

    def close(self) -> None:
        """Close the index; it answers no more."""
        if self._searcher is not None:
            self._searcher.close()

    def documents(self, query: Query) -> set[int]:
        """Return the documents that match.

        Raises:
            IndexFolderError: the index is damaged.
        """
        with _guarded(self._folder):
            return set(self._searcher.docs_for_query(query))

    def all_documents(self) -> set[int]:
        """Return all documents.

        Raises:
            IndexFolderError: the index is damaged.
        """
        with _guarded(self._folder):
            return set(self._searcher.reader().all_doc_ids())

    def ids(self, documents: set[int]) -> set[str]:
        """Return the ids of the cases that these documents are.

        Raises:
            IndexFolderError: the index is damaged.
        """
        with _guarded(self._folder):
            ids = self._searcher.reader().column_reader("id")
            return {ids[document] for document in documents} - {WORDS_DOCUMENT}

    def suggestions(self, word: str) -> list[str]:
        """Return words of the library spelled almost like `word`, the nearest first.

        One character may differ in a word of three or four, two in a longer one. Whoosh's
        own corrector walks the dictionary on disk by an automaton, which takes thirty
        times as long as comparing with the few thousand words that there are.

        Raises:
            IndexFolderError: the index is damaged.
        """
        if not 3 <= len(word) <= _LONGEST_WORD:
            return []
        most = 1 if len(word) < 5 else 2
        with _guarded(self._folder):
            known = [term.decode() for term in self._searcher.reader().lexicon("words")]
        distance: Any = levenshtein.distance
        near = (
            (distance(one, word, limit=most), abs(len(one) - len(word)), one)
            for one in known
            if abs(len(one) - len(word)) <= most and len(set(word) - set(one)) <= most
        )
        return [one for away, _, one in sorted(near) if 0 < away <= most]
