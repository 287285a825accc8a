"""Rename tags, merge them, and introduce them; old addresses and old revisions lead to the new."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from khabarayn.arabic.hygiene import clean_line
from khabarayn.arabic.slug import tag_key
from khabarayn.desk.arrange.redirects import free, move
from khabarayn.desk.arrange.reindex import relabel
from khabarayn.desk.by import By
from khabarayn.desk.permissions import require
from khabarayn.desk.record import log
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.content import TAG
from khabarayn.store.db import commit, db, writing
from khabarayn.store.models import ArticleTag, ListingRow, TagRow
from khabarayn.store.queries.cards import tag_list
from khabarayn.store.queries.tags import tag_addresses

INTRO = 400


@writing("tags")
def change_tag(key: str, by: By, name: str, intro: str = "") -> str:
    """Give the tag ``key`` another name and introduction; return its key from now on.

    Raises `Refused`; a name that another tag has is refused with the advice to merge.
    """
    require(by, "arrange.tags")
    row = _tag(key)
    name, cut = clean_line(name.lstrip("#").replace("_", " "), TAG)
    new = tag_key(name)
    if not new or cut or len(new) > TAG:
        raise Refused("name", _("اسم الوسم بين حرف و%(limit)s حرفًا.", limit=TAG))
    intro, cut = clean_line(intro, INTRO)
    if cut:
        raise Refused("intro", _("التعريف أطول من %(limit)s حرف.", limit=INTRO))
    if new != row.key:
        if db.session.scalar(select(TagRow.id).where(TagRow.key == new)) is not None:
            raise Refused("name", _("«%(name)s» وسم قائم. ادمج الوسمين.", name=name))
        _lead(row.key, row.name, new, name)
    if (row.key, row.name, row.intro) != (new, name, intro):
        log("change_tag", by, tag=row.name, name=name)
        changed = row.name != name
        row.key, row.name, row.intro = new, name, intro
        db.session.flush()
        if changed:
            relabel(_stories(row.id))
    commit()
    return new


@writing("tags")
def merge_tags(key: str, into: str, by: By) -> int:
    """Make the stories of the tag ``key`` stories of ``into``; return how many.

    Raises `Refused`.
    """
    require(by, "arrange.tags")
    gone, stays = _tag(key), _tag(into)
    if gone.id == stays.id:
        raise Refused("into", _("هذا هو الوسم نفسه."))
    stories = _stories(gone.id)
    shared = select(ArticleTag.article_id).where(ArticleTag.tag_id == stays.id)
    db.session.execute(
        delete(ArticleTag).where(
            ArticleTag.tag_id == gone.id, ArticleTag.article_id.in_(shared.scalar_subquery())
        )
    )
    db.session.execute(
        update(ArticleTag).where(ArticleTag.tag_id == gone.id).values(tag_id=stays.id)
    )
    listed = select(ListingRow.article_id).where(ListingRow.list == tag_list(stays.id))
    db.session.execute(
        delete(ListingRow).where(
            ListingRow.list == tag_list(gone.id),
            ListingRow.article_id.in_(listed.scalar_subquery()),
        )
    )
    db.session.execute(
        update(ListingRow)
        .where(ListingRow.list == tag_list(gone.id))
        .values(list=tag_list(stays.id))
    )
    log("merge_tags", by, tag=gone.name, into=stays.name, stories=len(stories))
    old = gone.key, gone.name
    db.session.delete(gone)
    db.session.flush()
    _lead(*old, stays.key, stays.name)
    db.session.expire_all()
    relabel(stories)
    commit()
    return len(stories)


def _lead(key: str, name: str, new_key: str, new_name: str) -> None:
    """Lead every way to write the old tag's address to the new one."""
    present = tag_addresses(new_key, new_name)
    for path in present:
        free(path)
    for path in tag_addresses(key, name) - present:
        move(path, f"/t/{new_name.replace(' ', '_')}")


def _tag(key: str) -> TagRow:
    row = db.session.scalar(select(TagRow).where(TagRow.key == tag_key(key)).with_for_update())
    if row is None:
        raise Refused("tag", _("لا وسم بهذا الاسم: «%(key)s»", key=clean_line(key, 80).text))
    return row


def _stories(number: int) -> list[int]:
    return list(
        db.session.scalars(select(ArticleTag.article_id).where(ArticleTag.tag_id == number))
    )
