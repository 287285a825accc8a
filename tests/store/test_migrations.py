"""The migrations lead to exactly the tables that the models say, and back, on both engines."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from factories.edition import edition_story
from factories.story import proposal, story
from flask_migrate import downgrade, upgrade
from services import administer

from khabarayn import Khabarayn, create_app
from khabarayn.desk.by import By
from khabarayn.desk.front.front_page import FrontPlace, compose_front
from khabarayn.desk.stories.draft import draft
from khabarayn.settings import PACKAGE, Settings
from khabarayn.store.db import Base, compared, db
from khabarayn.store.models import ArticleRow, EditionStoryRow, RevisionRow
from khabarayn.store.queries.front import placings
from khabarayn.store.schema import FIRST_STEPS, newest, schema_of


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def bare(request: pytest.FixtureRequest, make_settings) -> Iterator[Khabarayn]:
    """The application, its context pushed, on a database without a single table."""
    url = name = server = ""
    if request.param == "postgresql":
        server, name = request.getfixturevalue("postgres"), "bare"
        administer(server, f"CREATE DATABASE {name}")
        url = f"{server}/{name}"
    app = create_app(make_settings(database_url=url))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    if name:
        administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def tables() -> set[str]:
    found = set(sa.inspect(db.engine).get_table_names()) - {"alembic_version"}
    return {name for name in found if compared(name, "table", {})}


def test_the_newest_migration_makes_what_the_models_say(bare):
    upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_name": compared}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_the_way_down_leaves_no_table_and_the_way_up_again_brings_all(bare):
    upgrade()
    everything = tables()
    assert everything == set(Base.metadata.tables)
    downgrade(revision="base")
    assert tables() == set()
    upgrade()
    assert tables() == everything


def test_there_is_one_history_without_branches():
    heads = ScriptDirectory(str(PACKAGE / "migrations")).get_heads()
    assert len(heads) == 1


def test_a_story_survives_another_upgrade(any_app):
    public_id = story(any_app, headline="خبر يبقى بعد الترقية")
    with any_app.app_context():
        upgrade()
        kept = db.session.execute(
            sa.select(ArticleRow.headline).where(ArticleRow.public_id == public_id)
        ).scalar_one()
        revisions = db.session.scalar(sa.select(sa.func.count()).select_from(RevisionRow))
    assert kept == "خبر يبقى بعد الترقية"
    assert revisions == 1


def test_the_way_down_and_up_again_keeps_what_the_tables_of_a_step_hold(any_app):
    """Every step but the first goes down and up again with a story in the tables."""
    public_id = story(any_app, headline="خبر يبقى في الطريقين")
    scripts = ScriptDirectory(str(PACKAGE / "migrations"))
    steps = [script.revision for script in scripts.walk_revisions()]
    with any_app.app_context():
        compose_front({0: FrontPlace(public_id)}, By("سمر"))
        numbers = db.session.scalars(sa.select(ArticleRow.id)).all()
        edition_story(article_id=numbers[0])
        db.session.commit()
        downgrade(revision=steps[-1])
        db.session.remove()
        kept = db.session.execute(sa.text("SELECT public_id, headline FROM article")).all()
        assert kept == [(public_id, "خبر يبقى في الطريقين")]
        db.session.remove()
        upgrade()
        headline = sa.select(ArticleRow.headline).where(ArticleRow.public_id == public_id)
        assert db.session.scalar(headline) == "خبر يبقى في الطريقين"
        assert [one.card.id for one in placings()] == [public_id]
        assert db.session.scalars(sa.select(EditionStoryRow.article_id)).all() == numbers


def test_no_step_takes_the_id_of_one_that_became_part_of_another():
    scripts = ScriptDirectory(str(PACKAGE / "migrations"))
    ids = {script.revision for script in scripts.walk_revisions()}
    assert not ids & FIRST_STEPS
    assert {"0009", newest()} <= ids


@pytest.mark.parametrize(
    ("at", "state"),
    [("0005", "joined"), ("9999", "unknown"), (None, "empty"), (newest(), "current")],
)
def test_a_database_is_told_apart_by_where_it_stands(bare, at, state):
    with db.engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        if at:
            row = {"at": at}
            connection.execute(sa.text("INSERT INTO alembic_version VALUES (:at)"), row)
    with db.engine.connect() as connection:
        assert schema_of(connection).state == state


# Ends the process without a word, as a lost machine does, when so many indexes are made.
_KILLED = """
import os, sys
from alembic.operations import Operations
from flask_migrate import upgrade
from khabarayn import create_app

