"""A snapshot holds the whole paper, costs what is new, and takes nothing from the one before."""

from __future__ import annotations

import fcntl
import time
from datetime import timedelta

import pytest
import time_machine
from factories.media import picture_bytes
from factories.story import story
from sqlalchemy import delete

from khabarayn.backup.files import files_of, named_files
from khabarayn.backup.refusal import BackupRefused
from khabarayn.backup.take import open_repository, sweep, take, thin
from khabarayn.desk.by import OPERATOR
from khabarayn.desk.pictures.upload import upload
from khabarayn.media.folder import FolderStore
from khabarayn.settings import settings_of
from khabarayn.store.db import db, now
from khabarayn.store.models import MediaRow


def test_a_snapshot_names_every_file_and_is_readable_by_its_owner_alone(
    paper, back_up, place, repository
):
    made = back_up()
    assert (made.snapshot.stories, made.snapshot.missing) == (2, ())
    with paper.app_context():
        names = set(named_files())
    held = {
        file.name: file.size
        for bucket in made.snapshot.buckets.values()
        for file in files_of(repository(), bucket)
    }
    assert set(held) == names
    store = paper.extensions["khabarayn.media"]
    assert held == {name: len(store.read(name)) for name in names}
    assert made.snapshot.files == len(names) > 2
    assert "edition.key" in made.snapshot.keys
    assert place.stat().st_mode & 0o077 == 0
    assert repository().names() == [made.name]


def test_the_next_snapshot_writes_only_what_is_new(paper, back_up, repository):
    first = back_up()
    objects = set(repository().objects())
    story(paper, headline="ورشة في المكتبة")
    time.sleep(1.1)
    second = back_up()
    assert second.snapshot.stories == 3
    assert second.snapshot.buckets == first.snapshot.buckets
    # No file and no list of files again: pieces of the database, and of those the changed ones.
    written = set(repository().objects()) - objects
    assert written == set(second.snapshot.database) - objects


def test_a_file_that_is_gone_is_named_and_taken_along_once_it_is_back(paper, back_up):
    store: FolderStore = paper.extensions["khabarayn.media"]
    with paper.app_context():
        name = sorted(named_files())[0]
    data = store.read(name)
    store.delete(name)
    assert back_up().snapshot.missing == (name,)
    store.put(name, data, "image/jpeg")
    time.sleep(1.1)
    assert back_up().snapshot.missing == ()


def test_a_picture_deleted_meanwhile_is_not_called_missing(paper, back_up, monkeypatch):
    store: FolderStore = paper.extensions["khabarayn.media"]
    with paper.app_context():
        name = sorted(named_files())[0]
    store.delete(name)
    read = FolderStore.read

    def deleted(self, asked):
        if asked == name:
            db.session.execute(delete(MediaRow))
            db.session.commit()
        return read(self, asked)

    monkeypatch.setattr(FolderStore, "read", deleted)
    assert back_up().snapshot.missing == ()


def test_old_snapshots_are_thinned_and_what_none_needs_is_swept(paper, back_up, repository):
    start = now()
    with time_machine.travel(start, tick=False):
        back_up()
    with paper.app_context():
        upload(picture_bytes(420, 300, hue=20), OPERATOR, store=paper.extensions["khabarayn.media"])
    # Of one hour, long ago by then: the later of the two stays.
    with time_machine.travel(start + timedelta(seconds=1), tick=False):
        second = back_up()
    opened = repository()
    objects = set(opened.objects())
    assert thin(opened, start + timedelta(hours=3)) == 1
    assert opened.names() == [second.name]
    left = set(opened.objects())
    assert left < objects
    assert set(second.snapshot.database) <= left
    # Once a day is enough.
    opened.put(b"of nobody")
    assert thin(opened, start + timedelta(hours=4)) == 0
    assert sweep(opened) == 1


def test_nothing_is_swept_beside_a_snapshot_that_cannot_be_read(back_up, repository, place):
    made = back_up()
    (place / "snapshots" / f"{made.name}.json").write_bytes(b"torn")
    objects = set(repository().objects())
    assert sweep(repository()) == 0
    assert set(repository().objects()) == objects


def test_two_at_once_are_one(paper, back_up):
    lock = settings_of(paper.config).data_dir / "backup.lock"
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(BackupRefused, match="under_way"):
            back_up()
    back_up()


def test_a_backup_does_not_lie_among_what_it_copies(paper):
    settings = settings_of(paper.config)
    with paper.app_context():
        for place in (settings.data_dir, settings.media, f"{settings.media}/deeper"):
            with pytest.raises(BackupRefused, match="own_folder"):
                open_repository(str(place), settings, make=True)
        with pytest.raises(BackupRefused, match="no_place"):
            open_repository("ftp://somewhere", settings, make=True)
        beside = open_repository(str(settings.data_dir / "backup"), settings, make=True)
        assert take(beside, settings, paper.extensions["khabarayn.media"]).snapshot.stories == 2
