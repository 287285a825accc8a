"""``khabarayn move``: take the paper from SQLite to PostgreSQL, whole and verified."""

from __future__ import annotations

import json
from dataclasses import replace

import click
from flask_babel import force_locale
from flask_migrate import upgrade
from sqlalchemy import Connection, make_url
from sqlalchemy.exc import SQLAlchemyError

from khabarayn import Khabarayn, create_app
from khabarayn.cli.language import gettext as _
from khabarayn.cli.language import operator_locale
from khabarayn.cli.searching import index_everything
from khabarayn.cli.versions import words_for_schema
from khabarayn.settings import Settings
from khabarayn.store.copying import NotEqual, copy_all, holds_a_paper
from khabarayn.store.db import db
from khabarayn.store.lock import LockHeld, hold_database
from khabarayn.store.schema import schema_of


def register(group: click.Group) -> None:
    """Add ``move`` to the command."""
    group.add_command(move)


@click.command()
@click.option("--to", "url", required=True, metavar="URL", help="An empty PostgreSQL database.")
@click.option("--json", "as_json", is_flag=True, help="Print the rows of each table as JSON.")
def move(url: str, as_json: bool) -> None:
    """Copy the paper's database into another, compare every row, and make its search index."""
    settings = Settings.from_env()
    if make_url(settings.database).get_backend_name() != "sqlite" or not url.startswith("postgres"):
        raise click.UsageError(_("النقل من SQLite إلى PostgreSQL فقط."))
    try:
        lock = hold_database(settings, 0)
    except LockHeld as held:
        raise click.ClickException(
            _("عملية أخرى (pid %(pid)s) تعمل على قاعدة البيانات هذه. أوقفها أولًا.", pid=held.pid)
        ) from held
    try:
        counts = _move(create_app(settings), create_app(replace(settings, database_url=url)))
    except SQLAlchemyError as error:
        raise click.ClickException(str(error.__cause__ or error)) from error
    finally:
        if lock is not None:
            lock.close()
    if as_json:
        click.echo(json.dumps(counts))
        return
    total = sum(counts.values())
    click.echo(_("نُقلت الصفوف وقورنت واحدًا واحدًا") + f": {total} ({len(counts)})")
    click.echo(_("اضبط الآن") + " KHABARAYN_DATABASE_URL=" + make_url(url).render_as_string())


def _move(old: Khabarayn, new: Khabarayn) -> dict[str, int]:
    """Copy from one to the other, whole or not at all; return the rows by table."""
    with old.app_context():
        source_engine = db.engine
    with new.app_context(), force_locale(operator_locale()):
        try:
            _make_current()
            with source_engine.connect() as source, db.engine.begin() as target:
                counts = _copy(source, target)
            index_everything(fresh=True)
        finally:
            db.session.remove()
            db.engine.dispose()
            source_engine.dispose()
    return counts


def _copy(source: Connection, target: Connection) -> dict[str, int]:
    schema = schema_of(source)
    if schema.state != "current":
        raise click.ClickException(words_for_schema(schema))
    if holds_a_paper(target):
        raise click.ClickException(_("قاعدة البيانات الهدف فيها صحيفة. اختر قاعدة فارغة."))
    try:
        return copy_all(source, target)
    except NotEqual as error:
        words = _("جدول لم يصل كما هو، فلم يُنقل شيء")
        raise click.ClickException(f"{words}: {error.table}") from error


def _make_current() -> None:
    """Bring an empty target to this version's migration; another one that is there is refused."""
    with db.engine.connect() as connection:
        schema = schema_of(connection)
    if schema.state == "empty":
        upgrade()
    elif schema.state != "current":
        raise click.ClickException(words_for_schema(schema))
