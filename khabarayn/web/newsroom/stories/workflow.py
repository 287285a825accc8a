"""The steps of a story: which ones a person may take now, the form of each, and taking it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from khabarayn.article.standing import page_path
from khabarayn.desk.by import By
from khabarayn.desk.permissions import Forbidden, Standing, may
from khabarayn.desk.refused import Refused, UnknownStory, faults_of
from khabarayn.desk.stories.correct import correct
from khabarayn.desk.stories.delete_draft import delete_draft
from khabarayn.desk.stories.notify import see_when_told
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.reopen import reopen
from khabarayn.desk.stories.return_story import return_story
from khabarayn.desk.stories.schedule import schedule, unschedule
from khabarayn.desk.stories.step import OutOfTurn
from khabarayn.desk.stories.submit import submit
from khabarayn.desk.stories.transitions import STEPS, state_name, verbs_in
from khabarayn.desk.stories.withdraw import withdraw
from khabarayn.store.db import now
from khabarayn.store.queries.people import Person
from khabarayn.store.queries.presence import present
from khabarayn.store.queries.story_lists import Note, StorySummary, notes_of, story_summary
from khabarayn.web.filters_dates import zone_phrase
from khabarayn.web.newsroom.access import acting, allow, needs, person
from khabarayn.web.newsroom.forms import GOOD, Faults, clock_value, form_value, moment_of
from khabarayn.web.newsroom.stories.versions import Versions, ask_of_versions, versions_of
from khabarayn.web.page import Page
from khabarayn.web.site import absolute

# The verb of each step; its parameters after story and person are the step's form fields.
VERBS: dict[str, Callable[..., object]] = {
    "submit": submit,
    "return": return_story,
    "schedule": schedule,
    "unschedule": unschedule,
    "publish": publish,
    "correct": correct,
    "withdraw": withdraw,
    "reopen": reopen,
    "delete": delete_draft,
}


@dataclass(frozen=True)
class StepForm:
    """A step that may be taken now: its button, its form and what is said when it is done.

    ``label`` names the field for text, ``reason`` or ``note`` by the step's ``fields``; ``at`` is
    the hour that the field for it begins with, on the clock that ``zone`` names.
    """

    verb: str
    name: str
    url: str
    about: str
    done_message: str
    weight: str
    fields: tuple[str, ...]
    label: str
    demanded: bool
    at: str = ""
    zone: str = ""


@dataclass(frozen=True)
class Work:
    """A story with what can be done with it. ``others`` are the colleagues who have it open;
    ``url`` is where it is written, ``address`` where readers find it, and ``link`` that address
    whole, to be passed on; ``gone``
    says that its address answers 410; ``copy_url`` makes a new draft of it, ``previews_url`` shows
    it to outsiders."""

    story: StorySummary
    state: str
    steps: tuple[StepForm, ...]
    notes: tuple[Note, ...]
    others: tuple[str, ...]
    url: str
    address: str
    link: str
    bulletin_url: str
    copy_url: str
    previews_url: str
    versions: Versions

    @property
    def main_step(self) -> StepForm | None:
        """The step that takes the story farthest: an editor publishes, a writer submits."""
        return next((step for step in reversed(self.steps) if step.weight == "main"), None)

    @property
    def gone(self) -> bool:
        """Whether the story was withdrawn: its address answers 410."""
        return self.story.withdrawn_at is not None


@dataclass(frozen=True)
class StepPage(Page):
    """The form of one step, alone: used without scripts, and shown again after a refusal."""

    template: ClassVar[str] = "newsroom/stories/step.html"

    title: str
    work: Work
    step: StepForm
    values: dict[str, str]
    bad: Faults


@dataclass(frozen=True)
class NotesPage(Page):
    """A story's review notes and the steps that can be taken with it, each a form."""

    template: ClassVar[str] = "newsroom/stories/notes.html"

    title: str
    work: Work


def work_of(public_id: str) -> Work | None:
    """Return the story with the steps that the signed-in person may take, or None."""
    summary = story_summary(public_id)
    if summary is None:
        return None
    me = person()
    page = summary.page
    address = page_path(page) if page else url_for("reader.article", id=public_id)
    return Work(
        story=summary,
        state=state_name(summary.status),
        steps=steps_of(summary, me),
        notes=notes_of(public_id),
        others=present([public_id], but=me.id).get(public_id, ()),
        url=story_url(public_id),
        address=address,
        link=absolute(address),
        bulletin_url=(
            url_for("newsroom.bulletin", story=public_id)
            if summary.status == "published" and not page and may(me, "bulletin.announce")
            else ""
        ),
        copy_url=(
            url_for("newsroom.duplicate", id=public_id)
            if not page and may(me, "story.write")
            else ""
        ),
        previews_url=(
            url_for("newsroom.links_of_story", id=public_id)
            if not page and may(me, "story.preview_link", summary)
            else ""
        ),
        versions=versions_of(summary, me),
    )


