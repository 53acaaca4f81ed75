"""The command that measures the ranking on questions whose answers are known."""

from collections.abc import Mapping
from pathlib import Path

import click

from builder.cli.main import settings_of
from builder.cli.report import FORMAT, note, put_json, say

_NAMES = {
    "two-looks": "two-looks（检索所用）",
    "exact": "exact（全部词项、完整倒排表）",
    "words": "words（分词后的 BM25）",
    "concepts": "concepts（检索所用，加上本库的同义词表）",
}


@click.command("eval")
@click.argument("dataset", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--ranking",
    "rankings",
    type=click.Choice(list(_NAMES)),
    multiple=True,
    help="只量这些排序；可以写几次。不写就全量。",
)
@click.option(
    "--baseline",
    type=click.Choice(list(_NAMES)),
    default="exact",
    show_default=True,
    help="其他排序与它逐题相比。",
)
@FORMAT
@click.pass_context
def eval_(
    ctx: click.Context, dataset: Path, rankings: tuple[str, ...], baseline: str, form: str
) -> None:
    """在有标准答案的问题集上量一量排序好不好。

    DATASET 文件夹里要有 corpus.jsonl.gz、queries*.jsonl.gz 和 qrels*.tsv.gz。
    """
    # numpy is slow to import: not for other commands
    from builder.library.casebook import load_casebook
    from builder.search.evaluation import interval, measure, read_corpus, read_questions
    from builder.search.trial_rankings import RANKINGS, Corpus
    from builder.text.concepts import Concepts

    sets = read_questions(dataset)
    documents = read_corpus(dataset)
    corpus = Corpus(documents)
    if form == "text":
        note(f"{len(corpus.documents)} 篇文档，{sum(len(one.questions) for one in sets)} 个问题。")
    chosen = list(dict.fromkeys([baseline, *(rankings or _NAMES)]))
    rank = {name: RANKINGS[name](corpus) for name in chosen if name != "concepts"}
    if "concepts" in chosen:
        groups = [
            (group.id, group.words)
            for group in load_casebook(settings_of(ctx)).vocabularies.concepts
        ]
        rank["concepts"] = RANKINGS["two-looks"](Corpus(documents, Concepts(groups)))
    told = []
    for one in sets:
        measured = {name: measure(rank[name], one.questions) for name in chosen}
        rows = []
        for name, values in measured.items():
            row: dict[str, object] = {"ranking": name}
            for key in ("ndcg", "reciprocal_rank", "recall"):
                found = interval(getattr(values, key))
                row[key] = [round(found.mean, 4), round(found.low, 4), round(found.high, 4)]
            if name != baseline:
                gain = interval(values.ndcg - measured[baseline].ndcg)
                row["difference"] = [round(gain.mean, 4), round(gain.low, 4), round(gain.high, 4)]
                row["significant"] = gain.excludes_zero
            rows.append(row)
        told.append({"set": one.name, "questions": len(one.questions), "rankings": rows})
    if form == "json":
        put_json(told)
        return
    for part in told:
        _put(part, baseline)


def _put(part: Mapping[str, object], baseline: str) -> None:
    """Print what was measured on one set."""
    say()
    say(f"问题集 {part['set'] or '（只有一套）'}，{part['questions']} 题；方括号内是 95% 区间")
    rows = part["rankings"]
    for row in rows if isinstance(rows, list) else []:
        say(f"  {_NAMES[row['ranking']]}")
        say(
            f"    nDCG@10 {_written(row['ndcg'])}  MRR@10 {_written(row['reciprocal_rank'])}"
            f"  Recall@100 {_written(row['recall'])}"
        )
        if "difference" in row:
            verdict = "差别显著" if row["significant"] else "看不出差别"
            say(f"    与 {baseline} 相比 nDCG@10 {_written(row['difference'], '+')}，{verdict}")


def _written(values: list[float], sign: str = "") -> str:
    mean, low, high = values
    return f"{mean:{sign}.4f} [{low:{sign}.4f}, {high:{sign}.4f}]"
