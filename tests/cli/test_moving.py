"""A paper moves from SQLite to PostgreSQL with every row, or not at all."""

from __future__ import annotations

import json
import secrets
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from factories.story import story
from factories.user import user
from services import administer
from sqlalchemy import func, select

from khabarayn import create_app
from khabarayn.store import copying
from khabarayn.store.copying import copied_tables, digest
from khabarayn.store.db import db
from khabarayn.store.lock import hold_database
from khabarayn.store.models import ArticleRow, SectionRow


@pytest.fixture
def empty(postgres):
    """The address of an empty PostgreSQL database."""
    name = f"m_{secrets.token_hex(6)}"
    administer(postgres, f"CREATE DATABASE {name}")
    yield f"{postgres}/{name}"
    administer(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def filled(run, settings):
    """A paper on SQLite with stories, people and a section that stands above an older one."""
    app = create_app(settings)
    ids = [story(app, tags=("مدن",), headline=f"خبر الميناء {number}") for number in range(3)]
    with app.app_context():
        user(role="admin")
        first, *_rest, last = db.session.scalars(select(SectionRow).order_by(SectionRow.id))
        first.parent_id = last.id
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return ids


def opened(settings, url):
    return create_app(replace(settings, database_url=url))


@pytest.mark.postgres
def test_every_row_arrives_and_the_paper_goes_on_there(run, settings, filled, empty):
    done = run("move", "--to", empty, "--json")
    assert done.exit_code == 0, done.output
    counts = json.loads(done.output.splitlines()[-1])
    assert counts["article"] == 3
    old, new = create_app(settings), opened(settings, empty)
    with old.app_context():
        before = {table.name: digest(table, db.session.connection()) for table in copied_tables()}
    with new.app_context():
        names = set(before) - {"search_state"}
        found = {table.name: digest(table, db.session.connection()) for table in copied_tables()}
        assert {name: found[name] for name in names} == {name: before[name] for name in names}
    client = new.test_client()
    for public_id in filled:
        assert client.get(f"/a/{public_id}").status_code == 200
    results = client.get("/search", query_string={"q": "الميناء"}).text
    assert all(f"/a/{public_id}" in results for public_id in filled)
    # The next row gets a number of its own.
    later = story(new, headline="خبر بعد النقل")
    assert client.get(f"/a/{later}").status_code == 200
    with new.app_context():
        db.engine.dispose()


@pytest.mark.postgres
def test_a_table_that_arrives_otherwise_is_named_and_nothing_is_kept(
    run, settings, filled, empty, monkeypatch
):
    copy = copying._copy

    def short(table, *rest):
        count = copy(table, *rest)
        if table.name == "revision":
            rest[-1].execute(table.delete().where(table.c.id == 1))
        return count

    monkeypatch.setattr(copying, "_copy", short)
    done = run("move", "--to", empty)
    assert done.exit_code == 1
    assert "revision" in done.output
    new = opened(settings, empty)
    with new.app_context():
        assert db.session.scalar(select(func.count()).select_from(ArticleRow)) == 0
        db.session.remove()
        db.engine.dispose()


@pytest.mark.postgres
def test_a_database_that_holds_a_paper_is_left_alone(run, filled, empty):
    assert run("move", "--to", empty).exit_code == 0
    again = run("move", "--to", empty)
    assert again.exit_code == 1
    assert "holds a paper" in again.output


def test_a_paper_that_is_being_served_is_not_moved(run, settings, filled):
    with hold_database(settings):
        done = run("move", "--to", "postgresql://khabarayn@127.0.0.1:9/x")
    assert done.exit_code == 1
    assert "end it first" in done.output


@pytest.mark.parametrize("url", ["sqlite:////tmp/x.db", "mysql://x"])
def test_only_postgresql_is_moved_to(run, settings, url):
    done = run("move", "--to", url)
    assert done.exit_code == 2
    with closing(sqlite3.connect(settings.data_dir / "khabarayn.db")) as database:
        assert database.execute("SELECT count(*) FROM article").fetchone() == (0,)


def test_an_address_that_nobody_answers_is_said_without_a_traceback(run, filled):
    done = run("move", "--to", "postgresql://khabarayn:secret@127.0.0.1:9/x")
    assert done.exit_code == 1
    assert "secret" not in done.output
    assert "Traceback" not in done.output
