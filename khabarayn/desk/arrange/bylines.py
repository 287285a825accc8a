"""Add, change, merge and delete authors and the agencies that stories come from."""

from __future__ import annotations

import re
from dataclasses import replace

from flask_babel import gettext as _
from sqlalchemy import select, update

from khabarayn.arabic.hygiene import clean_line
from khabarayn.arabic.slug import slug as slug_of
from khabarayn.article.content import Content
from khabarayn.desk.arrange.labels import AUTHORS, MANY, move_stories, take_off
from khabarayn.desk.arrange.redirects import forget_address, free, move
from khabarayn.desk.arrange.reindex import relabel
from khabarayn.desk.by import By
from khabarayn.desk.fields import Fields
from khabarayn.desk.permissions import require
from khabarayn.desk.pictures.describe import picture_row
from khabarayn.desk.record import log
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.amend import amend, readers_get, stories_of, waiting
from khabarayn.store.db import commit, db, writing
from khabarayn.store.models import ArticleRow, AuthorRow, FeedRow, SourceRow
from khabarayn.store.queries.authors import author_address, moved_author
from khabarayn.store.queries.redirects import leading_to

NAME, ROLE, BIO, LICENCE, ADDRESS, FORMER = 120, 120, 1000, 120, 500, 1000
_EMAIL = re.compile(r"[a-z0-9._%+-]{1,64}@[a-z0-9.-]{1,100}\.[a-z]{2,24}", re.I)
# At most so many contacts of an author, each of so many characters.
CONTACTS, CONTACT = 5, 190


@writing("authors")
def add_author(
    by: By, *, name: str, role: str = "", bio: str = "", contacts: str = "", portrait: str = ""
) -> str:
    """Add an author and return their slug; ``contacts`` as in `change_author`. Raises `Refused`."""
    require(by, "arrange.authors")
    fields = Fields()
    clean_name = fields.line("name", _("الاسم"), name, NAME)
    slug = slug_of(clean_name)
    if not slug:
        fields.wrong("name", _("لا بدّ من اسم."))
    if db.session.scalar(select(AuthorRow.id).where(AuthorRow.slug == slug)) is not None:
        fields.wrong("name", _("في القائمة كاتب بهذا الاسم: «%(name)s»", name=clean_name))
    row = AuthorRow(slug=slug, name=clean_name)
    _describe(row, fields, role, bio, contacts, portrait)
    db.session.add(row)
    free(author_address(slug))
    log("add_author", by, author=slug)
    commit()
    return slug


@writing()
def change_author(
    slug: str,
    by: By,
    *,
    name: str,
    role: str = "",
    bio: str = "",
    contacts: str = "",
    portrait: str = "",
) -> None:
    """Save an author's name, role, biography, contacts and portrait; their address does not change.
    ``contacts`` are e-mail addresses and web addresses, one a line; ``portrait`` is the public id
    of a picture, or empty for none. Raises `Refused`."""
    require(by, "arrange.authors")
    row = _author(slug)
    fields = Fields()
    row.name = fields.line("name", _("الاسم"), name, NAME, _("لا بدّ من اسم."))
    _describe(row, fields, role, bio, contacts, portrait)
    log("change_author", by, author=slug)
    commit()


@writing("authors")
def merge_authors(slug: str, into: str, by: By) -> int:
    """Make the stories of one author stories of another; return how many.

    The page of the first leads to the second's, and old revisions that name them mean the second.
    Raises `Refused`.
    """
    require(by, "arrange.authors")
    source, stays = _author(slug), _author(into)
    if source.id == stays.id:
        raise Refused("into", _("هذا هو الكاتب نفسه."))
    gone_name = source.name
    stories = move_stories(AUTHORS, source.id, stays.id)
    log("merge_authors", by, author=source.name, into=stays.name, stories=len(stories))
    db.session.delete(source)
    db.session.flush()
    free(author_address(stays.slug))
    move(author_address(slug), author_address(stays.slug))
    if _nobody_has(by_name := slug_of(gone_name)):
        # A feed that names the first author without an address means the second, too.
        move(author_address(by_name), author_address(stays.slug))
    db.session.expire_all()
    relabel(stories)
    commit()
    return len(stories)


@writing("authors")
def delete_author(slug: str, by: By) -> int:
    """Delete the author and take them off every story; return how many stories they signed.

    A story that nobody else signed is the paper's own. Raises `Refused`.
    """
    require(by, "arrange.authors")
    row = _author(slug)
    former = (path.removeprefix("/by/") for path in leading_to([author_address(slug)]))
    slugs = {slug, *former}
    if _nobody_has(slug_of(row.name)):
        # Texts that give no more than the name mean this one.
        slugs.add(slug_of(row.name))

    def without(content: Content) -> Content:
        authors = tuple(one for one in content.authors if one.own_slug not in slugs)
        return replace(content, authors=authors)

    count = take_off(AUTHORS, row.id, without, by, _("حُذف الكاتب «%(name)s»", name=row.name))
    log("delete_author", by, author=row.name, stories=count)
    db.session.delete(_author(slug))
    db.session.flush()
    forget_address(author_address(slug))
    commit()
    return count


