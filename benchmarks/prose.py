"""The prose of a synthetic case: clause templates, and the words that fill their slots.

`%s` is a slot for a word, `#` for a sum, `@` for a person as cases name one (赵女士). The
fixed parts are short, so that two cases have few runs of five characters in common. After
a word for a person comes a fixed word, never a slot: no slot can pass for a name.
"""

import random
from collections.abc import Sequence

from benchmarks.words import WordList, made_up

TITLES = ("%s%s起争议，%s与%s", "%s的%s没%s，%s怎么算", "买%s遇%s，%s之后%s")
SUMMARIES = ("先%s再%s，%s%s后了结，%s也%s。", "%s说不清%s，靠%s把%s%s讲明，按%s办。")

FACTS = (
    "@在某%s店办了%s，%s后%s",
    "付了#元，约定%s%s",
    "当天%s%s，%s没有%s",
    "随后%s，%s还是%s",
    "%s写着%s，%s却%s",
    "对方称%s%s，要%s",
    "@说%s%s，%s不该%s",
    "为此%s%s，来回%s",
    "其间%s，%s又%s%s",
    "票据上%s，%s不符",
    "前后%s%s，共#元",
    "%s也%s，%s%s",
    "起先%s，后来%s%s",
    "经查%s，%s与%s",
    "同批%s，%s%s也%s",
    "按%s的%s，应%s",
    "于是%s%s，提出%s",
    "双方就%s，%s%s不下",
)
POSITIONS = (
    "要求退#元，并%s",
    "认为%s，%s不能%s",
    "%s可以%s，但%s",
    "最多#元，%s%s免谈",
    "坚持%s%s",
)
ISSUES = ("%s算不算%s", "%s之后还能不能%s%s", "%s该由哪一方%s", "%s%s按什么%s")
EVIDENCE = (
    "调取%s%s，有#元%s",
    "核对%s，%s%s属实",
    "%s没有%s，%s存疑",
    "封存%s，拍下%s%s",
    "比对%s和%s，差%s",
)
PROCESS = (
    "先%s%s，听双方%s",
    "再分开谈%s，%s%s",
    "@说%s，%s不让",
    "店主称%s，只肯给#元",
    "第一次%s，%s没谈拢",
    "又%s%s，把%s摆开",
    "拿出%s，讲%s%s",
    "提出#元，%s折中",
    "劝其%s，%s也%s",
    "当面%s，%s%s写明",
    "约好%s，%s再谈",
)
TURNING = ("翻到%s，%s%s露了底", "%s一算，%s%s自己改口", "看过%s，%s不再%s")
RESULT = (
    "双方同意退#元",
    "%s当场%s，%s另计",
    "余下%s%s，分%s办",
    "签了%s，%s作罢",
    "回访时%s%s已%s",
)
ANALYSIS = (
    "本案难在%s，%s%s",
    "依规定%s，%s应%s",
    "若%s，则%s%s",
    "%s与%s不同，不能%s",
    "把%s讲清，%s%s自明",
)
GOOD = ("先%s%s，没让%s拖住。", "%s做得早，%s%s省了事。")
WEAK = ("%s没问%s，%s%s补不回来。", "到%s晚了，%s已%s。", "忘了%s%s，%s重来。")
REUSABLE = ("%s三看：%s、%s、%s。", "先%s，再%s，后%s%s。")
TIPS = ("%s前先%s%s", "留好%s，%s别%s", "遇%s，及时%s%s", "%s要写明%s", "不要%s%s，%s更稳")
SIGHTS = ("见了%s，%s%s。", "看过%s%s，%s在。", "因%s%s没见到%s。")


class Words:
    """The words of one case: drawn ahead, taken in order."""

    _AHEAD = 320

    def __init__(
        self,
        rng: random.Random,
        chars: WordList,
        of_type: WordList,
        of_industry: WordList,
        background: WordList,
    ) -> None:
        private = WordList(tuple(made_up(rng, chars, 12)), tuple(range(1, 13)))
        drawn = [
            *private.draw(rng, self._AHEAD * 20 // 100),
            *of_type.draw(rng, self._AHEAD * 30 // 100),
            *of_industry.draw(rng, self._AHEAD * 25 // 100),
            *background.draw(rng, self._AHEAD * 25 // 100),
        ]
        rng.shuffle(drawn)
        self._left = drawn
        self._rng = rng
        self._person = rng.choice("王李张刘陈杨赵黄周吴") + rng.choice(("女士", "先生"))

    def draw(self, count: int) -> list[str]:
        return [self._left.pop() for _ in range(count)]

    def fill(self, template: str) -> str:
        """Return the template with its slots filled."""
        text = template % tuple(self.draw(template.count("%s")))
        if "#" in text:
            text = text.replace("#", str(round(20 + self._rng.lognormvariate(6.8, 1.3))))
        return text.replace("@", self._person)


def prose_lines(rng: random.Random, words: Words) -> list[str]:
    """Return the lines of all sections, some 800 to 1,100 characters of text."""

    def text(templates: Sequence[str], least: int, most: int) -> str:
        """Return sentences of about three clauses each."""
        parts = [words.fill(one) for one in _run(rng, templates, rng.randint(least, most))]
        sentences = [parts[at : at + 3] for at in range(0, len(parts), 3)]
        return "".join("，".join(sentence) + "。" for sentence in sentences)

    def block(name: str, content: str, indent: str = "") -> list[str]:
        return [f"{indent}{name}: |-", f"{indent}  {content}"]

    lines = ["", *block("facts", text(FACTS, 14, 18))]
    lines += ["", "positions:"]
    lines += block("consumer", text(POSITIONS, 3, 4), "  ")
    lines += block("business", text(POSITIONS, 3, 4), "  ")
    lines += ["", "issues:"]
    lines += [f"  - {words.fill(one)}" for one in _run(rng, ISSUES, rng.randint(2, 3))]
    lines += ["", *block("evidence", text(EVIDENCE, 4, 5))]
    first, second = text(PROCESS, 7, 9), text(PROCESS, 7, 9)
    lines += ["", *block("process", first), "", f"  {second}"]
    lines += ["", *block("turning_point", text(TURNING, 2, 3))]
    lines += ["", *block("result", text(RESULT, 4, 5))]
    lines += ["", *block("analysis", text(ANALYSIS, 5, 5))]
    lines += ["", "lessons:", "  good:", f"    - {words.fill(rng.choice(GOOD))}"]
    lines += ["  weak:", f"    - {words.fill(rng.choice(WEAK))}"]
    if rng.random() < 0.3:
        lines += [f"    - text: {words.fill(rng.choice(WEAK))}", "      internal: true"]
    lines += ["  reusable:", f"    - {words.fill(rng.choice(REUSABLE))}"]
    lines += ["", "tips:"]
    lines += block("consumer", text(TIPS, 3, 4), "  ")
    lines += block("business", text(TIPS, 3, 4), "  ")
    return lines


def _run(rng: random.Random, templates: Sequence[str], count: int) -> list[str]:
    """Return `count` different templates in their order, or all."""
    chosen = sorted(rng.sample(range(len(templates)), k=min(count, len(templates))))
    return [templates[at] for at in chosen]


def sight_lines(rng: random.Random, words: Words) -> list[str]:
    lines = []
    for name in ("person", "scene", "problem", "result"):
        seen = rng.random() < 0.75
        note = words.fill(rng.choice(SIGHTS[:2]) if seen else SIGHTS[2])
        lines.append(f"  {name}: {{seen: {str(seen).lower()}, note: {note}}}")
    return lines
