"""Every kind of file, and every place in it, with a text planted there."""

import base64
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import openpyxl
import pypdf
import pypdf.annotations
from docx import Document
from openpyxl.comments import Comment
from PIL import Image, PngImagePlugin
from pypdf.generic import NameObject, StreamObject, TextStringObject

from builder.booklet.pdf import FONT_FOLDERS
from builder.index.shards import script

PLANTERS: dict[str, tuple[str, Callable[[str], bytes]]] = {}


def plants(name: str, file: str) -> Callable[[Callable[[str], bytes]], Callable[[str], bytes]]:
    def register(plant: Callable[[str], bytes]) -> Callable[[str], bytes]:
        PLANTERS[name] = (file, plant)
        return plant

    return register


def page(body: str, head: str = "") -> bytes:
    start = f"<!doctype html><html lang=zh><head><title>示例</title>{head}</head>"
    return f"{start}<body>{body}</body></html>".encode()


def escaped(text: str) -> str:
    return "".join(f"\\u{ord(char):04x}" for char in text)


plants("html text", "a.html")(lambda t: page(f"<p>{t}</p>"))
plants("html attribute", "a.html")(lambda t: page(f'<p title="{t}">无</p>'))
plants("html comment", "a.html")(lambda t: page(f"<!-- {t} -->"))
plants("html meta", "a.html")(lambda t: page("", f'<meta name="description" content="{t}">'))
plants("html entities", "a.html")(lambda t: page("".join(f"&#{ord(char)};" for char in t)))
plants("html cut up", "a.html")(lambda t: page("<b></b>".join(t)))
plants("html zero-width", "a.html")(lambda t: page("\u200b".join(t)))
plants("html script", "a.html")(lambda t: page(f'<script>var a = "{escaped(t)}"</script>'))
plants("html json-ld", "a.html")(
    lambda t: page(f'<script type="application/ld+json">{json.dumps({"a": t})}</script>')
)
plants("html srcdoc", "a.html")(
    lambda t: page(f'<iframe srcdoc="&lt;p&gt;{t}&lt;/p&gt;"></iframe>')
)
plants("html data address", "a.html")(
    lambda t: page(f'<img src="data:image/svg+xml;base64,{base64.b64encode(svg(t)).decode()}">')
)
plants("html in utf-16", "a.html")(lambda t: page(f"<p>{t}</p>").decode().encode("utf-16"))
plants("html in gb18030", "a.html")(lambda t: page(f"<p>{t}</p>").decode().encode("gb18030"))
plants("service worker", "sw.js")(lambda t: f"const cached = ['{t}'];\nself.skipWaiting()".encode())
plants("script comment", "a.js")(lambda t: f"function a() {{}} // {t}".encode())
plants("script escapes", "a.js")(lambda t: f"window.a = '{escaped(t)}'".encode())
plants("script base64", "a.js")(
    lambda t: f"window.a = '{base64.b64encode(gzip.compress(t.encode())).decode()}'".encode()
)
plants("style sheet", "a.css")(
    lambda t: f'body {{ color: red }}\n.a::after {{ content: "{t}" }}'.encode()
)
plants("source map", "a.js.map")(
    lambda t: json.dumps({"version": 3, "sourcesContent": [t]}).encode()
)
plants("json value", "a.json")(lambda t: json.dumps({"a": [{"b": t}]}).encode())
plants("json key", "a.json")(lambda t: json.dumps({t: 1}, ensure_ascii=False).encode())
plants("json cut off", "a.json")(lambda t: json.dumps({"a": t})[:-1].encode())
plants("json feed", "feed.json")(
    lambda t: json.dumps({"items": [{"content_html": f"<p>{'<i></i>'.join(t)}</p>"}]}).encode()
)
plants("manifest shard", "manifest.js")(lambda t: script("manifest", {"format": 2, "title": t}))
plants("text shard", "0.js")(lambda t: script("texts/0", [[[0, "A"], [1], [3, t], [], "%&"]]))
plants("card shard", "0.js")(lambda t: script("cards/0", [[0, "SL-2026-0001", t]]))
plants("facet shard", "types.js")(lambda t: script("facets/types", [t, "%&"]))
plants("spelling shard", "spelling.js")(lambda t: script("spelling", [[t, "a"]]))
plants("terms of a shard", "0.js")(lambda t: script("terms/0", ["", t, "%&"]))
plants("shard of no format", "0.js")(lambda t: f'casebookShard("x", [{t!r}, 1'.encode())
plants("one-file edition", "a.html")(lambda t: page(f'<script>var a = "{whole_index(t)}"</script>'))
plants("svg", "a.svg")(lambda t: svg(t))
plants("svg comment", "a.svg")(
    lambda t: f"<svg xmlns='http://www.w3.org/2000/svg'><!--{t}--></svg>".encode()
)
plants("atom text", "feed.xml")(lambda t: atom(f"<title>{t}</title>"))
plants("atom html", "feed.xml")(
    lambda t: atom(
        f'<content type="html">&lt;p&gt;{"&lt;i&gt;&lt;/i&gt;".join(t)}&lt;/p&gt;</content>'
    )
)
plants("atom cdata", "feed.xml")(
    lambda t: atom(f'<content type="html"><![CDATA[<p>{"<i></i>".join(t)}</p>]]></content>')
)
plants("site map", "sitemap.xml")(
    lambda t: (
        f'<?xml version="1.0"?><urlset><url><loc>https://a.example/{t}</loc></url></urlset>'.encode()
    )
)
plants("csv", "cases.csv")(lambda t: f'\ufeff编号,文字\r\n1,"{t}"\r\n'.encode())
plants("csv in gb18030", "cases.csv")(lambda t: f"编号,文字\r\n1,{t}\r\n".encode("gb18030"))
plants("text", "robots.txt")(lambda t: f"User-agent: *\n# {t}\n".encode())
plants("broken text", "a.txt")(lambda t: f"一二三四五六七八九十\n{t}\n".encode() + b"\xff\xfe\xff")
plants("calendar", "study.ics")(
    lambda t: b"BEGIN:VCALENDAR\r\nSUMMARY:" + folded(t) + b"\r\nEND:VCALENDAR\r\n"
)
plants("unknown file", "a.bin")(
    lambda t: bytes(range(256)) * 4 + b"\0" + t.encode() + b"\0" + bytes(range(256))
)
plants("gzip", "a.gz")(lambda t: gzip.compress(t.encode()))
plants("zip", "a.zip")(lambda t: zipped({"a.txt": t.encode()}))
plants("zip in a zip", "a.zip")(lambda t: zipped({"b.zip": zipped({"c.html": page(t)})}))
plants("name in a zip", "a.zip")(lambda t: zipped({f"{t}.txt": b"a"}))
plants("between files of a zip", "a.zip")(lambda t: t.encode() + b"\n" + zipped({"a.txt": b"a"}))


