"""The migrations lead to exactly the tables that the models say, and back, on both engines."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from factories.story import story
from flask_migrate import downgrade, upgrade
from services import administer

from khabarayn import Khabarayn, create_app
from khabarayn.settings import PACKAGE
from khabarayn.store.db import Base, compared, db
from khabarayn.store.models import ArticleRow, RevisionRow


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


def test_items_of_lists_become_markup_and_plain_words_again(any_app):
    public_id = story(any_app, body_html="<p>أ</p><ul><li>C &amp; D</li><li>a <b>b</b></li></ul>")
    with any_app.app_context():
        asked = sa.select(ArticleRow.body).where(ArticleRow.public_id == public_id)
        content = sa.select(RevisionRow.content)
        assert db.session.scalar(asked)[1]["items"] == ["C &amp; D", "a <strong>b</strong>"]
        downgrade(revision="0008")
        db.session.rollback()
        assert db.session.scalar(asked)[1]["items"] == ["C & D", "a b"]
        assert db.session.scalar(content)["blocks"][1]["items"] == ["C & D", "a b"]
        db.session.rollback()
        upgrade()
        assert db.session.scalar(asked)[1]["items"] == ["C &amp; D", "a b"]
        assert db.session.scalar(content)["blocks"][1]["items"] == ["C &amp; D", "a b"]
