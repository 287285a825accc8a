"""Whether the stored profiles, by which stories are compared, are of this version of the code."""

from __future__ import annotations

from sqlalchemy import select

from khabarayn.store.db import commit, db, writing
from khabarayn.store.models import LikenessRow, SearchState

# Raised with each change of `khabarayn.related` that weighs stories in another way.
VERSION = 3
_NAME = "profiles"


def profiles_behind() -> bool:
    """Say whether profiles of another version are stored; a paper without stories has none."""
    version = db.session.scalar(select(SearchState.value).where(SearchState.name == _NAME))
    return (
        version != VERSION
        and db.session.scalar(select(LikenessRow.article_id).limit(1)) is not None
    )


@writing()
def profiles_made() -> None:
    """Store that all profiles are of this version. Commits."""
    db.session.merge(SearchState(name=_NAME, value=VERSION))
    commit()
