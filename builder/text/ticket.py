"""Take a pasted 12315 or 12345 ticket apart.

Such a ticket opens with the claims and the class of the problem, and then gives labelled
fields: 商户名称：发生时间：消费金额：问题描述：主要诉求：, in many variants. What a lookup
needs is the story; time and amount are read, names, numbers and addresses are dropped.
Text without these labels is left alone. The twin in the browser is checked by
`tests/golden/ticket.json`.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from builder.text.amount import read_amount_field, read_amounts


def _words(line: str) -> tuple[str, ...]:
    """Return words that stand in one line for brevity."""
    return tuple(line.split())


# Labels of their own: wherever they stand with a colon, a ticket is meant.
_LABELS: Final = {
    "merchant": "商户名称 商家名称 店铺名称 企业名称 单位名称 经营者名称 被投诉人 被投诉方"
    " 被投诉企业 被投诉单位 被投诉商家 被投诉主体 被投诉对象",
    "occurred": "发生时间 发生日期 消费时间 消费日期 购买时间 购买日期 交易时间 事发时间 下单时间",
    "amount": "消费金额 涉案金额 争议金额 交易金额 涉及金额 购买金额 支付金额 订单金额",
    "problem": "问题类别 问题类型 问题二级 投诉类型 投诉类别",
    "story": "问题描述 投诉内容 反映内容 反映问题 事件描述 事情经过 具体描述 事实描述 问题简述",
    "claims": "主要诉求 诉求内容 投诉诉求 投诉请求 诉求描述 诉求目的",
    "private": "投诉人姓名 消费者姓名 投诉人 来电人 联系电话 联系方式 来电号码 手机号码"
    " 联系地址 商户地址 商家地址 经营地址 企业地址 工单编号 投诉编号 受理编号 登记编号"
    " 订单编号 订单号码 统一社会信用代码",
}
# Everyday words: labels only beside a real one, and only where a phrase begins.
_SHORT_LABELS: Final = {
    "merchant": "商户 商家 店名",
    "occurred": "时间 日期",
    "amount": "金额",
    "claims": "诉求 要求",
    "private": "姓名 电话 手机号 手机 地址 订单号",
}
_CLAIMS: Final = _words(
    "退货 更换 换货 退赔费用 退款 退费 赔偿损失 赔偿 修理 维修 重作 继续履行 履行合同"
    " 解除合同 赔礼道歉 停止侵权 补足数量 其他诉求"
)
_PROBLEMS: Final = _words(
    "冒充合格产品 以假充真 以次充好 市场调节价问题 接受服务时人身、财产安全受损害 食品安全"
    " 其他人身权利问题 其他投诉问题"
)
# What stands in a merchant field and names nobody.
_NAMELESS: Final = _words(
    "无 不详 不清楚 未知 暂无 商家 商户 店铺 超市 商场 饭店 餐馆 健身房 理发店 美容院 网店"
    " 个体户 个体工商户"
)

_SPACES: Final = " \t\r\n\u00a0\u3000"
_SEPARATORS: Final = _SPACES + ",，、;；.。|/"
_SPACE: Final = "[ \\t\\r\\u00a0\\u3000]*"


def _one_of(labels: dict[str, str]) -> str:
    """Return labels as alternatives of a regular expression, longest first."""
    names = _words(" ".join(labels.values()))
    return "|".join(sorted(names, key=lambda name: (-len(name), name)))


_OWN, _SHORT = _one_of(_LABELS), _one_of(_SHORT_LABELS)
_KIND_OF: Final = {
    name: kind
    for labels in (_LABELS, _SHORT_LABELS)
    for kind, names in labels.items()
    for name in _words(names)
}
_OWN_LABELS: Final = frozenset(_OWN.split("|"))
# Groups: bracketed label; label; what comes before a short label, that label.
_LABEL = re.compile(
    f"[【\\[]{_SPACE}({_OWN}|{_SHORT}){_SPACE}[】\\]]{_SPACE}[:：]?"
    f"|({_OWN}){_SPACE}[:：]"
    f"|(^|[ \\t\\r\\n\\u3000,，、;；.。】)）])({_SHORT}){_SPACE}[:：]"
)
_FIELD_END = re.compile("[。；;！!\n]")
_PHRASE_END = re.compile("[。；;！!\n，]|,(?![0-9])")
_NUMBERING = re.compile("^[(（]?[0-9一二三四五六七八九十]{1,2}(?:[)）.．](?![0-9])|$)")
_CLAIM_ENDS = re.compile("[，,、；;。\n]|(?=[(（][0-9一二三四五六七八九十]{1,2}[)）])")


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a pasted text says, as far as it says so."""

    narrative: str  # the story and the claims in the consumer's words; the text itself
    # where there was no label
    merchant_removed: bool  # a business was named, and is not in `narrative` any more
    occurred: str | None  # as written
    amount: Decimal | None  # yuan
    problem: str | None  # the class that the platform gave it, as written
    claims: list[str]  # as written
    labels: list[str]  # the labels found, in order


