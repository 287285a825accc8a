"""The page of the breaking-news («عاجل») strip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from khabarayn.article.identity import PATTERN
from khabarayn.desk.front.bulletin import TEXT, announce, end_bulletin
from khabarayn.desk.permissions import may
from khabarayn.desk.refused import Refused, faults_of
from khabarayn.store.queries.front import Bulletin, current_bulletin
from khabarayn.web.newsroom.access import acting, needs, person
from khabarayn.web.newsroom.forms import GOOD, Faults, form_value
from khabarayn.web.page import Page

LASTS = (30, 60, 120, 360, 720)


@dataclass(frozen=True)
class StripForm:
    """The strip that stands now, and the form of the next one: ``lasts`` as (minutes, words)."""

    bulletin: Bulletin | None
    values: dict[str, str]
    lasts: tuple[tuple[int, str], ...]
    longest: int
    bad: Faults


@dataclass(frozen=True)
class BulletinPage(Page):
    """The form of the breaking-news strip, and the strip that stands now."""

    template: ClassVar[str] = "newsroom/front/bulletin.html"

    title: str
    strip: StripForm


def strip_form(
    story: str = "", values: dict[str, str] | None = None, bad: Faults = GOOD
) -> StripForm:
    """Return the form; ``story`` is the public id that it begins with."""
    story = story if PATTERN.fullmatch(story) else ""
    return StripForm(
        current_bulletin(),
        values or {"text": "", "story": story, "lasts": "60"},
        tuple((minutes, _lasting(minutes)) for minutes in LASTS),
        TEXT,
        bad,
    )


def _lasting(minutes: int) -> str:
    labels = {30: _("نصف ساعة"), 60: _("ساعة"), 120: _("ساعتين"), 360: _("6 ساعات")}
    return labels.get(minutes) or _("12 ساعة")


@needs("bulletin.announce")
def bulletin() -> str:
    """Show the form of the breaking-news strip, filled in for the story that ``story`` names."""
    return BulletinPage(_("شريط العاجل"), strip_form(request.args.get("story", ""))).render()


@needs("bulletin.announce")
def announce_now() -> Response | tuple[str, int]:
    """Put the strip on the front page for the chosen time; a form with faults comes again (422)."""
    values = {name: form_value(name).strip() for name in ("text", "story", "lasts")}
    minutes = {str(n): n for n in LASTS}.get(values["lasts"], 0)
    try:
        announce(values["text"], timedelta(minutes=minutes), acting(), _id_in(values["story"]))
    except Refused as refusal:
        form = strip_form("", values, faults_of(refusal))
        return BulletinPage(_("شريط العاجل"), form).render(), 422
    return _back(_("الشريط على الصفحة الأولى الآن."))


@needs("bulletin.announce")
def end_now() -> Response:
    """Take the strip off the front page."""
    end_bulletin(acting())
    return _back(_("أُنزل الشريط."))


def _back(words: str) -> Response:
    flash(words)
    composes = may(person(), "front.compose")
    return redirect(url_for("newsroom.front" if composes else "newsroom.bulletin"), 303)


def _id_in(text: str) -> str:
    """Return the story that an address or an id names, as it stands when it is neither."""
    last = text.rstrip("/").rpartition("/a/")[2].partition("/")[0]
    return last if PATTERN.fullmatch(last) else text
