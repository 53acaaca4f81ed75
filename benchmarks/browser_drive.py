"""Drive one search in headless Chromium and note what an answer took.

Network and processor are slowed by the browser itself, in the page and in the workers it
starts; the processor of a worker it may refuse to slow, and `Drive.unslowed` tells.
"""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import psutil  # type: ignore[import-untyped]
from playwright.sync_api import Browser, CDPSession, Error, Page, sync_playwright

from benchmarks.browser_peers import Subject
from benchmarks.browser_queries import Query
from benchmarks.browser_serve import Sent, Server

CHROMIUM = "/usr/bin/chromium"
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)
_LATENCY = 100  # ms
_BYTES_PER_SECOND = 125_000  # 1 Mbit/s
_GOT_FIRST = "() => window.probe && window.probe.first !== null"
_CAN_ASK = "() => window.probe && window.probe.search !== null"
_SLOW_CPU = "Emulation.setCPUThrottlingRate"
_LOADED = "() => window.probe.loaded ?? null"
_NOW = "() => performance.now()"
_ASK = """async (text) => {
  const start = performance.now()
  const ids = await window.probe.search(text)
  return [performance.now() - start, ids]
}"""


@dataclass(frozen=True, slots=True)
class Condition:
    """How fast the browser may be.

    Attributes:
        slower: how many times slower the processor is made.
        slow_link: 1 Mbit/s and 100 ms a request, or no limit.
    """

    name: str
    slower: int = 1
    slow_link: bool = False


FULL = Condition("全速")
SLOW_CPU = Condition("CPU 慢 4 倍", slower=4)
SLOW_LINK = Condition("1 Mbit/s", slow_link=True)
CONDITIONS = (FULL, SLOW_CPU, SLOW_LINK)


@dataclass(frozen=True, slots=True)
class Cold:
    """What a first visit took, from opening the page to an answer, or to being able to ask.

    Attributes:
        ms: on the page's own clock, which starts with the navigation.
        bytes, requests: of the search alone; `page_bytes` is all else on the page.
        parts: part of the search -> its bytes and requests.
        files: path of a file of the search -> its bytes.
        heap: bytes of the page's JavaScript after a collection; a worker's stand apart in
            `workers`, where it tells them.
        resident: bytes of memory that the renderers share with no other process.
        ids: what was found, best first.
    """

    ms: float
    bytes: int
    requests: int
    page_bytes: int
    parts: Mapping[str, tuple[int, int]]
    files: Mapping[str, int]
    heap: int
    workers: int
    resident: int
    ids: Sequence[str]


@dataclass(frozen=True, slots=True)
class Warm:
    """What one more query took in a page that is open."""

    query: Query
    ms: float
    ids: Sequence[str]


class Drive:
    """A browser before one subject; made by `driving`."""

    def __init__(self, browser: Browser, server: Server, subject: Subject, timeout: float) -> None:
        """Take a server that serves the subject's site; `timeout` is in seconds."""
        self.subject = subject
        self.unslowed = False
        self._browser = browser
        self._server = server
        self._timeout = timeout * 1000

    def visit(self, query: Query | None, condition: Condition) -> Cold | None:
        """Open the page in a browser that knows nothing yet; None when it takes too long.

        Args:
            query: asked at once; None to see what it takes until one can ask.
        """
        with self._page(condition) as (page, session):
            self._server.take()
            wanted = _GOT_FIRST if query else _CAN_ASK
            if not self._open(page, query, wanted):
                return None
            first = page.evaluate("() => window.probe.first" if query else _NOW)
            sent = _until_first(self._server.take(), page.evaluate(_LOADED) if query else None)
            parts = self._parts(sent)
            page_bytes, _ = parts.pop("", (0, 0))
            heap = session.heap()
            return Cold(
                ms=first,
                bytes=sum(size for size, _ in parts.values()),
                requests=sum(requests for _, requests in parts.values()),
                page_bytes=page_bytes,
                parts=parts,
                files={one.path: one.bytes for one in sent if self.subject.part_of(one.path)},
                heap=heap,
                workers=session.worker_heaps(),
                resident=_renderers(),
                ids=page.evaluate("() => window.probe.ids") if query else (),
            )

    def ask(
        self, queries: Sequence[Query], condition: Condition, seconds: float
    ) -> tuple[list[Warm], list[Warm]]:
        """Ask queries one after the other in one page, then once more all that were answered.

        Returns:
            The first round, in which parts of an index may still be fetched, and the second.
            Both end early when `seconds` have passed.
        """
        with self._page(FULL) as (page, session):
            if not self._open(page, None, _CAN_ASK):
                return [], []
            session.slow(condition)
            with suppress(Error):  # the first query alone makes scripts ready; it counts nowhere
                page.evaluate(_ASK, queries[-1].text)
            first = self._round(page, queries[:-1], seconds)
            again = self._round(page, [warm.query for warm in first], seconds)
            return first, again

    def _round(self, page: Page, queries: Sequence[Query], seconds: float) -> list[Warm]:
        end = time.monotonic() + seconds
        answered = []
        for query in queries:
            if time.monotonic() > end:
                break
            ms, ids = page.evaluate(_ASK, query.text)
            answered.append(Warm(query, ms, ids))
        return answered

    def _parts(self, sent: Sequence[Sent]) -> dict[str, tuple[int, int]]:
        """Return part -> bytes and requests; '' is the rest of the page."""
        parts: dict[str, tuple[int, int]] = {}
        for one in sent:
            size, requests = parts.get(self.subject.part_of(one.path), (0, 0))
            parts[self.subject.part_of(one.path)] = (size + one.bytes, requests + 1)
        return parts

    def _open(self, page: Page, query: Query | None, wanted: str) -> bool:
        address = self._server.address + self.subject.page
        address += self.subject.ask(query.text) if query else ""
        try:
            page.goto(address, wait_until="commit", timeout=self._timeout)
            # seldom: looking takes time from the page
            page.wait_for_function(wanted, polling=50, timeout=self._timeout)
        except Error:
            return False
        return True

    @contextmanager
    def _page(self, condition: Condition) -> Iterator[tuple[Page, "_Session"]]:
        context = self._browser.new_context(viewport={"width": 1280, "height": 900})
        try:
            page = context.new_page()
            page.set_default_timeout(self._timeout)
            if self.subject.probe:
                page.add_init_script(self.subject.probe)
            session = _Session(context.new_cdp_session(page))
            session.slow(condition)
            yield page, session
            self.unslowed |= session.unslowed
        finally:
            context.close()


