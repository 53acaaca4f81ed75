"""The free texts of a record: what a person wrote in words of their own."""

from collections.abc import Iterator

from pydantic import BaseModel

from builder.library.yaml_reader import Path
from builder.model.case import Lesson

# Fields that hold ids and dates of our own making, not free text.
_NOT_PROSE = frozenset(
    {"id", "status", "audience", "station", "channel", "dispute_types", "industry", "claims"}
    | {"outcomes", "ground", "agreement_form", "departments", "methods", "statutes", "cases"}
    | {"timeline", "amounts"}
)
# Free text that clearance drops for everybody outside.
_STAYS_INSIDE = frozenset({"parties", "four_sights", "review", "source", "withdrawal", "waivers"})


def free_texts(record: BaseModel) -> Iterator[tuple[Path, str, bool]]:
    """Yield path, text and whether it stays inside, for every free text of a record."""
    for name in type(record).model_fields:
        if name not in _NOT_PROSE:
            yield from _walk((name,), getattr(record, name), name in _STAYS_INSIDE)


def _walk(path: Path, value: object, inside: bool) -> Iterator[tuple[Path, str, bool]]:
    if isinstance(value, str):
        yield path, value, inside
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _walk((*path, number), item, inside)
    elif isinstance(value, Lesson):
        yield path, value.text, inside or value.internal
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name != "id":
                yield from _walk((*path, name), getattr(value, name), inside)
