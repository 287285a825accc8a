"""Write an edition or one story as a signed container."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from typing import Any

from khabarayn.edition.container import MAGIC, PREFIX
from khabarayn.edition.delta import Before, against, patch
from khabarayn.edition.seal import Seal
from khabarayn.edition.statement import (
    EditionParts,
    Part,
    StoryParts,
    of_article,
    of_edition,
    of_pictures,
)


def edition_file(
    edition: EditionParts, site: str, seal: Seal, pictures: bool, before: Before | None = None
) -> bytes:
    """Return an edition as a file; the same edition always gives the same bytes.

    ``before`` is the edition before: what changed since is there a second time, as patches.
    """
    stories = [story for _, story in edition.stories]
    says = [of_edition(site, edition), *(of_article(site, story) for story in stories)]
    # The lead's page first: the others are encoded as differences from it.
    packs = [*(story.text for story in stories), edition.contents]
    if pictures:
        with_pictures = [story for story in stories if story.pictures]
        says += [of_pictures(site, story) for story in with_pictures]
        packs += [(part,) for story in with_pictures for part in story.pictures]
    return assemble(says, packs, seal, before)


def article_file(story: StoryParts, site: str, seal: Seal, pictures: bool) -> bytes:
    """Return one story as a file to hand on."""
    says, packs = [of_article(site, story)], [story.text]
    if pictures and story.pictures:
        says.append(of_pictures(site, story))
        packs += [(part,) for part in story.pictures]
    return assemble(says, packs, seal)


def assemble(
    says: Iterable[str],
    packs: Iterable[tuple[Part, ...]],
    seal: Seal,
    before: Before | None = None,
) -> bytes:
    """Return the file that states ``says`` and carries ``packs``; a path travels once, and once
    more in a patch where a phone that holds ``before`` needs less than the pack."""
    layout: list[dict[str, Any]] = []
    bodies: list[bytes] = []
    patches: list[tuple[dict[str, Any], bytes]] = []
    paths: set[str] = set()
    base = b""
    for pack in packs:
        parts = tuple(part for part in pack if part.path not in paths)
        if not parts:
            continue
        paths.update(part.path for part in parts)
        raw = b"".join(part.body for part in parts)
        # Pictures are compressed already; gzip would only cost the phone time.
        coding = "" if all(part.kind == "image" for part in parts) else "gzip"
        if before and coding and (delta := patch(parts, before, not layout)):
            patches.append(
                _entry(delta.parts, delta.literal, coding, make=delta.recipe, source=delta.source)
            )
        recipe: tuple[int, ...] = ()
        if not layout:
            base = raw
        elif coding:
            recipe, raw = against(base, raw)
        entry, body = _entry(parts, raw, coding, make=recipe)
        layout.append(entry)
        bodies.append(body)
    # Patches come last, so that a phone that needs none does not download them.
    layout += [entry for entry, _ in patches]
    bodies += [body for _, body in patches]
    at = 0
    for entry in layout:
        entry["at"] = at
        at += entry["len"]
    statements = [{"says": text, "sig": seal.sign(text)} for text in says]
    head = json.dumps(
        {"khb": 1, "key": seal.id, "statements": statements, "packs": layout},
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()
    head_bytes = gzip.compress(head, 9, mtime=0)
    return PREFIX.pack(MAGIC, len(head_bytes), len(head)) + head_bytes + b"".join(bodies)


def _entry(
    parts: tuple[Part, ...], raw: bytes, coding: str, **made_of: tuple[object, ...]
) -> tuple[dict[str, Any], bytes]:
    body = gzip.compress(raw, 9, mtime=0) if coding else raw
    entry: dict[str, Any] = {"at": 0, "len": len(body), "raw": len(raw), "enc": coding}
    entry["paths"] = [part.path for part in parts]
    return {**entry, **{name: value for name, value in made_of.items() if value}}, body
