"""The browser's analyzer, query, ticket and amounts say what ours say, far beyond the golden files."""

import json
import random
import re
import subprocess
from collections import Counter
from itertools import cycle
from typing import Any

import pytest

from builder.index.term_choice import query_weight
from builder.library.casebook import load_casebook
from builder.search.query import as_plain, parse
from builder.settings import load_settings
from builder.text.amount import read_amounts
from builder.text.analyzer import count_terms, tokens
from builder.text.concepts import Concepts, is_concept
from builder.text.excerpt import excerpt
from builder.text.folding import fold_text
from builder.text.ticket import parse_ticket
from tests.conftest import ROOT

RUNNER = ROOT / "tests" / "client" / "twin_runner.mjs"
TERMS = ["退款", "消费", "合同", "退", "vip", "#tuika", "#latin", "#astral"]
LENGTHS = [40, 1, 2, 5, 9, 16, 23, 60]  # of excerpts, by turns
MOST_REPEATS = 70
# Every code point of the blocks that are folded, and those next to them.
CHARACTERS = "".join(
    chr(code)
    for low, high in ((0, 0x3500), (0x4DA0, 0x4E20), (0x9FE0, 0xA010), (0xABF0, 0xD800), (0xE000, 0xE010),
                      (0xF8F0, 0x10000), (0x1D3F0, 0x1D810), (0x1F0F0, 0x1F310), (0x1FFF0, 0x20010),
                      (0x2F7F0, 0x2FA30), (0x3FFF0, 0x40000), (0xE00F0, 0xE0200))
    for code in range(low, high)
)  # fmt: skip
SIMPLIFIED = (ROOT / "builder" / "text" / "simplified.txt").read_text("utf-8").replace("\n", "")

BITS = [
    "退卡", "退會員費", "霸王條款", "7天无理由", "跑路", "的了", "預付卡", "ＶＩＰ卡", "app", "happy", "ＫＴＶ",
    *"〇退㍻ﬃ½Åſİßａ７ｶﾞ가の·、，。；：！？ \n\t\r\f\v\x00\x1c\x1f\x85\xa0\u2003\u2028\u202f\u3000",
    *"\u200b\u200d\ufeff\u0301\u0308\ufe0f\u00ad\u1100\u1161\ue000ΣςσΑΪЖ№℃㎡①㈱Ⅳ⁄",
    "\ud800", "\udfff", "𠮷", "𠮷野家", "𡀀", "😀", "👨\u200d👩\u200d👧", "🈚", "𝐀", "\U0002f804", "\U000e0101",
    "OR", "ＯＲ", "|", "｜", "-", "－", "−", "--", "“", "”", '"', "＂", "「", "」", "『", "』", ":", "//",
    "类型:", "類型：", "金额:", "追回:", "日期:", "年份:", "法条:", "编号:", "标题:", "颜色:", "foo:",
    "1000..", "..", "...", "…", "～", "至", "到", "以上", "元以下", "2026-01", "2026年3月", "2026.3.15", "2026",
    "第五十五条", "第一款", "之一", "消法55", "xiaobaofa#55.1", "《民法典》", "一一六五", "SL-2026-0016", "sl–2024–0033",
    "商户名称：", "【商户名称】", "[ 问题描述 ]:", "发生时间:", "消费金额：", "问题描述：", "主要诉求：", "商家：", "电话:",
    "诉求：", "要求:", "联系电话：", "大唐超市", "健身房", "退货", "赔偿损失", "食品安全", "1、", "（2）", "(3)", "十．",
    "3,000", "1.2", "0.29", "12345678", "3", "5", "万", "千", "亿", "百", "元", "块", "块钱", "圆", "角", "分", "¥", "￥",
    "叁仟伍佰", "三千五百", "一万二", "二十万零五百", "约", "近", "最近", "超过", "左右", "多", "几", "人民币", "rmb", "0",
]  # fmt: skip
SHAPES = [
    "商户名称：{}发生时间：{}消费金额：{}问题描述：{}主要诉求：{}",
    "退货,赔偿 食品安全 商家名称:{}\n消费金额: {}\n问题描述: {}\n诉求: {}\n联系电话: {}",
    "类型:{} 金额:{}..{} -“{}” {}",
    "日期:{}..{} 年份:{} 法条:{} 编号:{}",
    "金额:{} 追回:{}元 {}:{} OR {}",
    "我付了{}元，又付¥{}，共{}万{}千元，退{}块。",
    "{}元{}角{}分 {}亿{}万元",
]
VALUES = [*BITS, *(str(number) for number in (0, 7, 35, 128, 1999, 20260315)), "1.005", "9" * 30, "0" * 29 + "1",
          "1." + "0" * 27 + "5", "2." + "5" * 31, "三月一日", "办卡后关门", "２０２６"]  # fmt: skip

