"""The page in a bundle that anybody can read with a browser, and what it may not hold."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape

from builder.exchange.manifest import START_PAGE, Manifest
from builder.exchange.records import identifier_in
from builder.exchange.refusal import ASK_AGAIN, Refused
from builder.model.audience import Audience
from builder.model.case import Case
from builder.render import render

_PROSE = {
    "facts": "案情简介",
    "evidence": "调查与证据",
    "process": "调解过程",
    "turning_point": "突破口",
    "result": "调解结果",
    "analysis": "案例评析",
}
# tag -> the attributes it may carry, and what each may say; a page that needs more is not ours
_ANY = r"[^\"<>&]*"
_BARE = ("head", "title", "style", "body", "h1", "h3", "p", "ul", "li", "dl", "dt", "dd", "strong")
_TAGS: Mapping[str, Mapping[str, str]] = {
    **{tag: {} for tag in (*_BARE, "br")},
    "html": {"lang": r"zh-CN"},
    "meta": {"charset": r"utf-8", "name": r"viewport|robots", "content": _ANY},
    "h2": {"id": _ANY},
    "a": {"href": rf"#{_ANY}"},
    "div": {"class": _ANY},
}
_WITHIN_A_LINE = frozenset({"a", "strong"})
_HEAD = "<!doctype html>\n"
_TAG = re.compile(rf'<(/?)([a-z]+[0-9]?)((?: [a-z]+="{_ANY}")*)>')
_ATTRIBUTE = re.compile(rf' ([a-z]+)="({_ANY})"')
# no bracket, quote, slash, backslash or @: nothing that loads, hides or writes
_STYLE = re.compile(r"[-A-Za-z0-9 \n{}:;#.,%]*")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def start_page(manifest: Manifest, cases: Sequence[Case]) -> bytes:
    """Return the readable page of a bundle; `manifest` need not list its files yet."""
    terms = manifest.terms

    def facts(case: Case) -> Iterator[tuple[str, str]]:
        for field, vocabulary, label in (
            ("dispute_types", "dispute_types", "纠纷类型"),
            ("industry", "industries", "行业"),
            ("claims", "claims", "诉求"),
            ("outcomes", "outcomes", "结果"),
            ("methods", "methods", "手法"),
        ):
            value = getattr(case, field)
            ids = [value] if isinstance(value, str) else value or ()
            if ids:
                yield label, "、".join(terms[vocabulary][term_id] for term_id in ids)
        for name, amount in (
            ("争议金额", case.amounts.disputed),
            ("请求金额", case.amounts.claimed),
            ("追回金额", case.amounts.recovered),
        ):
            if amount is not None:
                yield name, f"{amount} 元"
        if case.timeline.closed:
            yield "结案", case.timeline.closed.isoformat()
        if case.source.days is not None:
            yield "办理天数", f"{case.source.days} 天"
        if case.statutes:
            yield "法律依据", "；".join(_cited(text, terms) for text in case.statutes)

    page = render(
        "exchange/bundle.html",
        title=f"{manifest.workshop.name}的调解案例",
        workshop=manifest.workshop.name,
        code=manifest.workshop.code,
        serial=manifest.serial,
        created=manifest.created.isoformat(),
        audience=Audience(manifest.audience).label,
        licence=manifest.licence,
        cases=cases,
        withdrawn=manifest.withdrawn,
        facts=facts,
        sections=_sections,
    )
    return page.encode()


def check_start_page(content: bytes) -> None:
    """Return if a page shows text and nothing else: no script, no picture, no way out.

    Every `<` has to begin a tag spelt as ours are, so that no browser reads it otherwise.

    Raises:
        Refused: it holds more, or an identifier.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(START_PAGE, "不是 UTF-8 编码。", ASK_AGAIN, "encoding") from error
    lines = _lines(text)
    if lines is None:
        raise Refused(START_PAGE, "里面有文字以外的东西。", f"不要打开。{ASK_AGAIN}", "active-page")
    found = identifier_in(lines)
    if found:
        raise Refused(
            START_PAGE, f"里面有{found}。", "不要使用；请对方删去后重新打包。", "identifier"
        )


def _lines(page: str) -> list[str] | None:
    """Return the texts of a page as a reader sees them, its style too; None if it holds more.

    Tags within a line are taken out, so that none parts a number.
    """
    if not page.startswith(_HEAD) or _CONTROL.search(page):
        return None
    lines, line, tag, at = [], [""], "", len(_HEAD)
    while at < len(page):
        begin = page.find("<", at)
        text = page[at : len(page) if begin < 0 else begin]
        found = _TAG.match(page, begin) if begin >= 0 else None
        if tag == "style" and not (_STYLE.fullmatch(text) and found and found[0] == "</style>"):
            return None
        line.append(text)
        if begin < 0:
            break
        if found is None or not _is_ours(found):
            return None
        tag = f"{found[1]}{found[2]}"
        lines += [value for _, value in _ATTRIBUTE.findall(found[3])]
        if found[2] == "br":
            line.append("\n")
        elif found[2] not in _WITHIN_A_LINE:
            lines.append("".join(line))
            line = []
        at = found.end()
    return [unescape(one) for one in (*lines, "".join(line)) if one.strip()]


def _is_ours(tag: re.Match[str]) -> bool:
    """Return whether a tag and all its attributes are among those the page needs."""
    allowed, attributes = _TAGS.get(tag[2]), _ATTRIBUTE.findall(tag[3])
    if allowed is None or (tag[1] and attributes):
        return False
    return len({name for name, _ in attributes}) == len(attributes) and all(
        name in allowed and re.fullmatch(allowed[name], value) for name, value in attributes
    )


def _sections(case: Case) -> Iterator[tuple[str, str]]:
    for name, heading in _PROSE.items():
        if name == "evidence":
            yield from _asked(case)
        text = getattr(case, name)
        if text:
            yield heading, text
    for heading, lessons in (
        ("做得好的", case.lessons.good),
        ("短板", case.lessons.weak),
        ("可复制", case.lessons.reusable),
    ):
        if lessons:
            yield heading, "\n".join(lesson.text for lesson in lessons)
    for heading, tip in (("消费提示", case.tips.consumer), ("经营提示", case.tips.business)):
        if tip:
            yield heading, tip


def _asked(case: Case) -> Iterator[tuple[str, str]]:
    if case.positions.consumer:
        yield "消费者主张", case.positions.consumer
    if case.positions.business:
        yield "经营者主张", case.positions.business
    if case.issues:
        yield "争议焦点", "\n".join(case.issues)


def _cited(text: str, terms: Mapping[str, Mapping[str, str]]) -> str:
    statute, _, article = text.partition("#")
    return f"《{terms['statutes'][statute]}》第 {article.split('.')[0]} 条"
