"""The same cases as an ordinary MkDocs site: plain Markdown pages, Material, its own search."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from builder.errors import SurroundingsError
from builder.library.casebook import load_casebook
from builder.model.case import Case
from builder.settings import load_settings

CONFIGURATION = "mkdocs.yml"
_OURS = ("custom_dir",)  # of the theme's settings: what belongs to this project's plugin
_HIDDEN = frozenset({"status", "audience", "sample", "source", "waivers", "id", "title"})
_SECTIONS = frozenset({"positions", "issues", "lessons", "tips"})  # however short


class _Plain(yaml.SafeLoader):
    """Reads `mkdocs.yml` for its plain values; what is tagged for Python is left out."""


_Plain.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: None)


def write_stock_site(library: Path, folder: Path) -> Path:
    """Write a stock MkDocs project with a page for each case of `library` into `folder`.

    The theme and page addresses are set as in the library's `mkdocs.yml`. Case pages stay
    out of the menu, whose cost is quadratic. Returns the configuration's path.

    Raises:
        SurroundingsError: the library has no `mkdocs.yml`.
    """
    ours = library / CONFIGURATION
    if not ours.is_file():
        raise SurroundingsError(str(ours), "没有这个文件。", "请先在项目里写好 mkdocs.yml。")
    settings: dict[str, Any] = yaml.load(ours.read_text("utf-8"), _Plain)
    shutil.rmtree(folder, ignore_errors=True)
    docs = folder / "docs"
    (docs / "cases").mkdir(parents=True)
    book = load_casebook(load_settings(library))
    for page in book.pages:
        target = docs / page.path.removeprefix("docs/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"# {page.meta.title}\n\n{page.body}", "utf-8")
    if not (docs / "index.md").exists():
        (docs / "index.md").write_text(f"# {book.settings.title}\n", "utf-8")
    for item in book.cases:
        (docs / "cases" / f"{item.case.id}.md").write_text(page_text(item.case), "utf-8")
    stock = {
        "site_name": book.settings.title,
        "use_directory_urls": settings.get("use_directory_urls", True),
        "theme": {k: v for k, v in settings["theme"].items() if k not in _OURS},
        "plugins": [{"search": {"lang": "zh"}}],
        "nav": [{"首页": "index.md"}],
        "not_in_nav": "*\n",
        "validation": {"links": {"not_found": "ignore", "unrecognized_links": "ignore"}},
    }
    path = folder / CONFIGURATION
    path.write_text(yaml.safe_dump(stock, allow_unicode=True, sort_keys=False), "utf-8")
    return path


def page_text(case: Case) -> str:
    """Return a case as Markdown: a table of facts, then a heading for each section."""
    return "\n".join(_lines(case)) + "\n"


def _lines(case: Case) -> Iterator[str]:
    yield f"# {case.title}\n"
    sections = []
    yield "| 项目 | 内容 |\n| --- | --- |"
    for name, field in type(case).model_fields.items():
        value = getattr(case, name)
        if name in _HIDDEN or not value:
            continue
        texts = [text for text in _texts(value) if text]
        if any(len(text) > 40 for text in texts) or name in _SECTIONS:
            sections.append(f"\n## {field.title}\n\n" + "\n\n".join(texts))
        elif texts:
            yield f"| {field.title} | {'、'.join(texts)} |"
    yield from sections


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name))
    elif value is not None and not isinstance(value, bool):
        yield str(value)
