"""The same lists as pages, as RSS 2.0, Atom and JSON Feed, with the whole text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, abort, request, url_for

from khabarayn.arabic.bidi import bare
from khabarayn.arabic.slug import tag_key
from khabarayn.article.genre import is_sponsored
from khabarayn.article.markup import to_html
from khabarayn.article.ordered import whole
from khabarayn.article.story import Picture, Story
from khabarayn.messages.genres import with_label
from khabarayn.store.queries.authors import author_by_slug
from khabarayn.store.queries.cards import LATEST, section_list
from khabarayn.store.queries.feed import stories_in
from khabarayn.store.queries.sections import section_tree
from khabarayn.store.queries.tags import tag_by_key
from khabarayn.web.language import lists_language
from khabarayn.web.site import absolute, face, face_url, line_of, paper
from khabarayn.web.social import share_picture
from khabarayn.wire import atom, jsonfeed, rss
from khabarayn.wire.feed import Entry, Feed, FeedImage

FORMATS: dict[str, tuple[Callable[[Feed], str], str]] = {
    "feed.xml": (rss.write, "application/rss+xml"),
    "atom.xml": (atom.write, "application/atom+xml"),
    "feed.json": (jsonfeed.write, "application/feed+json"),
}


@dataclass(frozen=True)
class Place:
    """A list as a feed: its name in the store, its title, its page, what it is about."""

    list: str
    title: str
    page: str
    about: str = ""


def site() -> Place:
    """Everything published, as a feed."""
    return Place(LATEST, "", url_for("reader.home"), line_of(face()))


def section(section: str) -> Place:
    """A section as a feed; 404 where there is none."""
    tree = section_tree()
    this_section = tree.find(section) or abort(404)
    page = url_for("reader.section", section=section)
    return Place(section_list(tree.ids[section]), this_section.name, page, this_section.description)


def tag(tag: str) -> Place:
    """A tag as a feed; 404 where there is none."""
    label, which = tag_by_key(tag_key(tag)) or abort(404)
    return Place(which, label.name, url_for("reader.tag", tag=tag), label.intro)


def author(author: str) -> Place:
    """An author as a feed; 404 where there is none."""
    person, which = author_by_slug(author) or abort(404)
    return Place(which, person.name, url_for("reader.author", author=author), person.bio)


LISTS: dict[str, Callable[..., Place]] = {
    "": site,
    "/s/<section_path:section>": section,
    "/t/<tag>": tag,
    "/by/<author>": author,
}
_BY_NAME = {make.__name__: make for make in LISTS.values()}


def feed(form: str, which: str, **place: str) -> Response:
    """The feed of the list ``which`` in the form ``form`` (RSS, Atom or JSON Feed)."""
    write, mime = FORMATS[form]
    feed_place = _BY_NAME[which](**place)
    settings = paper()
    language = lists_language()
    stories = stories_in(feed_place.list, language)
    name = settings.site_name
    body = write(
        Feed(
            title=f"{name}: {feed_place.title}" if feed_place.title else name,
            home_url=absolute(feed_place.page),
            feed_url=absolute(request.script_root + request.path),
            description=feed_place.about or feed_place.title or name,
            language=language,
            updated=max((story.card.updated_at for story in stories), default=None),
            icon=absolute(face_url("icon-512.png")),
            entries=tuple(_entry(story, name) for story in stories),
        )
    )
    return Response(body, content_type=f"{mime}; charset=utf-8")


def _entry(story: Story, paper: str) -> Entry:
    card = story.card
    address = absolute(f"/a/{card.id}")
    return Entry(
        id=address,
        url=address,
        title=with_label(card.genre, bare(card.headline)),
        summary=bare(card.standfirst or card.teaser),
        content=whole(
            _body(story),
            card.language,
            card.direction,
        ),
        language=card.language,
        published=story.first_published_at or card.published_at,
        updated=card.updated_at,
        authors=tuple(author.name for author in story.authors)
        or ((story.source.name if story.source else paper),),
        source_name=story.source.name if story.source else "",
        source_url=(story.source.url or story.source_url) if story.source else "",
        section=card.section.name,
        tags=tuple(tag.name for tag in story.tags),
        image=_image(card.picture) if card.picture else None,
    )


def _body(story: Story) -> str:
    html = to_html(story.blocks, picture=lambda media: _address(story.pictures, media))
    if not is_sponsored(story.card.genre):
        return html
    # All markup of a body is ours, and writes an outside link in this one way.
    return html.replace('<a href="http', '<a rel="sponsored" href="http')


def _address(pictures: dict[str, Picture], media: str) -> str:
    return share_picture(pictures[media]) if media in pictures else ""


def _image(picture: Picture) -> FeedImage | None:
    address = share_picture(picture)
    if not address:
        return None
    return FeedImage(
        url=address,
        alt=picture.alt,
        caption=picture.caption,
        credit=picture.credit,
        mime="image/jpeg",
    )
