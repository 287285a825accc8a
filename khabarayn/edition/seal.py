"""The paper's Ed25519 signing key: sign files that are handed out, verify files that are handed
in."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from khabarayn.settings import write_once

FILE = "edition.key"
# Signed before the text itself, so that a signature can never serve another protocol.
DOMAIN = b"khabarayn-khb-1\n"


class BadKeyFile(ValueError):
    """The key file holds something else than an Ed25519 private key."""


def to_base64(data: bytes) -> str:
    """Return ``data`` in base64url without padding, as JSON Web Keys write it."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64(text: str) -> bytes:
    """Return the bytes that ``text`` (base64url, no padding) writes. Raises ``ValueError``."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def key_id(public: bytes) -> str:
    """Return the name of a public key: 16 hex digits of the SHA-256 of its 32 bytes."""
    return hashlib.sha256(public).hexdigest()[:16]


@dataclass(frozen=True)
class Seal:
    """The key that signs. ``public`` is its public half, 32 bytes."""

    private: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        """The public half of the key: 32 bytes."""
        return self.private.public_key().public_bytes_raw()

    @property
    def id(self) -> str:
        """The name under which the public key is published."""
        return key_id(self.public)

    def sign(self, says: str) -> str:
        """Return the signature of ``says`` in base64url. The same text gives the same."""
        return to_base64(self.private.sign(DOMAIN + says.encode()))


def new_seal() -> Seal:
    """Return a signing key that was just generated and is stored nowhere yet."""
    return Seal(Ed25519PrivateKey.generate())


def seal_in(folder: Path) -> Seal:
    """Return the key stored in ``folder``; it is generated there on first use, readable by its
    owner only.

    Raises `BadKeyFile`.
    """
    path = folder / FILE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        pem = new_seal().private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        write_once(path, pem)
    try:
        private = load_pem_private_key(path.read_bytes(), password=None)
    except ValueError as error:
        raise BadKeyFile(f"{path}: {error}") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise BadKeyFile(f"{path}: not an Ed25519 key")
    return Seal(private)


def web_key(public: bytes) -> dict[str, str]:
    """Return a public key as a JSON Web Key (RFC 8037)."""
    return {
        "kty": "OKP",
        "crv": "Ed25519",
        "alg": "EdDSA",
        "use": "sig",
        "kid": key_id(public),
        "x": to_base64(public),
    }


def verify(says: str, signature: str, key: str, keys: Mapping[str, bytes]) -> bool:
    """Return whether the key with the id ``key``, one of ``keys`` (public halves by id), made the
    signature."""
    public = keys.get(key)
    if public is None:
        return False
    try:
        signature_bytes = from_base64(signature)
        Ed25519PublicKey.from_public_bytes(public).verify(signature_bytes, DOMAIN + says.encode())
    except (InvalidSignature, ValueError):
        return False
    return True