@dataclass(frozen=True, slots=True)
class _Field:
    """One label of a ticket and what follows it up to the next."""

    label: str
    text: str
    next_on_line: bool  # another label follows on the same line

    @property
    def kind(self) -> str:
        """Return what the label asks for."""
        return _KIND_OF[self.label]

    def split(self) -> tuple[str, str]:
        """Return a short field's value and the text that runs on behind it.

        A value ends with the line or sentence. Where no label follows on the line it
        already ends with the phrase, lest a whole story be taken for a name; private
        matters are dropped as far as they may go.
        """
        text = self.text.lstrip(_SEPARATORS)
        whole_line = self.next_on_line or self.kind == "private"
        end = (_FIELD_END if whole_line else _PHRASE_END).search(text)
        if end is None:
            return text.strip(_SEPARATORS), ""
        return text[: end.start()].strip(_SEPARATORS), text[end.end() :]


def parse_ticket(text: str) -> Ticket:
    """Return what a pasted ticket says; plain text comes back as its own narrative.

    The amount is that of its field, else the only one in the story; where the story has
    several there is none.
    """
    head, fields = _cut(text)
    if not fields:
        return Ticket(text, False, None, _only(read_amounts(text)), None, [], [])
    claims, problem, opening = _read_head(head)
    story = [opening]
    values: dict[str, str] = {}
    for field in fields:
        if field.kind == "story":
            story.append(field.text)
        elif field.kind == "claims":
            story.append(field.text)
            claims += _split_claims(field.text)
        else:
            value, running_on = field.split()
            if value:
                values.setdefault(field.kind, value)
            story.append(running_on)
    parts = (part.lstrip(_SEPARATORS).rstrip(_SPACES) for part in story)
    narrative = "\n".join(filter(None, parts))
    amount = read_amount_field(values["amount"]) if "amount" in values else None
    merchant = values.get("merchant", "")
    is_named = bool(merchant) and merchant not in _NAMELESS
    if is_named:
        narrative = narrative.replace(merchant, "")
        claims = [claim.replace(merchant, "") for claim in claims]
    return Ticket(
        narrative=narrative,
        merchant_removed=is_named,
        occurred=values.get("occurred"),
        amount=amount or _only(read_amounts(narrative)),
        problem=values.get("problem", problem),
        claims=list(dict.fromkeys(claims)),
        labels=[field.label for field in fields],
    )


def _cut(text: str) -> tuple[str, list[_Field]]:
    """Return what stands before the first label, and the fields; none for plain text."""
    found = [
        (match, match[1] or match[2] or match[4], match.end(3) if match[4] else match.start())
        for match in _LABEL.finditer(text)
    ]
    own_kinds = {_KIND_OF[label] for _, label, _ in found if label in _OWN_LABELS}
    if not own_kinds:
        return text, []
    # 商家：不退 in a story is speech, not a second name of the business.
    found = [
        (match, label, start)
        for match, label, start in found
        if label in _OWN_LABELS or _KIND_OF[label] == "private" or _KIND_OF[label] not in own_kinds
    ]
    starts = [start for _, _, start in found] + [len(text)]
    fields = []
    for (match, label, _), next_start in zip(found, starts[1:], strict=True):
        content = text[match.end() : next_start]
        next_on_line = next_start < len(text) and "\n" not in content.strip(" \t\r")
        fields.append(_Field(label, content, next_on_line))
    return text[: starts[0]], fields


def _read_head(head: str) -> tuple[list[str], str | None, str]:
    """Return the claims and the problem class that a ticket opens with, and the rest."""
    claims: list[str] = []
    rest = head.lstrip(_SEPARATORS)
    while claim := _leading(rest, _CLAIMS):
        claims.append(claim)
        rest = rest[len(claim) :].lstrip(_SEPARATORS)
    problem = _leading(rest, _PROBLEMS)
    if problem:
        rest = rest[len(problem) :]
    return claims, problem, rest


def _leading(text: str, words: tuple[str, ...]) -> str | None:
    """Return the word that the text begins with, if a separator or the end follows it."""
    for word in words:
        if text.startswith(word) and text[len(word) : len(word) + 1] in ("", *_SEPARATORS):
            return word
    return None


def _split_claims(text: str) -> list[str]:
    """Return the claims of their field, one each, without numbering."""
    parts = (part.strip(_SEPARATORS) for part in _CLAIM_ENDS.split(text))
    bare = (_NUMBERING.sub("", part).strip(_SEPARATORS) for part in parts)
    return [part for part in bare if part]


def _only(amounts: list[Decimal]) -> Decimal | None:
    """Return the amount where there is one and no other."""
    return amounts[0] if len(set(amounts)) == 1 else None
