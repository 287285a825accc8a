"""Where an address that moved leads now, and the list of all that did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from khabarayn.store.db import db
from khabarayn.store.models import RedirectRow

LIMIT = 60


def redirect_of(path: str) -> str | None:
    """Return the address that ``path`` (percent-decoded) moved to, or None."""
    return db.session.scalar(select(RedirectRow.target).where(RedirectRow.path == path))


@dataclass(frozen=True)
class Redirect:
    path: str
    target: str
    created_at: datetime


def redirects(
    query: str = "", after: str = "", limit: int = LIMIT
) -> tuple[tuple[Redirect, ...], str]:
    """Return redirects by their old address, after the address ``after``; and where to go on."""
    chosen = select(RedirectRow.path, RedirectRow.target, RedirectRow.created_at)
    if query:
        chosen = chosen.where(
            RedirectRow.path.contains(query, autoescape=True)
            | RedirectRow.target.contains(query, autoescape=True)
        )
    if after:
        chosen = chosen.where(RedirectRow.path > after)
    rows = db.session.execute(chosen.order_by(RedirectRow.path).limit(limit + 1)).all()
    found = tuple(Redirect(row.path, row.target, row.created_at) for row in rows[:limit])
    return found, found[-1].path if len(rows) > limit else ""
