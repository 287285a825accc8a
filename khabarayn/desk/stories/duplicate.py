"""Make a new draft from the text of another story."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import gettext as _

from khabarayn.article.identity import new_public_id
from khabarayn.desk.by import By
from khabarayn.desk.permissions import require
from khabarayn.desk.record import add_revision, log, newest_content, standing_of, story_row
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.project import project
from khabarayn.store.db import commit, db, now, writing
from khabarayn.store.models import ArticleRow


@writing()
def duplicate(public_id: str, by: By) -> str:
    """Make a draft of the person's own from the newest text of a story; return its public id.

    It is a story of its own: corrections, notes, revisions and the place that it was imported from
    are not copied, and it is not breaking news. Raises `Refused` and `Forbidden`.
    """
    old = story_row(public_id)
    require(by, "story.read", standing_of(old))
    require(by, "story.write")
    if old.page:
        raise Refused("status", _("هذه صفحة ثابتة، ولا يُكتب خبر من نصها."))
    _number, content = newest_content(old)
    row = ArticleRow(
        public_id=free_id(), status="draft", created_at=now(), rev=0, owner_id=by.own_id
    )
    project(replace(content, breaking=False), row)
    add_revision(row, replace(content, breaking=False), by, _("من نص الخبر %(id)s", id=public_id))
    log("duplicate", by, row, of=public_id)
    commit()
    return row.public_id


def free_id() -> str:
    """Return a public id that no story has."""
    while True:
        candidate = new_public_id()
        if db.session.query(ArticleRow.id).filter_by(public_id=candidate).first() is None:
            return candidate
