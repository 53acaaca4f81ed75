"""The page that lists what can be taken away, and the guide to the data for programs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from builder.checks.cleared import ClearedCasebook
from builder.feeds.api_schema import api_schema
from builder.feeds.sitemap import has_sitemap
from builder.feeds.terms_of_use import rights
from builder.model.audience import Audience
from builder.pages.page import Page, key_of
from builder.pages.site_map import API_GUIDE, CALENDAR, DOWNLOADS, HOME, link
from builder.render import render
from builder.stable_paths import (
    API,
    API_INDEX,
    API_SCHEMA,
    API_STATUTES,
    API_VOCABULARIES,
    ATOM,
    JSON_FEED,
    SITEMAP,
    TABLE_CSV,
    TABLE_XLSX,
    absolute,
)

_TYPES = {"string": "文字", "number": "数字", "integer": "整数", "boolean": "是或否", "null": "空"}
# class of a document -> its path
_FILES = {
    "IndexDocument": API_INDEX,
    "CaseDocument": f"{API}cases/编号.json",
    "WithdrawnDocument": f"{API}cases/编号.json",
    "VocabulariesDocument": API_VOCABULARIES,
    "StatutesDocument": API_STATUTES,
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A file that can be taken away; `name` is what it is called once saved, or ''."""

    title: str
    path: str
    what: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field of a document, for the guide."""

    name: str
    title: str
    type: str
    note: str


def download_pages(cleared: ClearedCasebook, sizes: Mapping[str, int], site: str) -> Iterator[Page]:
    """Yield the page of downloads and the guide to the data.

    Args:
        sizes: path -> bytes of every file of the open formats.
        site: the digest of what every page depends on.
    """
    yield _downloads(cleared, sizes, site)
    yield _guide(cleared, site)


def size_in_words(size: int) -> str:
    """Return a number of bytes as people read it: `20480` is 20 KB."""
    if size < 1024:
        return f"{size} 字节"
    if size < 1024 * 1024:
        return f"{size / 1024:.0f} KB"
    return f"{size / 1024 / 1024:.1f} MB"


def _downloads(cleared: ClearedCasebook, sizes: Mapping[str, int], site: str) -> Page:
    groups = [
        (title, anchor, lead, [(offer, sizes[offer.path]) for offer in offers])
        for title, anchor, lead, offers in _groups(cleared, sizes)
    ]
    documents = {path: size for path, size in sizes.items() if path.startswith(f"{API}cases/")}

    def content() -> str:
        return render(
            "pages/downloads.html",
            trail=[("首页", link(DOWNLOADS, HOME))],
            rights=rights(cleared.audience),
            audience=cleared.audience.label,
            groups=groups,
            here=DOWNLOADS,
            link=link,
            size=size_in_words,
            documents=len(documents),
            documents_size=sum(documents.values()),
            guide=link(DOWNLOADS, API_GUIDE),
            feed=absolute(cleared.address, ATOM),
            unknown=not cleared.address,
            public=cleared.audience is Audience.PUBLIC,
        )

    key = key_of(site, DOWNLOADS, groups, len(documents), sum(documents.values()))
    description = "案例表、订阅、给程序用的数据"
    return Page(DOWNLOADS, "下载与订阅", description, key, content)


def _groups(
    cleared: ClearedCasebook, sizes: Mapping[str, int]
) -> Iterator[tuple[str, str, str, Sequence[Offer]]]:
    saved = f"{cleared.title}（{cleared.audience.label}）"
    yield (
        "案例表",
        "table",
        "一行一个案例，能筛选、统计。已撤下的只有编号和说明。",
        (
            Offer("Excel 表", TABLE_XLSX, "直接用 Excel 或 WPS 打开", f"{saved}.xlsx"),
            Offer(
                "CSV 表",
                TABLE_CSV,
                "给别的软件用；以 = + - @ 开头的字前面加了一撇，免得当成公式",
                f"{saved}.csv",
            ),
        ),
    )
    feeds = [
        Offer("Atom 订阅", ATOM, "新增、修订、已撤下的案例，订阅软件都认"),
        Offer("JSON 订阅", JSON_FEED, "内容相同，JSON Feed 1.1"),
    ]
    if CALENDAR in sizes:
        feeds.append(Offer("复盘日历", CALENDAR, "每次复盘和没完成的整改，日历软件能订阅"))
    yield "订阅", "feeds", "", feeds
    data = [
        Offer("目录", API_INDEX, "每个案例一条，带全文的路径"),
        Offer("词表", API_VOCABULARIES, "类型、行业、结果等的编号和名称"),
        Offer("法规", API_STATUTES, "各版本的施行日期和条文转述"),
        Offer("格式说明", API_SCHEMA, "JSON Schema"),
    ]
    if has_sitemap(cleared):
        data.append(Offer("网站地图", SITEMAP, "给搜索引擎"))
    yield "给程序用的数据", "data", "", data


def _guide(cleared: ClearedCasebook, site: str) -> Page:
    definitions = api_schema()["$defs"]
    documents = [
        (_FILES[name], definitions[name]["description"], list(_rows(definitions[name])))
        for name in _FILES
    ]
    parts = [
        (name, part["description"], list(_rows(part)))
        for name, part in sorted(definitions.items())
        if name not in _FILES
    ]

    def content() -> str:
        return render(
            "pages/api_guide.html",
            trail=[("首页", link(API_GUIDE, HOME)), ("下载与订阅", link(API_GUIDE, DOWNLOADS))],
            index=link(API_GUIDE, API_INDEX),
            schema=link(API_GUIDE, API_SCHEMA),
            rights=rights(cleared.audience),
            documents=documents,
            parts=parts,
        )

    key = key_of(site, API_GUIDE, documents, parts)
    return Page(API_GUIDE, "数据说明", "给程序用的数据：路径、字段、约定", key, content)


def _rows(definition: Mapping[str, Any]) -> Iterator[FieldRow]:
    for name, field in definition["properties"].items():
        title = field.get("title", name)
        note = field.get("description", "")
        yield FieldRow(name, title, _type(field), "" if note == title else note)


def _type(field: Mapping[str, Any]) -> str:
    """Return in words what a field of the schema takes."""
    if "$ref" in field:
        return str(field["$ref"]).rpartition("/")[2]
    if "anyOf" in field:
        return "或".join(_type(one) for one in field["anyOf"])
    if "const" in field:
        return f"固定为 {field['const']}"
    if "enum" in field:
        return "、".join(field["enum"])
    if field["type"] == "array":
        return f"列表，每项是{_type(field['items'])}"
    if field["type"] == "object":
        return f"对象，每个值是{_type(field['additionalProperties'])}"
    return _TYPES[field["type"]]
