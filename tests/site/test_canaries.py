"""What is not cleared for an audience is in nothing made for it.

A canary is two rare characters of its own for every field of every kind of record, so
that they give a leak away anywhere in an output, and each of them in an index. The fields come from the model: a field added later is covered at once.
"""

import base64
import datetime
import gzip
import html
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any, get_args

import pytest
from minisign import KeyPair
from pydantic import BaseModel
from pypdf import PdfReader

from builder.checks.clearance import clear
from builder.exchange.pack import Consignment, pack
from builder.library.casebook import load_casebook
from builder.model.audience import Audience
from builder.model.case import Case
from builder.model.page import SessionMeta
from builder.settings import load_settings
from builder.site.publish import PublishRequest, publish
from builder.site.stages import BuildRequest, build
from builder.text.folding import fold
from tests.conftest import make_library

TODAY = datetime.date(2026, 11, 24)
# rare characters that no text here uses and that analysis leaves as they are
RARE = [char for char in map(chr, range(0x3405, 0x4DB0)) if fold(char).text == char]
STAYS_INSIDE = (
    "parties",
    "review",
    "four_sights",
    "source.row",
    "source.note",
    "withdrawal",
    "waivers",
    "station",
)
STAYS_AT_HOME = ("waivers.reason", "revision.note", "source.workshop")  # the sender is the source
NOT_SHOWN = ("waivers.reason",)  # why a finding was waived stands in the file alone
IDENTIFIERS = (
    "13812345678", "１３９１２３４５６７８", "610111199001010016", "6217000000000000004",
    "91610111MA6U123485", "陕A·D12345", "wangxiaoming@example.com", "029-88888888",
)  # fmt: skip


class Canaries:
    """Gives out canaries and remembers who may see each."""

    def __init__(self) -> None:
        self.seen_by: dict[str, frozenset[Audience]] = {}
        self.names: dict[str, str] = {}

    def new(self, name: str, seen_by: frozenset[Audience]) -> str:
        place = 2 * len(self.seen_by)
        mark = RARE[place] + RARE[place + 1]
        self.seen_by[mark] = seen_by
        self.names[mark] = name
        return f"记{mark}号"


def circle(audience: Audience) -> frozenset[Audience]:
    return frozenset(one for one in Audience if one.admits(audience))


def models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in models_in(part)]


CONTROLLED = {
    "station": "demo-nanguan", "channel": "q12315", "dispute_types": ["tuika"],
    "industry": "jianshen-yundong", "claims": ["tuikuan"], "outcomes": ["weidacheng"],
    "ground": "tan-bu-cheng", "agreement_form": "koutou", "departments": ["xiaoxie"],
    "methods": ["suanzhang"], "statutes": ["xiaobaofa#53"],
}  # fmt: skip
FIXED = {
    "timeline": {"received": "2026-03-02 09:41", "accepted": "2026-03-04", "closed": "2026-03-17"},
    "amounts": {"disputed": 3600, "claimed": 3000, "recovered": 2000},
    "related": [], "waivers": [],
}  # fmt: skip


def filled(model: type[BaseModel], path: str, mark: Any, day: str, **given: Any) -> dict[str, Any]:
    """Return a record with a canary in every text it takes."""
    record: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        here = f"{path}.{name}".lstrip(".")
        inner = models_in(field.annotation)
        text = str(field.annotation)
        if name in given:
            record[name] = given[name]
        elif "Literal" in text or name in ("sample", "internal", "consumers", "businesses"):
            continue
        elif "bool" in text:
            record[name] = True
        elif "date" in text and not inner:
            record[name] = day
        elif inner and "tuple" in text:
            record[name] = [filled(inner[0], here, mark, day)]
            if "internal" in inner[0].model_fields:
                record[name].append({"text": mark(f"{here}.internal"), "internal": True})
        elif inner:
            record[name] = filled(inner[0], here, mark, day)
        else:
            record[name] = [mark(here)] if "tuple" in text else mark(here)
    return record


