"""RSS and Atom of any age become one shape: parsed strictly first, then leniently understood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, tzinfo
from html import escape
from typing import Any
from xml.etree.ElementTree import Element, tostring

import feedparser

from khabarayn.wire.decode import decode
from khabarayn.wire.fault import Fault, Spot, WireError
from khabarayn.wire.feed import SECTION_SCHEME, Entry, Feed, FeedImage
from khabarayn.wire.moment import first_moment, moment, times
from khabarayn.wire.text import (
    PUBLIC_WORDS,
    absolute,
    absolute_url,
    paragraphs,
    people,
    plain,
    web_url,
)
from khabarayn.wire.xml import MAX_ITEMS, parse

_MEDIA = "{http://search.yahoo.com/mrss/}"
_ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_ARABIC = re.compile("[\u0621-\u064a]{2}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def _local(node: Element) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _number(text: str | None) -> int:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


def _child_text(node: Element, name: str) -> str:
    child = node.find(_MEDIA + name)
    return "" if child is None else plain("".join(child.itertext()), unescaped=True)


def _images(item: Element, base: str = "") -> list[tuple[int, FeedImage]]:
    """Every picture that the entry names, with its rank: a media:content before an enclosure
    before a thumbnail, the wider first."""
    lengths = {
        node.get("url") or node.get("href") or "": _number(node.get("length"))
        for node in item
        if _local(node) == "enclosure" or node.get("rel") == "enclosure"
    }
    result: list[tuple[int, FeedImage]] = []
    for node in item.iter():
        name = _local(node)
        address = node.get("url") or node.get("href") or ""
        if name == "image" and not address and not node.tag.startswith(_MEDIA):
            address = "".join(node.itertext()).strip() if not len(node) else ""
            address = address or next(iter(_texts_of(node, "url")), "")
        url = web_url(absolute_url(base, address))
        mime = node.get("type") or ""
        is_media = node.tag == _MEDIA + "content"
        encloses = name == "enclosure" or (name == "link" and node.get("rel") == "enclosure")
        lesser = node.tag == _MEDIA + "thumbnail" or name == "image"
        if not url or not (is_media or encloses or lesser):
            continue
        if mime and not mime.startswith("image/"):
            continue
        if not mime and node.get("medium", "image") != "image":
            continue
        width = _number(node.get("width"))
        rank = 100_000 + width if is_media else 50_000 if encloses else width
        image = FeedImage(
            url=url,
            alt=_child_text(node, "title") or plain(node.get("title") or ""),
            caption=_child_text(node, "description"),
            credit=_child_text(node, "credit"),
            mime=mime,
            length=lengths.get(address, 0) or _number(node.get("fileSize")),
            width=width,
            height=_number(node.get("height")),
        )
        result.append((rank, image))
    return result


def _image(item: Element) -> FeedImage | None:
    images = _images(item)
    return max(images, key=lambda pair: pair[0])[1] if images else None


def _words(entry: Any, name: str) -> str:
    """A field of plain text; an Atom field that says it is HTML is read as HTML."""
    detail = entry.get(f"{name}_detail") or {}
    return plain(entry.get(name, ""), unescaped="html" not in detail.get("type", ""))


def _children(item: Element, *names: str) -> Iterator[Element]:
    """The direct children with one of these local names, those of Media RSS left out."""
    for node in item:
        if _local(node).lower() in names and not node.tag.startswith(_MEDIA):
            yield node


def _texts_of(item: Element, *names: str) -> list[str]:
    """The texts of the children with these names, in the order of the names."""
    texts = []
    for name in names:
        texts += ["".join(node.itertext()).strip() for node in _children(item, name)]
    return [text for text in texts if text]


def _summary(item: Element) -> str:
    for node in _children(item, "description", "summary"):
        if node.get("type", "html") == "text":
            return plain(node.text or "", unescaped=True)
        return plain("".join(node.itertext()))
    return ""


def _authors(item: Element) -> tuple[str, ...]:
    texts = []
    for node in _children(item, "author", "creator"):
        if node.tag == _ITUNES + "author":
            continue
        names = [child for child in node if _local(child) == "name"]
        texts += ["".join(name.itertext()) for name in names or [node]]
    names = [name for text in texts for name in people(text)]
    return tuple(dict.fromkeys(names))


def _xhtml(node: Element) -> str:
    inner = tostring(node[0], encoding="unicode", method="html")
    return re.sub(r"(</?)\w+:", r"\1", re.sub(r"\sxmlns:\w+=\"[^\"]*\"", "", inner))


def _content(node: Element) -> str:
    """The HTML of one element that may hold a story's text."""
    kind = node.get("type", "")
    if len(node) and (kind in {"xhtml", "application/xhtml+xml"} or _local(node) == "body"):
        return _xhtml(node)
    text = "".join(node.itertext()).strip()
    if kind in {"text", "text/plain"}:
        return paragraphs(escape(text, quote=False))
    return text if "<" in text else paragraphs(text)


