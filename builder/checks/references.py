"""Do the ids a case names exist: vocabulary terms, statutes and articles, related cases."""

from collections.abc import Container, Iterator

from builder.library.casebook import Casebook, CaseFile, Document
from builder.library.problem import Problem, Severity
from builder.library.record import nearest
from builder.library.yaml_reader import Path, shown
from builder.model.case import Case
from builder.model.page import SessionMeta
from builder.model.statute import parse_citation
from builder.model.vocabulary import Vocabularies

# field of a case -> the vocabulary its ids come from
CONTROLLED = {
    "station": "stations",
    "channel": "channels",
    "dispute_types": "dispute_types",
    "industry": "industries",
    "claims": "claims",
    "outcomes": "outcomes",
    "ground": "grounds",
    "agreement_form": "agreement_forms",
    "departments": "departments",
    "methods": "methods",
}


def controlled_ids(case: Case) -> Iterator[tuple[Path, str, str]]:
    """Yield path, vocabulary name and id of every controlled value of a case."""
    for field, vocabulary in CONTROLLED.items():
        value = getattr(case, field)
        if isinstance(value, str):
            yield (field,), vocabulary, value
        else:
            for number, item in enumerate(value or ()):
                yield (field, number), vocabulary, item


def check_references(book: Casebook) -> list[Problem]:
    """Return a problem for every id that leads nowhere."""
    case_ids = {item.case.id for item in book.cases}
    problems: list[Problem] = []
    for item in book.cases:
        problems += _terms(item, book.vocabularies)
        problems += _statutes(item, book.vocabularies)
        problems += _related(item, case_ids)
    for session in book.sessions:
        problems += _studied(session, case_ids)
    return problems


def _terms(item: CaseFile, vocabularies: Vocabularies) -> list[Problem]:
    problems = []
    for path, name, term_id in controlled_ids(item.case):
        if name not in vocabularies.terms:
            continue  # the vocabulary itself could not be read, and says so
        vocabulary = vocabularies[name]
        term = vocabulary.by_id.get(term_id)
        if term is None:
            labels = {label: t.id for t in vocabulary.walk() for label in (t.label, *t.synonyms)}
            hint = (
                f"您是不是要写 {labels[term_id]}？"
                if term_id in labels
                else nearest(term_id, vocabulary.by_id)
            )
            problems.append(
                item.source.problem(
                    path,
                    f"{name} 词表里没有 {shown(term_id)}。",
                    hint or f"请在 cases/vocabulary/{name}.yml 里查找编号。",
                    "unknown-id",
                )
            )
        elif _out_of_use(item.case, term.since, term.withdrawn):
            problems.append(
                item.source.problem(
                    path,
                    f"{term.label}（{term_id}）在这个案例的日期不在用。",
                    "请换一个在用的编号。",
                    "term-out-of-use",
                    Severity.WARNING,
                )
            )
    return problems


def _out_of_use(case: Case, since: object, withdrawn: object) -> bool:
    day = case.closed_on or case.received_on
    if day is None:
        return False
    return (since is not None and str(day) < str(since)) or (
        withdrawn is not None and str(day) >= str(withdrawn)
    )


def _statutes(item: CaseFile, vocabularies: Vocabularies) -> list[Problem]:
    book = vocabularies.statutes
    problems = []
    for number, text in enumerate(item.case.statutes if book.statutes else ()):
        citation = parse_citation(text)
        if citation is None:
            continue  # refused when the case was read
        statute = book.by_id.get(citation.statute)
        path = ("statutes", number)
        if statute is None:
            names = {name: s.id for s in book.statutes for name in (s.short, s.name, *s.aliases)}
            hint = nearest(citation.statute, [*book.by_id, *names])
            problems.append(
                item.source.problem(
                    path,
                    f"法规词表里没有 {shown(citation.statute)}。",
                    hint or "请在 cases/vocabulary/statutes.yml 里查找编号。",
                    "unknown-statute",
                )
            )
            continue
        known = {article for version in statute.versions for article in version.articles}
        if citation.article not in known:
            problems.append(
                item.source.problem(
                    path,
                    f"法规词表里没有《{statute.short}》第{citation.article}条。",
                    "请核对条号；确有此条的，先把转述补进 statutes.yml。",
                    "unknown-article",
                )
            )
        if text in item.case.statutes[:number]:
            problems.append(
                item.source.problem(path, "同一条写了两次。", "请删掉一处。", "repeated-statute")
            )
    return problems


def _related(item: CaseFile, case_ids: Container[str]) -> list[Problem]:
    problems = []
    for number, relation in enumerate(item.case.related):
        path = ("related", number, "id")
        if relation.id == item.case.id:
            problems.append(
                item.source.problem(path, "把自己列为相关案例。", "请删掉这一条。", "related-self")
            )
        elif relation.id not in case_ids:
            problems.append(
                item.source.problem(
                    path, f"没有编号为 {relation.id} 的案例。", "请核对编号。", "unknown-case"
                )
            )
    withdrawal = item.case.withdrawal
    if withdrawal and withdrawal.replaced_by and withdrawal.replaced_by not in case_ids:
        problems.append(
            item.source.problem(
                ("withdrawal", "replaced_by"),
                f"没有编号为 {withdrawal.replaced_by} 的案例。",
                "请核对编号。",
                "unknown-case",
            )
        )
    return problems


def _studied(session: Document[SessionMeta], case_ids: Container[str]) -> list[Problem]:
    return [
        session.source.problem(
            ("cases", number), f"没有编号为 {case_id} 的案例。", "请核对编号。", "unknown-case"
        )
        for number, case_id in enumerate(session.meta.cases)
        if case_id not in case_ids
    ]
