"""A new library elsewhere, for a partner: settings, vocabularies, template, two sample cases.

Vocabularies are copied from the library at hand, so that both sides speak alike; the
stations stay at home, and of the pages only those go that partners may read, with the
pictures they show.
"""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

from builder.checks.cleared import ClearedCasebook
from builder.errors import SurroundingsError, WrongUseError, reason_of
from builder.library.new_case import template as case_template
from builder.render import environment
from builder.settings import Settings

_FILES = {
    "casebook.toml": "casebook.toml",
    "README.md": "README.md",
    "docs/index.md": "index.md",
    "docs/privacy.md": "privacy.md",
    "cases/vocabulary/stations.yml": "stations.yml",
    "cases/2026/{code}-2026-0001.yml": "refund.yml",
    "cases/2026/{code}-2026-0002.yml": "repair.yml",
}
# what is of one machine, or must not be given away with the library
_IGNORED = """\
.venv/
build/
/ledger/
/inbox/
/cases/.inbox.lock
keys/*.key
keys/*.key.*
keys/.lock
"""


def new_library(
    cleared: ClearedCasebook, home: Settings, folder: Path, *, code: str, name: str, region: str
) -> list[Path]:
    """Write a new library into `folder`, whole or not at all, and return its files.

    Args:
        cleared: the library at hand as partners may see it; gives the guides.
        home: its settings; gives vocabularies and `mkdocs.yml`.

    Raises:
        WrongUseError: there is something in the folder already.
        SurroundingsError: it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongUseError(str(folder), "这里已经有东西了。", "请给一个新的或空的文件夹。")
    words = {"code": code, "name": name, "region": region}
    toml = {key: json.dumps(value, ensure_ascii=False) for key, value in words.items()}
    texts = {
        path.format(code=code): _filled(template, toml if path.endswith(".toml") else words)
        for path, template in _FILES.items()
    }
    texts["cases/TEMPLATE.yml"] = case_template()
    texts[".gitignore"] = _IGNORED
    guides = [page for page in cleared.pages if page.path.startswith("guides/")]
    for page in guides:
        texts[f"docs/{page.path}"] = _page(page.title, page.description, page.body)
    files = {path: text.encode() for path, text in texts.items()}
    try:
        for path in sorted(home.vocabulary.glob("*.yml")):
            if path.name != "stations.yml":
                files[f"cases/vocabulary/{path.name}"] = path.read_bytes()
        for extra in (home.root / "mkdocs.yml", home.cases / "README.md"):
            if extra.is_file():
                files[extra.relative_to(home.root).as_posix()] = extra.read_bytes()
        for asset in sorted(cleared.assets):
            picture = home.docs / asset
            if picture.is_file() and any(picture.name in page.body for page in guides):
                files[f"docs/{asset}"] = picture.read_bytes()
        _write(folder, files)
    except OSError as error:
        raise SurroundingsError(
            str(error.filename or folder), f"写不进去（{reason_of(error)}）。",
            "请检查权限和磁盘空间。",
        ) from error  # fmt: skip
    return [folder / path for path in files]


def _filled(template: str, words: dict[str, str]) -> str:
    source = (Path(__file__).parents[1] / "templates" / "new_library" / template).read_text("utf-8")
    # plain text, not HTML: nothing is escaped
    return environment().overlay(autoescape=False).from_string(source).render(words) + "\n"


def _page(title: str, description: str, body: str) -> str:
    head = {"title": title, "audience": "internal"}
    if description:
        head["description"] = description
    lines = "".join(
        f"{key}: {json.dumps(text, ensure_ascii=False)}\n" for key, text in head.items()
    )
    return f"---\n{lines}---\n{body}"


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files beside `folder`, then put them there in one step."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    # an empty folder may be the one that the user stands in: it stays, and is filled
    target = folder.resolve()
    staged = target.parent / f".{target.name}.{uuid4().hex[:8]}.part"
    try:
        for name, content in files.items():
            path = staged / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if not target.exists():
            staged.rename(target)
            return
        # the settings come last: they are what makes a folder a library
        for path in sorted(staged.iterdir(), key=lambda path: path.name == "casebook.toml"):
            path.rename(target / path.name)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