def _until_first(sent: Sequence[Sent], loaded: Sequence[str] | None) -> Sequence[Sent]:
    """Return what was sent before the first answer, where the page tells; the page's own too."""
    if loaded is None:
        return sent
    known = set(loaded)
    return [one for one in sent if one.path in known or not one.path.endswith(".js")]


class _Session:
    """The browser's own controls for a page and the workers it starts."""

    def __init__(self, cdp: CDPSession) -> None:
        self.unslowed = False  # a worker's processor is as fast as ever
        self._cdp = cdp
        self._workers: list[str] = []
        self._condition = FULL
        self._answers: dict[int, dict[str, Any]] = {}
        self._asked = 0
        self._asked_to_slow: set[int] = set()
        cdp.on("Target.attachedToTarget", self._attached)
        cdp.on("Target.receivedMessageFromTarget", self._received)
        cdp.send("Network.enable")
        self._auto_attach()

    def slow(self, condition: Condition) -> None:
        self._condition = condition
        for method, values in _controls(condition):
            self._cdp.send(method, values)
        for worker in self._workers:
            self._slow_worker(worker)

    def heap(self) -> int:
        self._cdp.send("HeapProfiler.collectGarbage")
        return int(self._cdp.send("Runtime.getHeapUsage")["usedSize"])

    def worker_heaps(self) -> int:
        """Return bytes of JavaScript in all workers, 0 where none tells."""
        asked = [self._send(worker, "Runtime.getHeapUsage", {}) for worker in self._workers]
        for _ in range(20):
            if all(number in self._answers for number in asked):
                break
            self._cdp.send("Runtime.evaluate", {"expression": "0"})  # lets events come in
            time.sleep(0.05)
        told = [self._answers.get(number, {}).get("result", {}) for number in asked]
        return sum(int(one.get("usedSize", 0)) for one in told)

    def _auto_attach(self) -> None:
        # a worker waits until it is slowed, so that it cannot fetch at full speed first
        self._cdp.send(
            "Target.setAutoAttach",
            {"autoAttach": True, "waitForDebuggerOnStart": True, "flatten": False},
        )

    def _attached(self, event: dict[str, Any]) -> None:
        self._workers.append(event["sessionId"])
        self._slow_worker(event["sessionId"])
        self._send(event["sessionId"], "Runtime.runIfWaitingForDebugger", {})

    def _slow_worker(self, worker: str) -> None:
        self._send(worker, "Network.enable", {})
        for method, values in _controls(self._condition):
            number = self._send(worker, method, values)
            if method == _SLOW_CPU:
                self._asked_to_slow.add(number)

    def _send(self, worker: str, method: str, values: dict[str, Any]) -> int:
        self._asked += 1
        message = json.dumps({"id": self._asked, "method": method, "params": values})
        with suppress(Error):  # the worker has ended
            self._cdp.send("Target.sendMessageToTarget", {"sessionId": worker, "message": message})
        return self._asked

    def _received(self, event: dict[str, Any]) -> None:
        answer = json.loads(event["message"])
        if "id" in answer:
            self._answers[answer["id"]] = answer
        if "error" in answer and answer["id"] in self._asked_to_slow:
            self.unslowed = True


def _controls(condition: Condition) -> list[tuple[str, dict[str, Any]]]:
    speed = _BYTES_PER_SECOND if condition.slow_link else -1
    link = {
        "offline": False,
        "latency": _LATENCY if condition.slow_link else 0,
        "downloadThroughput": speed,
        "uploadThroughput": speed,
    }
    return [
        ("Network.emulateNetworkConditions", link),
        (_SLOW_CPU, {"rate": condition.slower}),
    ]


def _renderers() -> int:
    """Return bytes of memory that the renderers of this process's browser have alone."""
    held = 0
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            if "--type=renderer" in process.cmdline():
                held += process.memory_full_info().uss
    return held


@contextmanager
def driving(subject: Subject, timeout: float = 120) -> Iterator[Drive]:
    """Serve a subject and yield a browser before it."""
    with (
        Server(subject.site) as server,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=CHROMIUM, args=list(_ARGUMENTS)) as browser,
    ):
        yield Drive(browser, server, subject, timeout)
