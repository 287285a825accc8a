"""Whether the demo edition that this version brings has been taken in whole."""

from __future__ import annotations

from sqlalchemy import select

from khabarayn.store.db import commit, db, writing
from khabarayn.store.models import SearchState

_NAME = "demo"


def has_demo(digest: int) -> bool:
    """Say whether the edition of ``digest`` was taken in to its last story."""
    return db.session.scalar(select(SearchState.value).where(SearchState.name == _NAME)) == digest


@writing()
def demo_stands(digest: int) -> None:
    """Remember that the edition of ``digest`` is in. Commits."""
    db.session.merge(SearchState(name=_NAME, value=digest))
    commit()
