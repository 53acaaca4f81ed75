"""Publish a library for one audience: as a folder, as a zip, or as one file."""

import datetime
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from builder.checks.cleared import ClearedCasebook
from builder.errors import WrongUseError
from builder.library.problem import Problem
from builder.model.audience import Audience
from builder.settings import Settings
from builder.site.earlier import check_file, check_folder
from builder.site.output import OutputFolder, disk_fault
from builder.site.prepare import Prepared, prepare
from builder.site.publish_folder import publish_folder
from builder.site.publish_zip import publish_zip
from builder.site.stages import BuildRequest, Progress, Stopwatch, build
from builder.whole_file import write_whole


class Form(Enum):
    """What is written."""

    FOLDER = "文件夹"
    ZIP = "压缩包"
    ONE_FILE = "单个网页文件"


@dataclass(frozen=True)
class PublishRequest:
    """What to publish: for whom, and where to."""

    settings: Settings
    audience: Audience
    target: Path
    today: datetime.date

    @property
    def form(self) -> Form:
        """What the name of the target asks for."""
        suffix = self.target.suffix.lower()
        if suffix in (".html", ".htm"):
            return Form.ONE_FILE
        return Form.ZIP if suffix == ".zip" else Form.FOLDER


@dataclass(frozen=True)
class PublishReport:
    """What came of it.

    Attributes:
        size: bytes written.
        warnings: problems that do not keep anything from being published.
    """

    form: Form
    cases: int
    files: int
    size: int
    warnings: tuple[Problem, ...]


class TooBigError(WrongUseError):
    """A library is too big for one file."""


def publish(request: PublishRequest, progress: Progress | None = None) -> PublishReport:
    """Make what is missing of the site, and write it to the target whole or not at all.

    Args:
        progress: called with stage name, steps done, steps in all (0 when unknown).

    Raises:
        CasesError: problems in the cases; nothing was written.
        WrongUseError: the target holds something else; a library is too big for one file.
        SurroundingsError: the disk, or somebody who holds a folder.
    """
    tell = progress or (lambda stage, done, total: None)
    try:
        if request.form is Form.FOLDER:
            check_folder(request.target, request.audience)
        else:
            check_file(request.target, request.audience)
        prepared = prepare(request.settings, request.audience, request.today)
        if request.form is Form.ONE_FILE:
            files = _publish_one_file(request, prepared, Stopwatch(tell))
        else:
            files = _publish_site(request, prepared.cleared, tell)
    except OSError as error:
        raise disk_fault(request.target, error) from error
    return PublishReport(
        request.form,
        len(prepared.cleared.cases),
        files,
        _size(request.target),
        prepared.warnings,
    )


def _publish_site(request: PublishRequest, cleared: ClearedCasebook, tell: Progress) -> int:
    out = request.settings.build / request.audience
    build(BuildRequest(request.settings, request.audience, out, request.today), tell)
    folder = OutputFolder(out)
    with folder.writing():  # nobody may take the version away meanwhile
        version = folder.current()
        assert version is not None  # it has just been built
        site = version / "site"
        with Stopwatch(tell)("写出"):
            if request.form is Form.ZIP:
                return publish_zip(site, cleared, request.target)
            return publish_folder(site, request.target, request.audience)


def _publish_one_file(request: PublishRequest, prepared: Prepared, stopwatch: Stopwatch) -> int:
    # numpy is slow to import: not before there is something to make
    from builder.index.analysis import analyse
    from builder.site.one_file import MOST_BYTES, MOST_CASES, one_file
    from builder.site.similar import like_ids, similar_cases

    cleared = prepared.cleared
    if len(cleared.cases) > MOST_CASES:
        raise _too_big(
            request, f"有 {len(cleared.cases)} 个案例，一个网页文件最多放 {MOST_CASES} 个。"
        )
    with stopwatch("索引"):
        cache = request.settings.build / "cache" / request.audience
        analysis = analyse(cleared, cache, stopwatch.tell)
    with stopwatch("网页"):
        similar = similar_cases(cleared, analysis)
        content = one_file(cleared, analysis, similar, like_ids(analysis))
    if len(content) > MOST_BYTES:
        raise _too_big(
            request,
            f"写成一个网页文件有 {len(content) / 1e6:.1f} MB，超过 {MOST_BYTES / 1e6:.0f} MB，"
            "手机打不动。",
        )
    write_whole(request.target, content)
    return 1


def _too_big(request: PublishRequest, what: str) -> TooBigError:
    name = request.target.with_suffix(".zip").name
    return TooBigError(str(request.target), what, f"请改发压缩包：--to {name}。")


def _size(target: Path) -> int:
    if target.is_file():
        return target.stat().st_size
    return sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
