"""The editor's page: show and save a story's form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from khabarayn.article.form import StoryForm
from khabarayn.article.identity import PATTERN, new_public_id
from khabarayn.article.pictures import pictures_in
from khabarayn.article.standing import Blank, blanks_in, page_path
from khabarayn.article.story import Section
from khabarayn.desk.permissions import Forbidden, may
from khabarayn.desk.refused import Refused, faults_of
from khabarayn.desk.stories.autosave import AutosaveConflict, autosave_form, forget
from khabarayn.desk.stories.content import HEADLINE, SHORT_HEADLINE, STANDFIRST, TEASER
from khabarayn.desk.stories.notify import see_when_told
from khabarayn.desk.stories.presence import here
from khabarayn.desk.stories.write import RevisionConflict, write
from khabarayn.messages.genres import genre_names
from khabarayn.store.queries.pictures import pictures_by_id
from khabarayn.store.queries.revisions import Autosave, EditableStory, unsaved_new_stories
from khabarayn.store.queries.sections import section_tree
from khabarayn.web.newsroom.access import acting, needs, person
from khabarayn.web.newsroom.forms import GOOD, Faults, number, refusal
from khabarayn.web.newsroom.pictures.pictured import PictureSummary, picture_summary
from khabarayn.web.newsroom.stories.context import StoryContext, story_context
from khabarayn.web.newsroom.stories.merge import merge_page
from khabarayn.web.newsroom.stories.workflow import Work, work_of
from khabarayn.web.page import Page

LANGUAGES = ("ar", "en", "fr", "fa", "ur", "tr", "es", "de")
LIMITS = {
    "headline": HEADLINE,
    "short_headline": SHORT_HEADLINE,
    "standfirst": STANDFIRST,
    "teaser": TEASER,
}
# Lengths in characters at which search engines and chat apps cut, as a hint beside the count.
GOOD_LENGTHS = {"headline": 90, "short_headline": 60, "standfirst": 240, "teaser": 240}


@dataclass(frozen=True)
class EditorPage(Page):
    """``base`` is the revision that the text starts from, ``version`` that of the unsaved text;
    ``bad`` says by field what must be put right, ``autosaves`` are new stories left unsaved;
    ``work`` is where a saved story stands, and the steps that may be taken with it; ``genres``
    are the codes and labels of the genres that readers are told; ``page`` is the standing page that
    it is, if any, and ``blanks`` what is still to be filled in there."""

    template: ClassVar[str] = "newsroom/stories/story.html"

    id: str
    form: StoryForm
    base: int
    version: int
    story: EditableStory | None
    autosave: Autosave | None
    bad: Faults
    sections: tuple[Section, ...]
    languages: tuple[str, ...]
    pictures: Mapping[str, PictureSummary]
    lead: PictureSummary | None
    autosaves: tuple[Autosave, ...]
    work: Work | None
    limits: Mapping[str, int]
    good: Mapping[str, int]
    genres: tuple[tuple[str, str], ...]
    page: str
    page_path: str
    blanks: tuple[Blank, ...]


@needs("story.write")
def new_story() -> str:
    """A blank form, under an id that the story will have once it is saved."""
    id_argument = request.args.get("id", "")
    id = id_argument if PATTERN.fullmatch(id_argument) else new_public_id()
    return _page(story_context(id))


@needs("story.read")
def story(id: str) -> Any:
    """The form of one story; those who may read it but not change it see its preview."""
    context = story_context(id, "story.read")
    if request.method == "GET":
        see_when_told(id, acting())
    if context.story and not may(person(), "story.edit", context.story):
        return redirect(url_for("newsroom.preview", id=id), 303)
    if request.method == "POST":
        return _save(context)
    if context.story and context.behind:
        # Two texts: they must be merged first.
        return redirect(url_for("newsroom.merge", id=id), 303)
    if context.story is None and context.autosave is None:
        return redirect(url_for("newsroom.new_story", id=id), 303)
    # Reported when the page opens, so that colleagues see it before the first key is pressed.
    here(id, acting())
    return _page(context)


def _save(context: StoryContext) -> Any:
    """Save the form; a script that asks for JSON is told the number, or what is wrong."""
    form, base = StoryForm.of(request.form), number("base")
    wants_json = request.accept_mimetypes.best == "application/json"
    try:
        revision_number = write(context.id, form, acting(), base)
    except RevisionConflict as collided:
        page = _collision_of(context.id, form, base)
        return ({"newest": collided.newest}, 409) if wants_json else page
    except Forbidden:
        raise
    except Refused as refused:
        bad = faults_of(refused)
        return (refusal(bad) if wants_json else _page(context, form, bad)), 422
    if wants_json:
        return {"number": revision_number}
    page = context.story.page if context.story else ""
    flash(_("حُفظت الصفحة.") if page else _("حُفظ الخبر."), "done")
    return redirect(url_for("newsroom.story", id=context.id), 303)


def _collision_of(id: str, form: StoryForm, base: int) -> tuple[str, int]:
    """Keep the text that was sent as unsaved, then show both texts: nothing is overwritten."""
    context = story_context(id)
    version = context.autosave.version if context.autosave else 0
    try:
        autosave_form(id, acting(), form, base, version)
    except AutosaveConflict:
        forget(id, acting())
        autosave_form(id, acting(), form, base, 0)
    return merge_page(story_context(id)).render(), 409


def _page(context: StoryContext, form: StoryForm | None = None, bad: Faults = GOOD) -> str:
    current = form or context.text
    blocks = current.blocks()
    names = pictures_in(blocks)
    page = context.story.page if context.story else ""
    pictures = {
        name: picture_summary(one) for name, one in pictures_by_id([*names, current.lead]).items()
    }
    return EditorPage(
        id=context.id,
        form=current,
        base=number("base") if form else context.newest,
        version=context.autosave.version if context.autosave else 0,
        story=context.story,
        autosave=context.autosave,
        bad=bad,
        sections=tuple(section_tree().by_id.values()),
        languages=LANGUAGES,
        pictures=pictures,
        lead=pictures.get(current.lead),
        autosaves=() if context.story or context.autosave else unsaved_new_stories(person().id),
        work=work_of(context.id) if context.story else None,
        limits=LIMITS,
        good=GOOD_LENGTHS,
        genres=tuple(genre_names().items()),
        page=page,
        page_path=page_path(page) if page else "",
        blanks=blanks_in(current.headline, current.standfirst, blocks) if page else (),
    ).render()
