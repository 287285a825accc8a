"""``khabarayn backup``, ``restore`` and ``verify``: snapshots of the whole paper."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import click
from babel.dates import format_datetime
from flask import Flask

from khabarayn.arabic.numerals import file_size
from khabarayn.backup.database import engine_of, is_empty, put_aside
from khabarayn.backup.refusal import BackupRefused
from khabarayn.backup.restore import check, find_snapshot
from khabarayn.backup.restore import restore as put_back
from khabarayn.backup.snapshot import Snapshot, stamp_of
from khabarayn.backup.take import open_repository, take
from khabarayn.cli.application import open_app
from khabarayn.cli.language import gettext as _
from khabarayn.cli.language import operator_locale
from khabarayn.cli.setup import make_ready
from khabarayn.jobs.outbox import BACKUP, beat
from khabarayn.media.port import MediaStore, MediaStoreError
from khabarayn.messages.backup import backup_trouble
from khabarayn.messages.pictures import picture_trouble
from khabarayn.settings import Settings, settings_of
from khabarayn.store.db import db, now
from khabarayn.store.lock import LockHeld, hold_database

Advance = Callable[[int, int], None]


def register(group: click.Group) -> None:
    """Add ``backup``, ``restore`` and ``verify`` to the command."""
    for command in (backup, restore, verify):
        group.add_command(command)


_place = click.argument("place", metavar="PLACE", default="", required=False)
_json = click.option("--json", "as_json", is_flag=True, help="For programs.")
_at = click.option("--at", default="", metavar="NAME", help="A snapshot, by how its name begins.")


@click.command()
@_place
@click.option("--list", "listed", is_flag=True, help="List the snapshots that are there.")
@click.option(
    "--whole", is_flag=True, help="Read everything anew, and write what is damaged or missing."
)
@_json
def backup(place: str, listed: bool, whole: bool, as_json: bool) -> None:
    """Take a snapshot of database, pictures, editions and keys while the site runs."""
    with open_app() as app, _report_refusal():
        settings = settings_of(app.config)
        repository = open_repository(_where(place, settings), settings, make=not listed)
        if listed:
            _list([(name, repository.snapshot(name)) for name in repository.names()], as_json)
            return
        with _bar(_("الملفات"), quiet=as_json) as advance:
            result = take(repository, settings, _media(app), whole=whole, advance=advance)
        if _where(place, settings) == settings.backup_url:
            beat(BACKUP)
        if as_json:
            _print(_about(result.name, result.snapshot) | {"thinned": result.removals})
        else:
            click.echo(_line(result.name, result.snapshot))
        if result.snapshot.missing:
            words = _("ملفات تعرفها قاعدة البيانات وليست في المخزن")
            click.echo(f"{words}: {', '.join(result.snapshot.missing[:5])}", err=True)
            sys.exit(1)


@click.command()
@_place
@_at
@click.option(
    "--replace", is_flag=True, help="Put the SQLite file that is there aside, and take its place."
)
@_json
def restore(place: str, at: str, replace: bool, as_json: bool) -> None:
    """Put the paper back as a snapshot holds it; into an empty house, or with --replace."""
    with open_app() as app, _report_refusal():
        settings = settings_of(app.config)
        repository = open_repository(_where(place, settings), settings)
        name, snapshot = find_snapshot(repository, at)
        with _database_lock(settings):
            aside = _made_free(settings, replace)
            with _bar(_("الملفات"), quiet=as_json) as advance:
                put_back(repository, snapshot, settings, _media(app), advance)
            db.engine.dispose()
            with _quiet(as_json):
                make_ready(settings)
        if as_json:
            _print(_about(name, snapshot) | {"aside": aside})
            return
        if aside:
            click.echo(_("ما كان من قبل") + f": {aside}")
        click.echo(_("عاد الموقع إلى ما كان عليه") + f": {_line(name, snapshot)}")


@click.command()
@_place
@_at
@_json
def verify(place: str, at: str, as_json: bool) -> None:
    """Read all that a snapshot needs to be put back, and name what is damaged or missing."""
    with open_app() as app, _report_refusal():
        settings = settings_of(app.config)
        repository = open_repository(_where(place, settings), settings)
        name, snapshot = find_snapshot(repository, at)
        with _bar(_("الملفات"), quiet=as_json) as advance:
            faults = list(check(repository, snapshot, advance))
        words = [": ".join([backup_trouble(f.error), *f.files]) for f in faults]
        words += [_("لم يكن في المخزن") + f": {missing}" for missing in snapshot.missing]
        if as_json:
            _print(_about(name, snapshot) | {"faults": words})
        else:
            for line in words:
                click.echo(line)
            click.echo(_("النسخة غير سليمة") if words else _("النسخة سليمة"), nl=False)
            click.echo(f": {_line(name, snapshot)}")
        sys.exit(1 if words else 0)


def _where(place: str, settings: Settings) -> str:
    if place or settings.backup_url:
        return place or settings.backup_url
    raise click.UsageError(_("سمّ مجلدًا أو s3://bucket/prefix، أو اضبط KHABARAYN_BACKUP_URL"))


def _media(app: Flask) -> MediaStore:
    return app.extensions["khabarayn.media"]


def _made_free(settings: Settings, replace: bool) -> str:
    """Make sure that there is no database; with ``replace`` rename an SQLite file. Return its new
    name, empty where none was there."""
    if is_empty(settings):
        return ""
    if not replace or engine_of(settings) != "sqlite":
        hint = _("لـSQLite: أعد الأمر مع --replace، فيبقى ما هو موجود إلى جانبه.")
        words = _("في قاعدة البيانات هذه موقع، ولا يُكتب فوقه.")
        raise click.ClickException(f"{words} {hint}" if engine_of(settings) == "sqlite" else words)
    db.session.remove()
    db.engine.dispose()
    return str(put_aside(settings, f"before-restore-{stamp_of(now())}"))


@contextmanager
def _database_lock(settings: Settings) -> Iterator[None]:
    """Hold the SQLite file against a site that runs."""
    try:
        lock = hold_database(settings)
    except LockHeld as held:
        raise click.ClickException(
            _("الموقع يعمل (pid %(pid)s). أوقفه أولًا.", pid=held.pid)
        ) from held
    try:
        yield
    finally:
        if lock:
            lock.close()


@contextmanager
def _report_refusal() -> Iterator[None]:
    """Say in words what was refused."""
    try:
        yield
    except BackupRefused as error:
        raise click.ClickException(backup_trouble(error)) from error
    except MediaStoreError as error:
        raise click.ClickException(picture_trouble(error)) from error


@contextmanager
def _bar(label: str, *, quiet: bool) -> Iterator[Advance]:
    """Yield a function that is told how many of how many are done, and shows it."""
    if quiet:
        yield lambda _count, _of: None
        return
    with click.progressbar(length=1, label=label, show_pos=True, file=sys.stderr) as bar:

        def advance(count: int, of: int) -> None:
            bar.length = of
            bar.update(count - bar.pos)

        yield advance


@contextmanager
def _quiet(quiet: bool) -> Iterator[None]:
    """Send messages to standard error where the output is for programs."""
    if not quiet:
        yield
        return
    before, sys.stdout = sys.stdout, sys.stderr
    try:
        yield
    finally:
        sys.stdout = before


def _list(snapshots: list[tuple[str, Snapshot]], as_json: bool) -> None:
    if as_json:
        _print([_about(name, snapshot) for name, snapshot in snapshots])
        return
    for name, snapshot in snapshots:
        click.echo(_line(name, snapshot))


def _line(name: str, snapshot: Snapshot) -> str:
    locale = operator_locale()
    return _(
        "%(name)s  %(at)s  أخبار منشورة: %(stories)s، ملفات: %(files)s، %(size)s",
        name=name,
        at=_clock(snapshot.at, locale),
        stories=snapshot.stories,
        files=snapshot.files,
        size=file_size(snapshot.bytes, locale=locale),
    )


def _clock(moment: datetime, locale: str) -> str:
    return format_datetime(moment.astimezone(), "yyyy-MM-dd HH:mm:ss", locale=locale)


def _about(name: str, snapshot: Snapshot) -> dict[str, object]:
    return {
        "name": name,
        "at": snapshot.at.isoformat(),
        "engine": snapshot.engine,
        "schema": snapshot.schema,
        "stories": snapshot.stories,
        "files": snapshot.files,
        "bytes": snapshot.bytes,
        "missing": list(snapshot.missing),
    }


def _print(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))