def case_of(case_id: str, audience: Audience, status: str, canaries: Canaries) -> dict[str, Any]:
    reach = circle(audience) if status == "published" else frozenset({Audience.INTERNAL})
    reach = frozenset() if status == "draft" else reach

    def mark(path: str) -> str:
        inside = path.startswith(STAYS_INSIDE) or path.endswith(".internal")
        return canaries.new(f"{case_id} {path}", reach & {Audience.INTERNAL} if inside else reach)

    fixed = {"id": case_id, "status": status, "audience": str(audience), **CONTROLLED, **FIXED}
    fixed["source"] = {
        "kind": "ledger",
        "workshop": mark("source.workshop"),
        "row": mark("source.row"),
        "note": mark("source.note"),
    }
    record = filled(Case, "", mark, "2026-03-18", withdrawal=None, **fixed)
    if audience is Audience.INTERNAL:
        record["facts"] += "，".join(IDENTIFIERS)
    return {key: value for key, value in record.items() if value is not None}


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A library full of canaries, built for every audience."""
    library = make_library(tmp_path_factory.mktemp("canaries") / "library")
    canaries = Canaries()
    serial = 0
    for audience in Audience:
        for status in ("published", "reviewed", "draft"):
            serial += 1
            case_id = f"SL-2026-{serial:04d}"
            record = case_of(case_id, audience, status, canaries)
            library.write(f"cases/2026/{case_id}.yml", json.dumps(record, ensure_ascii=False))
        name = str(audience)
        day = f"2026-11-{3 + 7 * list(Audience).index(audience):02d}"
        seen = circle(audience)
        meta = filled(
            SessionMeta, "session", lambda path, seen=seen: canaries.new(path, seen),
            "2026-11-20",
            date=day, audience=name, cases=[],
        )  # fmt: skip
        body = canaries.new(f"session body {name}", seen)
        library.write(
            f"docs/study/{day}.md",
            f"---\n{json.dumps(meta, ensure_ascii=False, indent=1)}\n---\n{body}\n",
        )
        image = canaries.new(f"image name {name}", seen)
        text = canaries.new(f"page {name}", seen)
        comment = canaries.new(f"comment {name}", seen)
        library.write(
            f"docs/guides/{name}.md",
            f"---\ntitle: {text}\naudience: {name}\n---\n{text} <!-- {comment} -->\n\n![图](../assets/{image}.png)\n",
        )
        picture = library.root / "docs" / "assets" / f"{image}.png"
        picture.parent.mkdir(exist_ok=True)
        picture.write_bytes(b"\x89PNG\r\n\x1a\n" + image.encode())
    stations = library.root / "cases" / "vocabulary" / "stations.yml"
    label = canaries.new("station label", frozenset({Audience.INTERNAL}))
    stations.write_text(stations.read_text("utf-8").replace("南关示例所", label), "utf-8")
    versions = {}
    for audience in Audience:
        out = library.root / "build" / str(audience)
        versions[audience] = build(BuildRequest(library.settings, audience, out, TODAY)).version
    return canaries, versions


def texts_in(name: str, content: bytes) -> list[str]:
    """Return a file's content as text, archives and escapes undone."""
    if content[:2] == b"\x1f\x8b":
        return texts_in(name, gzip.decompress(content))
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return [
                text
                for inner in archive.namelist()
                for text in [inner, *texts_in(inner, archive.read(inner))]
            ]
    try:
        found = [plain := content.decode("utf-8")]
    except UnicodeDecodeError:  # a binary file: any text in it may be in either form
        plain = content.decode("utf-8", "ignore")
        found = [
            plain,
            content.decode("utf-16-le", "ignore"),
            content[1:].decode("utf-16-le", "ignore"),
        ]
    if "&" in plain:
        found.append(html.unescape(plain))
    if "\\u" in plain:
        found.append(re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), plain))
    if "%" in plain:
        from urllib.parse import unquote

        found.append(unquote(plain))
    return found


def everything_in(version: Path) -> str:
    parts = []
    for path in sorted(version.rglob("*")):
        parts.append(path.relative_to(version).as_posix())
        if path.is_file():
            parts += texts_in(path.name, path.read_bytes())
    return "\n".join(parts)


@pytest.fixture(scope="module", params=list(Audience), ids=str)
def output(request, world):
    canaries, versions = world
    return request.param, canaries, versions[request.param], everything_in(versions[request.param])


def test_nothing_uncleared_is_in_any_file(output):
    audience, canaries, _, everything = output
    leaked = [
        canaries.names[mark]
        for mark, seen in canaries.seen_by.items()
        if audience not in seen and mark in everything
    ]
    assert leaked == []


def test_what_is_cleared_is_there(output):
    """Else the test above would pass on an empty folder."""
    audience, canaries, _, everything = output
    missing = [
        canaries.names[mark]
        for mark, seen in canaries.seen_by.items()
        if audience in seen and mark not in everything
    ]
    # not shown anywhere by design: why a finding was waived, and what the vocabulary replaces
    assert [name for name in missing if "waivers" not in name] == []


@pytest.mark.parametrize("name", ["册.pdf", "册.docx", "单.html", "单.docx"])
@pytest.mark.parametrize("audience", list(Audience), ids=str)
def test_nothing_uncleared_is_printed(world, tmp_path, audience, name):
    """Volumes and briefs, which are no part of the site."""
    canaries, versions = world
    library = versions[audience].parents[3]
    out = tmp_path / name
    first = next(iter(sorted((versions[audience] / "site" / "cases").glob("SL-*.html")))).stem
    kind = ["booklet"] if name.startswith("册") else ["brief", first]
    subprocess.run(
        [sys.executable, "-m", "builder.cli", "--library", str(library), *kind,
         "--audience", str(audience), "--out", str(out)],
        check=True, capture_output=True,
    )  # fmt: skip
    if out.suffix == ".pdf":
        reader = PdfReader(out)
        everything = "\n".join(
            [str(reader.metadata), *(one.extract_text() for one in reader.pages)]
        )
    else:
        everything = "\n".join(texts_in(name, out.read_bytes()))
    shown = [mark for mark in canaries.seen_by if mark in everything]
    assert [canaries.names[mark] for mark in shown if audience not in canaries.seen_by[mark]] == []
    assert kind != ["booklet"] or len(shown) >= 15  # else it would pass on an empty file


