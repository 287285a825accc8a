"""A consistent copy of the database while the site writes, and the way back from it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import IO

from sqlalchemy import URL, inspect, make_url

from khabarayn.backup.refusal import BackupRefused
from khabarayn.settings import Settings
from khabarayn.store.db import db

# SQLite changes pages in place, so most pieces of fixed length equal those of the last snapshot.
PIECE = 256 * 1024
# An inserted line shifts a dump, so it is cut behind lines chosen by their own checksum.
_LEAST, _MOST, _ONE_IN = 64 * 1024, 1024 * 1024, 1023
_SECONDS = 3600


def engine_of(settings: Settings) -> str:
    """Return «sqlite» or «postgresql»."""
    return make_url(settings.database).get_backend_name()


def sqlite_file(settings: Settings) -> Path:
    """Return where the SQLite file of these settings lies."""
    return Path(make_url(settings.database).database or "")


@contextmanager
def pieces_of(settings: Settings) -> Iterator[Iterator[bytes]]:
    """Yield the database as it is at one moment, in pieces; the site goes on writing meanwhile.

    SQLite is copied beside its file first, by its own online backup; PostgreSQL is asked by
    pg_dump. Raises `BackupRefused`.
    """
    if engine_of(settings) == "sqlite":
        path = sqlite_file(settings)
        copy = path.with_name(f"{path.name}.backup")
        try:
            copy_sqlite(path, copy)
            with copy.open("rb") as file:
                yield iter(lambda: file.read(PIECE), b"")
        finally:
            copy.unlink(missing_ok=True)
    else:
        yield _dump(make_url(settings.database))


def put_back(settings: Settings, pieces: Iterable[bytes]) -> None:
    """Make the database from its pieces, where there is none or an empty one.

    Whole or not at all. Raises `BackupRefused`.
    """
    if engine_of(settings) == "sqlite":
        _put_back_file(sqlite_file(settings), pieces)
    else:
        _put_back_dump(make_url(settings.database), pieces)


def is_empty(settings: Settings) -> bool:
    """Say whether there is no database yet, or one without tables. Needs an application context."""
    if engine_of(settings) == "sqlite" and not sqlite_file(settings).exists():
        return True
    return not inspect(db.engine).get_table_names()


def put_aside(settings: Settings, name: str) -> Path:
    """Rename an SQLite file and what belongs to it, so that another can take its place.

    Returns where it is.
    """
    path = sqlite_file(settings)
    aside = path.with_name(f"{path.name}.{name}")
    for ending in ("-wal", "-shm", ""):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.replace(aside.with_name(aside.name + ending))
    return aside


def copy_sqlite(path: Path, copy: Path) -> None:
    """Copy an SQLite file as it is at one moment, also while the site writes; readable by its owner
    alone, whole or not at all. Raises `BackupRefused`."""
    part = copy.with_name(f"{copy.name}.part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT, 0o600))
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as target:
            source.backup(target)
        part.replace(copy)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise BackupRefused("no_copy", why=str(error)) from error


def _put_back_file(path: Path, pieces: Iterable[bytes]) -> None:
    part = path.with_name(f"{path.name}.restored")
    part.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    with closing(sqlite3.connect(part)) as connection:
        try:
            words = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
        except sqlite3.DatabaseError as error:
            words = str(error)
    if words != "ok":
        raise BackupRefused("database_damaged", why=words)
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    part.replace(path)


def _dump(url: URL) -> Iterator[bytes]:
    """Yield what pg_dump writes, cut so that unchanged stretches of lines are unchanged pieces."""
    words = ("--format=plain", "--no-owner", "--no-privileges", "--no-security-labels")
    with _client("pg_dump", url, *words) as (process, log):
        assert process.stdout is not None
        yield from split_pieces(process.stdout)
        _check_exit(process, log, "no_copy")


def split_pieces(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield lines joined to pieces of 64 KiB to a few MiB, cut behind lines chosen by their own
    checksum: what is put in or taken out changes the piece that it is in, and no other."""
    piece = bytearray()
    for line in lines:
        piece += line
        is_boundary = len(piece) >= _LEAST and zlib.crc32(line) & _ONE_IN == 0
        if is_boundary or len(piece) >= _MOST:
            yield bytes(piece)
            piece.clear()
    if piece:
        yield bytes(piece)


def _put_back_dump(url: URL, pieces: Iterable[bytes]) -> None:
    words = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
    with _client("psql", url, *words) as (process, log):
        assert process.stdin is not None
        try:
            for piece in pieces:
                process.stdin.write(piece)
            process.stdin.close()
        except BrokenPipeError:
            # It has ended with an error, which is read below.
            pass
        except BaseException:
            # A piece cannot be read: psql, killed before its input ends, commits nothing.
            process.kill()
            raise
        _check_exit(process, log, "database_damaged")


@contextmanager
def _client(
    program: str, url: URL, *words: str
) -> Iterator[tuple[subprocess.Popen[bytes], IO[bytes]]]:
    """Start one of PostgreSQL's own programs; the password is passed in its environment. Yields the
    process and the file of its errors."""
    if shutil.which(program) is None:
        raise BackupRefused("no_program", program=program)
    environ = os.environ | {
        "PGHOST": url.host or "",
        "PGPORT": str(url.port or 5432),
        "PGUSER": url.username or "",
        "PGPASSWORD": str(url.password or ""),
        "PGDATABASE": url.database or "",
        "PGOPTIONS": "-c statement_timeout=0",
    }
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [program, *words],
            env={name: value for name, value in environ.items() if value},
            stdin=subprocess.PIPE if program == "psql" else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if program == "psql" else subprocess.PIPE,
            stderr=log,
        )
        try:
            yield process, log
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with suppress(BrokenPipeError):
                    if pipe:
                        pipe.close()


def _check_exit(process: subprocess.Popen[bytes], log: IO[bytes], code: str) -> None:
    """Wait for a program of PostgreSQL; raise `BackupRefused` where it failed."""
    if process.wait(_SECONDS):
        log.seek(0)
        lines = log.read(4000).decode("utf-8", "replace").strip().splitlines()
        raise BackupRefused(code, why=lines[0] if lines else str(process.returncode))