@plants("comment of a zip", "a.zip")
def comment_of_a_zip(text: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "a")
        archive.comment = text.encode()
    return stream.getvalue()


def whole_index(text: str) -> str:
    """Return an index as the one-file edition carries it."""
    index = {
        "words": {},
        "ids": "",
        "directory": ["", "", "%", "%"],
        "texts/0": [[[], [3, text], "%&"]],
    }
    return base64.b64encode(gzip.compress(json.dumps(index).encode())).decode()


def svg(text: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg"><title>{text}</title></svg>'.encode()


def atom(entry: str) -> bytes:
    head = '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
    return f"{head}<entry>{entry}</entry></feed>".encode()


def folded(text: str) -> bytes:
    """Return a long line as calendars write it: cut, each following line set in by a blank."""
    return "\r\n ".join(text[at : at + 7] for at in range(0, len(text), 7)).encode()


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


@cache
def typeset(text: str) -> bytes:
    import typst

    fonts = next(one for one in FONT_FOLDERS if one.is_dir())
    source = f'#set text(font: "Noto Sans CJK SC")\n#set page(width: 10cm)\n#{json.dumps(text, ensure_ascii=False)}'
    made: bytes = typst.compile(source.encode(), font_paths=[str(fonts)])
    return made


plants("pdf text", "a.pdf")(typeset)


def pdf(change: Callable[[pypdf.PdfWriter], object]) -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    change(writer)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


plants("pdf metadata", "a.pdf")(lambda t: pdf(lambda w: w.add_metadata({"/Subject": t})))
plants("pdf attachment", "a.pdf")(lambda t: pdf(lambda w: w.add_attachment("a.txt", t.encode())))
plants("pdf bookmark", "a.pdf")(lambda t: pdf(lambda w: w.add_outline_item(t, 0)))
plants("pdf behind the end", "a.pdf")(lambda t: pdf(lambda w: None) + f"\n{t}\n".encode())
plants("pdf in a zip", "a.zip")(
    lambda t: zipped({"a.pdf": pdf(lambda w: w.add_metadata({"/Title": t}))})
)


@plants("pdf note", "a.pdf")
def pdf_note(text: str) -> bytes:
    note = pypdf.annotations.FreeText(text=text, rect=(0, 0, 10, 10))
    return pdf(lambda writer: writer.add_annotation(0, note))


@plants("pdf xmp", "a.pdf")
def pdf_xmp(text: str) -> bytes:
    def change(writer: pypdf.PdfWriter) -> None:
        stream = StreamObject()
        stream.set_data(f"<x:xmpmeta><dc:title>{text}</dc:title></x:xmpmeta>".encode())
        stream[NameObject("/Type")] = NameObject("/Metadata")
        writer.root_object[NameObject("/Metadata")] = writer._add_object(stream)
        writer.root_object[NameObject("/Lang")] = TextStringObject("zh")

    return pdf(change)


def saved(document: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


@plants("docx text in runs", "a.docx")
def docx_text(text: str) -> bytes:
    document = Document()
    paragraph = document.add_paragraph()
    for at in range(0, len(text), 3):
        paragraph.add_run(text[at : at + 3]).bold = at % 2 == 0
    return saved(document)


@plants("docx properties", "a.docx")
def docx_properties(text: str) -> bytes:
    document = Document()
    document.core_properties.comments = text
    return saved(document)


@plants("docx header", "a.docx")
def docx_header(text: str) -> bytes:
    document = Document()
    document.sections[0].header.paragraphs[0].text = text
    return saved(document)


@plants("docx part", "a.docx")
def docx_part(text: str) -> bytes:
    stream = io.BytesIO(saved(Document()))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("customXml/item9.xml", f"<a>{text}</a>")
    return stream.getvalue()


def workbook(change: Callable[[openpyxl.Workbook], object]) -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "编号"
    change(book)
    return saved(book)


def cell(book: openpyxl.Workbook, text: str) -> None:
    book.active["B7"] = text


def note(book: openpyxl.Workbook, text: str) -> None:
    book.active["B7"].comment = Comment(text, "无")


def hidden_sheet(book: openpyxl.Workbook, text: str) -> None:
    sheet = book.create_sheet("乙")
    sheet["A1"] = text
    sheet.sheet_state = "veryHidden"


plants("xlsx cell", "a.xlsx")(lambda t: workbook(lambda book: cell(book, t)))
plants("xlsx note", "a.xlsx")(lambda t: workbook(lambda book: note(book, t)))
plants("xlsx hidden sheet", "a.xlsx")(lambda t: workbook(lambda book: hidden_sheet(book, t)))
plants("xlsx properties", "a.xlsx")(
    lambda t: workbook(lambda book: setattr(book.properties, "description", t))
)


def picture(form: str, **options: object) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(stream, form, **options)
    return stream.getvalue()


def exif(text: str) -> Image.Exif:
    made = Image.Exif()
    made[0x9C9C] = text.encode("utf-16-le")  # what Windows calls 备注
    return made


def png_text(text: str, *, packed: bool) -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("Comment", text, zip=packed)
    return picture("PNG", pnginfo=info)


plants("png text", "a.png")(lambda t: png_text(t, packed=False))
plants("png packed text", "a.png")(lambda t: png_text(t, packed=True))
plants("png behind the end", "a.png")(lambda t: picture("PNG") + t.encode())
plants("jpeg exif", "a.jpg")(lambda t: picture("JPEG", exif=exif(t)))
plants("jpeg comment", "a.jpg")(lambda t: picture("JPEG", comment=t.encode()))
plants("gif comment", "a.gif")(lambda t: picture("GIF", comment=t.encode()))
plants("webp xmp", "a.webp")(lambda t: picture("WEBP", xmp=f"<a>{t}</a>".encode()))
plants("wrong ending", "a.png")(lambda t: page(t))


def write(folder: Path, name: str, text: str) -> Path:
    """Write a folder with one such file among harmless ones; return the folder."""
    file, plant = PLANTERS[name]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_bytes(page("<p>没有什么</p>"))
    (folder / file).write_bytes(plant(text))
    return folder
