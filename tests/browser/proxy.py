"""A bad network between the browser and the site: a TCP proxy that breaks answers on order.

One exchange a connection. What to break is decided by the path of the request; everything else
passes as it is. The address stays the same while faults come and go, so that a service worker
keeps its origin.
"""

from __future__ import annotations

import asyncio
import gzip
import re
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import Enum
from http import HTTPStatus


class Fault(Enum):
    """What can happen to an answer on its way."""

    STALL_HEADERS = "the request is taken, and no answer ever begins"
    STALL_BODY = "half of the body comes, then silence"
    CUT_LENGTH = "a Content-Length is promised and half of it comes"
    CUT_CHUNKED = "chunks come, then the line closes before the last one"
    CUT_GZIP = "a compressed body ends in its middle, every length correct"
    CUT_CLOSE = "no length is promised and half of the body comes: it looks complete"
    STATUS_500 = "500 with a page of the server's"
    STATUS_502 = "502 with a page of the proxy's"
    STATUS_204 = "204: nothing to say"
    DROP = "the line breaks before a byte comes"
    SLOW = "the body comes at a few bytes a second"
    CAPTIVE = "200 with the log-in page of a hotel's network"


CAPTIVE_PAGE = (
    b"<!doctype html><html lang=en><title>Welcome to Hotel Wi-Fi</title>"
    b"<form action=/login><button>Accept and connect</button></form></html>"
)
HELD_SECONDS = 120
Accept = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[object, object, None]]


@dataclass(frozen=True)
class Order:
    """``only`` is searched in path and query; ``times`` 0 means every time."""

    fault: Fault
    only: str = ""
    times: int = 0
    bytes_per_second: int = 2000


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    raw: bytes


@dataclass
class Answer:
    """What the site said: first line, header lines by lower-case name in order, decoded body."""

    line: str
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")

    def head(self, **changed: str | None) -> bytes:
        """Return the head with some headers replaced, or left out where the value is None."""
        given = {name.replace("_", "-"): value for name, value in changed.items()}
        given.setdefault("connection", "close")
        kept = [(name, value) for name, value in self.headers if name not in given]
        kept += [(name, value) for name, value in given.items() if value is not None]
        lines = [self.line, *(f"{name}: {value}" for name, value in kept)]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


class _Line(asyncio.StreamReaderProtocol):
    """A connection of the browser's, known from its first moment to its last."""

    def __init__(self, accept: Accept, lines: set[asyncio.BaseTransport]) -> None:
        super().__init__(asyncio.StreamReader(limit=2**20), accept)
        self._known = lines

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._known.add(transport)
        super().connection_made(transport)


async def _rounds(count: int = 50) -> None:
    """Let the loop turn: by rounds and not by time, which a busy machine may use up at once."""
    for _ in range(count):
        await asyncio.sleep(0)


