"""Pages of the tree of sections: add, change, move, delete."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from flask import abort
from flask_babel import gettext as _

from khabarayn.article.story import Section
from khabarayn.desk.arrange.sections import (
    SectionForm,
    add_section,
    change_section,
    move_section,
    remove_section,
)
from khabarayn.desk.refused import Refused, faults_of
from khabarayn.desk.stories.translations import language_name
from khabarayn.store.queries.languages import list_languages
from khabarayn.store.queries.sections import SectionWords, section_tree, section_words
from khabarayn.web.newsroom.access import acting, needs
from khabarayn.web.newsroom.forms import (
    GOOD,
    Faults,
    form_value,
    number,
    redirect_with_error,
    redirect_with_notice,
)
from khabarayn.web.page import Page

HUES = tuple(range(0, 360, 20))


@dataclass(frozen=True)
class SectionsPage(Page):
    """The tree of sections with the form for a new one; ``below`` holds the children of each
    top-level slug, ``names`` what the paper's languages are called."""

    template: ClassVar[str] = "newsroom/arrange/sections.html"

    title: str
    roots: tuple[Section, ...]
    below: dict[str, tuple[Section, ...]]
    form: SectionForm
    names: dict[str, str]
    hues: tuple[int, ...]
    bad: Faults


@dataclass(frozen=True)
class SectionPage(Page):
    """The form of one section; ``roots`` are those it could be moved under."""

    template: ClassVar[str] = "newsroom/arrange/section.html"

    title: str
    section: Section
    roots: tuple[Section, ...]
    form: SectionForm
    names: dict[str, str]
    hues: tuple[int, ...]
    bad: Faults


@needs("arrange.sections")
def sections() -> str:
    """Show the tree of sections and an empty form for a new one."""
    return _list(_blank_form(), GOOD)


@needs("arrange.sections")
def create_section() -> Any:
    """Add a section; a form with faults comes again with the list (422)."""
    form = _section_form()
    try:
        add_section(acting(), form)
    except Refused as refused:
        return _list(form, faults_of(refused)), 422
    return redirect_with_notice(_("أضيف القسم «%(name)s».", name=form.name), "newsroom.sections")


@needs("arrange.sections")
def section(section: str) -> str:
    """Show the form of one section, filled in as stored."""
    this_section = _section(section)
    above = this_section.parent.slug if this_section.parent else ""
    part = this_section.slug.rpartition("/")[2]
    own, *translations = section_words(section, list_languages())
    form = SectionForm(
        own.name,
        part,
        above,
        this_section.hue,
        this_section.in_nav,
        own.description,
        tuple(translations),
    )
    return _one(this_section, form, GOOD)


@needs("arrange.sections")
def save_section(section: str) -> Any:
    """Save a section's name, address, parent, colour and text; a form with faults comes again
    (422). A changed address redirects."""
    this_section, form = _section(section), _section_form()
    try:
        change_section(section, acting(), form)
    except Refused as refused:
        return _one(this_section, form, faults_of(refused)), 422
    return redirect_with_notice(_("حُفظ القسم «%(name)s».", name=form.name), "newsroom.sections")


@needs("arrange.sections")
def shift_section(section: str) -> Any:
    """Move a section one place up or down among its siblings."""
    try:
        move_section(section, acting(), up=form_value("way") == "up")
    except Refused as refused:
        return redirect_with_error(refused, "newsroom.sections")
    return redirect_with_notice(_("تغيّر الترتيب."), "newsroom.sections")


@needs("arrange.sections")
def drop_section(section: str) -> Any:
    """Delete a section; refused while it holds stories or other sections."""
    try:
        remove_section(section, acting())
    except Refused as refused:
        return redirect_with_error(refused, "newsroom.sections")
    return redirect_with_notice(_("حُذف القسم."), "newsroom.sections")


def _section(slug: str) -> Section:
    return section_tree().find(slug) or abort(404)


def _section_form() -> SectionForm:
    return SectionForm(
        form_value("name"),
        form_value("part").strip(),
        form_value("parent"),
        number("hue"),
        form_value("in_nav") == "1",
        form_value("description"),
        tuple(
            SectionWords(one, form_value(f"name_{one}"), form_value(f"description_{one}"))
            for one in list_languages()[1:]
        ),
    )


def _blank_form() -> SectionForm:
    return SectionForm(translations=tuple(map(SectionWords, list_languages()[1:])))


def _language_names() -> dict[str, str]:
    return {one: language_name(one) for one in list_languages()}


def _list(form: SectionForm, bad: Faults) -> str:
    tree = section_tree()
    return SectionsPage(
        _("الأقسام"), tree.roots, tree.children, form, _language_names(), HUES, bad
    ).render()


def _one(this_section: Section, form: SectionForm, bad: Faults) -> str:
    roots = tuple(one for one in section_tree().roots if one.slug != this_section.slug)
    return SectionPage(
        this_section.name, this_section, roots, form, _language_names(), HUES, bad
    ).render()
