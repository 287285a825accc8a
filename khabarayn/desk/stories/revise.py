"""Add a revision to a story; readers see it once it is published."""

from __future__ import annotations

from dataclasses import dataclass

from khabarayn.article.content import Content
from khabarayn.article.proposal import Proposal
from khabarayn.article.update import Update, updated
from khabarayn.desk.by import By
from khabarayn.desk.permissions import require
from khabarayn.desk.record import (
    add_revision,
    last_content_by,
    log,
    newest_content,
    standing_of,
    story_row,
)
from khabarayn.desk.stories.content import content_of
from khabarayn.desk.stories.project import project
from khabarayn.store.db import commit, writing
from khabarayn.store.models import ArticleRow


@writing()
def revise(public_id: str, proposal: Proposal, by: By, digest: str = "") -> int:
    """Add a revision to the story and return its number.

    What readers see of a published story does not change until `publish`. Raises `Refused` and
    `khabarayn.desk.permissions.Forbidden`.
    """
    row = story_row(public_id)
    require(by, "story.edit", standing_of(row))
    number = _add_revision(row, content_of(proposal), by)
    row.origin_digest = digest or row.origin_digest
    commit()
    return number


@dataclass(frozen=True)
class SourceUpdate:
    """Whether a story got a new text from its source, and the fields that both the source and an
    editor had changed: then it got none."""

    revised: bool = False
    clashes: tuple[str, ...] = ()


@writing()
def take_update(public_id: str, proposal: Proposal, by: By, digest: str) -> SourceUpdate:
    """Revise a story by what its source says now, unless it says that already. What an editor
    changed stays: where both changed the same, nothing is revised. ``digest`` is remembered either
    way, and committed. Raises `Refused` and `khabarayn.desk.permissions.Forbidden`."""
    row = story_row(public_id)
    require(by, "story.edit", standing_of(row))
    _number, newest = newest_content(row)
    base = last_content_by(row, by)
    theirs = content_of(proposal)
    update = Update(theirs) if base == newest else updated(base, newest, theirs)
    is_new = not update.clashes and update.content != newest
    if is_new:
        _add_revision(row, update.content, by)
    row.origin_digest = digest
    commit()
    return SourceUpdate(is_new, update.clashes)


def _add_revision(row: ArticleRow, content: Content, by: By) -> int:
    if row.status not in {"published", "withdrawn"}:
        project(content, row)
    number = add_revision(row, content, by)
    log("revise", by, row, revision=number)
    return number
