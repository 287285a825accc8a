"""Where an address that moved leads now."""

from __future__ import annotations

from sqlalchemy import select

from khabarayn.store.db import db
from khabarayn.store.models import RedirectRow


def redirect_of(path: str) -> str | None:
    """Return the address that ``path`` (percent-decoded) moved to, or None."""
    return db.session.scalar(select(RedirectRow.target).where(RedirectRow.path == path))
