"""One action on many stories: confirmed once, done, and reported story by story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from khabarayn.article.identity import PATTERN
from khabarayn.article.story import Section
from khabarayn.desk.by import By
from khabarayn.desk.permissions import may
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.many import (
    MOST,
    Outcome,
    move_many,
    tag_many,
    untag_many,
    withdraw_many,
)
from khabarayn.desk.stories.transitions import STEPS
from khabarayn.store.queries.sections import section_tree
from khabarayn.store.queries.story_lists import StorySummary, story_summaries
from khabarayn.web.newsroom.access import acting, needs, person
from khabarayn.web.newsroom.forms import GOOD, Faults, form_value
from khabarayn.web.newsroom.stories.workflow import story_url
from khabarayn.web.page import Page


@dataclass(frozen=True)
class BulkAction:
    """What may be done to many: ``name`` on its button, ``action`` the right that it asks for."""

    kind: str
    name: str
    action: str
    grave: bool = False


@dataclass(frozen=True)
class ManyPage(Page):
    """``value`` is what was typed into the one field of the deed, ``bad`` what is wrong in
    it."""

    template: ClassVar[str] = "newsroom/stories/many.html"

    deed: BulkAction
    stories: tuple[StorySummary, ...]
    sections: tuple[Section, ...]
    value: str
    back: str
    bad: Faults


@dataclass(frozen=True)
class BulkResult:
    """``reason`` says why nothing was done to the story; empty when it was."""

    headline: str
    url: str
    reason: str


@dataclass(frozen=True)
class ManyDonePage(Page):
    """What became of each story that an action was chosen for: done, or refused and why."""

    template: ClassVar[str] = "newsroom/stories/many_done.html"

    deed: BulkAction
    successes: tuple[BulkResult, ...]
    refusals: tuple[BulkResult, ...]
    back: str


def deeds_for_many() -> tuple[BulkAction, ...]:
    """Return the actions that the signed-in person may do to many stories."""
    every = (
        BulkAction("section", _("انقل إلى قسم"), "story.edit"),
        BulkAction("tag", _("أضف وسمًا"), "story.edit"),
        BulkAction("untag", _("أزل وسمًا"), "story.edit"),
        BulkAction("withdraw", _("اسحب"), STEPS["withdraw"].action, grave=True),
    )
    return tuple(bulk_action for bulk_action in every if may(person(), bulk_action.action))


@needs("story.edit")
def many() -> str | Response | tuple[str, int]:
    """Show the confirmation of an action on the chosen stories; with ``sure``, do it."""
    bulk_action = next((one for one in deeds_for_many() if one.kind == form_value("do")), None)
    ids = tuple(dict.fromkeys(filter(PATTERN.fullmatch, request.form.getlist("story"))))
    me = person()
    stories = tuple(story for story in story_summaries(ids[:MOST]) if may(me, "story.read", story))
    if bulk_action is None or not stories:
        flash(_("اختر خبرًا واحدًا على الأقل."), "error")
        return redirect(_back(), 303)
    argument = form_value("given")
    if not form_value("sure"):
        return _page(bulk_action, stories, argument).render()
    try:
        outcomes = _apply_action(
            bulk_action.kind, tuple(story.id for story in stories), argument, acting()
        )
    except Refused as refused:
        return _page(bulk_action, stories, argument, {"given": refused.message}).render(), 422
    headlines = {story.id: story.headline for story in stories}
    bulk_results = tuple(
        BulkResult(headlines[o.story], story_url(o.story), o.reason) for o in outcomes
    )
    return ManyDonePage(
        deed=bulk_action,
        successes=tuple(one for one in bulk_results if not one.reason),
        refusals=tuple(one for one in bulk_results if one.reason),
        back=_back(),
    ).render()


def _apply_action(
    kind: str, stories: tuple[str, ...], argument: str, by: By
) -> tuple[Outcome, ...]:
    """Do the action and return each story's outcome. Raises `Refused`: the field will not do."""
    do = {"section": move_many, "tag": tag_many, "untag": untag_many, "withdraw": withdraw_many}
    return do[kind](stories, argument, by)


def _page(
    bulk_action: BulkAction, stories: tuple[StorySummary, ...], argument: str, bad: Faults = GOOD
) -> ManyPage:
    sections = tuple(section_tree().by_id.values())
    return ManyPage(bulk_action, stories, sections, argument, form_value("back"), bad)


def _back() -> str:
    """Return the address of the list that the stories were chosen from, with its filters."""
    home = url_for("newsroom.story_list")
    back = form_value("back")
    return home + back if back.startswith("?") and back.isprintable() else home
