"""Delete a draft that was never published."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import delete

from khabarayn.desk.record import By, log
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.step import begin
from khabarayn.store.db import commit, db, writing
from khabarayn.store.models import ArticleRow


@writing()
def delete_draft(public_id: str, by: By) -> None:
    """Delete the draft with its revisions and notes; the log keeps who did it and the headline.

    Raises `Refused` (also for a story that was once published: its address goes on saying what
    became of it) and `khabarayn.desk.permissions.Forbidden`.
    """
    row = begin("delete", public_id, by)
    # Never None: after the step there is no row left to be found in its state.
    assert row is not None
    if row.first_published_at is not None:
        raise Refused("status", _("نُشر هذا الخبر من قبل، فلا يُحذف."))
    log("delete_draft", by, row, id=row.public_id, headline=row.headline)
    db.session.flush()
    # Foreign keys delete its revisions, notes and the like.
    db.session.execute(delete(ArticleRow).where(ArticleRow.id == row.id))
    commit()
