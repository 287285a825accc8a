"""WordPress's export (WXR 1.0 to 1.2), read item by item: of a file of any length no more than one
item and the list of its pictures is in memory."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import BinaryIO
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from khabarayn.wire.fault import Fault, Spot, WireError
from khabarayn.wire.feed import Entry, Feed, FeedImage
from khabarayn.wire.moment import moment
from khabarayn.wire.text import people, plain, web_url
from khabarayn.wire.wxrbody import body_of
from khabarayn.wire.xml import parse_item

HEAD = 64 * 1024
_EXPORT = re.compile(rb"wordpress\.org/export/\d+\.\d+|<wp:wxr_version>")
_CHUNK = 256 * 1024
_LONGEST_ITEM = 10_000_000
_MARK = re.compile(r"<!\[CDATA\[|<item>|</item>")
_RSS = re.compile(r"<rss\b[^<>]*>")
_TYPE = re.compile(r"<wp:post_type>\s*(?:<!\[CDATA\[)?\s*([\w-]+)")
_TYPE_OF_POST = (b"<wp:post_type><![CDATA[post]]>", b"<wp:post_type>post<")
_DECLARES = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.I)
_EXCERPT = "/excerpt/"
# Nobody outside the newsroom has seen these, or they are no text at all.
_PRIVATE_STATUSES = {"private", "trash", "auto-draft", "inherit"}
_NO_TIME = re.compile(r"^(?:0000|-)")
# What WordPress keeps as posts and readers never see as such.
_INNER = {"attachment", "revision", "customize_changeset", "oembed_cache", "user_request",
          "wp_global_styles", "wp_font_family", "wp_font_face", "custom_css"}  # fmt: skip


def is_export(head: bytes) -> bool:
    """Say whether a file that begins with ``head`` is an export of WordPress."""
    return b"<rss" in head and bool(_EXPORT.search(head))


def count_posts(file: BinaryIO) -> int:
    """Return how many posts stand in ``file``, by a glance at its lines."""
    return sum(line.count(mark) for line in file for mark in _TYPE_OF_POST)


@dataclass
class _Site:
    """What the export says of the whole site. Categories and pictures are named by their slugs and
    numbers; ``attachments`` are the pictures of each post."""

    shell: str
    url: str = ""
    language: str = ""
    authors: dict[str, str] = field(default_factory=dict)
    categories: dict[str, tuple[str, str]] = field(default_factory=dict)
    slugs: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, FeedImage] = field(default_factory=dict)
    attachments: dict[str, list[str]] = field(default_factory=dict)
    zone: tzinfo = UTC

    def chain(self, nicename: str) -> tuple[tuple[str, str], ...]:
        """Return path and name of a category and of those above it, the uppermost first."""
        parts: list[tuple[str, str]] = []
        visits: set[str] = set()
        while nicename in self.categories and nicename not in visits:
            visits.add(nicename)
            name, parent = self.categories[nicename]
            parts.append((unquote(nicename), name))
            nicename = parent
        parts.reverse()
        return tuple(
            ("/".join(slug for slug, _ in parts[: depth + 1]), name)
            for depth, (_, name) in enumerate(parts)
        )


@dataclass(frozen=True)
class _Item:
    """One item: its texts by local name, its own marks by key, and what it is filed under."""

    texts: dict[str, str]
    excerpt: str
    meta: dict[str, str]
    terms: tuple[tuple[str, str, str], ...]

    @classmethod
    def of(cls, node: Element) -> _Item:
        texts: dict[str, str] = {}
        meta: dict[str, str] = {}
        terms: list[tuple[str, str, str]] = []
        excerpt = ""
        for child in node:
            name, text = _local(child), (child.text or "").strip()
            if name == "category":
                terms.append((child.get("domain") or "", child.get("nicename") or "", text))
            elif name == "postmeta":
                values = {_local(part): part.text or "" for part in child}
                meta[values.get("meta_key", "").strip()] = values.get("meta_value", "").strip()
            elif name == "encoded" and _EXCERPT in child.tag:
                excerpt = text
            elif name != "comment":
                texts.setdefault(name, text)
        return cls(texts, excerpt, meta, tuple(terms))

    def __getitem__(self, name: str) -> str:
        return self.texts.get(name, "")


def _local(node: Element) -> str:
    return node.tag.rpartition("}")[2]


def _pieces(file: BinaryIO) -> Iterator[tuple[int, str]]:
    """Yield what stands before the first item, then every item, each with the line it begins on.

    A mark inside CDATA is text; CDATA that never ends is broken, and does not hide what follows.
    Of one that is longer than `_LONGEST_ITEM` only the beginning is kept, longer than that too.
    """
    decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
    buffer, at, begin, line, lost_lines = "", 0, 0, 1, 0
    is_open, has_head, has_more = False, False, True
    while has_more:
        chunk = file.read(_CHUNK)
        has_more = bool(chunk)
        text = decoder.decode(chunk, final=not has_more)
        buffer, at, begin = buffer[begin:] + text, at - begin, 0
        while mark := _MARK.search(buffer, at):
            at = mark.end()
            if mark[0].startswith("<!"):
                end = buffer.find("]]>", at)
                if end >= 0:
                    at = end + 3
                elif has_more and len(buffer) - at < _LONGEST_ITEM:
                    at = mark.start()
                    break
                continue
            stop = mark.start() if mark[0] == "<item>" else mark.end()
            if is_open or not has_head:
                yield line, buffer[begin:stop]
            has_head, is_open = True, mark[0] == "<item>"
            line += buffer.count("\n", begin, stop) + lost_lines
            begin, lost_lines = stop, 0
        else:
            at = max(at, len(buffer) - len("<![CDATA["))
        if at - begin > _LONGEST_ITEM:
            limit = begin + _LONGEST_ITEM + 1
            lost_lines += buffer.count("\n", limit, at)
            buffer, at = buffer[:limit] + buffer[at:], limit
    if is_open or not has_head:
        yield line, buffer[begin:]


def read(
    open_file: Callable[[], BinaryIO], zone: tzinfo = UTC
) -> Iterator[tuple[int, tuple[Entry, Feed] | WireError]]:
    """Yield every post of the export with its item's number, or what is wrong with it and why it
    stays outside.

    ``open_file`` opens the file from its beginning; it is read twice, since pictures may stand
    after the posts that show them. ``zone`` is that of times that name none.
    """
    try:
        site = _site_of(open_file, zone)
    except WireError as error:
        yield 0, error
        return
    feed = Feed("", home_url=site.url, language=site.language or "ar", own=True)
    others: Counter[str] = Counter()
    with open_file() as file:
        pieces = _pieces(file)
        next(pieces)
        for number, (line, piece) in enumerate(pieces, 1):
            match = _TYPE.search(piece)
            kind = match[1] if match else "post"
            spot = Spot(item=number, line=line)
            if kind not in {"post", "page"}:
                others[kind] += kind not in _INNER
                continue
            try:
                item = _read_item(site, piece, spot)
                _refuse_hidden(item, kind, spot)
                yield number, (_entry(item, site, line), feed)
            except WireError as error:
                yield number, error
    if names := ", ".join(f"{kind}: {count}" for kind, count in others.items() if count):
        yield 0, WireError(Fault("other_types", detail=names))


def _site_of(open_file: Callable[[], BinaryIO], zone: tzinfo) -> _Site:
    """Return what the head and the pictures of the export say. Raises `WireError`."""
    with open_file() as file:
        pieces = _pieces(file)
        line, head = next(pieces)
        if _DECLARES.search(head):
            raise WireError(Fault("forbidden_xml"))
        opening = _RSS.search(head)
        if opening is None:
            raise WireError(Fault("bad_xml", Spot(line), "rss"))
        site = _Site(f"{opening[0]}<channel>".replace("\n", " "), zone=zone)
        start = head.find("<channel>")
        channel = head[start + len("<channel>") :] if start >= 0 else ""
        if len(head) > _LONGEST_ITEM:
            raise WireError(Fault("too_long", Spot(line), f"{_LONGEST_ITEM:,}"))
        _read_head(parse_item(site.shell, f"<item>{channel}</item>", Spot(line)), site)
        for line, piece in pieces:
            match = _TYPE.search(piece)
            if match and match[1] == "attachment":
                try:
                    _read_picture(_read_item(site, piece, Spot(line)), site)
                except WireError:
                    continue  # Told of where the story misses it.
    return site


def _read_item(site: _Site, piece: str, spot: Spot) -> _Item:
    if len(piece) > _LONGEST_ITEM:
        raise WireError(Fault("too_long", spot, f"{_LONGEST_ITEM:,}"))
    return _Item.of(parse_item(site.shell, piece, spot))


def _read_head(head: Element, site: _Site) -> None:
    for node in head:
        name, text = _local(node), (node.text or "").strip()
        parts = {_local(part): (part.text or "").strip() for part in node}
        if name in {"base_blog_url", "link"} and web_url(text):
            site.url = site.url if name == "link" and site.url else text
        elif name == "language":
            site.language = text
        elif name == "author" and parts.get("author_login"):
            display_name = parts.get("author_display_name") or parts["author_login"]
            site.authors[parts["author_login"]] = display_name
        elif name == "category" and (nicename := parts.get("category_nicename")):
            category_name = plain(parts.get("cat_name", "")) or unquote(nicename)
            site.categories[nicename] = (category_name, parts.get("category_parent", ""))
            site.slugs[parts.get("term_id", "")] = nicename


def _read_picture(item: _Item, site: _Site) -> None:
    number = item["post_id"]
    url = web_url(item["attachment_url"] or item["guid"])
    if not url or not re.search(r"\.(?:jpe?g|png|gif|webp|avif|bmp|tiff?)$", url, re.I):
        return
    alt = plain(item.meta.get("_wp_attachment_image_alt", ""))
    site.pictures[number] = FeedImage(url, alt, plain(item.excerpt))
    site.attachments.setdefault(item["post_parent"], []).append(number)


def _refuse_hidden(item: _Item, kind: str, spot: Spot) -> None:
    """Raise `WireError` for what readers of the old site could not see, and for its pages."""
    status = item["status"]
    if status in _PRIVATE_STATUSES:
        raise WireError(Fault("hidden", spot, f"{status}: {plain(item['title'])}"))
    if item["post_password"]:
        raise WireError(Fault("hidden", spot, f"password: {plain(item['title'])}"))
    if kind == "page":
        raise WireError(Fault("standing", spot, f"{plain(item['title'])} ({item['link']})"))


def _times(item: _Item, zone: tzinfo) -> tuple[datetime | None, datetime | None]:
    """When the post was first shown and last changed: in UTC where it says so, else in ``zone``;
    «0000-00-00» is no time."""
    result: list[datetime | None] = []
    for name in ("post_date", "post_modified"):
        at = None
        for text, where in ((item[f"{name}_gmt"], UTC), (item[name], zone)):
            if at is None and text and not _NO_TIME.match(text):
                at = moment(text, where)
        result.append(at)
    if result[0] is None and item["pubDate"] and "-0001" not in item["pubDate"]:
        result[0] = moment(item["pubDate"], UTC)
    return result[0], result[1]


def _entry(item: _Item, site: _Site, line: int) -> Entry:
    number, status = item["post_id"], item["status"] or "publish"
    published, updated = _times(item, site.zone)
    is_ahead = published is not None and published > datetime.now(UTC)
    public = status == "publish" or (status == "future" and is_ahead)
    body, notes = body_of(item["encoded"], site.pictures, site.attachments.get(number, ()))
    lead, lead_notes = _lead(item, site)
    if public and published is None:
        notes += (("no_time", ""),)
    if item["is_sticky"] == "1":
        notes += (("sticky", ""),)
    section, tags = _category_and_tags(item, site)
    return Entry(
        id=item["guid"] or f"{site.url.rstrip('/')}/?p={number}",
        url=web_url(item["link"]),
        title=plain(item["title"]),
        summary=plain(item.excerpt),
        content=body,
        published=published,
        updated=max(filter(None, (published, updated)), default=None),
        authors=_authors(item, site),
        section=section[-1][1] if section else "",
        sections=section,
        tags=tags,
        image=lead,
        language=site.language,
        line=line,
        base=web_url(item["link"]) or site.url,
        status="" if public else status,
        addresses=_addresses(item, site) if public else (),
        notes=(*notes, *lead_notes),
    )


def _lead(item: _Item, site: _Site) -> tuple[FeedImage | None, tuple[tuple[str, str], ...]]:
    number = item.meta.get("_thumbnail_id", "")
    if not number or number == "0":
        return None, ()
    if number in site.pictures:
        return site.pictures[number], ()
    return None, (("no_featured", number[:20]),)


def _authors(item: _Item, site: _Site) -> tuple[str, ...]:
    """Who signs: those that a plugin for several authors lists, else the account's shown name."""
    names = [name for domain, _, name in item.terms if domain == "author" and name]
    login = item["creator"]
    texts = names or [site.authors.get(login, login)]
    return tuple(dict.fromkeys(name for text in texts for name in people(text)))