@writing("sources")
def save_source(
    by: By, *, name: str, url: str = "", licence: str = "", number: int | None = None
) -> int:
    """Save a source, a new one when ``number`` is None, and return its number.

    Stories that give its former name keep it. Raises `Refused`.
    """
    require(by, "arrange.sources")
    fields = Fields()
    clean_name = fields.line("name", _("الاسم"), name, NAME)
    if not clean_name or "|" in clean_name:
        fields.wrong("name", _("لا بدّ من اسم، بلا العلامة |."))
    address = fields.line("url", _("الرابط"), url, ADDRESS)
    if address and not address.startswith(("https://", "http://")):
        fields.wrong("url", _("رابط الموقع يبدأ بـ https://"))
    clean_licence = fields.line("licence", _("الترخيص"), licence, LICENCE)
    same = db.session.scalar(select(SourceRow.id).where(SourceRow.name == clean_name))
    if same is not None and same != number:
        fields.wrong("name", _("في القائمة مصدر بهذا الاسم: «%(name)s»", name=clean_name))
    fields.raise_faults()
    row = SourceRow(name=clean_name) if number is None else _source(number)
    if row.name != clean_name:
        names = [old for old in (row.former or "").split("|") if old and old != clean_name]
        row.former = f"|{'|'.join([*names, row.name])}|"[-FORMER:]
        row.name = clean_name
    row.url, row.licence = address, clean_licence
    db.session.add(row)
    log("keep_source", by, source=clean_name)
    commit()
    return row.id


@writing("sources")
def delete_source(number: int, by: By, into: int | None = None) -> int:
    """Delete a source; its stories and feeds get the source ``into``, its stories else none. Return
    how many stories they were. Raises `Refused`, also for feeds that would be nobody's."""
    require(by, "arrange.sources")
    row = _source(number)
    names = {row.name, *filter(None, (row.former or "").split("|"))}
    stories = list(db.session.scalars(select(ArticleRow.id).where(ArticleRow.source_id == row.id)))
    if into is None:
        if db.session.scalar(select(FeedRow.id).where(FeedRow.source_id == row.id).limit(1)):
            words = _("للمصدر خلاصات واردة. ألغِ الاشتراك فيها، أو اختر مصدرًا يحلّ محلّه.")
            raise Refused("into", words)
        _remove_source(stories, names, row.name, by)
    else:
        stays = _source(into)
        if stays.id == row.id:
            raise Refused("into", _("هذا هو المصدر نفسه."))
        former_names = list(filter(None, (stays.former or "").split("|")))
        stays.former = f"|{'|'.join(dict.fromkeys([*former_names, *sorted(names)]))}|"[-FORMER:]
        db.session.execute(
            update(ArticleRow).where(ArticleRow.source_id == row.id).values(source_id=stays.id)
        )
        db.session.execute(
            update(FeedRow).where(FeedRow.source_id == row.id).values(source_id=stays.id)
        )
    log("delete_source", by, source=row.name, into=into, stories=len(stories))
    db.session.delete(row)
    commit()
    return len(stories)


def _remove_source(stories: list[int], names: set[str], name: str, by: By) -> None:
    """Take the source with these ``names`` out of the stories' texts and rows."""
    if len(stories) > MANY:
        words = _("من هذا المصدر أكثر من %(limit)s خبر. اختر مصدرًا يحلّ محلّه.", limit=MANY)
        raise Refused("into", words)

    def without(content: Content) -> Content:
        if content.source_name not in names:
            return content
        return replace(content, source_name="", source_link="", source_licence="")

    for row in stories_of(stories):
        amend(row, without, by, _("حُذف المصدر «%(name)s»", name=name))
        row.source_id = None
        readers_get(row)
    for row in waiting(but=stories):
        amend(row, without, by, _("حُذف المصدر «%(name)s»", name=name))
    db.session.flush()


def _source(number: int) -> SourceRow:
    row = db.session.get(SourceRow, number)
    if row is None:
        raise Refused("source", _("لا مصدر بهذا المعرّف."))
    return row


def _nobody_has(slug: str) -> bool:
    """Say whether the address of this slug is no author's, and leads to none."""
    here = db.session.scalar(select(AuthorRow.id).where(AuthorRow.slug == slug))
    return here is None and moved_author(slug) is None


def _author(slug: str) -> AuthorRow:
    row = db.session.scalar(select(AuthorRow).where(AuthorRow.slug == slug).with_for_update())
    if row is None:
        raise Refused("author", _("لا كاتب بهذا الرابط: %(slug)s", slug=slug[:80]))
    return row


def _describe(
    row: AuthorRow, fields: Fields, role: str, bio: str, contacts: str, portrait: str
) -> None:
    """Write what is said of an author. Raises `AllWrong` with what else ``fields`` holds."""
    row.role = fields.line("role", _("الصفة"), role, ROLE)
    row.bio = fields.text("bio", _("النبذة"), bio, BIO)
    row.contacts = "\n".join(_contacts(contacts, fields))
    with db.session.no_autoflush, fields.catch():
        row.portrait_id = picture_row(portrait).id if portrait else None
    fields.raise_faults()


def _contacts(text: str, fields: Fields) -> list[str]:
    """Return the e-mail and web addresses of the field, each once."""
    lines = dict.fromkeys(line.strip() for line in text.splitlines() if line.strip())
    if len(lines) > CONTACTS:
        fields.wrong("contacts", _("وسائل التواصل أكثر من %(limit)s.", limit=CONTACTS))
    return [_contact(line.removeprefix("mailto:"), fields) for line in lines][:CONTACTS]


def _contact(line: str, fields: Fields) -> str:
    if "@" in line and "/" not in line:
        if _EMAIL.fullmatch(line):
            return line
        fields.wrong(
            "contacts", _("ليس هذا بريدًا إلكترونيًا: %(line)s", line=clean_line(line, 80).text)
        )
        return ""
    return fields.web_address("contacts", line, CONTACT)
