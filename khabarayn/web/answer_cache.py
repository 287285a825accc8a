"""Whole answers by key, for as long as the revision stands under which they were drawn."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

# What an answer takes beside its body, in bytes, roughly; and no answer larger than this part of
# the room is stored.
OVERHEAD, LARGEST_PART = 2048, 8
# Seconds that others wait for a drawing; then each draws alone.
PATIENCE = 4.0
# For so long, in seconds, an answer may stand in for one that cannot be drawn.
STALE = 86_400.0


@dataclass(frozen=True)
class Answer:
    """An answer as it is sent; ``endpoint`` is the view that drew it, ``seconds`` how long it may
    be given again: 0 for never."""

    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    etag: str = ""
    seconds: float = 0.0
    made_at: float = field(default_factory=time.monotonic)
    endpoint: str = ""

    @property
    def size(self) -> int:
        """What it takes of the room, in bytes."""
        return OVERHEAD + len(self.body)

    @property
    def is_failure(self) -> bool:
        """Whether the site is in trouble."""
        return self.status.startswith("5")


@dataclass
class _Drawing:
    end: threading.Event = field(default_factory=threading.Event)
    answer: Answer | None = None


class AnswerCache:
    """Answers in at most ``room`` bytes, the least used let go first."""

    def __init__(self, room: int) -> None:
        self.room, self.size = room, 0
        self._entries: OrderedDict[Hashable, tuple[Answer, int]] = OrderedDict()
        self._drawings: dict[tuple[Hashable, int], _Drawing] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, key: Hashable, revision: int) -> Answer | None:
        """Return the stored answer that holds now, or None."""
        answer, under = self._entries.get(key, (None, 0))
        if answer is None or under != revision:
            return None
        if time.monotonic() - answer.made_at >= answer.seconds:
            return None
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
        return answer

    def stand_in(self, key: Hashable, revision: int | None) -> Answer | None:
        """Return an answer whose time is over but that no known change contradicts, or None: for
        when the site is in trouble. ``revision`` is None where it cannot be asked for."""
        answer, under = self._entries.get(key, (None, 0))
        if answer is None or time.monotonic() - answer.made_at > STALE:
            return None
        return answer if revision is None or revision == under else None

    def draw(self, key: Hashable, revision: int, make: Callable[[], Answer]) -> Answer:
        """Return the answer that ``make`` draws. Of those who ask at once under one revision one
        draws and the others wait for it; what must not be given twice each draws alone."""
        with self._lock:
            drawing = self._drawings.get((key, revision))
            leads = drawing is None
            if drawing is None:
                drawing = self._drawings[key, revision] = _Drawing()
        if not leads:
            drawing.end.wait(PATIENCE)
            return drawing.answer or make()
        try:
            answer = make()
            if answer.seconds:
                drawing.answer = answer
                self._store(key, answer, revision)
            return answer
        finally:
            with self._lock:
                del self._drawings[key, revision]
            drawing.end.set()

    def _store(self, key: Hashable, answer: Answer, revision: int) -> None:
        with self._lock:
            self._drop(key)
            if answer.size > self.room // LARGEST_PART:
                return
            self._entries[key] = (answer, revision)
            self.size += answer.size
            while self.size > self.room:
                self._drop(next(iter(self._entries)))

    def _drop(self, key: Hashable) -> None:
        answer, _ = self._entries.pop(key, (None, 0))
        if answer:
            self.size -= answer.size
