"""``khabarayn init`` after an update: the search index follows the code that reads it."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import click
import pytest
from factories.reports import report
from factories.story import story
from serving import Server
from sqlalchemy import select, update

from khabarayn import create_app
from khabarayn.cli import setup
from khabarayn.desk.stories.profiles import profiles_behind
from khabarayn.settings import Settings
from khabarayn.store.db import db
from khabarayn.store.models import LikenessRow, SearchState
from khabarayn.store.queries.story import article_by_id
from khabarayn.store.schema import Schema


def test_an_index_of_an_older_version_is_found_and_made_anew(server: Server):
    told = server.run("init").stdout
    assert "indexed" not in told
    assert "✓ search index: ok" in server.run("doctor").stdout
    story(create_app(Settings(data_dir=server.data_dir)), headline="خبر عن الميناء")
    with closing(sqlite3.connect(server.data_dir / "khabarayn.db")) as database:
        database.execute("DELETE FROM search_document")
        database.execute("UPDATE search_state SET value = 1 WHERE name = 'version'")
        database.commit()
    broken = server.run("doctor", check=False)
    assert broken.returncode == 1
    assert "search index: run khabarayn init" in broken.stdout
    assert "stories indexed: 1" in server.run("init").stdout
    assert server.run("doctor").returncode == 0


def test_profiles_of_an_older_version_are_made_anew_by_init(run, settings):
    run("init")
    with create_app(settings).app_context():
        ids = [report("quake", number, hours=number) for number in range(1, 5)]
        db.session.execute(
            update(SearchState).where(SearchState.name == "profiles").values(value=1)
        )
        db.session.execute(update(LikenessRow).values(terms=b""))
        db.session.commit()
        assert profiles_behind()
    assert run("init").exit_code == 0
    with create_app(settings).app_context():
        assert not profiles_behind()
        assert {card.id for card in article_by_id(ids[0]).related} == set(ids[1:])
        assert (
            db.session.scalars(select(LikenessRow.terms).where(LikenessRow.terms == b"")).all()
            == []
        )


@pytest.mark.parametrize(("at", "told"), [("0005", "commit f44e8c5"), ("9999", "newer version")])
def test_a_database_of_another_time_is_left_alone_and_the_operator_told_what_to_do(
    server: Server, at: str, told: str
):
    server.run("init")
    with closing(sqlite3.connect(server.data_dir / "khabarayn.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = ?", (at,))
        database.commit()
    for command in ("init", "doctor"):
        done = server.run(command, check=False)
        assert done.returncode == 1
        assert told in done.stdout + done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.trust
def test_an_older_file_is_copied_whole_before_it_is_brought_up(tmp_path, monkeypatch):
    settings = Settings(data_dir=tmp_path)
    with closing(sqlite3.connect(tmp_path / "khabarayn.db")) as database:
        database.execute("CREATE TABLE kept (word TEXT)")
        database.execute("INSERT INTO kept VALUES ('باقٍ')")
        database.commit()
    copy = setup._copy_database(settings, Schema("0009", "0010"))
    assert copy == tmp_path / "khabarayn.db.before-0010"
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("SELECT word FROM kept").fetchall() == [("باقٍ",)]
    assert copy.stat().st_mode & 0o077 == 0

    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(setup.Path, "replace", full)
    with pytest.raises(click.ClickException, match="nothing was changed"):
        setup._copy_database(settings, Schema("0009", "0011"))
    assert not list(tmp_path.glob("*.part"))
