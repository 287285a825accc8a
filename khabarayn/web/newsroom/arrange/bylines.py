"""Pages of authors and of the agencies that stories come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from flask import abort
from flask_babel import gettext as _

from khabarayn.article.story import Author
from khabarayn.desk.arrange.bylines import (
    add_author,
    change_author,
    delete_author,
    delete_source,
    merge_authors,
    save_source,
)
from khabarayn.desk.refused import Refused, faults_of
from khabarayn.store.queries.authors import AuthorUse, author_by_slug, author_uses
from khabarayn.store.queries.pictures import LibraryPicture, picture_library
from khabarayn.store.queries.sources import SourceUse, source_uses
from khabarayn.web.newsroom.access import acting, needs
from khabarayn.web.newsroom.forms import (
    GOOD,
    Faults,
    form_value,
    number,
    redirect_with_error,
    redirect_with_notice,
)
from khabarayn.web.newsroom.pictures.library import PICK, more_choices
from khabarayn.web.page import Page


@dataclass(frozen=True)
class AuthorForm:
    """What the form of an author says; ``portrait`` is a picture's public id or empty."""

    name: str = ""
    role: str = ""
    bio: str = ""
    contacts: str = ""
    portrait: str = ""


@dataclass(frozen=True)
class AuthorsPage(Page):
    """Every author with the number of stories, and the form for a new one."""

    template: ClassVar[str] = "newsroom/arrange/authors.html"

    title: str
    uses: tuple[AuthorUse, ...]
    form: AuthorForm
    bad: Faults


@dataclass(frozen=True)
class AuthorEditPage(Page):
    """One author's form, where stories can be handed to another author, and deletion."""

    template: ClassVar[str] = "newsroom/arrange/author.html"

    title: str
    author: Author
    stories: int
    signers: tuple[AuthorUse, ...]
    form: AuthorForm
    others: tuple[LibraryPicture, ...]
    more_url: str
    bad: Faults


@dataclass(frozen=True)
class Agency:
    """What the form of a source says."""

    name: str = ""
    url: str = ""
    licence: str = ""


@dataclass(frozen=True)
class SourcesPage(Page):
    """``number`` is the source that ``agency`` and ``bad`` are about; 0 is a new one."""

    template: ClassVar[str] = "newsroom/arrange/sources.html"

    title: str
    uses: tuple[SourceUse, ...]
    number: int
    agency: Agency
    bad: Faults


@needs("arrange.authors")
def authors() -> str:
    """Show every author and an empty form for a new one."""
    return AuthorsPage(_("الكتّاب"), author_uses(), AuthorForm(), GOOD).render()


@needs("arrange.authors")
def add_byline() -> Any:
    """Add an author; when something is wrong the list comes again with the form filled in (422)."""
    author_form = _author_form()
    try:
        slug = add_author(acting(), **vars(author_form))
    except Refused as refused:
        page = AuthorsPage(_("الكتّاب"), author_uses(), author_form, faults_of(refused))
        return page.render(), 422
    return redirect_with_notice(
        _("أضيف «%(name)s».", name=author_form.name), "newsroom.author", author=slug
    )


@needs("arrange.authors")
def author(author: str) -> str:
    """Show one author's form, filled in as stored."""
    this_author = _author(author)
    portrait = this_author.portrait.id if this_author.portrait else ""
    contacts = "\n".join(this_author.contacts)
    return _page(
        this_author,
        AuthorForm(this_author.name, this_author.role, this_author.bio, contacts, portrait),
        GOOD,
    )


@needs("arrange.authors")
def save_author(author: str) -> Any:
    """Save an author's name, role, text and portrait; a form with faults comes again (422)."""
    this_author, form = _author(author), _author_form()
    try:
        change_author(author, acting(), **vars(form))
    except Refused as refused:
        return _page(this_author, form, faults_of(refused)), 422
    return redirect_with_notice(
        _("حُفظ «%(name)s».", name=form.name), "newsroom.author", author=author
    )


@needs("arrange.authors")
def merge_author(author: str) -> Any:
    """Move every story of one author to another and delete the first; old links redirect."""
    this_author, into = _author(author), form_value("into")
    try:
        count = merge_authors(author, into, acting())
    except Refused as refused:
        return redirect_with_error(refused, "newsroom.author", author=author)
    words = _("صارت أخبار «%(name)s» (%(count)s) هنا.", name=this_author.name, count=count)
    return redirect_with_notice(words, "newsroom.author", author=into)


@needs("arrange.authors")
def drop_author(author: str) -> Any:
    """Delete an author; the stories lose the name."""
    this_author = _author(author)
    try:
        count = delete_author(author, acting())
    except Refused as refused:
        return redirect_with_error(refused, "newsroom.author", author=author)
    words = _("حُذف «%(name)s». أخبار كانت باسمه: %(count)s", name=this_author.name, count=count)
    return redirect_with_notice(words, "newsroom.authors")


@needs("arrange.sources")
def sources() -> str:
    """Show every agency that stories come from, with an empty form for a new one."""
    return SourcesPage(_("المصادر"), source_uses(), 0, Agency(), GOOD).render()


@needs("arrange.sources")
def save_agency() -> Any:
    """Add an agency, or change the one whose ``number`` the form names; a form with faults comes
    again (422)."""
    agency = Agency(form_value("name"), form_value("url"), form_value("licence"))
    source = number("number")
    try:
        save_source(acting(), **vars(agency), number=source or None)
    except Refused as refused:
        page = SourcesPage(_("المصادر"), source_uses(), source, agency, faults_of(refused))
        return page.render(), 422
    return redirect_with_notice(_("حُفظ المصدر «%(name)s».", name=agency.name), "newsroom.sources")


@needs("arrange.sources")
def drop_agency(number: int) -> Any:
    """Delete an agency; its stories go to the agency ``into`` or to none."""
    into = form_value("into")
    instead = {str(use.number): use.number for use in source_uses()}.get(into)
    try:
        if into and instead is None:
            raise Refused("into", _("لا مصدر بهذا المعرّف."))
        count = delete_source(number, acting(), instead)
    except Refused as refused:
        return redirect_with_error(refused, "newsroom.sources")
    return redirect_with_notice(
        _("حُذف المصدر. أخبار كانت منه: %(count)s", count=count), "newsroom.sources"
    )


def _author_form() -> AuthorForm:
    portrait = form_value("portrait_id").strip() or form_value("portrait")
    return AuthorForm(
        form_value("name"), form_value("role"), form_value("bio"), form_value("contacts"), portrait
    )


def _author(slug: str) -> Author:
    match = author_by_slug(slug) or abort(404)
    return match[0]


def _page(this_author: Author, form: AuthorForm, bad: Faults) -> str:
    choices = picture_library(limit=PICK)
    more = more_choices("portrait", choices.next_key)
    uses = author_uses()
    stories = next((use.stories for use in uses if use.author.slug == this_author.slug), 0)
    signers = tuple(use for use in uses if use.author.slug != this_author.slug)
    return AuthorEditPage(
        this_author.name, this_author, stories, signers, form, choices.pictures, more, bad
    ).render()
