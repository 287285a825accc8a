"""Write a revision's content into a story's row and its rows of tags, authors and pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _
from sqlalchemy import bindparam, delete, insert, inspect, select
from sqlalchemy.orm import InstrumentedAttribute

from khabarayn.arabic.normalise import fold
from khabarayn.arabic.slug import tag_key
from khabarayn.article.blocks import Image
from khabarayn.article.content import Content
from khabarayn.article.pictures import MEDIA, pictures_in, with_pictures
from khabarayn.article.plain import text_of
from khabarayn.article.proposal import ProposedAuthor
from khabarayn.article.visual import visual_of
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.standing import section_of_page
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
from khabarayn.store.queries.tags import moved_tags

PLAIN = (
    "headline", "short_headline", "standfirst", "teaser", "slug", "genre", "language",
    "direction", "source_url", "sensitive", "evergreen", "breaking", "word_count",
    "reading_minutes",
)  # fmt: skip
_TAGS = select(TagRow.id, TagRow.key).where(TagRow.key.in_(bindparam("keys", expanding=True)))
NamedRow = TypeVar("NamedRow", TagRow, AuthorRow, SourceRow)


@dataclass(frozen=True)
class Attachments:
    """What hangs on a story, by row id, in its order."""

    tags: Sequence[int] = ()
    authors: Sequence[int] = ()
    pictures: Sequence[int] = ()


def project(content: Content, row: ArticleRow) -> None:
    """Make ``row`` and its labels say what ``content`` says. Raises `Refused`."""
    fresh = not inspect(row).has_identity
    labels = Labels([content])
    row.source_id = labels.source(content)
    content = fill(content, row)
    row.folded_body = fold(text_of(content.blocks))
    db.session.add(row)
    db.session.flush()
    for table in () if fresh else (ArticleTag, ArticleAuthor, ArticleMedia):
        db.session.execute(delete(table).where(table.article_id == row.id))
    attach({row.id: labels.of(content)})


def fill(content: Content, row: ArticleRow) -> Content:
    """Write into ``row`` what ``content`` says without its labels, and return it with the pictures
    that stand today where its own were. Nothing is flushed. Raises `Refused`."""
    for field in PLAIN:
        setattr(row, field, getattr(content, field))
    row.section_id = section_of_page() if row.page else section_id(content.section)
    lead = content.lead
    picture = media_row(lead.path) if lead else None
    row.lead_id = picture.id if picture else None
    # What a story does not say of its picture, the library says.
    row.lead_alt = (lead.alt or picture.alt) if lead and picture else ""
    row.lead_caption = (lead.caption or picture.caption) if lead and picture else ""
    row.lead_credit = (lead.credit or picture.credit) if lead and picture else ""
    content = replace(content, blocks=with_pictures(content.blocks, _present))
    row.body = content.blocks
    row.visual = visual_of(content.blocks)
    row.folded = fold(f"{content.headline} {content.standfirst}")
    return content


def attach(by_number: Mapping[int, Attachments]) -> None:
    """Hang these on stories that have nothing of the kind, by the stories' row ids."""
    _place(ArticleTag, "tag_id", {number: each.tags for number, each in by_number.items()})
    _place(ArticleAuthor, "author_id", {number: each.authors for number, each in by_number.items()})
    _place(ArticleMedia, "media_id", {number: each.pictures for number, each in by_number.items()})


class Labels:
    """The sources, tags and authors that stories name: read once for all of them, and made where
    they are missing. Good for one transaction."""

    def __init__(self, contents: Sequence[Content]) -> None:
        # Made in the order of their names, kind by kind: two who make the same new ones never
        # wait for each other.
        sources = sorted({content.source_name for content in contents} - {""})
        spelt: dict[str, str] = {}
        for name in (name for content in contents for name in content.tags):
            spelt.setdefault(tag_key(name), name)
        names: dict[str, ProposedAuthor] = {}
        for author in (author for content in contents for author in content.authors):
            names.setdefault(author.own_slug, author)
        here = _rows(SourceRow, SourceRow.name, sources)
        self._sources = {name: here.get(name) or _source(name) for name in sources}
        self._tags = _tag_ids(spelt)
        authors = _rows(AuthorRow, AuthorRow.slug, sorted(names))
        self._authors = {
            author_slug: authors.get(author_slug) or _author(author_slug, names[author_slug])
            for author_slug in sorted(names)
        }

    def source(self, content: Content) -> int | None:
        """Return the row id of the source of ``content``, which says how it is now."""
        row = self._sources.get(content.source_name)
        if row is None:
            return None
        row.url = content.source_link or row.url or ""
        row.licence = content.source_licence or row.licence or ""
        return row.id

    def of(self, content: Content) -> Attachments:
        """Return what hangs on a story of this ``content``. Raises `Refused` for a picture."""
        authors: list[int] = []
        for author in content.authors:
            row = self._authors[author.own_slug]
            row.role = row.role or author.role
            row.bio = row.bio or author.bio
            authors.append(row.id)
        return Attachments(
            tuple(dict.fromkeys(self._tags[tag_key(name)] for name in content.tags)),
            tuple(dict.fromkeys(authors)),
            tuple(dict.fromkeys(media_row(name).id for name in pictures_in(content.blocks))),
        )


