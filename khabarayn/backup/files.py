"""The files that the database names, by bucket, and what a snapshot holds of them."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from khabarayn.backup.refusal import Damaged
from khabarayn.backup.repository import Repository
from khabarayn.backup.snapshot import Bucket
from khabarayn.media.port import MediaStore, checked_name
from khabarayn.store.db import db
from khabarayn.store.models import EditionRow, MediaRow

# Of these one is the picture as it came in, by the endings that `khabarayn.media.child` writes.
_ORIGINAL = {"image/png": "original.png", "image/webp": "original.webp"}


@dataclass(frozen=True)
class File:
    """A file of the media store: its name there, its size in bytes and the object that holds it."""

    name: str
    size: int
    object: str


def named_files() -> Iterator[str]:
    """Yield the name of each file that the database needs: pictures and editions."""
    pictures = select(MediaRow.public_id, MediaRow.folder, MediaRow.mime, MediaRow.renditions)
    for row in db.session.execute(pictures.execution_options(yield_per=500)):
        yield f"{row.public_id}/{_ORIGINAL.get(row.mime, 'original.jpg')}"
        for rendition in row.renditions:
            yield f"{row.folder}/{rendition['name']}"
    editions = select(EditionRow.text_file, EditionRow.full_file, EditionRow.epub_file)
    for row in db.session.execute(editions):
        yield from filter(None, row)


def by_bucket(names: Iterator[str]) -> dict[str, list[str]]:
    """Return the names sorted into buckets: a picture's files fall into the same one or two."""
    buckets: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        folder = name.rpartition("/")[0]
        buckets[hashlib.sha256(folder.encode()).hexdigest()[:2]].add(name)
    return {bucket: sorted(buckets[bucket]) for bucket in sorted(buckets)}


def files_of(repository: Repository, bucket: Bucket) -> list[File]:
    """Return the files that a snapshot's bucket lists. Raises `Damaged`."""
    text = repository.read(bucket.object)
    try:
        files = [File(*json.loads(line)) for line in text.splitlines()]
        for file in files:
            checked_name(file.name)
        return files
    except (ValueError, TypeError):
        raise Damaged(bucket.object) from None


@dataclass
class FileCopier:
    """Copies files into ``repository`` that the last snapshot (``before``) does not hold.

    A file never changes under its name, so one that was copied is not read again; with
    ``whole`` each is. ``missing`` gathers names that the database knows and ``store`` lacks.
    """

    store: MediaStore
    repository: Repository
    before: Mapping[str, Bucket]
    whole: bool
    advance: Callable[[int], None]
    missing: list[str]

    def copy(self, number: str, names: list[str]) -> Bucket:
        """Return the bucket ``number`` with all of ``names``."""
        digest = hashlib.sha256("\n".join(names).encode()).hexdigest()[:32]
        before = self.before.get(number)
        if before and before.names == digest and not self.whole:
            self.advance(len(names))
            return before
        previous = {} if self.whole or not before else self._files_of(before)
        files: list[File] = []
        for name in names:
            file = previous.get(name) or self._copy(name)
            if file:
                files.append(file)
            self.advance(1)
        lines = "\n".join(json.dumps([f.name, f.size, f.object]) for f in files)
        # A file that was missing is looked for again the next time.
        names_digest = digest if len(files) == len(names) else ""
        return Bucket(
            object=self.repository.put(lines.encode(), squeeze=True, again=self.whole),
            names=names_digest,
            files=len(files),
            bytes=sum(file.size for file in files),
        )

    def _files_of(self, before: Bucket) -> dict[str, File]:
        try:
            return {file.name: file for file in files_of(self.repository, before)}
        except Damaged:
            return {}

    def _copy(self, name: str) -> File | None:
        data = self.store.read(name)
        if data is None:
            self.missing.append(name)
            return None
        return File(name, len(data), self.repository.put(data, again=self.whole))
