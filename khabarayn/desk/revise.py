"""Keep a new text of a story; readers see it once it is published."""

from __future__ import annotations

from khabarayn.article.proposal import Proposal
from khabarayn.desk.content import content_of
from khabarayn.desk.project import project
from khabarayn.desk.record import add_revision, log, story_row
from khabarayn.store.db import db


def revise(public_id: str, proposal: Proposal, by: str, digest: str = "") -> int:
    """Add a revision to the story and return its number.

    What readers see of a published story does not change until `publish`. Raises `Refused`.
    """
    content = content_of(proposal)
    row = story_row(public_id)
    with db.session.begin_nested():
        if row.status not in {"published", "withdrawn"}:
            project(content, row)
        number = add_revision(row, content, by)
        row.origin_digest = digest or row.origin_digest
        log("revise", by, row, revision=number)
    db.session.commit()
    return number
