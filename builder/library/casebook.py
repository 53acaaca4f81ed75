"""The whole library, read once: cases, vocabularies, minutes, pages, and every problem."""

import hashlib
import pathlib
import re
from dataclasses import dataclass, field
from typing import Generic, TypeAlias, TypeVar

from pydantic import BaseModel

from builder.library.files import FoundFile, printable, read_tree
from builder.library.problem import Problem, Severity
from builder.library.record import SourceText, read_record, record_from_text
from builder.library.vocabulary_files import read_vocabularies
from builder.library.yaml_reader import YamlFault, decode
from builder.model.case import Case, split_case_id
from builder.model.page import PageMeta, SessionMeta
from builder.model.vocabulary import (
    Vocabularies,
)
from builder.settings import Settings

Meta = TypeVar("Meta", bound=BaseModel)
_SESSION_NAME = re.compile(r"docs/study/(\d{4}-\d\d-\d\d)\.md")
ASSET_ENDINGS = (".png", ".jpg", ".jpeg", ".svg", ".webp", ".css", ".js", ".ico")
_UNPUBLISHED = ("docs/engineer/", "docs/decisions/", "docs/assets/")


@dataclass(frozen=True)
class CaseFile:
    """A case with the text it was read from."""

    case: Case
    source: SourceText
    digest: str  # SHA-256 of the file's bytes, hexadecimal


@dataclass(frozen=True)
class Document(Generic[Meta]):
    """A Markdown file with its front matter: a hand-written page or minutes."""

    path: str  # relative to the library's root, e.g. docs/study/2026-11-17.md
    meta: Meta
    body: str
    source: SourceText  # of the front matter
    body_line: int  # lines of the file before the body


AnyDocument: TypeAlias = Document[PageMeta] | Document[SessionMeta]


