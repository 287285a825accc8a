"""The editions page, one edition's page, and the list that travels inside its file."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from flask import abort, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from khabarayn.arabic.bidi import direction_of
from khabarayn.article.story import Card, Section
from khabarayn.edition.name import PATTERN, EditionName
from khabarayn.messages.editions import edition_title
from khabarayn.store.queries.editions import Edition, EditionCard, edition_by_name, editions
from khabarayn.web.filters_dates import digits, short_date
from khabarayn.web.language import lists_language, request_locale
from khabarayn.web.page import Meta, Page
from khabarayn.web.site import absolute

LIMIT = 14


@dataclass(frozen=True)
class EditionLine:
    """An edition with its title and its stories counted, in the reader's language."""

    head: EditionCard
    title: str
    stories: str

    @property
    def direction(self) -> str:
        """The direction of its headline."""
        return direction_of(self.head.headline)


@dataclass(frozen=True)
class SectionOf:
    """A section's stories within an edition."""

    section: Section
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class EditionsPage(Page):
    """Every edition, the newest apart."""

    template: ClassVar[str] = "editions/all.html"

    newest: EditionLine | None
    earlier: tuple[EditionLine, ...]
    next_url: str
    meta: Meta


@dataclass(frozen=True)
class EditionPage(Page):
    """One edition with its files: the lead, the rest by section, and the ring around the page."""

    template: ClassVar[str] = "editions/edition.html"

    edition: EditionLine
    lead: Card | None
    sections: tuple[SectionOf, ...]
    ring: tuple[Card, ...]
    withdrawn_note: str
    meta: Meta


@dataclass(frozen=True)
class ReadPage(Page):
    """The contents of an edition as they travel inside its file."""

    template: ClassVar[str] = "editions/read.html"

    edition: EditionLine
    lead: Card | None
    sections: tuple[SectionOf, ...]
    ring: tuple[Card, ...]
    meta: Meta


def all_editions() -> str:
    """The list of editions, ``?before=`` going on behind a name; 400 for what is no name."""
    before = request.args.get("before", "")
    if before and not PATTERN.fullmatch(before):
        abort(400)
    edition_cards = editions(LIMIT + 1, before, lists_language())
    page = tuple(_with_title(head) for head in edition_cards[:LIMIT])
    meta = Meta(
        _("النشرات"),
        _("نشرة في الصباح ونشرة في المساء، في ملف واحد يُقرأ بلا شبكة."),
        absolute(url_for("editions.all")),
    )
    first = not before and bool(page)
    return EditionsPage(
        newest=page[0] if first else None,
        earlier=page[1:] if first else page,
        next_url=url_for("editions.all", before=edition_cards[LIMIT - 1].name)
        if edition_cards[LIMIT:]
        else "",
        meta=meta,
    ).render()


def edition(name: str) -> str | Response:
    """One edition that is printed; 404 for one that is not. One in another language than the
    paper's first stands under that language's prefix alone, to which this leads."""
    edition_row = _edition_or_404(name)
    if not edition_row.complete:
        abort(404)
    if elsewhere := _own_address(name, "editions.edition"):
        return redirect(elsewhere)
    return EditionPage(
        edition=_with_title(edition_row.head),
        lead=edition_row.lead,
        sections=_by_section(edition_row.stories),
        ring=edition_row.ring,
        withdrawn_note=_withdrawn_notice(len(edition_row.withdrawn_ids)),
        meta=_meta(edition_row, "editions.edition"),
    ).render()


def read(name: str) -> str | Response:
    """The list that travels inside the file: also while the edition is being made."""
    edition_row = _edition_or_404(name)
    if elsewhere := _own_address(name, "editions.read"):
        return redirect(elsewhere)
    return ReadPage(
        edition=_with_title(edition_row.head),
        lead=edition_row.lead,
        sections=_by_section(edition_row.stories),
        ring=edition_row.ring,
        meta=_meta(edition_row, "editions.read", index=False),
    ).render()


def _own_address(name: str, endpoint: str) -> str:
    """Return where an edition in another language stands; empty where it is asked for there, and
    for the paper's first language, which is read in every interface."""
    language = EditionName.parse(name).language
    if language in {"", request_locale()}:
        return ""
    path = url_for(endpoint, name=name).removeprefix(request.script_root)
    return f"/{language}{path}"


def _with_title(head: EditionCard) -> EditionLine:
    return EditionLine(head, edition_title(head.name), _count(head.stories))


def _count(number: int) -> str:
    """Return a number of stories with its noun, in the digits that the site is read in."""
    return digits(ngettext("خبر واحد", "%(num)s خبر", number))


def _withdrawn_notice(number: int) -> str:
    """Return what is said when stories were withdrawn since; empty when none was."""
    if not number:
        return ""
    amount = _count(number)
    return _("سُحب من هذه النشرة بعد صدورها: %(stories)s.", stories=amount)


def _by_section(cards: tuple[Card, ...]) -> tuple[SectionOf, ...]:
    groups = groupby(cards, key=lambda card: card.section.top)
    return tuple(SectionOf(section, tuple(cards_here)) for section, cards_here in groups)


def _edition_or_404(name: str) -> Edition:
    try:
        EditionName.parse(name)
    except ValueError:
        abort(404)
    return edition_by_name(name) or abort(404)


def _meta(this_edition: Edition, endpoint: str, index: bool = True) -> Meta:
    head = this_edition.head
    return Meta(
        title=f"{edition_title(head.name)} · {short_date(head.closes_at)}",
        description=head.headline,
        canonical=absolute(url_for(endpoint, name=head.name)),
        index=index,
    )
