"""Pages that a script fills from the reader's own device, and the list of sections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask import url_for
from flask_babel import gettext as _

from khabarayn.web.page import Meta, Page
from khabarayn.web.site import absolute


@dataclass(frozen=True)
class SavedPage(Page):
    """A page that a script fills with what this device has saved."""

    template: ClassVar[str] = "reader/saved.html"

    meta: Meta


@dataclass(frozen=True)
class OfflinePage(Page):
    """The page that the service worker shows without a network in place of one that it does not
    hold."""

    template: ClassVar[str] = "reader/offline.html"

    meta: Meta


@dataclass(frozen=True)
class FollowPage(Page):
    """Sections and tags followed on this device."""

    template: ClassVar[str] = "reader/follow.html"

    meta: Meta


@dataclass(frozen=True)
class SettingsPage(Page):
    """Reading settings of this device: colours, sizes, months, digits."""

    template: ClassVar[str] = "reader/settings.html"

    meta: Meta


@dataclass(frozen=True)
class SectionsPage(Page):
    """The list of every section with those below it."""

    template: ClassVar[str] = "reader/sections.html"

    meta: Meta


def saved_page() -> str:
    """Show the page of saved stories; the server knows nothing of them."""
    return SavedPage(Meta(_("المحفوظات"), index=False)).render()


def offline() -> str:
    """Return the page that stands in for one that is not available offline."""
    return OfflinePage(Meta(_("بلا اتصال"), index=False)).render()


def follow() -> str:
    """The page of what is followed."""
    return FollowPage(Meta(_("المتابعة"), index=False)).render()


def sections() -> str:
    """Show every section with those below it."""
    address = absolute(url_for("reader.sections"))
    return SectionsPage(Meta(_("الأقسام"), canonical=address)).render()


def settings() -> str:
    """The page of reading settings."""
    return SettingsPage(Meta(_("إعدادات القراءة"), index=False)).render()
