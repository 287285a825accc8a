"""Who has a story open for writing."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select

from khabarayn.desk.by import By
from khabarayn.store.db import commit, db, insert_into, now
from khabarayn.store.models import ArticleRow, PresenceRow

# Browsers report every few seconds; it is written at most this often.
OFTEN = timedelta(seconds=10)
RETENTION = timedelta(days=1)


def here(public_id: str, by: By) -> None:
    """Store that the person has the story open now; commits. An unknown story is ignored."""
    moment = now()
    row = db.session.execute(
        select(ArticleRow.id, PresenceRow.at)
        .outerjoin(
            PresenceRow,
            (PresenceRow.article_id == ArticleRow.id) & (PresenceRow.person_id == by.own_id),
        )
        .where(ArticleRow.public_id == public_id)
    ).one_or_none()
    if row is None or (row.at is not None and moment - row.at < OFTEN):
        db.session.rollback()
        return
    entry = insert_into(PresenceRow).values(
        article_id=row.id, person_id=by.own_id, name=by.name[:120], at=moment
    )
    db.session.execute(
        entry.on_conflict_do_update(
            index_elements=[PresenceRow.article_id, PresenceRow.person_id],
            set_={"at": entry.excluded.at, "name": entry.excluded.name},
        )
    )
    commit()


def leave(public_id: str, by: By) -> None:
    """Store that the person has closed the story; commits."""
    story = select(ArticleRow.id).where(ArticleRow.public_id == public_id).scalar_subquery()
    db.session.execute(
        delete(PresenceRow).where(
            PresenceRow.article_id == story, PresenceRow.person_id == by.own_id
        )
    )
    commit()


def prune_presence() -> int:
    """Delete what was noted more than a day ago; return how many rows went."""
    old = db.session.execute(
        delete(PresenceRow)
        .where(PresenceRow.at < now() - RETENTION)
        .returning(PresenceRow.person_id)
    ).all()
    commit()
    return len(old)
