"""Write what the detectors of the browser know from those of Python: patterns, words, foldings.

    python scripts/make_detector_tables.py > builder/site/client/detectors/tables.js

A test fails when the file is not current, so every pattern has its home in Python.
"""

import json
import re
import sys
from collections.abc import Mapping

from builder.detectors import (
    accounts,
    addresses,
    businesses,
    dates,
    detect,
    digit_runs,
    disguises,
    identifiers,
    names,
    numbers,
    plates,
    surnames,
)

_MODULES = (
    accounts, addresses, businesses, dates, digit_runs, identifiers, names, numbers, plates,
)  # fmt: skip
_WORDS: Mapping[str, str | frozenset[str]] = {
    "CHINESE_NUMERALS": disguises.CHINESE_NUMERALS,
    "NUMERAL_VALUES": disguises._NUMERAL_VALUES,
    "PROVINCES": identifiers._PROVINCES,
    "COMMON_SURNAMES": surnames.COMMON_SURNAMES,
    "RARE_SURNAMES": surnames.RARE_SURNAMES,
    "FUNCTION_SURNAMES": surnames.FUNCTION_SURNAMES,
    "COMPOUND_SURNAMES": surnames.COMPOUND_SURNAMES,
    "GIVEN_CHARACTERS": surnames.GIVEN_CHARACTERS,
    "NOT_GIVEN": surnames.NOT_GIVEN,
    "ORDINARY_WORDS": surnames.ORDINARY_WORDS,
    "AFTER_NAME": names._AFTER_NAME,
    "TRADE": businesses._TRADE,
    "PROSE_WORDS": businesses._PROSE_WORDS,
    "PLACES": businesses._PROVINCES_AND_CITIES,
}
_HEAD = """\
// @ts-check
/** Made by scripts/make_detector_tables.py from `builder/detectors`: change it there. */

"""


def main() -> None:
    lines = [_HEAD]
    kinds = {
        name: {"label": kind.label, "blocking": kind.blocking, "remedy": kind.remedy}
        for name, kind in detect.KINDS.items()
    }
    lines.append(
        "/** @type {Object<string, {label: string, blocking: boolean, remedy: string}>} */\n"
    )
    lines.append(f"export const KINDS = {_json(kinds)}\n\n")
    for name, words in _WORDS.items():
        text = words if isinstance(words, str) else _joined(words)
        lines.append(f"export const {name} = {_json(text)}\n")
    before, after = _foldings()
    lines.append("\n/** Characters that are folded, and what each becomes. */\n")
    lines.append(f"export const FOLDED_FROM = {_json(before)}\n")
    lines.append(f"export const FOLDED_TO = {_json(after)}\n")
    lines.append(f"export const UNSEEN = {_json(_unseen())}\n\n")
    lines.append("/** @type {Object<string, [source: string, flags: string]>} */\n")
    lines.append(f"export const PATTERNS = {_json(_patterns(), 1)}\n")
    sys.stdout.write("".join(lines))


def _json(value: object, indent: int | None = None) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return "".join(c if c.isprintable() or c == "\n" else _escape(c) for c in text)


def _escape(character: str) -> str:
    units = character.encode("utf-16-be")
    return "".join(f"\\u{units[at] << 8 | units[at + 1]:04x}" for at in range(0, len(units), 2))


def _joined(words: frozenset[str]) -> str:
    single = all(len(word) == 1 for word in words)
    return ("" if single else " ").join(sorted(words))


def _foldings() -> tuple[str, str]:
    pairs = []
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        if match := disguises._FOREIGN_FORM.match(character):
            plain = disguises._plain(match)
            if plain != character and len(plain.encode("utf-16-be")) == 2:
                pairs.append((character, plain))
    return "".join(one for one, _ in pairs), "".join(other for _, other in pairs)


def _unseen() -> str:
    """Return the class of invisible characters, as a pattern with the flag `u` writes it."""
    return re.sub("[^ -~]", lambda one: f"\\u{{{ord(one.group()):x}}}", f"[{disguises._UNSEEN}]+")


def _patterns() -> dict[str, tuple[str, str]]:
    found = {}
    for module in _MODULES:
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                part = module.__name__.rsplit(".", 1)[-1]
                flags = "i" if value.flags & re.IGNORECASE else ""
                found[f"{part}.{name.lstrip('_')}"] = (_in_javascript(value.pattern), flags)
    return found


def _in_javascript(pattern: str) -> str:
    """Return a pattern of Python as JavaScript writes it; both mean the same."""
    pattern = pattern.replace("(?P<", "(?<").replace(r"\Z", "$")
    pattern = re.sub(r"\(\?P=(\w+)\)", r"\\k<\1>", pattern)
    while (start := pattern.find("(?i:")) >= 0:
        end = _closing(pattern, start)
        pattern = f"{pattern[:start]}(?:{_any_case(pattern[start + 4 : end])}{pattern[end:]}"
    return pattern


def _closing(pattern: str, start: int) -> int:
    depth, at, in_class = 0, start, False
    while True:
        character = pattern[at]
        if character == "\\":
            at += 1
        elif in_class:
            in_class = character != "]"
        elif character == "[":
            in_class = True
        elif character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
            if depth == 0:
                return at
        at += 1


def _any_case(part: str) -> str:
    pieces = re.findall(r"\\.|\[[^\]]*\]|.", part)
    return "".join(
        f"[{one.upper()}{one.lower()}]"
        if len(one) == 1 and one.isascii() and one.isalpha()
        else one
        for one in pieces
    )


if __name__ == "__main__":
    main()
