"""A build is a list of named stages; everything is read and checked before anything is written."""

import datetime
import hashlib
import json
import logging
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version as installed
from pathlib import Path
from typing import cast

from builder.errors import SurroundingsError
from builder.intake.ledger_store import ledger_digest
from builder.library.casebook import read_files
from builder.library.problem import Problem
from builder.model.audience import Audience
from builder.pages.found_pages import found_pages
from builder.pages.similar import SimilarCase
from builder.pages.site_pages import site_pages
from builder.settings import FILE_NAME, Settings
from builder.site.frame import Frame
from builder.site.ledger_pages import ledger_pages
from builder.site.offline import write_worker
from builder.site.open_files import write_open_files
from builder.site.output import BUILD_FILE, OutputFolder, disk_fault
from builder.site.page_writer import KEYS_FILE, earlier_pages, write_pages
from builder.site.prepare import Prepared, prepare

CONFIGURATION = "mkdocs.yml"
_MADE_WITH = ("mkdocs", "mkdocs-material", "jinja2", "whoosh3", "rjieba", "numpy", "markdown")
Similar = Mapping[str, Sequence[SimilarCase]]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class BuildRequest:
    """What to build: for whom, where to, how."""

    settings: Settings
    audience: Audience
    out: Path
    today: datetime.date
    drafts: bool = False
    clean: bool = False  # make everything again, even what has not changed


@dataclass
class BuildReport:
    """What came of a build."""

    version: Path
    changed: bool
    cases: int
    pages: int
    warnings: tuple[Problem, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def start_page(self) -> Path:
        return self.version / "site" / "index.html"


def build(request: BuildRequest, progress: Progress | None = None) -> BuildReport:
    """Build site and index for one audience, and put them in use in one step.

    Args:
        progress: called with stage name, steps done, steps in all (0 when unknown).

    Raises:
        CasesError: problems in the cases; nothing was written.
        SurroundingsError: the folder is held by another build, or cannot be written.
    """
    tell = progress or (lambda stage, done, total: None)
    folder = OutputFolder(request.out)
    with folder.writing():
        current = folder.current()
        read = read_files(request.settings)
        name = _name_of(request, read.digest)
        if not request.clean and current and current.name.partition("-")[0] == name:
            unchanged = _report_of(current)
            if unchanged:
                return unchanged
        staging: Path | None = None
        try:
            stopwatch = Stopwatch(tell)
            with stopwatch("读取与检查"):
                prepared = prepare(
                    request.settings,
                    request.audience,
                    request.today,
                    drafts=request.drafts,
                    read=read,
                    with_ledger=True,
                )
            del read
            staging = folder.stage()
            report = _make(request, prepared, staging, current, stopwatch)
            report.version = folder.put_in_use(staging, name)
            return report
        except OSError as error:
            raise disk_fault(request.out, error) from error
        finally:
            if staging is not None:
                shutil.rmtree(staging, ignore_errors=True)


class Stopwatch:
    """Times the stages and tells of their progress."""

    def __init__(self, tell: Progress) -> None:
        self.tell = tell
        self.seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        self.tell(stage, 0, 0)
        start = time.perf_counter()
        yield
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - start


def _make(
    request: BuildRequest,
    prepared: Prepared,
    staging: Path,
    current: Path | None,
    stopwatch: Stopwatch,
) -> BuildReport:
    """Fill the staging folder: index, frame, pages, seal."""
    # numpy and MkDocs are slow to import: not before there is something to build
    from builder.index.build import build_index
    from builder.index.static_index import FOLDER, write_static_index
    from builder.site.similar import like_ids, similar_cases

    cleared = prepared.cleared
    earlier = None if request.clean else current
    with stopwatch("索引"):
        analysis = build_index(
            cleared,
            staging / "index",
            cache=request.settings.build / "cache" / request.audience,
            previous=earlier / "index" if earlier else None,
            progress=stopwatch.tell,
        )
    with stopwatch("同类案例"):
        similar = similar_cases(cleared, analysis)
    with stopwatch("页面"):
        frame = make_frame(request, prepared, similar, staging / "site")
        pages = list(site_pages(cleared, similar, like_ids(analysis)))
    with stopwatch("订阅与下载"):
        lender = earlier_pages(earlier)
        offered = write_open_files(cleared, pages, staging / "site", lender)
    with stopwatch("页面"):
        pages = [*offered.pages, *ledger_pages(cleared, prepared.ledger)]
        done = iter(range(1, len(pages) + 1))
        keys = write_pages(
            pages,
            frame,
            staging / "site",
            lender,
            lambda: stopwatch.tell("页面", next(done), len(pages)),
        )
    with stopwatch("网页检索"):
        write_static_index(cleared, analysis, staging / "site" / FOLDER, found_pages(cleared))
        write_worker(staging / "site", keys | offered.keys)
    _seal(staging, request, prepared, len(keys), keys | offered.keys)
    return BuildReport(
        staging, True, len(cleared.cases), len(keys), prepared.warnings, stopwatch.seconds
    )


def make_frame(request: BuildRequest, prepared: Prepared, similar: Similar, site: Path) -> Frame:
    """Run MkDocs for the theme, the hand-written pages and the frame that the others go into."""
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    from builder.site.plugin import CasebookPlugin

    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)
    path = request.settings.root / CONFIGURATION
    try:
        configuration = load_config(str(path), site_dir=str(site))
        plugin = cast(CasebookPlugin, configuration.plugins["casebook"])
        plugin.prepared, plugin.similar, plugin.write_pages = prepared, similar, False
        try:
            mkdocs_build(configuration)
        finally:
            plugin.prepared, plugin.similar, plugin.write_pages = None, {}, True
    except (MkDocsException, KeyError) as error:
        raise SurroundingsError(
            where=str(path),
            what="网站框架没有做成：设置有误，或 plugins 里缺 casebook。",
            remedy="请把 mkdocs.yml 改回原样；没有改过的话，运行 sh scripts/build 重新安装。",
        ) from error
    return plugin.frame


