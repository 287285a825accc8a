"""Restore a paper from a snapshot, and check that a snapshot is whole."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from khabarayn.backup.database import engine_of, put_back
from khabarayn.backup.files import File, files_of
from khabarayn.backup.refusal import BackupRefused, Damaged
from khabarayn.backup.repository import Repository
from khabarayn.backup.snapshot import Snapshot
from khabarayn.backup.take import KEYS
from khabarayn.edition import container, epub
from khabarayn.media.folder import FolderStore
from khabarayn.media.port import MediaStore
from khabarayn.settings import KEY_FILE, Settings, write_once

_MIMES = {
    "avif": "image/avif",
    "webp": "image/webp",
    "jpg": "image/jpeg",
    "png": "image/png",
    "epub": epub.MIME,
    "khb": container.MIME,
}
# Bytes of free space that are asked for beyond what the snapshot needs: indexes grow.
_SPARE = 64 * 1024**2
Advance = Callable[[int, int], None]


@dataclass(frozen=True)
class Fault:
    """What `check` saw: the refusal, and up to five names of files that cannot be put back."""

    error: BackupRefused
    files: tuple[str, ...] = ()


def find_snapshot(repository: Repository, at: str = "") -> tuple[str, Snapshot]:
    """Return the newest snapshot whose name begins with ``at``, with its name.

    Without ``at`` one that cannot be read is passed over. Raises `BackupRefused`.
    """
    names = [name for name in repository.names() if name.startswith(at)]
    if not names:
        raise BackupRefused("no_snapshot", at=at)
    for name in names:
        try:
            return name, repository.snapshot(name)
        except Damaged:
            if at:
                raise
    raise Damaged(names[0])


def restore(
    repository: Repository,
    snapshot: Snapshot,
    settings: Settings,
    media: MediaStore,
    advance: Advance = lambda _count, _of: None,
) -> None:
    """Put files, keys and database back where ``settings`` say; the caller has seen that there is
    no database yet.

    The database comes last and whole: a run that was cut off leaves none, and the next goes on
    where it stopped. Raises `Damaged` with the name of what cannot be read, `BackupRefused`,
    `MediaStoreError`.
    """
    if snapshot.engine != engine_of(settings):
        raise BackupRefused("other_engine", theirs=snapshot.engine, ours=engine_of(settings))
    _refuse_without_room(snapshot, settings, media)
    with media.bulk():
        _put_files(repository, snapshot, media, advance)
    for name, number in snapshot.keys.items():
        # A forged backup must not name a file outside the media store.
        if name not in KEYS or (name == KEY_FILE and settings.secret_key):
            continue
        _put_key(settings.data_dir / name, repository.read(number))
    put_back(settings, map(repository.read, snapshot.database))


def check(
    repository: Repository, snapshot: Snapshot, advance: Advance = lambda _count, _of: None
) -> Iterator[Fault]:
    """Read all that a snapshot needs; yield what is damaged or missing."""
    total = snapshot.files + len(snapshot.database) + len(snapshot.keys)
    count = 0
    for number in (*snapshot.database, *snapshot.keys.values()):
        fault = _fault(repository, number)
        if fault:
            yield fault
        count += 1
        advance(count, total)
    for bucket in snapshot.buckets.values():
        try:
            files = files_of(repository, bucket)
        except Damaged as error:
            yield Fault(error)
            count += bucket.files
            continue
        for file in files:
            fault = _fault(repository, file.object, file.name)
            if fault:
                yield fault
            count += 1
            advance(count, total)


def _fault(repository: Repository, number: str, *names: str) -> Fault | None:
    try:
        repository.read(number)
    except Damaged as error:
        return Fault(error, names)
    return None


def _put_files(
    repository: Repository, snapshot: Snapshot, media: MediaStore, advance: Advance
) -> None:
    count = 0
    for bucket in snapshot.buckets.values():
        for file in files_of(repository, bucket):
            _put_file(repository, file, media)
            count += 1
            advance(count, snapshot.files)


def _put_file(repository: Repository, file: File, media: MediaStore) -> None:
    data = repository.read(file.object)
    if media.exists(file.name) and media.read(file.name) == data:
        return
    ending = file.name.rpartition(".")[2]
    media.put(file.name, data, _MIMES.get(ending, "application/octet-stream"))


def _put_key(path: Path, content: bytes) -> None:
    """Write a key file; a different one that is there already is renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.read_bytes() != content:
        path.replace(path.with_name(f"{path.name}.before-restore"))
    write_once(path, content)


def _refuse_without_room(snapshot: Snapshot, settings: Settings, media: MediaStore) -> None:
    room = _SPARE
    if engine_of(settings) == "sqlite":
        room += snapshot.database_bytes
    if isinstance(media, FolderStore):
        room += snapshot.bytes - snapshot.database_bytes
        room -= sum(size for _, size in media.sizes()) if media.root.is_dir() else 0
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.data_dir).free
    if free < room:
        raise BackupRefused("no_room", needed=str(room // 1024**2), free=str(free // 1024**2))
