"""Decide where a story's see-also insets sit and which stories it leads to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, select

from khabarayn.article.blocks import Block, PinnedSeeAlso, from_json, to_json
from khabarayn.article.identity import PATTERN
from khabarayn.article.interleave import MOST, places
from khabarayn.messages.articles import place_reason
from khabarayn.messages.related import kinship_text
from khabarayn.related.clusters import gather
from khabarayn.related.engine import Compared, candidates, compared
from khabarayn.related.index import learn
from khabarayn.related.port import Candidate, Kinship
from khabarayn.store.db import commit, db, writing
from khabarayn.store.models import ArticleRow, LinkRow
from khabarayn.store.queries.cards import PUBLISHED

RELATED = 4
# So many stories are asked whether a new one now belongs beside them.
NEIGHBOURS = 8
_CLOSE = 0.12
_OWN_LINK = re.compile(rf"/a/({PATTERN.pattern})")


def enter(row: ArticleRow) -> list[ArticleRow]:
    """Make a published story known, write its links, put it into its running story; return the
    stories whose own links it may now belong to. Within the caller's transaction."""
    learn(row)
    found = compared(row)
    connect(row, found)
    gather(row, found)
    near = [one.likeness.article_id for one in found if one.score >= _CLOSE][:NEIGHBOURS]
    return list(db.session.scalars(select(ArticleRow).where(ArticleRow.id.in_(near), PUBLISHED)))


def connect(row: ArticleRow, found: list[Compared] | None = None) -> None:
    """Write the links of a published story anew, within the caller's transaction.

    A story is used once for each page: never itself, never one that the body already links to,
    never the same in an inset and in a card. Editors' pins come first. Insets only lead to
    stories that share something with this one; cards may fall back on the newest of the section.
    """
    blocks = from_json(row.body)
    pins = _pins(blocks)
    used = {row.id, *pins.values(), *_linked(blocks)}
    wanted = RELATED + MOST + len(used)
    ready = [c for c in candidates(row, wanted, found) if c.article_id not in used]
    akin = [c for c in ready if c.score > 0]
    # The closest four are the cards; insets take what follows, or one in three where few are akin.
    spare = akin[len(akin) - max(len(akin) - RELATED, len(akin) // 3) :]
    db.session.execute(delete(LinkRow).where(LinkRow.article_id == row.id))
    for place in places(blocks, sensitive=row.sensitive):
        block = blocks[place.after] if place.after >= 0 else None
        reason = place_reason(place.reason)
        if isinstance(block, PinnedSeeAlso):
            if block.target not in pins:
                continue
            chosen = Candidate(pins[block.target], 1.0, Kinship())
            _link(row, "see", place.slot, chosen, place.after, reason)
        elif spare:
            chosen = spare.pop(0)
            ready.remove(chosen)
            why = f"{kinship_text(chosen.reason)} ({reason})"
            _link(row, "see", place.slot, chosen, place.after, why)
    for position, chosen in enumerate(ready[:RELATED], start=1):
        _link(row, "rel", position, chosen, -1, kinship_text(chosen.reason))
    db.session.flush()


def reconnect(public_ids: Iterable[str]) -> int:
    """Write the links of these stories anew, a transaction each; return how many were live."""
    done = 0
    for public_id in public_ids:
        with writing():
            row = db.session.scalar(
                select(ArticleRow).where(ArticleRow.public_id == public_id, PUBLISHED)
            )
            if row is not None:
                connect(row)
                done += 1
            commit()
    return done


@writing()
def relearn(public_id: str) -> None:
    """Make the related room know a published story as it stands, and commit."""
    row = db.session.scalar(select(ArticleRow).where(ArticleRow.public_id == public_id, PUBLISHED))
    if row is not None:
        learn(row)
        gather(row, compared(row))
    commit()


def reconnect_neighbours(payload: Mapping[str, Any]) -> None:
    """Write anew the links of the stories that ``payload`` names; the caller commits.

    Left in the outbox by `publish`. Doing it twice changes nothing more.
    """
    wanted = [str(number) for number in payload.get("neighbours", ())]
    rows = db.session.scalars(select(ArticleRow).where(ArticleRow.public_id.in_(wanted), PUBLISHED))
    for row in rows.all():
        connect(row)


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
            ArticleRow.public_id.in_(tuple(public_ids)), PUBLISHED
        )
    )
    return {row.public_id: row.id for row in rows}


def _pins(blocks: tuple[Block, ...]) -> dict[str, int]:
    targets = [block.target for block in blocks if isinstance(block, PinnedSeeAlso)]
    return _row_ids(targets) if targets else {}


def _linked(blocks: tuple[Block, ...]) -> set[int]:
    targets = set(_OWN_LINK.findall(str(to_json(blocks))))
    return set(_row_ids(targets).values()) if targets else set()
