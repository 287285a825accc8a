"""What publishing a standing page needs: no blanks left, and its link in the menus."""

from __future__ import annotations

import json
from dataclasses import astuple

from flask_babel import gettext as _
from sqlalchemy import delete, select

from khabarayn.arabic.bidi import primary_language
from khabarayn.article.content import Content
from khabarayn.article.standing import STARTER_PAGES, Blank, PageLink, blanks_in
from khabarayn.desk.refused import Refused
from khabarayn.store.db import claim, db
from khabarayn.store.models import ArticleRow, SettingRow
from khabarayn.store.queries.cards import LIVE
from khabarayn.store.queries.sections import section_tree
from khabarayn.store.queries.site import PAGES, forget_site

# A refusal names at most so many blanks.
MOST_NAMED = 6


def require_page_language(page: str, content: Content) -> None:
    """Refuse a page whose text is not in the language that its address promises. Raises `Refused`
    («body»)."""
    language = page.rpartition("/")[0]
    if language and primary_language(content.language) != primary_language(language):
        raise Refused("body", _("نص هذه الصفحة ليس بلغتها (%(language)s).", language=language))


def require_filled(content: Content) -> None:
    """Refuse a page in which a blank is left, naming each and where it stands. Raises `Refused`
    («body»)."""
    blanks = blanks_in(content.headline, content.standfirst, content.blocks)
    if not blanks:
        return
    which = "، ".join(map(_words, blanks[:MOST_NAMED]))
    if len(blanks) > MOST_NAMED:
        which = _("%(which)s، وغيرها", which=which)
    raise Refused("body", _("في الصفحة فراغات لم تُملأ: %(which)s.", which=which))


def _words(blank: Blank) -> str:
    words = blank.words or "…"
    if not blank.heading:
        return f"«{words}»"
    return _("«%(words)s» تحت «%(heading)s»", words=words, heading=blank.heading)


def section_of_page() -> int:
    """Return the row id of a section, which every row of a story names and no page shows. Raises
    `Refused` while the paper has none."""
    first = next(iter(section_tree().by_id), None)
    if first is None:
        raise Refused("section", _("أضف قسمًا أولًا."))
    return first


def save_page_links() -> None:
    """Store which pages are published, among the settings of the paper, which every page reads.
    Within the caller's transaction."""
    claim("site")
    db.session.flush()
    rows = db.session.execute(
        select(
            ArticleRow.page, ArticleRow.headline, ArticleRow.short_headline, ArticleRow.updated_at
        )
        .where(ArticleRow.page != "", LIVE)
        .order_by(ArticleRow.id)
    )
    links = [
        PageLink(row.page, row.short_headline or row.headline, row.updated_at.isoformat())
        for row in rows
    ]
    places = {slug: place for place, slug in enumerate(STARTER_PAGES)}
    links.sort(key=lambda link: places.get(link.slug, len(places)))
    if links:
        value = json.dumps(
            [astuple(link) for link in links], ensure_ascii=False, separators=(",", ":")
        )
        db.session.merge(SettingRow(name=PAGES, value=value))
    else:
        db.session.execute(delete(SettingRow).where(SettingRow.name == PAGES))
    forget_site()
