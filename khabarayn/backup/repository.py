"""Where backups are kept: objects by the digest of their content, snapshots by time.

Layout, names as `khabarayn.media.port` allows them::

    repository.json              format, and with a key the salt and a check of the key
    objects/3f/3f9a…             one piece of a database, a file, or a list of files
    snapshots/20261201t…-….json  what a paper was at that moment, as ids of objects
    swept/20261201t…             when objects that no snapshot needs were deleted last

Nothing is ever changed in place. An object that two snapshots need is kept once. Without a key an
object's id is the SHA-256 of its content; with one it is an HMAC, and content is AES-256-GCM: a
bucket's owner learns neither what is in it nor whether two papers hold the same picture.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from khabarayn.backup.refusal import BackupRefused, Damaged
from khabarayn.backup.snapshot import Snapshot, moment_of, stamp_of
from khabarayn.media.port import MediaStore

FORMAT = 1
HEADER = "repository.json"
OBJECTS, SNAPSHOTS, SWEEPS = "objects/", "snapshots/", "swept/"
_MIME = "application/octet-stream"
_NONCE = 12
_PLAIN, _ZLIB = b"\0", b"\1"
# A piece of a database unpacks to 1 MiB at most, a list of files to some megabytes.
_LARGEST = 1 << 28


class Repository:
    """Objects and snapshots in ``store``, encrypted where there is a ``key`` (any secret text)."""

    def __init__(self, store: MediaStore, key: str = "") -> None:
        self.store = store
        self._key = key
        self._cipher: AESGCM | None = None
        self._mac = b""

    def open(self, *, make: bool) -> None:
        """Read the header, or with ``make`` write one into an empty place.

        Raises `BackupRefused`: nothing there, something else there, another format, a wrong key.
        """
        header = self.store.read(HEADER)
        if header is None:
            if not make:
                raise BackupRefused("nothing_there")
            if next(iter(self.store.names()), None) is not None:
                raise BackupRefused("something_else_there")
            self._make()
            return
        try:
            fields: dict[str, Any] = json.loads(header)
            number, salt, check = fields["format"], fields.get("salt", ""), fields.get("check", "")
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Damaged(HEADER) from None
        if number != FORMAT:
            raise BackupRefused("other_format", format=str(number))
        if bool(salt) != bool(self._key):
            raise BackupRefused("key_missing" if salt else "key_not_needed")
        if salt and not hmac.compare_digest(self._derive(salt), check):
            raise BackupRefused("wrong_key")

    def put(self, data: bytes, *, squeeze: bool = False, again: bool = False) -> str:
        """Keep ``data`` unless it is there already; return its id.

        With ``again`` what is there is read, and written anew where it is damaged. Raises
        `MediaStoreError`.
        """
        number = self._id_of(data)
        name = _object(number)
        if not (self._is_whole(number) if again else self.store.exists(name)):
            compact = zlib.compress(data, 3) if squeeze else b""
            shorter = squeeze and len(compact) < len(data)
            self.store.put(
                name, self._seal(name, _ZLIB + compact if shorter else _PLAIN + data), _MIME
            )
        return number

    def _is_whole(self, number: str) -> bool:
        try:
            self.read(number)
        except Damaged:
            return False
        return True

    def read(self, number: str) -> bytes:
        """Return the content of an object, which is what its id says. Raises `Damaged`."""
        name = _object(number)
        body = self._open(name)
        data = _unpack(body)
        if data is None or not hmac.compare_digest(self._id_of(data), number):
            raise Damaged(name)
        return data

    def write_snapshot(self, snapshot: Snapshot) -> str:
        """Keep a snapshot, whose objects are durable by now; return its name."""
        text = snapshot.to_json().encode()
        name = f"{snapshot.stamp}-{hashlib.sha256(text).hexdigest()[:16]}"
        path = f"{SNAPSHOTS}{name}.json"
        self.store.put(path, self._seal(path, _ZLIB + zlib.compress(text, 6)), _MIME)
        return name

    def snapshot(self, name: str) -> Snapshot:
        """Return a snapshot by its name. Raises `Damaged`, also where it was never finished."""
        path = f"{SNAPSHOTS}{name}.json"
        text = _unpack(self._open(path))
        if text is None or hashlib.sha256(text).hexdigest()[:16] != name.rpartition("-")[2]:
            raise Damaged(path)
        try:
            return Snapshot.from_json(text.decode())
        except (ValueError, KeyError, TypeError):
            raise Damaged(path) from None

    def names(self) -> list[str]:
        """Return the names of all snapshots, the newest first."""
        paths = self.store.names(SNAPSHOTS)
        return sorted((p[len(SNAPSHOTS) :].removesuffix(".json") for p in paths), reverse=True)

    def objects(self) -> Iterator[str]:
        """Yield the ids of all objects."""
        for path in self.store.names(OBJECTS):
            yield path.rpartition("/")[2]

    def forget(self, name: str) -> None:
        """Delete a snapshot; its objects stay until they are swept."""
        self.store.delete(f"{SNAPSHOTS}{name}.json")

    def delete(self, number: str) -> None:
        """Delete an object that no snapshot needs."""
        self.store.delete(_object(number))

    def swept_at(self) -> datetime:
        """Return when objects that no snapshot needs were looked for last."""
        sweeps = list(self.store.names(SWEEPS))
        return moment_of(sweeps[-1][len(SWEEPS) :]) if sweeps else datetime.min.replace(tzinfo=UTC)

    def note_sweep(self, at: datetime) -> None:
        """Remember that objects were looked for at this moment."""
        current = f"{SWEEPS}{stamp_of(at)}"
        self.store.put(current, b"", _MIME)
        for name in list(self.store.names(SWEEPS)):
            if name != current:
                self.store.delete(name)

    def bulk(self) -> AbstractContextManager[None]:
        """Make many objects durable together, when the context ends."""
        return self.store.bulk()

    def _make(self) -> None:
        fields: dict[str, Any] = {"format": FORMAT}
        if self._key:
            salt = secrets.token_hex(16)
            fields |= {"salt": salt, "check": self._derive(salt)}
        self.store.put(HEADER, json.dumps(fields).encode(), "application/json")

    def _derive(self, salt: str) -> str:
        """Take the keys of this repository from the secret; return what proves it is the same."""
        key_bytes = HKDF(SHA256(), 64, bytes.fromhex(salt), b"khabarayn backup").derive(
            self._key.encode()
        )
        self._cipher, self._mac = AESGCM(key_bytes[:32]), key_bytes[32:]
        return hmac.new(self._mac, b"check", "sha256").hexdigest()

    def _id_of(self, data: bytes) -> str:
        if self._cipher:
            return hmac.new(self._mac, data, "sha256").hexdigest()
        return hashlib.sha256(data).hexdigest()

    def _seal(self, name: str, body: bytes) -> bytes:
        if not self._cipher:
            return body
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._cipher.encrypt(nonce, body, name.encode())

    def _open(self, name: str) -> bytes:
        ciphertext = self.store.read(name)
        if ciphertext is None:
            raise Damaged(name, missing=True)
        if not self._cipher:
            return ciphertext
        try:
            return self._cipher.decrypt(ciphertext[:_NONCE], ciphertext[_NONCE:], name.encode())
        except (InvalidTag, ValueError):
            raise Damaged(name) from None


def _object(number: str) -> str:
    return f"{OBJECTS}{number[:2]}/{number}"


def _unpack(body: bytes) -> bytes | None:
    """Return the content behind an object's first byte; None where it cannot be read."""
    if body[:1] == _PLAIN:
        return body[1:]
    if body[:1] != _ZLIB:
        return None
    decoder = zlib.decompressobj()
    try:
        data = decoder.decompress(body[1:], _LARGEST)
    except zlib.error:
        return None
    return data if decoder.eof and not decoder.unused_data else None
