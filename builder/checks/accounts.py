"""Find e-mail addresses, links, and accounts of chat programs and trading platforms."""

import re
from collections.abc import Iterator

from builder.checks.span import Span

_AT = re.compile(r"[ ]?(?:@|[(\[（【]at[)\]）】]|艾特|(?<=[ ])at(?=[ ]))[ ]?", re.IGNORECASE)
_BEFORE_AT = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._%+-]{0,63}[A-Za-z0-9_])?\Z")
_DOT = r"[ ]?(?:\.|点|[(\[（]dot[)\]）]|(?<=[ ])dot(?=[ ]))[ ]?"
_AFTER_AT = re.compile(
    rf"[A-Za-z0-9-]{{1,63}}(?:{_DOT}[A-Za-z0-9-]{{1,63}}){{1,4}}"
    r"|(?:qq|163|126|139|189|sina|gmail|hotmail|outlook|foxmail|aliyun|sohu|icloud)(?![A-Za-z0-9])",
    re.IGNORECASE,
)

_LINK = re.compile(
    r"(?:https?|ftp)://[^\s\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’<>\"]{3,2000}"
    r"|(?<![A-Za-z0-9.])www\.[A-Za-z0-9-]{1,63}\.[^\s\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’<>\"]{2,2000}",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(r"(?:[a-z]+://)?(?:[A-Za-z0-9-]+\.){0,8}gov\.cn(?:[/:]|\Z)", re.IGNORECASE)

_CHAT = (
    r"微信|威信|薇信|徽信|维信|(?i:(?<![A-Za-z])(?:v信|vx|wx|weixin|wechat))|绿泡泡|[加+]\s?[vV](?![A-Za-z])"
    r"|[加➕+]\s?[薇微威]|薇"
)
_PLATFORM = (
    "抖音|快手|小红书|微博|[Bb]站|哔哩哔哩|闲鱼|淘宝|旺旺|天猫|京东|拼多多|美团|饿了么|大众点评|知乎|支付宝|陌陌|探探"
    "|钉钉|飞书|贴吧|豆瓣|微店|得物|视频号|公众号"
)
_NUMBER_WORD = "号码?|账号|帐号|账户|(?i:id)|用户名|会员名|昵称|网名"
_JOINT = r"[\s为是叫：:（(“\"'「『]{0,4}"
_CHAT_ACCOUNT = re.compile(
    rf"(?:{_CHAT})(?P<explicit>(?:{_NUMBER_WORD})?)(?P<joint>{_JOINT})"
    r"(?P<name>[A-Za-z][A-Za-z0-9_-]{5,19}|[1-9][0-9]{4,11})(?![A-Za-z0-9_-])"
)
_PLATFORM_ACCOUNT = re.compile(
    rf"(?:{_PLATFORM})(?:{_NUMBER_WORD}){{1,2}}{_JOINT}"
    r"(?P<name>[A-Za-z0-9][A-Za-z0-9_.-]{3,29})(?![A-Za-z0-9_-])"
)
_NICKNAME = re.compile(
    r"(?:昵称|网名|用户名|微信名|会员名|账号名?|帐号名?|抖音号|快手号|小红书号|公众号|视频号|主播)[\s为是叫：:]{0,3}"
    r"[“\"「『](?P<name>[^”\"」』\n]{2,20})[”\"」』]"
)
_LABELLED = re.compile(
    r"(?:用户名|登录名|会员名|(?<![A-Za-z])(?i:id)|网名|昵称)\s?[:：]\s?(?P<name>[A-Za-z0-9_]{4,30})"
)
_WECHAT_ID = re.compile(r"(?<![A-Za-z0-9])wxid_[a-z0-9]{6,30}")
_NO_ACCOUNT = re.compile(
    r"(?:we?chat|weixin|iphone|android|harmony|official|app[a-z]*|pay[a-z]*|[a-z]+pay|mini[a-z]*|pro[a-z]*|"
    r"http[a-z]*|www.*|sl-[0-9]{4}-[0-9]{4})\Z",
    re.IGNORECASE,
)
_ANY_WORD = re.compile(f"{_CHAT}|{_PLATFORM}|昵称|网名|用户名|登录名|会员名|[账帐]号|主播|(?i:id)")


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
    """Yield the links in a folded text, those to pages of authorities without a query apart."""
    if "://" not in text and "www." not in text.lower():
        return
    for match in _LINK.finditer(text):
        link = match.group().rstrip(".,;:!?)'")
        end = match.start() + len(link)
        if "?" in link:
            yield Span("url-with-query", match.start(), end)
        elif not _OFFICIAL.match(link):
            yield Span("url", match.start(), end)


def find_accounts(text: str) -> Iterator[Span]:
    """Yield the accounts of chat programs and platforms in a folded text."""
    if not _ANY_WORD.search(text):
        return
    for match in _CHAT_ACCOUNT.finditer(text):
        name = match.group("name")
        announced = match.group("explicit") or re.search("[：:为是叫]", match.group("joint"))
        digits = any(character.isdigit() for character in name)
        if (announced or digits) and not _NO_ACCOUNT.match(name):
            yield Span("account", *match.span("name"))
    for match in _PLATFORM_ACCOUNT.finditer(text):
        if not _NO_ACCOUNT.match(match.group("name")):
            yield Span("account", *match.span("name"))
    for match in _NICKNAME.finditer(text):
        if not re.search("[某×*]|[Xx]{2}", match.group("name")):
            yield Span("account", *match.span("name"))
    for match in _LABELLED.finditer(text):
        yield Span("account", *match.span("name"))
    for match in _WECHAT_ID.finditer(text):
        yield Span("account", *match.span())
