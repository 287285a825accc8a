"""Rename, merge, delete and introduce tags; old addresses redirect and old revisions mean the new
tag."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import gettext as _
from sqlalchemy import select

from khabarayn.arabic.hygiene import clean_line
from khabarayn.arabic.slug import tag_key
from khabarayn.article.content import Content
from khabarayn.desk.arrange.labels import TAGS, carrying, move_stories, take_off
from khabarayn.desk.arrange.menus import follow_tag
from khabarayn.desk.arrange.redirects import forget_address, free, move
from khabarayn.desk.arrange.reindex import relabel
from khabarayn.desk.by import By
from khabarayn.desk.fields import Fields
from khabarayn.desk.permissions import require
from khabarayn.desk.record import log
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.content import TAG
from khabarayn.messages.amounts import characters
from khabarayn.store.db import commit, db, writing
from khabarayn.store.models import TagRow
from khabarayn.store.queries.redirects import leading_to
from khabarayn.store.queries.tags import tag_addresses

INTRO = 400


@writing("tags")
def change_tag(key: str, by: By, name: str, intro: str = "") -> str:
    """Give the tag ``key`` another name and introduction; return its key from now on.

    Raises `Refused`; a name that another tag has is refused with the advice to merge.
    """
    require(by, "arrange.tags")
    row, fields = _tag(key), Fields()
    name, too_long = clean_line(name.lstrip("#").replace("_", " "), TAG)
    new = tag_key(name)
    if not new or too_long or len(new) > TAG:
        fields.wrong("name", _("اسم الوسم بين حرف و%(limit)s.", limit=characters(TAG)))
    intro = fields.line("intro", _("التعريف"), intro, INTRO)
    fields.raise_faults()
    if new != row.key:
        if db.session.scalar(select(TagRow.id).where(TagRow.key == new)) is not None:
            raise Refused("name", _("«%(name)s» وسم قائم. ادمج الوسمين.", name=name))
        _lead(row.key, row.name, new, name)
    if (row.key, row.name, row.intro) != (new, name, intro):
        log("change_tag", by, tag=row.name, name=name)
        former, is_new_name = row.name, row.name != name
        row.key, row.name, row.intro = new, name, intro
        db.session.flush()
        if is_new_name:
            follow_tag(former, name)
            relabel(carrying(TAGS, row.id))
    commit()
    return new


@writing("tags")
def merge_tags(key: str, into: str, by: By) -> int:
    """Make the stories of the tag ``key`` stories of ``into``; return how many.

    Raises `Refused`.
    """
    require(by, "arrange.tags")
    source, stays = _tag(key), _tag(into)
    if source.id == stays.id:
        raise Refused("into", _("هذا هو الوسم نفسه."))
    stories = move_stories(TAGS, source.id, stays.id)
    log("merge_tags", by, tag=source.name, into=stays.name, stories=len(stories))
    old = source.key, source.name
    db.session.delete(source)
    db.session.flush()
    _lead(*old, stays.key, stays.name)
    follow_tag(source.name, stays.name)
    db.session.expire_all()
    relabel(stories)
    commit()
    return len(stories)


@writing("tags")
def delete_tag(key: str, by: By) -> int:
    """Delete the tag and take it off every story; return how many stories had it.

    Its page, and what led to it, lead nowhere any more. Raises `Refused`.
    """
    require(by, "arrange.tags")
    row = _tag(key)

    addresses = tag_addresses(row.key, row.name)
    keys = {tag_key(path.removeprefix("/t/")) for path in (*addresses, *leading_to(addresses))}

    def without(content: Content) -> Content:
        names = tuple(name for name in content.tags if tag_key(name) not in keys)
        return replace(content, tags=names)

    count = take_off(TAGS, row.id, without, by, _("حُذف الوسم «%(name)s»", name=row.name))
    log("delete_tag", by, tag=row.name, stories=count)
    db.session.delete(row)
    db.session.flush()
    for path in addresses:
        forget_address(path)
    follow_tag(row.name, "")
    commit()
    return count


def _lead(key: str, name: str, new_key: str, new_name: str) -> None:
    """Redirect every spelling of the old tag's address to the new one."""
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
