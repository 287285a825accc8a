"""Whether all stories of this version's demo edition have been imported."""

from __future__ import annotations

from sqlalchemy import select

from khabarayn.store.db import commit, db, writing
from khabarayn.store.models import SearchState

_NAME = "demo"


def has_demo(digest: int) -> bool:
    """Say whether the demo edition whose digest is ``digest`` is wholly imported."""
    return db.session.scalar(select(SearchState.value).where(SearchState.name == _NAME)) == digest


@writing()
def demo_stands(digest: int) -> None:
    """Store that the demo edition whose digest is ``digest`` is imported. Commits."""
    db.session.merge(SearchState(name=_NAME, value=digest))
    commit()
