"""The command that lists tickets worth writing up, and the making of a draft from one."""

from typing import TYPE_CHECKING

import click

from builder.cli.ledger_kept import kept_ledger
from builder.cli.main import OPTIONS, settings_of
from builder.cli.report import FORMAT, put_json, say
from builder.errors import WrongUseError

if TYPE_CHECKING:  # slow to import, and help does without
    from builder.settings import Settings


@click.command("candidates", options_metavar=OPTIONS)
@click.option(
    "--limit", type=click.IntRange(1, 200), default=20, show_default=True, help="列几件。"
)
@FORMAT
@click.pass_context
def candidates_(ctx: click.Context, limit: int, form: str) -> None:
    """值得写成案例的工单：少见的类型和结果、近来多的、挽回多的、群体的，附最像的已有案例。

    例：casebook ledger candidates --limit 10
    """
    from builder.checks.clearance import clear
    from builder.intake.candidates import candidates, labels_of
    from builder.library.casebook import load_casebook
    from builder.model.audience import Audience

    settings = settings_of(ctx)
    ledger = kept_ledger(settings)
    cleared = clear(load_casebook(settings), Audience.INTERNAL)
    words = cleared.vocabularies
    found = candidates(ledger, words, cleared.cases, limit)
    if form == "json":
        put_json(
            [
                {
                    "number": one.ticket.number,
                    "points": one.points,
                    "reasons": list(one.reasons),
                    "alike": one.is_told,
                    "nearest": [{"id": near.id, "share": near.share} for near in one.nearest],
                    **labels_of(one, words),
                }
                for one in found
            ]
        )
        return
    for one in found:
        labels = labels_of(one, words)
        told = [labels["industry"], labels["type"], labels["outcomes"], labels["closed"]]
        click.secho(f"{one.points:>3} 分  {one.ticket.number}", bold=True, nl=False)
        say(f"  {'，'.join(part for part in told if part)}")
        say(f"        {'；'.join(one.reasons)}。")
        if one.nearest:
            near = "；".join(f"{case.id} {case.title}" for case in one.nearest)
            say(f"        {'已有很像的案例' if one.is_told else '最像的案例'}：{near}")
    say(
        "写成案例：casebook new --from-ticket 编号"
        if found
        else "没有够条件的：已办结、分好类型、还没写成案例的工单里没有特别的。"
    )


def new_from_ticket(settings: "Settings", number: str, title: str | None) -> None:
    """Make the draft of a case from a ticket, and note in the ledger which one.

    The ledger is written first: after a power cut the same id is used again.

    Raises:
        WrongUseError: there is no such ticket, or its case is there already.
    """
    from dataclasses import replace

    from builder.checks.clearance import clear
    from builder.intake.candidates import nearest_cases
    from builder.intake.ledger_store import ledger_from, rewrite_tickets, writing
    from builder.intake.ticket_case import draft_of
    from builder.library.casebook import load_casebook
    from builder.library.new_case import next_id, write_new_case
    from builder.model.audience import Audience

    book = load_casebook(settings)
    with writing(settings):
        ledger = kept_ledger(settings)
        ticket = next((one for one in ledger.tickets if one.number == number), None)
        if ticket is None:
            raise WrongUseError(
                "--from-ticket", "台账里没有这个编号的工单。", "请用 casebook ledger board 核对。"
            )
        case_id = ticket.case_id or next_id(settings, ticket.received.year)
        if ticket.case_id and list(settings.cases.rglob(f"{case_id}.yml")):
            raise WrongUseError("--from-ticket", f"已经写成 {case_id}。", "请打开它接着写。")
        others = tuple(one for one in ledger.tickets if one is not ticket)
        marked = replace(ticket, case_id=case_id)
        rewrite_tickets(settings, ledger_from((*others, marked), ledger.as_of))
        draft = draft_of(ticket, book.vocabularies)
        known = {**draft.known, **({"title": title} if title else {})}
        path = write_new_case(settings, case_id, known, draft.notes)
    say(f"已建好 {path.relative_to(settings.root).as_posix()}")
    for note in draft.notes:
        say(f"请看：{note}")
    cases = clear(book, Audience.INTERNAL).cases
    near = nearest_cases(ticket, cases, book.vocabularies)
    if near:
        say(f"先看看最像的：{'；'.join(f'{one.id} {one.title}' for one in near)}，也许不必再写。")
    say("接下来：打开它补写各项，再运行 casebook check")
