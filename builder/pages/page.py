"""A page of the site before it is made: where it goes, and what it would be made from."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from builder.checks.cleared import ClearedCasebook
from builder.render import templates_digest


@dataclass(frozen=True)
class Page:
    """One page.

    Attributes:
        path: below the site's folder, with forward slashes, e.g. `cases/SL-2026-0137.html`.
        title, description: plain text for the head of the page.
        key: SHA-256 of all that goes into the content, hexadecimal; equal keys, equal content.
        render: makes the content, HTML for the theme's frame.
        head: makes HTML of its own for the head of the page; the key covers it too.
    """

    path: str
    title: str
    description: str
    key: str
    render: Callable[[], str]
    head: Callable[[], str] = str


def key_of(*parts: object) -> str:
    """Return a digest of values whose `repr` says all about them."""
    return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()


def site_key(cleared: ClearedCasebook) -> str:
    """Return a digest of what every page depends on: code, audience, names, labels."""
    labels = [
        (name, term.id, term.label, term.definition, vocabulary.parents.get(term.id, ""))
        for name, vocabulary in sorted(cleared.vocabularies.terms.items())
        for term in vocabulary.walk()
    ]
    return key_of(_code_digest(), str(cleared.audience), *_names(cleared), labels)


def _names(cleared: ClearedCasebook) -> tuple[str, ...]:
    return cleared.title, cleared.workshop, cleared.code, cleared.address


@cache
def _code_digest() -> str:
    """Return a digest of the templates and of the modules that fill them."""
    digest = hashlib.sha256(templates_digest().encode())
    folder = Path(__file__).parent
    below = [folder.parent / f"{name}.py" for name in ("render", "stable_paths", "wording")]
    feeds = (folder.parent / "feeds").glob("*.py")
    for path in [*sorted(folder.glob("*.py")), *sorted(feeds), *below]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
