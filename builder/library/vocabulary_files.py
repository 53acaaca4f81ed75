"""Reading the vocabularies, and what makes one fit for use: ids, labels, dates, words."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import TypeVar

from pydantic import BaseModel

from builder.library.files import FoundFile
from builder.library.problem import Problem
from builder.library.record import ReadResult, SourceText, read_record
from builder.library.yaml_reader import Path
from builder.model.calendar import HolidaysFile, HolidayYear
from builder.model.statute import Statute, StatutesFile
from builder.model.vocabulary import (
    VOCABULARY_NAMES,
    Checklist,
    ChecklistsFile,
    ConceptGroup,
    ConceptsFile,
    Term,
    TermsFile,
    Vocabularies,
    Vocabulary,
    vocabularies,
)

FOLDER = "cases/vocabulary/"
_Content = TypeVar("_Content", bound=BaseModel)


def read_vocabularies(files: Mapping[str, FoundFile], problems: list[Problem]) -> Vocabularies:
    """Return the vocabularies in `files` (path -> file); what is wrong goes to `problems`.

    A vocabulary that cannot be read is left out, so that the cases are not blamed for it.
    """
    terms = []
    for name in VOCABULARY_NAMES:
        read = _read(files, name, TermsFile, problems)
        if read and read.record:
            terms.append(Vocabulary(name, read.record.terms))
            problems.extend(_term_problems(read.record.terms, read.source))
    statutes = _read(files, "statutes", StatutesFile, problems)
    if statutes and statutes.record:
        problems.extend(_statute_problems(statutes.record.statutes, statutes.source))
    concepts = _read(files, "concepts", ConceptsFile, problems)
    if concepts and concepts.record:
        problems.extend(_concept_problems(concepts.record.groups, concepts.source))
    holidays = _read(files, "holidays", HolidaysFile, problems)
    if holidays and holidays.record:
        problems.extend(_holiday_problems(holidays.record.years, holidays.source))
    checklists = _read(files, "checklists", ChecklistsFile, problems)
    if checklists and checklists.record:
        types = next((one for one in terms if one.name == "dispute_types"), None)
        problems.extend(_checklist_problems(checklists.record.checklists, types, checklists.source))
    others = ("statutes", "concepts", "holidays", "checklists")
    known = {f"{FOLDER}{name}.yml" for name in (*VOCABULARY_NAMES, *others)}
    for path in sorted(set(files) - known):
        problems.append(
            Problem(path, 0, 0, "", "没有这样的词表。", "请核对文件名，或移走它。", "vocabulary")
        )
    return vocabularies(
        terms,
        statutes.record.statutes if statutes and statutes.record else (),
        concepts.record.groups if concepts and concepts.record else (),
        holidays.record.years if holidays and holidays.record else (),
        checklists.record.checklists if checklists and checklists.record else (),
    )


def _read(
    files: Mapping[str, FoundFile], name: str, model: type[_Content], problems: list[Problem]
) -> ReadResult[_Content] | None:
    path = f"{FOLDER}{name}.yml"
    file = files.get(path)
    if file is None:
        problems.append(
            Problem(path, 0, 0, "", "缺这份词表。", "请从备份或模板里补回来。", "vocabulary")
        )
        return None
    read = read_record(path, file.content, model)
    problems.extend(read.problems)
    return read


def _walk(terms: tuple[Term, ...], place: Path) -> Iterator[tuple[Path, Term]]:
    for number, term in enumerate(terms):
        here = (*place, number)
        yield here, term
        yield from _walk(term.children, (*here, "children"))


def _term_problems(terms: tuple[Term, ...], source: SourceText) -> Iterator[Problem]:
    ids: set[str] = set()
    labels: set[str] = set()
    for place, term in _walk(terms, ("terms",)):
        if term.id in ids:
            yield source.problem(
                place, f"编号 {term.id} 用了两次。", "请改其中一个。", "duplicate-id"
            )
        if term.label in labels:
            yield source.problem(
                (*place, "label"),
                f"名称“{term.label}”用了两次。",
                "请改得能分清。",
                "duplicate-label",
            )
        if len(place) > 4:
            yield source.problem(place, "词表最多两级。", "请移到上一级。", "levels")
        ids.add(term.id)
        labels.add(term.label)


def _statute_problems(statutes: tuple[Statute, ...], source: SourceText) -> Iterator[Problem]:
    ids = {statute.id for statute in statutes}
    seen: set[str] = set()
    for number, statute in enumerate(statutes):
        place: Path = ("statutes", number)
        if statute.id in seen:
            yield source.problem(
                place, f"编号 {statute.id} 用了两次。", "请改其中一个。", "duplicate-id"
            )
        seen.add(statute.id)
        for target in (*(one.to for one in statute.renumbered), statute.replaced_by):
            if target is not None and target not in ids:
                yield source.problem(
                    place, f"没有编号为 {target} 的法规。", "请核对编号。", "unknown-statute"
                )
        until = None
        for row, version in enumerate(statute.versions):
            here = (*place, "versions", row)
            if version.until is not None and version.until <= version.from_:
                yield source.problem(
                    here, "停止施行的日期不晚于开始施行。", "请核对 from 和 until。", "date-order"
                )
            if row and (until is None or version.from_ < until):
                yield source.problem(
                    here, "与上一个版本的施行时间重叠。", "请给上一个版本写上 until。", "date-order"
                )
            until = version.until


def _concept_problems(groups: tuple[ConceptGroup, ...], source: SourceText) -> Iterator[Problem]:
    ids: set[str] = set()
    owners: dict[str, str] = {}
    for number, group in enumerate(groups):
        place: Path = ("groups", number)
        if group.id in ids:
            yield source.problem(
                place, f"编号 {group.id} 用了两次。", "请把两处的词并到一组里。", "duplicate-id"
            )
        ids.add(group.id)
        for row, word in enumerate(group.words):
            same = unicodedata.normalize("NFKC", word).lower()
            if same in owners:
                yield source.problem(
                    (*place, "words", row),
                    f"词“{word}”已经在 {owners[same]} 组里。",
                    "一个词只能出现一次，请删去一处。",
                    "duplicate-word",
                )
            owners[same] = group.id


def _holiday_problems(years: tuple[HolidayYear, ...], source: SourceText) -> Iterator[Problem]:
    seen: set[int] = set()
    for number, year in enumerate(years):
        place: Path = ("years", number)
        if year.year in seen:
            yield source.problem(place, f"{year.year} 年写了两次。", "请并到一处。", "duplicate-id")
        seen.add(year.year)
        for row, holiday in enumerate(year.off):
            if not holiday.from_ <= holiday.to or year.year not in (
                holiday.from_.year,
                holiday.to.year,
            ):
                yield source.problem(
                    (*place, "off", row),
                    f"{holiday.name}的起止日期不对。",
                    "请核对 from 和 to。",
                    "date-order",
                )
        for row, day in enumerate(year.work):
            if day.weekday() < 5 or day.year != year.year:
                yield source.problem(
                    (*place, "work", row),
                    f"{day.isoformat()} 不是这一年的周末，不必调班。",
                    "请核对放假通知。",
                    "date-order",
                )


def _checklist_problems(
    checklists: tuple[Checklist, ...], types: Vocabulary | None, source: SourceText
) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, checklist in enumerate(checklists):
        place: Path = ("checklists", number)
        if checklist.id in seen:
            yield source.problem(
                place, f"{checklist.id} 写了两次。", "请并到一处。", "duplicate-id"
            )
        seen.add(checklist.id)
        if types is not None and checklist.id not in types:
            yield source.problem(
                (*place, "id"),
                f"dispute_types 词表里没有 {checklist.id}。",
                "请写纠纷类型的编号。",
                "unknown-id",
            )
