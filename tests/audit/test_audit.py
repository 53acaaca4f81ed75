"""What may not leave is found wherever it was planted, and nothing is found where nothing is."""

import datetime
import io
import json
import os
import subprocess
import sys
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from minisign import KeyPair
from PIL import Image

from builder.audit import archive
from builder.audit.judge import Judge
from builder.audit.scan import audit
from builder.audit.withheld import withheld_from
from builder.booklet.docx import docx_bytes
from builder.booklet.pdf import pdf_bytes
from builder.booklet.selection import Selection, select
from builder.booklet.volume import make_volume
from builder.checks.clearance import clear
from builder.exchange.pack import Consignment, pack
from builder.model.audience import Audience
from builder.site.stages import BuildRequest, build
from tests.audit.planted import PLANTERS, page, picture, write, zipped
from tests.conftest import make_library, replacing

TODAY = datetime.date(2026, 11, 24)
# of a case for everybody: what stays inside
LESSON = "头一回去没有带执法记录仪，吃了亏"
ROW = "2026台账第37行"
REASON = "那串数字是商品条码"
SIGHT = "店主把旧招牌摘下来扣在柜台后面"
STATION = "南关示例所"
# of cases that are not for everybody
PARTNER = "经营者先说设备已经抵押给了房东"
INTERNAL = "这件事经过三次走访才弄明白来龙去脉"
DRAFT = "初稿里写着还没有核对过的说法"
MINUTES = "下次把两个所的做法放在一起比一比"
COMMENT = "等当事人回了电话再改这一段"
PHONE = "139 1234 5678"
DAY = "2026年9月2日"
HIDDEN = "SL-2026-0003"

TEXTS = {
    LESSON: "cases/2026/SL-2026-0001.yml lessons.good.1.text",
    ROW: "cases/2026/SL-2026-0001.yml source.row",
    REASON: "cases/2026/SL-2026-0001.yml waivers.0.reason",
    SIGHT: "cases/2026/SL-2026-0001.yml four_sights.scene.note",
    STATION: "cases/vocabulary/stations.yml demo-nanguan.label",
    PARTNER: "cases/2026/SL-2026-0002.yml process",
    INTERNAL: "cases/2026/SL-2026-0003.yml facts",
    DRAFT: "cases/2026/SL-2026-0004.yml facts",
    MINUTES: "docs/study/2026-11-10.md body",
    COMMENT: "cases/2026/SL-2026-0001.yml",
}
OTHERS = {"mobile": PHONE, "withheld-day": DAY, "withheld-id": HIDDEN}
PLANTED = "。另外，".join([*TEXTS, *OTHERS.values()])


def small_library(root):
    library = make_library(root)
    library.add(
        "SL-2026-0001",
        replacing(
            (
                "    - 先把账算清再谈\n",
                f"    - 先把账算清再谈\n    - {{text: {LESSON}, internal: true}}\n",
            ),
            ("keywords:", f"# {COMMENT}\nsource: {{kind: ledger, row: {ROW}}}\nkeywords:"),
            ("facts: |-", f"four_sights: {{scene: {{seen: true, note: {SIGHT}}}}}\nfacts: |-"),
            ("要求退费。", "要求退费。当时打过 13800138000。"),
        ),
    )
    library.write(
        "cases/2026/SL-2026-0001.yml",
        (library.root / "cases/2026/SL-2026-0001.yml").read_text("utf-8")
        + f"waivers: [{{kind: mobile, field: facts, reason: {REASON}}}]\n",
    )
    library.add(
        "SL-2026-0002", replacing(("audience: public", "audience: partner"), ("先分开谈", PARTNER))
    )
    library.add(
        "SL-2026-0003",
        replacing(
            ("audience: public", "audience: internal"),
            ("facts: |-\n", f"facts: |-\n  {INTERNAL}。\n"),
        ),
    )
    library.add(
        "SL-2026-0004",
        replacing(
            ("status: published", "status: draft"), ("facts: |-\n", f"facts: |-\n  {DRAFT}。\n")
        ),
    )
    library.add("SL-2026-0005")
    library.write(
        "docs/study/2026-11-10.md",
        f"---\ntitle: 示例\ndate: 2026-11-10\ncases: []\n---\n{MINUTES}\n",
    )
    return library


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return small_library(tmp_path_factory.mktemp("audit") / "library")


@pytest.fixture(scope="module")
def judges(library):
    book = library.load()
    assert not book.problems
    return {
        one: Judge(withheld_from(book, clear(book, one)))
        for one in (Audience.PARTNER, Audience.PUBLIC)
    }


@pytest.fixture(scope="module")
def judge(judges):
    return judges[Audience.PUBLIC]


def seen(report):
    return {(found.leak.kind, found.leak.origin) for found in report.found}


def run(library, *arguments):
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "builder.cli",
            "--library",
            str(library.root),
            "audit",
            *map(str, arguments),
        ],
        capture_output=True,
        timeout=120,
        check=False,
    )
    said = (done.stdout + done.stderr).decode()
    assert "Traceback" not in said, said
    return done.returncode, said


