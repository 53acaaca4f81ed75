"""Words for synthetic cases: a pool in Zipf order, and a list for each type and industry."""

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

import rjieba

POOL_SIZE = 30_000
LIST_SIZE = 480
_HAN_WORD = re.compile("[\u4e00-\u9fff]{2,4}")
# Made-up words must not look like numbers, dates, addresses, homes, firms or people.
_LEFT_OUT = frozenset(
    "〇零一二三四五六七八九十百千万亿两俩幺洞拐勾壹贰叁肆伍陆柒捌玖拾某"
    "年月日号时点分路街巷弄道段村组队栋幢座楼室户层单元住址址苑园城府湾庭里郡厦场寨屯社"
    "店铺厂馆院所行部局公司省市县区镇乡旗车牌名叫姓氏者人员工姆练长属客主邻朋医表儿男父母夫妻东先生女士姐妹哥弟叔姨爷奶爸妈总师傅老小阿微信薇账帐"
    "王李张刘陈杨赵黄周吴徐孙胡朱林郭罗郑梁宋唐韩冯邓曹彭萧肖田董潘袁蔡蒋余杜叶程魏苏吕丁沈姚卢姜崔钟谭"
    "陆汪范廖石贾韦傅付邹熊孟秦邱侯江尹薛阎雷史陶贺毛郝龚邵覃武戴孔汤康温牛樊葛高何许曾谢夏方任白向"
)


@dataclass(frozen=True)
class WordList:
    """Words with the running sums of their weights, for `random.Random.choices`."""

    words: tuple[str, ...]
    sums: tuple[float, ...]

    def draw(self, rng: random.Random, count: int) -> list[str]:
        return rng.choices(self.words, cum_weights=self.sums, k=count)


def zipf(words: Iterable[str], exponent: float = 1.0) -> WordList:
    """Return a list in which the word of rank r weighs 1 / (r + 2.7) ** exponent."""
    listed = tuple(words)
    weights = (1 / (rank + 2.7) ** exponent for rank in range(1, len(listed) + 1))
    return WordList(listed, tuple(accumulate(weights)))


def real_words(texts: Iterable[str]) -> list[str]:
    """Return the words of two to four Chinese characters in the texts, the frequent first."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(word for word in rjieba.cut(text) if _usable(word))
    return sorted(counts, key=lambda word: (-counts[word], word))


def characters(texts: Iterable[str]) -> WordList:
    """Return the characters that made-up words are made of, weighted as the texts use them."""
    counts = Counter(char for text in texts for char in text if "\u4e00" <= char <= "\u9fff")
    kept = sorted(char for char in counts if char not in _LEFT_OUT)
    # the square root lets rare characters take part: real text has many more of them
    return WordList(tuple(kept), tuple(accumulate(counts[char] ** 0.5 for char in kept)))


def made_up(rng: random.Random, chars: WordList, count: int) -> list[str]:
    """Return words of two to four characters; a few may be alike."""
    lengths = rng.choices((2, 3, 4), weights=(76, 16, 8), k=count)
    drawn = iter(chars.draw(rng, sum(lengths)))
    return ["".join(next(drawn) for _ in range(length)) for length in lengths]


def pool(real: Sequence[str], chars: WordList, size: int = POOL_SIZE) -> WordList:
    """Return real words first, then made-up ones, in Zipf order."""
    rng = random.Random("pool")
    words = dict.fromkeys(real)
    while len(words) < size:
        words.update(dict.fromkeys(made_up(rng, chars, size - len(words))))
    return zipf(words)


def topic(name: str, own: Iterable[str], background: WordList) -> WordList:
    """Return the word list of a type or industry: its own words first, then drawn ones."""
    words = dict.fromkeys(word for word in own if _usable(word))
    rng = random.Random(f"topic {name}")
    while len(words) < LIST_SIZE:
        words.update(dict.fromkeys(rng.choices(background.words, k=LIST_SIZE - len(words))))
    return zipf(words)


def _usable(word: str) -> bool:
    return bool(_HAN_WORD.fullmatch(word)) and not _LEFT_OUT.intersection(word)
