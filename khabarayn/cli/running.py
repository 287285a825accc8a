"""``khabarayn serve`` and ``khabarayn worker``: the site, and the work behind it."""

from __future__ import annotations

import os
import sys

import click
from granian import Granian
from granian.constants import Interfaces
from sqlalchemy.exc import SQLAlchemyError

from khabarayn.cli.application import house
from khabarayn.cli.language import say
from khabarayn.desk.people.accounts import first_link
from khabarayn.logs import server_logs
from khabarayn.settings import Settings


def register(group: click.Group) -> None:
    group.add_command(serve)
    group.add_command(worker)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, envvar="PORT"
)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True)
@click.option("--threads", type=click.IntRange(1, 64), default=4, show_default=True)
@click.option(
    "--worker/--no-worker",
    "with_worker",
    default=True,
    show_default=True,
    help="Carry a worker along; off where `khabarayn worker` runs by itself.",
)
def serve(host: str, port: int, workers: int, threads: int, with_worker: bool) -> None:
    """Serve the site, and do the work behind it."""
    settings = Settings.from_env()
    if workers > 1 and settings.database.startswith("sqlite"):
        # Two processes that write and checkpoint one SQLite WAL can corrupt it before 3.51.3.
        raise click.UsageError(
            say(
                "مع SQLite عملية واحدة فقط؛ للمزيد اضبط KHABARAYN_DATABASE_URL على PostgreSQL.",
                "SQLite takes one worker; for more set KHABARAYN_DATABASE_URL to PostgreSQL.",
            )
        )
    if not settings.production:
        # Feeds and sitemaps name the address that is served, whatever its port.
        os.environ.setdefault("KHABARAYN_BASE_URL", f"http://{host}:{port}")
    _greet(Settings.from_env())
    click.echo(say("يعمل الموقع على", "serving on") + f" http://{host}:{port}  (pid {os.getpid()})")
    Granian(
        "khabarayn.worker:app_with_worker" if with_worker else "khabarayn:create_app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        factory=True,
        workers=workers,
        blocking_threads=threads,
        log_level="warning",  # pyright: ignore[reportArgumentType]
        log_dictconfig=server_logs(settings.log_format),
        respawn_failed_workers=True,
    ).serve()


def _greet(settings: Settings) -> None:
    """Print the link by which the first person comes in, as long as nobody is there."""
    try:
        with house():
            token = first_link()
    except SQLAlchemyError:
        # Not made ready yet, or out of reach: the site itself says so.
        return
    if token:
        link = f"{settings.base_url.rstrip('/')}/newsroom/join/{token}"
        click.echo(
            say("لا أحد في غرفة الأخبار بعد. أول مدير يدخل من هنا، مرة واحدة",
                "nobody is in the newsroom yet; the first admin comes in here, once")
            + f":\n  {link}"
        )  # fmt: skip


@click.command()
@click.option("--once", is_flag=True, help="Do what is open now, then end.")
def worker(once: bool) -> None:
    """Do what publishing leaves for later; safe to stop or kill at any moment, and to repeat."""
    # The worker is a door of its own: this process becomes it.
    sys.stdout.flush()
    words = [sys.executable, "-m", "khabarayn.worker", *(["--once"] if once else [])]
    os.execv(sys.executable, words)
