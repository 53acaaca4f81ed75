"""Commands that make the site: build, serve."""

import datetime
import logging
from pathlib import Path

import click

from builder.cli.main import settings_of
from builder.cli.report import counts, note, progress, say
from builder.errors import SurroundingsError, WrongUseError
from builder.model.audience import Audience


@click.command("build")
@click.option(
    "--audience",
    type=click.Choice([str(audience) for audience in Audience]),
    default="internal",
    show_default=True,
    help="给谁看：internal 内部，partner 伙伴工作室，public 公开。",
)
@click.option("--out", type=click.Path(path_type=Path), help="放到哪个文件夹；不写则放 build/ 下。")
@click.option("--drafts", is_flag=True, help="连草稿一起生成（只限内部）。")
@click.option("--clean", is_flag=True, help="全部重做，不用上次留下的部分。")
@click.pass_context
def build_(ctx: click.Context, audience: str, out: Path | None, drafts: bool, clean: bool) -> None:
    """检查案例，生成网站和检索索引。

    有错误就不生成，上一次的结果原样保留。
    """
    from builder.site.stages import BuildRequest, build

    settings = settings_of(ctx)
    chosen = Audience(audience)
    if drafts and chosen is not Audience.INTERNAL:
        raise WrongUseError("--drafts", "草稿不能给外面看。", "请去掉 --drafts，或用内部版本。")
    request = BuildRequest(
        settings=settings,
        audience=chosen,
        out=(out or settings.build / audience).resolve(),
        today=datetime.date.today(),
        drafts=drafts,
        clean=clean,
    )
    with progress() as tell:
        report = build(request, tell)
    _, warnings = counts(report.warnings)
    if not report.changed:
        say(f"没有变化：{report.cases} 个案例，{report.pages} 个页面。")
    else:
        seconds = sum(report.seconds.values())
        made = f"{report.cases} 个案例，{report.pages} 个页面，用时 {seconds:.1f} 秒"
        say(f"已生成{chosen.label}版本：{made}。")
        if chosen is Audience.PUBLIC and chosen not in settings.addresses:
            note("casebook.toml 的 [addresses] 没有写 public：订阅里的链接是相对的，没有网站地图。")
        if warnings:
            note(f"另有 {warnings} 处提醒，运行 casebook check 查看。")
    linked = request.out / "current" / "site" / "index.html"
    say(f"打开看：{linked if linked.exists() else report.start_page}")


@click.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="端口。"
)
@click.pass_context
def serve(ctx: click.Context, port: int) -> None:
    """边写边看：在本机打开网站，案例一改就自动刷新（内部版本）。按 Ctrl-C 结束。"""
    from mkdocs.commands.serve import serve as mkdocs_serve

    settings = settings_of(ctx)
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    say(f"在浏览器打开 http://127.0.0.1:{port}/ ；按 Ctrl-C 结束。")
    try:
        mkdocs_serve(str(settings.root / "mkdocs.yml"), dev_addr=f"127.0.0.1:{port}")
    except OSError as error:
        raise SurroundingsError(
            f"端口 {port}", "用不了，多半是别的程序占着。", "请用 --port 换一个。"
        ) from error
