"""Objects are what their names say, whether they are encrypted or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from backup.conftest import KEY

from khabarayn.backup.refusal import BackupRefused, Damaged
from khabarayn.backup.repository import Repository
from khabarayn.backup.snapshot import Bucket, Snapshot
from khabarayn.media.folder import FolderStore
from khabarayn.media.store import open_store

SNAPSHOT = Snapshot(
    at=datetime(2026, 12, 1, 1, 45, tzinfo=UTC),
    engine="sqlite",
    schema="0014",
    stories=2,
    database=("00" * 32,),
    database_bytes=7,
    buckets={"3f": Bucket("11" * 32, "22", 1, 5)},
    keys={"secret.key": "33" * 32},
)


@pytest.fixture(params=["", KEY], ids=["plain", "encrypted"])
def repository(request: pytest.FixtureRequest, tmp_path: Path) -> Repository:
    made = Repository(FolderStore(tmp_path / "backup"), request.param)
    made.open(make=True)
    return made


def files(repository: Repository, prefix: str) -> list[Path]:
    store = repository.store
    assert isinstance(store, FolderStore)
    return [store.root / name for name in store.names(prefix)]


def test_what_is_kept_is_read_again_and_kept_once(repository: Repository) -> None:
    text = "خبر ".encode() * 500
    number = repository.put(text, squeeze=True)
    assert repository.put(text) == number
    (path,) = files(repository, "objects/")
    assert path.stat().st_size < 200
    assert repository.read(number) == text
    assert list(repository.objects()) == [number]
    assert repository.read(repository.put(b"")) == b""


def test_a_flipped_bit_is_refused_by_name(repository: Repository) -> None:
    number = repository.put(b"a picture")
    (path,) = files(repository, "objects/")
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(Damaged, match="damaged") as caught:
            repository.read(number)
        assert caught.value.name == f"objects/{number[:2]}/{number}"
    # A run that reads everything anew writes it again.
    repository.put(b"a picture", again=True)
    assert repository.read(number) == b"a picture"
    path.unlink()
    with pytest.raises(Damaged, match="missing"):
        repository.read(number)


def test_a_snapshot_is_what_was_written_and_a_changed_one_is_refused(
    repository: Repository,
) -> None:
    name = repository.write_snapshot(SNAPSHOT)
    assert name.startswith("20261201t014500z-")
    assert repository.snapshot(name) == SNAPSHOT
    later = repository.write_snapshot(replace(SNAPSHOT, at=datetime(2026, 12, 2, tzinfo=UTC)))
    assert repository.names() == [later, name]
    path = files(repository, f"snapshots/{name}")[0]
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(Damaged):
        repository.snapshot(name)
    repository.forget(name)
    assert repository.names() == [later]


def test_nobody_reads_an_encrypted_backup_without_its_key(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "backup")
    made = Repository(store, KEY)
    made.open(make=True)
    made.put(b"the hash of a password")
    made.write_snapshot(SNAPSHOT)
    for name in store.names():
        assert b"password" not in (store.read(name) or b"")
        assert b"sqlite" not in (store.read(name) or b"")
    for key, code in (("", "key_missing"), (KEY + "!", "wrong_key")):
        with pytest.raises(BackupRefused, match=code):
            Repository(store, key).open(make=False)
    Repository(store, KEY).open(make=False)


@pytest.mark.parametrize(
    ("header", "code"),
    [(b"[]", "damaged"), (b"{}", "damaged"), (b'{"format": 2}', "other_format")],
)
def test_what_is_no_backup_of_ours_is_refused(tmp_path: Path, header: bytes, code: str) -> None:
    store = FolderStore(tmp_path / "backup")
    with pytest.raises(BackupRefused, match="nothing_there"):
        Repository(store).open(make=False)
    store.put("letters/a.txt", b"somebody's", "text/plain")
    with pytest.raises(BackupRefused, match="something_else_there"):
        Repository(store).open(make=True)
    store.put("repository.json", header, "application/json")
    with pytest.raises(BackupRefused, match=code):
        Repository(store).open(make=True)


def test_a_plain_backup_does_not_become_an_encrypted_one(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "backup")
    Repository(store).open(make=True)
    with pytest.raises(BackupRefused, match="key_not_needed"):
        Repository(store, KEY).open(make=True)


def test_a_bucket_keeps_what_a_folder_keeps(s3: str) -> None:
    made = Repository(open_store(s3), KEY)
    made.open(make=True)
    with made.bulk():
        number = made.put(b"piece", squeeze=True)
    name = made.write_snapshot(SNAPSHOT)
    again = Repository(open_store(s3), KEY)
    again.open(make=False)
    assert again.read(number) == b"piece"
    assert again.snapshot(name) == SNAPSHOT
    again.delete(number)
    assert list(again.objects()) == []
