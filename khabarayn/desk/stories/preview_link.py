"""Links by which an outsider can read an unpublished story for some days."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, func, select

from khabarayn.desk.by import By
from khabarayn.desk.people.sessions import digest_of, new_token, well_formed
from khabarayn.desk.permissions import require
from khabarayn.desk.record import log, standing_of, story_row
from khabarayn.desk.refused import Refused
from khabarayn.store.db import commit, db, now, writing
from khabarayn.store.models import PreviewLinkRow
from khabarayn.store.queries.preview_links import Behind, behind_link

LONGEST = 30
MOST = 10


@writing()
def make_preview_link(public_id: str, days: int, by: By) -> str:
    """Return the secret of a new link, which opens the story's newest revision for ``days`` days.

    Nothing of it is kept but a digest: it is shown once. Raises `Refused` and `Forbidden`.
    """
    row = story_row(public_id)
    require(by, "story.preview_link", standing_of(row))
    if row.page:
        raise Refused("status", _("تُعاين الصفحة الثابتة في غرفة الأخبار وحدها."))
    if not 1 <= days <= LONGEST:
        raise Refused("days", _("من يوم إلى %(most)s يومًا.", most=LONGEST))
    open_links = db.session.scalar(
        select(func.count())
        .select_from(PreviewLinkRow)
        .where(PreviewLinkRow.article_id == row.id, PreviewLinkRow.expires_at > now())
    )
    if (open_links or 0) >= MOST:
        raise Refused("days", _("لهذا الخبر روابط معاينة كثيرة. ألغِ ما لا يلزم منها أولًا."))
    token = new_token()
    db.session.add(
        PreviewLinkRow(
            article_id=row.id,
            digest=digest_of(token),
            name=by.name,
            made_at=now(),
            expires_at=now() + timedelta(days=days),
        )
    )
    log("make_preview_link", by, row, days=days)
    commit()
    return token


@writing()
def revoke_preview_link(public_id: str, number: int, by: By) -> bool:
    """Delete the link ``number`` of the story; return whether it still opened. Raises `Refused` and
    `Forbidden`."""
    row = story_row(public_id)
    require(by, "story.preview_link", standing_of(row))
    result = db.session.execute(
        delete(PreviewLinkRow)
        .where(PreviewLinkRow.id == number, PreviewLinkRow.article_id == row.id)
        .returning(PreviewLinkRow.expires_at)
    ).one_or_none()
    if result is not None:
        log("revoke_preview_link", by, row)
        commit()
    return result is not None and result.expires_at > now()


def behind(token: str) -> Behind | None:
    """Return what the link that says ``token`` shows, or None."""
    return behind_link(digest_of(token)) if well_formed(token) else None


def prune_preview_links() -> int:
    """Delete the links that have ended; return how many went."""
    result = db.session.execute(
        delete(PreviewLinkRow).where(PreviewLinkRow.expires_at < now()).returning(PreviewLinkRow.id)
    ).all()
    commit()
    return len(result)
