"""The signed text about a story, its pictures or an edition: it lists every path with its digest.

A statement travels as the very text that was signed, so nobody has to write JSON in one
canonical way to check it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

ARTICLE, PICTURES, EDITION = "article", "pictures", "edition"


@dataclass(frozen=True)
class Part:
    """One answer of the site: its path, its bytes, and the headers that must be kept with it.

    ``kind`` is article, fragment, image or list; ``type`` the whole Content-Type.
    """

    path: str
    kind: str
    type: str
    body: bytes = field(repr=False)
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def digest(self) -> str:
        """The SHA-256 of the part's bytes, in hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True)
class StoryParts:
    """A story as a phone needs it: its text (the page first, then its fragments), its pictures,
    and the hashed files that the page names (paths only). ``event_number`` as in `EditionParts`, of
    a story that travels alone."""

    id: str
    rev: int
    headline: str
    published: str
    text: tuple[Part, ...]
    pictures: tuple[Part, ...] = ()
    assets: tuple[str, ...] = ()
    event_number: int = 0


@dataclass(frozen=True)
class EditionParts:
    """An edition's content, before it is written as a file. ``stories`` pairs each story with its
    role; ``contents`` are the pages that list them; ``closes`` is an ISO time in UTC, ``issue``
    counts from 1. ``event_number`` is that of the last event of ``/api/sync`` before it was made:
    what was withdrawn or corrected since, a phone asks for again from there."""

    name: str
    title: str
    issue: int
    closes: str
    stories: tuple[tuple[str, StoryParts], ...]
    contents: tuple[Part, ...] = ()
    event_number: int = 0


def of_article(site: str, story: StoryParts) -> str:
    """Return the statement about a story's text."""
    return _text(
        ARTICLE,
        site,
        id=story.id,
        rev=story.rev,
        headline=story.headline,
        published=story.published,
        assets=list(story.assets),
        **_event_field(story.event_number),
        **_parts(story.text),
    )


def of_pictures(site: str, story: StoryParts) -> str:
    """Return the statement about a story's pictures."""
    return _text(PICTURES, site, id=story.id, rev=story.rev, **_parts(story.pictures))


def of_edition(site: str, edition: EditionParts) -> str:
    """Return the statement about an edition: what it is called and which stories it holds."""
    return _text(
        EDITION,
        site,
        name=edition.name,
        title=edition.title,
        issue=edition.issue,
        closes=edition.closes,
        **_event_field(edition.event_number),
        stories=[
            {"id": story.id, "rev": story.rev, "role": role} for role, story in edition.stories
        ],
        **_parts(edition.contents),
    )


def _text(about: str, site: str, **values: Any) -> str:
    whole = {"about": about, "site": site, **values}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def _event_field(number: int) -> Mapping[str, Any]:
    return {"told": number} if number else {}


def _parts(parts: Iterable[Part]) -> dict[str, Any]:
    """Return headers that all parts share, and each part with the headers that are its own."""
    part_list = tuple(parts)
    every = [set(part.headers) for part in part_list]
    common = set.intersection(*every) if every else set()
    return {
        "headers": dict(sorted(common)),
        "parts": [
            {
                "path": part.path,
                "kind": part.kind,
                "type": part.type,
                "size": len(part.body),
                "sha256": part.digest,
                **_own(set(part.headers) - common),
            }
            for part in part_list
        ],
    }


def _own(headers: set[tuple[str, str]]) -> Mapping[str, Any]:
    return {"headers": dict(sorted(headers))} if headers else {}
