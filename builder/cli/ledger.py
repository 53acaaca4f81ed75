"""The commands of the ledger: take exports in, show the board, write reports."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.cli.ledger_candidates import candidates_
from builder.cli.ledger_kept import kept_ledger
from builder.cli.ledger_output import board_json, put_import, put_preview, put_sheet
from builder.cli.ledger_signals import signals_
from builder.cli.main import OPTIONS, settings_of
from builder.cli.report import FORMAT, day_of, put_json, say, table, write_file
from builder.errors import WrongUseError

if TYPE_CHECKING:  # slow to import, and help does without
    from builder.intake.columns import Layout, Naming
    from builder.model.ledger import Ledger
    from builder.model.vocabulary import Vocabularies
    from builder.settings import Settings

_COLUMNS = "columns.yml"


@click.group(options_metavar=OPTIONS, subcommand_metavar="命令 [参数]")
def ledger() -> None:
    """投诉台账：导入 12315、12345 的导出表，看黑红绿台账，出日反馈和周通报。

    台账只在内部用，放在 ledger/ 文件夹，不进案例，也不进伙伴和公开版本。
    """


@ledger.command("import", options_metavar=OPTIONS)
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option(
    "--columns",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="列名对照（YAML）；不写就用 ledger/columns.yml，没有它就只认常用的列名。",
)
@click.option("--sheet", metavar="名称", help="只读这一张工作表，隐藏的也行。")
@click.option(
    "--as-of", metavar="时刻", help="导出的时刻，如 2026-11-24 17:30；不写就看表里最晚的。"
)
@click.option("--preview", is_flag=True, help="只看怎么认列、头几行读成什么，不写台账。")
@FORMAT
@click.pass_context
def import_(
    ctx: click.Context,
    file: Path,
    columns: Path | None,
    sheet: str | None,
    as_of: str | None,
    preview: bool,
    form: str,
) -> None:
    """导入一个导出表（.xlsx、.xlsm、.xls、.csv）：同一编号只更新，不重复。

    姓名、电话、门牌地址不存；公式和宏不运行。先加 --preview 看一看最稳妥。

    \b
    例：casebook ledger import 导出.xlsx --preview
    casebook ledger import 导出.csv --columns 对照.yml
    """
    from builder.intake.columns import layouts
    from builder.intake.ledger_import import merge, read_tickets, unread_tables
    from builder.intake.ledger_store import read_ledger, write_ledger, writing
    from builder.intake.read_export import read_export

    now = datetime.datetime.now().replace(second=0, microsecond=0)
    settings = settings_of(ctx)
    moment = _moment(as_of, now)
    words = _vocabularies(settings)
    naming = _naming(settings, columns, words)
    export = read_export(file)
    found = layouts(export, naming, sheet)
    for layout in found:
        if layout.missing():
            raise _lacking(layout, file)
    reading = read_tickets(found, naming, words, now)
    notes = [*export.notes, *(unread_tables(export, found) if sheet is None else [])]
    if preview:
        put_preview(export.kind, found, reading, words, notes, form)
        return
    with writing(settings):
        done = merge(reading, read_ledger(settings), moment)
        if done.ledger.tickets:
            write_ledger(settings, done.ledger, done.told())
    put_import(done, found, notes, settings, form)


@ledger.command("board", options_metavar=OPTIONS)
@click.option("--on", "on", metavar="日期", help="看哪一天的；不写就是台账最后的时刻。")
@click.option("--station", metavar="所", help="只看一个所。")
@click.option("--all", "everything", is_flag=True, help="没到期的也列出来。")
@FORMAT
@click.pass_context
def board_(
    ctx: click.Context, on: str | None, station: str | None, everything: bool, form: str
) -> None:
    """黑红绿台账：黑未受理，红在办，绿已办结；谁临期，谁超期，依据哪一条。

    例：casebook ledger board --on 2026-11-24
    """
    from builder.intake.board import Urgency, board, moment_of
    from builder.intake.report_sheet import (
        as_of_in_words,
        due_in_words,
        label_of,
        lights_in_words,
    )

    settings = settings_of(ctx)
    kept, words = kept_ledger(settings), _vocabularies(settings)
    day = day_of(on, "--on") if on else None
    kept = _of_station(kept, words, station)
    made = board(kept, words.calendar, moment_of(kept, day))
    if form == "json":
        put_json(board_json(made, words))
        return
    over, near = made.having(Urgency.OVER), made.having(Urgency.NEAR)
    click.secho(as_of_in_words(made), bold=True)
    say(lights_in_words(made))
    listed = made.opens if everything else (*over, *near)
    rows = [
        (
            one.ticket.light.label,
            one.urgency.label,
            one.ticket.number,
            due_in_words(one.dues[0], words),
            label_of(words, "dispute_types", one.ticket.dispute_type),
            label_of(words, "stations", one.ticket.station),
        )
        for one in listed
    ]
    if rows:
        table(rows, ("灯", "情况", "编号", "期限和依据", "类型", "所"))
    elif not everything:
        say("没有临期和超期的。")


@ledger.command("report", options_metavar=OPTIONS)
@click.option("--day", metavar="日期", help="出这一天的日反馈。")
@click.option("--week", metavar="日期", help="出这一天所在那一周（周一到周日）的周通报。")
@click.option(
    "--to",
    "out",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="写成一页：.html 打印，.docx 修改；不写就显示在这里。",
)
@FORMAT
@click.pass_context
def report_(
    ctx: click.Context, day: str | None, week: str | None, out: Path | None, form: str
) -> None:
    """日反馈、周通报：收办、黑红绿、挽回损失和各项比例，写明怎么算。

    \b
    例：casebook ledger report --day 2026-11-24
    casebook ledger report --week 2026-11-24 --to 周通报.docx
    """
    from builder.intake.report_sheet import day_sheet, week_sheet

    if bool(day) == bool(week):
        raise WrongUseError(
            "casebook ledger report", "要写 --day 或 --week，只写一个。", "如 --day 2026-11-24。"
        )
    if out is not None and out.suffix not in (".html", ".docx"):
        raise WrongUseError(
            "--to", f"不会写“{out.suffix}”文件。", "文件名请以 .html 或 .docx 结尾。"
        )
    settings = settings_of(ctx)
    kept, words = kept_ledger(settings), _vocabularies(settings)
    sheet = (
        day_sheet(kept, words, settings.name, day_of(day, "--day"))
        if day
        else week_sheet(kept, words, settings.name, day_of(week or "", "--week"))
    )
    if out is None:
        put_sheet(sheet, form)
        return
    if out.suffix == ".docx":
        from builder.intake.report_document import report_document

        content = report_document(sheet)
    else:
        from builder.pages.ledger_board import report_print
        from builder.site.docs_files import LEDGER_STYLES

        content = report_print(sheet, LEDGER_STYLES.read_text("utf-8")).encode()
    write_file(out, content)
    say(f"写好了：{out}")


ledger.add_command(signals_)
ledger.add_command(candidates_)


def _vocabularies(settings: "Settings") -> "Vocabularies":
    from builder.library.casebook import load_casebook

    return load_casebook(settings).vocabularies


def _of_station(kept: "Ledger", words: "Vocabularies", station: str | None) -> "Ledger":
    from dataclasses import replace

    if station is None:
        return kept
    ids = words["stations"].matching(station)
    if not ids:
        known = "、".join(term.label for term in words["stations"].walk())
        raise WrongUseError("--station", f"没有“{station}”这个所。", f"有：{known}。")
    return replace(kept, tickets=tuple(one for one in kept.tickets if one.station in ids))


def _naming(settings: "Settings", columns: Path | None, words: "Vocabularies") -> "Naming":
    from builder.errors import reason_of
    from builder.intake.columns import NO_NAMING, read_naming
    from builder.intake.words import check_naming

    path = columns or settings.ledger / _COLUMNS
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        if columns is None:
            return NO_NAMING
        raise WrongUseError(str(path), "没有这个列名对照文件。", "请核对文件名。") from None
    except OSError as error:
        raise WrongUseError(
            str(path), f"读不出来（{reason_of(error)}）。", "请核对文件名。"
        ) from error
    naming = read_naming(content, path.name)
    check_naming(naming, words, path.name)
    return naming


def _moment(as_of: str | None, now: datetime.datetime) -> datetime.datetime | None:
    if as_of is None:
        return None
    try:
        moment = datetime.datetime.fromisoformat(as_of)
    except ValueError as error:
        raise WrongUseError(
            "--as-of", f"“{as_of}”不是时刻。", "请写成 2026-11-24 17:30。"
        ) from error
    if len(as_of) <= len("2026-11-24"):
        moment = datetime.datetime.combine(moment.date(), datetime.time(23, 59))
    if moment.tzinfo or moment.date() > now.date():
        raise WrongUseError("--as-of", "这个时刻还没到，或带了时区。", "请核对。")
    return moment


def _lacking(layout: "Layout", file: Path) -> WrongUseError:
    from builder.intake.scrubbing import is_clean

    heads = [column.head for column in layout.columns if not column.field]
    heads = [head[:20] for head in heads if is_clean(head)][:12]
    missing = "、".join(layout.missing())
    place = f"{file.name} {layout.table.name}".strip()
    return WrongUseError(
        place,
        f"没有认出这几列：{missing}。没用上的列有：{'、'.join(heads) or '无'}。",
        f"请写一个对照文件（columns: 下面写“列名: {layout.missing()[0]}”），用 --columns 指明。",
    )
