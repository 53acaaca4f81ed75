"""Was the cited law in force on the case's dates, and does it still stand?"""

from builder.library.casebook import Casebook, CaseFile
from builder.library.problem import Problem, Severity
from builder.model.statute import Standing, StatuteBook, parse_citation


def check_law(book: Casebook) -> list[Problem]:
    """Return errors for law not in force then, warnings for law that has since changed."""
    problems = []
    for item in book.cases:
        if item.case.law_on is not None:
            problems += _check_case(item, book.vocabularies.statutes)
    return problems


def _check_case(item: CaseFile, book: StatuteBook) -> list[Problem]:
    day = item.case.law_on
    assert day is not None
    problems = []
    for number, text in enumerate(item.case.statutes):
        citation = parse_citation(text)
        if citation is None or citation.statute not in book:
            continue
        statute = book.by_id[citation.statute]
        path = ("statutes", number)
        standing = book.standing(citation, day)
        name = f"《{statute.short}》第{citation.article}条"
        if standing.kind == "not-in-force":
            problems.append(
                item.source.problem(
                    path,
                    f"{name}在 {day.isoformat()} 不在施行。",
                    _what_was(book, citation.statute, day.isoformat()),
                    "law-not-in-force",
                )
            )
        elif standing.kind in ("changed", "repealed"):
            problems.append(
                item.source.problem(
                    path,
                    f"{name}后来变了。",
                    f"{change_note(book, standing)}案例页会一并注明，不必改。",
                    "law-changed",
                    Severity.WARNING,
                )
            )
    return problems


def change_note(book: StatuteBook, standing: Standing) -> str:
    """Return one sentence on what stands now in place of a provision that changed."""
    since = f"{standing.since.isoformat()} 起" if standing.since else "现在"
    if standing.now is None:
        return f"{since}不再施行，没有查到对应的现行条文。"
    return f"{since}见{book.label(standing.now)}。"


def _what_was(book: StatuteBook, statute_id: str, day: str) -> str:
    spans = "、".join(
        f"{version.from_.isoformat()} 起"
        + (f"至 {version.until.isoformat()} 前" if version.until else "")
        for version in book.by_id[statute_id].versions
    )
    return f"它的施行时间是{spans}；请改引 {day} 施行的规定，或核对案例日期。"
