"""What kind of file this is, whether its story is known here, and whether it has changed."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass

from sqlalchemy import select

from khabarayn.article.proposal import Proposal
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow, LogRow
from khabarayn.wire.decode import decode
from khabarayn.wire.fault import Fault, WireError

NINJS, JSON_FEED, SYNDICATED, HTML = "ninjs", "jsonfeed", "syndicated", "html"
SUFFIXES = {
    ".json": NINJS,
    ".jsonl": NINJS,
    ".ndjson": NINJS,
    ".ninjs": NINJS,
    ".xml": SYNDICATED,
    ".rss": SYNDICATED,
    ".rdf": SYNDICATED,
    ".atom": SYNDICATED,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
}
_FEED_ROOT = re.compile(r"<(?:rss|feed|rdf:RDF)\b")
_PAGE_ROOT = re.compile(r"<(?:!doctype\s+html|html|head|body|article|main|h1|p|div)\b", re.I)


def kind_of(data: bytes, name: str = "") -> str:
    """Return which of the four kinds ``data`` is: its own words decide, then its file name.

    Raises `WireError` («unknown_kind», «empty», «too_big»).
    """
    text = decode(data)
    head = text.lstrip("\ufeff \t\r\n")[:4000]
    if head.startswith(("{", "[")):
        return JSON_FEED if re.search(r'"version"\s*:\s*"https?://jsonfeed\.org', head) else NINJS
    if head.startswith("<"):
        feed, page = _FEED_ROOT.search(head), _PAGE_ROOT.search(head)
        if feed and not (page and page.start() < feed.start()):
            return SYNDICATED
        if page:
            return HTML
    suffix = re.search(r"\.[a-z]+\Z", name.lower())
    kind = SUFFIXES.get(suffix[0]) if suffix else None
    # A page is told by its markup; what only has its name has no text either.
    if kind is None or (kind == HTML and "<" not in head):
        raise WireError(Fault("unknown_kind"))
    return kind


def digest_of(proposal: Proposal, *pictures: bytes) -> str:
    """Return the digest of everything that ``proposal`` says, pictures included.

    The same proposal has the same digest on every machine and at every time.
    """
    said = json.dumps(asdict(proposal), sort_keys=True, ensure_ascii=False, default=str)
    digest = hashlib.sha256(said.encode("utf-8", "surrogatepass"))
    for data in pictures:
        digest.update(hashlib.sha256(data).digest())
    return digest.hexdigest()


@dataclass(frozen=True)
class Known:
    """A story that came from the same origin before. ``ours`` when nobody but the importer has
    touched it last; ``pending`` when its newest text was then kept, but never published."""

    id: str
    status: str
    digest: str
    ours: bool
    pending: bool
    corrected: bool


def known(origin_uri: str, by: str) -> Known | None:
    """Return the story that came from ``origin_uri``, or None; ``by`` is who imports."""
    row = db.session.execute(
        select(
            ArticleRow.id,
            ArticleRow.public_id,
            ArticleRow.status,
            ArticleRow.origin_digest,
            ArticleRow.corrected,
        ).where(ArticleRow.origin_uri == origin_uri)
    ).one_or_none()
    if row is None:
        return None
    last = db.session.execute(
        select(LogRow.verb, LogRow.who)
        .where(LogRow.article_id == row.id)
        .order_by(LogRow.id.desc())
        .limit(1)
    ).one_or_none()
    ours = last is not None and last.who == by
    pending = last is not None and ours and last.verb in {"draft", "revise"}
    return Known(row.public_id, row.status, row.origin_digest, ours, pending, row.corrected)
