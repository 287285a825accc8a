"""What the newsroom says of the paper itself, laid over what the environment says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from khabarayn.settings import Settings
from khabarayn.store.db import db
from khabarayn.store.queries.sections import section_tree

OFF = "off"


@dataclass(frozen=True)
class Account:
    """The paper's account somewhere else; ``kind`` as in `khabarayn.desk.arrange.site_settings`."""

    kind: str
    url: str


def overlaid(base: Settings) -> Settings:
    """Return the settings that hold now: asked once for each database session, with the sections.

    A language that the environment does not name cannot be offered; the first one always is.
    """
    kept = db.session().info
    if "paper" not in kept:
        kept["paper"] = _over(base)
    return kept["paper"]


def _over(base: Settings) -> Settings:
    said = section_tree().settings
    found: dict[str, Any] = {
        name: said[name] for name in ("site_name", "months", "digits", "hijri") if said.get(name)
    }
    if "languages" in said:
        offered = set(said["languages"].split())
        found["locales"] = (base.locales[0], *(x for x in base.locales[1:] if x in offered))
    return replace(base, **found)


def accounts() -> tuple[Account, ...]:
    """Return the paper's accounts elsewhere, in the editors' order."""
    lines = section_tree().settings.get("social", "").splitlines()
    parted = (line.partition(" ") for line in lines)
    return tuple(Account(kind, url) for kind, _space, url in parted if url)


def counting() -> bool:
    """Say whether the paper counts readings, shares and saves at all."""
    return section_tree().settings.get("counting") != OFF
