"""Find full names of persons where the text says that somebody is meant.

A surname with 女士, 先生, 某 or a profession is accepted practice and no finding. The
segmenter's dictionary tells names from ordinary words that begin with a surname
(高兴, 方面, 马上); it is loaded at the first candidate.
"""

import re
from collections.abc import Iterator

from builder.detectors.span import Span
from builder.detectors.surnames import (
    COMMON_SURNAMES,
    COMPOUND_SURNAMES,
    FUNCTION_SURNAMES,
    GIVEN_CHARACTERS,
    NAME_ONLY_CHARACTERS,
    NOT_GIVEN,
    ORDINARY_WORDS,
    RARE_SURNAMES,
)
from builder.detectors.words import part_of_speech

_HAN = "\u4e00-\u9fff"
_FIRST = "".join(sorted(COMMON_SURNAMES | RARE_SURNAMES | {name[0] for name in COMPOUND_SURNAMES}))

_ROLE = (
    "消费者|投诉人|投诉者|举报人|经营者|法定代表人|法人代表|法人|负责人|老板娘?|经理|店长"
    "|店主|店东|姓名|联系人|当事人|业主|顾客|客户|原告|被告|申请人|委托人|受托人|代理人|代表"
    "|家属|亲属|患者|学员|会员|家长|教练|老师|店员|员工|职工"
    "|销售员|销售人员|导购员?|服务员|收银员|业务员"
    "|技师|理发师|美容师|设计师|医生|医师|大夫|律师|记者|通讯员|司机|师傅|调解员|工作人员"
    "|执法人员|主任|所长|科长|局长|书记|站长|队长|男子|女子|市民|居民|村民|网友|群众|丈夫|妻子"
    "|儿子|女儿|母亲|父亲|孙子|孙女|弟弟|哥哥|姐姐|妹妹|同事|朋友|邻居|证人|受害人|受害者|户主"
    "|房东|租客|租户|签名|签字|署名|经办人|承办人|持卡人|收件人|收货人|寄件人|收款人|付款人"
    "|户名|老人|购买人|参保人|驾驶人|车主|货主|养殖户|农户|本名|真名|名叫|叫做|叫作|本人|他叫"
    "|她叫|店叫|人叫"
)
_IN_ROLE = re.compile(
    rf"(?:{_ROLE})[\s：:（(“\"]{{0,3}}(?:名叫|叫做|叫|是|为|系|即)?[：:\s“\"]{{0,2}}"
    rf"(?=[{_FIRST}]|[{_HAN}]{{1,7}}·[{_HAN}]|[A-Z])"
)
_TITLES = (
    "女士|先生|小姐|太太|同志|老师|师傅|经理|老板|店长|教练|律师|医生|主任|所长|阿姨|大爷|大妈"
    "|老人|同学"
)
_TITLE = re.compile(_TITLES)
_AFTER_SURNAME = re.compile(rf"{_TITLES}|[某老总]|工(?:程师)?(?![{_HAN}])|大[姐哥叔娘]")
_SEX = re.compile(r"(?:男|女)(?=[，,、。；;）)\s0-9汉族])")
_SET_OFF = re.compile(r"[（(，,、\s]\s?\Z")

# 王建国诉某公司服务合同纠纷
_CASE_TITLE = re.compile(r"(?:诉|与)(?=[^，。；\n]{2,30}(?:纠纷|争议|一案|案))")
_PSEUDONYM = re.compile("[（(][^（()）]{0,4}化名")

