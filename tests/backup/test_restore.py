"""What a snapshot held comes back: every address, every picture, every key."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine
from services import administer
from sqlalchemy import select

from khabarayn import Khabarayn, create_app
from khabarayn.backup import restore as restoring
from khabarayn.backup.database import is_empty
from khabarayn.backup.files import named_files
from khabarayn.backup.refusal import BackupRefused, Damaged
from khabarayn.backup.restore import check, find_snapshot, restore
from khabarayn.settings import Settings, settings_of
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def empty(paper: Khabarayn, make_settings, request) -> Iterator[Settings]:
    """An empty house of the same kind, with another key."""
    if "postgresql" not in settings_of(paper.config).database:
        yield make_settings()
        return
    server, name = request.getfixturevalue("postgres"), f"r_{secrets.token_hex(6)}"
    administer(server, f"CREATE DATABASE {name}")
    yield make_settings(database_url=f"{server}/{name}")
    administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def put_back(settings: Settings, repository, name: str = "") -> Khabarayn:
    app = create_app(settings)
    with app.app_context():
        assert is_empty(settings)
        snapshot = find_snapshot(repository(), name)[1]
        try:
            restore(repository(), snapshot, settings, app.extensions["khabarayn.media"])
        finally:
            db.session.remove()
            db.engine.dispose()
    return app


def stays_empty(settings: Settings) -> bool:
    with create_app(settings).app_context():
        try:
            return is_empty(settings)
        finally:
            db.engine.dispose()


def pages(app: Khabarayn) -> dict[str, bytes]:
    """Return every public page and every file of the media store that the database names."""
    with app.app_context():
        addresses = ["/", "/latest", "/feed.xml", "/sitemap.xml", "/search?q=المكتبة"]
        addresses += [f"/a/{row}" for row in db.session.scalars(select(ArticleRow.public_id))]
        store = app.extensions["khabarayn.media"]
        found = {name: store.read(name) for name in named_files()}
        db.session.remove()
        db.engine.dispose()
    with time_machine.travel(NOON, tick=False):
        client = app.test_client()
        for address in addresses:
            answer = client.get(address, follow_redirects=True)
            assert answer.status_code == 200, address
            found[address] = answer.data
    with app.app_context():
        db.engine.dispose()
    return found


def test_every_address_answers_the_same_in_an_empty_house(paper, back_up, repository, empty):
    back_up()
    before = pages(paper)
    app = put_back(empty, repository)
    assert pages(app) == before
    theirs = settings_of(paper.config).data_dir
    assert (empty.data_dir / "edition.key").read_bytes() == (theirs / "edition.key").read_bytes()
    assert not stays_empty(empty)


def test_a_restore_that_was_cut_off_is_gone_on_with(paper, back_up, repository, empty, monkeypatch):
    back_up()
    put, calls = restoring._put_file, []

    def cut_off(*given):
        calls.append(given)
        if len(calls) > 3:
            raise KeyboardInterrupt
        put(*given)

    monkeypatch.setattr(restoring, "_put_file", cut_off)
    with pytest.raises(KeyboardInterrupt):
        put_back(empty, repository)
    # No half paper: there is none yet.
    assert stays_empty(empty)
    monkeypatch.setattr(restoring, "_put_file", put)
    assert pages(put_back(empty, repository)) == pages(paper)


def test_one_flipped_byte_of_a_picture_is_refused_by_name(back_up, repository, place, empty):
    made = back_up()
    opened = repository()
    assert list(check(opened, made.snapshot)) == []
    bucket = next(iter(made.snapshot.buckets.values()))
    file = restoring.files_of(opened, bucket)[0]
    path = place / "objects" / file.object[:2] / file.object
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    (fault,) = check(repository(), made.snapshot)
    assert (fault.error.code, fault.files) == ("damaged", (file.name,))
    with pytest.raises(Damaged, match="damaged"):
        put_back(empty, repository)
    assert stays_empty(empty)


def test_one_flipped_byte_of_the_database_leaves_no_database(back_up, repository, place, empty):
    made = back_up()
    number = made.snapshot.database[-1]
    path = place / "objects" / number[:2] / number
    path.write_bytes(path.read_bytes()[:-1])
    assert [fault.error.code for fault in check(repository(), made.snapshot)] == ["damaged"]
    with pytest.raises(Damaged):
        put_back(empty, repository)
    assert stays_empty(empty)


def test_no_key_is_written_elsewhere_than_into_the_data_folder(
    paper, back_up, repository, empty, tmp_path
):
    made = back_up()
    opened = repository()
    keys = {**made.snapshot.keys, "../elsewhere.key": opened.put(b"not ours")}
    opened.write_snapshot(replace(made.snapshot, keys=keys, at=NOON.replace(year=2030)))
    put_back(empty, repository)
    assert not (empty.data_dir.parent / "elsewhere.key").exists()
    assert (empty.data_dir / "edition.key").exists()


def test_a_snapshot_is_chosen_by_how_its_name_begins(paper, back_up, repository, place):
    first = back_up()
    with time_machine.travel(NOON.replace(year=2027), tick=False):
        second = back_up()
    assert find_snapshot(repository())[0] == second.name
    assert find_snapshot(repository(), first.name[:14])[0] == first.name
    with pytest.raises(BackupRefused, match="no_snapshot"):
        find_snapshot(repository(), "1999")
    # The newest cannot be read: without a wish the one before it is taken.
    (place / "snapshots" / f"{second.name}.json").write_bytes(b"torn")
    assert find_snapshot(repository())[0] == first.name
    with pytest.raises(Damaged):
        find_snapshot(repository(), second.name)


def test_another_engine_and_a_full_disk_are_told_first_and_another_key_is_put_aside(
    paper, back_up, repository, empty, monkeypatch
):
    made = back_up()
    media = paper.extensions["khabarayn.media"]
    other = "sqlite" if "postgresql" in empty.database else "postgresql"
    with pytest.raises(BackupRefused, match="other_engine"):
        restore(repository(), replace(made.snapshot, engine=other), empty, media)
    monkeypatch.setattr(
        restoring.shutil, "disk_usage", lambda _path: type("Usage", (), {"free": 1024})
    )
    with pytest.raises(BackupRefused, match="no_room"):
        restore(repository(), made.snapshot, empty, media)
    monkeypatch.undo()
    # What a house that was only begun had made for itself is put aside, not lost.
    (empty.data_dir / "edition.key").write_bytes(b"another")
    put_back(empty, repository)
    assert (empty.data_dir / "edition.key.before-restore").read_bytes() == b"another"