WELL_FORMED = {
    "yuan": ["0", "00.0", "7", "1000", "1,000", "0.29", "1225.8", "1.2万", "１０００", "三千", "两万", "一万二", "3千5", "¥50",
             "3000元", "200块", "1亿", "1.005", "99999999999", "九百九十九元", "二〇", "5 元", ""],
    "date": ["2026", "2026年", "2026-01", "2026年3月", "2026.3.15", "2026/13", "2026-1-32", "２０２５－０２", "去年", "26", ""],
    "year": ["2023", "2024年", "２０２６", "去年", ""],
    "between": ["..", "...", "…", "~", "～", "-", "--", "至", "到", " ", "以上", "以下", "元以内", "以后", "之前", "起", "止"],
    "law": ["消法55", "xiaobaofa#55.1", "《民法典》第五百条", "消法第五十六条第一款第三项", "刑法第一百二十条之一", "民法典一一六五",
            "民法典两百零二条", "20号令", "121号令24", "食安法148-2.1.3", "法條第二十六條", "第十条", "#", "消法" + "9" * 40],
    "id": ["SL-2026-0016", "sl–2024–0033", "ＳＬ－２０２４－００３３", "0041", "sl-2026-123", "abcdefg-2026-0001", "SL−2025-000123"],
    "quote": ["“押金 不退”", '"不退', "「退卡」", "『』", " 退卡", "-退卡", "押金"],
    "blank": ["", " ", "\u3000", "\x1c", "\x85", "\n", "，"],
}  # fmt: skip
WELL_SHAPED = [
    "金额:{yuan}{between}{yuan2}", "金额：{blank}{yuan}{between} 追回:{between}{yuan2}", "追回:{yuan} -金额:{yuan2}{between}",
    "金额:{blank}“{yuan} {between} {yuan2}”",
    "日期:{date}{between}{date2}", "結案:{date}{between} 年份:{year}{between}{year2}", "年份:{between}{year} 日期:{blank}{date}",
    "法条:{law} 法规:{blank}{law2}", "编号:{id} 法條：{law}", "{blank}{id}{blank2}", "案号:{blank}{id} {id2}",
    "标题:{quote} 案情:{blank}{quote2} | {quote}", "类型:{quote}OR 结果:退款 OR -{quote2} 颜色:{quote}",
    "付了{yuan}，{yuan2}元，退{yuan}元。", "约{blank}{yuan}元；近{yuan2}元、最近{yuan}块，{yuan2}多元",
    "共{yuan}元{between}，押金{yuan2}元，{yuan}",
    "2，500元，{yuan}，{yuan2}元，共1，200元", "商户名称：{quote}，{yuan}\\n发生时间：{date},{date2}\\n主要诉求：{law}；{quote2}，{blank}(2){quote}",
    "投诉内容：退款{yuan}元{blank}商家：{quote}{blank}联系电话：{id}\n消费金额：{yuan2}{blank}发生时间：{date}{blank}诉求：1、退款（2）赔{yuan}元",
    "退货，{blank}赔偿 食品安全{blank}被投诉人：{quote}{blank2}订单金额：{yuan}\n问题描述：{quote}不退{yuan2}元",
]  # fmt: skip


def sentences() -> list[str]:
    """Return sentences of the library, and mixtures that hit every corner; always the same."""
    found = {}
    for path in sorted((ROOT / "cases").rglob("*.yml")):
        text = path.read_text("utf-8")
        found |= dict.fromkeys(re.split(r"(?<=[。！？；\n])", text))
        found[text[:1200]] = None
    chance = random.Random(12315)
    rare = [
        chr(code) for code in (*range(0x370, 0x530), *range(0x2000, 0x2C00), *range(0x2E80, 0x3400))
    ]
    rare += SIMPLIFIED
    for _ in range(3000):
        bits = chance.choices(BITS, k=chance.randint(1, 14))
        bits += chance.choices(rare, k=chance.choice((0, 0, 1, 4)))
        chance.shuffle(bits)
        found["".join(bits)] = None
    for _ in range(2000):
        values = ["".join(chance.choices(VALUES, k=chance.randint(1, 3))) for _ in range(5)]
        found[chance.choice(SHAPES).format(*values)] = None
    for _ in range(2000):
        values = {name: "".join(chance.choices(some, k=1)) for name, some in WELL_FORMED.items()}
        others = {f"{name}2": chance.choice(some) for name, some in WELL_FORMED.items()}
        found[chance.choice(WELL_SHAPED).format(**values, **others)] = None
    # Halves of a surrogate pair that meet in a sentence would be one character in JSON.
    return [text.replace("\udfff", "") if "\ud800" in text else text for text in found]


