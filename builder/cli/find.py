"""Commands that find and show cases: search and show. They read the last build's index."""

from collections.abc import Iterable, Mapping
from typing import Any

import click

from builder.cli.main import settings_of
from builder.cli.report import FORMAT, note, put_json, say
from builder.errors import SurroundingsError, WrongUseError
from builder.search.hits import Hit
from builder.search.library_index import LibraryIndex
from builder.search.precedents import SearchResult, search
from builder.site.output import OutputFolder
from builder.text.excerpt import Piece

AUDIENCE = click.option(
    "--audience",
    type=click.Choice(["internal", "partner", "public"]),
    default="internal",
    show_default=True,
    help="在哪个版本里查。",
)
_FACETS = {
    "type": "类型",
    "industry": "行业",
    "claim": "诉求",
    "outcome": "结果",
    "method": "手法",
    "law": "法条",
    "place": "区县",
    "year": "年份",
    "amount": "金额",
    "date": "日期",
}


def facet_options(command: Any) -> Any:
    """Add an option for each facet; each is a field of the query language."""
    helps = {
        "amount": "金额范围，如 1000..5000。",
        "date": "日期范围，如 2026-01..2026-06。",
        "law": "法条，如 消法55。",
    }
    for name, field in reversed(_FACETS.items()):
        text = helps.get(name, f"只看这个{field}的，写名称或编号。")
        command = click.option(f"--{name}", metavar="值", help=text)(command)
    return command


@click.command("search")
@click.argument("query", nargs=-1)
@facet_options
@click.option(
    "--limit", type=click.IntRange(1, 200), default=10, show_default=True, help="最多列几个。"
)
@click.option("--offset", type=click.IntRange(0), default=0, help="跳过前几个。")
@AUDIENCE
@FORMAT
@click.pass_context
def search_(
    ctx: click.Context,
    /,
    query: tuple[str, ...],
    limit: int,
    offset: int,
    audience: str,
    form: str,
    **facets: str | None,
) -> None:
    """查案例。

    \b
    例：casebook search 健身 退卡
    casebook search '类型:预付式消费 结果:退款 金额:1000..'
    casebook search '"概不退款" -理发'
    casebook search SL-2025-0019
    """
    text = " ".join([*query, conditions_of(facets)])
    if not text.strip():
        raise WrongUseError("casebook search", "没有写要查什么。", "例如：casebook search 退卡")
    with open_index(ctx, audience) as index:
        result = search(index, text, limit, offset)
    _put(result, form, offset, f"没有找到“{text[:40]}”。")


@click.command()
@click.argument("case_id", metavar="编号")
@AUDIENCE
@FORMAT
@click.pass_context
def show(ctx: click.Context, case_id: str, audience: str, form: str) -> None:
    """看一个案例。例：casebook show SL-2025-0019"""
    from builder.index.sections import SECTION_NAMES

    with open_index(ctx, audience) as index:
        number = index.case_no(case_id.upper())
        if number is None:
            raise WrongUseError(case_id, "没有这个编号的案例。", "请用 casebook search 查一查。")
        shown = index.display(number)
    if form == "json":
        put_json(shown)
        return
    click.secho(f"{shown['id']}  {shown['card']['title']}", bold=True)
    for line in _card_lines(shown["card"]):
        click.secho(line, dim=True)
    for name, text in shown["sections"].items():
        if name not in ("title", "tags"):
            click.secho(f"\n【{SECTION_NAMES[name]}】", fg="cyan")
            say(text)


def open_index(ctx: click.Context, audience: str) -> LibraryIndex:
    """Open the index of the last build for an audience."""
    settings = settings_of(ctx)
    version = OutputFolder(settings.build / audience).current()
    if version is None:
        option = "" if audience == "internal" else f" --audience {audience}"
        raise SurroundingsError("检索索引", "还没有生成。", f"请先运行 casebook build{option}。")
    return LibraryIndex.open(version / "index")


def conditions_of(facets: Mapping[str, str | None]) -> str:
    """Return the facets that were given as conditions of the query language."""
    return " ".join(_condition(name, value) for name, value in facets.items() if value)


def _condition(name: str, value: str) -> str:
    text = value.replace('"', "")
    return f'{_FACETS[name]}:"{text}"' if " " in text else f"{_FACETS[name]}:{text}"


def _put(result: SearchResult, form: str, offset: int, nothing: str) -> None:
    if form == "json":
        put_json(_as_json(result))
        return
    for hint in result.hints:
        note(hint)
    if result.conditions:
        note("条件：" + "；".join(result.conditions))
    if result.suggestion:
        note(f"您是不是要找：{result.suggestion}")
    if not result.hits:
        say(nothing if result.total == 0 else "后面没有了。")
        if result.total == 0:
            note("可以试试：少写几个词，换个说法，或去掉条件。")
        return
    for number, hit in enumerate(result.hits, start=offset + 1):
        put_hit(number, hit)
        say()
    most = "至少 " if result.at_least else ""
    shown = (
        f"第 {offset + 1} 到 {offset + len(result.hits)} 个"
        if result.total > len(result.hits)
        else "全部列出"
    )
    note(f"共 {most}{result.total} 个，{shown}。看全文：casebook show 编号")


def put_hit(number: int, hit: Hit) -> None:
    """Print what a list shows of a case."""
    click.secho(f"{number:>2}. {hit.id}  ", bold=True, nl=False)
    say(_marked(hit.title))
    for line in _card_lines(hit.card):
        click.secho(f"    {line}", dim=True)
    if hit.snippet:
        say(f"    {hit.snippet.name}：{_marked(hit.snippet.pieces)}")
    if hit.matched:
        words = [
            f"{word}（{'、'.join(names[:3])}）" for word, names in list(hit.matched.items())[:4]
        ]
        click.secho("    命中：" + "，".join(words), dim=True)


def _card_lines(card: Any) -> Iterable[str]:
    sums = [
        f"{name} {card[key]} 元"
        for name, key in (("争议", "disputed"), ("请求", "claimed"), ("追回", "recovered"))
        if card[key]
    ]
    facts = [
        *card["types"],
        card["industry"],
        *card["outcomes"],
        "，".join(sums),
        card["place"],
        card["closed"],
    ]
    if card["sample"]:
        facts.append("示例")
    yield " · ".join(fact for fact in facts if fact)


def _marked(pieces: Iterable[Piece]) -> str:
    """Return pieces as one line, hits marked by colour (which a pipe takes away)."""
    return "".join(
        click.style(text, fg="yellow", bold=True) if is_hit else text for text, is_hit in pieces
    ).replace("\n", " ")


def _as_json(result: SearchResult) -> dict[str, Any]:
    return {
        "total": result.total,
        "at_least": result.at_least,
        "hints": list(result.hints),
        "conditions": list(result.conditions),
        "suggestion": result.suggestion,
        "hits": [
            {
                "id": hit.id,
                "title": hit.card["title"],
                "score": hit.score,
                "card": hit.card,
                "snippet": {
                    "section": hit.snippet.section,
                    "text": "".join(piece.text for piece in hit.snippet.pieces),
                }
                if hit.snippet
                else None,
                "matched": {word: list(names) for word, names in hit.matched.items()},
            }
            for hit in result.hits
        ],
    }
