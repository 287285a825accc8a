"""The page that says how the house is: worker, queue, backups, disk, versions, search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask import current_app
from flask_babel import gettext as _

from khabarayn.settings import settings_of
from khabarayn.web.condition import Condition, condition
from khabarayn.web.newsroom.access import needs
from khabarayn.web.page import Page


@dataclass(frozen=True)
class StatusPage(Page):
    """``state`` is what was seen when the page was asked for."""

    template: ClassVar[str] = "newsroom/arrange/status.html"

    title: str
    state: Condition


@needs("site.settings")
def status() -> str:
    """Show how the house is now."""
    return StatusPage(_("حالة الموقع"), condition(settings_of(current_app.config))).render()
