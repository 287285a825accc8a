"""The database comes in pieces of one moment, and an unchanged stretch is the same piece."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from factories.story import stories, story

from khabarayn.backup.database import (
    PIECE,
    pieces_of,
    put_aside,
    put_back,
    split_pieces,
    sqlite_file,
)
from khabarayn.backup.refusal import BackupRefused
from khabarayn.settings import Settings, settings_of


def read(settings: Settings) -> list[bytes]:
    with pieces_of(settings) as pieces:
        return list(pieces)


def test_sqlite_is_copied_whole_while_it_is_written(app, tmp_path):
    stories(app, 2)
    settings = settings_of(app.config)
    with pieces_of(settings) as pieces:
        first = next(pieces)
        # What comes in now belongs to the next snapshot.
        story(app)
        whole = first + b"".join(pieces)
    assert len(first) == PIECE
    copy = tmp_path / "copy.db"
    copy.write_bytes(whole)
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM article").fetchone() == (2,)
    assert not list(settings.data_dir.glob("*.backup"))


def test_a_dump_is_of_the_whole_database(app_on_postgres):
    public_ids = stories(app_on_postgres, 3)
    dump = b"".join(read(settings_of(app_on_postgres.config)))
    assert b"COPY public.article " in dump
    assert all(public_id.encode() in dump for public_id in public_ids)


def test_a_line_that_comes_in_changes_one_piece():
    lines = [f"{number}\tخبر {number * 7919 % 1000}\n".encode() * 3 for number in range(60_000)]
    before = list(split_pieces(lines))
    assert b"".join(before) == b"".join(lines)
    assert len(before) > 10
    lines.insert(30_000, b"one more\n")
    assert len(set(split_pieces(lines)) - set(before)) == 1


def test_a_database_that_cannot_be_read_is_said(make_settings):
    settings = make_settings()
    sqlite_file(settings).write_bytes(b"not a database at all, but some text" * 99)
    with pytest.raises(BackupRefused, match="no_copy"):
        read(settings)
    with pytest.raises(BackupRefused, match="no_copy") as caught:
        read(make_settings(database_url="postgresql://nobody@127.0.0.1:1/none"))
    assert "127.0.0.1" in caught.value.values["why"]


def test_postgresqls_programs_are_asked_for_by_name(make_settings, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(BackupRefused, match="no_program") as caught:
        read(make_settings(database_url="postgresql://nobody@127.0.0.1:1/none"))
    assert caught.value.values == {"program": "pg_dump"}


def test_a_file_that_is_no_sound_database_takes_no_place(make_settings):
    settings = make_settings()
    with pytest.raises(BackupRefused, match="database_damaged"):
        put_back(settings, [b"SQLite format 3\0", os.urandom(9000)])
    assert not sqlite_file(settings).exists()


def test_what_is_there_is_put_aside_with_its_log(app):
    settings = settings_of(app.config)
    path = sqlite_file(settings)
    path.with_name(path.name + "-wal").write_bytes(b"")
    aside = put_aside(settings, "before")
    assert aside == Path(f"{path}.before")
    assert not path.exists()
    assert Path(f"{aside}-wal").exists()