@dataclass
class Casebook:
    """Everything a library holds, as read and not yet cleared for anybody.

    Attributes:
        cases: by id order. Files with errors are missing here and present in `problems`.
        problems: what reading found; checks add theirs.
        digest: SHA-256 over the names and bytes of all files read, hexadecimal.
    """

    settings: Settings
    vocabularies: Vocabularies
    cases: list[CaseFile] = field(default_factory=list)
    sessions: list[Document[SessionMeta]] = field(default_factory=list)
    pages: list[Document[PageMeta]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    digest: str = ""

    @property
    def documents(self) -> list[AnyDocument]:
        """Minutes and hand-written pages."""
        return [*self.sessions, *self.pages]


@dataclass(frozen=True)
class LibraryFiles:
    """The files of a library as read from disk, not yet looked into.

    Attributes:
        problems: files that are there and were not read.
        digest: SHA-256 over the names and bytes of all files, and over the problems.
    """

    files: list[FoundFile]
    problems: list[Problem]
    digest: str


def read_files(settings: Settings) -> LibraryFiles:
    """Read every file below `cases/` and `docs/`."""
    problems: list[Problem] = []
    files = [
        *read_tree(settings.root, settings.cases, (".yml", ".yaml"), problems),
        *read_tree(settings.root, settings.docs, (".md", *ASSET_ENDINGS), problems),
    ]
    return LibraryFiles(files, problems, _digest(files, problems))


def load_casebook(settings: Settings, read: LibraryFiles | None = None) -> Casebook:
    """Look into everything below `cases/` and `docs/`; collects problems, raises for none.

    Args:
        read: the files, where they have been read already.
    """
    read = read or read_files(settings)
    files, problems = read.files, list(read.problems)
    case_files = [file for file in files if file.path.startswith("cases/")]
    page_files = [file for file in files if file.path.startswith("docs/")]
    vocabulary_files = {
        file.path: file for file in case_files if file.path.startswith("cases/vocabulary/")
    }
    book = Casebook(
        settings=settings,
        vocabularies=read_vocabularies(vocabulary_files, problems),
        problems=problems,
        digest=read.digest,
    )
    for file in case_files:
        if file.path not in vocabulary_files:
            _add_case(book, file)
    for file in page_files:
        if file.path.endswith(".md") and not file.path.startswith(_UNPUBLISHED):
            _add_document(book, file)
    book.cases.sort(key=lambda item: item.case.id)
    _name_duplicates(book)
    return book


def _digest(files: list[FoundFile], problems: list[Problem]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.path}\0{len(file.content)}\0".encode("utf-8", "surrogateescape"))
        digest.update(file.content)
    digest.update(repr(problems).encode("utf-8", "backslashreplace"))
    return digest.hexdigest()


def _add_case(book: Casebook, file: FoundFile) -> None:
    read = read_record(printable(file.path), file.content, Case)
    book.problems.extend(read.problems)
    if read.record is None:
        return
    digest = hashlib.sha256(file.content).hexdigest()
    book.cases.append(CaseFile(read.record, read.source, digest))
    book.problems.extend(_misplaced(read.record, read.source, book.settings))


def _misplaced(case: Case, source: SourceText, settings: Settings) -> list[Problem]:
    """Return problems of a case whose id, file name and folder disagree."""
    parts = split_case_id(case.id)
    if parts is None:
        return []
    code, year, _ = parts
    partner = source.path.startswith("cases/partners/")
    expected = f"cases/{year}/{case.id}.yml"
    problems = []
    if not partner and code != settings.code:
        problems.append(
            source.problem(
                ("id",), f"编号的代码 {code} 不是本工作室的 {settings.code}。",
                "请改编号；伙伴工作室的案例放在 cases/partners/ 下。", "id",
            )
        )  # fmt: skip
    stem = pathlib.Path(source.path).stem
    if stem != case.id:
        problems.append(
            source.problem(
                ("id",),
                f"编号与文件名 {stem[:60]} 不一样。",
                f"请把文件改名为 {case.id}.yml。",
                "id",
            )
        )
    elif not partner and source.path != expected:
        problems.append(
            source.problem(("id",), "文件不在编号年份的文件夹里。", f"请移到 {expected}。", "id")
        )
    return problems


def _name_duplicates(book: Casebook) -> None:
    first: dict[str, CaseFile] = {}
    unique = []
    for item in book.cases:
        other = first.setdefault(item.case.id, item)
        if other is item:
            unique.append(item)
        else:
            book.problems.append(
                item.source.problem(
                    ("id",), f"编号 {item.case.id} 已被 {other.source.path} 使用。",
                    "请用 casebook new 另取编号。", "duplicate-id",
                )
            )  # fmt: skip
    book.cases = unique


def _add_document(book: Casebook, file: FoundFile) -> None:
    path = printable(file.path)
    try:
        text = decode(file.content)
    except YamlFault as fault:
        book.problems.append(
            Problem(path, fault.line, fault.column, "", fault.what, fault.remedy, fault.code)
        )
        return
    front, body, lines = _split_front_matter(text)
    source = SourceText(path, front, first_line=1 if front else 0)
    if not front:
        book.problems.append(
            Problem(
                path,
                1,
                1,
                "",
                "开头缺 --- 之间的标题和公开范围。",
                "请照其他页面补上，至少写 title。",
                "front-matter",
            )
        )
        return
    if file.path.startswith("docs/study/") and not file.path.endswith("/index.md"):
        session = record_from_text(source, SessionMeta)
        book.problems.extend(session.problems)
        if session.record:
            _check_session_name(book, path, session.record, source)
            book.sessions.append(Document(path, session.record, body, source, lines))
    else:
        page = record_from_text(source, PageMeta)
        book.problems.extend(page.problems)
        if page.record:
            book.pages.append(Document(path, page.record, body, source, lines))


def _check_session_name(book: Casebook, path: str, meta: SessionMeta, source: SourceText) -> None:
    match = _SESSION_NAME.fullmatch(path)
    if match is None or match[1] != meta.date.isoformat():
        book.problems.append(
            source.problem(
                ("date",),
                "日期与文件名不一样。",
                f"请把文件改名为 {meta.date.isoformat()}.md。",
                "session-date",
            )
        )
    elif meta.date.weekday() != 1:
        book.problems.append(
            source.problem(
                ("date",),
                "这一天不是星期二。",
                "复盘会每星期二开；临时加开的可以不管。",
                "session-date",
                Severity.WARNING,
            )
        )


def _split_front_matter(text: str) -> tuple[str, str, int]:
    """Return front matter, body, and the number of lines before the body."""
    match = re.match(r"---[ \t]*\r?\n(.*?\n)---[ \t]*(?:\r?\n|\Z)", text, re.DOTALL)
    if not match:
        return "", text, 0
    return match[1], text[match.end() :], text[: match.end()].count("\n")
