"""What a paper was at one moment, as ids of objects."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

_STAMP = "%Y%m%dt%H%M%Sz"


@dataclass(frozen=True)
class Bucket:
    """The files whose folder falls into one of 256 buckets. ``object`` lists them, a line of JSON
    each: name, size in bytes, object; ``names`` is the digest of their names, sorted."""

    object: str
    names: str
    files: int
    bytes: int


@dataclass(frozen=True)
class Snapshot:
    """``database`` are the pieces of the database in their order, ``database_bytes`` their size
    before they were squeezed; ``buckets`` the files by bucket («00» to «ff»); ``keys`` the files of
    the data folder that nothing can be read without, by name; ``missing`` names that the database
    knows and the store did not have."""

    at: datetime
    engine: str
    schema: str
    stories: int
    database: tuple[str, ...]
    database_bytes: int
    buckets: Mapping[str, Bucket]
    keys: Mapping[str, str]
    missing: tuple[str, ...] = ()

    @property
    def stamp(self) -> str:
        """The moment in UTC as names of files hold it: «20261201t014500z»."""
        return stamp_of(self.at)

    @property
    def files(self) -> int:
        """How many files of the media store it holds."""
        return sum(bucket.files for bucket in self.buckets.values())

    @property
    def bytes(self) -> int:
        """What it puts back: database and files, in bytes."""
        return self.database_bytes + sum(bucket.bytes for bucket in self.buckets.values())

    def to_json(self) -> str:
        """Return the snapshot as JSON."""
        return json.dumps({**asdict(self), "at": self.at.isoformat()}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Snapshot:
        """Return a snapshot from its JSON. Raises ``ValueError``, ``KeyError`` or ``TypeError``."""
        plain = cls(**json.loads(text))
        return replace(
            plain,
            at=datetime.fromisoformat(str(plain.at)),
            database=tuple(plain.database),
            missing=tuple(plain.missing),
            buckets={key: Bucket(**value) for key, value in plain.buckets.items()},  # type: ignore[arg-type]
        )


def stamp_of(moment: datetime) -> str:
    """Return a moment as names of files hold it, to the second."""
    return moment.astimezone(UTC).strftime(_STAMP)


def moment_of(name: str) -> datetime:
    """Return when the snapshot of this name was taken.

    >>> moment_of("20261201t014500z-0123456789abcdef").isoformat()
    '2026-12-01T01:45:00+00:00'
    """
    return datetime.strptime(name.partition("-")[0], _STAMP).replace(tzinfo=UTC)
