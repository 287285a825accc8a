"""Where an address that moved leads now, however it is written, and the list of all that did."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, quote, unquote

from sqlalchemy import select

from khabarayn.store.db import db
from khabarayn.store.models import RedirectRow

LIMIT = 60
# Query fields that campaigns and social networks add to links; they name no page.
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|igshid|mc_[ce]id|_ga", re.IGNORECASE)
_FEED = re.compile(r"/(?:feed\.xml|atom\.xml|feed\.json)$")
_LISTS = ("/s/", "/t/", "/by/")


def address_key(path: str, query: str = "") -> str:
    """Return the form in which addresses are compared: decoded, composed (NFC), without the slash
    at the end, the query's fields in order and without what only tracks its readers.

    Raises ``UnicodeDecodeError`` when what is percent-encoded is no UTF-8.

    >>> address_key("/2019/%d8%ae%D8%A8%D8%B1/"), address_key("/", "utm_source=x&p=123")
    ('/2019/خبر', '/?p=123')
    >>> address_key("/news.php", "id=7&a=1") == address_key("/news.php", "a=1&id=7")
    True
    """
    plain = unicodedata.normalize("NFC", unquote(path, errors="strict"))
    fields = sorted(
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True)
        if not _TRACKING.fullmatch(name)
    )
    query_text = "&".join(f"{_field(name)}={_field(value)}" for name, value in fields)
    return (plain.rstrip("/") or "/") + (f"?{query_text}" if query_text else "")


def _field(text: str) -> str:
    return re.sub(r"[&=+%#\s]", lambda sign: quote(sign[0]), unicodedata.normalize("NFC", text))


def redirect_of(key: str) -> str | None:
    """Return the address that ``key`` (as `address_key` makes it) moved to, or None."""
    return db.session.scalar(select(RedirectRow.target).where(RedirectRow.path == key))


def redirects_of(keys: Iterable[str]) -> dict[str, str]:
    """Return `redirect_of` of each of these keys that moved."""
    paths = list(keys)
    if not paths:
        return {}
    rows = select(RedirectRow.path, RedirectRow.target).where(RedirectRow.path.in_(paths))
    return {row.path: row.target for row in db.session.execute(rows)}


def leading_to(keys: Iterable[str]) -> tuple[str, ...]:
    """Return the addresses that lead to one of ``keys`` now."""
    statement = select(RedirectRow.path).where(RedirectRow.target.in_(list(keys)))
    return tuple(db.session.scalars(statement.order_by(RedirectRow.path)))


def moved_address(path: str, query: str = "") -> str | None:
    """Return where a reader goes who asks for ``path`` (decoded) with ``query``, or None.

    With its query first, then without; a feed goes where its list went. The front page has moved
    only with a query, as the stories of papers that wrote «/?p=123».
    """
    keys = [address_key(quote(path), query)]
    plain = address_key(quote(path))
    if plain != "/":
        keys.append(plain)
    feed = _FEED.search(plain)
    if feed:
        keys.append(plain[: feed.start()])
    rows = db.session.execute(
        select(RedirectRow.path, RedirectRow.target).where(RedirectRow.path.in_(set(keys) - {"/"}))
    )
    targets = {row.path: row.target for row in rows}
    target = next((targets[key] for key in keys if key in targets), None)
    if feed and plain not in targets and target and target.startswith(_LISTS):
        return target + feed[0]
    return target


@dataclass(frozen=True)
class Redirect:
    """An address that moved, both as paths of the site (percent-decoded)."""

    path: str
    target: str
    created_at: datetime


def redirects(
    query: str = "", after: str = "", limit: int = LIMIT
) -> tuple[tuple[Redirect, ...], str]:
    """Return redirects by their old address, after the address ``after``; and where to go on."""
    statement = select(RedirectRow.path, RedirectRow.target, RedirectRow.created_at)
    if query:
        statement = statement.where(
            RedirectRow.path.contains(query, autoescape=True)
            | RedirectRow.target.contains(query, autoescape=True)
        )
    if after:
        statement = statement.where(RedirectRow.path > after)
    rows = db.session.execute(statement.order_by(RedirectRow.path).limit(limit + 1)).all()
    page = tuple(Redirect(row.path, row.target, row.created_at) for row in rows[:limit])
    return page, page[-1].path if len(rows) > limit else ""