TEXTS = sentences()


@pytest.fixture(scope="module")
def concepts() -> Concepts:
    return Concepts(concept_groups())


def concept_groups() -> list[tuple[str, list[str]]]:
    vocabularies = load_casebook(load_settings(ROOT)).vocabularies
    groups = [(group.id, list(group.words)) for group in vocabularies.concepts]
    return [*groups, ("latin", ["app", "wi-fi", "7d"]), ("astral", ["𠮷野家", "卡𡀀"])]


@pytest.fixture(scope="module")
def browser() -> Any:
    """What the twins answer, all in one run of node."""
    asked = {
        "groups": concept_groups(),
        "texts": TEXTS,
        "terms": TERMS,
        "lengths": LENGTHS,
        "characters": CHARACTERS,
        "mostRepeats": MOST_REPEATS,
    }
    run = subprocess.run(
        ["node", str(RUNNER)], input=json.dumps(asked).encode(), capture_output=True, check=False
    )
    assert run.returncode == 0, run.stderr.decode()
    return json.loads(run.stdout)


def test_there_are_many_sentences():
    assert len(TEXTS) >= 8000


def told(text: str, concepts: Concepts, length: int) -> dict[str, Any]:
    """Return what our side says of a text, in the form of the runner's answer."""
    ticket = parse_ticket(text)
    folded = fold_text(text)
    return {
        "folded": folded,
        "foldedWithOrigins": folded,
        "tokens": [list(token) for token in tokens(text, concepts)],
        "counts": dict(count_terms(text, concepts)),
        "query": as_plain(parse(text)),
        "ticket": {
            "narrative": ticket.narrative,
            "merchantRemoved": ticket.merchant_removed,
            "occurred": ticket.occurred,
            "amount": None if ticket.amount is None else str(ticket.amount),
            "problem": ticket.problem,
            "claims": ticket.claims,
            "labels": ticket.labels,
        },
        "amounts": [str(amount) for amount in read_amounts(text)],
        "excerpt": [list(piece) for piece in excerpt(text, TERMS, concepts, length)],
    }


@pytest.fixture(scope="module")
def ours(concepts) -> list[dict[str, Any]]:
    return [
        told(text, concepts, length) for text, length in zip(TEXTS, cycle(LENGTHS), strict=False)
    ]


@pytest.mark.parametrize("what", list(told("", Concepts([]), 1)))
def test_the_browser_says_the_same(what, browser, ours):
    differing = [
        (text, mine[what], answer[what])
        for text, mine, answer in zip(TEXTS, ours, browser["answers"], strict=True)
        if mine[what] != answer[what]
    ]
    assert differing[:3] == [], f"{len(differing)} differ"


def test_the_sentences_try_everything(ours):
    kinds = Counter(
        clause["kind"]
        for one in ours
        for group in one["query"].get("groups", ())
        for clause in group
    )
    assert kinds.keys() == {"word", "phrase", "facet", "law", "range", "id"}
    tried = [kinds["range"], kinds["law"], kinds["id"]]
    tried += [sum(bool(one["query"].get(name)) for one in ours) for name in ("story", "hints")]
    tried += [
        sum(bool(one["ticket"][name]) for one in ours) for name in ("labels", "claims", "problem")
    ]
    tried += [sum(bool(one["amounts"]) for one in ours)]
    tried += [sum(any(is_concept(term) for term in one["counts"]) for one in ours)]
    assert min(tried) >= 20


def test_every_character_folds_the_same(browser, concepts):
    expected = [[fold_text(one), " ".join(count_terms(one, concepts))] for one in CHARACTERS]
    differing = [
        (f"U+{ord(one):04X}", ours, theirs)
        for one, ours, theirs in zip(CHARACTERS, expected, browser["single"], strict=True)
        if ours[0] != theirs[0] or sorted(ours[1].split(" ")) != sorted(theirs[1].split(" "))
    ]
    assert differing == []


def test_repeats_weigh_the_same(browser):
    repeats = range(1, MOST_REPEATS + 1)
    assert [query_weight("退卡", count, 1024) for count in repeats] == browser["weights"]
