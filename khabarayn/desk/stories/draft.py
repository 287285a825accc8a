"""Store a proposal as a draft."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from khabarayn.article.content import Content
from khabarayn.article.identity import new_public_id, public_id
from khabarayn.article.proposal import Proposal
from khabarayn.desk.by import By
from khabarayn.desk.permissions import require
from khabarayn.desk.record import add_first_revision, log
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.content import content_of
from khabarayn.desk.stories.project import project
from khabarayn.store.db import claim, commit, db, now, writing
from khabarayn.store.models import ArticleRow


class AlreadyHere(Refused):
    """A story with this origin is stored already, as ``public_id``."""

    def __init__(self, public_id: str) -> None:
        super().__init__("origin", _("هذا الخبر عندنا من قبل: %(id)s", id=public_id))
        self.public_id = public_id


@writing()
def draft(
    proposal: Proposal,
    by: By,
    digest: str = "",
    owner_id: int | None = None,
    content: Content | None = None,
) -> str:
    """Store ``proposal`` as a draft and return its public id.

    A story that comes from elsewhere gets the id that its ``origin_uri`` decides; ``digest`` is
    remembered to tell later whether the origin has changed. A person's draft is their own story;
    ``owner_id`` says whose it is when the house drafts it. ``content`` is the proposal's, where
    that was cleaned before. Raises `Refused` (`AlreadyHere`: the origin's story has come in) and
    `khabarayn.desk.permissions.Forbidden`.
    """
    require(by, "story.write")
    content = content or content_of(proposal)
    if proposal.origin_uri:
        claim(proposal.origin_uri)
        came = select(ArticleRow.public_id).where(ArticleRow.origin_uri == proposal.origin_uri)
        if (existing_id := db.session.scalar(came)) is not None:
            raise AlreadyHere(existing_id)
    row = ArticleRow(
        public_id=_free_id(proposal.origin_uri),
        status="draft",
        owner_id=owner_id if by.is_system else by.id,
        created_at=now(),
        origin_uri=proposal.origin_uri or None,
        origin_digest=digest,
        rev=0,
    )
    project(content, row)
    add_first_revision(row, content, by)
    log("draft", by, row)
    commit()
    return row.public_id


def _free_id(origin_uri: str) -> str:
    candidate = public_id(origin_uri) if origin_uri else new_public_id()
    while db.session.scalar(select(ArticleRow.id).where(ArticleRow.public_id == candidate)):
        candidate = new_public_id()
    return candidate
