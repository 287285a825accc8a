"""The worker: sweeps the outbox, and knows who answers to each word left there.

khabarayn worker [--once], or python -m khabarayn.worker [--once]
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Mapping

from khabarayn import create_app
from khabarayn.desk.attempts import prune_attempts
from khabarayn.desk.audit import prune_addresses
from khabarayn.desk.connect import reconnect_neighbours
from khabarayn.desk.people import prune_invitations
from khabarayn.desk.publish import RECONNECT
from khabarayn.desk.sessions import prune_sessions
from khabarayn.jobs.outbox import BEAT_SECONDS, Follower, beat, prune, rest, sweep
from khabarayn.store.db import db

FOLLOWERS: Mapping[str, tuple[Follower, ...]] = {RECONNECT: (reconnect_neighbours,)}
# What is thrown away a few times a day, each by the room that made it.
PRUNED = (prune, prune_addresses, prune_attempts, prune_invitations, prune_sessions)
IDLE_SECONDS = 2.0
PRUNE_SECONDS = 6 * 3600


def work(once: bool = False, followers: Mapping[str, tuple[Follower, ...]] = FOLLOWERS) -> int:
    """Sweep until SIGTERM or SIGINT, or with ``once`` until nothing is open; return the number of
    rows closed. Needs an application context."""
    ended = threading.Event()
    if not once:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: ended.set())
    closed = 0
    beaten = pruned = float("-inf")
    while not ended.is_set():
        if not once and time.monotonic() - beaten > BEAT_SECONDS:
            beat()
            beaten = time.monotonic()
        done = sweep(followers)
        closed += done
        # A long-lived session would remember sections and stories that others have changed.
        db.session.remove()
        if done:
            continue
        if once:
            break
        if time.monotonic() - pruned > PRUNE_SECONDS:
            for clear in PRUNED:
                clear()
            pruned = time.monotonic()
        ended.wait(IDLE_SECONDS)
    if not once:
        rest()
    return closed


def main() -> None:
    """Open the house and work in it."""
    once = "--once" in sys.argv[1:]
    with create_app().app_context():
        if not once:
            print(f"worker (pid {os.getpid()})", flush=True)
        print(f"done: {work(once)}", flush=True)


if __name__ == "__main__":
    main()
