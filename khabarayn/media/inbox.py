"""Unfinished uploads: pieces that have arrived are durable, so an upload can be resumed."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from khabarayn.media.refusal import MAX_BYTES, PictureRefused
from khabarayn.settings import Settings

PIECE = 1024 * 1024
MOST_OPEN = 40
SPARE = 200 * 1024 * 1024
KEEP_SECONDS = 24 * 3600
_TOKEN = 32


def uploads_folder(settings: Settings) -> Path:
    """Return the folder for uploads that are not finished."""
    return settings.data_dir / "uploads"


@dataclass(frozen=True)
class Incoming:
    """A file of ``size`` bytes, of which ``offset`` are here."""

    token: str
    name: str
    size: int
    offset: int

    @property
    def whole(self) -> bool:
        """Whether every byte of the file has arrived."""
        return self.offset == self.size


class NotHere(LookupError):
    """There is no such upload, or it belongs to somebody else."""


class Elsewhere(ValueError):
    """The piece does not begin where the last one ended; ``offset`` is where it must."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


class Inbox:
    """Keeps half-sent files in ``folder``, each known to its owner alone.

    Beginning the same file again (same owner, name, size and ``key``) leads to what is here of
    it: so an upload goes on after a crash of either side, without anything kept in the browser.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self, owner: str, name: str, size: int, key: str) -> Incoming:
        """Start an upload, or find the one that was started, and return the offset to continue
        from. Raises `PictureRefused`."""
        if not 0 < size <= MAX_BYTES:
            raise PictureRefused("size", size=size)
        identity = json.dumps([owner, name, size, key]).encode()
        token = hashlib.sha256(identity).hexdigest()[:_TOKEN]
        about = self.folder / f"{token}.json"
        if not about.exists():
            self._room(owner, size)
            data = self.folder / f"{token}.part"
            data.touch()
            waiting = self.folder / f"{token}.{os.getpid()}"
            waiting.write_text(
                json.dumps({"owner": owner, "name": name, "size": size}, ensure_ascii=False),
                "utf-8",
            )
            waiting.replace(about)
        return self.state(owner, token)

    def state(self, owner: str, token: str) -> Incoming:
        """Return how much of a file has come. Raises `NotHere`."""
        about = self._about(owner, token)
        try:
            offset = (self.folder / f"{token}.part").stat().st_size
        except FileNotFoundError as error:
            raise NotHere(token) from error
        return Incoming(token, about["name"], about["size"], offset)

    def append(self, owner: str, token: str, offset: int, piece: bytes) -> Incoming:
        """Store ``piece``, which begins at ``offset``; it is durable when this returns.

        Raises `NotHere`, `Elsewhere`, or `PictureRefused` (too much, or no room).
        """
        about = self._about(owner, token)
        try:
            with (self.folder / f"{token}.part").open("r+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                here = file.seek(0, os.SEEK_END)
                if here != offset:
                    raise Elsewhere(here)
                if here + len(piece) > about["size"]:
                    raise PictureRefused("overrun")
                file.write(piece)
                file.flush()
                os.fsync(file.fileno())
        except FileNotFoundError as error:
            raise NotHere(token) from error
        except OSError as error:
            if error.errno in {errno.ENOSPC, errno.EDQUOT}:
                raise PictureRefused("no_room") from error
            raise
        return Incoming(token, about["name"], about["size"], offset + len(piece))

    def read(self, owner: str, token: str) -> bytes:
        """Return the whole file. Raises `NotHere` when it has not all come."""
        state = self.state(owner, token)
        if not state.whole:
            raise NotHere(token)
        return (self.folder / f"{token}.part").read_bytes()

    def drop(self, owner: str, token: str) -> None:
        """Delete an upload. Raises `NotHere`."""
        self._about(owner, token)
        for ending in ("json", "part"):
            (self.folder / f"{token}.{ending}").unlink(missing_ok=True)

    def sweep(self, older: float = KEEP_SECONDS) -> int:
        """Delete what nobody has gone on with for ``older`` seconds; return how many files."""
        if not self.folder.is_dir():
            return 0
        oldest = time.time() - older
        count = 0
        for path in list(self.folder.iterdir()):
            newest = max(
                (p.stat().st_mtime for p in self.folder.glob(f"{path.stem}.*") if p.exists()),
                default=0.0,
            )
            if newest < oldest:
                path.unlink(missing_ok=True)
                count += path.suffix == ".part"
        return count

    def _about(self, owner: str, token: str) -> dict[str, Any]:
        if len(token) != _TOKEN or not token.isalnum() or not token.isascii():
            raise NotHere(token[:_TOKEN])
        try:
            about = json.loads((self.folder / f"{token}.json").read_text("utf-8"))
        except FileNotFoundError as error:
            raise NotHere(token) from error
        if about["owner"] != owner:
            raise NotHere(token)
        return about

    def _room(self, owner: str, size: int) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        open_ = 0
        for path in self.folder.glob("*.json"):
            try:
                open_ += json.loads(path.read_text("utf-8"))["owner"] == owner
            except FileNotFoundError:
                continue
        if open_ >= MOST_OPEN:
            raise PictureRefused("too_many_open")
        if shutil.disk_usage(self.folder).free < size + SPARE:
            raise PictureRefused("no_room")