@dataclass
class FaultProxy:
    """Listens on a free port of 127.0.0.1 and passes on to ``upstream`` («host:port»).

    ``seen`` lists «METHOD path» of every request, in the order of arrival; ``broken`` those that
    a fault met; ``carried`` holds path and bytes of the body, as packed, of each sound answer.
    """

    upstream: str
    seen: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    carried: list[tuple[str, int]] = field(default_factory=list)
    port: int = 0
    _orders: list[Order] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def order(
        self, fault: Fault, only: str = "", times: int = 0, bytes_per_second: int = 2000
    ) -> None:
        """Break the answers to requests whose path ``only`` (a regular expression) finds."""
        re.compile(only)
        self._orders = [*self._orders, Order(fault, only, times, bytes_per_second)]

    def heal(self) -> None:
        """Break nothing any more; answers that are being held are let go."""
        self._orders = []
        self._loop.call_soon_threadsafe(self._healed.set)

    def forget(self) -> None:
        """Forget what was seen."""
        self.seen, self.broken, self.carried = [], [], []

    def start(self) -> FaultProxy:
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        ready.wait(5)
        return self

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._done.set)
        self._thread.join(5)

    def _run(self, ready: threading.Event) -> None:
        asyncio.run(self._serve(ready))

    async def _serve(self, ready: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        self._done, self._healed = asyncio.Event(), asyncio.Event()
        self._open: set[asyncio.Task[None]] = set()
        self._lines: set[asyncio.BaseTransport] = set()
        server = await self._loop.create_server(
            lambda: _Line(self._accept, self._lines), "127.0.0.1"
        )
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await self._done.wait()
        # A line that is accepted while the server closes would stay half made (Python 3.11): nobody
        # new comes in, who has just come in begins, and then all of it ends.
        for listener in server.sockets:
            self._loop.remove_reader(listener.fileno())
        await _rounds()
        server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)
        for line in self._lines:
            if isinstance(line, asyncio.WriteTransport):
                line.abort()
        await _rounds()  # what was aborted is closed in the loop's next rounds

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._open.add(task)
        try:
            await self._exchange(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, TimeoutError):
            writer.transport.abort()
        finally:
            self._open.discard(task)
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await self._request(reader)
        told = f"{request.method} {request.path}"
        self.seen.append(told)
        order = self._order_for(request.path)
        if order is None:
            answer = await self._answer(request)
            self.carried.append((request.path, len(answer.body)))
            writer.write(answer.head() + answer.body)
            await writer.drain()
            return
        self.broken.append(told)
        await self._break(order, request, writer)

    def _order_for(self, path: str) -> Order | None:
        for place, order in enumerate(self._orders):
            if not re.search(order.only, path):
                continue
            if order.times:
                left = [replace(order, times=order.times - 1)] if order.times > 1 else []
                self._orders = [*self._orders[:place], *left, *self._orders[place + 1 :]]
            return order
        return None

    async def _request(self, reader: asyncio.StreamReader) -> Request:
        head = await reader.readuntil(b"\r\n\r\n")
        line, _, rest = head.partition(b"\r\n")
        method, path, _version = line.decode("latin-1").split(" ", 2)
        found = re.search(rb"(?im)^content-length:\s*(\d+)", rest)
        body = await reader.readexactly(int(found[1])) if found else b""
        rest = re.sub(rb"(?im)^(connection|keep-alive):[^\r]*\r\n", b"", rest)
        return Request(method, path, line + b"\r\nConnection: close\r\n" + rest + body)

    async def _answer(self, request: Request) -> Answer:
        host, _, port = self.upstream.partition(":")
        reader, writer = await asyncio.open_connection(host, int(port), limit=2**26)
        self._lines.add(writer.transport)
        try:
            writer.write(request.raw)
            await writer.drain()
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            line, *lines = head.strip().split("\r\n")
            pairs = (text.partition(":") for text in lines)
            headers = [(name.lower(), value.strip()) for name, _, value in pairs]
            answer = Answer(line, headers, b"")
            if request.method == "HEAD" or line.split(" ")[1] in {"204", "304"}:
                return answer
            if answer.header("transfer-encoding") == "chunked":
                answer.body = b"".join([chunk async for chunk in _chunks(reader)])
                answer.headers = [pair for pair in headers if pair[0] != "transfer-encoding"]
                answer.headers.append(("content-length", str(len(answer.body))))
            elif length := answer.header("content-length"):
                answer.body = await reader.readexactly(int(length))
            else:
                answer.body = await reader.read()
            return answer
        finally:
            writer.close()

    async def _hold(self) -> None:
        """Say nothing until healed, stopped, or long enough for every patience."""
        self._healed.clear()
        await asyncio.wait_for(self._healed.wait(), HELD_SECONDS)

    async def _break(self, order: Order, request: Request, writer: asyncio.StreamWriter) -> None:
        fault = order.fault
        if fault is Fault.DROP:
            writer.transport.abort()
            return
        if fault is Fault.STALL_HEADERS:
            await self._hold()
            writer.transport.abort()
            return
        if fault is Fault.STATUS_204:
            writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
            await writer.drain()
            return
        if fault in {Fault.STATUS_500, Fault.STATUS_502}:
            status = HTTPStatus(int(fault.name.removeprefix("STATUS_")))
            words = f"<!doctype html><title>{status} {status.phrase}</title>".encode()
            writer.write(_own(status, words))
            await writer.drain()
            return
        if fault is Fault.CAPTIVE:
            writer.write(_own(HTTPStatus.OK, CAPTIVE_PAGE))
            await writer.drain()
            return
        answer = await self._answer(request)
        body, half = answer.body, len(answer.body) // 2
        match fault:
            case Fault.SLOW:
                writer.write(answer.head(content_length=str(len(body))))
                step = max(order.bytes_per_second // 10, 1)
                for start in range(0, len(body), step):
                    writer.write(body[start : start + step])
                    await writer.drain()
                    await asyncio.sleep(0.1)
            case Fault.STALL_BODY:
                writer.write(answer.head(content_length=str(len(body))) + body[:half])
                await writer.drain()
                await self._hold()
                writer.transport.abort()
            case Fault.CUT_LENGTH:
                writer.write(answer.head(content_length=str(len(body))) + body[:half])
                await writer.drain()
            case Fault.CUT_CHUNKED:
                head = answer.head(content_length=None, transfer_encoding="chunked")
                writer.write(head + f"{half:x}\r\n".encode() + body[:half] + b"\r\n")
                await writer.drain()
            case Fault.CUT_GZIP:
                packed = body
                if answer.header("content-encoding") in {"", "identity"}:
                    packed = gzip.compress(body)
                    answer.headers.append(("content-encoding", "gzip"))
                piece = packed[: len(packed) // 2]
                writer.write(answer.head(content_length=str(len(piece))) + piece)
                await writer.drain()
            case Fault.CUT_CLOSE:
                writer.write(answer.head(content_length=None) + body[:half])
                await writer.drain()


def _own(status: HTTPStatus, body: bytes) -> bytes:
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Type: text/html\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body


async def _chunks(reader: asyncio.StreamReader):
    while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
        yield await reader.readexactly(size)
        await reader.readexactly(2)
    await reader.readuntil(b"\r\n")


@contextmanager
def fault_proxy(upstream: str) -> Iterator[FaultProxy]:
    """Yield a running proxy before ``upstream`` («host:port»)."""
    proxy = FaultProxy(upstream).start()
    try:
        yield proxy
    finally:
        proxy.stop()
