"""A deterministic generator of synthetic libraries, for measuring.

A case draws its ids, skewed, from the library's own vocabularies, and statutes in force on
its day. Its prose, some 800 to 1,100 characters, is clauses whose slots are filled with
words: 20 % made up for this case, 30 % from the list of its dispute type, 25 % from that of
its industry, 25 % from a pool of 30,000. Case number i depends on the vocabularies, the seed
and i alone, so a small library is a prefix of a larger one.

Limits: the texts have no meaning. The pool is the words of the vocabularies and, for nine
tenths, pairs to fours of their characters joined at random; the frequencies follow Zipf's
law, but which word follows which is chance, so there are more distinct character pairs and
fewer repeated phrases than in real cases. Good for bytes, time and memory; useless for
relevance, and too kind to checks for what people really write (no findings).
"""

import datetime
import itertools
import random
import re
import shutil
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import TypeVar

from benchmarks.prose import SUMMARIES, TITLES, Words, prose_lines, sight_lines
from benchmarks.words import WordList, characters, pool, real_words, topic
from builder.detectors.detect import KINDS, detect
from builder.errors import CasebookError
from builder.library.casebook import load_casebook
from builder.model.statute import StatuteVersion
from builder.model.vocabulary import Term, Vocabularies
from builder.settings import load_settings

Item = TypeVar("Item")

PROJECT = Path(__file__).parents[1]
SEED = 20260301
TODAY = datetime.date(2026, 12, 31)  # a day of check that no date of a case lies after
_FIRST_DAY = datetime.date(2023, 1, 1)
_DAYS = (datetime.date(2026, 8, 31) - _FIRST_DAY).days
_COPIED = ("casebook.toml", "mkdocs.yml")


def write_library(folder: Path, count: int, seed: int = SEED, project: Path = PROJECT) -> Path:
    """Write a whole library with `count` cases into `folder` and return it.

    Settings, vocabularies and pages are the project's; its cases are left out, and minutes
    name synthetic cases instead.

    Raises:
        CasebookError: the folder is there already, or the project's vocabularies are broken.
    """
    if folder.exists():
        raise CasebookError(str(folder), "这个文件夹已经有了。", "请换一个，或先删掉它。")
    folder.mkdir(parents=True)
    for name in _COPIED:
        if (project / name).exists():
            shutil.copy(project / name, folder / name)
    shutil.copytree(project / "cases" / "vocabulary", folder / "cases" / "vocabulary")
    if (project / "docs").is_dir():
        shutil.copytree(project / "docs", folder / "docs")
    book = load_casebook(load_settings(folder))
    generator = Generator(book.settings.code, book.vocabularies, seed)
    _name_synthetic_cases(folder / "docs", [generator.case_id(i) for i in range(min(3, count))])
    years = {generator.case_id(i).split("-")[1] for i in range(count)}
    for year in years:
        (folder / "cases" / year).mkdir()
    for case_id, text in generator.cases(count):
        path = folder / "cases" / case_id.split("-")[1] / f"{case_id}.yml"
        path.write_text(text, "utf-8", newline="\n")
    return folder


def _tells_who(text: str) -> bool:
    return any(KINDS[finding.kind].blocking for finding in detect(text))


def _name_synthetic_cases(docs: Path, ids: Sequence[str]) -> None:
    """Let the minutes below docs/ be about cases that exist."""
    for path in sorted(docs.glob("study/*.md")):
        text = path.read_text("utf-8")
        named = re.sub(r"^cases: \[.*\]$", f"cases: [{', '.join(ids)}]", text, flags=re.MULTILINE)
        path.write_text(named, "utf-8", newline="\n")


