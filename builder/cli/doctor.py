"""The command doctor: is this machine, this library and the last build in order?"""

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from pathlib import Path

import click

from builder.cli.main import settings_of
from builder.cli.report import FORMAT, put_json, say
from builder.errors import CasebookError
from builder.model.audience import Audience
from builder.settings import Settings
from builder.site.output import OutputFolder

_LIBRARIES = ("whoosh3", "mkdocs", "mkdocs-material", "pyyaml", "click", "pydantic", "rjieba")
_FREE_BYTES = 500 * 1024 * 1024


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is in order, what was seen, what to do if not."""

    name: str
    good: bool
    seen: str
    remedy: str = ""


@click.command()
@FORMAT
@click.pass_context
def doctor(ctx: click.Context, form: str) -> None:
    """体检：看看这台机器、案例库和上次生成的结果有没有毛病。"""
    findings = list(_examine(ctx))
    if form == "json":
        put_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            click.secho(
                "  好  " if finding.good else "  不好",
                fg="green" if finding.good else "red",
                nl=False,
            )
            say(f"  {finding.name}：{finding.seen}")
            if not finding.good:
                say(f"        {finding.remedy}")
    ctx.exit(0 if all(finding.good for finding in findings) else 3)


def _examine(ctx: click.Context) -> Iterator[Finding]:
    yield Finding(
        "Python", sys.version_info >= (3, 11), platform.python_version(), "请装 3.11 或更新的版本。"
    )
    yield _yaml_parser()
    for name in _LIBRARIES:
        yield _library(name)
    try:
        settings = settings_of(ctx)
    except CasebookError as error:
        yield Finding("案例库", False, f"{error.where}：{error.what}", error.remedy)
        return
    yield Finding("案例库", settings.cases.is_dir(), str(settings.root), "里面没有 cases 文件夹。")
    yield _room(settings)
    for audience in Audience:
        yield from _last_build(settings, audience)


def _yaml_parser() -> Finding:
    import yaml

    fast = hasattr(yaml, "CLoader")
    return Finding("YAML 读取", fast, "快速版" if fast else "缺快速版", "请重新安装 pyyaml。")


def _library(name: str) -> Finding:
    try:
        return Finding(name, True, installed(name))
    except PackageNotFoundError:
        return Finding(name, False, "没有安装", "请运行 sh scripts/build。")


def _room(settings: Settings) -> Finding:
    free = shutil.disk_usage(settings.root).free
    writable = os.access(settings.root, os.W_OK)
    seen = f"剩余 {free // 1024 // 1024} MB" + ("" if writable else "，不能写")
    return Finding("磁盘", writable and free > _FREE_BYTES, seen, "请腾出空间，或检查权限。")


def _last_build(settings: Settings, audience: Audience) -> Iterator[Finding]:
    current = OutputFolder(settings.build / audience).current()
    name = f"{audience.label}版本"
    if current is None:
        needed = audience is Audience.INTERNAL
        yield Finding(name, not needed, "还没有生成", "请运行 casebook build。")
        return
    yield Finding(name, True, _relative(current, settings.root))
    yield _index(current)


def _index(version: Path) -> Finding:
    from builder.search.library_index import LibraryIndex

    try:
        count = LibraryIndex.open(version / "index").verify()
    except CasebookError as error:
        return Finding("　检索索引", False, error.what, error.remedy)
    return Finding("　检索索引", True, f"{count} 个案例")


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
