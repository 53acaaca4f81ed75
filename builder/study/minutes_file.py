"""The file of a session's minutes: its text from plain values, as people write them by hand.

Twin of `builder/site/client/minutes_file.js`, held together by `tests/golden/minutes.json`.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

# What YAML reads as the text it is: begins with a Chinese character or an opening mark.
_PLAIN: Final = re.compile(
    r"[\u4e00-\u9fff“《][\u4e00-\u9fffA-Za-z0-9“”《》（）、，。；？！·%～…—.\- ]*(?<! )"
)

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class ActionLine:
    """整改: what, by which role, until when (ISO), when done (ISO) or ''."""

    what: str
    owner: str
    due: str
    done: str = ""


@dataclass(frozen=True, slots=True)
class Minutes:
    """What the minutes of one session say; dates are ISO."""

    date: str
    title: str
    host: str = ""
    audience: str = "internal"
    cases: Sequence[str] = ()
    lessons: Sequence[str] = ()
    weaknesses: Sequence[str] = ()
    actions: Sequence[ActionLine] = field(default=())
    body: str = ""


def minutes_text(minutes: Minutes) -> str:
    """Return the text of the file; the same values give the same text."""
    lines = ["---", f"date: {minutes.date}", f"title: {scalar(minutes.title)}"]
    lines.append(f"audience: {minutes.audience}")
    if minutes.host:
        lines.append(f"host: {scalar(minutes.host)}")
    lines.append(f"cases: [{', '.join(minutes.cases)}]")
    for name, texts in (("lessons", minutes.lessons), ("weaknesses", minutes.weaknesses)):
        if texts:
            lines += [f"{name}:", *(f"  - {scalar(text)}" for text in texts)]
    if minutes.actions:
        lines.append("actions:")
        for action in minutes.actions:
            lines += [f"  - what: {scalar(action.what)}", f"    owner: {scalar(action.owner)}"]
            lines.append(f"    due: {action.due}")
            if action.done:
                lines.append(f"    done: {action.done}")
    body = minutes.body.strip()
    return "\n".join([*lines, "---", "", *([body, ""] if body else [])])


def scalar(text: str) -> str:
    """Return a text on one line as YAML writes it, in quotes only where it needs them."""
    one = " ".join(_CONTROL.sub(" ", text).split())
    return one if _PLAIN.fullmatch(one) else json.dumps(one, ensure_ascii=False)
