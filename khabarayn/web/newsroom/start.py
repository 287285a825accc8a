"""The desk's first page: what is mine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask_babel import gettext as _

from khabarayn.web.newsroom.door import needs
from khabarayn.web.page import Page


@dataclass(frozen=True)
class DeskPage(Page):
    template: ClassVar[str] = "newsroom/desk.html"

    title: str


@needs("desk.see")
def desk() -> str:
    return DeskPage(_("ما عليّ")).render()
