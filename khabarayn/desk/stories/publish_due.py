"""Publish scheduled stories when their time has come, each once."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from khabarayn.desk.by import WORKER
from khabarayn.desk.record import enqueue, newest_content, story_row
from khabarayn.desk.record import log as write_down
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.alt_text import require_described
from khabarayn.desk.stories.enter import enter
from khabarayn.desk.stories.notify import notify_of_schedule
from khabarayn.desk.stories.publish import put_out
from khabarayn.desk.stories.step import add_note
from khabarayn.desk.stories.transitions import REVIEW, SCHEDULED
from khabarayn.store.db import commit, db, now, writing
from khabarayn.store.models import ArticleRow

BATCH = 20
# A story published later than this after its hour, as no worker ran, gets the real time.
ON_TIME = timedelta(minutes=2)

log = logging.getLogger(__name__)


def publish_due_stories(batch: int = BATCH) -> int:
    """Publish the scheduled stories whose hour has come, the longest waiting first; return how
    many went out.

    Any number of workers may do this side by side. One that is killed in the middle leaves the
    story as it was, for the next. What cannot be published goes back to the editors with a note.
    """
    due = db.session.scalars(
        select(ArticleRow.public_id)
        .where(ArticleRow.status == SCHEDULED, ArticleRow.publish_at <= now())
        .order_by(ArticleRow.publish_at, ArticleRow.id)
        .limit(batch)
    ).all()
    db.session.rollback()
    return sum(_publish_or_return(public_id) for public_id in due)


def _publish_or_return(public_id: str) -> bool:
    try:
        word = _publish_due(public_id)
        if word is not None:
            enter(word, public_id)
        return word is not None
    except DBAPIError:
        # The story is unchanged; the next round tries again.
        log.exception("story %s could not go out yet", public_id)
    except Exception as error:
        log.exception("story %s cannot go out", public_id)
        _give_back(public_id, error.message if isinstance(error, Refused) else "")
    return False


@writing()
def _publish_due(public_id: str) -> int | None:
    """Publish; return the number of the outbox's row by which it is made known."""
    hour = _lock_due(public_id)
    if hour is None:
        return None
    # Perhaps a picture came in after the hour was set.
    require_described(newest_content(story_row(public_id))[1])
    moment = now()
    at = hour if moment - hour <= ON_TIME else moment
    word = put_out(public_id, WORKER, at=at)[1]
    notify_of_schedule("published", story_row(public_id), WORKER)
    commit()
    return word


def _lock_due(public_id: str) -> datetime | None:
    """Lock the story in the transaction that will publish it; return its time, or None when another
    worker has it or it was unscheduled."""
    row = select(ArticleRow.id).where(
        ArticleRow.public_id == public_id,
        ArticleRow.status == SCHEDULED,
        ArticleRow.publish_at <= now(),
    )
    if db.session.connection().dialect.name != "sqlite":
        row = row.with_for_update(skip_locked=True)
    return db.session.scalar(
        update(ArticleRow)
        .where(ArticleRow.id.in_(row))
        .values(changed_at=now())
        .returning(ArticleRow.publish_at)
        .execution_options(synchronize_session=False)
    )


@writing()
def _give_back(public_id: str, why: str) -> None:
    row = story_row(public_id)
    if row.status == SCHEDULED:
        row.status, row.publish_at = REVIEW, None
        why = why or _("خلل لم نتوقعه، وهو مسجّل.")
        words = _("لم يُنشر في موعده: %(why)s", why=why)
        add_note(row, "unschedule", WORKER, words)
        write_down("unschedule", WORKER, row, why=why)
        enqueue("unscheduled", row)
        notify_of_schedule("failed", row, WORKER, why)
    commit()
