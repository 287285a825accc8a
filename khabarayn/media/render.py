"""Make the renditions of a picture in a child process, which may crash without harm to the site."""

from __future__ import annotations

import hashlib
import json
import queue
import signal
import socket
import struct
import subprocess
import sys
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from khabarayn.media import child
from khabarayn.media.refusal import PictureRefused, refuse_at_sight

WALL_SECONDS = 60.0
MAX_ANSWER = 64_000_000
PICTURES_PER_CHILD = 100

Focal = tuple[float, float]


@dataclass(frozen=True)
class Rendition:
    """One file to keep: ``name`` as in «16x9-800.avif», sizes in pixels."""

    name: str
    mime: str
    width: int
    height: int
    data: bytes


@dataclass(frozen=True)
class RenderedPicture:
    """A picture with its renditions, ready to be stored. ``original`` is re-encoded, upright, in
    sRGB and without metadata; ``digest`` is its SHA-256; ``thumbhash`` base64; ``dhash`` 64 bits as
    hex: pictures that look alike differ in few of them."""

    original: Rendition
    renditions: tuple[Rendition, ...]
    digest: str
    thumbhash: str
    dhash: str
    focal: tuple[float, float]

    @property
    def width(self) -> int:
        """The width of the original in pixels, after its orientation is applied."""
        return self.original.width

    @property
    def height(self) -> int:
        """The height of the original in pixels, after its orientation is applied."""
        return self.original.height


class _Child:
    """One decoding process and the socket to it."""

    def __init__(self) -> None:
        self.line, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-I", child.__file__],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={},
            )
        self.pages_done = 0

    def _read(self, until: float, limit: int) -> bytes:
        def some(count: int) -> bytes:
            self.line.settimeout(max(0.001, until - time.monotonic()))
            piece = self.line.recv(min(count, 1 << 20))
            if not piece:
                raise EOFError
            return piece

        head = bytearray()
        while len(head) < 8:
            head += some(8 - len(head))
        (length,) = struct.unpack("!Q", head)
        if length > limit:
            raise EOFError
        data = bytearray()
        while len(data) < length:
            data += some(length - len(data))
        return bytes(data)

    def ask(
        self, data: bytes, focal: Focal | None, seconds: float
    ) -> tuple[dict[str, Any], list[bytes]]:
        """Return the answer and its files; ``TimeoutError``, ``EOFError`` or ``OSError`` when
        there is none to be had."""
        until = time.monotonic() + seconds
        self.line.settimeout(seconds)
        child.send(self.line, json.dumps({"focal": focal}).encode(), data)
        answer = json.loads(self._read(until, 1 << 20))
        remaining, files = MAX_ANSWER, []
        for _ in answer.get("files", ()):
            files.append(self._read(until, remaining))
            remaining -= len(files[-1])
        self.pages_done += 1
        return answer, files

    def end(self, grace: float = 0.2) -> int:
        """Close the socket, give the process ``grace`` seconds, then kill it; return its exit
        code."""
        self.line.close()
        try:
            return self.process.wait(grace)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


def _read_answer(answer: dict[str, Any], files: list[bytes]) -> RenderedPicture:
    x, y = answer["focal"]
    file_list = [
        Rendition(f["name"], f["mime"], f["width"], f["height"], data)
        for f, data in zip(answer["files"], files, strict=True)
    ]
    return RenderedPicture(
        original=file_list[0],
        renditions=tuple(file_list[1:]),
        digest=hashlib.sha256(file_list[0].data).hexdigest(),
        thumbhash=answer["thumbhash"],
        dhash=answer["dhash"],
        focal=(x, y),
    )


def _inside(focal: Focal) -> Focal:
    x, y = (min(max(float(v), 0.0), 1.0) for v in focal)
    return x, y


class Renderer:
    """Up to ``children`` decoding processes, started when needed and kept for the next picture.

    Safe to share between threads, not between processes. Close it, or use it in a ``with``.
    """

    def __init__(self, children: int = 2, seconds: float = WALL_SECONDS) -> None:
        self.children = children
        self.seconds = seconds
        self._idle: queue.LifoQueue[_Child | None] = queue.LifoQueue()
        for _ in range(children):
            self._idle.put(None)

    def render(self, data: bytes, focal: Focal | None = None) -> RenderedPicture:
        """Return the renditions of ``data``, cropped around ``focal`` (fractions from the top
        left of the picture as it is seen; None: the usual point of a picture of this shape).
        Raises `PictureRefused`."""
        refuse_at_sight(data)
        focal = _inside(focal) if focal else None
        worker = self._idle.get()
        try:
            worker = worker or _Child()
            answer, files = worker.ask(data, focal, self.seconds)
        except BaseException as error:
            self._idle.put(None)
            if worker is None or not isinstance(error, EOFError | OSError | ValueError):
                if worker is not None:
                    worker.end(0)
                raise
            exit_status = worker.end()
            timed_out = isinstance(error, TimeoutError) or exit_status == -signal.SIGXCPU
            raise PictureRefused("time" if timed_out else "crashed") from error
        if worker.pages_done >= PICTURES_PER_CHILD:
            worker.end()
            worker = None
        self._idle.put(worker)
        if "refused" in answer:
            raise PictureRefused(answer["refused"], **answer["detail"])
        return _read_answer(answer, files)

    def close(self) -> None:
        """End the children. Call it when no picture is being worked on."""
        for worker in [self._idle.get() for _ in range(self.children)]:
            if worker is not None:
                worker.end(1)
            self._idle.put(None)

    def __enter__(self) -> Renderer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def render(data: bytes, focal: Focal | None = None) -> RenderedPicture:
    """Return the renditions of one picture, made in a process of its own.

    Raises `PictureRefused`. For many pictures use a `Renderer`.
    """
    with Renderer(1) as renderer:
        return renderer.render(data, focal)
