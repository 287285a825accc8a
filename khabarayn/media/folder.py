"""Pictures in a folder: files are written atomically and are durable."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from khabarayn.media.port import MediaStoreError, checked_name

_TEMPORARY = ".tmp-"
_FULL = {errno.ENOSPC, errno.EDQUOT}


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _failure(error: OSError) -> MediaStoreError:
    if error.errno in _FULL:
        return MediaStoreError("full")
    return MediaStoreError("folder")


class FolderStore:
    """Keeps files under ``root``, which is made when it is first needed."""

    def __init__(self, root: str | Path) -> None:
        self.root = Path(root)
        self._in_bulk = False

    @contextmanager
    def bulk(self) -> Iterator[None]:
        """Write many files: they are durable together when the context ends, not one by one.

        For a store that only one thread writes to.
        """
        self._in_bulk = True
        try:
            yield
        finally:
            self._in_bulk = False
            os.sync()

    def _path(self, name: str) -> Path:
        return self.root / checked_name(name)

    def _make(self, folder: Path) -> None:
        if folder.is_dir():
            return
        self._make(folder.parent)
        folder.mkdir(exist_ok=True)
        if not self._in_bulk:
            _sync_folder(folder.parent)

    def put(self, name: str, data: bytes, mime: str) -> None:  # noqa: ARG002 (a folder has no types)
        """Write the file beside its place, sync it to the disk and rename it. Raises
        `MediaStoreError`, code «full» when the disk is."""
        path = self._path(name)
        temporary = path.with_name(f"{_TEMPORARY}{secrets.token_hex(8)}")
        try:
            self._make(path.parent)
            try:
                with temporary.open("xb") as out:
                    out.write(data)
                    out.flush()
                    if not self._in_bulk:
                        os.fsync(out.fileno())
                temporary.replace(path)
            finally:
                temporary.unlink(missing_ok=True)
            if not self._in_bulk:
                _sync_folder(path.parent)
        except OSError as error:
            raise _failure(error) from error

    def read(self, name: str) -> bytes | None:
        """Return the file, or None when there is none. Raises `MediaStoreError`."""
        try:
            return self._path(name).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
        except OSError as error:
            raise _failure(error) from error

    def exists(self, name: str) -> bool:
        """Say whether there is a file of this name."""
        return self._path(name).is_file()

    def delete(self, name: str) -> None:
        """Remove the file; one that is not there is no error. Raises `MediaStoreError`."""
        path = self._path(name)
        try:
            path.unlink(missing_ok=True)
            if path.parent.is_dir():
                _sync_folder(path.parent)
        except OSError as error:
            raise _failure(error) from error

    def names(self, prefix: str = "") -> Iterator[str]:
        """Yield the names that begin with ``prefix``, sorted; files that are still being written
        are left out."""
        folder = self.root / prefix.rpartition("/")[0]
        all_names = (
            path.relative_to(self.root).as_posix()
            for path in folder.rglob("*")
            if not path.name.startswith(_TEMPORARY) and path.is_file()
        )
        yield from sorted(name for name in all_names if name.startswith(prefix))

    def sizes(self) -> Iterator[tuple[str, int]]:
        """Yield every name with its size in bytes."""
        for path in self.root.rglob("*"):
            if not path.name.startswith(_TEMPORARY) and path.is_file():
                yield path.relative_to(self.root).as_posix(), path.stat().st_size
