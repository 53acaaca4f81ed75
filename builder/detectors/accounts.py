"""Find e-mail addresses, links, and accounts of chat programs and trading platforms."""

import re
from collections.abc import Iterator

from builder.detectors.identifiers import is_date
from builder.detectors.span import Span

_AT = re.compile(r"[ ]?(?:@|[(\[（【]at[)\]）】]|艾特|(?<=[ ])at(?=[ ]))[ ]?", re.IGNORECASE)
_BEFORE_AT = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._%+-]{0,63}[A-Za-z0-9_])?\Z")
_DOT = r"[ ]?(?:\.|点|[(\[（]dot[)\]）]|(?<=[ ])dot(?=[ ]))[ ]?"
_AFTER_AT = re.compile(
    rf"[A-Za-z0-9-]{{1,63}}(?:{_DOT}[A-Za-z0-9-]{{1,63}}){{1,4}}"
    r"|(?:qq|163|126|139|189|sina|gmail|hotmail|outlook|foxmail|aliyun|sohu|icloud)"
    r"(?![A-Za-z0-9])",
    re.IGNORECASE,
)

_REST_OF_LINK = r"[^\s\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’<>\"]{2,2000}"
_WEB_LINK = re.compile(
    rf"(?:https?|ftp)://{_REST_OF_LINK}"
    rf"|(?<![A-Za-z0-9.])www\.[A-Za-z0-9-]{{1,63}}\.{_REST_OF_LINK}",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(r"(?:[a-z]+://)?(?:[A-Za-z0-9-]+\.){0,8}gov\.cn(?:[/:]|\Z)", re.IGNORECASE)

# A written account: sought first, since Latin words are rare; then what stands before it.
_LATIN_WORD = re.compile("[A-Za-z0-9][A-Za-z0-9_.-]{3,39}")
_BEFORE = 18
_CHAT = (
    "微信|威信|薇信|徽信|维信|[Vv]信|绿泡泡|薇|[加+][ ]?[薇微威vV]"
    "|(?i:(?<![A-Za-z])(?:vx|wx|weixin|wechat))"
)
_PLATFORM = (
    "抖音|快手|小红书|微博|[Bb]站|哔哩哔哩|闲鱼|淘宝|旺旺|天猫|京东|拼多多|美团|饿了么"
    "|大众点评|知乎|支付宝|陌陌|探探|钉钉|飞书|贴吧|豆瓣|微店|得物|视频号|公众号"
)
_NUMBER_WORD = "号码?|账号|帐号|账户|(?i:id)|用户名|会员名|昵称|网名"
_JOINT = r"[\s为是叫：:（(“\"'「『]{0,4}"
_CHAT_BEFORE = re.compile(rf"(?:{_CHAT})(?P<explicit>(?:{_NUMBER_WORD})?)(?P<joint>{_JOINT})\Z")
_PLATFORM_BEFORE = re.compile(
    rf"(?:{_PLATFORM})(?:{_NUMBER_WORD}){{1,2}}{_JOINT}\Z"
    r"|(?:用户名|登录名|会员名|网名|昵称|(?P<id>(?<![A-Za-z])ID))[ ]?[:：][ ]?\Z"
)
_CHAT_NAME = re.compile(r"(?:[A-Za-z][A-Za-z0-9_-]{5,19}|[1-9][0-9]{4,11})\Z")
_STUCK_CHAT = re.compile(
    r"(?:[vw]x|(?<=[加+])v)[:_-]?[a-z0-9_-]{5,20}\Z|wxid_[a-z0-9]{6,30}\Z", re.IGNORECASE
)
_NO_ACCOUNT = re.compile(
    r"(?:we?chat|weixin|iphone|android|harmony|official|app[a-z]*|pay[a-z]*|[a-z]+pay|mini[a-z]*"
    r"|pro[a-z]*|http.*|www.*|[a-z]{1,6}-20[0-9]{2}-[0-9]{3,5}|[0-9]{1,9}\.[0-9]{1,2})\Z",
    re.IGNORECASE,
)
_AMOUNT_AFTER = re.compile(r"[ ]?[元万亿%％块年月个]")

_NICKNAME = re.compile(
    r"(?:昵称|网名|用户名|微信名|会员名|账号名?|帐号名?|抖音号|快手号|小红书号|视频号"
    r"|主播)[\s为是叫：:]{0,3}"
    r"[“\"「『](?P<name>[^”\"」』\n]{2,20})[”\"」』]"
)
_ANONYMOUS = re.compile("[某×*]|[Xx]{2}")


def find_emails(text: str) -> Iterator[Span]:
    """Yield the e-mail addresses in a folded text, also with 艾特 or (at) for @."""
    if not ("@" in text or "艾特" in text or "at" in text or "AT" in text):
        return
    for match in _AT.finditer(text):
        before = _BEFORE_AT.search(text, max(0, match.start() - 65), match.start())
        after = _AFTER_AT.match(text, match.end())
        if before and after:
            yield Span("email", before.start(), after.end())


def find_links(text: str) -> Iterator[Span]:
    """Yield the links in a folded text; pages of authorities count only with a query."""
    if "://" not in text and "www." not in text and "WWW." not in text:
        return
    for match in _WEB_LINK.finditer(text):
        link = match.group().rstrip(".,;:!?)'")
        end = match.start() + len(link)
        if "?" in link:
            yield Span("url-with-query", match.start(), end)
        elif not _OFFICIAL.match(link):
            yield Span("url", match.start(), end)


def find_accounts(text: str) -> Iterator[Span]:
    """Yield the accounts of chat programs and platforms in a folded text."""
    for match in _LATIN_WORD.finditer(text):
        name = match.group().rstrip("._-")
        if _is_account(text, match.start(), name):
            yield Span("account", match.start(), match.start() + len(name))
    for match in _NICKNAME.finditer(text):
        if not _ANONYMOUS.search(match.group("name")):
            yield Span("account", *match.span("name"))


def _is_account(text: str, start: int, name: str) -> bool:
    """Say whether the Latin word `name` at `start` is an account, by what stands before."""
    amount = name.isdigit() and _AMOUNT_AFTER.match(text, start + len(name))
    if amount or is_date(name) or _NO_ACCOUNT.match(name):
        return False
    has_digit = any(character.isdigit() for character in name)
    before = text[max(0, start - _BEFORE) : start]
    platform = _PLATFORM_BEFORE.search(before)
    if platform:
        return has_digit or not platform["id"]
    chat = _CHAT_BEFORE.search(before)
    if chat and _CHAT_NAME.match(name):
        announced = chat["explicit"] or re.search("[：:为是叫]", chat["joint"])
        return has_digit or bool(announced)
    stuck = _STUCK_CHAT.match(text[start - 1 : start] + name, min(start, 1))
    return has_digit and bool(stuck)
