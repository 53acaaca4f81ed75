"""Proposals for a case file: every text that tells who is meant, and what could stand there.

Pure: from a case file to what it would be. Waived findings and the files of partners are
left alone; what cannot be reworded is named, never skipped.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from builder.checks.free_text import free_texts
from builder.detectors.detect import KINDS, Finding
from builder.intake.rewording import findings_in, neutral, words_for
from builder.library.canonical_form import as_typed
from builder.library.casebook import CaseFile
from builder.library.record import dotted, read_record
from builder.library.yaml_reader import Path
from builder.model.audience import Audience
from builder.model.case import Case

_AROUND: Final = 8  # characters shown before and after what is put in


@dataclass(frozen=True, slots=True)
class Proposal:
    """One finding and the words for it.

    Attributes:
        line: of the file, from 1.
        field: dotted.
        kind: label of the finding.
        excerpt: what stands there, masked.
        words: what would stand there, with a little around it; '' where none could be found.
    """

    line: int
    field: str
    kind: str
    excerpt: str
    words: str


@dataclass(frozen=True, slots=True)
class Redaction:
    """What is proposed for one case file.

    Attributes:
        text: of the file afterwards; None where nothing changes or it cannot be written.
        why_not: why it cannot be written, or ''.
    """

    case_id: str
    path: str
    proposals: tuple[Proposal, ...]
    text: str | None
    why_not: str = ""

    @property
    def open(self) -> tuple[Proposal, ...]:
        """Those that a person has to reword."""
        return tuple(one for one in self.proposals if not one.words)


def redact(item: CaseFile) -> Redaction:
    """Return what is proposed for a case."""
    case, source = item.case, item.source
    outward = case.audience is not Audience.INTERNAL
    proposals: list[Proposal] = []
    changes: dict[Path, str] = {}
    for path, text, inside in free_texts(case):
        leaves = outward and not inside
        findings = [one for one in findings_in(text, leaves) if not _is_waived(case, path, one)]
        if not findings:
            continue
        waived = len(findings) < len(findings_in(text, leaves))
        after = _partly(text, findings) if waived else neutral(text, leaves)
        for finding in findings:
            line = source.problem(path, "", "", "", within=text[: finding.start]).line
            words = "" if after is None else _shown(text, finding)
            kind = KINDS[finding.kind].label
            proposals.append(Proposal(line, dotted(path), kind, finding.excerpt, words))
        if after is not None:
            changes[path] = after
    if not changes:
        return Redaction(case.id, source.path, tuple(proposals), None)
    written = _written(source.text, changes, case, source.path)
    why_not = "" if written else "这个文件的写法特别，改了会变意思，请照提示手工改。"
    return Redaction(case.id, source.path, tuple(proposals), written, why_not)


def _is_waived(case: Case, path: Path, finding: Finding) -> bool:
    return any(
        one.kind == finding.kind and f"{dotted(path)}.".startswith(f"{one.field}.")
        for one in case.waivers
    )


def _partly(text: str, findings: Sequence[Finding]) -> str:
    """Return a text with words for these findings and the waived ones left."""
    for finding in reversed(findings):
        start, end, words = words_for(text, finding)
        text = text[:start] + words + text[end:]
    return text


def _shown(text: str, finding: Finding) -> str:
    """Return the words in their place, with what stands around them where that tells nobody."""
    start, end, words = words_for(text, finding)
    before = text[max(0, start - _AROUND) : start].rpartition("\n")[2]
    after = text[end : end + _AROUND].partition("\n")[0]
    around = f"{before}{words}{after}"
    return words if findings_in(around, leaves=False) else around


def _written(text: str, changes: dict[Path, str], case: Case, path: str) -> str | None:
    """Return the file with new texts, comments kept; None where its meaning would change."""
    yaml = as_typed()
    record: Any = yaml.load(text)
    for place, after in changes.items():
        node = record
        for part in place[:-1]:
            node = node[part]
        last = place[-1]
        if last == "text" and isinstance(node, str):
            return None
        old = node[last]
        if isinstance(old, dict):  # a lesson with its mark
            node, last, old = old, "text", old["text"]
        node[last] = type(old)(after) if isinstance(old, str) else after
    out = io.StringIO()
    yaml.dump(record, out)
    read = read_record(path, out.getvalue().encode(), Case).record
    return out.getvalue() if read is not None and _is_meant(read, case, changes) else None


def _is_meant(read: Case, case: Case, changes: dict[Path, str]) -> bool:
    """Return whether the written file says what was meant and nothing else changed."""
    before = {path: text for path, text, _ in free_texts(case)}
    after = {path: text for path, text, _ in free_texts(read)}
    same = {path: changes.get(path, text).strip() for path, text in before.items()}
    changed = {str(place[0]) for place in changes}
    rest = read.model_copy(update={name: getattr(case, name) for name in changed})
    return after == same and rest == case
