"""The Word form of a case: written empty or filled in, and read back."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.cli.main import settings_of
from builder.cli.report import say, write_file
from builder.errors import WrongUseError, reason_of

if TYPE_CHECKING:  # slow to import, and help does without
    from builder.settings import Settings

_ENDING = ".docx"


@click.command()
@click.argument("file", metavar="文件.docx", type=click.Path(path_type=Path))
@click.argument("case_id", metavar="[编号]", required=False)
@click.pass_context
def form(ctx: click.Context, file: Path, case_id: str | None) -> None:
    """出一张 Word 案例表：空的，或者照已有的案例填好，给习惯用 Word 的同事。

    填好交回来，用 casebook new --from-docx 收进案例库。

    例：casebook form 案例表.docx
    """
    from builder.intake.word_form import word_form
    from builder.library.casebook import load_casebook

    if file.suffix.lower() != _ENDING:
        raise WrongUseError(str(file), "案例表是 Word 文件。", "文件名请以 .docx 结尾。")
    book = load_casebook(settings_of(ctx))
    if case_id is None:
        content = word_form(book.vocabularies)
    else:
        item = next((one for one in book.cases if one.case.id == case_id.upper()), None)
        if item is None:
            raise WrongUseError(
                case_id, "没有这个编号的案例，或者读不出来。", "请用 casebook check 核对。"
            )
        content = word_form(book.vocabularies, item.case, item.source.text)
    write_file(file, content)
    say(f"写好了：{file}")


def new_from_docx(settings: "Settings", file: Path) -> int:
    """File the case that a Word form holds, as `casebook inbox` files those of the page.

    Returns:
        0 where it was filed, 1 where it was not; what is wrong has been said.

    Raises:
        WrongUseError: the file is not there, or is no form.
    """
    import datetime

    from builder.checks.form_fields import title_of
    from builder.intake.inbox import Arrival, plan_inbox
    from builder.intake.inbox_folder import case_files, receiving, write_case
    from builder.intake.word_form_reader import MAX_FILE, form_text
    from builder.library.casebook import load_casebook, read_files
    from builder.library.new_case import next_id

    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_FILE + 1)
    except OSError as error:
        raise WrongUseError(
            str(file), f"读不出来（{reason_of(error)}）。", "请核对文件名。"
        ) from error
    today = datetime.date.today()
    with receiving(settings):
        read = read_files(settings)
        book = load_casebook(settings, read)
        text = form_text(content, file.name, book.vocabularies, next_id(settings, today.year))
        (outcome,) = plan_inbox([Arrival(file.name, text.encode())], book, case_files(read), today)
        write_case(settings, outcome)
    say(f"{outcome.fate.label}  {file.name}{f' → {outcome.path}' if outcome.text else ''}")
    if outcome.why:
        say(f"        {outcome.why}")
    for line in outcome.diff:
        say(f"        {line}")
    for problem in outcome.problems:
        title = title_of(book.vocabularies, problem.field) or problem.field
        say(f"        {title}：{problem.what}{problem.remedy}")
    return 0 if outcome.fate.is_done else 1
