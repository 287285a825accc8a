"""``khabarayn init``: make the data folder, key, database, sections and search index."""

from __future__ import annotations

from pathlib import Path

import click
from flask_migrate import upgrade

from khabarayn.backup.database import copy_sqlite, engine_of, sqlite_file
from khabarayn.backup.refusal import BackupRefused
from khabarayn.cli.application import open_app
from khabarayn.cli.language import gettext as _
from khabarayn.cli.rebuilding import rebuild_links
from khabarayn.cli.searching import index_everything
from khabarayn.cli.versions import words_for_schema
from khabarayn.desk.arrange.seed import DEFAULT_SECTIONS, seed_sections
from khabarayn.desk.arrange.standing_pages import seed_pages
from khabarayn.desk.by import OPERATOR
from khabarayn.desk.languages import list_stories_again
from khabarayn.desk.stories.profiles import profiles_behind, profiles_made
from khabarayn.search.index import behind
from khabarayn.settings import Settings, settings_of
from khabarayn.store.db import db
from khabarayn.store.schema import Schema, schema_of


def register(group: click.Group) -> None:
    """Add ``init`` and ``doctor`` to the command."""
    group.add_command(init)


@click.command()
def init() -> None:
    """Make folders, secret key, database, default sections and search index; safe to repeat."""
    with open_app() as app:
        make_ready(settings_of(app.config))


def make_ready(settings: Settings) -> None:
    """Do what `init` says. Needs an application context; raises `click.ClickException` when the
    database cannot be brought to this version."""
    with db.engine.connect() as connection:
        schema = schema_of(connection)
    if schema.state in {"joined", "unknown"}:
        raise click.ClickException(words_for_schema(schema))
    if schema.state == "older" and (copy := _copy_database(settings, schema)):
        click.echo(_("نسخة مما قبل الترقية") + f": {copy}")
    if schema.state != "current":
        upgrade()
    section_count = seed_sections(DEFAULT_SECTIONS, OPERATOR)
    # After the environment names other languages.
    list_stories_again()
    page_count = seed_pages(OPERATOR)
    where = db.engine.url.render_as_string(hide_password=True)
    click.echo(_("قاعدة البيانات جاهزة") + f": {where}")
    click.echo(_("مجلد البيانات") + f": {settings.data_dir.resolve()}")
    if section_count:
        click.echo(_("أقسام أضيفت") + f": {section_count}")
    if page_count:
        click.echo(_("صفحات ثابتة كُتبت مسودات") + f": {page_count}")
    # After an update that folds words in another way, or a run that was stopped.
    if behind() and (story_count := index_everything()):
        click.echo(_("فُهرست الأخبار") + f": {story_count}")
    # After an update that weighs stories in another way.
    if profiles_behind():
        rebuild_links()
    else:
        profiles_made()


def _copy_database(settings: Settings, schema: Schema) -> Path | None:
    """Copy an SQLite file as it stands before it is brought up, and return where that is.

    The copy is whole also while the site writes. Raises when it cannot be made: then nothing is
    changed. None on PostgreSQL, which has its own tools.
    """
    if engine_of(settings) != "sqlite":
        return None
    path = sqlite_file(settings)
    target = path.with_name(f"{path.name}.before-{schema.newest}")
    try:
        copy_sqlite(path, target)
    except BackupRefused as error:
        raise click.ClickException(
            _("تعذّر نسخ قاعدة البيانات قبل الترقية، فلم يُغيَّر شيء") + f": {error.values['why']}"
        ) from error
    return target
