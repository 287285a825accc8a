"""Lists: the latest, a section, a tag, an author; continued by key."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from flask import abort, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from khabarayn.arabic.slug import tag_key
from khabarayn.article.front_blocks import SectionBlock, section_rows
from khabarayn.article.story import Author, Card, Section, Tag
from khabarayn.store.queries.authors import COUNT_LIMIT, author_by_slug, stories_signed
from khabarayn.store.queries.cards import LATEST, section_list, tops_of_lists
from khabarayn.store.queries.languages import main_language
from khabarayn.store.queries.sections import section_tree
from khabarayn.store.queries.tags import tag_by_key
from khabarayn.web.filters_dates import digits, number
from khabarayn.web.language import lists_language
from khabarayn.web.listing import listing
from khabarayn.web.page import CardList, Meta, Page
from khabarayn.web.site import absolute
from khabarayn.web.social import author_jsonld, section_jsonld, share_picture

OPENING = 4


@dataclass(frozen=True)
class LatestPage(Page):
    """Everything published, the newest first."""

    template: ClassVar[str] = "reader/latest.html"

    listing: CardList
    meta: Meta


@dataclass(frozen=True)
class SectionPage(Page):
    """A section: its newest stories (the ``opening``), its parts in blocks on the first page, then
    the rest of the list."""

    template: ClassVar[str] = "reader/section.html"

    section: Section
    children: tuple[Section, ...]
    opening: tuple[Card, ...]
    rows: tuple[tuple[SectionBlock, ...], ...]
    listing: CardList
    meta: Meta


@dataclass(frozen=True)
class TagPage(Page):
    """The stories of a tag, and its introduction."""

    template: ClassVar[str] = "reader/tag.html"

    tag: Tag
    listing: CardList
    meta: Meta


@dataclass(frozen=True)
class AuthorPage(Page):
    """An author and what they signed."""

    template: ClassVar[str] = "reader/author.html"

    author: Author
    count: str
    feed: str
    listing: CardList
    meta: Meta


def latest() -> str:
    """A page of everything published; 400 for a key that no list gave out."""
    feed = absolute(url_for("feeds.site_feed_xml"))
    meta = Meta(_("آخر الأخبار"), _("كل ما نُشر، الأحدث أولًا."), _here(), feed=feed)
    return LatestPage(listing(LATEST, "latest"), meta).render()


def section(section: str) -> str:
    """A page of a section and those below it; 404 where there is none."""
    tree = section_tree()
    this_section = tree.find(section) or abort(404)
    cards = listing(section_list(tree.ids[section]), "section", section=section)
    feed = absolute(url_for("feeds.section_feed_xml", section=section))
    meta = Meta(
        this_section.name,
        this_section.description,
        _here(),
        feed=feed,
        jsonld=section_jsonld(this_section.trail),
    )
    children = tree.children.get(section, ())
    opening = cards.cards[: OPENING if len(cards.cards) > OPENING + 1 else 1]
    used_ids = frozenset(card.id for card in opening)
    rows = () if request.args.get("before") else _parts(children, used_ids)
    used_ids |= {card.id for row in rows for block in row for card in block.cards}
    river = replace(cards, cards=tuple(card for card in cards.cards if card.id not in used_ids))
    return SectionPage(this_section, children, opening, rows, river, meta).render()


def _parts(
    children: tuple[Section, ...], used_ids: frozenset[str]
) -> tuple[tuple[SectionBlock, ...], ...]:
    """Return the sections below one in blocks: two, or three abreast."""
    tree = section_tree()
    lists = {section_list(tree.ids[child.slug]): child for child in children}
    tops = tops_of_lists(lists, limit=8, language=lists_language())
    cards_of = {child: tops[name] for name, child in lists.items() if name in tops}
    form = "row" if len(cards_of) == 1 else "half" if len(cards_of) % 3 == 1 else "third"
    return section_rows(cards_of, used_ids, dict.fromkeys(cards_of, form))


def tag(tag: str) -> str | Response:
    """A page of a tag; any other spelling leads 301 to the one it is written in."""
    match = tag_by_key(tag_key(tag)) or abort(404)
    label, name = match
    if tag != tag_path(label):
        return redirect(url_for("reader.tag", tag=tag_path(label)), 301)
    feed = absolute(url_for("feeds.tag_feed_xml", tag=tag))
    cards = listing(name, "tag", tag=tag)
    # A tag or author of another language has nothing to say in this one.
    index = bool(cards.cards) or not _translated()
    meta = Meta("#" + tag_path(label), label.intro, _here(), feed=feed, index=index)
    return TagPage(label, cards, meta).render()


def author(author: str) -> str:
    """A page of what an author signed; 404 where there is none."""
    match = author_by_slug(author) or abort(404)
    person, name = match
    feed = absolute(url_for("feeds.author_feed_xml", author=author))
    address = _here()
    cards = listing(name, "author", author=author)
    meta = Meta(
        person.name,
        person.bio,
        address,
        image=share_picture(person.portrait) if person.portrait else "",
        image_alt=person.name,
        kind="profile",
        feed=feed,
        jsonld=author_jsonld(person, address),
        index=bool(cards.cards) or not _translated(),
    )
    count = _count(stories_signed(name))
    return AuthorPage(person, count, feed, cards, meta).render()


def _count(stories: int) -> str:
    """Return the number of an author's stories in words; empty where there are none."""
    if not stories:
        return ""
    if stories > COUNT_LIMIT:
        return _("أكثر من %(count)s خبر", count=number(COUNT_LIMIT))
    return digits(ngettext("خبر واحد", "%(num)s خبر", stories))


def _translated() -> bool:
    """Whether the lists of this address are of another language than the paper's first one."""
    return lists_language() != main_language()


def tag_path(tag: Tag) -> str:
    """Return how the tag is written in an address and as a hashtag."""
    return tag.name.replace(" ", "_")


def _here() -> str:
    return absolute(request.script_root + request.path)
