"""The application that the server process runs: the site behind the gateway, with or without a
worker."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from importlib import import_module

from khabarayn import Khabarayn, create_app
from khabarayn.cli.greeting import greet
from khabarayn.server.gateway import Gateway
from khabarayn.server.observation import Observation
from khabarayn.server.pools import Pools
from khabarayn.settings import Settings
from khabarayn.store.lock import hold_database
from khabarayn.worker import app_with_worker

PARENT_SECONDS = 0.5
# Seconds from SIGTERM to SIGKILL.
ENDING_SECONDS = 6.0


def site() -> Gateway:
    """Return the site alone."""
    return gateway_of(create_app)


def site_with_worker() -> Gateway:
    """Return the site with a worker in a thread of the same process."""
    return gateway_of(app_with_worker)


def gateway_of(make: Callable[[], Khabarayn]) -> Gateway:
    """Return what ``make`` makes behind the gateway, as the only process on its SQLite file."""
    end_with_parent()
    settings = Settings.from_env()
    lock = hold_database(settings)
    app = make()
    app.extensions["khabarayn.lock"] = lock
    if lock is not None:
        # Only the one process on this file prints the first sign-in link, so it is printed once.
        greet(app)
    prefixes = tuple(f"/{locale}" for locale in settings.locales[1:])
    return Gateway(
        app,
        Pools(settings.threads),
        prefixes=prefixes,
        observe=observer(settings),
        trusts_ids=settings.trusted_proxies > 0,
    )


def observer(settings: Settings) -> Callable[[Observation], None]:
    """Return what is done with each request that has ended: its line, and where metrics are asked
    for, its place in their counts."""
    if not settings.metrics_token:
        return Observation.log
    metrics = import_module("khabarayn.metrics")

    def count(observation: Observation) -> None:
        observation.log()
        metrics.REQUESTS.labels(observation.kind, str(observation.status)).inc()
        metrics.SECONDS.labels(observation.kind).observe(observation.seconds)

    return count


def end_with_parent() -> None:
    """End this process when its parent ends, in whatever way.

    A server killed alone would leave its child answering on the port with yesterday's code.
    """
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(PARENT_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(ENDING_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, name="parent", daemon=True).start()
