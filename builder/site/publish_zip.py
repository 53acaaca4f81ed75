"""Pack a finished site for handing on: unpack, double-click, read. The same site, the same bytes.

    TOP/打开案例库.html   start file: leads to the site, or says that one has to unpack first
    TOP/说明.txt          for Windows' own editor: with a mark of its encoding, and its line ends
    TOP/site/             the site

Names are marked as UTF-8, which Windows has read since version 8.
"""

import datetime
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from builder.checks.cleared import ClearedCasebook
from builder.render import render
from builder.site.docs_files import ICON
from builder.site.earlier import ZIP_COMMENT
from builder.site.windows_names import check_names, plain_name
from builder.whole_file import whole_file
from builder.wording import BANNERS, month_in_words

START: Final = "打开案例库.html"
READ_ME: Final = "说明.txt"
SITE: Final = "site"
_FIRST_YEAR = 1980  # of which a zip knows
_PLAIN_FILE = 0o100644 << 16


def publish_zip(site: Path, cleared: ClearedCasebook, target: Path) -> int:
    """Pack a site and return the number of its files.

    Args:
        cleared: what the site was made from.

    Raises:
        UnpackableNameError: Windows cannot unpack a name; nothing was written.
    """
    top = plain_name(f"{cleared.title}（{cleared.audience.label}）")
    paths = {
        f"{top}/{SITE}/{path.relative_to(site).as_posix()}": path
        for path in site.rglob("*")
        if path.is_file()
    }
    texts = {f"{top}/{name}": content for name, content in _texts(cleared)}
    names = [*sorted(texts), *sorted(paths)]
    check_names(names)
    date = _date(cleared.as_of)
    with (
        whole_file(target) as fresh,
        zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
    ):
        archive.comment = f"{ZIP_COMMENT}{cleared.audience}".encode()
        for name in names:
            entry = zipfile.ZipInfo(name, (date.year, date.month, date.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # wherever it is packed
            entry.external_attr = _PLAIN_FILE
            content = texts[name] if name in texts else paths[name].read_bytes()
            archive.writestr(entry, content)
    return len(paths)


def _texts(cleared: ClearedCasebook) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of what stands beside the site."""
    told = {
        "title": cleared.title,
        "workshop": cleared.workshop,
        "audience": cleared.audience.label,
        "banner": BANNERS[cleared.audience],
        "total": len(cleared.cases),
        "as_of": month_in_words(cleared.as_of),
        "start": START,
    }
    start = render("publish/start.html", home=f"{SITE}/index.html", probe=f"{SITE}/{ICON}", **told)
    yield START, start.encode()
    read_me = render("publish/read_me.txt", **told)
    yield READ_ME, read_me.replace("\n", "\r\n").encode("utf-8-sig")


def _date(as_of: str) -> datetime.date:
    """Return the date that all files carry: the newest of the library, not the clock's."""
    year, month, day = [*map(int, re.findall(r"\d+", as_of)), 1, 1, 1][:3] if as_of else (0, 1, 1)
    return datetime.date(max(year, _FIRST_YEAR), month, day)
