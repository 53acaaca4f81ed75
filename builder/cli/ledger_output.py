"""What the commands of the ledger print: previews, accounts of imports, boards and reports."""

from typing import TYPE_CHECKING, Any

import click

from builder.cli.report import note, put_json, say, table

if TYPE_CHECKING:  # slow to import, and help does without
    from collections.abc import Mapping, Sequence

    from builder.intake.board import Board
    from builder.intake.columns import Layout
    from builder.intake.ledger_import import Import, Reading, Rejected
    from builder.intake.report_sheet import Sheet
    from builder.model.vocabulary import Vocabularies
    from builder.settings import Settings

_LISTED = 30  # rows and words named on a screen; the file of the import has all
_SHOWN = 3  # tickets in a preview


def put_preview(
    kind: str,
    found: "list[Layout]",
    reading: "Reading",
    words: "Vocabularies",
    notes: list[str],
    form: str,
) -> None:
    """Print how the columns of a file are taken, and what its first rows give."""
    from builder.intake.columns import LABELS
    from builder.intake.ledger_store import record_of

    tickets = [record_of(read.ticket) for _, read in reading.found[:_SHOWN]]
    if form == "json":
        put_json(
            {
                "kind": kind,
                "tables": [
                    {
                        "sheet": one.table.name,
                        "head_row": one.table.rows[one.head_row].number,
                        "columns": [
                            {"head": column.head, "field": column.field or None}
                            for column in one.columns
                        ],
                    }
                    for one in found
                ],
                "tickets": tickets,
                "rows": reading.rows,
                "readable": len(reading.found),
                "rejected": len(reading.rejected),
                "notes": notes,
            }
        )
        return
    say(f"{kind}。")
    for one in found:
        sheet = f"工作表“{one.table.name}”" if one.table.name else "表格"
        say(f"{sheet}，表头在第 {one.table.rows[one.head_row].number} 行：")
        table(
            [
                (_letters(column.place), column.head, _use(column.field, LABELS))
                for column in one.columns
            ],
            ("列", "列名", "当作"),
        )
    say(f"共 {reading.rows} 行，读得出 {len(reading.found)} 件。头几件读成：")
    for record in tickets:
        say("  " + "；".join(_shown(name, value, words) for name, value in record.items()))
    _put_rejected(reading.rejected, "")
    for one_note in notes:
        note(one_note)
    note("只是预览，台账没有动。")


def _use(field: str, labels: "Mapping[str, str]") -> str:
    if not field:
        return "（没认出，不存）"
    return {"private": "（隐私，不存）", "ignored": "（不要）"}.get(field, labels[field])


def _shown(name: str, value: Any, words: "Vocabularies") -> str:
    from builder.intake.columns import LABELS, VOCABULARY_OF
    from builder.intake.report_sheet import label_of

    label = LABELS.get(name, "别的词")
    values = value if isinstance(value, list) else [value]
    if name == "other_words":
        return f"{label} " + "、".join(f"{LABELS[field]}“{word}”" for field, word in values)
    if name in VOCABULARY_OF:
        values = [label_of(words, VOCABULARY_OF[name], one) for one in values]
    told = "、".join(
        {"True": "是", "False": "否"}.get(str(one), str(one)) for one in values
    ).replace("\n", " ")
    return f"{label} {told[:40] + '…' if len(told) > 40 else told}"


def _letters(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def put_import(
    done: "Import", found: "list[Layout]", notes: list[str], settings: "Settings", form: str
) -> None:
    """Print the account of an import: every row is in one of its numbers."""
    from builder.intake.ledger_store import IMPORT_FILE
    from builder.model.case import written_moment

    if form == "json":
        put_json({**done.told(), "notes": notes})
        return
    repeated = sum(one.repeated for one in done.rejected)
    inside = f"（其中重复的 {repeated} 行）" if repeated else ""
    say(
        f"读了 {done.read} 行 = 新增 {done.imported} + 更新 {done.updated}"
        f" + 没有变化 {done.unchanged} + 没收 {len(done.rejected)}{inside}。"
    )
    if done.ledger.tickets:
        as_of = written_moment(done.ledger.as_of)
        say(f"台账共 {len(done.ledger.tickets)} 件，截至 {as_of}。")
    full = str(settings.ledger / IMPORT_FILE)
    _put_rejected(done.rejected, full)
    for remark in done.remarks[:_LISTED]:
        note(f"  {remark.place.label}：{remark.what}。")
    if len(done.remarks) > _LISTED:
        note(f"  这样的提醒还有 {len(done.remarks) - _LISTED} 条，见 {full}")
    _put_words(done, full)
    unused = [column.head[:20] for layout in found for column in layout.columns if not column.field]
    if unused:
        note(f"没用上的列：{'、'.join(dict.fromkeys(unused))}。")
    for one in notes:
        note(one)


def _put_rejected(rejected: "Sequence[Rejected]", full: str) -> None:
    for one in rejected[:_LISTED]:
        say(f"  没收  {one.place.label}：{one.reason}")
    if len(rejected) > _LISTED:
        where = f"，见 {full}" if full else ""
        say(f"  没收的还有 {len(rejected) - _LISTED} 行{where}")


def _put_words(done: "Import", full: str) -> None:
    from builder.intake.columns import LABELS

    if not done.other_words:
        return
    note("词表里没有的词（照原样记着，没有归类；可在对照文件的 words: 下写明是哪个词）：")
    for word, count in done.other_words[:_LISTED]:
        note(f"  {LABELS[word.field]}“{word.word}”{count} 件")
    if len(done.other_words) > _LISTED:
        note(f"  还有 {len(done.other_words) - _LISTED} 个，见 {full}")


def board_json(made: "Board", words: "Vocabularies") -> dict[str, Any]:
    """Return a board as `--format json` gives it: the open tickets and what is due."""
    from builder.intake.ledger_store import record_of
    from builder.model.case import written_moment

    return {
        "at": written_moment(made.at),
        "as_of": written_moment(made.as_of),
        "counts": {str(light): count for light, count in made.counts().items()},
        "open": [
            {
                "number": one.ticket.number,
                "light": str(one.ticket.light),
                "urgency": str(one.urgency),
                "dues": [
                    {
                        "step": str(due.step),
                        "by": due.by.isoformat(),
                        "urgency": str(due.urgency),
                        "by_law": due.step.by_law,
                        "citation": due.citation,
                        "provisional": due.is_provisional,
                        "holidays_known": due.is_known,
                    }
                    for due in one.dues
                ],
                "ticket": record_of(one.ticket),
            }
            for one in made.opens
        ],
    }


def put_sheet(sheet: "Sheet", form: str) -> None:
    """Print a report."""
    if form == "json":
        put_json(
            {
                "title": sheet.title,
                "subtitle": sheet.subtitle,
                "lead": dict(sheet.lead),
                "tables": [
                    {"title": grid.title, "head": list(grid.head), "rows": grid.rows}
                    for grid in sheet.grids
                ],
                "notes": list(sheet.notes),
            }
        )
        return
    click.secho(sheet.title, bold=True)
    say(sheet.subtitle)
    for label, text in sheet.lead:
        say(f"{label}　{text}")
    for grid in sheet.grids:
        say()
        click.secho(grid.title, bold=True)
        if grid.rows:
            table(grid.rows, grid.head)
        else:
            say("没有。")
        if grid.note:
            say(grid.note)
    say()
    for one in sheet.notes:
        note(one)
