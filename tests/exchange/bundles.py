"""Bundles for the tests: a good one, and means to spoil it at any level."""

import datetime
import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from minisign import KeyPair, SecretKey

from builder.checks.clearance import clear
from builder.exchange.archive import write_archive
from builder.exchange.keys import public_of
from builder.exchange.manifest import MANIFEST, SIGNATURE, canonical_json
from builder.exchange.pack import Consignment, pack
from builder.exchange.received import FromWorkshop, LastTaken, Received, state_bytes
from builder.exchange.signature import sign
from builder.exchange.trust import Trust, TrustedKey, trust_text
from builder.model.audience import Audience
from tests.conftest import Library, make_library

# the command asks the clock, so what it is shown hangs on today
TODAY = datetime.date.today()
SENT = TODAY - datetime.timedelta(days=4)
ENDS = TODAY + datetime.timedelta(days=361)
OURS, STRANGER = KeyPair.generate().secret_key, KeyPair.generate().secret_key


def trust_in(key: SecretKey = OURS, workshop: str = "SL", **more: Any) -> Trust:
    return Trust((TrustedKey(workshop, "示例消费维权工作室", public_of(key), SENT, **more),))


@dataclass
class Bundle:
    """The parts of a bundle, to be changed and put together again."""

    files: dict[str, bytes]
    manifest: dict[str, Any]
    key: SecretKey = field(default_factory=lambda: OURS)
    trust: Trust = field(default_factory=trust_in)
    received: Received = field(default_factory=Received)

    def listed(self) -> "Bundle":
        """List the files as they are now."""
        self.manifest["files"] = [
            {"path": path, "sha256": hashlib.sha256(content).hexdigest(), "length": len(content)}
            for path, content in sorted(self.files.items())
        ]
        return self

    def signed(self, content: bytes | None = None) -> dict[str, bytes]:
        """Return all files, the manifest signed as it is now."""
        content = canonical_json(self.manifest) if content is None else content
        serial = self.manifest["serial"]
        told = serial if isinstance(serial, int) else 0  # others may not be fit for a comment
        signature = sign(content, self.key, f"serial:{told}")
        return {**self.files, MANIFEST: content, SIGNATURE: signature}

    def zipped(self) -> bytes:
        return write_archive(self.signed())

    def edit(self, path: str, old: str, new: str) -> None:
        text = self.files[path].decode()
        assert old in text, f"not in the text: {old}"
        self.files[path] = text.replace(old, new).encode()
        self.listed()


def good_bundle(library: Any, *, serial: int = 3, audience: Audience = Audience.PARTNER) -> Bundle:
    """Return the bundle of a library's cases."""
    cleared = clear(library.load(), audience)
    packed = pack(cleared, Consignment("SL", serial, SENT, ENDS, "仅供学习"), OURS)
    return opened(packed.data)


def opened(data: bytes) -> Bundle:
    from builder.exchange.archive import read_archive

    files = read_archive(data)
    content = files.pop(MANIFEST)
    files.pop(SIGNATURE)
    return Bundle(files, json.loads(content))


def come(serial: int, manifest: str = "0" * 64, key: SecretKey = OURS) -> Received:
    last = LastTaken(serial=serial, manifest=manifest)
    return Received(workshops={"SL": FromWorkshop(last={public_of(key).id: last})})


def receiving(root: Path) -> Library:
    """Return a library of another workshop."""
    library = make_library(root)
    text = (library.root / "casebook.toml").read_text("utf-8").replace('"SL"', '"SH"')
    library.write("casebook.toml", text)
    return library


def told(library: Library, bundle: Bundle) -> None:
    """Make the library trust whom a bundle's test wants, and know what came before."""
    library.write("keys/trusted.toml", trust_text(bundle.trust))
    library.write("keys/received.json", state_bytes(bundle.received).decode())


def everything(library: Library) -> dict[str, str]:
    """Return path -> SHA-256 of all there is in a library, folders and locks too."""
    return {
        path.relative_to(library.root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        if path.is_file()
        else "folder"
        for path in sorted(library.root.rglob("*"))
    }
