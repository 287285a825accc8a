"""RSS 2.0 with the whole story inside: content:encoded, media:*, dc:creator, atom:link."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from khabarayn.wire.feed import SECTION_SCHEME, Entry, Feed, FeedImage
from khabarayn.wire.moment import iso, rfc822
from khabarayn.wire.syndicated import read
from khabarayn.wire.xml import Markup, document, element

__all__ = ["MIME", "Entry", "Feed", "FeedImage", "read", "write"]

MIME = "application/rss+xml"

_NAMESPACES = {
    "xmlns__atom": "http://www.w3.org/2005/Atom",
    "xmlns__content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns__dc": "http://purl.org/dc/elements/1.1/",
    "xmlns__media": "http://search.yahoo.com/mrss/",
}


def _some(name: str, text: str, **attributes: object) -> Markup:
    return element(name, text, **attributes) if text else Markup("")


def media(image: FeedImage) -> Markup:
    """Return ``image`` as Media RSS: its caption as description, its alt text as title."""
    return element(
        "media:content",
        _some("media:title", image.alt, type="plain"),
        _some("media:description", image.caption, type="plain"),
        _some("media:credit", image.credit),
        url=image.url,
        medium="image",
        type=image.mime or None,
        fileSize=image.length or None,
        width=image.width or None,
        height=image.height or None,
    )


@lru_cache(maxsize=64)
def _item(entry: Entry) -> Markup:
    image = entry.image
    return element(
        "item",
        _some("title", entry.title),
        _some("link", entry.url),
        element("guid", entry.id, isPermaLink="true" if entry.id == entry.url else "false"),
        # A description is HTML by custom, so plain text is escaped once more.
        _some("description", escape(entry.summary, quote=False)),
        _some("content:encoded", entry.content),
        _some("pubDate", rfc822(entry.published) if entry.published else ""),
        _some("atom:updated", iso(entry.updated) if entry.updated else ""),
        _some("dc:language", entry.language),
        *(element("dc:creator", author) for author in entry.authors),
        # RSS wants an address where it names a source.
        _some("source", entry.source_name, url=entry.source_url)
        if entry.source_url
        else Markup(""),
        _some("category", entry.section, domain=SECTION_SCHEME),
        *(element("category", tag) for tag in entry.tags),
        element("enclosure", url=image.url, length=image.length, type=image.mime)
        if image and image.mime and image.length
        else Markup(""),
        media(image) if image else Markup(""),
    )


def write(feed: Feed, stylesheet: str = "") -> str:
    """Return ``feed`` as an RSS 2.0 document; ``stylesheet`` may name an XSL for browsers."""
    channel = element(
        "channel",
        element("title", feed.title),
        element("link", feed.home_url),
        element("description", feed.description or feed.title),
        _some("language", feed.language),
        _some("lastBuildDate", rfc822(feed.updated) if feed.updated else ""),
        element("atom:link", rel="self", type=MIME, href=feed.feed_url)
        if feed.feed_url
        else Markup(""),
        element("atom:link", rel="next", type=MIME, href=feed.next_url)
        if feed.next_url
        else Markup(""),
        element(
            "image",
            element("url", feed.icon),
            element("title", feed.title),
            element("link", feed.home_url),
        )
        if feed.icon
        else Markup(""),
        *(_item(entry) for entry in feed.entries),
    )
    return document(element("rss", channel, version="2.0", **_NAMESPACES), stylesheet)
