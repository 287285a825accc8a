"""The page of every menu entry that the bar has no room for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask_babel import gettext as _

from khabarayn.web.newsroom.access import needs
from khabarayn.web.page import Page


@dataclass(frozen=True)
class MorePage(Page):
    """The list of every place in the newsroom that does not stand in the bar."""

    template: ClassVar[str] = "newsroom/more.html"

    title: str


@needs("newsroom.see")
def more() -> str:
    """Show the places behind «more», for small screens."""
    return MorePage(_("المزيد")).render()
