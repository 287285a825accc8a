"""How the house is: the worker, the queue, backups, disk, database and index, in one value."""

from __future__ import annotations

import math
import threading
import time
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app

from khabarayn.backup.age import BackupState, backup_state
from khabarayn.jobs.outbox import Queue, last_beat, queue, worker_is_alive, worker_is_missed
from khabarayn.search.index import behind
from khabarayn.settings import VERSION, Settings
from khabarayn.store.db import now
from khabarayn.store.disk import Room, room_in
from khabarayn.store.queries.feeds import feeds
from khabarayn.store.queries.schema import present_schema
from khabarayn.store.schema import Schema

# The banner of the newsroom asks the database once in so many seconds, however many pages do.
FRESH_SECONDS = 10.0


@dataclass(frozen=True)
class Condition:
    """``worker_at`` is the worker's last sign; ``behind`` says that the search index is; of
    ``feeds``, which are asked by themselves, so many are ``silent_feeds`` for days."""

    version: str
    schema: Schema
    worker_at: datetime | None
    worker_alive: bool
    queue: Queue
    backup: BackupState
    room: Room
    behind: bool
    feeds: int
    silent_feeds: int


def condition(settings: Settings) -> Condition:
    """Return how the house is now; costs some queries. Raises what the database raises."""
    asked_feeds = [feed for feed in feeds() if not feed.paused]
    return Condition(
        version=VERSION,
        schema=present_schema(),
        worker_at=last_beat("worker"),
        worker_alive=worker_is_alive(),
        queue=queue(),
        backup=backup_state(settings),
        room=room_in(settings.data_dir),
        behind=behind(),
        feeds=len(asked_feeds),
        silent_feeds=sum(feed.silent for feed in asked_feeds),
    )


def gauges(state: Condition) -> dict[str, tuple[str, float]]:
    """Return ``state`` as numbers, each with its help, by the names that Prometheus knows."""
    never = math.inf

    def age(moment: datetime | None, otherwise: float) -> float:
        return otherwise if moment is None else (now() - moment).total_seconds()

    return {
        "khabarayn_worker_age_seconds": (
            "Seconds since the worker's last sign", age(state.worker_at, never)),
        "khabarayn_queue_length": ("Open rows of the outbox", state.queue.length),
        "khabarayn_queue_oldest_seconds": (
            "Seconds that the oldest open row waits", age(state.queue.oldest, 0.0)),
        "khabarayn_backup_age_seconds": (
            "Seconds since the last good backup", age(state.backup.at, never)),
        "khabarayn_disk_free_bytes": ("Free bytes on the disk of the data folder", state.room.free),
        "khabarayn_schema_current": (
            "1 where the database stands at this version's migration",
            1.0 if state.schema.state == "current" else 0.0),
        "khabarayn_feeds": ("Feeds that are asked by themselves", state.feeds),
        "khabarayn_feeds_silent": ("Feeds that have not answered for days", state.silent_feeds),
        "khabarayn_search_index_behind": ("1 where search must be indexed anew", state.behind),
    }  # fmt: skip


class Watch:
    """Whether the worker is missed, asked of the database seldom."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._at = float("-inf")
        self._missed = False

    def missed(self) -> bool:
        """Say whether a worker should be at work and is not, as it was at most `FRESH_SECONDS`
        ago. Raises what the database raises."""
        with self._lock:
            if time.monotonic() - self._at >= FRESH_SECONDS:
                self._missed = worker_is_missed()
                self._at = time.monotonic()
            return self._missed


def watch() -> Watch:
    """Return the watch of this process."""
    return current_app.extensions["khabarayn.watch"]


def register(app: Flask) -> None:
    """Give ``app`` its watch."""
    app.extensions["khabarayn.watch"] = Watch()
