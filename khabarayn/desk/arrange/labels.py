"""Move every story from one tag or author to another, or take the tag or author off all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import delete, select, update
from sqlalchemy.orm import InstrumentedAttribute

from khabarayn.article.content import Content
from khabarayn.desk.arrange.reindex import relabel
from khabarayn.desk.by import By
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.amend import amend, readers_get, stories_of, waiting
from khabarayn.store.db import db
from khabarayn.store.models import ArticleAuthor, ArticleTag, ListingRow
from khabarayn.store.queries.cards import author_list, tag_list

# A label of more stories is not taken off: each needs a revision, and other writers would wait.
MANY = 500


@dataclass(frozen=True)
class Label:
    """A kind of label: the ``table`` that hangs it on stories, the name of its column there, and
    the name of the list that shows the stories with one of them."""

    table: type[ArticleTag] | type[ArticleAuthor]
    key: str
    list_of: Callable[[int], str]

    @property
    def column(self) -> InstrumentedAttribute[int]:
        """The column of the link table that holds the label's row id."""
        return getattr(self.table, self.key)


TAGS = Label(ArticleTag, "tag_id", tag_list)
AUTHORS = Label(ArticleAuthor, "author_id", author_list)


def carrying(label: Label, number: int) -> list[int]:
    """Return the ids of the stories that have the label with this row id, published or not."""
    return list(db.session.scalars(select(label.table.article_id).where(label.column == number)))


def move_stories(label: Label, source: int, stays: int) -> list[int]:
    """Give the stories of one label another label instead; return their ids. Nothing is doubled."""
    stories = carrying(label, source)
    with_both = select(label.table.article_id).where(label.column == stays)
    db.session.execute(
        delete(label.table).where(
            label.column == source, label.table.article_id.in_(with_both.scalar_subquery())
        )
    )
    db.session.execute(update(label.table).where(label.column == source).values({label.key: stays}))
    old, new = label.list_of(source), label.list_of(stays)
    in_both = select(ListingRow.article_id).where(ListingRow.list == new)
    db.session.execute(
        delete(ListingRow).where(
            ListingRow.list == old, ListingRow.article_id.in_(in_both.scalar_subquery())
        )
    )
    db.session.execute(update(ListingRow).where(ListingRow.list == old).values(list=new))
    return stories


def take_off(
    label: Label, number: int, change: Callable[[Content], Content], by: By, note: str
) -> int:
    """Take a label off every story that carries it and return how many did.

    Each gets a revision without it, made by ``change``, so that publishing it again does not bring
    the label back. Raises `Refused` where they are more than `MANY`.
    """
    stories = carrying(label, number)
    if len(stories) > MANY:
        words = _("على أكثر من %(limit)s خبر. ادمجه في غيره بدل حذفه.", limit=MANY)
        raise Refused("delete", words)
    db.session.execute(delete(label.table).where(label.column == number))
    db.session.execute(delete(ListingRow).where(ListingRow.list == label.list_of(number)))
    for row in stories_of(stories):
        amend(row, change, by, note)
        readers_get(row)
    for row in waiting(but=stories):
        amend(row, change, by, note)
    db.session.flush()
    db.session.expire_all()
    relabel(stories)
    return len(stories)
