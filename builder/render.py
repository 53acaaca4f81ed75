"""The one Jinja2 environment, over `templates/`. Case text is text: nothing in it is markup."""

import hashlib
import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

TEMPLATES = Path(__file__).parent / "templates"
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


@cache
def environment() -> Environment:
    """Return the environment: escaping on, an unknown name stops the work."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["paragraphs"] = paragraphs
    made.filters["line_breaks"] = line_breaks
    return made


@cache
def template(name: str) -> Template:
    """Return a compiled template, e.g. `pages/case.html`."""
    return environment().get_template(name)


def render(name: str, **values: object) -> str:
    """Return what a template makes of the values."""
    return template(name).render(values)


def paragraphs(text: str) -> Markup:
    """Return prose as HTML: a blank line parts paragraphs, a single newline breaks the line."""
    parts = _BLANK_LINES.split(text.strip())
    return Markup("".join(f"<p>{line_breaks(part)}</p>" for part in parts if part))


def line_breaks(text: str) -> Markup:
    """Return text as HTML with its line breaks kept."""
    return Markup("<br>".join(escape(line) for line in text.strip().split("\n")))


@cache
def templates_digest() -> str:
    """Return a SHA-256 of all templates, hexadecimal."""
    digest = hashlib.sha256()
    for path in sorted(TEMPLATES.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(TEMPLATES).as_posix().encode() + b"\0")
            digest.update(path.read_bytes())
    return digest.hexdigest()
