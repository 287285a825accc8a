"""What format a file has, whether its story is stored here, and whether it has changed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, is_dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, func, select

from khabarayn.article.proposal import Proposal
from khabarayn.desk.stories.write_if_unchanged import parts
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow, LogRow, SourceRow
from khabarayn.wire.decode import decode
from khabarayn.wire.fault import Fault, WireError

NINJS, JSON_FEED, FEED_XML, HTML = "ninjs", "jsonfeed", "syndicated", "html"
SUFFIXES = {
    ".json": NINJS,
    ".jsonl": NINJS,
    ".ndjson": NINJS,
    ".ninjs": NINJS,
    ".xml": FEED_XML,
    ".rss": FEED_XML,
    ".rdf": FEED_XML,
    ".atom": FEED_XML,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
}
_FEED_ROOT = re.compile(r"<(?:rss|feed|rdf:RDF)\b")
_PAGE_ROOT = re.compile(r"<(?:!doctype\s+html|html|head|body|article|main|h1|p|div)\b", re.I)

_AnyRow = Row[*tuple[Any, ...]]

# Other formats of news and of papers that move, by what they begin with.
_BY_MAGIC = (
    (b"%PDF-", "PDF"), (b"\xd0\xcf\x11\xe0", "Word (DOC)"),
    (b"{\\rtf", "RTF"), (b"\x1f\x8b", "GZIP"), (b"SQLite format 3", "SQLite"),
)  # fmt: skip
_BY_ROOT = (
    (re.compile(r"<(?:newsItem|newsMessage|packageItem|conceptItem)\b[^>]*"), "NewsML-G2"),
    (re.compile(r"<NewsML\b"), "NewsML 1"),
    (re.compile(r"<nitf\b"), "NITF"),
    (re.compile(r"<(?:urlset|sitemapindex)\b"), "Sitemap"),
    (re.compile(r"<opml\b"), "OPML"),
)
_BLOGGER = re.compile(r"schemas\.google\.com/blogger/2008/kind#(?:settings|template|comment|page)")
_GHOST = re.compile(r'"db"\s*:\s*\[\s*\{\s*"(?:meta|data)"\s*:')
_GHOST_VERSION = re.compile(r'"version"\s*:\s*"?(\d+(?:\.\d+)*)')
_G2_VERSION = re.compile(r"\bstandardversion\s*=\s*[\"'](\d+(?:\.\d+)*)")


def _foreign(text: str, head: str) -> str:
    """The name and version of a format that is known and not taken, or ''."""
    if head.startswith("<"):
        if _BLOGGER.search(text):
            return "Blogger"
        for root, name in _BY_ROOT:
            if root.search(head):
                version = _G2_VERSION.search(head)
                return f"{name} {version[1]}" if version and name == "NewsML-G2" else name
    if head.startswith(("{", "[")):
        if _GHOST.search(head):
            version = _GHOST_VERSION.search(head)
            return f"Ghost JSON {version[1]}" if version else "Ghost JSON"
        if re.search(r'"title"\s*:\s*\{\s*"rendered"\s*:', head):
            return "WordPress REST JSON"
        if re.match(r'\{\s*"name"\s*:.{0,200}"type"\s*:\s*"[a-z_]*(?:channel|group)"', head, re.S):
            return "Telegram JSON"
    return ""


def kind_of(data: bytes, name: str = "") -> str:
    """Return which of the four kinds ``data`` is: its own words decide, then its file name.

    Raises `WireError` («unknown_kind», «empty», «too_big», and «not_taken» with the name and
    version of a format that is known and not read yet).
    """
    if data.startswith(b"PK\x03\x04"):
        for part, format_name in ((b"word/", "Word (DOCX)"), (b"vnd.oasis.opendocument", "ODT")):
            if part in data[:100_000]:
                raise WireError(Fault("not_taken", detail=format_name))
    for magic, format_name in _BY_MAGIC:
        if data.startswith(magic):
            raise WireError(Fault("not_taken", detail=format_name))
    text = decode(data)
    head = text.lstrip("\ufeff \t\r\n")[:4000]
    if format_name := _foreign(text, head):
        raise WireError(Fault("not_taken", detail=format_name))
    if head.startswith(("{", "[")):
        return JSON_FEED if re.search(r'"version"\s*:\s*"https?://jsonfeed\.org', head) else NINJS
    if head.startswith("<"):
        feed, page = _FEED_ROOT.search(head), _PAGE_ROOT.search(head)
        if feed and not (page and page.start() < feed.start()):
            return FEED_XML
        if page:
            return HTML
    suffix = re.search(r"\.[a-z]+\Z", name.lower())
    kind = SUFFIXES.get(suffix[0]) if suffix else None
    # A page is told by its markup; what only has its name has no text either.
    if kind is None or (kind == HTML and "<" not in head):
        raise WireError(Fault("unknown_kind"))
    return kind


# What a story has from the list that it came in, not from itself: a paper's feeds of all news and
# of one section name the same story with other titles, sections and tags.
_OF_THE_FEED = ("source_name", "source_link", "source_licence", "section", "section_name", "tags")


def digest_of(proposal: Proposal, *pictures: bytes, listed: bool = False) -> str:
    """Return the digest of everything that ``proposal`` says, pictures included.

    The same proposal has the same digest on every machine and at every time. What the list says
    in which a story was ``listed`` is left out.
    """
    values = dict(vars(proposal))
    del values["notes"], values["listed"], values["addresses"]
    for name in ("embargo", "embargo_reason", "also_uris", "translations"):
        if not values[name]:
            del values[name]
    for name in _OF_THE_FEED if listed else ():
        del values[name]
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, default=_as_json)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass"))
    for data in pictures:
        digest.update(hashlib.sha256(data).digest())
    return digest.hexdigest()


def _as_json(value: object) -> object:
    return dict(vars(value)) if is_dataclass(value) else str(value)


@dataclass(frozen=True)
class KnownStory:
    """A story that came from the same origin before. ``ours`` when nobody but the importer has
    touched it last; ``pending`` when its newest text was then kept, but never published."""

    id: str
    status: str
    digest: str
    ours: bool
    pending: bool
    corrected: bool
    source: str = ""
    updated_at: datetime | None = None


_OF_ORIGINS = (
    select(
        ArticleRow.id,
        ArticleRow.origin_uri,
        ArticleRow.public_id,
        ArticleRow.status,
        ArticleRow.origin_digest,
        ArticleRow.corrected,
        ArticleRow.updated_at,
        SourceRow.name,
    )
    .outerjoin(SourceRow, SourceRow.id == ArticleRow.source_id)
    .where(ArticleRow.origin_uri.in_(bindparam("uris", expanding=True)))
)
_VERSIONS = select(ArticleRow.origin_uri, ArticleRow.public_id, ArticleRow.translation_group).where(
    ArticleRow.origin_uri.in_(bindparam("uris", expanding=True))
)
# So many origins are asked for in one query; databases bound how many values one may have.
AT_ONCE = 500
_LAST_SAID = select(LogRow.article_id, LogRow.verb, LogRow.who).where(
    LogRow.id.in_(
        select(func.max(LogRow.id))
        .where(LogRow.article_id.in_(bindparam("ids", expanding=True)))
        .group_by(LogRow.article_id)
    )
)


class VersionOf(NamedTuple):
    """A story by its public id, with the name of the set of versions that it is tied to."""

    id: str
    group: str | None


def versions_by_origin(origins: Iterable[str]) -> dict[str, VersionOf]:
    """Return the stories that came from these origins, by origin."""
    stories: dict[str, VersionOf] = {}
    for part in parts(origins, AT_ONCE):
        rows = db.session.execute(_VERSIONS, {"uris": part})
        stories |= {row.origin_uri: VersionOf(row.public_id, row.translation_group) for row in rows}
    return stories


def find_known(origin_uri: str, by: str, *also: str) -> KnownStory | None:
    """Return the story that came from ``origin_uri``, or from one of ``also``, or None; ``by`` is
    who imports."""
    return known_many([(origin_uri, *also)], by)[0]


def known_many(stories: Sequence[Sequence[str]], by: str) -> list[KnownStory | None]:
    """Return `find_known` of each of ``stories``, given as the uris of its origin: the first of
    them that a story came from decides."""
    uris = {uri for story in stories for uri in story}
    if not uris:
        return [None for _ in stories]
    rows = {row.origin_uri: row for row in db.session.execute(_OF_ORIGINS, {"uris": list(uris)})}
    ids = [row.id for row in rows.values()]
    last_rows = db.session.execute(_LAST_SAID, {"ids": ids}) if ids else ()
    last = {row.article_id: row for row in last_rows}
    matches = (next((rows[uri] for uri in story if uri in rows), None) for story in stories)
    return [None if row is None else _known_story(row, last.get(row.id), by) for row in matches]


def _known_story(row: _AnyRow, last: _AnyRow | None, by: str) -> KnownStory:
    ours = last is not None and last.who == by
    pending = last is not None and ours and last.verb in {"draft", "revise"}
    return KnownStory(
        row.public_id,
        row.status,
        row.origin_digest,
        ours,
        pending,
        row.corrected,
        row.name or "",
        row.updated_at,
    )
