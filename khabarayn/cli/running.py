"""``khabarayn serve`` and ``khabarayn worker``: run the site, and the work behind it.

This process only watches over the one that serves, so it imports nothing of the application.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import click
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from khabarayn.cli.language import gettext as _
from khabarayn.cli.versions import words_for_schema
from khabarayn.logs import server_logs
from khabarayn.settings import Settings
from khabarayn.store.lock import ENDING, LockHeld, hold_database, lock_path
from khabarayn.store.schema import schema_of

# A request's lines must be here by then, in milliseconds; bodies have deadlines of their own.
HEADERS_MS = 10_000
# An open connection that asks for nothing, and one whose request is answered, both count.
CONNECTIONS = 1024


def register(group: click.Group) -> None:
    """Add ``serve`` and ``worker`` to the command."""
    group.add_command(serve)
    group.add_command(worker)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, envvar="PORT"
)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True)
@click.option("--threads", type=click.IntRange(1, 64), help="KHABARAYN_THREADS, by default 4.")
@click.option(
    "--worker/--no-worker",
    "with_worker",
    default=True,
    show_default=True,
    help="Carry a worker along; off where `khabarayn worker` runs by itself.",
)
@click.option(
    "--demo",
    "with_demo",
    is_flag=True,
    help="Make the house ready, and fill it with the demo edition while it is served.",
)
def serve(
    host: str, port: int, workers: int, threads: int | None, with_worker: bool, with_demo: bool
) -> None:
    """Serve the site, and do the work behind it."""
    if with_demo and (workers > 1 or not with_worker):
        raise click.UsageError(_("الخيار --demo لعملية واحدة معها عامل."))
    settings = Settings.from_env()
    _refuse_several_on_sqlite(settings, workers)
    if not settings.production:
        # Feeds and sitemaps name the address that is served, whatever its port.
        os.environ.setdefault("KHABARAYN_BASE_URL", f"http://{host}:{port}")
    if threads:
        os.environ["KHABARAYN_THREADS"] = str(threads)
    settings = Settings.from_env()
    _refuse_a_second(settings, host, port)
    # What the site cannot start with is said here, before there is a process to say it.
    settings.secret()
    _refuse_another_schema(settings, may_be_older=with_demo)
    if settings.metrics_token and workers > 1:
        _share_counts(settings.data_dir / "metrics")
    greeter = None
    if lock_path(settings) is None:
        # With several processes on one database none is the first: a process of its own prints the
        # link.
        greeter = subprocess.Popen([sys.executable, "-m", "khabarayn.cli.greeting"])
    click.echo(_("يعمل الموقع على") + f" http://{host}:{port}  (pid {os.getpid()})")
    target = "site:site_with_worker" if with_worker else "site:site"
    server = Granian(
        f"khabarayn.server.{'demo_site:demo_site' if with_demo else target}",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_MS),
        websockets=False,
        factory=True,
        workers=workers,
        backlog=CONNECTIONS,
        backpressure=CONNECTIONS,
        log_level="warning",  # pyright: ignore[reportArgumentType]
        log_dictconfig=server_logs(settings.log_format),
        respawn_failed_workers=True,
    )
    try:
        server.serve()
    finally:
        if greeter is not None:
            greeter.wait()


def _refuse_several_on_sqlite(settings: Settings, workers: int) -> None:
    if workers > 1 and settings.database.startswith("sqlite"):
        # Two processes that write and checkpoint one SQLite WAL can corrupt it before 3.51.3.
        raise click.UsageError(
            _("مع SQLite عملية واحدة فقط؛ للمزيد اضبط KHABARAYN_DATABASE_URL على PostgreSQL.")
        )


def _share_counts(folder: Path) -> None:
    """Let the processes that serve share what they count for metrics, which begins anew.

    Prometheus' library decides when it is imported where it counts, and processes are forks of this
    one: here it must not be imported.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def _refuse_a_second(settings: Settings, host: str, port: int) -> None:
    """Raise when another process serves from this SQLite file, or listens on this port."""
    try:
        lock = hold_database(settings)
    except LockHeld as held:
        raise click.ClickException(
            _("عملية أخرى (pid %(pid)s) تعمل على قاعدة البيانات هذه. أوقفها أولًا.", pid=held.pid)
        ) from held
    if lock:
        lock.close()
    # The server binds with SO_REUSEPORT and would share the port with whoever has it.
    deadline = time.monotonic() + (ENDING if lock is None else 2)
    while True:
        try:
            with socket.create_server((host, port), reuse_port=False):
                return
        except OSError as error:
            if time.monotonic() > deadline:
                raise click.ClickException(
                    _(
                        "المنفذ %(port)s على %(host)s مشغول أو ممنوع (%(why)s).",
                        port=port,
                        host=host,
                        why=error.strerror,
                    )
                ) from error
            time.sleep(0.2)


def _refuse_another_schema(settings: Settings, *, may_be_older: bool) -> None:
    """Raise when the database is there, and at another migration than this version's newest;
    with ``may_be_older`` only when it could not be brought there.

    Out of reach is no reason not to start: the site says so itself, until the database is back.
    """
    # An engine of its own: the application's is made where the site is served, and only there.
    engine = create_engine(settings.database, hide_parameters=True, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            schema = schema_of(connection)
    except SQLAlchemyError:
        return
    allowed_states = {"current", "empty", "older"} if may_be_older else {"current"}
    if schema.state not in allowed_states:
        raise click.ClickException(words_for_schema(schema))


@click.command()
@click.option("--once", is_flag=True, help="Do what is open now, then end.")
def worker(once: bool) -> None:
    """Do what publishing leaves for later; safe to stop or kill at any moment, and to repeat."""
    # The worker is a program of its own: this process is replaced by it.
    sys.stdout.flush()
    words = [sys.executable, "-m", "khabarayn.worker", *(["--once"] if once else [])]
    os.execv(sys.executable, words)
