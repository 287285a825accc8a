"""Take a snapshot of the paper while it is served."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select, text

from khabarayn.backup.database import engine_of, pieces_of
from khabarayn.backup.files import FileCopier, by_bucket, files_of, named_files
from khabarayn.backup.refusal import BackupRefused, Damaged
from khabarayn.backup.repository import Repository
from khabarayn.backup.snapshot import Snapshot, moment_of
from khabarayn.backup.thin import to_keep
from khabarayn.edition import seal
from khabarayn.media.folder import FolderStore
from khabarayn.media.port import MediaStore
from khabarayn.media.store import open_store
from khabarayn.settings import KEY_FILE, Settings
from khabarayn.store.db import db, now
from khabarayn.store.models import ArticleRow
from khabarayn.store.queries.cards import PUBLISHED
from khabarayn.store.schema import schema_of

# The files of the data folder that nothing can be read without.
KEYS = (KEY_FILE, seal.FILE)
# Objects that no snapshot needs are looked for this often.
SWEPT_EVERY = timedelta(days=1)
_LOCK = "backup.lock"
# The number of the advisory lock that PostgreSQL holds for whoever takes a snapshot.
_ADVISORY = 0x6B68_6162
Advance = Callable[[int, int], None]


@dataclass(frozen=True)
class Backup:
    """What was taken: the snapshot, its name, and how many older ones were thinned out."""

    name: str
    snapshot: Snapshot
    removals: int


def open_repository(where: str, settings: Settings, *, make: bool = False) -> Repository:
    """Open the backup at ``where`` (a folder or ``s3://bucket/prefix``). Raises `BackupRefused`."""
    try:
        store = open_store(where)
    except ValueError as error:
        raise BackupRefused("no_place", why=str(error)) from error
    if isinstance(store, FolderStore):
        _refuse_own_folders(store.root, settings)
        if make:
            # Holds password hashes and keys: readable by its owner alone.
            store.root.mkdir(parents=True, exist_ok=True)
            store.root.chmod(0o700)
    repository = Repository(store, settings.backup_key)
    repository.open(make=make)
    return repository


def take(
    repository: Repository,
    settings: Settings,
    media: MediaStore,
    *,
    whole: bool = False,
    advance: Advance = lambda _count, _of: None,
) -> Backup:
    """Take a snapshot into ``repository``, thin out older ones and return what was taken.

    Only what the last snapshot does not hold is written; with ``whole`` everything is read anew,
    and what is damaged or missing in the repository is written again. ``advance`` is told how many
    files of how many are done. Stopped at any moment, nothing is lost: what was written is found by
    the next run. Needs an application context. Raises `BackupRefused` or `MediaStoreError`.
    """
    with _alone(settings):
        before = _last(repository)
        at = now()
        with repository.bulk():
            # The database first: every file that it names was durable before its row was.
            pieces, size = _copy_database(repository, settings, whole)
            buckets = by_bucket(named_files())
            # A read transaction that is held while files are copied would let the log grow.
            db.session.rollback()
            copier = FileCopier(
                media,
                repository,
                before.buckets if before else {},
                whole,
                _counter(sum(map(len, buckets.values())), advance),
                missing=[],
            )
            files_by_bucket = {
                number: copier.copy(number, names) for number, names in buckets.items()
            }
            contents = _keys(settings)
            keys = {name: repository.put(data, again=whole) for name, data in contents.items()}
        snapshot = Snapshot(
            at=at,
            engine=engine_of(settings),
            schema=_schema(),
            stories=db.session.scalar(select(func.count(ArticleRow.id)).where(PUBLISHED)) or 0,
            database=pieces,
            database_bytes=size,
            buckets=files_by_bucket,
            keys=keys,
            missing=tuple(_still_named(copier.missing)),
        )
        db.session.rollback()
        return Backup(repository.write_snapshot(snapshot), snapshot, thin(repository, at))


def _copy_database(
    repository: Repository, settings: Settings, whole: bool
) -> tuple[tuple[str, ...], int]:
    """Return the objects that hold the database in their order, and its size in bytes."""
    pieces: list[str] = []
    size = 0
    with pieces_of(settings) as database:
        for piece in database:
            pieces.append(repository.put(piece, squeeze=True, again=whole))
            size += len(piece)
    return tuple(pieces), size


def _schema() -> str:
    with db.engine.connect() as connection:
        return schema_of(connection).at or ""


def _counter(total: int, advance: Advance) -> Callable[[int], None]:
    """Return a function that is told of further files and tells ``advance`` how many of how many
    there are."""
    count = 0

    def step(number: int) -> None:
        nonlocal count
        count += number
        advance(count, total)

    return step


def thin(repository: Repository, at: datetime) -> int:
    """Delete the snapshots that need not stay, and once a day what none needs any more; return how
    many snapshots were deleted."""
    moments = {name: moment_of(name) for name in repository.names()}
    stay = to_keep(moments.values(), at)
    old = [name for name, moment in moments.items() if moment not in stay]
    for name in old:
        repository.forget(name)
    if old and repository.swept_at() + SWEPT_EVERY <= at:
        sweep(repository)
        repository.note_sweep(at)
    return len(old)


def sweep(repository: Repository) -> int:
    """Delete the objects that no snapshot needs; return how many.

    A snapshot that cannot be read might need any of them: then none is deleted.
    """
    names_in_use: set[str] = set()
    lists: set[str] = set()
    try:
        for name in repository.names():
            snapshot = repository.snapshot(name)
            names_in_use.update(snapshot.database, snapshot.keys.values())
            for bucket in snapshot.buckets.values():
                if bucket.object not in lists:
                    lists.add(bucket.object)
                    names_in_use.update(file.object for file in files_of(repository, bucket))
    except Damaged:
        return 0
    names_in_use |= lists
    over = [number for number in repository.objects() if number not in names_in_use]
    for number in over:
        repository.delete(number)
    return len(over)


def _last(repository: Repository) -> Snapshot | None:
    """Return the newest snapshot that can be read."""
    for name in repository.names():
        try:
            return repository.snapshot(name)
        except Damaged:
            continue
    return None


def _keys(settings: Settings) -> dict[str, bytes]:
    """Return the key files of the data folder by name; without a secret that is a setting."""
    names = (seal.FILE,) if settings.secret_key else KEYS
    paths = [settings.data_dir / name for name in names]
    return {path.name: path.read_bytes() for path in paths if path.is_file()}


def _still_named(missing: list[str]) -> list[str]:
    """Return those of the missing files that were not deleted meanwhile together with their row."""
    if not missing:
        return []
    db.session.rollback()
    names = set(named_files())
    return [name for name in missing if name in names]


def _refuse_own_folders(root: Path, settings: Settings) -> None:
    """Raise when a backup would lie among what it copies, or inside the database's own folder."""
    place = root.resolve()
    media = open_store(settings.media)
    for own in (settings.data_dir.resolve(), *_folder_of(media)):
        if place == own or (own in place.parents and own != settings.data_dir.resolve()):
            raise BackupRefused("own_folder", folder=str(own))


def _folder_of(media: MediaStore) -> Mapping[Path, None]:
    return {media.root.resolve(): None} if isinstance(media, FolderStore) else {}


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """Let one process take a snapshot at a time. Raises `BackupRefused`."""
    path = settings.data_dir / _LOCK
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupRefused("under_way") from None
        if engine_of(settings) == "sqlite":
            yield
            return
        # Several machines may share one PostgreSQL and one bucket.
        with db.engine.connect() as connection:
            lock = text("SELECT pg_try_advisory_lock(:number)")
            if not connection.scalar(lock, {"number": _ADVISORY}):
                raise BackupRefused("under_way")
            connection.commit()
            try:
                yield
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(:n)"), {"n": _ADVISORY})
                connection.commit()
