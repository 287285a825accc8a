"""Asking an ASGI application as a server would, without a socket."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from khabarayn.server.gateway import Gateway

Event = dict[str, Any]


def body(data: bytes, more: bool = False) -> Event:
    return {"type": "http.request", "body": data, "more_body": more}


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """Run ``work`` on a loop and thread of its own: a browser test of the same process leaves its
    loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def answer(
    gateway: Gateway,
    method: str = "GET",
    path: str = "/",
    headers: tuple[tuple[bytes, bytes], ...] = (),
    sent: tuple[Event, ...] = (),
) -> tuple[int, dict[str, str], bytes, bool]:
    """Return status, headers, body and whether the answer was brought to its end."""
    return run(asked(gateway, method, path, headers, sent))


async def asked(
    gateway: Gateway,
    method: str = "GET",
    path: str = "/",
    headers: tuple[tuple[bytes, bytes], ...] = (),
    sent: tuple[Event, ...] = (),
) -> tuple[int, dict[str, str], bytes, bool]:
    events, told = list(sent), []

    async def receive() -> Event:
        if not events:
            await asyncio.sleep(3600)
        return events.pop(0)

    async def send(event: Event) -> None:
        told.append(event)

    scope = {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(),
        "query_string": b"", "headers": [(b"host", b"127.0.0.1"), *headers],
        "client": ("192.0.2.1", 1), "server": ("127.0.0.1", 80), "http_version": "1.1",
    }  # fmt: skip
    broken = False
    try:
        await gateway(scope, receive, send)
    except RuntimeError:
        broken = True
    start = next((e for e in told if e["type"].endswith("start")), {"status": 0, "headers": []})
    parts = [e for e in told if e["type"].endswith("body")]
    ended = bool(parts) and not parts[-1].get("more_body", False) and not broken
    known = {name.decode(): value.decode("latin-1") for name, value in start["headers"]}
    return start["status"], known, b"".join(e["body"] for e in parts), ended
