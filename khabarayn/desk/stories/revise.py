"""Add a revision to a story; readers see it once it is published."""

from __future__ import annotations

from khabarayn.article.proposal import Proposal
from khabarayn.desk.by import By
from khabarayn.desk.permissions import require
from khabarayn.desk.record import add_revision, log, newest_content, standing_of, story_row
from khabarayn.desk.stories.content import content_of
from khabarayn.desk.stories.project import project
from khabarayn.store.db import commit, writing


@writing()
def revise(public_id: str, proposal: Proposal, by: By, digest: str = "") -> int:
    """Add a revision to the story and return its number.

    What readers see of a published story does not change until `publish`. Raises `Refused` and
    `khabarayn.desk.permissions.Forbidden`.
    """
    row = story_row(public_id)
    require(by, "story.edit", standing_of(row))
    content = content_of(proposal)
    if row.status not in {"published", "withdrawn"}:
        project(content, row)
    number = add_revision(row, content, by)
    row.origin_digest = digest or row.origin_digest
    log("revise", by, row, revision=number)
    commit()
    return number


@writing()
def revise_if_changed(public_id: str, proposal: Proposal, by: By, digest: str) -> bool:
    """`revise` the story, unless its newest text says all that ``proposal`` does; return whether
    it was revised. ``digest`` is remembered either way, and committed."""
    row = story_row(public_id)
    _number, newest = newest_content(row)
    if content_of(proposal) == newest:
        row.origin_digest = digest
        commit()
        return False
    revise(public_id, proposal, by, digest)
    return True
