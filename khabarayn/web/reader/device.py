"""Pages filled on the reader's own device, and the paper's page about itself: the same for all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask import url_for
from flask_babel import gettext as _

from khabarayn.web.page import Meta, Page
from khabarayn.web.site import absolute


@dataclass(frozen=True)
class SavedPage(Page):
    """A frame that a script fills with what this device has saved."""

    template: ClassVar[str] = "reader/saved.html"

    meta: Meta


@dataclass(frozen=True)
class OfflinePage(Page):
    """What the worker shows without a network for a page that it has not."""

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


@dataclass(frozen=True)
class AboutPage(Page):
    """The paper about itself, and how it corrects."""

    template: ClassVar[str] = "reader/about.html"

    meta: Meta


def saved() -> str:
    """The page of what is saved; nothing of it is known here."""
    return SavedPage(Meta(_("المحفوظات"), index=False)).render()


def offline() -> str:
    """The page that stands in for one that cannot be had."""
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


def about() -> str:
    """The paper about itself."""
    meta = Meta(
        _("من نحن"),
        _("من نحن، وكيف نكتب، وكيف نصحّح."),
        absolute(url_for("reader.about")),
    )
    return AboutPage(meta).render()