@pytest.mark.parametrize("name", ["库.zip", "库.html"])
@pytest.mark.parametrize("audience", list(Audience), ids=str)
def test_nothing_uncleared_is_published(world, tmp_path, audience, name):
    canaries, versions = world
    library = versions[audience].parents[3]
    target = tmp_path / name
    publish(PublishRequest(load_settings(library), audience, target, TODAY))
    pages = index = "\n".join([*texts_in(name, target.read_bytes()), target.name])
    if target.suffix == ".html":
        packed = re.search(r'id="cb-index">([^<]+)<', pages)[1]
        index = "\n".join(texts_in("index", base64.b64decode(packed)))
    everything = pages + index
    shown = [mark for mark in canaries.seen_by if mark in everything]
    assert [canaries.names[mark] for mark in shown if audience not in canaries.seen_by[mark]] == []
    # and all of a case that may be seen is there: an empty file would leak nothing
    missing = [
        canaries.names[mark]
        for mark, seen in canaries.seen_by.items()
        if audience in seen and mark not in pages and canaries.names[mark].startswith("SL-")
    ]
    assert [path for path in missing if not path.endswith(NOT_SHOWN)] == []
    assert any(mark in index for mark in shown)
    identifiers = [identifier for identifier in IDENTIFIERS if identifier in everything]
    assert (identifiers == []) == (audience is not Audience.INTERNAL)


@pytest.mark.parametrize("audience", [Audience.PARTNER, Audience.PUBLIC], ids=str)
def test_nothing_uncleared_travels(world, audience):
    canaries, versions = world
    library = load_casebook(load_settings(versions[audience].parents[3]))
    days = (TODAY, TODAY + datetime.timedelta(days=360))
    packed = pack(
        clear(library, audience),
        Consignment("SL", 1, *days, "仅供学习"),
        KeyPair.generate().secret_key,
    )
    everything = "\n".join(texts_in("包.zip", packed.data))
    shown = [mark for mark in canaries.seen_by if mark in everything]
    assert [canaries.names[mark] for mark in shown if audience not in canaries.seen_by[mark]] == []
    assert [identifier for identifier in IDENTIFIERS if identifier in everything] == []
    # and all of a case that may be seen is there, but for what stays at home by design
    missing = [
        canaries.names[mark]
        for mark, seen in canaries.seen_by.items()
        if audience in seen and mark not in shown and canaries.names[mark].startswith("SL-")
    ]
    assert packed.left_out == {}
    assert [path for path in missing if not path.endswith(STAYS_AT_HOME)] == []


def test_no_identifier_leaves_the_office(output):
    audience, _, _, everything = output
    found = [identifier for identifier in IDENTIFIERS if identifier in everything]
    assert (found == []) == (audience is not Audience.INTERNAL)


def test_exact_dates_stay_inside(output):
    audience, _, _, everything = output
    days = [
        day
        for day in ("2026-03-02", "2026-03-04", "2026-03-17", "2026-03-18", "09:41")
        if day in everything
    ]
    assert (days == []) == (audience is not Audience.INTERNAL)


def test_the_indexes_hold_no_term_of_a_canary(output):
    from whoosh.index import open_dir

    from builder.index.posting_lists import PostingLists

    audience, canaries, version, _ = output
    lists = PostingLists.open(next((version / "index").glob("*postings*")))
    hidden = [mark for mark, seen in canaries.seen_by.items() if audience not in seen]
    shown = [mark for mark, seen in canaries.seen_by.items() if audience in seen]
    assert [
        canaries.names[mark] for mark in hidden if any(map(lists.frequency, [mark, *mark]))
    ] == []
    assert any(lists.frequency(mark) for mark in shown)
    with open_dir(str(version / "index" / "whoosh")).reader() as reader:
        words = "".join(
            word.decode("utf-8", "ignore") if isinstance(word, bytes) else str(word)
            for _, word in reader.all_terms()
        )
        stored = json.dumps(list(reader.all_stored_fields()), ensure_ascii=False, default=str)
    assert [canaries.names[mark] for mark in hidden if mark[0] in words or mark in stored] == []
    assert any(mark[0] in words for mark in shown)


def test_every_page_says_who_it_is_for(output):
    audience, _, version, _ = output
    for path in (version / "site").rglob("*.html"):
        text = path.read_text("utf-8")
        assert ("noindex" in text) == (audience is not Audience.PUBLIC), path.name
        assert ("内部资料" in text) == (audience is Audience.INTERNAL), path.name


def test_reports_never_print_an_identifier(world, capfd):
    import subprocess
    import sys

    _, versions = world
    root = versions[Audience.INTERNAL].parents[3]
    for arguments in (["check"], ["check", "--format", "json"], ["build"], ["doctor"]):
        done = subprocess.run(
            [sys.executable, "-m", "builder.cli", "--library", str(root), *arguments],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        said = done.stdout + done.stderr
        assert [identifier for identifier in IDENTIFIERS if identifier in said] == []
        assert "Traceback" not in said
