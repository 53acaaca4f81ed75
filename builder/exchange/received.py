"""What has come from each partner: the last serial, and each case as it was written down.

`keys/received.json` keeps a bundle from being taken twice or an older one from undoing a
newer one, and tells a file that somebody edited here from one that nobody touched.
"""

from collections.abc import Container
from typing import Annotated, Literal, TypeVar

from pydantic import Field, ValidationError

from builder.errors import CasebookError
from builder.exchange.manifest import canonical_json, plain_json
from builder.exchange.refusal import Refused
from builder.model.strict import Strict

RECEIVED_FILE = "received.json"
SENT_FILE = "sent.json"
_State = TypeVar("_State", bound=Strict)


class StateFault(CasebookError):
    """`keys/received.json` or `keys/sent.json` cannot be understood."""

    exit_status = 3


class ReceivedCase(Strict):
    """SHA-256 of a case as the partner sent it, and of the file we made of it.

    `coming` is that of a file an import was about to write: whether it was written or
    the machine stopped before, neither state is an edit of ours.
    """

    theirs: str
    written: str
    coming: str = ""


class LastTaken(Strict):
    """The last bundle that a key signed and that was taken: its serial and its manifest."""

    serial: Annotated[int, Field(strict=True, ge=0)] = 0
    manifest: str = ""


class FromWorkshop(Strict):
    """What one partner sent.

    Attributes:
        last: key id -> the last bundle taken under that key. What a revoked key signed
            does not count: whoever stole it could have used up every serial.
        cases: by id.
    """

    last: dict[str, LastTaken] = Field(default_factory=dict)
    cases: dict[str, ReceivedCase] = Field(default_factory=dict)

    def newest(self, keys: Container[str]) -> LastTaken:
        """Return the bundle with the greatest serial taken under one of these keys."""
        counted = [one for key_id, one in self.last.items() if key_id in keys]
        return max(counted, key=lambda one: one.serial, default=LastTaken())

    def taking(self, key_id: str, last: LastTaken) -> dict[str, LastTaken]:
        """Return `last` once another bundle was taken."""
        return {**self.last, key_id: last}


class Received(Strict):
    """All that has come, by workshop code."""

    version: Literal[1] = 1
    workshops: dict[str, FromWorkshop] = Field(default_factory=dict)

    def of(self, code: str) -> FromWorkshop:
        return self.workshops.get(code, FromWorkshop())

    def having(self, code: str, come: FromWorkshop) -> "Received":
        return Received(workshops={**self.workshops, code: come})


class Sent(Strict):
    """The serial of the last bundle we made; it only ever grows."""

    version: Literal[1] = 1
    serial: int = Field(default=0, ge=0, strict=True)


def read_received(content: bytes | None) -> Received:
    """Return what `received.json` says; nothing has come where there is no file.

    Raises:
        StateFault: it is damaged.
    """
    return Received() if content is None else _read(content, Received, RECEIVED_FILE)


def read_sent(content: bytes | None) -> Sent:
    """Return what `sent.json` says; nothing was sent where there is no file.

    Raises:
        StateFault: it is damaged.
    """
    return Sent() if content is None else _read(content, Sent, SENT_FILE)


def state_bytes(state: Received | Sent) -> bytes:
    """Return the bytes of a state file."""
    return canonical_json(state.model_dump(mode="json"))


def _read(content: bytes, model: type[_State], name: str) -> _State:
    try:
        return model.model_validate(plain_json(content, name))
    except (ValidationError, Refused) as error:
        raise StateFault(
            f"keys/{name}", "看不懂。", "请从备份里找回；删掉它，旧的案例包就挡不住了。"
        ) from error
