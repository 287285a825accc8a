"""The ASGI application in front of the site: gathers a request, has a thread answer it, sends the
answer.

A thread is taken only once the whole request is here, and given back before the answer is on its
way. So a slow connection, in either direction, costs other requests nothing but memory, and that is
bounded. An answer of unknown length is finished before its first byte leaves: one that breaks
half-way becomes a 500, never half a page that looks whole.
"""

from __future__ import annotations

import asyncio
import io
import logging
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, cast

from structlog.contextvars import bound_contextvars

from khabarayn.server.environ import BadRequest, Scope, environ_of, length_of
from khabarayn.server.observation import Observation
from khabarayn.server.pools import Overloaded, Pool, Pools
from khabarayn.server.refusal import refusal, replaces_page
from khabarayn.web.request import ENDPOINT, HANDS_BACK

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

log = logging.getLogger(__name__)
# Bodies of this size stay in memory, larger ones go to a file that has no name.
IN_MEMORY = 256 * 1024
# Pieces of a long answer that are taken from the application at a time.
PIECE = 256 * 1024


@dataclass(frozen=True)
class Limits:
    """Limits of one request, in seconds and bytes; the application holds lower limits for single
    addresses. Seconds, bytes; the site's own limits for each address, lower than ``body``, are the
    application's to hold."""

    body: int = 72 * 1024 * 1024
    # Between two pieces of a body.
    pause: float = 15.0
    # For the whole of a body, and a second more for each so many bytes of it.
    whole: float = 30.0
    bytes_a_second: int = 4096
    # Bodies on their way at a time.
    bodies: int = 512
    # An answer whose length nobody told is kept whole before it is sent.
    answer: int = 64 * 1024 * 1024
    # What is still read of a body that will be refused, so that the refusal is read.
    drain_bytes: int = 8 * 1024 * 1024
    drain_seconds: float = 8.0


class _Refused(Exception):
    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class _Gone(Exception):
    """The client has closed the connection."""


@dataclass
class _Answer:
    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list[tuple[bytes, bytes]])
    pieces: Iterator[bytes] | None = None
    body: bytes = b""
    close: Callable[[], None] | None = None
    # The site has put into the answer what the form sent.
    hands_back: bool = False


