"""The .khb file: signed statements in a small head, then packs of bytes; see
docs/edition-format.md."""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from khabarayn.edition.delta import BadRecipe, apply_recipe
from khabarayn.edition.seal import verify

MAGIC = b"KHB1\r\n\x1a\n"
PREFIX = struct.Struct(">8sII")
MIME = "application/vnd.khabarayn.khb"
# Upper bounds in bytes: real heads have some kilobytes, parts some dozens.
HEAD_LIMIT = 4 * 1024 * 1024
PART_LIMIT = 16 * 1024 * 1024


class Broken(ValueError):
    """The file is invalid. ``reason`` is one of magic, short, head, key, signature, pack, digest,
    extra; ``where`` names the path or the place."""

    def __init__(self, reason: str, where: str = "") -> None:
        super().__init__(f"{reason}: {where}" if where else reason)
        self.reason = reason
        self.where = where


@dataclass(frozen=True)
class Pack:
    """A run of parts that travel together. ``at`` counts from the end of the head; ``raw`` is
    the length once decoded; ``coding`` is gzip or empty. A pack with a ``recipe`` is made out of
    the first pack's parts and its own bytes (`khabarayn.edition.delta`); one with a ``source`` is
    a patch, made out of parts with these digests, for phones that hold them."""

    at: int
    length: int
    raw: int
    coding: str
    paths: tuple[str, ...]
    recipe: tuple[int, ...] = ()
    source: tuple[str, ...] = ()


@dataclass(frozen=True)
class StatedPath:
    """What a signed statement says of one path."""

    path: str
    kind: str
    type: str
    size: int
    sha256: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Head:
    """The parsed head of a file. ``statements`` are the signed texts with their signatures,
    ``says`` the same texts parsed, ``start`` where the packs begin."""

    key: str
    statements: tuple[tuple[str, str], ...]
    says: tuple[dict[str, Any], ...]
    packs: tuple[Pack, ...]
    start: int
    parts: Mapping[str, StatedPath] = field(repr=False)

    @property
    def length(self) -> int:
        """The whole file's length in bytes."""
        return self.start + sum(pack.length for pack in self.packs)

    def check(self, keys: Mapping[str, bytes]) -> None:
        """Raise `Broken` unless one of ``keys`` (public halves by id) signed every statement."""
        if self.key not in keys:
            raise Broken("key", self.key)
        for (says, signature), statement in zip(self.statements, self.says, strict=True):
            if not verify(says, signature, self.key, keys):
                raise Broken("signature", str(statement.get("id") or statement.get("name")))


def head_length(data: bytes) -> int:
    """Return how many bytes from the file's start make its head. Raises `Broken`."""
    if len(data) < PREFIX.size:
        raise Broken("short")
    magic, size, raw = PREFIX.unpack_from(data)
    if magic != MAGIC:
        raise Broken("magic")
    if size > HEAD_LIMIT or raw > HEAD_LIMIT:
        raise Broken("head", "length")
    return PREFIX.size + size


def read_head(data: bytes) -> Head:
    """Return the head of the file that ``data`` begins. Raises `Broken`; signatures are checked
    by `Head.check`."""
    start = head_length(data)
    if len(data) < start:
        raise Broken("short")
    text = _unzip(data[PREFIX.size : start], PREFIX.unpack_from(data)[2], "head", "gzip")
    try:
        header = json.loads(text)
        if header["khb"] != 1:
            raise Broken("head", "version")
        statements = tuple((str(s["says"]), str(s["sig"])) for s in header["statements"])
        says = tuple(json.loads(text) for text, _ in statements)
        packs = tuple(
            Pack(
                p["at"],
                p["len"],
                p["raw"],
                p["enc"],
                tuple(p["paths"]),
                tuple(p.get("make", ())),
                tuple(p.get("source", ())),
            )
            for p in header["packs"]
        )
        parts = {
            part["path"]: StatedPath(
                part["path"],
                part["kind"],
                part["type"],
                part["size"],
                part["sha256"],
                {**statement["headers"], **part.get("headers", {})},
            )
            for statement in says
            for part in statement["parts"]
        }
        head = Head(str(header["key"]), statements, says, packs, start, parts)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        if isinstance(error, Broken):
            raise
        raise Broken("head", type(error).__name__) from error
    _check_layout(head)
    return head


