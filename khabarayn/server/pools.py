"""Pools of threads that run the site; a full pool never holds up another."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from khabarayn.store.patience import waits

# Under these a person acts on the paper, or a session is written: readers never wait for them.
NEWSROOM = "/newsroom"
# What is answered without the database.
FIXED_PREFIXES = ("/static/",)
FIXED_PATHS = {"/healthz", "/readyz", "/sw.js"}
# Where a password is tried: hashing one takes a whole core for some tenths of a second.
SIGN_IN = (
    "/newsroom/sign-in",
    "/newsroom/join/",
    "/newsroom/confirm",
    "/newsroom/account/password",
)
SAFE = {"GET", "HEAD", "OPTIONS"}


class Overloaded(Exception):
    """A pool's queue is full."""


@dataclass
class _Job:
    call: Callable[[], Any]
    future: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop


class Pool:
    """``threads`` threads with a queue of at most ``waiting`` jobs before them; each waits for the
    database ``seconds`` at most.

    Threads are daemons: a job that hangs does not keep the process from ending.
    """

    def __init__(self, name: str, threads: int, waiting: int, seconds: float = 2.0) -> None:
        self.name = name
        self.seconds = seconds
        self.waiting = waiting
        self._jobs: deque[_Job] = deque()
        self._something = threading.Semaphore(0)
        for number in range(threads):
            threading.Thread(target=self._work, name=f"{name}-{number}", daemon=True).start()

    async def run(self, call: Callable[[], Any], *, begun: bool = False) -> Any:
        """Return what ``call`` returns, called in one of the pool's threads.

        Raises `Overloaded` where too much waits already, unless this goes on with something that
        was ``begun``: an answer half sent is not broken off by newcomers.
        """
        if len(self._jobs) >= self.waiting and not begun:
            raise Overloaded(self.name)
        loop = asyncio.get_running_loop()
        job = _Job(call, loop.create_future(), loop)
        if begun:
            self._jobs.appendleft(job)
        else:
            self._jobs.append(job)
        self._something.release()
        return await job.future

    def _work(self) -> None:
        waits(self.seconds)
        while True:
            self._something.acquire()
            job = self._jobs.popleft()
            # The request was cancelled: nobody waits for the result.
            if job.future.cancelled():
                continue
            try:
                result, error = job.call(), None
            except BaseException as caught:
                result, error = None, caught
            job.loop.call_soon_threadsafe(_resolve, job.future, result, error)
            # Released now, not when the next job comes.
            del job, result, error


def _resolve(future: asyncio.Future[Any], result: Any, error: BaseException | None) -> None:
    if future.done():
        return
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(result)


class Pools:
    """The pools of one process, and which of them a request goes to.

    ``threads`` is how many requests of readers are answered at a time. ``queue`` bounds how many
    of them wait: at 20 ms a page and four threads a queue of 128 is two thirds of a second.
    """

    def __init__(self, threads: int = 4, queue: int = 128) -> None:
        self.fixed_pool = Pool("fixed", 2, 256)
        self.readers = Pool("readers", threads, queue)
        # A save waits longer for a lock than a page does, and shorter than an editor's patience.
        self.newsroom = Pool("newsroom", 3, 48, 4.0)
        self.sign_in = Pool("sign-in", 1, 24, 4.0)
        self.counts = Pool("counts", 1, 64)

    def of(self, method: str, path: str, prefixes: tuple[str, ...] = ()) -> Pool:
        """Return the pool for a request; ``prefixes`` are those of languages (``/en``)."""
        for prefix in prefixes:
            if path.startswith(prefix + "/"):
                path = path.removeprefix(prefix)
                break
        if path.startswith(FIXED_PREFIXES) or path in FIXED_PATHS:
            return self.fixed_pool
        if path.startswith(NEWSROOM):
            trying = method not in SAFE and path.startswith(SIGN_IN)
            return self.sign_in if trying else self.newsroom
        return self.readers if method in SAFE else self.counts