class Gateway:
    """An ASGI application that answers with a WSGI one. ``prefixes`` are those of languages.

    Each request that has ended is given to ``observe``; its id is taken over from a proxy where
    ``trusts_ids``.
    """

    def __init__(
        self,
        application: Application,
        pools: Pools | None = None,
        limits: Limits | None = None,
        prefixes: tuple[str, ...] = (),
        observe: Callable[[Observation], None] = Observation.log,
        *,
        trusts_ids: bool = False,
    ) -> None:
        self.application = application
        self.pools = pools or Pools()
        self.limits = limits or Limits()
        self.prefixes = prefixes
        self.observe = observe
        self.trusts_ids = trusts_ids
        self._bodies = 0
        self._shed = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            return
        if scope["type"] != "http":
            return
        observation = Observation(scope, self.prefixes, trusts_ids=self.trusts_ids)
        try:
            await self._gather_and_answer(observation, scope, receive, observation.sending(send))
        finally:
            self.observe(observation)

    async def _gather_and_answer(
        self, observation: Observation, scope: Scope, receive: Receive, send: Send
    ) -> None:
        pool = self.pools.of(scope["method"], scope["path"], self.prefixes)
        try:
            body, length = await self._body(scope, receive)
        except _Gone:
            return
        except _Refused as refused:
            await _send(send, *refusal(refused.status, scope))
            return
        except BadRequest:
            await _send(send, *refusal(400, scope))
            return
        with body:
            await self._call_and_send(pool, observation, scope, body, length, send)

    async def _call_and_send(
        self,
        pool: Pool,
        observation: Observation,
        scope: Scope,
        body: BinaryIO,
        length: int | None,
        send: Send,
    ) -> None:
        try:
            environ = environ_of(scope, body, length)
            answer: _Answer = await pool.run(lambda: self._call(environ, observation))
        except BadRequest:
            await _send(send, *refusal(400, scope))
        except Overloaded:
            self._shed += 1
            # Logged for the first refusal, and then each time their number has doubled.
            if self._shed & (self._shed - 1) == 0:
                log.warning(
                    "%s requests refused so far: the %s queue is full", self._shed, pool.name
                )
            await _send(send, *refusal(503, scope, body))
        except Exception:
            with bound_contextvars(request=observation.id):
                log.exception(
                    "the site broke off while it answered a request: %s", observation.kind
                )
            await _send(send, *refusal(500, scope))
        else:
            gives_up = answer.status == 503 and not answer.hands_back
            if gives_up and scope["method"] == "POST" and replaces_page(scope, body):
                # The database is busy or gone: the form's text comes back with a button that sends
                # it again.
                await _send(send, *refusal(503, scope, body))
                return
            await self._send_answer(pool, answer, send)

    async def _body(self, scope: Scope, receive: Receive) -> tuple[BinaryIO, int | None]:
        """Return the whole body and its length. Raises `_Refused` or `_Gone`."""
        length = length_of(scope["headers"])
        is_chunked = any(name == b"transfer-encoding" for name, _value in scope["headers"])
        if not is_chunked and not length:
            return io.BytesIO(), length
        if length is not None and length > self.limits.body:
            await self._drain(scope, receive)
            raise _Refused(413)
        if self._bodies >= self.limits.bodies:
            raise _Refused(503)
        self._bodies += 1
        body = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115
        try:
            size = await self._gather(body, receive)
        except BaseException:
            body.close()
            raise
        finally:
            self._bodies -= 1
        body.seek(0)
        return body, size

    async def _gather(self, body: BinaryIO, receive: Receive) -> int:
        start, size = time.monotonic(), 0
        while True:
            seconds_left = (
                start + self.limits.whole + size / self.limits.bytes_a_second - time.monotonic()
            )
            try:
                event = await asyncio.wait_for(
                    receive(), max(0.0, min(seconds_left, self.limits.pause))
                )
            except TimeoutError:
                raise _Refused(408) from None
            if event["type"] == "http.disconnect":
                raise _Gone
            piece = event.get("body", b"")
            size += len(piece)
            if size > self.limits.body:
                raise _Refused(413)
            if size > IN_MEMORY:
                await asyncio.to_thread(body.write, piece)
            else:
                body.write(piece)
            if not event.get("more_body", False):
                return size

    async def _drain(self, scope: Scope, receive: Receive) -> None:
        """Read some more of the body: a client that is still sending when the connection closes
        reads no answer."""
        if not length_of(scope["headers"]):
            return
        bytes_left, deadline = self.limits.drain_bytes, time.monotonic() + self.limits.drain_seconds
        while bytes_left > 0:
            try:
                seconds = max(0.0, deadline - time.monotonic())
                event = await asyncio.wait_for(receive(), seconds)
            except TimeoutError:
                return
            if event["type"] == "http.disconnect":
                raise _Gone
            if not event.get("more_body", False):
                return
            bytes_left -= len(event.get("body", b""))

    def _call(self, environ: dict[str, Any], observation: Observation) -> _Answer:
        """Run the application, in a thread; an answer without a length is read to its end here."""
        with bound_contextvars(request=observation.id):
            answer = self._answer(environ)
        answer.hands_back = bool(environ.get(HANDS_BACK))
        observation.endpoint = environ.get(ENDPOINT, "")
        return answer

    def _answer(self, environ: dict[str, Any]) -> _Answer:
        answer = _Answer()

        def start_response(status: str, headers: Any, exc_info: Any = None) -> Any:
            del exc_info
            answer.status = int(status[:3])
            answer.headers = [
                (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers
            ]

        chunks = self.application(environ, start_response)
        close: Callable[[], None] | None = getattr(chunks, "close", None)
        has_length = any(name == b"content-length" for name, _value in answer.headers)
        try:
            if not has_length or isinstance(chunks, list | tuple):
                answer.body = _whole(chunks, self.limits.answer)
            else:
                pieces = iter(chunks)
                answer.body = _piece(pieces)
                if len(answer.body) >= PIECE:
                    answer.pieces, answer.close, close = pieces, close, None
        finally:
            if close:
                close()
        return answer

    async def _send_answer(self, pool: Pool, answer: _Answer, send: Send) -> None:
        if answer.pieces is None:
            has_length = any(name == b"content-length" for name, _value in answer.headers)
            if not has_length and answer.status >= 200 and answer.status not in {204, 304}:
                answer.headers.append((b"content-length", str(len(answer.body)).encode()))
            await _send(send, answer.status, answer.headers, answer.body)
            return
        pieces = answer.pieces
        try:
            start = {"status": answer.status, "headers": answer.headers}
            await send({"type": "http.response.start", **start})
            body = answer.body
            while body:
                await send({"type": "http.response.body", "body": body, "more_body": True})
                body = await pool.run(lambda: _piece(pieces), begun=True)
            await send({"type": "http.response.body", "body": b""})
        finally:
            if answer.close:
                await pool.run(answer.close, begun=True)


def _whole(chunks: Iterable[bytes], limit: int) -> bytes:
    if isinstance(chunks, list | tuple) and len(chunks) == 1:
        return chunks[0]
    body = bytearray()
    for piece in chunks:
        body += piece
        if len(body) > limit:
            raise MemoryError("an answer of unknown length is longer than the server keeps")
    return bytes(body)


def _piece(pieces: Iterator[bytes]) -> bytes:
    """Return the next `PIECE` bytes or more, less at the end, nothing after it."""
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) >= PIECE:
            break
    return bytes(body)


async def _send(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        event = await receive()
        await send({"type": event["type"] + ".complete"})
        if event["type"] == "lifespan.shutdown":
            return
