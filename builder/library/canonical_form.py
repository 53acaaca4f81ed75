"""The canonical form of a case file: fields in the model's order, prose in blocks, comments kept.

The file is cut at its top-level keys, so that a comment stays with the key it stands
above whatever the order; each piece is then written anew by ruamel.yaml. What comes out
is read again, and refused unless it means exactly the same.
"""

import io
import re
from collections.abc import Iterator

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import LiteralScalarString, PlainScalarString

from builder.errors import CasebookError
from builder.library.yaml_reader import YamlFault, read_places, read_yaml
from builder.model.case import Case

# A blank line goes before these, so that a long file falls into parts.
_PARTS = frozenset(
    {"timeline", "dispute_types", "parties", "outcomes", "four_sights", "statutes", "facts",
     "positions", "issues", "evidence", "process", "turning_point", "result", "analysis",
     "lessons", "tips", "keywords"}
)  # fmt: skip
_BLOCK_FROM = 40  # a longer text goes into a block
_UNSAFE_IN_BLOCK = re.compile(r"\A\s|[ \t]+$|[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ufeff]", re.M)


class FormatError(CasebookError):
    """The file cannot be put into canonical form; it is left as it is."""


class _AsTyped(VersionedResolver):
    """Takes every plain value as the text that was typed; our own reader gives it a type."""

    def resolve(self, kind: object, value: object, implicit: object) -> object:
        from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
        from ruamel.yaml.tag import Tag

        suffix = {ScalarNode: "str", SequenceNode: "seq", MappingNode: "map"}[kind]  # type: ignore[index]
        return Tag(suffix=f"tag:yaml.org,2002:{suffix}")


def canonical(text: str, path: str) -> str:
    """Return the canonical form of a case file's text.

    Args:
        path: the file's name, for messages.

    Raises:
        FormatError: the text is not YAML as cases use it, or could not be kept in meaning.
    """
    try:
        before = read_yaml(text)
        places = read_places(text)
    except YamlFault as fault:
        raise FormatError(
            f"{path}:{fault.line}:{fault.column}", fault.what, fault.remedy
        ) from fault
    if not isinstance(before, dict):
        raise FormatError(path, "里面没有“字段: 内容”。", "请对照模板补全内容。")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    starts = {str(path[0]): place for path, place in places.items() if len(path) == 1}
    if any(place.column != 1 for place in starts.values()):
        raise FormatError(path, "字段没有从行首写起。", "请把每个字段写在自己的一行、从行首写起。")
    header, pieces = _pieces(lines, {key: place.line - 1 for key, place in starts.items()})
    formatted = _joined(header, {key: _rewritten(piece) for key, piece in pieces.items()})
    try:
        same = read_yaml(formatted) == before
    except YamlFault:
        same = False
    if not same:
        raise FormatError(
            path, "整理后意思会变，所以没有改动。", "请手工整理；多半是特殊的空格或引号。"
        )
    return formatted


def as_typed() -> YAML:
    """Return a reader and writer of case files that keeps comments and every value as typed."""
    yaml = YAML(typ="rt")
    yaml.Resolver = _AsTyped
    yaml.preserve_quotes = True
    yaml.width = 10_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _pieces(lines: list[str], starts: dict[str, int]) -> tuple[list[str], dict[str, list[str]]]:
    """Cut a file at its keys; a comment right above a key goes with it.

    Returns the comment at the head of the file, and key -> its lines.
    """
    order = sorted(starts, key=lambda key: starts[key])
    begins = [
        _begin(lines, starts[key], starts[order[n - 1]] + 1 if n else 0)
        for n, key in enumerate(order)
    ]
    header: list[str] = []
    if order:
        first = lines[: begins[0]]
        while first and not first[-1].strip():
            first.pop()
        header = [line for line in first if line.startswith("#") or not line.strip()]
    ends = [*begins[1:], len(lines)]
    pieces = {}
    for key, begin, end in zip(order, begins, ends, strict=True):
        pieces[key] = [line for line in lines[begin:end] if line.rstrip() not in ("---", "...")]
    return header, pieces


def _begin(lines: list[str], key_line: int, earliest: int) -> int:
    """Return the first line of the comment that stands directly above a key."""
    begin = key_line
    while begin > earliest and lines[begin - 1].startswith("#"):
        begin -= 1
    return begin


def _rewritten(piece: list[str]) -> str:
    comments = []
    while piece and piece[0].startswith("#"):
        comments.append(piece[0].rstrip())
        piece = piece[1:]
    yaml = as_typed()
    data = yaml.load("\n".join(piece) + "\n")
    _restyle(data)
    out = io.StringIO()
    yaml.dump(data, out)
    return "\n".join([*comments, out.getvalue().rstrip("\n")])


def _restyle(node: object, flow: bool = False) -> None:
    """Put long texts into blocks and write what was left empty as it was: empty."""
    items: Iterator[tuple[object, object]]
    if isinstance(node, CommentedMap):
        items = iter(list(node.items()))
    elif isinstance(node, CommentedSeq):
        items = iter(list(enumerate(node)))
    else:
        return
    for key, value in items:
        if isinstance(value, CommentedMap | CommentedSeq):
            if any(isinstance(text, str) and len(text) > _BLOCK_FROM for text in _leaves(value)):
                value.fa.set_block_style()
            _restyle(value, flow or bool(value.fa.flow_style()))
        elif type(value) is str and value == "":
            node[key] = PlainScalarString("null" if flow else "")
        elif isinstance(value, str) and not flow and _in_block(value):
            node[key] = LiteralScalarString(value)


def _leaves(node: CommentedMap | CommentedSeq) -> Iterator[object]:
    yield from node.values() if isinstance(node, CommentedMap) else node


def _in_block(text: str) -> bool:
    fits = not _UNSAFE_IN_BLOCK.search(text) and text.strip() != ""
    return fits and ("\n" in text or len(text) > _BLOCK_FROM)


def _joined(header: list[str], pieces: dict[str, str]) -> str:
    known = {name: number for number, name in enumerate(Case.model_fields)}
    order = sorted(pieces, key=lambda key: known.get(key, len(known)))
    blocks = ["\n".join(header)] if header else []
    for number, key in enumerate(order):
        apart = key in _PARTS if number else bool(header)
        blocks.append(("\n" if apart else "") + pieces[key])
    return "\n".join(blocks) + "\n"
