"""A story as somebody proposes it: what importers and editors' forms hand to the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from khabarayn.arabic.slug import slug as slug_of
from khabarayn.article.blocks import Block


@dataclass(frozen=True)
class ProposedPicture:
    """A picture to be stored: ``path`` is a file on disk or an http(s) address."""

    path: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    focal: tuple[float, float] = (0.5, 0.5)


@dataclass(frozen=True)
class ProposedAuthor:
    """Who signs, as proposed: an empty ``slug`` is made from the name."""

    name: str
    slug: str = ""
    role: str = ""
    bio: str = ""

    @property
    def own_slug(self) -> str:
        """The slug, or the one that the name makes.

        >>> ProposedAuthor("سلمى").own_slug, ProposedAuthor("سلمى", "salma").own_slug
        ('سلمى', 'salma')
        """
        return self.slug or slug_of(self.name)


@dataclass(frozen=True)
class Proposal:
    """Texts are raw: the desk cleans them. ``blocks`` win over ``body_html``. Times are aware.

    ``origin_uri`` is the story's identity where it comes from: proposing the same uri again
    updates the same story. Image blocks name a picture by its key in ``pictures``. Before
    ``embargo`` it must not be public. ``also_uris`` are names that it may have come in under
    before; ``listed`` says that it came in a feed, which may be one of several that name
    it. ``notes`` are codes with their values: what an editor should
    know of how the story came in; they are no part of it. ``addresses`` are
    those that lead to it from now on, from the slash on, of a site that it left. ``translations``
    are the origins of the same story in other languages.
    """

    headline: str
    origin_uri: str = ""
    short_headline: str = ""
    standfirst: str = ""
    teaser: str = ""
    body_html: str = ""
    blocks: tuple[Block, ...] = ()
    key_points: tuple[str, ...] = ()
    credit: str = ""
    section: str = ""
    section_name: str = ""
    tags: tuple[str, ...] = ()
    authors: tuple[ProposedAuthor, ...] = ()
    source_name: str = ""
    source_link: str = ""
    source_licence: str = ""
    source_url: str = ""
    language: str = "ar"
    genre: str = ""
    lead: ProposedPicture | None = None
    pictures: tuple[tuple[str, ProposedPicture], ...] = ()
    status: str = "published"
    published_at: datetime | None = None
    updated_at: datetime | None = None
    corrections: tuple[tuple[datetime, str], ...] = ()
    sensitive: bool = False
    evergreen: bool = False
    breaking: bool = False
    withdrawn_reason: str = ""
    see_also: tuple[str, ...] = ()
    embargo: datetime | None = None
    embargo_reason: str = ""
    also_uris: tuple[str, ...] = ()
    listed: bool = False
    notes: tuple[tuple[str, str], ...] = ()
    addresses: tuple[str, ...] = ()
    translations: tuple[str, ...] = ()
