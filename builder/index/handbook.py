"""What a brief needs besides the cases: the law in force, checklists, working days.

One content for the command line (a file of the index) and for the browser (a shard):

    law         `statute#article` -> [label, paraphrase, since]
    checklists  dispute type -> [to ask, to see, to collect]
    years       those whose holidays are known
    off, work   days off, weekends that are worked: ISO dates
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from builder.errors import reason_of
from builder.index.folder import IndexFolderError

if TYPE_CHECKING:
    from builder.model.vocabulary import Vocabularies

_FORMAT: Final = 1


class Provision(NamedTuple):
    """One article as the vocabulary has it last: what it says, since when (ISO date)."""

    label: str
    text: str
    since: str


class Checklist(NamedTuple):
    """What to ask, to see and to collect before a mediation."""

    ask: tuple[str, ...]
    see: tuple[str, ...]
    collect: tuple[str, ...]


@dataclass(frozen=True)
class Handbook:
    """The law in force, checklists by dispute type, working days."""

    law: Mapping[str, Provision]
    checklists: Mapping[str, Checklist]
    years: tuple[int, ...]
    off: tuple[str, ...]
    work: tuple[str, ...]

    @classmethod
    def read(cls, path: Path) -> "Handbook":
        """Return what `handbook_bytes` wrote to `path`.

        Raises:
            IndexFolderError: it is missing, damaged or of another version.
        """
        try:
            content: Any = json.loads(path.read_bytes())
            if content.pop("format") != _FORMAT:
                raise IndexFolderError(path, f"法条与清单的版本不对，本程序只认得 {_FORMAT}。")
            return cls(
                law={key: Provision(*row) for key, row in content["law"].items()},
                checklists={
                    key: Checklist(*map(tuple, row)) for key, row in content["checklists"].items()
                },
                years=tuple(content["years"]),
                off=tuple(content["off"]),
                work=tuple(content["work"]),
            )
        except OSError as error:
            raise IndexFolderError(path, f"法条与清单读不出来（{reason_of(error)}）。") from error
        except (ValueError, TypeError, KeyError) as error:
            raise IndexFolderError(path, "法条与清单已损坏。") from error


def handbook(vocabularies: "Vocabularies") -> Handbook:
    """Return what the vocabularies give to a brief; of each statute its last version."""
    # its models are slow to import: a search only reads what a build wrote
    from builder.model.statute import Citation

    calendar, statutes = vocabularies.calendar, vocabularies.statutes
    return Handbook(
        law={
            f"{statute.id}#{article}": Provision(
                statutes.label(Citation(statute.id, article)),
                text,
                statute.versions[-1].from_.isoformat(),
            )
            for statute in statutes.statutes
            for article, text in statute.versions[-1].articles.items()
        },
        checklists={
            one.id: Checklist(one.ask, one.see, one.collect) for one in vocabularies.checklists
        },
        years=tuple(sorted(calendar.years)),
        off=tuple(sorted(day.isoformat() for day in calendar.off)),
        work=tuple(sorted(day.isoformat() for day in calendar.work)),
    )


def payload(book: Handbook) -> dict[str, object]:
    """Return the content of the shard."""
    return {
        "law": book.law,
        "checklists": book.checklists,
        "years": book.years,
        "off": book.off,
        "work": book.work,
    }


def handbook_bytes(book: Handbook) -> bytes:
    """Return the file's content; the same vocabularies give the same bytes."""
    content = {"format": _FORMAT, **payload(book)}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