_WORDS = re.compile(f"[{_HAN}]{{1,7}}")
_WORDS_AT_END = re.compile(rf"[{_HAN}]{{1,4}}\Z")
_ETHNIC = re.compile(rf"[{_HAN}]{{1,7}}(?:·[{_HAN}]{{1,8}}){{1,3}}")
_LATIN = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Miss)\.?[ ])?[A-Z][a-z]{1,15}(?:[ ·-][A-Z][a-z]{1,15}){1,2}(?![A-Za-z])"
)
_BRANDS = re.compile(
    "Apple|Watch|Phone|Pad|Book|Mate|Pro|Max|Plus|Ultra|Galaxy|Air|Pods|Card|Club|Shop|Store"
    "|Model|App"
)
_ANONYMOUS = re.compile("[某×*]")
_JOINED = re.compile("[、，,和与及同跟/ ]")
# What can come after a name in running text.
_AFTER_NAME = frozenset(
    "在于向到因与和及称说反将已被对投要提认表诉等从给把让以去找购签办交收入自就不未没之系持委带"
    "告曾再经通联拨打发见先后均并由拿来花为是的本即报承答拒辩坚介回"
)
# Parts of speech, as the segmenter has them, of pairs that are no given name.
_NO_GIVEN_NAME = ("ns", "p", "d", "c", "r", "f", "s", "u", "m", "q", "l", "i")


def find_names(text: str) -> Iterator[Span]:
    """Yield the full names of persons in a folded text, the same place perhaps twice."""
    for role in _IN_ROLE.finditer(text):
        labelled = ":" in role.group() or "：" in role.group()
        yield from _names_from(text, role.end(), labelled)
    for title in _TITLE.finditer(text):
        size = _size_before_title(_words_before(text, title.start()), title.group())
        if size:
            yield Span("person-name", title.start() - size, title.start())
    if "男" in text or "女" in text:
        yield from _before_sex(text)
    if "纠纷" in text or "争议" in text or "案" in text:
        yield from _in_case_titles(text)


def _names_from(text: str, place: int, labelled: bool) -> Iterator[Span]:
    """Yield the name at `place`, and the names joined to it by 、 or 和."""
    while size := _size_at(text, place, labelled):
        if not _PSEUDONYM.match(text, place + size):
            yield Span("person-name", place, place + size)
        place += size
        if not _JOINED.match(text, place):
            return
        place += 1


def _before_sex(text: str) -> Iterator[Span]:
    """Yield the names that a sex follows, as in 王某某，男，35岁 written with the full name."""
    for sex in _SEX.finditer(text):
        mark = _SET_OFF.search(text, max(0, sex.start() - 2), sex.start())
        if mark is None:
            continue
        before = _words_before(text, mark.start())
        for size in (3, 2, 4):
            if len(before) >= size and _size(before[-size:], labelled=True) == size:
                yield Span("person-name", mark.start() - size, mark.start())
                break


def _in_case_titles(text: str) -> Iterator[Span]:
    """Yield the names that a title of a case begins with."""
    for match in _CASE_TITLE.finditer(text):
        name = _words_before(text, match.start())
        if 2 <= len(name) <= 3 and name[0] in COMMON_SURNAMES and _size(name, False) == len(name):
            yield Span("person-name", match.start() - len(name), match.start())


def _words_before(text: str, place: int) -> str:
    """Return the Chinese characters right before a place, at most four."""
    words = _WORDS_AT_END.search(text, max(0, place - 4), place)
    return words.group() if words else ""


def _size_at(text: str, place: int, labelled: bool) -> int:
    """Return the length of the name at `place`, 0 when there is none."""
    for pattern, none in ((_ETHNIC, _ANONYMOUS), (_LATIN, _BRANDS)):
        whole = pattern.match(text, place)
        if whole:
            return 0 if none.search(whole.group()) else len(whole.group())
    words = _WORDS.match(text, place)
    return _size(words.group(), labelled) if words else 0


def _size(words: str, labelled: bool) -> int:
    """Return how many characters of `words` are a full name, 0 when they begin with none.

    Args:
        words: Chinese characters up to the next other character, at most 7.
        labelled: a colon stands before, as in 姓名：
    """
    surname = words[:2] if words[:2] in COMPOUND_SURNAMES else words[:1]
    given = words[len(surname) :]
    if not given or given[0] in NOT_GIVEN or _AFTER_SURNAME.match(given) or _tag(words[:4], 4):
        return 0
    if len(surname) == 2:
        return 2 + _given_size(given)
    if surname not in COMMON_SURNAMES and surname not in RARE_SURNAMES:
        return 0
    if labelled and len(words) <= 3:
        known = _tag(words)
        if known and not known.startswith("n"):
            return 0
        if NOT_GIVEN.isdisjoint(given):
            return len(words)
    if surname in COMMON_SURNAMES:
        return _size_with_common_surname(words)
    return _size_with_rare_surname(words)


