"""Sitemaps, their index, and the news sitemap: what search engines are told of our addresses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from khabarayn.wire.moment import iso, moment
from khabarayn.wire.xml import Markup, document, element

MIME = "application/xml"
MOST_URLS = 50_000

_CORE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"


@dataclass(frozen=True)
class Address:
    """One page. With a ``title`` it is news: ``publication`` is the paper's name, ``published``
    when the story first stood there, and ``language`` two letters. ``versions`` are (language,
    address) of the page in every language that it is in, its own too."""

    url: str
    changed_at: datetime | None = None
    image: str = ""
    title: str = ""
    publication: str = ""
    language: str = ""
    published: datetime | None = None
    versions: tuple[tuple[str, str], ...] = ()


def _news(address: Address) -> Markup:
    if not address.title or not address.published:
        return Markup("")
    return element(
        "news:news",
        element(
            "news:publication",
            element("news:name", address.publication),
            element("news:language", address.language),
        ),
        element("news:publication_date", iso(address.published)),
        element("news:title", address.title),
    )


def write(addresses: Iterable[Address]) -> str:
    """Return a sitemap of at most 50,000 addresses (1,000 when they are news)."""
    urls = [
        element(
            "url",
            element("loc", address.url),
            element("lastmod", iso(address.changed_at)) if address.changed_at else Markup(""),
            *(
                element("xhtml:link", rel="alternate", hreflang=language, href=url)
                for language, url in address.versions
            ),
            _news(address),
            element("image:image", element("image:loc", address.image))
            if address.image
            else Markup(""),
        )
        for address in addresses
    ]
    if len(urls) > MOST_URLS:
        raise ValueError(f"a sitemap holds at most {MOST_URLS} addresses")
    root = element(
        "urlset", *urls, xmlns=_CORE, xmlns__news=_NEWS, xmlns__image=_IMAGE, xmlns__xhtml=_XHTML
    )
    return document(root)


def write_index(sitemaps: Iterable[tuple[str, datetime | None]]) -> str:
    """Return the index that names several sitemaps and when each last changed."""
    parts = [
        element("sitemap", element("loc", url), element("lastmod", iso(at)) if at else Markup(""))
        for url, at in sitemaps
    ]
    return document(element("sitemapindex", *parts, xmlns=_CORE))


def _text(node: Element, *path: str) -> str:
    child = node.find("/".join(path))
    return (child.text or "").strip() if child is not None else ""


def read(data: bytes) -> tuple[Address, ...]:
    """Return the addresses of a sitemap; `write` undone."""
    core, news, image = (f"{{{name}}}" for name in (_CORE, _NEWS, _IMAGE))
    return tuple(
        Address(
            url=_text(url, f"{core}loc"),
            changed_at=moment(_text(url, f"{core}lastmod")),
            image=_text(url, f"{image}image", f"{image}loc"),
            title=_text(url, f"{news}news", f"{news}title"),
            publication=_text(url, f"{news}news", f"{news}publication", f"{news}name"),
            language=_text(url, f"{news}news", f"{news}publication", f"{news}language"),
            published=moment(_text(url, f"{news}news", f"{news}publication_date")),
        )
        for url in fromstring(data, forbid_dtd=True).iter(f"{core}url")
    )
