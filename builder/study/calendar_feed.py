"""The sessions and what is to be mended, as a calendar that other programs subscribe to.

Source: RFC 5545. Lines end in CRLF and are folded at 75 octets; texts are escaped; times of
making are the sessions' own days, so that the same library gives the same bytes.
"""

from collections.abc import Iterator

from builder.checks.cleared import ClearedCasebook, ClearedSession

_FOLD = 75  # octets of a line, without its end


def calendar_feed(cleared: ClearedCasebook) -> bytes:
    """Return the calendar: an event a session, a task for each 整改 that is not done."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//mediation-casebook//study//ZH",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escaped(cleared.title)}：周二复盘",
    ]
    for session in sorted(cleared.sessions, key=lambda one: one.date):
        lines += _event(cleared, session)
        lines += _tasks(session)
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) for line in lines).encode()


def _event(cleared: ClearedCasebook, session: ClearedSession) -> Iterator[str]:
    titles = [
        f"{case_id} {cleared.by_id[case_id].title}"
        for case_id in session.cases
        if case_id in cleared.by_id
    ]
    yield "BEGIN:VEVENT"
    yield f"UID:session-{session.date}@mediation-casebook"
    yield f"DTSTAMP:{_compact(session.date)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_compact(session.date)}"
    yield f"SUMMARY:{_escaped(f'复盘：{session.title}')}"
    if titles:
        yield "DESCRIPTION:" + _escaped("\n".join(titles))
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _tasks(session: ClearedSession) -> Iterator[str]:
    for number, action in enumerate(session.actions, start=1):
        if action.done:
            continue
        yield "BEGIN:VTODO"
        yield f"UID:action-{session.date}-{number}@mediation-casebook"
        yield f"DTSTAMP:{_compact(session.date)}T000000Z"
        yield f"DUE;VALUE=DATE:{_compact(action.due)}"
        yield f"SUMMARY:{_escaped(f'整改：{action.what}（{action.owner}）')}"
        yield "STATUS:NEEDS-ACTION"
        yield "END:VTODO"


def _compact(date: str) -> str:
    return date.replace("-", "")


def _escaped(text: str) -> str:
    """Return a text value (RFC 5545, 3.3.11); control characters are left out."""
    kept = "".join(char for char in text if char == "\n" or (char >= " " and char != "\x7f"))
    for char in ("\\", ";", ","):
        kept = kept.replace(char, f"\\{char}")
    return kept.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets, no character cut in two (RFC 5545, 3.1)."""
    pieces, piece, size = [], "", 0
    for char in line:
        length = len(char.encode())
        if size + length > _FOLD:
            pieces.append(piece)
            piece, size = " ", 1
        piece += char
        size += length
    return "\r\n".join([*pieces, piece]) + "\r\n"
