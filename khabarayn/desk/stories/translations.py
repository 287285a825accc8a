"""Tie versions of a story in several languages, begin one, and ask for a look at the others when
one is corrected or withdrawn."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from babel import Locale
from flask_babel import force_locale, get_locale
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, delete, or_, select

from khabarayn.arabic.bidi import direction_of_language, primary_language
from khabarayn.arabic.hygiene import clean_line
from khabarayn.article.blocks import Block, Gallery, Image
from khabarayn.article.content import Content
from khabarayn.article.identity import PATTERN, new_public_id
from khabarayn.desk.by import By
from khabarayn.desk.permissions import require
from khabarayn.desk.record import add_first_revision, log, newest_content, standing_of, story_row
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.duplicate import free_id
from khabarayn.desk.stories.project import project
from khabarayn.store.db import commit, db, now, writing
from khabarayn.store.models import ArticleRow, TranslationCheckRow
from khabarayn.store.queries.cards import PUBLISHED
from khabarayn.store.queries.languages import list_languages

_ID_IN_ADDRESS = re.compile(rf"(?:^|/)({PATTERN.pattern})(?=$|[/?#])")


def language_name(language: str) -> str:
    """Return what a language is called, in the language of whoever reads."""
    here = str(get_locale() or "ar")
    return Locale.parse(primary_language(language)).get_display_name(here) or language


@writing("translations")
def tie(public_id: str, other: str, by: By) -> None:
    """Tie the story to ``other``, the address or id of a version of it in another language, and to
    what that is tied to; commits. Raises `Refused` (field «other») and `Forbidden`."""
    row, there = _both(public_id, other, by)
    if row.translation_group is not None and row.translation_group == there.translation_group:
        return
    versions = _set_of(row) + _set_of(there)
    by_language: dict[str, ArticleRow] = {}
    for one in versions:
        own = primary_language(one.language)
        if own in by_language:
            raise Refused("other", _same_language_message(by_language[own], one))
        by_language[own] = one
    group = row.translation_group or there.translation_group or new_public_id()
    for one in versions:
        one.translation_group = group
    log("tie_version", by, row, of=there.public_id)
    commit()


@writing("translations")
def untie(public_id: str, by: By) -> None:
    """Take the story out of the set of its versions; commits. A second click changes nothing.
    Raises `Refused` and `Forbidden`."""
    row = story_row(public_id)
    require(by, "story.edit", standing_of(row))
    if row.translation_group is None:
        return
    remaining = [one for one in _set_of(row) if one.id != row.id]
    for one in [row, *(remaining if len(remaining) < 2 else ())]:
        one.translation_group = None
    either = or_(TranslationCheckRow.article_id == row.id, TranslationCheckRow.changed_id == row.id)
    db.session.execute(delete(TranslationCheckRow).where(either))
    log("untie_version", by, row)
    commit()


@writing("translations")
def begin_translation(public_id: str, language: str, by: By) -> str:
    """Make a draft of the person's own in ``language``, tied to the story, with its section, tags,
    authors and pictures, and without its words; return its public id.

    The pictures' texts are to be written anew, in that language. Raises `Refused` (field
    «language») and `Forbidden`.
    """
    old = story_row(public_id)
    require(by, "story.read", standing_of(old))
    require(by, "story.write")
    if old.page:
        raise Refused("id", _("صفحة ثابتة: لا تُترجم من هنا."))
    if language not in list_languages():
        raise Refused("language", _("لغة لا يعرفها هذا الموقع: %(value)s", value=language[:10]))
    for one in _set_of(old):
        if primary_language(one.language) == primary_language(language):
            raise Refused("language", _same_language_message(one))
    _number, content = newest_content(old)
    row = ArticleRow(public_id=free_id(), status="draft", created_at=now(), rev=0, owner_id=by.id)
    blank = _without_words(content, language, old.public_id)
    project(blank, row)
    add_first_revision(row, blank, by)
    old.translation_group = old.translation_group or new_public_id()
    row.translation_group = old.translation_group
    log("begin_translation", by, row, of=public_id)
    commit()
    return row.public_id


def ask_versions(kind: str, row: ArticleRow, by: By) -> None:
    """Ask for a look at the other versions of a story that was corrected or withdrawn (``kind`` is
    the verb), in the transaction of that step. A story that is withdrawn itself asks nobody."""
    if row.translation_group is None:
        return
    if kind == "withdraw":
        mine = TranslationCheckRow.article_id == row.id
        db.session.execute(delete(TranslationCheckRow).where(mine))
    for one in _set_of(row):
        if one.id != row.id and one.status != "withdrawn":
            check = TranslationCheckRow(
                article_id=one.id, changed_id=row.id, kind=kind, at=now(), by_name=by.name
            )
            db.session.merge(check)


@writing()
def tick_off_check(public_id: str, by: By) -> None:
    """Note that the story was compared with its version that was corrected or withdrawn; commits.
    Raises `Refused` and `Forbidden`."""
    row = story_row(public_id)
    require(by, "story.edit", standing_of(row))
    check = db.session.get(TranslationCheckRow, row.id)
    if check is None:
        return
    db.session.delete(check)
    log("check_version", by, row)
    commit()


def require_one_of_its_language(row: ArticleRow) -> None:
    """Refuse that a story become public while another of its versions is in the same language: it
    was written in another than it was begun in."""
    if row.translation_group is None:
        return
    for one in _set_of(row, PUBLISHED):
        if one.id != row.id and primary_language(one.language) == primary_language(row.language):
            raise Refused("language", _same_language_message(one))


def _both(public_id: str, other: str, by: By) -> tuple[ArticleRow, ArticleRow]:
    names = _ID_IN_ADDRESS.findall(clean_line(other, 500).text)
    query = select(ArticleRow.public_id).where(
        ArticleRow.public_id.in_(names), ArticleRow.page == ""
    )
    number = db.session.scalar(query) if names else None
    if number is None:
        raise Refused("other", _("لا خبر بهذا الرابط."))
    if number == public_id:
        raise Refused("other", _("هذا هو الخبر نفسه. اكتب رابط نسخته بلغة أخرى."))
    # Always in one order, so that two people who tie the same stories do not deadlock.
    rows = {name: story_row(name) for name in sorted((public_id, number))}
    row, there = rows[public_id], rows[number]
    require(by, "story.edit", standing_of(row))
    require(by, "story.read", standing_of(there))
    return row, there


def _set_of(row: ArticleRow, *rules: ColumnElement[bool]) -> list[ArticleRow]:
    """Return the versions tied to the story, itself among them."""
    if row.translation_group is None:
        return [row]
    query = select(ArticleRow).where(ArticleRow.translation_group == row.translation_group)
    return list(db.session.scalars(query.where(*rules).order_by(ArticleRow.id)))


def _same_language_message(one: ArticleRow, other: ArticleRow | None = None) -> str:
    name = language_name(one.language)
    if other is None:
        return _(
            "لهذا الخبر نسخة بهذه اللغة (%(language)s): %(id)s. افتحها، أو فكّ ربطها أولًا.",
            language=name,
            id=one.public_id,
        )
    return _(
        "لكل لغة نسخة واحدة، وهذان الخبران بلغة واحدة (%(language)s): %(id)s و%(other)s.",
        language=name,
        id=one.public_id,
        other=other.public_id,
    )


def _without_words(content: Content, language: str, of: str) -> Content:
    """Return the story as the other language begins it: every word is still to be written."""
    with force_locale(language):
        headline = _("ترجمة الخبر %(id)s", id=of)
    lead = content.lead and replace(content.lead, alt="", caption="")
    return replace(
        content,
        headline=headline,
        short_headline="",
        standfirst="",
        teaser="",
        slug="",
        blocks=_pictures_of(content.blocks),
        lead=lead,
        language=language,
        direction=direction_of_language(language),
        breaking=False,
        word_count=0,
        reading_minutes=1,
    )


def _pictures_of(blocks: Sequence[Block]) -> tuple[Block, ...]:
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Image):
            result.append(replace(block, alt="", caption=""))
        elif isinstance(block, Gallery):
            images = tuple(replace(image, alt="", caption="") for image in block.images)
            result.append(Gallery(images))
    return tuple(result)
