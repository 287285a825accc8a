"""What pressure from outside costs readers: ``make trust`` prints it as a table, before and after.

One server of its own on loopback, a new paper, some hundred requests, two minutes at most. «before»
is what the same pressure did to the site without the gateway (decision 016), measured on a machine
with two cores.
"""

from __future__ import annotations

import asyncio
import os
import re
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
HOST = "127.0.0.1"
SLOW, FLOOD, GUESSES, READINGS = 50, 250, 8, 60
COOKIE = "city=القاهرة; theme=dark"
Row = tuple[str, str, str]


class Line:
    """One connection to the site that is kept open."""

    def __init__(self, port: int) -> None:
        self.port = port

    async def __aenter__(self) -> Line:
        self._read, self._write = await asyncio.open_connection(HOST, self.port)
        return self

    async def __aexit__(self, *_error: object) -> None:
        self._write.close()

    def send(self, data: str) -> None:
        self._write.write(data.encode())

    async def ask(self, path: str, method: str = "GET", body: str = "", cookie: str = "") -> int:
        """Ask, read the whole answer, and return its status."""
        length = len(body.encode())
        head = f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: {length}\r\n"
        head += "Content-Type: application/x-www-form-urlencoded\r\n" if body else ""
        head += f"Cookie: {cookie}\r\n" if cookie else ""
        self.send(f"{head}\r\n{body}")
        said = await self._read.readuntil(b"\r\n\r\n")
        self.cookie = ""
        for line in said.split(b"\r\n"):
            name, _colon, value = line.partition(b":")
            if name.lower() == b"content-length":
                self.body = (await self._read.readexactly(int(value))).decode()
            elif name.lower() == b"set-cookie":
                self.cookie = value.partition(b";")[0].strip().decode()
        return int(said.split()[1])


@contextmanager
def serving(folder: Path) -> Iterator[int]:
    """Serve a new paper and yield the port."""
    with socket.create_server((HOST, 0)) as probe:
        port = probe.getsockname()[1]
    environ = {k: v for k, v in os.environ.items() if not k.startswith("KHABARAYN_")}
    environ |= {"KHABARAYN_DATA_DIR": str(folder), "LANG": "C.UTF-8"}
    words = [sys.executable, "-m", "khabarayn"]
    subprocess.run([*words, "init"], cwd=ROOT, env=environ, check=True, stdout=subprocess.DEVNULL)
    with (folder / "serve.log").open("wb") as log:
        server = subprocess.Popen(
            [*words, "serve", "--port", str(port)], cwd=ROOT, env=environ, stdout=log, stderr=log
        )
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://{HOST}:{port}/readyz", timeout=2).close()
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(20)


async def reading(port: int, path: str = "/", count: int = 80) -> tuple[float, float]:
    """Read a page ``count`` times, one after the other; return median and worst, in ms."""
    times = []
    async with Line(port) as line:
        for _ in range(count):
            begun = time.perf_counter()
            await line.ask(path)
            times.append((time.perf_counter() - begun) * 1000)
            await asyncio.sleep(0.005)
    return statistics.median(times), max(times)


@asynccontextmanager
async def slow_bodies(port: int) -> AsyncIterator[None]:
    """Hold lines open on which a body has begun and does not go on."""
    lines = [await Line(port).__aenter__() for _ in range(SLOW)]
    for line in lines:
        line.send(
            f"POST /api/counts/share HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 900\r\n\r\nx"
        )
    yield
    for line in lines:
        await line.__aexit__()


async def one(port: int, path: str) -> int:
    """Ask once on a line of its own."""
    async with Line(port) as line:
        return await line.ask(path)


async def at_the_door(port: int) -> tuple[str, str]:
    """Return a sign-in form that will be looked at, and the cookie that goes with it."""
    async with Line(port) as line:
        await line.ask("/newsroom/sign-in")
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', line.body)
        assert token, "the sign-in page has no token"
        words = {"email": "a@paper.example", "password": "no such person at all"}
        return urlencode({**words, "csrf_token": token[1]}), line.cookie


async def guess(port: int, form: str, cookie: str) -> int:
    """Try a password."""
    async with Line(port) as line:
        return await line.ask("/newsroom/sign-in", "POST", form, cookie)


def told(pair: tuple[float, float]) -> str:
    return f"median {pair[0]:.0f} ms, worst {pair[1]:.0f} ms"


async def measured(port: int, folder: Path) -> list[Row]:
    """Put the site under each pressure in turn; return (pressure, before, after)."""
    rows: list[Row] = []
    await reading(port, count=20)
    rows.append(("a reader alone", "", told(await reading(port))))
    async with slow_bodies(port):
        rows.append((f"{SLOW} slow bodies: a reader", "no answer", told(await reading(port))))
        health = told(await reading(port, "/healthz", 20))
        rows.append((f"{SLOW} slow bodies: /healthz", "no answer", health))
    with closing(sqlite3.connect(folder / "khabarayn.db", isolation_level=None)) as other:
        doors = [await at_the_door(port) for _ in range(6)]
        other.execute("BEGIN IMMEDIATE")
        writers = [asyncio.create_task(guess(port, *door)) for door in doors]
        rows.append(("write lock held, 6 writers: a reader", "10 s", told(await reading(port))))
        health = told(await reading(port, "/healthz", 20))
        rows.append(("write lock held, 6 writers: /healthz", "10 s", health))
        other.execute("ROLLBACK")
        refused = await asyncio.gather(*writers)
        rows.append(("write lock held, 6 writers: their answers", "10 s", str(sorted(refused))))
    doors = [await at_the_door(port) for _ in range(GUESSES)]
    guesses = [asyncio.create_task(guess(port, *door)) for door in doors]
    rows.append((f"{GUESSES} guess passwords: a reader", "836 ms", told(await reading(port))))
    refused = await asyncio.gather(*guesses)
    rows.append((f"{GUESSES} guess passwords: their answers", "", str(sorted(refused))))
    flood = [asyncio.create_task(one(port, "/latest")) for _ in range(FLOOD)]
    health = told(await reading(port, "/healthz", 20))
    statuses = await asyncio.gather(*flood)
    rows.append((f"{FLOOD} at once: /healthz", "1.8 s", health))
    shed = f"{statuses.count(200)} × 200, {statuses.count(503)} × 503"
    rows.append((f"{FLOOD} at once: answers", "all queue", shed))
    async with Line(port) as line:
        asked = [await line.ask("/api/reads/zzzzzzzz", "POST") for _ in range(READINGS)]
        rows.append(
            (f"{READINGS} readings from one address: counted", "all", str(asked.count(204)))
        )
    async with Line(port) as line:
        rows.append(("a page asked with a cookie in Arabic", "cookie lost",
                     str(await line.ask("/", cookie=COOKIE))))  # fmt: skip
    return rows


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="khabarayn-trust-") as place:
        folder = Path(place)
        with serving(folder) as port:
            rows = asyncio.run(asyncio.wait_for(measured(port, folder), 180))
    print("| pressure | before | after |\n|---|---|---|")
    for row in rows:
        print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main()