@dataclass(frozen=True)
class Generator:
    """Makes the text of case files.

    Attributes:
        code: the workshop's code, the first part of an id.
    """

    code: str
    vocabularies: Vocabularies
    seed: int = SEED

    def cases(self, count: int) -> Iterator[tuple[str, str]]:
        """Yield id and file text of cases 0, 1, ... count - 1."""
        for number in range(count):
            yield self.case_id(number), self.case(number)

    def case_id(self, number: int) -> str:
        return f"{self.code}-{self._received(number).year}-{number + 1:04d}"

    def case(self, number: int) -> str:
        """Return the text of one case file; drawn again while chance makes a name in it."""
        drawn = (self._draw(number, attempt) for attempt in itertools.count())
        return next(text for text in drawn if not _tells_who(text))

    def _draw(self, number: int, attempt: int) -> str:
        rng = random.Random(f"{self.seed}/{number}/{attempt}")
        types = rng.sample(self._type_ids, k=1 + (rng.random() < 0.35))
        types[0] = _skewed(rng, self._type_ids)
        industry = _skewed(rng, self._industry_ids)
        words = Words(rng, self._chars, self._topics[types[0]], self._topics[industry], self._pool)
        timeline = _timeline(rng, self._received(number))
        lines = [
            f"id: {self.case_id(number)}",
            f"title: {words.fill(rng.choice(TITLES))}",
            f"summary: {words.fill(rng.choice(SUMMARIES))}",
            "status: published",
            "audience: public",
            "sample: true",
            f"station: {rng.choice(self._ids('stations'))}",
            f"channel: {_skewed(rng, self._ids('channels'))}",
            "",
            "timeline:",
            *(f"  {name}: {moment}" for name, moment in timeline.items()),
            "",
            f"dispute_types: [{', '.join(dict.fromkeys(types))}]",
            f"industry: {industry}",
            f"claims: [{', '.join(_some(rng, self._ids('claims'), 1, 2))}]",
            "",
            f"parties: {{consumers: {1 if rng.random() < 0.95 else rng.randint(2, 60)}, "
            f"consumer_kind: 个人, businesses: 1, business_kind: "
            f"{rng.choice(('个体工商户', '企业', '平台内经营者'))}}}",
        ]
        lines += self._ending(rng)
        lines.append(f"methods: [{', '.join(_some(rng, self._ids('methods'), 1, 4))}]")
        if rng.random() < 0.25:
            lines.append(f"departments: [{', '.join(_some(rng, self._ids('departments'), 1, 2))}]")
        day = datetime.date.fromisoformat((timeline.get("accepted") or timeline["received"])[:10])
        lines += ["", "four_sights:", *sight_lines(rng, words)]
        lines += ["", "statutes:", *(f"  - {text}" for text in self._statutes(rng, day))]
        lines += prose_lines(rng, words)
        lines += ["", f"keywords: [{', '.join(dict.fromkeys(words.draw(5)))}]"]
        if number and rng.random() < 0.15:
            other = self.case_id(rng.randrange(number))
            lines += ["related:", f"  - {{id: {other}, relation: 同类型不同结果}}"]
        return "\n".join([*lines, "source: {kind: own}", ""])

    def _received(self, number: int) -> datetime.date:
        """Return the day a case came in; cheap, since other cases refer to it by id."""
        share = zlib.crc32(f"{self.seed}/{number}".encode()) / 2**32
        return _FIRST_DAY + datetime.timedelta(days=int(share * _DAYS))

    def _ending(self, rng: random.Random) -> list[str]:
        """Return amounts, outcomes and what goes with them, without contradictions."""
        disputed = round(min(90_000, 20 + rng.lognormvariate(6.8, 1.3)), 2)
        claimed = disputed if rng.random() < 0.6 else round(disputed * rng.uniform(1, 4), 2)
        luck = rng.random()
        ground = form = ""
        if luck < 0.74:
            first = _skewed(rng, self._children("outcomes", "chenggong"))
            given = [*self._children("outcomes", "tuikuan"), "peichang", "jixu-lvxing"]
            outcomes = [first, _skewed(rng, given)]
            recovered = round(claimed * rng.uniform(0.2, 1), 2)
            form = _skewed(rng, self._ids("agreement_forms"))
        else:
            recovered = 0.0
            group, of = ("zhongzhi", "zhongzhi") if luck < 0.92 else ("bu-shouli-lei", "bu-shouli")
            outcomes = [_skewed(rng, self._children("outcomes", group))]
            ground = _skewed(rng, self._grounds(of))
        lines = [
            f"amounts: {{disputed: {disputed:.2f}, claimed: {claimed:.2f}, "
            f"recovered: {recovered:.2f}}}",
            "",
            f"outcomes: [{', '.join(outcomes)}]",
        ]
        if ground:
            lines.append(f"ground: {ground}")
        if form:
            lines.append(f"agreement_form: {form}")
        return lines

    def _statutes(self, rng: random.Random, day: datetime.date) -> list[str]:
        """Return one to four citations of law in force on `day`."""
        versions = tuple(
            (statute.id, number)
            for statute in self.vocabularies.statutes.statutes
            for number, version in enumerate(statute.versions)
            if version.in_force(day)
        )
        wanted = rng.choice((1, 2, 2, 3, 4))
        chosen = dict.fromkeys(_skewed(rng, versions) for _ in range(wanted))
        return [
            f"{statute}#{_skewed(rng, tuple(self._version(statute, number).articles))}"
            for statute, number in chosen
        ]

    def _version(self, statute: str, number: int) -> StatuteVersion:
        return self.vocabularies.statutes.by_id[statute].versions[number]

    def _ids(self, name: str) -> tuple[str, ...]:
        return self._second_level[name]

    def _children(self, name: str, group: str) -> tuple[str, ...]:
        return tuple(child.id for child in self.vocabularies[name].by_id[group].children)

    def _grounds(self, of: str) -> tuple[str, ...]:
        return tuple(term.id for term in self.vocabularies["grounds"].walk() if term.of == of)

    @cached_property
    def _second_level(self) -> Mapping[str, tuple[str, ...]]:
        """Vocabulary name -> the ids that cases take: children, or terms without any."""
        return {
            name: tuple(
                child.id for term in vocabulary.terms for child in (term.children or (term,))
            )
            for name, vocabulary in self.vocabularies.terms.items()
        }

    @property
    def _type_ids(self) -> tuple[str, ...]:
        return self._ids("dispute_types")

    @property
    def _industry_ids(self) -> tuple[str, ...]:
        return self._ids("industries")

    @cached_property
    def _texts(self) -> list[str]:
        """Everything the vocabularies say, statutes and concepts included."""
        texts = [
            text
            for vocabulary in self.vocabularies.terms.values()
            for term in vocabulary.walk()
            for text in (term.label, term.definition, *term.synonyms)
        ]
        for statute in self.vocabularies.statutes.statutes:
            for version in statute.versions:
                texts += version.articles.values()
        texts += [word for group in self.vocabularies.concepts for word in group.words]
        return texts

    @cached_property
    def _chars(self) -> WordList:
        return characters(self._texts)

    @cached_property
    def _pool(self) -> WordList:
        return pool(real_words(self._texts), self._chars)

    @cached_property
    def _topics(self) -> dict[str, WordList]:
        """Word lists by id; types and industries with one id share a list."""
        terms: dict[str, list[Term]] = {}
        for name in ("dispute_types", "industries"):
            vocabulary = self.vocabularies[name]
            for term_id in self._second_level[name]:
                terms.setdefault(term_id, []).append(vocabulary.by_id[term_id])
        return {
            term_id: topic(
                term_id, [w for term in same for w in (term.label, *term.synonyms)], self._pool
            )
            for term_id, same in terms.items()
        }


def _timeline(rng: random.Random, received: datetime.date) -> dict[str, str]:
    """Return the moments of a case in order, as case files write them."""
    day = received
    timeline = {"received": f"{day} {rng.randint(8, 11):02d}:{rng.randrange(60):02d}"}
    for name, most in (("accepted", 6), ("visited", 3), ("mediated", 12), ("closed", 9)):
        day += datetime.timedelta(days=rng.randint(0, most))
        timeline[name] = day.isoformat()
    if rng.random() < 0.6:
        timeline["followed_up"] = (day + datetime.timedelta(days=rng.randint(5, 30))).isoformat()
    return timeline


def _some(rng: random.Random, ids: tuple[str, ...], least: int, most: int) -> list[str]:
    wanted = rng.randint(least, most)
    return list(dict.fromkeys(_skewed(rng, ids) for _ in range(wanted)))


def _skewed(rng: random.Random, items: Sequence[Item]) -> Item:
    """Return one item; the one at rank r weighs 1 / (r + 1) ** 0.8."""
    return rng.choices(items, cum_weights=_sums(len(items)))[0]


@lru_cache
def _sums(count: int) -> tuple[float, ...]:
    return tuple(accumulate(1 / (rank + 2) ** 0.8 for rank in range(count)))
