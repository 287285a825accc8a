"""The two addresses by which a monitor asks whether the process lives and whether the site can
serve."""

from __future__ import annotations

import threading
import time

from flask import Blueprint, Response, current_app
from sqlalchemy.exc import SQLAlchemyError

from khabarayn.jobs.outbox import worker_is_alive
from khabarayn.store.db import db
from khabarayn.store.schema import schema_of

# The database is probed once in so many seconds, however many requests come.
FRESH_SECONDS = 1.0


def alive() -> Response:
    """200 while the process can answer at all; asks nothing of the database."""
    return _plain("ok")


def ready() -> Response:
    """200 while the site can serve, with a second line when no worker has reported of late; 503
    with the reason when the database does not answer or is not at this version's migration."""
    readiness: Readiness = current_app.extensions["khabarayn.readiness"]
    status, words = readiness.now()
    return _plain(words, status)


class Readiness:
    """The last result and its time; one thread at a time probes, the others get the last result."""

    def __init__(self) -> None:
        self._probing = threading.Lock()
        self._last = (503, "starting")
        self._at = float("-inf")

    def now(self) -> tuple[int, str]:
        """Return status and words, at most `FRESH_SECONDS` old unless a probe is under way."""
        if time.monotonic() - self._at < FRESH_SECONDS:
            return self._last
        # Only the first probe is waited for: later the last result serves while the database is
        # slow.
        if self._probing.acquire(blocking=self._at == float("-inf")):
            try:
                if time.monotonic() - self._at >= FRESH_SECONDS:
                    self._last = _probe()
                    self._at = time.monotonic()
            finally:
                self._probing.release()
        return self._last


def _probe() -> tuple[int, str]:
    try:
        schema = schema_of(db.session.connection())
        if schema.state != "current":
            at = schema.at or "nothing"
            return 503, f"the database stands at {at}, not {schema.newest}: run khabarayn init"
        return 200, "ready" if worker_is_alive() else "ready\nworker: none has worked of late"
    except SQLAlchemyError:
        return 503, "the database does not answer"
    finally:
        db.session.remove()


def _plain(words: str, status: int = 200) -> Response:
    response = Response(words, status, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    if status == 503:
        response.headers["Retry-After"] = "5"
    return response


bp = Blueprint("health", __name__)
bp.add_url_rule("/healthz", view_func=alive)
bp.add_url_rule("/readyz", view_func=ready)
bp.record(lambda state: state.app.extensions.update({"khabarayn.readiness": Readiness()}))
