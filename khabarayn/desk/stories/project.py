"""Write a revision's content into a story's row and its rows of tags, authors and pictures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from flask_babel import gettext as _
from sqlalchemy import bindparam, delete, insert, inspect, select
from sqlalchemy.orm import InstrumentedAttribute

from khabarayn.arabic.normalise import fold
from khabarayn.arabic.slug import slug, tag_key
from khabarayn.article.blocks import Image
from khabarayn.article.content import Content
from khabarayn.article.pictures import MEDIA, pictures_in, with_pictures
from khabarayn.article.plain import text_of
from khabarayn.article.proposal import ProposedAuthor
from khabarayn.desk.refused import Refused
from khabarayn.store.db import db, insert_into
from khabarayn.store.models import (
    ArticleAuthor,
    ArticleMedia,
    ArticleRow,
    ArticleTag,
    AuthorRow,
    MediaRow,
    SourceRow,
    TagRow,
)
from khabarayn.store.queries.authors import moved_author
from khabarayn.store.queries.redirects import redirect_of
from khabarayn.store.queries.sections import section_tree
from khabarayn.store.queries.tags import moved_tag

PLAIN = (
    "headline", "short_headline", "standfirst", "teaser", "slug", "genre", "language",
    "direction", "source_url", "sensitive", "evergreen", "breaking", "word_count",
    "reading_minutes",
)  # fmt: skip
_TAGS = select(TagRow.id, TagRow.key).where(TagRow.key.in_(bindparam("keys", expanding=True)))
Named = TypeVar("Named", TagRow, AuthorRow, SourceRow)


def project(content: Content, row: ArticleRow) -> None:
    """Write ``content`` into ``row`` and the rows of its tags, authors and pictures. Raises
    `Refused`."""
    fresh = not inspect(row).has_identity
    for field in PLAIN:
        setattr(row, field, getattr(content, field))
    row.folded = fold(f"{content.headline} {content.standfirst}")
    row.section_id = section_id(content.section)
    content = replace(content, blocks=with_pictures(content.blocks, _present))
    row.body = content.blocks
    row.folded_body = fold(text_of(content.blocks))
    lead = content.lead
    picture = media_row(lead.path) if lead else None
    row.lead_id = picture.id if picture else None
    # What a story does not say of its picture, the library says.
    row.lead_alt = (lead.alt or picture.alt) if lead and picture else ""
    row.lead_caption = (lead.caption or picture.caption) if lead and picture else ""
    row.lead_credit = (lead.credit or picture.credit) if lead and picture else ""
    row.source_id = _source_id(content)
    db.session.add(row)
    db.session.flush()
    _label(row.id, content, fresh=fresh)


def section_id(slug_: str) -> int:
    """Return the row id of the section with this slug. Raises `Refused`."""
    tree = section_tree()
    found = tree.ids.get(slug_)
    if found is None and (moved := redirect_of(f"/s/{slug_}")):
        # A revision may be older than the section's present address.
        found = tree.ids.get(moved.removeprefix("/s/"))
    if found is None:
        raise Refused("section", _("لا يوجد قسم بهذا الاسم: «%(slug)s».", slug=slug_))
    return found


def media_row(path: str) -> MediaRow:
    """Return the stored picture that ``path`` («media:<public id>») names, or the one that has
    taken its place. Raises `Refused`."""
    found = db.session.scalar(
        select(MediaRow).where(MediaRow.public_id == path.removeprefix(MEDIA))
    )
    if found is None:
        raise Refused("picture", _("الصورة غير موجودة: %(path)s", path=path))
    if found.replaced_by is not None:
        return db.session.get_one(MediaRow, found.replaced_by)
    return found


def _present(image: Image) -> Image:
    """The picture that stands today where ``image`` was named."""
    found = media_row(image.media)
    return image if found.public_id == image.media else replace(image, media=found.public_id)


def _source_id(content: Content) -> int | None:
    if not content.source_name:
        return None
    row = db.session.scalar(select(SourceRow).where(SourceRow.name == content.source_name))
    if row is None:
        was = SourceRow.former.contains(f"|{content.source_name}|", autoescape=True)
        row = db.session.scalar(select(SourceRow).where(was).order_by(SourceRow.id))
    if row is None:
        row = _new(SourceRow, SourceRow.name, name=content.source_name)
    row.url = content.source_link or row.url or ""
    row.licence = content.source_licence or row.licence or ""
    db.session.flush()
    return row.id


def _label(article_id: int, content: Content, *, fresh: bool) -> None:
    for table in () if fresh else (ArticleTag, ArticleAuthor, ArticleMedia):
        db.session.execute(delete(table).where(table.article_id == article_id))
    # Made in the order of their keys: two stories with the same new tags never wait for each other.
    keys = {name: tag_key(name) for name in content.tags}
    here = _tags_here(keys.values()) if keys else {}
    made = {
        name: here.get(keys[name]) or _tag_id(name) for name in sorted(keys, key=keys.__getitem__)
    }
    tags = dict.fromkeys(made[name] for name in content.tags)
    _place(ArticleTag, article_id, "tag_id", tags)
    authors = dict.fromkeys(_author_id(author) for author in content.authors)
    _place(ArticleAuthor, article_id, "author_id", authors)
    pictures = dict.fromkeys(media_row(name).id for name in pictures_in(content.blocks))
    _place(ArticleMedia, article_id, "media_id", pictures)


def _place(table: type[Any], article_id: int, column: str, ids: Iterable[int]) -> None:
    """Write the link rows of a story, in their order."""
    rows = [
        {"article_id": article_id, column: number, "position": position}
        for position, number in enumerate(ids)
    ]
    if rows:
        db.session.execute(insert(table), rows)


def _tags_here(keys: Iterable[str]) -> dict[str, int]:
    rows = db.session.execute(_TAGS, {"keys": list(keys)})
    return {row.key: row.id for row in rows}


def _tag_id(name: str) -> int:
    key = tag_key(name)
    row = None
    if moved := moved_tag(key):
        row = db.session.scalar(select(TagRow).where(TagRow.key == moved))
    if row is None:
        row = _new(TagRow, TagRow.key, key=key, name=name)
    return row.id


def _author_id(author: ProposedAuthor) -> int:
    wanted = author.slug or slug(author.name)
    row = db.session.scalar(select(AuthorRow).where(AuthorRow.slug == wanted))
    if row is None and (moved := moved_author(wanted)):
        row = db.session.scalar(select(AuthorRow).where(AuthorRow.slug == moved))
    if row is None:
        row = _new(AuthorRow, AuthorRow.slug, slug=wanted, name=author.name, role="", bio="")
    row.role = row.role or author.role
    row.bio = row.bio or author.bio
    db.session.flush()
    return row.id


def _new(table: type[Named], column: InstrumentedAttribute[str], **values: str) -> Named:
    """Return the row with this value of the unique ``column``, made now, or by whoever was quicker
    a moment ago."""
    entry = insert_into(table).values(**values)
    db.session.execute(entry.on_conflict_do_nothing(index_elements=[column]))
    return db.session.scalars(select(table).where(column == values[column.key])).one()
