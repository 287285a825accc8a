"""Notify the people whom a step of a story concerns: on their badge, and by e-mail if they want."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, select, update

from khabarayn.desk.by import By
from khabarayn.desk.permissions import may
from khabarayn.desk.record import enqueue, standing_of
from khabarayn.store.db import commit, db, now, writing
from khabarayn.store.models import ArticleRow, LogRow, NotificationRow, UserRow
from khabarayn.store.queries.notifications import unseen_on
from khabarayn.store.queries.people import person_of

# The topic of the outbox's rows from which the worker sends e-mail.
MAIL_TOPIC = "letter"
RETENTION = timedelta(days=90)


def notify_editors(kind: str, row: ArticleRow, by: By, note: str = "") -> None:
    """Tell everybody who may publish the story as it stands, but for who did it."""
    _notify(kind, row, by, note, (one for one in _everybody() if _edits(one, row)))


def notify_owner(kind: str, row: ArticleRow, by: By, note: str = "") -> None:
    """Tell the one whose story it is, unless they did it themselves."""
    _notify(kind, row, by, note, (one for one in _everybody() if one.id == row.owner_id))


def notify_of_schedule(kind: str, row: ArticleRow, by: By, note: str = "") -> None:
    """Tell the story's owner and who set its hour what came of it; what failed and nobody of the
    editors had an hour set for is told to all of them."""
    setter = db.session.scalar(
        select(LogRow.person_id)
        .where(LogRow.article_id == row.id, LogRow.verb == "schedule")
        .order_by(LogRow.id.desc())
        .limit(1)
    )
    people = _everybody()
    recipients = [one for one in people if one.id in {row.owner_id, setter}]
    if kind == "failed" and not any(_edits(one, row) for one in recipients):
        recipients += [one for one in people if _edits(one, row)]
    _notify(kind, row, by, note, recipients)


@writing()
def see(public_id: str, by: By) -> None:
    """Mark the person's notifications about this story as seen; commits."""
    story = select(ArticleRow.id).where(ArticleRow.public_id == public_id)
    _mark_seen(by.own_id, NotificationRow.article_id.in_(story))
    commit()


def see_when_told(public_id: str, by: By) -> None:
    """`see` the story where it has unseen notifications; otherwise nothing is written."""
    if unseen_on(public_id, by.own_id):
        see(public_id, by)


@writing()
def see_all(by: By) -> None:
    """Mark every notification of the person as seen; commits."""
    _mark_seen(by.own_id)
    commit()


def prune_notifications() -> int:
    """Delete notifications older than 90 days; return how many rows."""
    old = db.session.execute(
        delete(NotificationRow)
        .where(NotificationRow.at < now() - RETENTION)
        .returning(NotificationRow.id)
    ).all()
    commit()
    return len(old)


def _mark_seen(person_id: int, *which: ColumnElement[bool]) -> None:
    db.session.execute(
        update(NotificationRow)
        .where(
            NotificationRow.person_id == person_id,
            NotificationRow.seen_at.is_(None),
            *which,
        )
        .values(seen_at=now())
        .execution_options(synchronize_session=False)
    )


def _everybody() -> list[UserRow]:
    return list(db.session.scalars(select(UserRow).where(UserRow.active).order_by(UserRow.id)))


def _edits(person: UserRow, row: ArticleRow) -> bool:
    return may(person_of(person), "story.publish", standing_of(row))


def _notify(kind: str, row: ArticleRow, by: By, note: str, people: Iterable[UserRow]) -> None:
    """Add a notification for each of ``people`` in the transaction of the step. Their earlier
    unseen ones about the story are deleted: a badge counts stories."""
    db.session.flush()
    for person in {one.id: one for one in people if one.id != by.id}.values():
        db.session.execute(
            delete(NotificationRow)
            .where(
                NotificationRow.person_id == person.id,
                NotificationRow.article_id == row.id,
                NotificationRow.seen_at.is_(None),
            )
            .execution_options(synchronize_session=False)
        )
        notice = NotificationRow(
            person_id=person.id, article_id=row.id, kind=kind, at=now(), by_name=by.name, note=note
        )
        db.session.add(notice)
        db.session.flush()
        if person.letters:
            enqueue(MAIL_TOPIC, row, notification=notice.id)
