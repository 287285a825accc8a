"""The front page, for readers and for the editors who compose it: what editors placed first, then
the automatic order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from flask import url_for
from flask_babel import gettext as _

from khabarayn.article.compose import Front, SectionBlock, compose, section_blocks
from khabarayn.article.story import Card, Cluster, Tag
from khabarayn.store.queries.cards import LATEST, cards_in, section_list, tops_of_lists
from khabarayn.store.queries.clusters import running_clusters
from khabarayn.store.queries.editions import EditionCard, editions
from khabarayn.store.queries.front import Bulletin, current_bulletin, has_most_read
from khabarayn.store.queries.languages import list_language, main_language
from khabarayn.store.queries.sections import section_tree
from khabarayn.store.queries.tags import tags_among
from khabarayn.web.language import lists_language
from khabarayn.web.page import Meta, Page
from khabarayn.web.site import absolute
from khabarayn.web.social import front_jsonld

POOL = 48


@dataclass(frozen=True)
class HomePage(Page):
    """The front page: the composed top, then a block a section, running stories and tags."""

    template: ClassVar[str] = "reader/home.html"

    front: Front
    blocks: tuple[SectionBlock, ...]
    files: tuple[Cluster, ...]
    tags: tuple[Tag, ...]
    bulletin: Bulletin | None
    edition: EditionCard | None
    ranked: bool
    meta: Meta


def home_page(placed: Mapping[int, Card]) -> HomePage:
    """Return the front page in the language of the request, as it stands with these stories in
    editors' places (0 the lead), those in another language left out."""
    language = lists_language()
    pool = cards_in(LATEST, limit=POOL, language=language).cards
    own = {
        place: card for place, card in placed.items() if list_language(card.language) == language
    }
    front = compose(pool, own)
    tree = section_tree()
    lists = {section_list(tree.ids[section.slug]): section for section in tree.nav}
    tops = tops_of_lists(lists, limit=9, language=language)
    tops_by_section = {section: tops.get(name, ()) for name, section in lists.items()}
    return HomePage(
        front=front,
        blocks=section_blocks(tops_by_section, front.used),
        files=running_clusters(language=language),
        tags=tags_among([card.id for card in pool]),
        bulletin=current_bulletin(language),
        edition=next(iter(editions(limit=1)), None) if language == main_language() else None,
        ranked=has_most_read(language=language),
        meta=Meta(
            title=_("الصفحة الأولى"),
            description=_("أخبار وتقارير بالعربية، تُقرأ بشبكة ضعيفة وبلا شبكة."),
            canonical=absolute(url_for("reader.home")),
            feed=absolute(url_for("feeds.site_feed_xml")),
            jsonld=front_jsonld(),
        ),
    )
