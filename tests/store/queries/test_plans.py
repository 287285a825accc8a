"""No question of a reader's page walks through every story: SQLite's own plans say so."""

from __future__ import annotations

import pytest
from factories.story import BY, proposal
from sqlalchemy import event

from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.links import links_of
from khabarayn.desk.stories.publish import publish
from khabarayn.search.engine import search
from khabarayn.search.port import SearchRequest
from khabarayn.search.suggest import suggest
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow
from khabarayn.store.queries.cards import LATEST, cards_by_id, cards_in, tops_of_lists
from khabarayn.store.queries.clusters import running_clusters
from khabarayn.store.queries.editions import editions, rings_of
from khabarayn.store.queries.front import current_bulletin, most_read, placed_cards
from khabarayn.store.queries.story import article_by_id, related_of, see_also_of
from khabarayn.store.queries.tags import tags_among

# It stands for what is scheduled; for what is published it is the whole archive.
WALK = "ix_article_status_publish_at"


@pytest.mark.usefixtures("app_context")
def test_no_page_walks_through_the_archive():
    ids = []
    for number in range(24):
        ids.append(draft(proposal(headline=f"خبر رقم {number} عن الماء"), BY))
        publish(ids[-1], BY)
    plans: dict[str, list[str]] = {}

    def note(connection, cursor, statement, values, *_):
        if statement.startswith(("SELECT", "WITH")):
            rows = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)
            plans[statement] = [row[3] for row in rows]

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        placed_cards(), current_bulletin(), most_read(), running_clusters(), editions()
        cards_by_id(ids), tags_among(ids), rings_of(ids)
        cards_in(LATEST), tops_of_lists([LATEST, "s:1"])
        article_by_id(ids[0]), related_of(ids[0]), see_also_of(ids[0], 1)
        assert search(SearchRequest("الماء")).hits
        suggest("الما")
        links_of(db.session.query(ArticleRow).filter_by(public_id=ids[0]).one())
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert len(plans) > 15
    assert [sql for sql, plan in plans.items() if any(WALK in step for step in plan)] == []
