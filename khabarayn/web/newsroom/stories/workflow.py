"""The steps of a story: which ones a person may take now, the form of each, and its taking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from khabarayn.desk.by import By
from khabarayn.desk.permissions import Forbidden, Standing, may
from khabarayn.desk.refused import Refused, UnknownStory
from khabarayn.desk.stories.correct import correct
from khabarayn.desk.stories.delete_draft import delete_draft
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
from khabarayn.store.queries.shelves import DeskStory, Note, desk_story, notes_of
from khabarayn.web.filters import zone_phrase
from khabarayn.web.newsroom.access import acting, allow, needs, person
from khabarayn.web.newsroom.forms import clock_value, moment_of
from khabarayn.web.page import Page
from khabarayn.web.site import absolute

# What readers should get as it was read here, not as somebody has written it since.
AS_SEEN = {"publish", "schedule"}


@dataclass(frozen=True)
class Way:
    """A step that may be taken: its button, its form's fields and what is said when it is done.

    ``note`` and ``reason`` are the fields' labels, empty where there is no such field; ``at`` is
    the hour that the field begins with, on the clock that ``zone`` names. ``weight`` is
    «main», «plain» or «grave».
    """

    verb: str
    name: str
    url: str
    about: str
    done: str
    weight: str = "plain"
    note: str = ""
    reason: str = ""
    demanded: bool = False
    at: str = ""
    zone: str = ""


@dataclass(frozen=True)
class Work:
    """A story with what can be done with it. ``others`` are the colleagues who have it open;
    ``url`` is where it is written, ``link`` where readers find it, whole, to be passed on; ``gone``
    says that its address answers 410."""

    story: DeskStory
    state: str
    ways: tuple[Way, ...]
    notes: tuple[Note, ...]
    others: tuple[str, ...]
    url: str
    link: str
    bulletin_url: str

    @property
    def gone(self) -> bool:
        return self.story.withdrawn_at is not None


@dataclass(frozen=True)
class StepPage(Page):
    """The form of one step, alone: the way without script, and back from what was refused."""

    template: ClassVar[str] = "newsroom/stories/step.html"

    title: str
    work: Work
    way: Way
    given: dict[str, str]
    field: str
    complaint: str


@dataclass(frozen=True)
class NotesPage(Page):
    template: ClassVar[str] = "newsroom/stories/notes.html"

    title: str
    work: Work


def work_of(public_id: str) -> Work | None:
    """Return the story with the steps that the person at the door may take, or None."""
    found = desk_story(public_id)
    if found is None:
        return None
    me = person()
    return Work(
        story=found,
        state=state_name(found.status),
        ways=ways_of(found, me),
        notes=notes_of(public_id),
        others=present([public_id], but=me.id).get(public_id, ()),
        url=story_url(public_id),
        link=absolute(url_for("reader.article", id=public_id)),
        bulletin_url=(
            url_for("newsroom.bulletin", story=public_id)
            if found.status == "published" and may(me, "bulletin.announce")
            else ""
        ),
    )


def story_url(public_id: str) -> str:
    """Return where the story is written."""
    return url_for("newsroom.story", id=public_id)


def ways_of(story: DeskStory, who: Person) -> tuple[Way, ...]:
    """Return the steps that ``who`` may take with the story as it stands, the weightiest good one
    first, the grave ones last."""
    standing = Standing(story.status, story.owner_id)
    ways = [
        _way(verb, story, own=story.owner_id == who.id)
        for verb in verbs_in(story.status)
        if may(who, STEPS[verb].action, standing) and _sensible(verb, story)
    ]
    return tuple(sorted(ways, key=lambda way: ("main", "plain", "grave").index(way.weight)))


def _sensible(verb: str, story: DeskStory) -> bool:
    if verb == "publish" and story.status == "published":
        return story.pending
    return verb != "delete" or story.first_published_at is None


def _way(verb: str, story: DeskStory, own: bool) -> Way:
    url = url_for(f"newsroom.step_{verb}", id=story.id)
    optional = _("ملاحظة (إن شئت)")
    match verb:
        case "submit":
            about = (
                _("يراه من يراجع الأخبار في «ينتظر المراجعة»، ويبقى لك أن تعدّله.")
                if may(person(), "story.edit", Standing("review", story.owner_id))
                else _("يراه من يراجع الأخبار في «ينتظر المراجعة»، ولا تعدّله حتى يُعاد إليك.")
            )
            return Way(
                verb,
                _("أرسل إلى المراجعة"),
                url,
                about,
                _("أُرسل الخبر إلى المراجعة."),
                "main",
                note=optional,
            )
        case "return":
            label = optional if own else _("ما المطلوب؟")
            return Way(
                verb,
                _("أعِد إلى صاحب الخبر"),
                url,
                _("يعود الخبر مسودة ومعه ملاحظتك."),
                _("أُعيد الخبر إلى صاحب الخبر."),
                note=label,
                demanded=not own,
            )
        case "schedule":
            name = _("غيّر الموعد") if story.status == "scheduled" else _("جدوِل النشر")
            hour = story.publish_at or now() + timedelta(hours=1)
            about = _("يُنشر وحده في الموعد، بآخر نص حُفظ حتى ذلك الحين.")
            done = _("جُدول الخبر.")
            return Way(verb, name, url, about, done, note=optional,
                       at=clock_value(hour), zone=zone_phrase(hour))  # fmt: skip
        case "unschedule":
            return Way(
                verb,
                _("ألغِ الجدولة"),
                url,
                _("يعود الخبر إلى «ينتظر المراجعة»."),
                _("أُلغيت الجدولة."),
                note=optional,
            )
        case "publish":
            renew = story.status == "published"
            name = _("انشر التعديل") if renew else _("انشر الآن")
            about = _("يراه القرّاء خلال ثانيتين.")
            return Way(verb, name, url, about, _("نُشر الخبر."), "main")
        case "correct":
            about = _("يظهر التصحيح مؤرّخًا تحت الخبر، ويصل إلى النسخ المحفوظة في الهواتف.")
            return Way(
                verb,
                _("أضف تصحيحًا"),
                url,
                about,
                _("نُشر التصحيح."),
                reason=_("نص التصحيح"),
                demanded=True,
            )
        case "withdraw":
            about = _("يختفي الخبر من كل مكان، ومن يفتح رابطه يقرأ السبب الذي تكتبه هنا.")
            return Way(
                verb,
                _("اسحب الخبر"),
                url,
                about,
                _("سُحب الخبر."),
                "grave",
                reason=_("السبب، كما يقرؤه القرّاء"),
                demanded=True,
            )
        case "reopen":
            about = _("يعود مسودة. ومن يفتح رابطه يقرأ أنه سُحب حتى يُنشر من جديد.")
            return Way(
                verb, _("أعِد فتحه"), url, about, _("فُتح الخبر من جديد مسودةً."), note=optional
            )
        case _:
            return Way(verb, _("احذف المسودة"), url, _("تُحذف المسودة وإصداراتها، ولا رجعة في ذلك."),
                       _("حُذفت المسودة."), "grave")  # fmt: skip


def notes(id: str) -> str:
    """The story's state, its notes, and its steps."""
    work = work_of(id) or abort(404)
    allow("story.read", Standing(work.story.status, work.story.owner_id))
    return NotesPage(work.story.headline, work).render()