def story_url(public_id: str) -> str:
    """Return the address of the story's editor."""
    return url_for("newsroom.story", id=public_id)


def steps_of(story: StorySummary, who: Person) -> tuple[StepForm, ...]:
    """Return the steps that ``who`` may take with the story now: the main one first, the grave ones
    last."""
    standing = story
    steps = [
        form_of(verb, story, who)
        for verb in verbs_in(story.status)
        if may(who, STEPS[verb].action, standing) and _sensible(verb, story)
    ]
    return tuple(sorted(steps, key=lambda step: ("main", "plain", "grave").index(step.weight)))


def _sensible(verb: str, story: StorySummary) -> bool:
    if verb == "correct" and story.page:
        return False
    if verb == "publish" and story.status == "published":
        return story.pending
    return verb != "delete" or story.first_published_at is None


def form_of(verb: str, story: StorySummary, who: Person) -> StepForm:
    """Return the form of the step ``verb`` as ``who`` fills it in for this story."""
    step = STEPS[verb]
    others = step.demand if story.owner_id != who.id else None
    editable = may(who, "story.edit", Standing(step.target, story.owner_id, story.page))
    hour = story.publish_at or now() + timedelta(hours=1)
    return StepForm(
        verb,
        str(step.renew if step.renew and story.status == step.target else step.name),
        url_for(f"newsroom.step_{verb}", id=story.id),
        str(step.about if editable or not step.locked_message else step.locked_message),
        str(step.done_message),
        step.weight,
        step.fields,
        str(others or step.label),
        others is not None or "reason" in step.fields,
        clock_value(hour) if "at" in step.fields else "",
        zone_phrase(hour) if "at" in step.fields else "",
    )


def notes(id: str) -> str:
    """The story's state, its notes, and its steps."""
    work = work_of(id) or abort(404)
    allow("story.read", work.story)
    see_when_told(id, acting())
    return NotesPage(work.story.headline, work).render()


def _take(verb: str, public_id: str, by: By) -> None:
    """Take the step with what the form says. Raises `Refused`."""
    texts = [form_value(field) for field in STEPS[verb].fields]
    read = [
        moment_of(text) if field == "at" else text
        for field, text in zip(STEPS[verb].fields, texts, strict=True)
    ]
    VERBS[verb](public_id, by, *read)


def _form(verb: str, id: str) -> str:
    summary = story_summary(id) or abort(404)
    allow(STEPS[verb].action, summary)
    see_when_told(id, acting())
    return _page(verb, id)


def _take_step(verb: str, id: str) -> Response | tuple[str, int]:
    summary = story_summary(id)
    if summary is None:
        if verb == "delete":
            # A second click on a draft that is deleted already.
            return redirect(url_for("newsroom.story_list"), 303)
        abort(404)
    standing = summary
    allow("story.read", standing)
    if summary.status in STEPS[verb].sources:
        allow(STEPS[verb].action, standing)
    revisions_before = form_value("seen")
    if STEPS[verb].as_seen and revisions_before not in {"", str(summary.revisions)}:
        words = _("كُتب إصدار أحدث بعد أن فتحت الخبر. اقرأه ثم أعد المحاولة.")
        return _page(verb, id, {"seen": words}), 409
    try:
        _take(verb, id, acting())
    except UnknownStory:
        abort(404)
    except OutOfTurn as refusal:
        flash(refusal.message, "error")
        return redirect(story_url(id), 303)
    except Forbidden:
        abort(403)
    except Refused as refusal:
        return _page(verb, id, faults_of(refusal)), 422
    question = ask_of_versions(id) if verb in {"correct", "withdraw"} else ""
    flash(_page_done(verb) if summary.page else f"{STEPS[verb].done_message} {question}".strip())
    if verb == "delete" or form_value("back") == "desk":
        return redirect(url_for("newsroom.pages" if summary.page else "newsroom.story_list"), 303)
    return redirect(story_url(id), 303)


def _page_done(verb: str) -> str:
    """Return what is said when a step of a standing page is done."""
    notices = {
        "publish": _("نُشرت الصفحة."),
        "withdraw": _("سُحبت الصفحة."),
        "delete": _("حُذفت المسودة."),
    }
    return notices.get(verb) or _("تم.")


def _page(verb: str, id: str, bad: Faults = GOOD) -> str:
    work = work_of(id) or abort(404)
    form = form_of(verb, work.story, person())
    values = {name: form_value(name) for name in ("note", "reason", "at", "successor")}
    return StepPage(form.name, work, form, values, bad).render()


def step(verb: str) -> Callable[[str], Any]:
    """Return the view of the step ``verb``, which shows its form and, with POST, takes it."""

    @needs(STEPS[verb].action)
    def view(id: str) -> Any:
        return _take_step(verb, id) if request.method == "POST" else _form(verb, id)

    return view


needs("story.read")(notes)
