"""The port of the media stores: what a folder and a bucket both can do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Protocol

_NAME = re.compile(r"(?!.*\.\.)[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*)*")
_LONGEST = 200


class MediaStoreError(Exception):
    """A picture could not be kept or fetched.

    ``code`` is a key of `khabarayn.messages.pictures.FAILURES`: full, folder, bucket.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class MediaStore(Protocol):
    """Files by name («k3f9/800.avif»), written whole or not at all, never changed in place."""

    def put(self, name: str, data: bytes, mime: str) -> None:
        """Keep ``data``; when this returns it survives a crash. Raises `MediaStoreError`."""
        ...

    def read(self, name: str) -> bytes | None:
        """Return the file, or None when there is none. Raises `MediaStoreError`."""
        ...

    def exists(self, name: str) -> bool:
        """Say whether there is a file of this name. Raises `MediaStoreError`."""
        ...

    def delete(self, name: str) -> None:
        """Remove the file; one that is not there is no error."""
        ...

    def names(self, prefix: str = "") -> Iterator[str]:
        """Yield the names that begin with ``prefix``, sorted."""
        ...

    def bulk(self) -> AbstractContextManager[None]:
        """Keep many files: what was `put` is durable when the context ends, not before. For a store
        that only one thread writes to."""
        ...

    def sizes(self) -> Iterator[tuple[str, int]]:
        """Yield every name with its size in bytes. Raises `MediaStoreError`."""
        ...


def checked_name(name: str) -> str:
    """Return ``name`` if it can name a file in any store; raises ``ValueError``.

    >>> checked_name("k3f9/16x9-800.avif")
    'k3f9/16x9-800.avif'
    >>> checked_name("../k3f9")
    Traceback (most recent call last):
    ValueError: not the name of a stored file: '../k3f9'
    """
    if len(name) > _LONGEST or not _NAME.fullmatch(name):
        raise ValueError(f"not the name of a stored file: {name!r}")
    return name
