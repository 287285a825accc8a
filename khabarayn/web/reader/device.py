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
    template: ClassVar[str] = "reader/saved.html"

    meta: Meta


@dataclass(frozen=True)
class OfflinePage(Page):
    template: ClassVar[str] = "reader/offline.html"

    meta: Meta


@dataclass(frozen=True)
class FollowPage(Page):
    template: ClassVar[str] = "reader/follow.html"

    meta: Meta


@dataclass(frozen=True)
class SettingsPage(Page):
    template: ClassVar[str] = "reader/settings.html"

    meta: Meta


@dataclass(frozen=True)
class AboutPage(Page):
    template: ClassVar[str] = "reader/about.html"

    meta: Meta


def saved() -> str:
    return SavedPage(Meta(_("المحفوظات"), index=False)).render()


def offline() -> str:
    return OfflinePage(Meta(_("بلا اتصال"), index=False)).render()


def follow() -> str:
    return FollowPage(Meta(_("المتابعة"), index=False)).render()


def settings() -> str:
    return SettingsPage(Meta(_("إعدادات القراءة"), index=False)).render()


def about() -> str:
    meta = Meta(
        _("من نحن"),
        _("من نحن، وكيف نكتب، وكيف نصحّح."),
        absolute(url_for("reader.about")),
    )
    return AboutPage(meta).render()
