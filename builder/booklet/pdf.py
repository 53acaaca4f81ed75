"""A volume as PDF, set by typst from one fixed template; texts are data to it, never code."""

import json
import re
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Final

from builder.booklet.volume import Volume
from builder.errors import SurroundingsError
from builder.render import TEMPLATES

TEMPLATE: Final = TEMPLATES / "booklet" / "booklet.typ"
FONT_FOLDERS: Final = (
    Path("/usr/share/fonts/opentype/noto"),
    Path("/usr/share/fonts/noto-cjk"),
    Path("/usr/local/share/fonts"),
)
_FONT_FILE: Final = "NotoSerifCJK-Regular.ttc"
_LONG: Final = re.compile(r"[^\s\u2e80-\uffef]{28,}")
_BREAK: Final = "\u200b"
_STEP: Final = 12


class BookletError(SurroundingsError):
    """A volume cannot be set on this machine."""


def pdf_bytes(volume: Volume, fonts: Path | None = None) -> bytes:
    """Return the PDF; the same volume, fonts and typst give the same bytes.

    Args:
        fonts: folder of the fonts; None for where Debian's package puts them.

    Raises:
        BookletError: the fonts are missing, or typst refuses.
    """
    import typst  # 80 MB: not for other commands

    folder = fonts or next((one for one in FONT_FOLDERS if (one / _FONT_FILE).is_file()), None)
    if folder is None or not (folder / _FONT_FILE).is_file():
        raise BookletError(
            "字体", f"没有找到 {_FONT_FILE}。", "请安装思源字体：apt-get install fonts-noto-cjk。"
        )
    with tempfile.TemporaryDirectory() as work:
        root = Path(work)
        shutil.copyfile(TEMPLATE, root / TEMPLATE.name)
        (root / "volume.json").write_text(
            json.dumps(_breakable(asdict(volume)), ensure_ascii=False), "utf-8"
        )
        try:
            made: bytes = typst.compile(
                str(root / TEMPLATE.name),
                root=str(root),
                font_paths=[str(folder)],
                ignore_system_fonts=True,
                format="pdf",
                timestamp=0,
            )
        except Exception as error:  # typst has one class for all it refuses
            raise BookletError(
                "排版", f"typst 没有排成：{error}", "请把这句话告诉维护本程序的人。"
            ) from error
    return made


def _breakable(value: object) -> object:
    """Return a value whose long runs of letters and digits may break over lines."""
    if isinstance(value, str):
        return _LONG.sub(lambda run: _BREAK.join(_pieces(run[0])), value)
    if isinstance(value, list | tuple):
        return [_breakable(one) for one in value]
    if isinstance(value, dict):
        return {key: _breakable(one) for key, one in value.items()}
    return value


def _pieces(run: str) -> list[str]:
    return [run[at : at + _STEP] for at in range(0, len(run), _STEP)]
