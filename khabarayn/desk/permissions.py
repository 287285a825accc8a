"""Who may do what in which state of a story: one table, and nothing that is not in it.

A role may do what the roles before it may. The chief editor may give two of these to others
(`GRANTABLE`, `khabarayn.desk.arrange.rights`). A grant names the lowest role, whose stories («own»
or «any») and the states of a story it holds in; actions that concern no story name neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from flask import current_app, has_app_context
from flask_babel import lazy_gettext as _

from khabarayn.desk.by import By
from khabarayn.desk.refused import Refused
from khabarayn.settings import ROLES, settings_of
from khabarayn.store.db import now
from khabarayn.store.queries.site import rights

__all__ = [
    "ROLES",
    "STATES",
    "TABLE",
    "Forbidden",
    "Grant",
    "Standing",
    "StoryStanding",
    "may",
    "require",
]

STATES = ("draft", "review", "scheduled", "published", "withdrawn")
OWN, ANY = "own", "any"


class Somebody(Protocol):
    """A person, as far as this table asks: `store.queries.people.Person` is one."""

    @property
    def id(self) -> int | None:
        """The person's row id; None for the system."""
        ...

    @property
    def role(self) -> str:
        """One of `ROLES`."""
        ...


class StoryStanding(Protocol):
    """A story, as far as this table asks: a row is one, and so is `Standing`."""

    @property
    def status(self) -> str:
        """One of `STATES`."""
        ...

    @property
    def owner_id(self) -> int | None:
        """The row id of the person whose story it is; None when it is nobody's."""
        ...

    @property
    def page(self) -> str:
        """The last part of a standing page's address; empty for a story."""
        ...


@dataclass(frozen=True)
class Standing:
    """Where a story stands: its ``status``, the id of the person whose it is, and which standing
    ``page`` it is, if any."""

    status: str
    owner_id: int | None = None
    page: str = ""


@dataclass(frozen=True)
class Grant:
    """The lowest ``role`` that may do an action, to ``whose`` stories (`OWN` or `ANY`) and in which
    ``states`` of a story; no states for actions that concern no story."""

    role: str
    whose: str = ANY
    states: tuple[str, ...] = ()


class Forbidden(Refused):
    """The person may not do this."""

    def __init__(self, action: str) -> None:
        super().__init__("permission", _("ليس لك إذن بهذا العمل."))
        self.action = action


def _own(role: str, *states: str) -> Grant:
    return Grant(role, OWN, states)


def _any(role: str, *states: str) -> Grant:
    return Grant(role, ANY, states)


_OPEN = ("draft", "review", "scheduled")

TABLE: Mapping[str, tuple[Grant, ...]] = {
    "newsroom.see": (Grant("contributor"),),
    "account.own": (Grant("contributor"),),
    "story.read": (_own("contributor", *STATES), _any("contributor", "published"),
                   _any("writer", *STATES)),
    "story.write": (Grant("contributor"),),
    "story.edit": (_own("contributor", "draft"), _own("writer", "review"),
                   _any("editor", *_OPEN, "published"), _any("chief", "withdrawn")),
    "story.submit": (_own("contributor", "draft"), _any("editor", "draft")),
    "story.return": (_own("writer", "review"), _any("editor", "review", "scheduled")),
    "story.schedule": (_any("editor", *_OPEN),),
    "story.publish": (_any("editor", *_OPEN, "published"), _any("chief", "withdrawn")),
    "story.correct": (_any("editor", "published"),),
    "story.withdraw": (_any("chief", "published"),),
    "story.delete_draft": (_own("contributor", "draft"), _any("editor", "draft"),
                           _any("chief", "review")),
    "story.restore": (_own("contributor", "draft"), _own("writer", "review"),
                      _any("editor", *_OPEN, "published"), _any("chief", "withdrawn")),
    "story.preview_link": (_own("writer", *_OPEN, "published"),
                           _any("editor", *_OPEN, "published")),
    "picture.see": (Grant("contributor"),),
    "picture.add": (Grant("contributor"),),
    "picture.edit": (Grant("writer"),),
    "picture.replace": (Grant("editor"),),
    "picture.delete": (Grant("editor"),),
    "front.compose": (Grant("chief"),),
    "bulletin.announce": (Grant("chief"),),
    "edition.make": (Grant("chief"),),
    "arrange.sections": (Grant("chief"),),
    "arrange.tags": (Grant("chief"),),
    "arrange.authors": (Grant("chief"),),
    "arrange.sources": (Grant("chief"),),
    "arrange.clusters": (Grant("chief"),),
    "arrange.words": (Grant("chief"),),
    "arrange.redirects": (Grant("chief"),),
    "arrange.menus": (Grant("chief"),),
    "page.write": (Grant("chief"),),
    "rights.give": (Grant("chief"),),
    "numbers.read": (Grant("writer"),),
    "site.face": (Grant("chief"),),
    "site.settings": (Grant("admin"),),
    "people.manage": (Grant("admin"),),
    "audit.read": (Grant("admin"),),
}  # fmt: skip


# Whom the chief editor may give these to, beside those of the table.
GRANTABLE: Mapping[str, tuple[str, ...]] = {
    "story.withdraw": ("editor", "chief", "admin"),
    "bulletin.announce": ("editor", "chief"),
}


def _lowest(action: str, role: str) -> str:
    """Return the lowest role that may do ``action`` now: ``role``, as the table says, or the one
    that the chief editor chose. Outside an application there is no chief editor."""
    if action not in GRANTABLE or not has_app_context():
        return role
    site_rights = rights()
    if action == "story.withdraw":
        return site_rights.withdraw
    return site_rights.announce if site_rights.night is None or _within(site_rights.night) else role


def _within(hours: tuple[int, int]) -> bool:
    """Say whether it is between these hours by the site's clock; they may lie around midnight."""
    settings = settings_of(current_app.config)
    begin, end = hours
    hour = now().astimezone(settings.tz).hour
    return begin <= hour < end if begin < end else hour >= begin or hour < end


def may(person: Somebody, action: str, story: StoryStanding | None = None) -> bool:
    """Say whether ``person`` may do ``action`` to ``story``.

    Without a story: whether the role may do it to any story at all, in some state; what is shown
    and which page opens hangs on that, what is done never. An unknown action or role may nothing.
    What is done to a standing page needs «page.write» besides.
    """
    if person.role not in ROLES:
        return False
    rank = ROLES.index(person.role)
    grants = [
        grant for grant in TABLE.get(action, ()) if ROLES.index(_lowest(action, grant.role)) <= rank
    ]
    if story is None:
        return bool(grants)
    if story.page and action != "story.read" and not may(person, "page.write"):
        return False
    own = story.owner_id is not None and story.owner_id == person.id
    return any(
        story.status in grant.states and (grant.whose == ANY or own)
        for grant in grants
        if grant.states
    )


def require(by: By, action: str, story: StoryStanding | None = None) -> None:
    """Raise `Forbidden` unless ``by`` may do ``action`` (to ``story``); the system may do
    anything."""
    if by.is_system and action not in TABLE:
        raise KeyError(f"{action} is no action of the table in desk/permissions.py")
    if not by.is_system and not may(by, action, story):
        raise Forbidden(action)
