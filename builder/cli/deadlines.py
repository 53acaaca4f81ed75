"""The command that counts the days of a complaint."""

import click

from builder.cli.main import settings_of
from builder.cli.report import FORMAT, day_of, put_json, say
from builder.errors import WrongUseError


@click.command("deadlines")
@click.argument("received")
@click.option("--accepted", help="受理的日期；还没决定就不写，按最晚的一天推算。")
@FORMAT
@click.pass_context
def deadlines_(ctx: click.Context, received: str, accepted: str | None, form: str) -> None:
    """数期限：最晚哪天决定受理，最晚哪天调完或终止，依据哪一条。

    RECEIVED 是收到投诉的日期，如 2026-10-12。
    """
    from builder.library.casebook import load_casebook
    from builder.model.statute import parse_citation
    from builder.search.deadlines import deadlines

    came = day_of(received, "RECEIVED")
    taken = day_of(accepted, "--accepted") if accepted else None
    if taken and taken < came:
        raise WrongUseError("--accepted", "受理早于收到。", "请核对两个日期。")
    vocabularies = load_casebook(settings_of(ctx)).vocabularies
    found = deadlines(came, taken, vocabularies.calendar)
    rows = []
    for one in found:
        citation = parse_citation(one.citation)
        article = vocabularies.statutes.label(citation) if citation else one.citation
        rows.append((one, article))
    if form == "json":
        put_json(
            [
                {
                    "step": one.step,
                    "day": one.day.isoformat(),
                    "counted": one.counted,
                    "citation": one.citation,
                    "article": article,
                    "note": one.note,
                    "provisional": one.is_provisional,
                    "holidays_known": one.is_known,
                }
                for one, article in rows
            ]
        )
        return
    for one, article in rows:
        say(f"{one.day.isoformat()}  {one.step}")
        say(f"            {one.counted}，{article}")
        if one.is_provisional:
            say("            还没受理：从最晚受理的那天推算，受理以后请再数一次。")
        if one.note:
            say(f"            {one.note}")
        if not one.is_known:
            say("            节假日表没有写到这一年，只按周末数；请补 holidays.yml 再数。")
    say("鉴定、检测用的时间不算在调解期限里。")
