"""``khabarayn init`` and ``khabarayn doctor``: make the house ready, and say what is wrong."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import click
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import make_url, text
from sqlalchemy.exc import SQLAlchemyError

from khabarayn.cli.application import house
from khabarayn.cli.language import say
from khabarayn.cli.searching import index_everything
from khabarayn.desk.arrange.seed import DEFAULT_SECTIONS, plant
from khabarayn.search.index import behind
from khabarayn.settings import SITE, Settings, SettingsError
from khabarayn.store.db import db
from khabarayn.store.schema import Schema, schema_of

# SQLite before this can corrupt a WAL that several processes write.
SAFE_SQLITE = (3, 51, 3)
# The last commit of the project that has the separate steps of before the first release.
SEPARATE_STEPS = "f44e8c5"


def register(group: click.Group) -> None:
    group.add_command(init)
    group.add_command(doctor)


@click.command()
def init() -> None:
    """Make folders, secret key, database, default sections and search index; safe to repeat."""
    with house() as app:
        settings: Settings = app.config["KHABARAYN"]
        with db.engine.connect() as connection:
            schema = schema_of(connection)
        if schema.state in {"joined", "unknown"}:
            raise click.ClickException(words_for_schema(schema))
        if schema.state == "older" and (copy := _copied(settings, schema)):
            click.echo(say("نسخة مما قبل الترقية", "copy from before the update") + f": {copy}")
        upgrade()
        added = plant(DEFAULT_SECTIONS)
        where = db.engine.url.render_as_string(hide_password=True)
        click.echo(say("قاعدة البيانات جاهزة", "database ready") + f": {where}")
        click.echo(say("مجلد البيانات", "data folder") + f": {settings.data_dir.resolve()}")
        if added:
            click.echo(say("أقسام أضيفت", "sections added") + f": {added}")
        # After an update that folds words in another way, or a run that was stopped.
        if behind() and (done := index_everything()):
            click.echo(say("فُهرست الأخبار", "stories indexed") + f": {done}")


def _copied(settings: Settings, schema: Schema) -> Path | None:
    """Copy an SQLite file as it stands before it is brought up, and return where that is.

    The copy is whole also while the site writes. Raises when it cannot be made: then nothing is
    changed. None on PostgreSQL, which has its own tools.
    """
    name = make_url(settings.database).database
    if not settings.database.startswith("sqlite") or not name:
        return None
    target = Path(f"{name}.before-{schema.newest}")
    waiting = target.with_name(target.name + ".part")
    try:
        waiting.unlink(missing_ok=True)
        with (
            closing(sqlite3.connect(name)) as source,
            closing(sqlite3.connect(waiting)) as copy,
        ):
            source.backup(copy)
        waiting.chmod(0o600)
        waiting.replace(target)
    except (OSError, sqlite3.Error) as error:
        waiting.unlink(missing_ok=True)
        raise click.ClickException(
            say("تعذّر نسخ قاعدة البيانات قبل الترقية، فلم يُغيَّر شيء",
                "the database could not be copied before the update; nothing was changed")
            + f": {error}"
        ) from error  # fmt: skip
    return target


def words_for_schema(schema: Schema) -> str:
    """Return what an operator does about a database that this version cannot serve from."""
    at, newest = schema.at or "—", schema.newest
    if schema.state == "joined":
        return say(
            f"قاعدة البيانات من قبل الإصدار الأول ({at}). نفّذ khabarayn init من النسخة "
            f"{SEPARATE_STEPS} أولًا، ثم من هذه.",
            f"the database is from before the first release ({at}); run khabarayn init of "
            f"commit {SEPARATE_STEPS} first, then of this version",
        )
    if schema.state == "unknown":
        return say(
            f"قاعدة البيانات من نسخة أحدث ({at})؛ هذه النسخة تعرف حتى {newest}. حدّث khabarayn.",
            f"the database was made by a newer version ({at}); this one knows up to {newest}: "
            "update khabarayn",
        )
    return say(
        f"قاعدة البيانات عند {at} وهذه النسخة تحتاج {newest}: نفّذ khabarayn init",
        f"the database stands at {at}, this version needs {newest}: run khabarayn init",
    )


@dataclass(frozen=True)
class Finding:
    """``level`` is ok, warn or bad; ``name`` what was looked at; ``words`` what was seen."""

    level: str
    name: str
    words: str


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def doctor(as_json: bool) -> None:
    """Say what is wrong with settings, database, migrations and files; exit 1 if something is."""
    findings = list(_examine())
    if as_json:
        click.echo(json.dumps([vars(f) for f in findings], ensure_ascii=False, indent=1))
    else:
        marks = {"ok": "✓", "warn": "!", "bad": "✗"}
        for finding in findings:
            click.echo(f"{marks[finding.level]} {finding.name}: {finding.words}")
    sys.exit(any(finding.level == "bad" for finding in findings))


def _examine() -> Iterator[Finding]:
    name = say("الإعدادات", "settings")
    try:
        settings = Settings.from_env()
    except SettingsError as error:
        yield Finding("bad", name, str(error))
        return
    yield Finding("ok", name, f"KHABARAYN_ENV={settings.env}")
    yield from _files(settings)
    try:
        with house() as app:
            yield from _database(app, settings)
    except (SQLAlchemyError, OSError) as error:
        yield Finding("bad", say("قاعدة البيانات", "database"), _first_line(error))


def _files(settings: Settings) -> Iterator[Finding]:
    for folder in ("templates", "static", "translations"):
        if not (SITE / folder).is_dir():
            missing = say("مفقود من التثبيت", "missing from the installation")
            yield Finding("bad", folder, missing)
    data = settings.data_dir
    name = say("مجلد البيانات", "data folder")
    if not data.is_dir():
        hint = say("غير موجود؛ نفّذ khabarayn init", "does not exist; run khabarayn init")
        yield Finding("bad", name, f"{data} {hint}")
    elif not os.access(data, os.W_OK):
        yield Finding("bad", name, f"{data} " + say("لا يقبل الكتابة", "cannot be written"))
    else:
        yield Finding("ok", name, str(data.resolve()))
    key = data / "secret.key"
    if not settings.secret_key and key.exists() and key.stat().st_mode & 0o077:
        words = say("يقرؤه غير صاحبه", "can be read by others than its owner")
        yield Finding("bad", say("المفتاح السري", "secret key"), f"{key} {words}")


def _database(app: Flask, settings: Settings) -> Iterator[Finding]:
    name = say("قاعدة البيانات", "database")
    with db.engine.connect() as connection:
        dialect = connection.dialect.name
        yield Finding("ok", name, connection.engine.url.render_as_string(hide_password=True))
        schema = schema_of(connection)
        place = say("الترحيلات", "migrations")
        if schema.state != "current":
            yield Finding("bad", place, words_for_schema(schema))
            return
        yield Finding("ok", place, schema.newest)
        if behind():
            hint = say("نفّذ khabarayn init", "run khabarayn init")
            yield Finding("bad", say("فهرس البحث", "search index"), hint)
        if dialect == "sqlite":
            for pragma, wanted in (
                ("journal_mode", "wal"),
                ("synchronous", 2),
                ("foreign_keys", 1),
            ):
                got = connection.execute(text(f"PRAGMA {pragma}")).scalar()
                level = "ok" if got == wanted else "bad"
                yield Finding(level, f"SQLite {pragma}", str(got))
            if sqlite3.sqlite_version_info < SAFE_SQLITE:
                words = say(
                    "عملية كتابة واحدة فقط؛ لأكثر منها PostgreSQL",
                    "one writing process only; for more, PostgreSQL",
                )
                yield Finding("warn", f"SQLite {sqlite3.sqlite_version}", words)
            broken = connection.execute(text("PRAGMA quick_check(1)")).scalar()
            sound = say("سلامة الملف", "file soundness")
            yield Finding("ok" if broken == "ok" else "bad", sound, str(broken))
        yield from _pictures(app, settings)


def _pictures(app: Flask, settings: Settings) -> Iterator[Finding]:
    rows = db.session.execute(text("SELECT public_id FROM media ORDER BY id DESC LIMIT 50"))
    store = app.extensions["khabarayn.media"]
    lost = [row.public_id for row in rows if not any(store.names(f"{row.public_id}/"))]
    name = say("الصور", "pictures")
    where = settings.media if settings.media.startswith("s3://") else str(Path(settings.media))
    if lost:
        yield Finding("bad", name, say("مفقودة", "missing") + f": {', '.join(lost[:5])} ({where})")
    else:
        yield Finding("ok", name, where)


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]