def _size_with_common_surname(words: str) -> int:
    """Return the length of the name; without contrary evidence it is one."""
    pair, given = words[:2], words[1:]
    both_usual = len(given) >= 2 and set(given[:2]) <= GIVEN_CHARACTERS
    longer = _tag(words[:3], 3)
    if longer:
        likely = longer.startswith("nr") or both_usual
        return 3 if likely and given[1] not in NOT_GIVEN else 0
    tag = _tag(pair)
    name_too = tag.startswith("nr") and given[0] in GIVEN_CHARACTERS and pair not in ORDINARY_WORDS
    if tag and not name_too:
        return 3 if both_usual and _ends(words, 3) and not _tag(words[2:4]) else 0
    return 1 + _given_size(given)


def _size_with_rare_surname(words: str) -> int:
    """Return the length of the name; without good evidence it is none."""
    pair, given = words[:2], words[1:]
    strict = words[0] in FUNCTION_SURNAMES
    if len(given) >= 2 and set(given[:2]) <= GIVEN_CHARACTERS and _ends(words, 3):
        given_tag = _tag(given[:2])
        if strict:
            other = bool(given_tag) and not given_tag.startswith("nr")
        else:
            other = given_tag.startswith(_NO_GIVEN_NAME)
        two_words = _tag(pair) and (strict or _tag(words[2:4]))
        longer = _tag(words[:3])
        if not (other or two_words or (longer and not longer.startswith("nr"))):
            return 3
    usual = NAME_ONLY_CHARACTERS if strict else GIVEN_CHARACTERS
    alone = given[0] in usual and _ends(words, 2)
    return 2 if alone and not _tag(pair) and not _tag(words[1:3]) else 0


def _given_size(given: str) -> int:
    """Return whether one or two characters are the given name."""
    if len(given) < 2 or given[1] in NOT_GIVEN or _AFTER_SURNAME.match(given[1:]):
        return 1
    if given[1] in _AFTER_NAME and given[1] not in GIVEN_CHARACTERS:
        return 1
    return 1 if len(given) > 2 and _tag(given[1:3]) and not _tag(given[:2]) else 2


def _size_before_title(before: str, title: str) -> int:
    """Return the length of the full name that `before` ends with, 0 when it is a surname."""
    for size in (3, 2, 4):
        name = before[-size:]
        compound = name[:2] in COMPOUND_SURNAMES
        given = name[2:] if compound else name[1:]
        if len(name) < size or not 1 <= len(given) <= 2:
            continue
        usual = set(given) <= GIVEN_CHARACTERS
        # 和李女士, 给王先生: the last character is the surname.
        surname_last = given[-1] in COMMON_SURNAMES and not usual
        sure_title = title in ("女士", "先生", "小姐", "太太", "同志")
        likely = usual or (sure_title and NOT_GIVEN.isdisjoint(given))
        known = compound or name[0] in COMMON_SURNAMES
        if name[0] in RARE_SURNAMES - FUNCTION_SURNAMES:
            known = usual and (size == 3 or given in NAME_ONLY_CHARACTERS)
        if known and likely and not surname_last and _size(name, labelled=False) == size:
            return size
    return 0


def _ends(words: str, size: int) -> bool:
    """Say whether what comes after `size` characters can come after a name."""
    return len(words) <= size or words[size] in _AFTER_NAME


def _tag(word: str, size: int = 2) -> str:
    """Return the part of speech of a word of the dictionary; '' if none or below `size`."""
    return part_of_speech(word) if len(word) >= size else ""
