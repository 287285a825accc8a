"""RSS and Atom of any age become one shape: parsed strictly first, then leniently understood."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element, tostring

import feedparser

from khabarayn.wire.decode import decode
from khabarayn.wire.fault import Fault, Spot, WireError
from khabarayn.wire.feed import SECTION_SCHEME, Entry, Feed, FeedImage
from khabarayn.wire.moment import moment
from khabarayn.wire.text import absolute, plain, web_url
from khabarayn.wire.xml import MAX_ITEMS, parse

_MEDIA = "{http://search.yahoo.com/mrss/}"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def _local(node: Element) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _number(text: str | None) -> int:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


def _child_text(node: Element, name: str) -> str:
    child = node.find(_MEDIA + name)
    return "" if child is None else plain("".join(child.itertext()), unescaped=True)


def _image(item: Element) -> FeedImage | None:
    """The story's picture: the largest media:content, else an enclosure, else a thumbnail."""
    lengths = {
        node.get("url") or node.get("href") or "": _number(node.get("length"))
        for node in item
        if _local(node) == "enclosure" or node.get("rel") == "enclosure"
    }
    found: list[tuple[int, FeedImage]] = []
    for node in item.iter():
        name, url = _local(node), web_url(node.get("url") or node.get("href") or "")
        mime = node.get("type") or ""
        is_media = node.tag == _MEDIA + "content"
        encloses = name == "enclosure" or (name == "link" and node.get("rel") == "enclosure")
        if not url or not (is_media or encloses or node.tag == _MEDIA + "thumbnail"):
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
            length=lengths.get(url, 0) or _number(node.get("fileSize")),
            width=width,
            height=_number(node.get("height")),
        )
        found.append((rank, image))
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _words(parsed: Any, name: str) -> str:
    """A field of plain text; an Atom field that says it is HTML is read as HTML."""
    detail = parsed.get(f"{name}_detail") or {}
    return plain(parsed.get(name, ""), unescaped="html" not in detail.get("type", ""))


def _summary(item: Element) -> str:
    for node in item:
        if _local(node) in {"description", "summary"} and not node.tag.startswith(_MEDIA):
            if node.get("type", "html") == "text":
                return plain(node.text or "", unescaped=True)
            return plain("".join(node.itertext()))
    return ""


def _authors(parsed: Any) -> tuple[str, ...]:
    names = [plain(author.get("name", "")) for author in parsed.get("authors", ())]
    if not any(names):
        names = [plain(parsed.get("author", ""))]
    # RSS's own author is «mail@host (Name)»; the address is nobody's business.
    names = [re.sub(r"^\S+@\S+\s*\(?|\)$", "", name).strip() for name in names]
    return tuple(dict.fromkeys(name for name in names if name))


def _moment(parsed: Any, name: str) -> datetime | None:
    # Its own get would answer «updated» with «published», and warn of it.
    return moment(str(dict.get(parsed, name) or ""))


def _xhtml(item: Element) -> str:
    for node in item:
        if _local(node) == "content" and node.get("type") == "xhtml" and len(node):
            inner = tostring(node[0], encoding="unicode", method="html")
            return re.sub(r"(</?)\w+:", r"\1", re.sub(r"\sxmlns:\w+=\"[^\"]*\"", "", inner))
    return ""


def _entry(parsed: Any, item: Element, line: int, base: str) -> Entry:
    link = next(
        (
            web_url(found.get("href", ""))
            for found in parsed.get("links", ())
            if found.get("rel", "alternate") == "alternate"
        ),
        "",
    ) or web_url(parsed.get("link", ""))
    summary = _summary(item)
    contents = [found.get("value", "") for found in parsed.get("content", ())]
    html = _xhtml(item) or max(contents, key=len, default="")
    if not html:
        html = next((node.text or "" for node in item if _local(node) == "description"), "")
    tags, section = [], ""
    for found in parsed.get("tags", ()):
        name = plain(found.get("label") or found.get("term") or "")
        if found.get("scheme") in {SECTION_SCHEME, "section"}:
            section = section or name
        elif name:
            tags.append(name)
    return Entry(
        id=plain(parsed.get("id", "")) or link,
        url=link,
        title=_words(parsed, "title"),
        summary=summary,
        content=absolute(html, link or base),
        published=_moment(parsed, "published"),
        updated=_moment(parsed, "updated"),
        authors=_authors(parsed),
        section=section,
        tags=tuple(dict.fromkeys(tags)),
        image=_image(item),
        line=line,
    )


def read(data: bytes, charset: str = "") -> Feed:
    """Return the feed in ``data``; its ``faults`` name every item that was too broken to read.

    ``charset`` is what an HTTP header declared. Raises `WireError` when nothing can be read.
    """
    tree, text, lines, faults = parse(decode(data, charset))
    items = [node for node in tree.iter() if _local(node) in {"item", "entry"}]
    if _local(tree).lower() not in {"rss", "rdf", "feed"}:
        raise WireError(Fault("unknown_kind"))
    if not items and not faults:
        raise WireError(Fault("no_items"))
    if len(items) > MAX_ITEMS:
        faults = (*faults, Fault("too_many", Spot(item=MAX_ITEMS + 1), str(MAX_ITEMS)))
    parsed = feedparser.parse(
        text.encode("utf-8"),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    head = parsed.feed
    links = {found.get("rel"): web_url(found.get("href", "")) for found in head.get("links", ())}
    home = web_url(head.get("link", "")) or links.get("alternate", "")
    pairs = zip(parsed.entries, items, strict=False)
    language = head.get("language", "") or ""
    title, description = _words(head, "title"), _words(head, "subtitle")
    return Feed(
        title=title,
        home_url=home,
        feed_url=links.get("self", ""),
        # RSS wants a description where there may be none, and gets the title again.
        description="" if description == title else description,
        language=language if _LANGUAGE.fullmatch(language) else "",
        updated=_moment(head, "updated"),
        icon=web_url(head.get("icon", "") or (head.get("image") or {}).get("href", "")),
        next_url=links.get("next", ""),
        entries=tuple(
            _entry(entry, item, lines[index] if index < len(lines) else 0, home)
            for index, (entry, item) in enumerate(pairs)
            if index < MAX_ITEMS
        ),
        faults=faults,
    )
