"""The story that a preview shows: an unsaved text as readers would see it."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import gettext as _

from khabarayn.arabic.slug import tag_key
from khabarayn.article.content import Content
from khabarayn.article.form import MEDIA, StoryForm
from khabarayn.article.pictures import pictures_in
from khabarayn.article.standing import StandingPage
from khabarayn.article.story import Author, Card, Picture, SeeAlso, Source, Story, Tag
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.form import content_of_form
from khabarayn.desk.stories.insets import insets
from khabarayn.store.db import now
from khabarayn.store.queries.authors import author_by_slug
from khabarayn.store.queries.pictures import stored_pictures
from khabarayn.store.queries.sections import section_tree


def preview_page(page: str, form: StoryForm) -> StandingPage:
    """Return ``form`` as the published standing page of this name. Raises `Refused`."""
    content = content_of_form(form, page=page)
    return StandingPage(
        page,
        content.headline,
        content.standfirst,
        content.blocks,
        now(),
        content.language,
        content.direction,
        stored_pictures(pictures_in(content.blocks)),
    )


def preview_story(story: str, form: StoryForm) -> Story:
    """Return ``form`` as a published story, with stand-ins for what is not written yet.

    Raises `Refused` when something in it could not be published as it is.
    """
    first = next(iter(section_tree().by_id.values()), None)
    whole = replace(
        form,
        headline=form.headline.strip() or _("خبر بلا عنوان بعد"),
        body=form.body if form.blocks() else f"<p>{_('لم يُكتب المتن بعد.')}</p>",
        section=form.section or (first.slug if first else ""),
    )
    content = content_of_form(whole)
    pictures = stored_pictures([*pictures_in(content.blocks), *_lead_name(content)])
    card = _card(story, content, pictures)
    inset_places = insets(
        content.headline,
        content.standfirst,
        content.tags,
        content.blocks,
        sensitive=content.sensitive,
        own=story,
    )
    return Story(
        card=card,
        blocks=content.blocks,
        slug=content.slug,
        first_published_at=card.published_at,
        word_count=content.word_count,
        evergreen=content.evergreen,
        tags=tuple(Tag(tag_key(name), name) for name in content.tags),
        authors=tuple(_author(a.own_slug, a.name, a.role) for a in content.authors),
        source=_source(content),
        source_url=content.source_url,
        pictures=pictures,
        see_also=tuple(SeeAlso(i.slot, i.after, i.card) for i in inset_places if i.card),
    )


def _author(slug: str, name: str, role: str) -> Author:
    """Return an author with what the paper knows of them."""
    match = author_by_slug(slug)
    return match[0] if match else Author(slug, name, role)


def _lead_name(content: Content) -> list[str]:
    return [content.lead.path.removeprefix(MEDIA)] if content.lead else []


def _source(content: Content) -> Source | None:
    if not content.source_name:
        return None
    return Source(content.source_name, content.source_link, content.source_licence)


def _card(story: str, content: Content, pictures: dict[str, Picture]) -> Card:
    section = section_tree().find(content.section)
    if section is None:
        raise Refused("section", _("لا يوجد قسم بهذا الاسم: «%(slug)s».", slug=content.section))
    moment = now()
    lead = content.lead
    picture = next((pictures[name] for name in _lead_name(content) if name in pictures), None)
    if picture and lead:
        picture = replace(
            picture,
            alt=lead.alt or picture.alt,
            caption=lead.caption or picture.caption,
            credit=lead.credit or picture.credit,
        )
    return Card(
        id=story,
        headline=content.headline,
        short_headline=content.short_headline,
        standfirst=content.standfirst,
        teaser=content.teaser,
        section=section,
        published_at=moment,
        updated_at=moment,
        picture=picture,
        genre=content.genre,
        reading_minutes=content.reading_minutes,
        breaking=content.breaking,
        sensitive=content.sensitive,
        language=content.language,
        direction=content.direction,
    )
