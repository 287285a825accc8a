"""The worker process: publishes scheduled stories, prints ordered editions, works through the
outbox and prunes old rows.

khabarayn worker [--once], or python -m khabarayn.worker [--once]; `khabarayn serve` carries one.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from datetime import timedelta
from multiprocessing.util import Finalize
from typing import Any

from flask import current_app
from sqlalchemy.exc import DBAPIError

from khabarayn import Khabarayn, create_app
from khabarayn.backup.refusal import BackupRefused
from khabarayn.backup.take import open_repository, take
from khabarayn.desk.arrange.reindex import RELABEL, relabel_left
from khabarayn.desk.count import forget_old_counts
from khabarayn.desk.front.order_edition import print_orders
from khabarayn.desk.front.press import Press, press_for
from khabarayn.desk.people.attempts import prune_attempts
from khabarayn.desk.people.audit import prune_addresses
from khabarayn.desk.people.links import prune_invitations
from khabarayn.desk.people.mail_notices import send_mail_notice
from khabarayn.desk.people.sessions import prune_sessions
from khabarayn.desk.pictures.backfill import fingerprint_older
from khabarayn.desk.pictures.delete import WIPE, wipe
from khabarayn.desk.stories.enter import ENTER, LINK, RECONNECT, reconnect_neighbours
from khabarayn.desk.stories.enter_many import enter_left, link_left
from khabarayn.desk.stories.notify import MAIL_TOPIC, prune_notifications
from khabarayn.desk.stories.presence import prune_presence
from khabarayn.desk.stories.preview_link import prune_preview_links
from khabarayn.desk.stories.publish_due import publish_due_stories
from khabarayn.ingest.feeds import read_due_feeds
from khabarayn.jobs.outbox import (
    BACKUP,
    BEAT_SECONDS,
    Alone,
    Follower,
    beat,
    carry,
    last_beat,
    prune,
    rest,
    sweep,
)
from khabarayn.media.inbox import Inbox, uploads_folder
from khabarayn.settings import Settings, settings_of
from khabarayn.store.db import db, now
from khabarayn.store.lock import LockHeld, hold_database
from khabarayn.store.queries.site import overlaid

log = logging.getLogger(__name__)
First = Callable[[Khabarayn, Callable[[], bool]], None]


def wipe_left(number: int, payload: Mapping[str, Any]) -> None:
    """Delete the remaining files of a deleted picture."""
    wipe(number, payload, store=current_app.extensions["khabarayn.media"])


FOLLOWERS: Mapping[str, tuple[Follower, ...]] = {
    ENTER: (Alone(enter_left),),
    LINK: (Alone(link_left),),
    RECONNECT: (Alone(reconnect_neighbours),),
    RELABEL: (Alone(relabel_left),),
    WIPE: (Alone(wipe_left),),
}
IDLE_SECONDS = 1.0
# Seconds between two checks whether a backup or a feed is due.
LOOK_SECONDS = 5.0
RISE_SECONDS = 10.0
REST_SECONDS = 5.0
PRUNE_SECONDS = 6 * 3600
# How many pictures without a fingerprint get one in a round that has nothing else to do.
FINGERPRINT_BATCH = 5


def sweep_uploads() -> None:
    """Delete unfinished uploads that nobody has continued."""
    Inbox(uploads_folder(settings_of(current_app.config))).sweep()


def send_mail_notices() -> int:
    """Send the e-mail notices that wait; return how many need nothing more."""
    settings: Settings = overlaid(settings_of(current_app.config))
    return carry(MAIL_TOPIC, lambda payload, number: send_mail_notice(payload, number, settings))


# Functions that delete old rows, called every `PRUNE_SECONDS`.
PRUNERS = (
    prune,
    prune_addresses,
    prune_attempts,
    prune_invitations,
    prune_notifications,
    prune_presence,
    prune_preview_links,
    prune_sessions,
    forget_old_counts,
    sweep_uploads,
)


def work(
    once: bool = False,
    followers: Mapping[str, tuple[Follower, ...]] = FOLLOWERS,
    press: Press | None = None,
    stop: threading.Event | None = None,
) -> int:
    """Run rounds of work until ``stop`` is set, or with ``once`` until nothing is left to do;
    return how many things were done. Without a ``press`` editions wait. Needs an application
    context."""
    stop = stop or threading.Event()
    total = 0
    beaten = last_pruning = float("-inf")
    looking = True
    # Without a mail server no notice is written, and none is kept until there is one.
    by_mail = bool(settings_of(current_app.config).smtp_url)
    while not stop.is_set():
        if not once and time.monotonic() - beaten > BEAT_SECONDS:
            beat()
            beaten = time.monotonic()
        # Scheduled stories first: readers were promised their hour.
        count = publish_due_stories() + sweep(
            followers, carry_topics=(MAIL_TOPIC,) if by_mail else ()
        )
        count += send_mail_notices() if by_mail else 0
        count += print_orders(press) if press else 0
        total += count
        # A session kept for long would hold sections and stories that others have changed.
        db.session.remove()
        if count:
            continue
        if once:
            break
        if time.monotonic() - last_pruning > PRUNE_SECONDS:
            for clear in PRUNERS:
                clear()
            last_pruning, looking = time.monotonic(), True
        looking = (
            looking
            and fingerprint_older(current_app.extensions["khabarayn.media"], FINGERPRINT_BATCH) > 0
        )
        stop.wait(IDLE_SECONDS)
    if not once:
        rest()
    return total


def back_up_regularly(app: Khabarayn, stop: threading.Event) -> None:
    """Take a snapshot every ``BACKUP_SECONDS`` until ``stop`` is set, if there is a place for it.

    In a thread of its own: a first backup takes minutes, and scheduled stories have their hour.
    What fails is logged and tried again; the newsroom sees how old the last good one is.
    """
    settings = settings_of(app.config)
    if not settings.backup_url:
        return
    interval = timedelta(seconds=settings.backup_seconds)
    last_try = float("-inf")
    while not stop.is_set():
        with app.app_context():
            try:
                last = last_beat(BACKUP)
                is_due = time.monotonic() - last_try >= settings.backup_seconds
                if is_due and (last is None or now() - last >= interval):
                    last_try = time.monotonic()
                    repository = open_repository(settings.backup_url, settings, make=True)
                    take(repository, settings, app.extensions["khabarayn.media"])
                    beat(BACKUP)
            except BackupRefused as error:
                if error.code != "under_way":
                    log.error("no backup was taken: %s %s", error.code, error.values)
            except Exception:
                log.exception("no backup was taken")
        stop.wait(LOOK_SECONDS)


def read_feeds_regularly(app: Khabarayn, stop: threading.Event) -> None:
    """Ask the feeds that the paper subscribes to, each at its time, until ``stop`` is set.

    In a thread of its own: another machine may answer slowly or not at all.
    """
    settings = settings_of(app.config)
    while not stop.wait(LOOK_SECONDS):
        with app.app_context():
            try:
                read_due_feeds(overlaid(settings), app.extensions["khabarayn.media"], stop.is_set)
            except DBAPIError as error:
                log.warning("feeds wait for the database: %s", error.__cause__ or error)
            except Exception:
                log.exception("feeds could not be read")


def main() -> None:
    """Create the application and run the worker until SIGTERM or SIGINT."""
    once = "--once" in sys.argv[1:]
    stop = threading.Event()
    if not once:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
    settings = Settings.from_env()
    lock = None
    if not once:
        try:
            lock = hold_database(settings)
        except LockHeld as held:
            print(
                f"worker: a process (pid {held.pid}) works on this SQLite file already",
                file=sys.stderr,
            )
            sys.exit(1)
    app = create_app(settings)
    with app.app_context(), lock or nullcontext():
        if not once:
            _start(back_up_regularly, app, stop)
            _start(read_feeds_regularly, app, stop)
            print(f"worker (pid {os.getpid()})", flush=True)
        print(f"done: {work(once, press=_press(app), stop=stop)}", flush=True)


def app_with_worker() -> Khabarayn:
    """Return the application to serve, with a worker at its side in a thread of this process.

    In the same process, because SQLite before 3.51.3 can corrupt a file that several write; and a
    small box needs one command. What breaks in the worker never reaches the site.
    """
    app = create_app()
    work_beside(app)
    return app


def work_beside(app: Khabarayn, first: First | None = None) -> None:
    """Start the worker in a thread of this process, which runs until the process ends; ``first`` is
    called before its first round.

    ``first`` is called with the application and the event that is set when the process ends.
    """
    stop = threading.Event()
    thread = _start(_beside, app, stop, first)
    _start(back_up_regularly, app, stop)
    _start(read_feeds_regularly, app, stop)
    # atexit does not run in a server's child process; multiprocessing's own finalizers do.
    Finalize(None, _end, args=(thread, stop), exitpriority=10)


def _start(function: Callable[..., None], *args: object) -> threading.Thread:
    thread = threading.Thread(target=function, args=args, name=function.__name__, daemon=True)
    thread.start()
    return thread


def _beside(app: Khabarayn, stop: threading.Event, first: First | None) -> None:
    if first is not None:
        try:
            first(app, stop.is_set)
        except Exception:
            log.exception("what comes before the work failed")
    while not stop.is_set():
        try:
            with app.app_context():
                work(press=_press(app), stop=stop)
        except DBAPIError as error:
            log.warning("the worker waits for the database: %s", error.__cause__ or error)
            stop.wait(RISE_SECONDS)
        except Exception:
            log.exception("the worker failed and goes on in %d s", RISE_SECONDS)
            stop.wait(RISE_SECONDS)


def _end(thread: threading.Thread, stop: threading.Event) -> None:
    """Wait for the worker to finish its present task; a task it cannot finish is done by the next
    worker."""
    stop.set()
    thread.join(REST_SECONDS)


def _press(app: Khabarayn) -> Press:
    settings = settings_of(app.config)
    return press_for(app.test_client(), overlaid(settings), app.extensions["khabarayn.media"])


if __name__ == "__main__":
    main()