def _seal(
    staging: Path, request: BuildRequest, prepared: Prepared, pages: int, keys: Mapping[str, str]
) -> None:
    """Write what a later build and a reader need to know of this one."""
    told = {
        "audience": str(request.audience),
        "drafts": request.drafts,
        "as_of": prepared.cleared.as_of,
        "cases": len(prepared.cleared.cases),
        "pages": pages,
        "inputs": prepared.inputs,
    }
    (staging / KEYS_FILE).write_text(json.dumps(keys, sort_keys=True), "utf-8")
    (staging / BUILD_FILE).write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", "utf-8")


def _report_of(version: Path) -> BuildReport | None:
    """Return the report of a build that stands, or None when its note is damaged."""
    try:
        told = json.loads((version / BUILD_FILE).read_text("utf-8"))
        return BuildReport(version, False, int(told["cases"]), int(told["pages"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _name_of(request: BuildRequest, inputs: str) -> str:
    """Return a name for the build: the same inputs, code and libraries, the same name."""
    digest = hashlib.sha256(inputs.encode())
    for name in (FILE_NAME, CONFIGURATION):
        path = request.settings.root / name
        digest.update(path.read_bytes() if path.is_file() else b"")
    if request.audience is Audience.INTERNAL:
        digest.update(ledger_digest(request.settings).encode())
    digest.update(code_digest().encode())
    digest.update(f"{request.audience} {request.drafts}".encode())
    return digest.hexdigest()[:16]


def code_digest() -> str:
    """Return a digest of this package's files and of the libraries that shape its output."""
    digest = hashlib.sha256()
    package = Path(__file__).parents[1]
    for path in sorted(package.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(path.relative_to(package).as_posix().encode() + b"\0")
            digest.update(path.read_bytes())
    digest.update(" ".join(installed(name) for name in _MADE_WITH).encode())
    return digest.hexdigest()
