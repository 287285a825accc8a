"""The way of a story through the newsroom: which verb in which state, and what it becomes."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

DRAFT, REVIEW, SCHEDULED, PUBLISHED, WITHDRAWN = STATES = (
    "draft",
    "review",
    "scheduled",
    "published",
    "withdrawn",
)
GONE = "gone"


@dataclass(frozen=True)
class Step:
    """``action`` is the permission it needs, ``sources`` the states it may be said in, ``target``
    the state it leaves."""

    action: str
    sources: frozenset[str]
    target: str


STEPS = {
    "submit": Step("story.submit", frozenset({DRAFT}), REVIEW),
    "return": Step("story.return", frozenset({REVIEW, SCHEDULED}), DRAFT),
    "schedule": Step("story.schedule", frozenset({DRAFT, REVIEW, SCHEDULED}), SCHEDULED),
    "unschedule": Step("story.schedule", frozenset({SCHEDULED}), REVIEW),
    "publish": Step("story.publish", frozenset({DRAFT, REVIEW, SCHEDULED, PUBLISHED}), PUBLISHED),
    "correct": Step("story.correct", frozenset({PUBLISHED}), PUBLISHED),
    "withdraw": Step("story.withdraw", frozenset({PUBLISHED}), WITHDRAWN),
    "reopen": Step("story.publish", frozenset({WITHDRAWN}), DRAFT),
    "delete": Step("story.delete_draft", frozenset({DRAFT}), GONE),
}
# What an importer may say beyond that: its source brings back what it had taken back.
HOUSE_MAY = {("publish", WITHDRAWN)}


def allowed(verb: str, status: str, house: bool = False) -> bool:
    """Say whether ``verb`` may be said of a story in this state.

    >>> allowed("submit", "draft"), allowed("submit", "published")
    (True, False)
    >>> allowed("publish", "withdrawn"), allowed("publish", "withdrawn", house=True)
    (False, True)
    """
    return status in STEPS[verb].sources or (house and (verb, status) in HOUSE_MAY)


def verbs_in(status: str) -> tuple[str, ...]:
    """Return the verbs that may be said of a story in this state.

    >>> verbs_in("review")
    ('return', 'schedule', 'publish')
    """
    return tuple(verb for verb, step in STEPS.items() if status in step.sources)


def state_name(status: str) -> str:
    """Return what people call the state, in their language."""
    return {
        DRAFT: _("مسودة"),
        REVIEW: _("قيد المراجعة"),
        SCHEDULED: _("مجدول"),
        PUBLISHED: _("منشور"),
        WITHDRAWN: _("مسحوب"),
    }[status]