@pytest.mark.parametrize("name", PLANTERS)
def test_finds_all_that_was_planted_in(name, judge, tmp_path):
    report = audit(write(tmp_path / "out", name, PLANTED), judge)
    found = seen(report)
    origins = {origin for kind, origin in found if kind == "withheld-text"}
    short = {TEXTS[STATION]} if name == "unknown file" else set()  # chance makes five letters too
    assert set(TEXTS.values()) - short <= origins
    assert set(OTHERS) <= {kind for kind, _ in found}
    assert not report.clean
    assert report.files == 2


@pytest.mark.parametrize("name", PLANTERS)
def test_finds_nothing_where_nothing_was_planted_in(name, judge, tmp_path):
    report = audit(write(tmp_path / "out", name, "消费者在某健身馆办卡后停课，要求退费"), judge)
    assert not report.found
    broken = ("json cut off", "shard of no format", "broken text", "unknown file")
    assert bool(report.unread) == (name in broken)


def test_finds_what_a_file_is_called(judge, tmp_path):
    for name in (f"{INTERNAL}.html", f"{PHONE}.txt", f"{HIDDEN}.json", "2026-09-02.md", STATION):
        folder = tmp_path / name[:2] / "sub"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("a")
    report = audit(tmp_path, judge)
    kinds = {kind for kind, _ in seen(report)}
    assert kinds == {"withheld-text", "mobile", "withheld-id", "withheld-day"}
    assert not any(
        secret in str(found) for found in report.found for secret in (INTERNAL, PHONE, STATION)
    )