def _say(verb: str, public_id: str, by: By) -> None:
    """Take the step with what the form says. Raises `Refused`."""
    form = request.form
    note, words = form.get("note", ""), form.get("reason", "")
    take: dict[str, Callable[[], Any]] = {
        "submit": lambda: submit(public_id, by, note),
        "return": lambda: return_story(public_id, by, note),
        "schedule": lambda: schedule(public_id, by, moment_of(form.get("at", "")), note),
        "unschedule": lambda: unschedule(public_id, by, note),
        "publish": lambda: publish(public_id, by),
        "correct": lambda: correct(public_id, by, words),
        "withdraw": lambda: withdraw(public_id, by, words),
        "reopen": lambda: reopen(public_id, by, note),
        "delete": lambda: delete_draft(public_id, by),
    }
    take[verb]()


def _form(verb: str, id: str) -> str:
    found = desk_story(id) or abort(404)
    allow(STEPS[verb].action, Standing(found.status, found.owner_id))
    return _page(verb, id)


def _taken(verb: str, id: str) -> Response | tuple[str, int]:
    found = desk_story(id)
    if found is None:
        if verb == "delete":
            # A second click on a draft that is gone already.
            return redirect(url_for("newsroom.desk"), 303)
        abort(404)
    standing = Standing(found.status, found.owner_id)
    allow("story.read", standing)
    if found.status in STEPS[verb].sources:
        allow(STEPS[verb].action, standing)
    way = _way(verb, found, own=found.owner_id == person().id)
    seen = request.form.get("seen", "")
    if verb in AS_SEEN and seen not in {"", str(found.revisions)}:
        words = _("كُتب إصدار أحدث بعد أن فتحت الخبر. اقرأه ثم أعد المحاولة.")
        return _page(verb, id, "seen", words), 409
    try:
        _say(verb, id, acting())
    except UnknownStory:
        abort(404)
    except OutOfTurn as refusal:
        flash(refusal.message, "error")
        return redirect(story_url(id), 303)
    except Forbidden:
        abort(403)
    except Refused as refusal:
        return _page(verb, id, refusal.field, refusal.message), 422
    flash(way.done)
    home = verb == "delete" or request.form.get("back") == "desk"
    return redirect(url_for("newsroom.desk") if home else story_url(id), 303)


def _page(verb: str, id: str, field: str = "", complaint: str = "") -> str:
    work = work_of(id) or abort(404)
    way = _way(verb, work.story, own=work.story.owner_id == person().id)
    given = {name: request.form.get(name, "") for name in ("note", "reason", "at")}
    return StepPage(way.name, work, way, given, field, complaint).render()


def step(verb: str) -> Callable[[str], Any]:
    """Return the view of the step ``verb``: its form, and with POST its taking."""

    @needs(STEPS[verb].action)
    def view(id: str) -> Any:
        return _taken(verb, id) if request.method == "POST" else _form(verb, id)

    return view


needs("story.read")(notes)
