"""The fields of a case as the writing form shows, reads and writes them.

They come from the case's JSON Schema, so that a new field of the model cannot be missing
in the browser. `builder/site/client/form/shape.js` names the same kinds.
"""

from collections.abc import Mapping
from typing import Any

from builder.checks.references import CONTROLLED
from builder.checks.schema import case_schema
from builder.model.case import CASE_ID_PATTERN
from builder.model.statute import CITATION_PATTERN
from builder.model.vocabulary import Vocabularies

Field = dict[str, Any]

_PROSE_FROM = 1000  # characters that a field may hold, from which it is prose and no line


def form_fields(vocabularies: Vocabularies) -> list[Field]:
    """Return the fields of a case in the order in which its file has them.

    Each is a mapping for JSON: `name`, `title`, `help`, `kind`; `default` where one is left
    out of a file when it holds it; `required`; `longest` (characters) and `most` (items);
    `values` of a choice; `vocabulary` of terms; `fields` of a group or of rows. Kinds:

        line, id, prose, sum (yuan), count, moment, date, flag, choice, term     one value
        terms, statutes, words, proses, lessons, rows                            lists
        group                                                                    fields
    """
    schema = case_schema(vocabularies)
    return _fields(schema, schema["$defs"])


def title_of(vocabularies: Vocabularies, path: str) -> str:
    """Return the title of a field, `timeline.received` -> 时间线·收到; '' where there is none."""
    level, titles = form_fields(vocabularies), []
    for part in path.split("."):
        field = next((one for one in level if one["name"] == part), None)
        if field is not None:
            titles.append(str(field["title"]))
            level = field.get("fields", [])
        elif part.isdecimal() and titles:
            titles.append(f"第 {int(part) + 1} 项")
    return "·".join(titles)


def _fields(node: Mapping[str, Any], definitions: Mapping[str, Any]) -> list[Field]:
    required = node.get("required", ())
    return [
        _field(name, inner, definitions) | ({"required": True} if name in required else {})
        for name, inner in node["properties"].items()
    ]


def _field(name: str, node: Mapping[str, Any], definitions: Mapping[str, Any]) -> Field:
    field: Field = {"name": name, "title": node["title"], "help": node["description"]}
    value = _meant(node, definitions)
    default = node.get("default")
    if isinstance(default, str | bool):
        field["default"] = default
    field |= _items(value, definitions) if value.get("type") == "array" else _one(value)
    if field["kind"] == "group":
        field["fields"] = _fields(value, definitions)
    if name in CONTROLLED:
        field["kind"] = "terms" if value.get("type") == "array" else "term"
        field["vocabulary"] = CONTROLLED[name]
    return field


def _one(node: Mapping[str, Any]) -> Field:
    """Return what a field of one value takes."""
    kinds = {"object": "group", "boolean": "flag", "integer": "count", "number": "sum"}
    kind = kinds.get(node["type"])
    if kind:
        return {"kind": kind}
    if "enum" in node:
        return {"kind": "choice", "values": list(node["enum"])}
    if node.get("format") == "date":
        return {"kind": "date"}
    if node.get("pattern") == CASE_ID_PATTERN:
        return {"kind": "id"}
    longest = node.get("maxLength")
    if longest is None:
        return {"kind": "moment"}
    return {"kind": "prose" if longest >= _PROSE_FROM else "line", "longest": longest}


def _items(node: Mapping[str, Any], definitions: Mapping[str, Any]) -> Field:
    """Return what a list takes."""
    most = {"most": node["maxItems"]} if "maxItems" in node else {}
    item = node["items"]
    if "anyOf" in item:  # a text, or a text with what goes with it
        return {"kind": "lessons", **most}
    item = _meant(item, definitions)
    if item["type"] == "object":
        return {"kind": "rows", "fields": _fields(item, definitions), **most}
    if item.get("pattern") == CITATION_PATTERN:
        return {"kind": "statutes", **most}
    one = _one(item)
    kind = "proses" if one["kind"] == "prose" else "words"
    return {**one, "kind": kind, **most}


def _meant(node: Mapping[str, Any], definitions: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a node is where it is there: without null, its reference followed."""
    for candidate in node.get("anyOf", ()):
        if candidate.get("type") != "null":
            return _meant(candidate, definitions)
    if "$ref" in node:
        found: Mapping[str, Any] = definitions[node["$ref"].rsplit("/", 1)[-1]]
        return found
    return node
