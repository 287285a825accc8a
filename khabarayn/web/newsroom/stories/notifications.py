"""The page of a person's notifications about stories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask import redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from khabarayn.desk.permissions import may
from khabarayn.desk.stories.notify import see_all
from khabarayn.store.queries.notifications import Notification, notifications_of
from khabarayn.web.newsroom.access import acting, needs, person
from khabarayn.web.newsroom.stories.workflow import story_url
from khabarayn.web.page import Page


@dataclass(frozen=True)
class NotificationLine:
    """``words`` say what happened, ``url`` is where the story is written."""

    about: Notification
    words: str
    url: str


@dataclass(frozen=True)
class NotificationsPage(Page):
    """What the person was told, newest first; ``fresh`` counts what was not seen yet."""

    template: ClassVar[str] = "newsroom/stories/notifications.html"

    lines: tuple[NotificationLine, ...]
    fresh: int


@needs("newsroom.see")
def notifications() -> str:
    """Show what the signed-in person was told of stories."""
    me = person()
    entries = notifications_of(me.id, sees_all=may(me, "story.publish"))
    lines = tuple(NotificationLine(one, _words(one.kind), story_url(one.story)) for one in entries)
    return NotificationsPage(lines, sum(one.fresh for one in entries)).render()


@needs("newsroom.see")
def notifications_seen() -> Response:
    """Mark every notification as seen."""
    see_all(acting())
    return redirect(url_for("newsroom.notifications"), 303)


def _words(kind: str) -> str:
    return {
        "submitted": _("ينتظر المراجعة"),
        "returned": _("أُعيد إليك"),
        "published": _("نُشر في موعده"),
        "failed": _("لم يُنشر في موعده"),
    }[kind]
