"""Take in many stories from elsewhere in one transaction, of which none was here before."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from khabarayn.arabic.normalise import fold
from khabarayn.article.content import Content
from khabarayn.article.identity import public_id
from khabarayn.article.plain import text_of
from khabarayn.desk.by import By
from khabarayn.desk.permissions import require
from khabarayn.desk.record import add_first_revision, log
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.enter import PATIENCE_OF_MANY
from khabarayn.desk.stories.project import Attachments, Labels, attach, fill
from khabarayn.desk.stories.publish import enqueue_publication, list_stories, show
from khabarayn.desk.stories.transitions import STEPS
from khabarayn.store.db import commit, db, now, writing
from khabarayn.store.models import ArticleRow


@dataclass(frozen=True)
class Newcomer:
    """A story of the origin ``uri``, cleaned; ``digest`` tells later whether that has changed.
    A ``public`` one goes to readers at once, as published ``at`` and last changed ``updated_at``
    (now, when None); another is a draft."""

    uri: str
    digest: str
    content: Content
    public: bool
    at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True)
class Admission:
    """The public ids of the stories that came in, by the uri of their origin, and for how many
    seconds the lock was held for them."""

    ids: dict[str, str]
    lock_seconds: float


def admit(newcomers: Sequence[Newcomer], by: By) -> Admission:
    """Draft these stories of different origins, and publish the public ones: all that come in, or
    none. Commits.

    Left out is a story whose origin or address is here already, or that the desk would refuse: it
    is for `draft`, which says why. Public stories are to be made known by `enter_many`, or by the
    worker after `PATIENCE_OF_MANY`. Raises `khabarayn.desk.permissions.Forbidden`.
    """
    require(by, "story.write")
    if any(one.public for one in newcomers):
        require(by, STEPS["publish"].action)
    with writing(*(one.uri for one in newcomers)):
        start = time.monotonic()
        ids = _admit(newcomers, by)
        commit()
    return Admission(ids, time.monotonic() - start)


def _admit(newcomers: Sequence[Newcomer], by: By) -> dict[str, str]:
    drafts: list[tuple[Newcomer, ArticleRow, Content]] = []
    for one in _new(newcomers):
        row = ArticleRow(
            public_id=public_id(one.uri),
            status="draft",
            created_at=now(),
            origin_uri=one.uri,
            origin_digest=one.digest,
            rev=0,
        )
        try:
            drafts.append((one, row, fill(one.content, row)))
        except Refused:
            continue
    labels = Labels([content for _, _, content in drafts])
    labels_of_rows: list[Attachments] = []
    for one, row, content in drafts:
        row.source_id = labels.source(content)
        labels_of_rows.append(labels.of(content))
        if one.public:
            show(row, 1, now(), one.at, one.updated_at)
        else:
            row.folded_body = fold(text_of(content.blocks))
    db.session.add_all([row for _, row, _ in drafts])
    db.session.flush()
    attach({row.id: each for (_, row, _), each in zip(drafts, labels_of_rows, strict=True)})
    published_rows = [
        (row, each.tags, each.authors)
        for (one, row, _), each in zip(drafts, labels_of_rows, strict=True)
        if one.public
    ]
    if published_rows:
        list_stories(published_rows)
    later = now() + PATIENCE_OF_MANY
    for one, row, _content in drafts:
        add_first_revision(row, one.content, by)
        log("draft", by, row)
        if one.public:
            enqueue_publication(row, by, later)
    return {one.uri: row.public_id for one, row, _ in drafts}


def _new(newcomers: Sequence[Newcomer]) -> list[Newcomer]:
    """Return those of which neither origin nor address is here, nor twice among them."""
    ids = {public_id(one.uri): one for one in reversed(newcomers)}
    here = db.session.execute(
        select(ArticleRow.origin_uri, ArticleRow.public_id).where(
            or_(
                ArticleRow.origin_uri.in_([one.uri for one in newcomers]),
                ArticleRow.public_id.in_(ids),
            )
        )
    ).all()
    known_ids = {row.origin_uri for row in here} | {row.public_id for row in here}
    return [
        one
        for address, one in reversed(ids.items())
        if one.uri not in known_ids and address not in known_ids
    ]
