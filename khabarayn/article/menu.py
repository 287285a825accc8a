"""The menus of a paper: what its bar and its foot lead to, in the order of whoever edits it."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass
from typing import Any, Literal

PLACE, SECTION, PAGE, TAG, LINK = KINDS = ("place", "section", "page", "tag", "link")
Kind = Literal["place", "section", "page", "tag", "link"]


@dataclass(frozen=True)
class MenuEntry:
    """Where an entry leads: a place of `khabarayn.messages.menus.PLACES`, a section's or page's
    slug, a tag's name or a web address. An empty ``label``: as that is called itself.
    ``translations`` are labels in other languages than the paper's first one, by language."""

    kind: str
    target: str
    label: str = ""
    translations: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """What tells the entry from all others of its menu."""
        return f"{self.kind}:{self.target}"

    def label_in(self, language: str) -> str:
        """Return the label in ``language``, empty for the paper's first one.

        >>> entry = MenuEntry("place", "home", "البداية", (("en", "Start"),))
        >>> entry.label_in(""), entry.label_in("en"), entry.label_in("fr")
        ('البداية', 'Start', '')
        """
        return dict(self.translations).get(language, "") if language else self.label


def to_json(entries: tuple[MenuEntry, ...]) -> str:
    """Return a menu as it is stored.

    >>> print(to_json((MenuEntry("section", "sport"),)))
    [["section","sport","",[]]]
    """
    rows = [astuple(entry) for entry in entries]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> tuple[MenuEntry, ...]:
    """Return the menu that was stored as ``text``."""
    # Menus of earlier releases have labels in one language.
    rows: list[list[Any]] = [[*row, []][:4] for row in json.loads(text)]
    return tuple(
        MenuEntry(kind, target, label, tuple((language, words) for language, words in labels))
        for kind, target, label, labels in rows
    )