def section_id(slug_: str) -> int:
    """Return the row id of the section with this slug. Raises `Refused`."""
    tree = section_tree()
    number = tree.ids.get(slug_)
    if number is None and (new_address := redirect_of(f"/s/{slug_}")):
        # A revision may be older than the section's present address.
        number = tree.ids.get(new_address.removeprefix("/s/"))
    if number is None:
        raise Refused("section", _("لا يوجد قسم بهذا الاسم: «%(slug)s».", slug=slug_))
    return number


def media_row(path: str) -> MediaRow:
    """Return the stored picture that ``path`` («media:<public id>») names, or the one that has
    taken its place. Raises `Refused`."""
    row = db.session.scalar(select(MediaRow).where(MediaRow.public_id == path.removeprefix(MEDIA)))
    if row is None:
        raise Refused("picture", _("الصورة غير موجودة: %(path)s", path=path))
    if row.replaced_by is not None:
        return db.session.get_one(MediaRow, row.replaced_by)
    return row


def _present(image: Image) -> Image:
    """The picture that stands today where ``image`` was named."""
    row = media_row(image.media)
    return image if row.public_id == image.media else replace(image, media=row.public_id)


def _source(name: str) -> SourceRow:
    was = SourceRow.former.contains(f"|{name}|", autoescape=True)
    row = db.session.scalar(select(SourceRow).where(was).order_by(SourceRow.id))
    return row or _new(SourceRow, SourceRow.name, name=name)


def _rows(
    table: type[NamedRow], column: InstrumentedAttribute[str], names: Sequence[str]
) -> dict[str, NamedRow]:
    """Return those rows that have one of these ``names``, by name."""
    if not names:
        return {}
    rows = db.session.scalars(select(table).where(column.in_(names)))
    return {getattr(row, column.key): row for row in rows}


def _place(table: type[Any], column: str, ids: Mapping[int, Sequence[int]]) -> None:
    """Hang these on each story, in their order."""
    rows = [
        {"article_id": article_id, column: number, "position": position}
        for article_id, each in ids.items()
        for position, number in enumerate(each)
    ]
    if rows:
        db.session.execute(insert(table), rows)


def _tags_here(keys: Iterable[str]) -> dict[str, int]:
    rows = db.session.execute(_TAGS, {"keys": list(keys)})
    return {row.key: row.id for row in rows}


def _tag_ids(spelt: Mapping[str, str]) -> dict[str, int]:
    """Return the row ids of the tags with these keys, or of those that they have become, by key;
    what is missing is made, spelt as given."""
    ids = _tags_here(spelt) if spelt else {}
    new_keys = moved_tags([key for key in spelt if key not in ids])
    now_called = _tags_here(set(new_keys.values())) if new_keys else {}
    ids |= {key: now_called[to] for key, to in new_keys.items() if to in now_called}
    new_rows = [{"key": key, "name": spelt[key]} for key in sorted(spelt) if key not in ids]
    if new_rows:
        entry = insert_into(TagRow).on_conflict_do_nothing(index_elements=[TagRow.key])
        db.session.execute(entry, new_rows)
        # Made now, or by whoever was quicker a moment ago.
        ids |= _tags_here([row["key"] for row in new_rows])
    return ids


def _author(author_slug: str, proposed_author: ProposedAuthor) -> AuthorRow:
    """Return the author whom nobody has by the slug ``author_slug``: the one that they have
    become, or the only one of this name where no more than a name is given; else a new one."""
    row = None
    if new_slug := moved_author(author_slug):
        row = db.session.scalar(select(AuthorRow).where(AuthorRow.slug == new_slug))
    if row is None and not proposed_author.slug:
        namesakes = select(AuthorRow).where(AuthorRow.name == proposed_author.name).limit(2)
        rows = db.session.scalars(namesakes).all()
        row = rows[0] if len(rows) == 1 else None
    return row or _new(
        AuthorRow, AuthorRow.slug, slug=author_slug, name=proposed_author.name, role="", bio=""
    )


def _new(table: type[NamedRow], column: InstrumentedAttribute[str], **values: str) -> NamedRow:
    """Return the row with this value of the unique ``column``, made now, or by whoever was quicker
    a moment ago."""
    entry = insert_into(table).values(**values)
    db.session.execute(entry.on_conflict_do_nothing(index_elements=[column]))
    return db.session.scalars(select(table).where(column == values[column.key])).one()
