"""The inbox on disk: read what came in, file it, and put it aside.

A case is written before its file is moved, each in one step: after a power cut the next
run finds the case in the library already and goes on.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from builder.errors import SurroundingsError, WrongUseError, reason_of
from builder.intake.inbox import Arrival, Outcome
from builder.library.casebook import LibraryFiles
from builder.library.files import printable
from builder.library.yaml_reader import MAX_BYTES
from builder.model.case import split_case_id
from builder.settings import Settings
from builder.whole_file import write_whole

DONE: Final = "已收"  # folder below the inbox
_ENDINGS = (".yml", ".yaml")


@contextmanager
def receiving(settings: Settings) -> Iterator[None]:
    """Hold the case files as the only one who files.

    Raises:
        SurroundingsError: somebody else is filing.
    """
    from filelock import FileLock, Timeout  # those who only look do without

    try:
        with FileLock(settings.cases / ".inbox.lock", timeout=0):
            yield
    except Timeout:
        raise SurroundingsError(
            str(settings.cases), "另一个人正在收案例。", "请等他收完再试。"
        ) from None


def read_arrivals(folder: Path) -> tuple[list[Arrival], list[str]]:
    """Return the case files in a folder by name, and the names of what else lies there.

    Raises:
        WrongUseError: there is no such folder.
        SurroundingsError: it cannot be read.
    """
    if not folder.is_dir():
        raise WrongUseError(str(folder), "没有这个文件夹。", "请先建好它，把写好的案例文件放进去。")
    arrivals, others = [], []
    try:
        for path in sorted(folder.iterdir()):
            if path.name.startswith(".") or path.is_dir():
                continue
            if path.is_symlink() or not path.is_file() or path.suffix.lower() not in _ENDINGS:
                others.append(printable(path.name))
                continue
            with path.open("rb") as file:
                # one byte more than is allowed is enough to refuse it for its size
                arrivals.append(Arrival(path.name, file.read(MAX_BYTES + 1)))
    except OSError as error:
        raise SurroundingsError(
            str(folder), f"读不出来（{reason_of(error)}）。", "请检查文件权限。"
        ) from error
    return arrivals, others


def case_files(read: LibraryFiles) -> Mapping[str, tuple[str, bytes]]:
    """Return case id -> path and bytes of every case file, also of one that cannot be read."""
    return {
        path.stem: (file.path, file.content)
        for file in read.files
        if (path := Path(file.path)).parts[0] == "cases" and split_case_id(path.stem)
    }


def file_outcomes(settings: Settings, folder: Path, outcomes: Iterable[Outcome]) -> None:
    """Write the cases and put the files aside that are done with; call it while `receiving`.

    Raises:
        SurroundingsError: something cannot be written; what was filed before stays.
    """
    for outcome in outcomes:
        if not outcome.fate.is_done:
            continue
        write_case(settings, outcome)
        try:
            _put_aside(folder / outcome.name)
        except OSError as error:
            raise _unwritable(outcome.name, error) from error


def write_case(settings: Settings, outcome: Outcome) -> None:
    """Write the case of an outcome, where it has one; call it while `receiving`.

    Raises:
        SurroundingsError: it cannot be written.
    """
    if outcome.text is None:
        return
    target = settings.root / outcome.path
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, outcome.text.encode())
    except OSError as error:
        raise _unwritable(outcome.path, error) from error


def _unwritable(where: str, error: OSError) -> SurroundingsError:
    return SurroundingsError(
        where,
        f"写不进去（{reason_of(error)}）。",
        "请检查权限和磁盘空间，再运行一次，会接着收。",
    )


def _put_aside(path: Path) -> None:
    folder = path.parent / DONE
    folder.mkdir(exist_ok=True)
    names = (path.name, *(f"{path.stem}-{number}{path.suffix}" for number in range(2, 1000)))
    target = next(folder / name for name in names if not (folder / name).exists())
    path.rename(target)
