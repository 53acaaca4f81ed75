"""The ledger on disk: one file, replaced in one step, so that a reader never sees half of it.

    ledger/tickets.jsonl     first line: format and moment; then a ticket a line, by received
                             and number, keys sorted, what is absent left out
    ledger/last-import.json  what the latest import counted, refused and remarked on

The same ledger gives the same bytes.
"""

import datetime
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from builder.errors import SurroundingsError, reason_of
from builder.model.case import written_moment
from builder.model.ledger import Ledger, Light, OtherWord, Ticket
from builder.settings import Settings
from builder.whole_file import write_whole

TICKETS_FILE: Final = "tickets.jsonl"
IMPORT_FILE: Final = "last-import.json"
FORMAT: Final = 1
_DEFAULTS: Final = {field.name: field.default for field in fields(Ticket)}


class LedgerFault(SurroundingsError):
    """The ledger's own file cannot be read."""


def read_ledger(settings: Settings) -> Ledger | None:
    """Return the ledger of a library, or None where nothing has been imported.

    Raises:
        LedgerFault: the file is there and damaged, or of a later version.
    """
    content = ledger_bytes(settings)
    return None if content is None else ledger_of(content, str(settings.ledger / TICKETS_FILE))


def ledger_bytes(settings: Settings) -> bytes | None:
    """Return the bytes of the ledger's file, or None where there is none."""
    path = settings.ledger / TICKETS_FILE
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise LedgerFault(
            str(path), f"台账读不出来（{reason_of(error)}）。", "请检查文件权限。"
        ) from error


def ledger_digest(settings: Settings) -> str:
    """Return a SHA-256 of the ledger's file, hexadecimal, or '' where there is none."""
    content = ledger_bytes(settings)
    return "" if content is None else hashlib.sha256(content).hexdigest()


def ledger_of(content: bytes, where: str) -> Ledger:
    """Return the ledger that the bytes of its file hold.

    Args:
        where: what to call the file in a fault.

    Raises:
        LedgerFault: they are damaged, or of a later version.
    """
    number = 1
    try:
        lines = content.decode("utf-8").split("\n")
        head = json.loads(lines[0])
        if head["format"] != FORMAT:
            raise LedgerFault(where, "台账的格式不是这个版本写的。", "请用写它的那个版本打开。")
        as_of = datetime.datetime.fromisoformat(head["as_of"])
        tickets = []
        for line in lines[1:-1]:
            number += 1
            tickets.append(_ticket(json.loads(line)))
        if lines[-1] or len(tickets) != head["tickets"]:
            raise ValueError("cut short")
    except (ValueError, KeyError, TypeError, InvalidOperation) as error:
        raise LedgerFault(
            f"{where}:{number}", "台账文件坏了。", "请从备份恢复，或移走它再重新导入。"
        ) from error
    return Ledger(tuple(tickets), as_of)


def bytes_of(ledger: Ledger) -> bytes:
    """Return the file of a ledger; the same ledger gives the same bytes."""
    head = {
        "as_of": ledger.as_of.isoformat(timespec="minutes"),
        "format": FORMAT,
        "tickets": len(ledger.tickets),
    }
    lines = [_line(head)]
    lines += [_line(record_of(ticket)) for ticket in ledger.tickets]
    return ("\n".join(lines) + "\n").encode()


def ledger_from(tickets: Iterable[Ticket], as_of: datetime.datetime) -> Ledger:
    """Return a ledger with its tickets in order."""
    return Ledger(
        tuple(sorted(tickets, key=lambda ticket: ticket.sort_key)),
        as_of.replace(second=0, microsecond=0),
    )


def record_of(ticket: Ticket) -> dict[str, Any]:
    """Return a ticket as JSON tells it, what is absent left out."""
    record: dict[str, Any] = {}
    for name, default in _DEFAULTS.items():
        value = getattr(ticket, name)
        if value != default:
            record[name] = _plain(value)
    return record


def write_ledger(settings: Settings, ledger: Ledger, told: Mapping[str, Any]) -> None:
    """Write the ledger, then what its import has to tell, each file in one step.

    Call it while `writing` holds the folder.
    """
    rewrite_tickets(settings, ledger)
    text = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)
    write_whole(settings.ledger / IMPORT_FILE, f"{text}\n".encode())


def rewrite_tickets(settings: Settings, ledger: Ledger) -> None:
    """Write the tickets alone in one step; call it while `writing` holds the folder."""
    write_whole(settings.ledger / TICKETS_FILE, bytes_of(ledger))


@contextmanager
def writing(settings: Settings) -> Iterator[None]:
    """Hold the ledger as its only writer.

    Raises:
        SurroundingsError: another import is going on, or the folder cannot be made.
    """
    from filelock import FileLock, Timeout  # those who only read do without

    folder = settings.ledger
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".lock", timeout=0):
            yield
    except Timeout:
        raise SurroundingsError(str(folder), "另一个导入正在进行。", "请等它结束后再试。") from None
    except FileExistsError as error:
        raise SurroundingsError(
            str(folder), "这里是一个文件，不是文件夹。", "请移走它，或在 casebook.toml 里换个地方。"
        ) from error
    except PermissionError as error:
        raise SurroundingsError(
            str(folder), f"写不进去（{reason_of(error)}）。", "请检查文件夹权限。"
        ) from error


def _line(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> Any:
    if isinstance(value, datetime.date):
        return written_moment(value)
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, OtherWord):
        return [value.field, value.word]
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


def _moment(text: str) -> datetime.date:
    kind = datetime.datetime if " " in text else datetime.date
    return kind.fromisoformat(text)


_READERS: Final[Mapping[str, Callable[[Any], object]]] = {
    **dict.fromkeys(("received", "accepted", "visited", "closed"), _moment),
    **dict.fromkeys(("disputed", "recovered"), Decimal),
    **dict.fromkeys(("claims", "outcomes"), tuple),
    "told": Light,
    "other_words": lambda pairs: tuple(OtherWord(field, word) for field, word in pairs),
}


def _ticket(record: dict[str, Any]) -> Ticket:
    for name, read in _READERS.items():
        if name in record:
            record[name] = read(record[name])
    return Ticket(**record)