made, index = 0, Operations.create_index
def create_index(*given, **named):
    global made
    made += 1
    if made == int(sys.argv[1]):
        os._exit(9)
    return index(*given, **named)
Operations.create_index = create_index
with create_app().app_context():
    upgrade()
"""


@pytest.mark.trust
@pytest.mark.parametrize("at", [1, 9, 30])
def test_a_migration_killed_half_way_is_brought_to_its_end_by_the_next(bare, at):
    settings: Settings = bare.config["KHABARAYN"]
    environ = {
        **{k: v for k, v in os.environ.items() if not k.startswith("KHABARAYN_")},
        "KHABARAYN_DATA_DIR": str(settings.data_dir),
        "KHABARAYN_DATABASE_URL": settings.database_url,
    }
    words = [sys.executable, "-c", _KILLED, str(at)]
    done = subprocess.run(words, cwd=PACKAGE.parent, env=environ, capture_output=True)
    assert done.returncode == 9, done.stderr.decode()
    upgrade()
    assert tables() == set(Base.metadata.tables)


def test_drafts_from_before_the_desk_searched_bodies_are_found_by_their_words(any_app):
    with any_app.app_context():
        told = proposal(body_html="<p>قال <strong>الخبير</strong> إنّ المِجَسّات كافية.</p>")
        kept = draft(told, By("tests"))
        live = story(any_app)
        downgrade(revision="0012")
        db.session.remove()
        upgrade()
        found = db.session.execute(sa.select(ArticleRow.public_id, ArticleRow.folded_body)).all()
        rows = {row.public_id: row.folded_body for row in found}
    assert "المجسات" in rows[kept]
    assert "strong" not in rows[kept]
    assert rows[live] == ""


def test_stories_stand_in_the_lists_and_the_search_of_their_language_after_the_step(any_app):
    english = story(any_app, headline="The bridge is open", standfirst="", language="en",
                    body_html="<p>Steel and stone.</p>")  # fmt: skip
    arabic = story(any_app)
    client = any_app.test_client()
    with any_app.app_context():
        downgrade(revision="0014")
        db.session.remove()
        labels = db.session.scalars(sa.text("SELECT labels FROM search_document")).all()
        assert not [one for one in labels if "len" in one]
        assert db.session.scalar(sa.text("SELECT count(DISTINCT list) FROM listing")) == 3
        db.session.remove()
        upgrade()
        db.session.remove()
    for address, there in (("/latest", "/en/latest"), ("/search?q=steel", "/en/search?q=steel")):
        assert f"/a/{english}" not in client.get(address).text
        assert f"/a/{english}" in client.get(there).text
    assert f"/a/{arabic}" in client.get("/latest").text
    with any_app.app_context():
        found = dict(db.session.execute(sa.text("SELECT article_id, language FROM likeness")).all())
        assert sorted(found.values()) == ["ar", "en"]


def test_stories_from_before_the_step_are_shown_by_their_figures(any_app):
    with any_app.app_context():
        told = proposal(
            body_html='<table class="chart-bar"><tr><td>عطارد</td><td>2,440</td></tr>'
            "<tr><td>الأرض</td><td>6,371</td></tr></table>"
        )
        counts = draft(told, By("tests"))
        plain = story(any_app)
        downgrade(revision="0016")
        db.session.remove()
        upgrade()
        found = db.session.execute(sa.select(ArticleRow.public_id, ArticleRow.visual)).all()
        assert dict(found) == {counts: "chart", plain: ""}