def test_finds_a_number_and_a_day_in_cells_of_a_table(judge, tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active["A1"] = 13912345678
    book.active["A2"] = datetime.date(2026, 9, 2)
    book.save(tmp_path / "a.xlsx")
    assert {"mobile", "withheld-day"} <= {kind for kind, _ in seen(audit(tmp_path, judge))}


def test_finds_pairs_among_the_terms_of_a_shard(judge, tmp_path):
    from builder.index.shards import script

    shard = tmp_path / "0.js"
    shard.write_bytes(script("terms/0", ["健身\n退费", "fee", "%&"]))
    assert audit(tmp_path, judge).clean
    shard.write_bytes(
        script("terms/0", ["健身\n抵押", "fee", "%&"])
    )  # only the partners' case has 抵押
    assert seen(audit(tmp_path, judge)) == {("withheld-term", "")}


def test_finds_a_signing_key(judge, tmp_path):
    pair = KeyPair.generate()
    (tmp_path / "SL.key").write_bytes(bytes(pair.secret_key))
    assert ("secret-key", "") in seen(audit(tmp_path, judge))


@pytest.fixture(scope="module")
def outputs(library, tmp_path_factory):
    """Honest outputs for each audience: audience -> name -> path."""
    made = {}
    book = library.load()
    for audience in Audience:
        out = tmp_path_factory.mktemp(f"out-{audience}")
        build(BuildRequest(library.settings, audience, out / "site", TODAY))
        cleared = clear(book, audience)
        volume = make_volume(cleared, select(cleared, Selection()), "")
        (out / "volume.docx").write_bytes(docx_bytes(volume))
        (out / "volume.pdf").write_bytes(pdf_bytes(volume))
        made[audience] = {name: out / name for name in ("site", "volume.docx", "volume.pdf")}
        if audience is not Audience.INTERNAL:
            # the day of packing is one on which a case came in
            day = datetime.date(2026, 9, 2)
            consignment = Consignment(
                "SL", 1, day, day + datetime.timedelta(365), "示例", frozenset()
            )
            packed = pack(cleared, consignment, KeyPair.generate().secret_key)
            (out / "bundle.zip").write_bytes(packed.data)
            made[audience]["bundle.zip"] = out / "bundle.zip"
    return made


@pytest.mark.parametrize("audience", ["partner", "public"])
@pytest.mark.parametrize("name", ["site", "volume.docx", "volume.pdf", "bundle.zip"])
def test_honest_outputs_are_clean(outputs, judges, audience, name):
    report = audit(outputs[Audience(audience)][name], judges[Audience(audience)])
    assert not report.found
    assert not report.unread
    assert report.characters > 1_000


@pytest.mark.parametrize("name", ["site", "volume.docx", "volume.pdf", "bundle.zip"])
def test_outputs_for_a_smaller_circle_are_not(outputs, judge, name):
    wrong = Audience.PARTNER if name == "bundle.zip" else Audience.INTERNAL
    report = audit(outputs[wrong][name], judge)
    origins = {origin for _, origin in seen(report)}
    assert TEXTS[PARTNER] in origins
    if wrong is Audience.INTERNAL:
        assert {TEXTS[INTERNAL], TEXTS[LESSON], TEXTS[STATION]} <= origins
    if name == "site":
        assert "withheld-day" in {kind for kind, _ in seen(report)}
        kinds = {found.path.split("/")[-1].split(".")[-1] for found in report.found}
        assert {"html", "js", "json"} <= kinds
        assert ("withheld-term", "") in seen(report)


def test_says_what_it_looked_at_and_prints_no_secret(library, tmp_path):
    for number, name in enumerate(PLANTERS):
        folder = write(tmp_path / f"{number}", name, PLANTED)
    (folder / f"{PHONE}.txt").write_text("a")
    status, text = run(library, folder)
    assert status == 1
    assert "手机号码" in text
    status, said = run(library, tmp_path, "--format", "json")
    assert status == 1
    told = json.loads(said)
    said = json.dumps(told, ensure_ascii=False)
    for secret in (*TEXTS, PHONE, "13912345678", DAY):
        assert secret not in text
        assert secret not in said
    assert told["audience"] == "public"
    assert told["files"] == 2 * len(PLANTERS) + 1
    kinds = "html xml shard json script style calendar text pdf docx xlsx zip gzip png jpeg gif webp unknown"
    assert set(kinds.split()) <= set(told["kinds"])
    assert {"file", "place", "kind", "excerpt", "origin", "times"} == set(told["found"][0])


def test_exit_status(library, outputs, tmp_path):
    status, said = run(library, outputs[Audience.PARTNER]["site"])  # knows for whom it was built
    assert status == 0, said
    assert "伙伴工作室" in said
    assert "没有看" in said  # Whoosh's index stays on this machine
    assert run(library, tmp_path / "missing")[0] == 2
    assert run(library, tmp_path, "--audience", "internal")[0] == 2
    (tmp_path / "a.txt").write_bytes(os.urandom(4096))
    status, said = run(library, tmp_path / "a.txt")
    assert status == 1
    assert "没读懂  a.txt" in said
    assert "不能算干净" in said


def encrypted():
    made = bytearray(zipped({"a.txt": b"abc"}))
    made[6] |= 1
    made[made.index(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


def nested(depth):
    content = b"a"
    for _ in range(depth):
        content = zipped({"a.zip": content})
    return content


def wide_picture():
    stream = io.BytesIO()
    Image.new("1", (30_000, 3_000)).save(stream, "PNG")
    return stream.getvalue()


HOSTILE = {
    "zip cut off": lambda: zipped({"a.txt": b"a" * 99})[:-9],
    "zip locked": encrypted,
    "zips in zips": lambda: nested(40),
    "zip of a large file": lambda: zipped({"a": bytes(archive.MAX_FILE + 9)}),
    "zip of many files": lambda: zipped({f"{n}": b"" for n in range(archive.MAX_ENTRIES + 1)}),
    "pdf cut off": lambda: b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog",
    "pdf of nonsense": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 20 + b"%%EOF",
    "png cut off": lambda: picture("PNG")[:40],
    "png too large": wide_picture,
    "jpeg cut off": lambda: picture("JPEG")[:100],
    "deep json": lambda: b"[" * 200_000 + b"]" * 200_000,
    "gzip cut off": lambda: b"\x1f\x8b\x08" + bytes(40),
    "xlsx of nonsense": lambda: zipped({"xl/workbook.xml": b"<a", "[Content_Types].xml": b"x"}),
    "bytes": lambda: bytes(range(256)) * 40,
    "utf-8 with mistakes": lambda: ("一二三" * 200).encode() + b"\xff\xff",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_is_told(name, judge, tmp_path):
    (tmp_path / "a").write_bytes(HOSTILE[name]())
    report = audit(tmp_path, judge)
    assert report.unread
    assert not report.clean


def test_deep_markup_and_entities_end(judge, tmp_path):
    deep = "<div>" * 50_000 + PHONE
    (tmp_path / "a.html").write_bytes(page(deep))
    bomb = '<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]><a>&d;</a>'
    (tmp_path / "a.xml").write_text(bomb)
    assert {"mobile"} == {kind for kind, _ in seen(audit(tmp_path, judge))}


@pytest.mark.skipif(os.name == "nt", reason="links and pipes")
def test_links_and_pipes_are_told_and_not_followed(judge, tmp_path):
    (tmp_path / "secret.txt").write_text(PHONE)
    out = tmp_path / "out"
    out.mkdir()
    (out / "a.txt").write_text("a")
    (out / "same.txt").symlink_to("a.txt")
    (out / "loop").symlink_to(".")
    assert audit(out, judge).clean
    (out / "b.txt").symlink_to(tmp_path / "secret.txt")
    os.mkfifo(out / "pipe")
    report = audit(out, judge)
    assert not report.found
    assert [unread.path for unread in report.unread] == ["b.txt", "pipe"]


@settings(max_examples=40)
@given(st.sampled_from(sorted(PLANTERS)), st.data())
def test_spoilt_files_are_no_accident(judge, tmp_path_factory, name, data):
    file, plant = PLANTERS[name]
    content = bytearray(plant("示例"))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    folder = tmp_path_factory.mktemp("spoilt")
    (folder / file).write_bytes(content[: data.draw(st.integers(1, len(content)))])
    audit(folder, judge)


def test_a_zip_read_by_two_names_hides_nothing(judge, tmp_path):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("a.txt", PHONE)
        packed.writestr("b.txt", "nothing")
    (tmp_path / "a.zip").write_bytes(stream.getvalue().replace(b"b.txt", b"a.txt"))
    assert ("mobile", "") in seen(audit(tmp_path, judge))