def _body(item: Element) -> tuple[str, Element | None]:
    """The story's text, and the element whose base its addresses have."""
    whole = [
        (_content(node), node)
        for node in _children(item, "encoded", "content", "body", "fulltext", "full-text")
        if not node.get("src")
    ]
    html, holder = max(whole, key=lambda pair: len(pair[0]), default=("", None))
    if not plain(html):
        # Some give a picture alone here and the words in the description.
        for node in _children(item, "description", "summary"):
            if words := _content(node):
                return html + words, holder if holder is not None else node
    if (
        not plain(html)
        and (description := item.find(f"{_MEDIA}group/{_MEDIA}description")) is not None
    ):
        text = escape("".join(description.itertext()), quote=False)
        return html + paragraphs(text), holder
    return html, holder


def _players(item: Element, link: str, base: str) -> tuple[str, ...]:
    """The addresses of the story's films and sound."""
    addresses = []
    for node in item.iter():
        mime, name = node.get("type") or "", _local(node)
        if name == "videoId" and link:
            addresses.append(link)
        elif node.tag == _MEDIA + "player":
            addresses.append(node.get("url") or "")
        elif name == "enclosure" or node.tag == _MEDIA + "content":
            plays = mime.startswith(("audio/", "video/")) or node.get("medium") in {
                "audio",
                "video",
            }
            addresses += [node.get("url") or ""] if plays else []
    addresses = [url for text in addresses if text and (url := web_url(absolute_url(base, text)))]
    return tuple(dict.fromkeys(addresses))


def _link(item: Element, base: str, language: str) -> str:
    """The page of the story; of several, the one in the feed's own language."""
    candidates: list[tuple[int, str]] = []
    for node in _children(item, "origlink", "link"):
        address = node.get("href") or "".join(node.itertext()).strip()
        rel = (node.get("rel") or "alternate").rpartition("/")[2]
        if not address or rel != "alternate":
            continue
        spoken = (node.get("hreflang") or "").lower()
        rank = 0 if not spoken else 1 if language and spoken[:2] == language[:2].lower() else -2
        rank += {"": 0, "text/html": 1}.get(node.get("type") or "", -4)
        candidates.append((rank + (8 if _local(node).lower() == "origlink" else 0), address))
    candidates.sort(key=lambda pair: -pair[0])
    addresses = [address for _, address in candidates]
    addresses += [
        "".join(node.itertext()).strip()
        for node in _children(item, "guid")
        if node.get("isPermaLink", "true").lower() != "false"
    ]
    return next((url for text in addresses if (url := _page_url(text, base))), "")


def _page_url(text: str, base: str) -> str:
    if re.match(r"(?i)(?!https?:)[a-z][a-z0-9+.-]*:", text):
        return ""
    # A guid is often a bare number or name, which is no relative address.
    relative = not text.startswith(("http:", "https:", "//", "/", "?", "./", "../"))
    if relative and not re.search(r"[/.]", text):
        return ""
    return web_url(absolute_url(base, text))


def _status(item: Element) -> str:
    """The word that its source has for a story that it does not show itself, or ''."""
    for node in item.iter():
        if _local(node) == "draft" and "".join(node.itertext()).strip().lower() == "yes":
            return "draft"
    for text in _texts_of(item, "status", "post_status", "pubstatus", "visibility", "state"):
        if text.lower() not in PUBLIC_WORDS:
            return text[:40]
    return ""


