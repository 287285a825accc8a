"""What a process counts of itself for Prometheus; imported only where a token is set.

Nothing is labelled by an address, a story or a person. Where several processes serve, each keeps
its counts in files of ``PROMETHEUS_MULTIPROC_DIR``, and whichever is asked adds them up.
"""

from __future__ import annotations

import os
import time
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.utils import floatToGoString
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_REGISTRY = CollectorRegistry()
REQUESTS = Counter(
    "khabarayn_requests", "Requests by kind and status", ("kind", "status"), registry=_REGISTRY
)
SECONDS = Histogram(
    "khabarayn_request_seconds", "Seconds from a request's first line to its answer's end",
    ("kind",), buckets=_SECONDS, registry=_REGISTRY,
)  # fmt: skip
DATABASE = Histogram(
    "khabarayn_database_seconds", "Seconds of one statement of the database",
    buckets=_SECONDS, registry=_REGISTRY,
)  # fmt: skip

_START_KEY = "khabarayn_statement_begun"


@event.listens_for(Engine, "before_cursor_execute")
def _begin(connection: Connection, *_rest: Any) -> None:
    connection.info[_START_KEY] = time.perf_counter()


@event.listens_for(Engine, "after_cursor_execute")
def _end(connection: Connection, *_rest: Any) -> None:
    DATABASE.observe(time.perf_counter() - connection.info.pop(_START_KEY, time.perf_counter()))


def exposition(gauges: dict[str, tuple[str, float]]) -> bytes:
    """Return all counts, and ``gauges`` (help and value by name), in Prometheus' text form."""
    registry = _REGISTRY
    if FOLDER in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # pyright: ignore[reportUnknownMemberType]
    lines = b""
    for name, (words, value) in gauges.items():
        head = f"# HELP {name} {words}\n# TYPE {name} gauge\n"
        lines += f"{head}{name} {floatToGoString(value)}\n".encode()
    return generate_latest(registry) + lines
