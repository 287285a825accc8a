"""The versions of a story in other languages as its page in the newsroom shows them, and the forms
that tie, untie, begin and tick off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from khabarayn.arabic.bidi import primary_language
from khabarayn.desk.permissions import Standing, may
from khabarayn.desk.refused import Refused, UnknownStory
from khabarayn.desk.stories.transitions import state_name
from khabarayn.desk.stories.translations import (
    begin_translation,
    language_name,
    tick_off_check,
    tie,
    untie,
)
from khabarayn.store.queries.languages import list_languages
from khabarayn.store.queries.people import Person
from khabarayn.store.queries.story_lists import StorySummary, story_summary
from khabarayn.store.queries.translations import TiedStory, tied_stories
from khabarayn.web.newsroom.access import acting, allow, needs, person
from khabarayn.web.newsroom.forms import form_value, redirect_with_error, redirect_with_notice


@dataclass(frozen=True)
class VersionLine:
    """A version: its language and state in words; ``check_url`` ticks off the look at it that is
    asked for, empty where none is or one may not."""

    story: TiedStory
    language: str
    state: str
    url: str
    check_url: str


@dataclass(frozen=True)
class Beginning:
    """A language that a translation may be begun in: its code and its name."""

    language: str
    name: str


@dataclass(frozen=True)
class Versions:
    """``own`` is the story itself, where it is tied or is to be looked at; addresses are empty
    where one may not, ``begin_url`` also where each language has its version."""

    own: VersionLine | None
    others: tuple[VersionLine, ...]
    beginnings: tuple[Beginning, ...]
    begin_url: str
    tie_url: str
    untie_url: str

    @property
    def has_content(self) -> bool:
        """Whether there is anything to say or do: a paper of one language says nothing."""
        return bool(self.others or self.begin_url or self.tie_url)


def versions_of(story: StorySummary, me: Person) -> Versions:
    """Return the versions of a story, and what ``me`` may do with them; a standing page has
    none."""
    if story.page:
        return Versions(None, (), (), "", "", "")
    stories = tied_stories(story.id)
    used_languages = {primary_language(one.language) for one in stories} | {
        primary_language(story.language)
    }
    bilingual = len(list_languages()) > 1
    free = [one for one in list_languages() if primary_language(one) not in used_languages]
    edits = may(me, "story.edit", story)
    lines = {one.id: _line(one, me) for one in stories}
    own = lines.pop(story.id, None)
    return Versions(
        own,
        tuple(lines.values()),
        tuple(Beginning(one, language_name(one)) for one in free),
        url_for("newsroom.translate", id=story.id) if free and may(me, "story.write") else "",
        url_for("newsroom.tie_version", id=story.id) if bilingual and free and edits else "",
        url_for("newsroom.untie_version", id=story.id) if lines and edits else "",
    )


def _line(one: TiedStory, me: Person) -> VersionLine:
    edits = may(me, "story.edit", Standing(one.status, one.owner_id))
    return VersionLine(
        one,
        language_name(one.language),
        state_name(one.status),
        url_for("newsroom.story", id=one.id),
        url_for("newsroom.check_version", id=one.id) if one.check and edits else "",
    )


@needs("story.write")
def translate(id: str) -> Response:
    """Begin a translation of the story in ``language``, and go to its editor."""
    story = story_summary(id) or abort(404)
    allow("story.read", story)
    try:
        translation_id = begin_translation(id, form_value("language"), acting())
    except Refused as refused:
        # Who does not edit the original has its steps on a page of their own.
        edits = may(person(), "story.edit", story)
        return redirect_with_error(refused, "newsroom.story" if edits else "newsroom.notes", id=id)
    flash(_("هذه مسودة الترجمة، مربوطة بالأصل وفيها صوره. اكتب عنوانها ونصها."))
    return redirect(url_for("newsroom.story", id=translation_id), 303)


@needs("story.edit")
def tie_version(id: str) -> Response:
    """Tie the story to the one whose address or id is ``other``."""
    return _change_and_return(
        id, lambda: tie(id, form_value("other"), acting()), _("رُبطت النسختان.")
    )


@needs("story.edit")
def untie_version(id: str) -> Response:
    """Take the story out of the set of its versions."""
    return _change_and_return(id, lambda: untie(id, acting()), _("فُكّ الربط."))


@needs("story.edit")
def check_version(id: str) -> Response:
    """Note that the story was compared with its version that changed."""
    return _change_and_return(id, lambda: tick_off_check(id, acting()), _("سُجّلت المراجعة."))


def _change_and_return(id: str, change: Callable[[], None], notice: str) -> Response:
    story = story_summary(id) or abort(404)
    allow("story.edit", story)
    try:
        change()
    except UnknownStory:
        abort(404)
    except Refused as refused:
        return redirect_with_error(refused, "newsroom.story", id=id)
    return redirect_with_notice(notice, "newsroom.story", id=id)


def ask_of_versions(id: str) -> str:
    """Return what is said after a story was corrected or withdrawn whose other versions are to be
    looked at, or nothing."""
    names = [
        language_name(one.language)
        for one in tied_stories(id)
        if one.check is not None and one.check.changed_id == id
    ]
    if not names:
        return ""
    return _("راجع نسخته أيضًا: %(languages)s.", languages="، ".join(names))