def _check_layout(head: Head) -> None:
    """Raise `Broken` unless packs lie back to back and hold just what is stated; a patch makes
    parts that have a pack of their own before it."""
    at = 0
    paths_before: set[str] = set()
    for pack in head.packs:
        numbers = (pack.at, pack.length, pack.raw)
        if not all(type(n) is int and n >= 0 for n in numbers) or pack.at != at:
            raise Broken("head", "layout")
        twice = paths_before.intersection(pack.paths)
        if pack.coding not in {"", "gzip"} or not pack.paths:
            raise Broken("head", "layout")
        if twice != (set(pack.paths) if pack.source else set()):
            raise Broken("head", "layout")
        if pack.source and not pack.recipe:
            raise Broken("head", "layout")
        unknown_paths = [path for path in pack.paths if path not in head.parts]
        if unknown_paths:
            raise Broken("head", str(unknown_paths[0]))
        sizes = [head.parts[path].size for path in pack.paths]
        if not all(type(n) is int and 0 <= n <= PART_LIMIT for n in sizes):
            raise Broken("head", "size")
        if (sum(sizes) != pack.raw and not pack.recipe) or (pack.recipe and not at):
            raise Broken("head", "layout")
        if pack.raw > sum(sizes):
            raise Broken("head", "layout")
        paths_before.update(pack.paths)
        at += pack.length


def unpack(head: Head, pack: Pack, body: bytes, base: bytes = b"") -> dict[str, bytes]:
    """Return the parts of ``pack`` by path, every digest checked. Raises `Broken`.

    ``base`` is what the first pack holds, its parts joined; only a pack with a recipe needs it.
    A patch needs the parts of its source instead, joined.
    """
    if len(body) != pack.length:
        raise Broken("short", pack.paths[0])
    raw = _unzip(body, pack.raw, pack.paths[0], pack.coding)
    if pack.recipe:
        size = sum(head.parts[path].size for path in pack.paths)
        try:
            raw = apply_recipe(base, pack.recipe, raw, size)
        except BadRecipe as error:
            raise Broken("pack", pack.paths[0]) from error
    contents: dict[str, bytes] = {}
    at = 0
    for path in pack.paths:
        entry = head.parts[path]
        content = raw[at : at + entry.size]
        if hashlib.sha256(content).hexdigest() != entry.sha256:
            raise Broken("digest", path)
        contents[path] = content
        at += entry.size
    return contents


def read(data: bytes, keys: Mapping[str, bytes]) -> tuple[Head, dict[str, bytes]]:
    """Return a whole file's head and parts, signatures and digests checked. Raises `Broken`."""
    head = read_head(data)
    head.check(keys)
    return head, read_parts(head, data)


def read_parts(head: Head, data: bytes) -> dict[str, bytes]:
    """Return the parts of the whole file ``data``, digests checked. Raises `Broken`."""
    if len(data) < head.length:
        raise Broken("short")
    if len(data) > head.length:
        raise Broken("extra")
    contents: dict[str, bytes] = {}
    base = b""
    for pack in head.packs:
        if pack.source:
            continue
        at = head.start + pack.at
        contents |= unpack(head, pack, data[at : at + pack.length], base)
        base = base or b"".join(contents.values())
    return contents


def _unzip(body: bytes, raw: int, where: str, coding: str) -> bytes:
    """Return ``body`` decoded, never more than the ``raw`` bytes it promises."""
    if not coding:
        if len(body) != raw:
            raise Broken("pack", where)
        return body
    # 16 asks zlib for the gzip form alone.
    decoder = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        data = decoder.decompress(body, raw + 1)
    except zlib.error as error:
        raise Broken("pack", where) from error
    if len(data) != raw or not decoder.eof or decoder.unused_data:
        raise Broken("pack", where)
    return data
