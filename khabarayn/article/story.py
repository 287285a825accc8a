"""What news is, as frozen values: the story, its card, and the things they name."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from khabarayn.article.blocks import Block


@dataclass(frozen=True)
class Picture:
    """A stored picture as one story uses it. ``width`` and ``height`` are the original's pixels;
    ``focal`` is the point that every crop keeps, as fractions from the top start corner of the
    picture itself (x from its left edge); ``thumbhash`` is base64; ``renditions`` are the names of
    what was made («800.avif» uncropped and 800 wide, «16x9-640.webp», «1x1-192.jpg»); ``weight``
    is what a phone would load for it, in bytes; ``folder`` is the id in its addresses, which is
    a new one whenever the crops are."""

    id: str
    width: int
    height: int
    alt: str = ""
    caption: str = ""
    credit: str = ""
    focal: tuple[float, float] = (0.5, 0.5)
    thumbhash: str = ""
    renditions: tuple[str, ...] = ()
    weight: int = 0
    folder: str = ""

    def __hash__(self) -> int:
        # Looked up dozens of times a page; equal values have equal ids.
        return hash(self.id)

    @property
    def address(self) -> str:
        """The folder of the picture's files in the media store, by which pages address them."""
        return self.folder or self.id


@dataclass(frozen=True)
class Section:
    """A place in the tree; ``slug`` is its whole path («world/china»), ``hue`` 0–359."""

    slug: str
    name: str
    hue: int = 0
    description: str = ""
    in_nav: bool = False
    parent: Section | None = None

    def __hash__(self) -> int:
        return hash(self.slug)

    @property
    def top(self) -> Section:
        """The top-level section that this one stands under, or the section itself."""
        return self.parent.top if self.parent else self

    @property
    def trail(self) -> tuple[Section, ...]:
        """The sections from the top level down to this one, which is the last."""
        return (*self.parent.trail, self) if self.parent else (self,)


@dataclass(frozen=True)
class Tag:
    """``key`` is the folded identity («اسيا»), ``name`` what people read («آسيا»)."""

    key: str
    name: str
    intro: str = ""


@dataclass(frozen=True)
class Author:
    """Somebody who signs stories; ``slug`` is the last part of their address, ``contacts`` are
    e-mail addresses and links."""

    slug: str
    name: str
    role: str = ""
    bio: str = ""
    portrait: Picture | None = None
    contacts: tuple[str, ...] = ()

    @property
    def email(self) -> str:
        """The first e-mail address of the author, or nothing."""
        return next((one for one in self.contacts if "://" not in one), "")

    @property
    def links(self) -> tuple[str, ...]:
        """The author's pages elsewhere."""
        return tuple(one for one in self.contacts if "://" in one)


@dataclass(frozen=True)
class Source:
    """The agency or paper that a story came from, and by which licence."""

    name: str
    url: str = ""
    licence: str = ""


@dataclass(frozen=True)
class Correction:
    """What was put right, in words for readers, and when."""

    at: datetime
    text: str


@dataclass(frozen=True)
class Card:
    """A story as a list shows it; never carries the body. ``visual`` is what of the body a list may
    show it by: «chart», «gallery» or empty."""

    id: str
    headline: str
    short_headline: str
    standfirst: str
    teaser: str
    section: Section
    published_at: datetime
    updated_at: datetime
    rev: int = 1
    picture: Picture | None = None
    genre: str = ""
    visual: str = ""
    reading_minutes: int = 1
    breaking: bool = False
    sensitive: bool = False
    corrected: bool = False
    language: str = "ar"
    direction: str = "rtl"

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def title(self) -> str:
        """The headline for lists: the short one where there is one."""
        return self.short_headline or self.headline


@dataclass(frozen=True)
class PlaceReason:
    """Why an inset stands where it stands: pinned there by an editor, or the first, or the next,
    after this many words and paragraphs."""

    kind: Literal["pinned", "first", "next"]
    words: int = 0
    paragraphs: int = 0


@dataclass(frozen=True)
class Place:
    """Where one see-also inset stands: after the body block with this index, for this reason."""

    slot: int
    after: int
    reason: PlaceReason


@dataclass(frozen=True)
class SeeAlso:
    """A see-also inset filled with the story it leads to."""

    slot: int
    after: int
    card: Card


@dataclass(frozen=True)
class Cluster:
    """A running story («ملف») and its newest reports; ``size`` counts all of them."""

    number: int
    name: str
    size: int
    newest_at: datetime
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True)
class Version:
    """A published story as one of the versions that it has in several languages."""

    id: str
    language: str
    direction: str
    headline: str
    first_published_at: datetime


@dataclass(frozen=True)
class Story:
    """A published story, whole."""

    card: Card
    blocks: tuple[Block, ...]
    slug: str = ""
    first_published_at: datetime | None = None
    word_count: int = 0
    evergreen: bool = False
    tags: tuple[Tag, ...] = ()
    authors: tuple[Author, ...] = ()
    source: Source | None = None
    source_url: str = ""
    corrections: tuple[Correction, ...] = ()
    pictures: dict[str, Picture] = field(default_factory=dict)
    see_also: tuple[SeeAlso, ...] = ()
    related: tuple[Card, ...] = ()
    file: Cluster | None = None
    # All of them, itself among them, the oldest first; none where it has but one language.
    versions: tuple[Version, ...] = ()

    @property
    def id(self) -> str:
        """The story's public id."""
        return self.card.id

    @property
    def running_story(self) -> Cluster | None:
        """The running story with those of its reports that are neither insets of the text nor
        related cards: a page offers no story twice. None where nothing is left."""
        if self.file is None:
            return None
        ids = {inset.card.id for inset in self.see_also} | {card.id for card in self.related}
        cards = tuple(card for card in self.file.cards if card.id not in ids)
        return replace(self.file, cards=cards) if cards else None


@dataclass(frozen=True)
class WithdrawnStory:
    """A story taken back: what stays is its id, its headline, when, and why in words."""

    id: str
    headline: str
    language: str
    direction: str
    at: datetime
    reason: str
    successor: Card | None = None
