"""Replace one picture by another in every story, published or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace as with_changes

from flask_babel import gettext as _
from sqlalchemy import or_, select, update

from khabarayn.article.blocks import Image
from khabarayn.article.content import Content
from khabarayn.article.pictures import MEDIA, with_pictures
from khabarayn.desk.by import By
from khabarayn.desk.permissions import require
from khabarayn.desk.pictures.describe import picture_row
from khabarayn.desk.record import log
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.amend import amend, readers_get, waiting
from khabarayn.store.db import commit, db, writing
from khabarayn.store.models import ArticleMedia, ArticleRow, AuthorRow, MediaRow


@writing()
def replace(old: str, new: str, by: By) -> int:
    """Show the picture ``new`` wherever ``old`` was; return in how many stories. Commits once.

    Each story gets a revision; of a published one readers and their phones get the new picture,
    while changes that wait for publication go on waiting. The old picture stays in the library,
    marked. A text that names it later, such as a restored revision, shows the new one. Raises
    `Refused`.
    """
    require(by, "picture.replace")
    if old == new:
        raise Refused("with", _("هذه هي الصورة نفسها."))
    before, after = picture_row(old), picture_row(new)
    if after.replaced_by is not None:
        raise Refused("with", _("حلّت محلّ تلك الصورة صورة أخرى من قبل. اختر الأحدث."))
    rows = showing(before)
    for row in rows:
        _in_story(row, before, after, by)
    for row in waiting(but=[row.id for row in rows]):
        amend(row, lambda content: _content(content, before, after), by, _("استُبدلت صورة"))
    db.session.execute(
        update(AuthorRow).where(AuthorRow.portrait_id == before.id).values(portrait_id=after.id)
    )
    db.session.execute(
        update(MediaRow).where(MediaRow.replaced_by == before.id).values(replaced_by=after.id)
    )
    before.replaced_by = after.id
    log("replace_picture", by, picture=old, new=new, stories=len(rows))
    commit()
    return len(rows)


def showing(picture: MediaRow) -> list[ArticleRow]:
    """Return the stories whose row shows the picture, as lead or inside, locked."""
    inside = select(ArticleMedia.article_id).where(ArticleMedia.media_id == picture.id)
    return list(
        db.session.scalars(
            select(ArticleRow)
            .where(or_(ArticleRow.lead_id == picture.id, ArticleRow.id.in_(inside)))
            .order_by(ArticleRow.id)
            .with_for_update()
        )
    )


def _in_story(row: ArticleRow, before: MediaRow, after: MediaRow, by: By) -> None:
    amend(row, lambda content: _content(content, before, after), by, _("استُبدلت صورة"))
    row.body = with_pictures(row.body, _swap(before, after))
    if row.lead_id == before.id:
        row.lead_id = after.id
        # What the story said of the old picture itself may not be true of the new one.
        row.lead_alt, row.lead_caption = after.alt, row.lead_caption or after.caption
        row.lead_credit = after.credit
    _inside(row, before, after)
    readers_get(row)
    log("replace_picture", by, row, picture=before.public_id, new=after.public_id)


def _inside(row: ArticleRow, before: MediaRow, after: MediaRow) -> None:
    rows = {
        use.media_id: use
        for use in db.session.scalars(select(ArticleMedia).where(ArticleMedia.article_id == row.id))
    }
    old_use = rows.get(before.id)
    if old_use is None:
        return
    position = old_use.position
    db.session.delete(old_use)
    db.session.flush()
    if after.id not in rows:
        db.session.add(ArticleMedia(article_id=row.id, media_id=after.id, position=position))
        db.session.flush()


def _swap(before: MediaRow, after: MediaRow) -> Callable[[Image], Image]:
    def swap(image: Image) -> Image:
        if image.media != before.public_id:
            return image
        return Image(after.public_id, after.alt, image.caption or after.caption, after.credit)

    return swap


def _content(content: Content, before: MediaRow, after: MediaRow) -> Content:
    lead = content.lead
    if lead and lead.path.removeprefix(MEDIA) == before.public_id:
        lead = with_changes(
            lead,
            path=MEDIA + after.public_id,
            alt=after.alt,
            caption=lead.caption or after.caption,
            credit=after.credit,
            focal=(after.focal_x, after.focal_y),
        )
    blocks = with_pictures(content.blocks, _swap(before, after))
    return with_changes(content, lead=lead, blocks=blocks)
