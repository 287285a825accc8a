"""What is seen of each request: its id, a line of the log, and what the metrics count."""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import Any

from khabarayn.logs import REQUESTS
from khabarayn.server.environ import Scope

Send = Callable[[dict[str, Any]], Awaitable[None]]

log = logging.getLogger(REQUESTS)
ID_HEADER = b"x-request-id"
# The shape of an id that a proxy of one's own may hand over.
_ID_SHAPE = re.compile(rb"[A-Za-z0-9._-]{8,64}")
# Kinds by how a path begins, the first that fits; any other is a page.
_KINDS = (
    ("/static/", "static"),
    ("/media/", "media"),
    ("/face/", "static"),
    ("/sw.js", "static"),
    ("/healthz", "health"),
    ("/readyz", "health"),
    ("/metrics", "health"),
    ("/_f/", "fragment"),
    ("/_me/", "personal"),
    ("/newsroom/sign-in", "sign-in"),
    ("/newsroom", "newsroom"),
    ("/api/", "api"),
    ("/editions", "edition"),
    ("/search", "search"),
)
_FEEDS = (".xml", "/feed.json", "/robots.txt", ".webmanifest", "/.well-known/security.txt")
KINDS = tuple(sorted({kind for _begin, kind in _KINDS} | {"feed", "page"}))
# The client had closed the connection before there was an answer.
CLIENT_CLOSED = 499


def kind_of(path: str, prefixes: tuple[str, ...] = ()) -> str:
    """Return which kind of thing a path names; ``prefixes`` are those of languages.

    >>> kind_of("/en/latest", ("/en",)), kind_of("/a/3cs9jzw9"), kind_of("/s/world/feed.xml")
    ('page', 'page', 'feed')
    """
    for prefix in prefixes:
        if path.startswith(prefix + "/"):
            path = path.removeprefix(prefix)
            break
    for begin, kind in _KINDS:
        if path.startswith(begin):
            return kind
    return "feed" if path.endswith(_FEEDS) else "page"


class Observation:
    """A request from its first line to the last byte of its answer; ``endpoint`` is the name of
    the view that answered, empty where none did."""

    def __init__(self, scope: Scope, prefixes: tuple[str, ...], *, trusts_ids: bool) -> None:
        self.method: str = scope["method"]
        self.kind = kind_of(scope["path"], prefixes)
        self.id = _given_id(scope) if trusts_ids else ""
        self.id = self.id or secrets.token_hex(8)
        self.status = CLIENT_CLOSED
        self.bytes = 0
        self.endpoint = ""
        self._start_time = time.perf_counter()

    @property
    def seconds(self) -> float:
        """How long it has taken until now."""
        return time.perf_counter() - self._start_time

    def sending(self, send: Send) -> Send:
        """Return ``send`` with the id among the headers, counting what goes through it."""

        async def send_counting(event: dict[str, Any]) -> None:
            if event["type"] == "http.response.start":
                self.status = event["status"]
                headers = [*event["headers"], (ID_HEADER, self.id.encode())]
                event = {**event, "headers": headers}
            else:
                self.bytes += len(event.get("body", b""))
            await send(event)

        return send_counting

    def log(self) -> None:
        """Write the line of this request; nothing in it says who asked, or for what by name."""
        if log.isEnabledFor(logging.INFO):
            fields = {
                "request": self.id,
                "kind": self.kind,
                "endpoint": self.endpoint,
                "method": self.method,
                "status": self.status,
                "ms": round(self.seconds * 1000, 1),
                "bytes": self.bytes,
            }
            log.info("request", extra=fields)


def _given_id(scope: Scope) -> str:
    values = [value for name, value in scope["headers"] if name == ID_HEADER]
    if len(values) == 1 and _ID_SHAPE.fullmatch(values[0]):
        return values[0].decode("ascii")
    return ""
