"""A fault in a case, a vocabulary or a page: where, what, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from builder.errors import CasebookError


class Severity(StrEnum):
    """An error keeps a build from being made; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault, told so that an official can mend it.

    Attributes:
        path: file, relative to the library's root, with forward slashes.
        line, column: from 1; 0 when the whole file is meant.
        field: dotted field name such as `timeline.closed`, or ''.
        what: what is wrong; never quotes an identifier of a person.
        remedy: what to do.
        code: stable name of the check, for machines and for `--format json`.
    """

    path: str
    line: int
    column: int
    field: str
    what: str
    remedy: str
    code: str
    severity: Severity = Severity.ERROR

    @property
    def sort_key(self) -> tuple[str, int, int, str, str, str]:
        return (self.path, self.line, self.column, self.field, self.code, self.what)


class CasesError(CasebookError):
    """There are problems in the cases; nothing was built."""

    exit_status = 1

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: problem.sort_key)
        count = sum(problem.severity is Severity.ERROR for problem in self.problems)
        super().__init__(
            where="案例库", what=f"有 {count} 处错误，没有生成。", remedy="请按上面的提示改好再试。"
        )
