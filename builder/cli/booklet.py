"""The command that prints a volume."""

import datetime
from pathlib import Path

import click

from builder.cli.find import AUDIENCE
from builder.cli.main import settings_of
from builder.cli.report import say, write_file
from builder.errors import WrongUseError
from builder.model.audience import Audience


@click.command()
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("案例册.pdf"),
    show_default=True,
    help="写到哪个文件：.pdf 印刷，.docx 用 Word 改。",
)
@click.option("--year", "years", multiple=True, metavar="年份", help="只收这一年结的；可以写几次。")
@click.option("--type", "types", multiple=True, metavar="类型", help="只收这一类；可以写几次。")
@click.option("--station", "stations", multiple=True, metavar="所", help="只收这个所的。")
@click.option("--id", "ids", multiple=True, metavar="编号", help="只收这几件；可以写几次。")
@click.option("--title", default="", metavar="书名", help="封面上的书名；不写就用案例库的名称。")
@AUDIENCE
@click.pass_context
def booklet(
    ctx: click.Context,
    out: Path,
    years: tuple[str, ...],
    types: tuple[str, ...],
    stations: tuple[str, ...],
    ids: tuple[str, ...],
    title: str,
    audience: str,
) -> None:
    """把案例印成册：PDF 或 Word，带目录、统计、法条索引和关键词索引。

    \b
    例：casebook booklet --year 2026 --out 2026年案例册.pdf
    casebook booklet --audience public --type 预付式消费 --out 预付卡.docx
    """
    from builder.booklet.selection import Selection, select
    from builder.booklet.volume import make_volume
    from builder.site.prepare import prepare

    if out.suffix not in (".pdf", ".docx"):
        remedy = "文件名请以 .pdf 或 .docx 结尾。"
        raise WrongUseError("--out", f"不会写“{out.suffix}”文件。", remedy)
    cleared = prepare(settings_of(ctx), Audience(audience), datetime.date.today()).cleared
    chosen = select(cleared, Selection(years, types, stations, tuple(one.upper() for one in ids)))
    volume = make_volume(cleared, chosen, title)
    if out.suffix == ".docx":
        from builder.booklet.docx import docx_bytes

        content = docx_bytes(volume)
    else:
        from builder.booklet.pdf import pdf_bytes

        content = pdf_bytes(volume)
    write_file(out, content)
    say(f"印好了：{out}，{volume.count}。")