def _category_and_tags(
    item: _Item, site: _Site
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Return the category that the story goes to, with those above it, and its tags: all else."""
    categories = [(nicename, name) for domain, nicename, name in item.terms if domain == "category"]
    primary = site.slugs.get(item.meta.get("_yoast_wpseo_primary_category", ""), "")
    chains = [site.chain(nicename) or ((unquote(nicename), name),) for nicename, name in categories]
    best = next(
        (chain for (slug, _), chain in zip(categories, chains, strict=True) if slug == primary), ()
    )
    if not best and chains:
        best = max(chains, key=len)
    tags = [name for domain, _, name in item.terms if domain == "post_tag" and name]
    others = [chain[-1][1] for chain in chains if chain != best]
    return best, tuple(dict.fromkeys((*tags, *others)))


def _addresses(item: _Item, site: _Site) -> tuple[str, ...]:
    """Return the addresses under which readers found the post, from the slash on."""
    home = urlsplit(site.url)
    root = home.path.rstrip("/")
    name, former = item["post_name"], item.meta.get("_wp_old_slug", "")
    paths = [f"{root}/?p={item['post_id']}", *(f"{root}/{one}" for one in (name, former) if one)]
    link = item["link"]
    # WordPress leads from the permalink with the former name, whatever else stands in it.
    former_link = link.replace(name, former) if name and former else ""
    for address in (link, former_link, item["guid"]):
        try:
            parts = urlsplit(address)
        except ValueError:
            continue
        if parts.hostname and _host(parts.hostname) == _host(home.hostname):
            paths.append((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    return tuple(dict.fromkeys(address for address in paths if address != "/"))


def _host(name: str | None) -> str:
    return (name or "").removeprefix("www.")
