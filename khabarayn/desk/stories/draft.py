"""Take a proposal in as a draft."""

from __future__ import annotations

from sqlalchemy import select

from khabarayn.article.identity import new_public_id, public_id
from khabarayn.article.proposal import Proposal
from khabarayn.desk.permissions import require
from khabarayn.desk.record import By, add_revision, log
from khabarayn.desk.stories.content import content_of
from khabarayn.desk.stories.project import project
from khabarayn.store.db import db, now
from khabarayn.store.models import ArticleRow
from khabarayn.store.queries.people import Person


def draft(proposal: Proposal, by: By, digest: str = "", owner_id: int | None = None) -> str:
    """Keep ``proposal`` as a draft and return its public id.

    A story that comes from elsewhere gets the id that its ``origin_uri`` decides; ``digest`` is
    remembered to tell later whether the origin has changed. A person's draft is their own story;
    ``owner_id`` says whose it is when the house drafts it. Raises `Refused` and
    `khabarayn.desk.permissions.Forbidden`.
    """
    if isinstance(by, Person):
        require(by, "story.write")
    content = content_of(proposal)
    row = ArticleRow(
        public_id=_free_id(proposal.origin_uri),
        status="draft",
        owner_id=by.id if isinstance(by, Person) else owner_id,
        created_at=now(),
        origin_uri=proposal.origin_uri or None,
        origin_digest=digest,
        rev=0,
    )
    with db.session.begin_nested():
        project(content, row)
        add_revision(row, content, by)
        log("draft", by, row)
    db.session.commit()
    return row.public_id


def _free_id(origin_uri: str) -> str:
    wanted = public_id(origin_uri) if origin_uri else new_public_id()
    while db.session.scalar(select(ArticleRow.id).where(ArticleRow.public_id == wanted)):
        wanted = new_public_id()
    return wanted
