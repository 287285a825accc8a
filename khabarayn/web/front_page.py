"""The front page, for readers and for the editors who compose it: what editors placed first, then
the automatic order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from flask import url_for
from flask_babel import gettext as _

from khabarayn.arabic.normalise import fold
from khabarayn.article.compose import Front, compose
from khabarayn.article.front_blocks import (
    EXTRAS,
    OFF,
    Extras,
    SectionBlock,
    extras_of,
    section_rows,
)
from khabarayn.article.story import Author, Card, Cluster, Tag
from khabarayn.store.queries.authors import first_authors
from khabarayn.store.queries.cards import LATEST, cards_in, section_list, tops_of_lists
from khabarayn.store.queries.clusters import running_clusters
from khabarayn.store.queries.editions import EditionCard, editions
from khabarayn.store.queries.front import Bulletin, current_bulletin, has_most_read
from khabarayn.store.queries.languages import list_language
from khabarayn.store.queries.sections import section_tree
from khabarayn.store.queries.tags import tags_among
from khabarayn.web.language import lists_language
from khabarayn.web.page import Meta, Page
from khabarayn.web.site import absolute
from khabarayn.web.social import front_jsonld

POOL = 48


@dataclass(frozen=True)
class HomePage(Page):
    """The front page: the composed top, then rows of blocks, a section each, and between them the
    ``extras``: blocks that belong to no section, named in the ``order`` in which they come.
    ``signers`` are the authors of signed pieces by story id; ``flash`` is what the breaking strip
    says where it speaks of the lead, which then carries it."""

    template: ClassVar[str] = "reader/home.html"

    front: Front
    rows: tuple[tuple[SectionBlock, ...], ...]
    extras: Extras
    order: tuple[str, ...]
    signers: Mapping[str, Author]
    files: tuple[Cluster, ...]
    tags: tuple[Tag, ...]
    bulletin: Bulletin | None
    flash: str
    edition: EditionCard | None
    meta: Meta


def home_page(
    by_place: Mapping[int, Card], forms: Mapping[str, str], language: str = ""
) -> HomePage:
    """Return the front page in ``language``, that of the request where none is named, as it stands
    with these stories in editors' places (0 the lead), those in another language left out, and
    these forms of its blocks."""
    language = language or lists_language()
    pool = cards_in(LATEST, limit=POOL, language=language).cards
    own = {
        place: card for place, card in by_place.items() if list_language(card.language) == language
    }
    front = compose(pool, own)
    off = {name for name in EXTRAS if forms.get(name) == OFF}
    extras = extras_of(pool, front.card_ids, off)
    bulletin = current_bulletin(language)
    flash = _of_the_lead(bulletin, front.lead)
    blocks = {
        "briefing": bool(extras.briefing),
        "opinion": bool(extras.opinion),
        "most_read": "most_read" not in off and has_most_read(language=language),
        "numbers": extras.numbers is not None,
        "gallery": extras.gallery is not None,
    }
    return HomePage(
        front=front,
        rows=_rows(front.card_ids | extras.card_ids, forms, language),
        extras=extras,
        order=tuple(name for name, there in blocks.items() if there),
        signers=first_authors(card.id for card in extras.opinion),
        files=() if "running" in off else running_clusters(language=language),
        tags=tags_among([card.id for card in pool]),
        bulletin=None if flash else bulletin,
        flash=flash,
        edition=next(iter(editions(limit=1, language=language)), None),
        meta=Meta(
            title=_("الصفحة الأولى"),
            description=_("أخبار وتقارير بالعربية، تُقرأ بشبكة ضعيفة وبلا شبكة."),
            canonical=absolute(url_for("reader.home")),
            feed=absolute(url_for("feeds.site_feed_xml")),
            jsonld=front_jsonld(),
        ),
    )


def _rows(
    used_ids: frozenset[str], forms: Mapping[str, str], language: str
) -> tuple[tuple[SectionBlock, ...], ...]:
    tree = section_tree()
    lists = {section_list(tree.ids[section.slug]): section for section in tree.nav}
    tops = tops_of_lists(lists, limit=12, language=language)
    by_section = {section: tops.get(name, ()) for name, section in lists.items()}
    form_of_section = {section: forms[name] for name, section in lists.items() if name in forms}
    return section_rows(by_section, used_ids, form_of_section)


def _of_the_lead(bulletin: Bulletin | None, lead: Card | None) -> str:
    """Return the words of the strip where they announce the very story under it, else nothing."""
    if bulletin is None or lead is None:
        return ""
    words = fold(bulletin.text)
    same = bulletin.article_id == lead.id or words in {fold(lead.headline), fold(lead.title)}
    return bulletin.text if same else ""
