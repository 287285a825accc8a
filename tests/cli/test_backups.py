"""``khabarayn backup``, ``restore`` and ``verify`` as an operator uses them."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from factories.media import picture_bytes
from factories.story import stories
from flask_migrate import downgrade
from serving import Server

from khabarayn import create_app
from khabarayn.desk.by import OPERATOR
from khabarayn.desk.pictures.upload import upload
from khabarayn.settings import Settings
from khabarayn.store.db import db
from khabarayn.store.lock import hold_database
from khabarayn.store.schema import schema_of


@pytest.fixture
def paper(run, settings: Settings) -> Settings:
    """A paper with two stories and a picture, reached by `run`."""
    app = create_app(settings)
    stories(app, 2)
    with app.app_context():
        upload(picture_bytes(400, 300), OPERATOR, store=app.extensions["khabarayn.media"])
        db.session.remove()
        db.engine.dispose()
    return settings


def test_a_backup_is_taken_listed_verified_and_put_back(run, paper, tmp_path, monkeypatch):
    place = str(tmp_path / "backup")
    taken = run("backup", place)
    assert taken.exit_code == 0, taken.output
    assert "published stories: 2" in taken.output
    (listed,) = json.loads(run("backup", place, "--list", "--json").stdout)
    assert (listed["stories"], listed["missing"], listed["engine"]) == (2, [], "sqlite")
    assert "The backup is whole" in run("verify", place).output
    new = tmp_path / "new"
    monkeypatch.setenv("KHABARAYN_DATA_DIR", str(new))
    put_back = run("restore", place)
    assert put_back.exit_code == 0, put_back.output
    assert (new / "khabarayn.db").stat().st_mode & 0o077 == 0
    assert "✓ search index: ok" in run("doctor").output
    assert run("export", str(tmp_path / "out"), "--json").exit_code == 0
    # A second time there is a paper, and nothing is written over it.
    again = run("restore", place)
    assert again.exit_code == 1
    assert "--replace" in again.output
    aside = json.loads(run("restore", place, "--replace", "--json").stdout)["aside"]
    assert Path(aside).is_file()


def test_damage_is_named_and_a_whole_backup_mends_it(run, paper, tmp_path):
    place = tmp_path / "backup"
    run("backup", str(place))
    victim = max((place / "objects").rglob("*/*"), key=lambda path: path.stat().st_size)
    victim.write_bytes(victim.read_bytes()[:-1])
    said = run("verify", str(place))
    assert said.exit_code == 1
    assert victim.name in said.output
    time.sleep(1.1)
    # A usual run looks only at what is new; a whole one at everything.
    assert run("backup", str(place), "--whole").exit_code == 0
    assert run("verify", str(place)).exit_code == 0


@pytest.mark.parametrize("command", ["backup", "restore", "verify"])
def test_a_wrong_place_is_told_in_words(run, paper, tmp_path, command):
    assert run(command).exit_code == 2
    assert "KHABARAYN_BACKUP_URL" in run(command).output
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters/a.txt").write_text("somebody's")
    refused = run(command, str(tmp_path / "letters"))
    assert refused.exit_code == 1
    assert "Error: " in refused.output
    assert list((tmp_path / "letters").iterdir()) == [tmp_path / "letters/a.txt"]


def test_nothing_is_put_back_under_a_site_that_runs(run, paper, tmp_path):
    place = str(tmp_path / "backup")
    run("backup", place)
    lock = hold_database(paper)
    assert lock
    with lock:
        refused = run("restore", place, "--replace")
    assert refused.exit_code == 1
    assert "Stop it first" in refused.output


def test_a_backup_of_yesterday_is_brought_to_todays_version(run, paper, tmp_path, monkeypatch):
    app = create_app(paper)
    with app.app_context():
        downgrade(revision="-1")
        db.engine.dispose()
    place = str(tmp_path / "backup")
    taken = run("backup", place, "--json")
    assert taken.exit_code == 0, taken.output
    monkeypatch.setenv("KHABARAYN_DATA_DIR", str(tmp_path / "new"))
    put_back = run("restore", place, "--json")
    assert put_back.exit_code == 0, put_back.output
    with create_app(Settings(data_dir=tmp_path / "new")).app_context():
        with db.engine.connect() as connection:
            assert schema_of(connection).state == "current"
        db.engine.dispose()
    assert json.loads(taken.stdout)["schema"] != schema_of
    assert json.loads(put_back.stdout)["stories"] == 2


def test_a_running_site_backs_itself_up(server: Server, tmp_path):
    place = tmp_path / "backup"
    server.environ |= {
        "KHABARAYN_BACKUP_URL": str(place),
        "KHABARAYN_BACKUP_SECONDS": "10",
        "KHABARAYN_BACKUP_KEY": "k" * 40,
    }
    server.run("init")
    server.start()
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not list(place.glob("snapshots/*.json")):
        time.sleep(0.1)
    assert list(place.glob("snapshots/*.json"))
    # Killed at any moment, what was taken stays whole.
    server.kill()
    assert server.run("verify").returncode == 0
