"""Decide where a story's see-also insets sit and which stories it leads to."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import delete, select

from khabarayn.article.blocks import Block, PinnedSeeAlso, from_json, to_json
from khabarayn.article.identity import PATTERN
from khabarayn.article.interleave import places
from khabarayn.related.port import Candidate
from khabarayn.related.tags import candidates
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow, LinkRow

RELATED = 4
NEIGHBOURS = 8
_OWN_LINK = re.compile(rf"/a/({PATTERN.pattern})")


def connect(row: ArticleRow) -> None:
    """Write the links of a published story anew, within the caller's transaction.

    A story is used once for each page: never itself, never one that the body already links to,
    never the same in an inset and in a card. Insets only lead to stories that share something
    with this one; cards may fall back on the newest of the section.
    """
    blocks = from_json(row.body)
    pins = _pins(blocks)
    used = {row.id, *pins.values(), *_linked(blocks)}
    found = [c for c in candidates(row, limit=40) if c.article_id not in used]
    akin = [c for c in found if c.score > 0]
    db.session.execute(delete(LinkRow).where(LinkRow.article_id == row.id))
    for place in places(blocks, sensitive=row.sensitive):
        block = blocks[place.after] if place.after >= 0 else None
        if isinstance(block, PinnedSeeAlso):
            if block.target not in pins:
                continue
            chosen = Candidate(pins[block.target], 1.0, place.reason)
        elif akin:
            chosen = akin.pop(0)
            found.remove(chosen)
        else:
            continue
        _link(row, "see", place.slot, chosen, place.after, place.reason)
    for position, chosen in enumerate(found[:RELATED], start=1):
        _link(row, "rel", position, chosen, -1, chosen.reason)
    db.session.flush()


def neighbours(row: ArticleRow) -> list[ArticleRow]:
    """Return the published stories whose own links this one may now belong to."""
    ids = [c.article_id for c in candidates(row, limit=NEIGHBOURS) if c.score > 0]
    return list(db.session.scalars(select(ArticleRow).where(ArticleRow.id.in_(ids))))


def reconnect(public_ids: Iterable[str]) -> int:
    """Write the links of these stories anew, a transaction each; return how many were live."""
    done = 0
    for public_id in public_ids:
        row = db.session.scalar(
            select(ArticleRow).where(
                ArticleRow.public_id == public_id, ArticleRow.status == "published"
            )
        )
        if row is not None:
            connect(row)
            done += 1
        db.session.commit()
    return done


def _link(
    row: ArticleRow, kind: str, position: int, to: Candidate, after: int, reason: str
) -> None:
    db.session.add(
        LinkRow(
            article_id=row.id,
            kind=kind,
            position=position,
            target_id=to.article_id,
            after=after,
            score=to.score,
            reason=reason[:200],
        )
    )


def _row_ids(public_ids: Iterable[str]) -> dict[str, int]:
    rows = db.session.execute(
        select(ArticleRow.public_id, ArticleRow.id).where(
            ArticleRow.public_id.in_(tuple(public_ids)), ArticleRow.status == "published"
        )
    )
    return {row.public_id: row.id for row in rows}


def _pins(blocks: tuple[Block, ...]) -> dict[str, int]:
    targets = [block.target for block in blocks if isinstance(block, PinnedSeeAlso)]
    return _row_ids(targets) if targets else {}


def _linked(blocks: tuple[Block, ...]) -> set[int]:
    targets = set(_OWN_LINK.findall(str(to_json(blocks))))
    return set(_row_ids(targets).values()) if targets else set()
