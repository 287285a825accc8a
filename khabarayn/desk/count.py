"""Daily counters of reads, shares, saves and searches without a result; they hold nothing about
people."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy import delete, func, select

from khabarayn.arabic.hygiene import clean_line
from khabarayn.arabic.normalise import tokens
from khabarayn.store.db import commit, db, insert_into, now
from khabarayn.store.models import ArticleRow, CountRow, ReadsRow
from khabarayn.store.queries.cards import PUBLISHED
from khabarayn.store.queries.site import counting

SHARES = ("whatsapp", "telegram", "facebook", "x", "linkedin", "email", "copy", "system")
EDITIONS = ("text", "full", "epub")
# At most so many different words are stored a day, so that invented ones cannot fill the table.
DISTINCT = 400
KEEP_DAYS = 400
_WORDS, _LONGEST = 8, 60
# Words that look like a number of somebody's, an e-mail or a web address are not stored.
_PRIVATE = re.compile(r"@|[0-9]{6}|https?:|www\.", re.I)


def count_read(public_id: str) -> None:
    """Count one reading of a published story; anything else is not counted."""
    if not counting():
        return
    row = db.session.scalar(
        select(ArticleRow.id).where(ArticleRow.public_id == public_id, PUBLISHED)
    )
    if row is None:
        return
    entry = insert_into(ReadsRow).values(day=now().date(), article_id=row, count=1)
    db.session.execute(
        entry.on_conflict_do_update(
            index_elements=[ReadsRow.day, ReadsRow.article_id],
            set_={"count": ReadsRow.count + 1},
        )
    )
    commit()


def count(kind: str, name: str = "") -> bool:
    """Count one of ``kind`` («share», «save», «edition», «nothing»); return whether it counted."""
    counted_name = _name_to_count(kind, name)
    if counted_name is None or not counting() or not _room(kind, counted_name):
        db.session.rollback()
        return False
    entry = insert_into(CountRow).values(day=now().date(), kind=kind, name=counted_name, count=1)
    db.session.execute(
        entry.on_conflict_do_update(
            index_elements=[CountRow.day, CountRow.kind, CountRow.name],
            set_={"count": CountRow.count + 1},
        )
    )
    commit()
    return True


def forget_old_counts() -> int:
    """Delete the counts of days more than `KEEP_DAYS` ago; commits; return how many rows."""
    oldest = now().date() - timedelta(days=KEEP_DAYS)
    result = db.session.execute(
        delete(CountRow).where(CountRow.day < oldest).returning(CountRow.name)
    ).all()
    commit()
    return len(result)


def _name_to_count(kind: str, name: str) -> str | None:
    """Return the name under which something is counted, or None when it is not."""
    if kind == "share":
        return name if name in SHARES else None
    if kind == "edition":
        return name if name in EDITIONS else None
    if kind == "save":
        return ""
    if kind == "nothing":
        text = clean_line(name, 200).text
        if _PRIVATE.search(text):
            return None
        words = [token.folded for token in tokens(text)[:_WORDS]]
        return " ".join(words)[:_LONGEST].strip() or None
    return None


def _room(kind: str, name: str) -> bool:
    if kind != "nothing":
        return True
    today = (
        select(func.count())
        .select_from(CountRow)
        .where(CountRow.day == now().date(), CountRow.kind == kind)
    )
    if (db.session.scalar(today) or 0) < DISTINCT:
        return True
    query = select(CountRow.name).where(
        CountRow.day == now().date(), CountRow.kind == kind, CountRow.name == name
    )
    return db.session.scalar(query) is not None