def _bases(node: Element, base: str) -> str:
    own = node.get(_XML_BASE, "")
    return absolute_url(base, own) if own else base


def _entry(entry: Any, item: Element, line: int, base: str, language: str, zone: tzinfo) -> Entry:
    base = _bases(item, base)
    link = _link(item, base, language)
    html, holder = _body(item)
    inner = _bases(holder, link or base) if holder is not None else link or base
    if holder is not None and not holder.get(_XML_BASE) and item.get(_XML_BASE):
        inner = base
    tags, section = [], ""
    for category in entry.get("tags", ()):
        name = plain(category.get("label") or category.get("term") or "")
        if category.get("scheme") in {SECTION_SCHEME, "section"}:
            section = section or name
        elif name:
            tags.append(name)
    title = _words(entry, "title")
    arabian = language.lower().startswith("ar") or bool(_ARABIC.search(title + html[:2000]))
    published_at, updated_at, notes = times(
        _texts_of(item, "pubdate", "published", "issued", "date", "created"),
        _texts_of(item, "updated", "modified", "lastmodified"),
        zone,
        arabian=arabian,
    )
    embargo_texts = _texts_of(
        item, "embargo", "embargoed", "embargodate", "embargo-date", "available"
    )
    embargo, unread_text = first_moment(embargo_texts, zone, arabian=arabian)
    if unread_text:
        notes = (*notes, ("embargo_unread", unread_text))
    return Entry(
        id=plain(entry.get("id", "")) or link,
        url=link,
        title=title,
        summary=_summary(item),
        content=absolute(html, inner),
        published=published_at,
        updated=updated_at,
        authors=_authors(item),
        section=section,
        tags=tuple(dict.fromkeys(tags)),
        image=_image(item),
        line=line,
        base=inner,
        status=_status(item),
        embargo=embargo,
        pictures=tuple(image for _, image in _images(item, base)),
        players=_players(item, link, base),
        notes=notes,
    )


def read(data: bytes, charset: str = "", url: str = "", zone: tzinfo = UTC) -> Feed:
    """Return the feed in ``data``; its ``faults`` name every item that was too broken to read.

    ``charset`` is what an HTTP header declared, ``url`` where the feed stands, if it was fetched,
    ``zone`` that of a time which names none. Raises `WireError` when nothing can be read.
    """
    tree, text, lines, faults = parse(decode(data, charset))
    items = [node for node in tree.iter() if _local(node) in {"item", "entry"}]
    if _local(tree).lower() not in {"rss", "rdf", "feed"}:
        raise WireError(Fault("unknown_kind"))
    if not items and not faults:
        raise WireError(Fault("no_items"))
    if len(items) > MAX_ITEMS:
        faults = (*faults, Fault("too_many", Spot(item=MAX_ITEMS + 1), str(MAX_ITEMS)))
    document = feedparser.parse(
        text.encode("utf-8"),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    head = document.feed
    links = {link.get("rel"): web_url(link.get("href", "")) for link in head.get("links", ())}
    base = _bases(tree, url)
    if (channel := tree.find("channel")) is not None:
        base = _bases(channel, base)
    home = web_url(absolute_url(base, head.get("link", ""))) or links.get("alternate", "")
    base = home if base == url and home else base or home
    pairs = zip(document.entries, items, strict=False)
    language = head.get("language", "") or ""
    title, description = _words(head, "title"), _words(head, "subtitle")
    return Feed(
        title=title,
        home_url=home,
        feed_url=links.get("self", ""),
        # RSS wants a description where there may be none, and gets the title again.
        description="" if description == title else description,
        language=language if _LANGUAGE.fullmatch(language) else "",
        updated=moment(str(dict.get(head, "updated") or ""), zone),
        icon=web_url(head.get("icon", "") or (head.get("image") or {}).get("href", "")),
        next_url=links.get("next", ""),
        entries=tuple(
            _entry(entry, item, lines[index] if index < len(lines) else 0, base, language, zone)
            for index, (entry, item) in enumerate(pairs)
            if index < MAX_ITEMS
        ),
        faults=faults,
    )
