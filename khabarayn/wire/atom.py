"""Atom (RFC 4287) with the whole story inside, pictures as enclosures and Media RSS."""

from __future__ import annotations

from khabarayn.wire.feed import NAMESPACE, SECTION_SCHEME, Entry, Feed, FeedImage
from khabarayn.wire.moment import iso
from khabarayn.wire.rss import media
from khabarayn.wire.syndicated import read
from khabarayn.wire.xml import Markup, document, element

__all__ = ["MIME", "Entry", "Feed", "FeedImage", "read", "write"]

MIME = "application/atom+xml"
_NEVER = "1970-01-01T00:00:00Z"


def _link(rel: str, href: str, mime: str | None = None, **more: object) -> Markup:
    return element("link", rel=rel, href=href, type=mime, **more) if href else Markup("")


def _entry(entry: Entry) -> Markup:
    updated_at = entry.updated or entry.published
    image = entry.image
    nothing = Markup("")
    return element(
        "entry",
        element("id", entry.id),
        element("title", entry.title, type="text"),
        _link("alternate", entry.url, "text/html"),
        element("published", iso(entry.published)) if entry.published else nothing,
        element("updated", iso(updated_at) if updated_at else _NEVER),
        *(element("author", element("name", author)) for author in entry.authors),
        element("category", term=entry.section, scheme=SECTION_SCHEME)
        if entry.section
        else nothing,
        *(element("category", term=tag) for tag in entry.tags),
        element("summary", entry.summary, type="text") if entry.summary else nothing,
        element("content", entry.content, type="html") if entry.content else nothing,
        _link("enclosure", image.url, image.mime, length=image.length, title=image.alt or None)
        if image and image.mime and image.length
        else nothing,
        media(image) if image else nothing,
        xml__lang=entry.language or None,
    )


def write(feed: Feed, stylesheet: str = "") -> str:
    """Return ``feed`` as an Atom document. Atom wants a time everywhere: a feed without one has
    its newest entry's, an entry without ``updated`` has its ``published``."""
    times = [when for e in feed.entries if (when := e.updated or e.published)]
    updated_at = feed.updated or max(times, default=None)
    nothing = Markup("")
    root = element(
        "feed",
        element("id", feed.feed_url or feed.home_url or NAMESPACE + "feed"),
        element("title", feed.title, type="text"),
        element("subtitle", feed.description, type="text") if feed.description else nothing,
        element("updated", iso(updated_at) if updated_at else _NEVER),
        element("author", element("name", feed.title)),
        _link("alternate", feed.home_url, "text/html"),
        _link("self", feed.feed_url, MIME),
        _link("next", feed.next_url, MIME),
        element("icon", feed.icon) if feed.icon else nothing,
        *(_entry(entry) for entry in feed.entries),
        xmlns="http://www.w3.org/2005/Atom",
        xmlns__media="http://search.yahoo.com/mrss/",
        xml__lang=feed.language or None,
    )
    return document(root, stylesheet)
