"""The menus of a paper: what its bar and its foot lead to, in the order of whoever edits it."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass
from typing import Literal

PLACE, SECTION, PAGE, TAG, LINK = KINDS = ("place", "section", "page", "tag", "link")
# Pages of the software that a menu may lead to.
PLACES = ("home", "latest", "sections", "editions", "search", "saved", "settings", "feed")
Kind = Literal["place", "section", "page", "tag", "link"]


@dataclass(frozen=True)
class MenuEntry:
    """Where an entry leads: a place of `PLACES`, a section's or page's slug, a tag's name or a web
    address. An empty ``label``: as that is called itself."""

    kind: str
    target: str
    label: str = ""

    @property
    def key(self) -> str:
        """What tells the entry from all others of its menu."""
        return f"{self.kind}:{self.target}"


def to_json(entries: tuple[MenuEntry, ...]) -> str:
    """Return a menu as it is stored.

    >>> print(to_json((MenuEntry("section", "sport"),)))
    [["section","sport",""]]
    """
    rows = [astuple(entry) for entry in entries]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> tuple[MenuEntry, ...]:
    """Return the menu that was stored as ``text``."""
    return tuple(MenuEntry(*row) for row in json.loads(text))
