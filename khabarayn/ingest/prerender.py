"""Render the pictures of the next stories while the present one is being stored."""

from __future__ import annotations

import hashlib
import os
import signal
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

from khabarayn.media.render import RenderedPicture, Renderer

MOST_CHILDREN = 4

Focal = tuple[float, float]
CENTRE: Focal = (0.5, 0.5)


def _deaf() -> None:
    # Ctrl-C reaches the whole group of processes. The decoders inherit this mask, so that the
    # picture under way is finished instead of being taken for a broken one.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


class RenderPool:
    """A pool of decoding processes, one for each core, and the renditions they have made ahead."""

    def __init__(self, children: int = min(MOST_CHILDREN, os.cpu_count() or 1)) -> None:
        self._renderer = Renderer(children)
        self._pool = ThreadPoolExecutor(children, "picture", _deaf)
        self._ready: dict[tuple[bytes, Focal], Future[RenderedPicture]] = {}

    def expect(self, data: bytes, focal: Focal) -> None:
        """Begin to render a picture that will be asked for soon."""
        key = hashlib.sha256(data).digest(), focal
        if key not in self._ready:
            # The middle is the default point, as if none were given.
            point = None if focal == CENTRE else focal
            self._ready[key] = self._pool.submit(self._renderer.render, data, point)

    def render(self, data: bytes, focal: Focal) -> RenderedPicture:
        """Return the picture's renditions. Raises `PictureRefused`."""
        self.expect(data, focal)
        return self._ready.pop((hashlib.sha256(data).digest(), focal)).result()

    def __enter__(self) -> RenderPool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(cancel_futures=True)
        self._renderer.close()
