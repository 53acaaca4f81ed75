"""Commands on case files: new, check, format, schema."""

import datetime
import json
from pathlib import Path
from typing import Any

import click

from builder.cli.main import settings_of
from builder.cli.report import FORMAT, counts, note, problem_json, put_json, put_problems, say
from builder.errors import WrongUseError
from builder.library.canonical_form import FormatError, canonical
from builder.library.casebook import load_casebook
from builder.library.new_case import next_id, write_new_case
from builder.library.yaml_reader import YamlFault, decode
from builder.whole_file import write_whole

SCHEMA_FILE = Path("schemas") / "case.schema.json"


@click.command()
@click.option("--title", help="标题，一行；不写就会问。")
@click.option("--from-docx", metavar="文件", help="收进一张填好的 Word 案例表（casebook form）。")
@click.option("--from-ticket", metavar="编号", help="从台账的一件工单起草，已知的都填好。")
@click.option(
    "--type", "dispute_types", multiple=True, help="纠纷类型的编号，可写几次，第一个是主要的。"
)
@click.option("--industry", help="行业的编号。")
@click.option("--claim", "claims", multiple=True, help="诉求的编号，可写几次。")
@click.option("--station", help="办理所的编号。")
@click.option("--channel", help="来源渠道的编号。")
@click.option("--received", help="收到的日期，如 2026-03-02；编号用这一年。")
@click.option("--amount", help="争议金额，单位元。")
@click.option("--facts", help="案情简介，先写几句也行。")
@click.pass_context
def new(ctx: click.Context, /, **given: Any) -> None:
    """新建一个案例：分配编号，写好一个带说明的文件。

    例：casebook new --title "健身卡退费争议" --type tuika --received 2026-03-02
    """
    settings = settings_of(ctx)
    number, file = given.pop("from_ticket"), given.pop("from_docx")
    if file:
        from builder.cli.word_form import new_from_docx

        if number or any(given.values()):
            raise WrongUseError(
                "--from-docx", "各项从表里取，不能和别的选项一起写。", "请去掉别的选项。"
            )
        ctx.exit(new_from_docx(settings, Path(file)))
    if number:
        from builder.cli.ledger_candidates import new_from_ticket

        _refuse_others(given)
        new_from_ticket(settings, number, given["title"])
        return
    given["title"] = given["title"] or click.prompt("标题（一行，讲清谁和谁争什么）")
    received = given["received"]
    try:
        year = datetime.date.fromisoformat(received[:10]).year if received else _today().year
    except ValueError as error:
        raise WrongUseError(
            "--received", f"“{received}”不是日期。", "请写成 2026-03-02。"
        ) from error
    names = {"received": "timeline.received", "amount": "amounts.disputed"}
    known = {names.get(name, name): value for name, value in given.items() if value}
    path = write_new_case(settings, next_id(settings, year), known)
    say(f"已建好 {path.relative_to(settings.root).as_posix()}")
    say("接下来：打开它补写各项，再运行 casebook check")


def _refuse_others(given: dict[str, Any]) -> None:
    """Refuse options that the ledger already answers."""
    if any(value for name, value in given.items() if name != "title"):
        raise WrongUseError(
            "--from-ticket", "各项从台账里取，不能和别的选项一起写。", "只能加 --title。"
        )


@click.command()
@click.option("--no-duplicates", is_flag=True, help="不找写重了的案例，快一些。")
@click.option("--writing", is_flag=True, help="也看写得够不够具体：出价、原话、四见、短板。")
@FORMAT
@click.pass_context
def check(ctx: click.Context, no_duplicates: bool, writing: bool, form: str) -> None:
    """检查全部案例、词表、复盘纪要和页面，一次列出所有问题。

    有错误时退出码为 1；只有提醒时为 0。
    """
    from builder.checks.inspection import inspect

    book = load_casebook(settings_of(ctx))
    problems = inspect(book, _today(), duplicates=not no_duplicates, writing=writing)
    errors, warnings = counts(problems)
    if form == "json":
        put_json(
            {
                "cases": len(book.cases),
                "errors": errors,
                "warnings": warnings,
                "problems": [problem_json(problem) for problem in problems],
            }
        )
    else:
        put_problems(problems)
        if problems:
            say()
        read = f"{len(book.cases)} 个案例、{len(book.sessions)} 份纪要、{len(book.pages)} 个页面"
        say(f"查了 {read}：{errors} 处错误，{warnings} 处提醒。")
    ctx.exit(1 if errors else 0)


@click.command("format")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="只看哪些需要整理，不改文件。")
@click.pass_context
def format_(ctx: click.Context, files: tuple[Path, ...], only_check: bool) -> None:
    """把案例文件整理成统一的样子：字段次序、段落、空行；注释保留，意思不变。

    不写文件名就整理全部案例。
    """
    settings = settings_of(ctx)
    chosen = files or tuple(
        path
        for year in sorted(settings.cases.glob("[0-9]*"))
        for path in sorted(year.glob("*.yml"))
    )
    changed, failed = 0, 0
    for path in chosen:
        try:
            before = path.read_bytes()
            after = canonical(decode(before), path.name).encode()
        except YamlFault as fault:
            note(f"跳过 {path}：{fault.what}{fault.remedy}")
            failed += 1
            continue
        except FormatError as error:
            note(f"跳过 {error.where}：{error.what}{error.remedy}")
            failed += 1
            continue
        if after != before:
            changed += 1
            say(f"{'需要整理' if only_check else '已整理'} {path}")
            if not only_check:
                write_whole(path, after)
    say(f"看了 {len(chosen)} 个文件，{'需要整理' if only_check else '整理了'} {changed} 个。")
    ctx.exit(1 if failed or (only_check and changed) else 0)


@click.command()
@click.option("--stdout", is_flag=True, help="打印出来，不写文件。")
@click.pass_context
def schema(ctx: click.Context, stdout: bool) -> None:
    """导出案例格式（JSON Schema），编辑器据此提示字段和编号。"""
    from builder.checks.schema import case_schema

    settings = settings_of(ctx)
    exported = case_schema(load_casebook(settings).vocabularies)
    text = json.dumps(exported, ensure_ascii=False, indent=1) + "\n"
    if stdout:
        click.echo(text, nl=False)
        return
    path = settings.root / SCHEMA_FILE
    path.parent.mkdir(exist_ok=True)
    write_whole(path, text.encode())
    say(f"已写好 {SCHEMA_FILE.as_posix()}")


def _today() -> datetime.date:
    return datetime.date.today()
