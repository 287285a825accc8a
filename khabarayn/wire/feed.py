"""The shape that every feed format shares: a feed, its entries, and an entry's picture."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from khabarayn.wire.fault import Fault

# RFC 4151: a name that nobody's domain can ever clash with.
NAMESPACE = "tag:khabarayn.example,2026:"
SECTION_SCHEME = NAMESPACE + "section"


@dataclass(frozen=True)
class FeedImage:
    """``length`` is in bytes; 0 where a number is unknown."""

    url: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    mime: str = ""
    length: int = 0
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class Entry:
    """One story in a feed. ``title`` and ``summary`` are plain text, ``content`` is HTML whose
    relative addresses begin at ``base``. ``status`` is a word of the source for a story that it
    does not show itself; ``pictures`` are all that the entry names, ``image`` is the one that it
    puts first; ``players`` are the addresses of its sound and films. ``notes`` are codes
    of `khabarayn.wire.fault.REASONS`
    with their values. ``sections`` are path and name of its section after those above it;
    ``addresses`` are those that it had on a site that it leaves, from the slash on."""

    id: str
    url: str = ""
    title: str = ""
    summary: str = ""
    content: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    authors: tuple[str, ...] = ()
    section: str = ""
    tags: tuple[str, ...] = ()
    image: FeedImage | None = None
    language: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)
    base: str = field(default="", compare=False)
    status: str = ""
    embargo: datetime | None = None
    pictures: tuple[FeedImage, ...] = field(default=(), compare=False)
    players: tuple[str, ...] = ()
    source_name: str = field(default="", compare=False)
    source_url: str = field(default="", compare=False)
    notes: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    sections: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    addresses: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Feed:
    """A list of stories. ``faults`` are what was broken in the file that it was read from; ``own``
    says that it is a paper's own archive, which credits no source."""

    title: str
    home_url: str = ""
    feed_url: str = ""
    description: str = ""
    language: str = "ar"
    updated: datetime | None = None
    icon: str = ""
    next_url: str = ""
    entries: tuple[Entry, ...] = ()
    faults: tuple[Fault, ...] = field(default=(), compare=False)
    own: bool = field(default=False, compare=False)
