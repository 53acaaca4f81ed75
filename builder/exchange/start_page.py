"""The page in a bundle that anybody can read with a browser, and what it may not hold."""

from collections.abc import Iterator, Mapping, Sequence
from html.parser import HTMLParser

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
# tag -> the attributes it may carry; a page that needs more is not one of ours
_BARE = ("head", "title", "style", "body", "h1", "h3", "p", "ul", "li", "dl", "dt", "dd", "strong")
_TAGS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys((*_BARE, "br"), frozenset[str]()),
    "html": frozenset({"lang"}),
    "meta": frozenset({"charset", "name", "content"}),
    "h2": frozenset({"id"}),
    "a": frozenset({"href"}),
    "div": frozenset({"class"}),
}


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

    Raises:
        Refused: it holds more, or an identifier.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(START_PAGE, "不是 UTF-8 编码。", ASK_AGAIN, "encoding") from error
    reader = _Reader()
    reader.feed(text)
    reader.close()
    if reader.strange or "@import" in text or "url(" in text.lower():
        raise Refused(START_PAGE, "里面有文字以外的东西。", f"不要打开。{ASK_AGAIN}", "active-page")
    found = identifier_in(reader.texts)
    if found:
        raise Refused(
            START_PAGE, f"里面有{found}。", "不要使用；请对方删去后重新打包。", "identifier"
        )


class _Reader(HTMLParser):
    """Collects the texts of a page, and notes whatever is not in `_TAGS`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.strange = False
        self.texts: list[str] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        allowed = _TAGS.get(tag)
        known = allowed is not None and all(name in allowed for name, _ in attrs)
        outward = tag == "a" and not all((value or "").startswith("#") for _, value in attrs)
        self.strange = self.strange or not known or outward

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if not self._in_style:
            self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.strange = True

    def handle_decl(self, decl: str) -> None:
        self.strange = self.strange or decl.lower() != "doctype html"

    def unknown_decl(self, data: str) -> None:
        self.strange = True

    def handle_pi(self, data: str) -> None:
        self.strange = True


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
