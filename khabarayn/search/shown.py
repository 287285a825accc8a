"""Results as readers see them: the card, its headline marked, and the part that answers."""

from __future__ import annotations

from collections.abc import Sequence

from khabarayn.article.blocks import from_json
from khabarayn.article.plain import text_of
from khabarayn.search.highlight import Wanted, marked, snippet, wanted
from khabarayn.search.port import Group, Hit, Run
from khabarayn.search.rank import Ranked
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow
from khabarayn.store.queries.cards import card, select_cards


def hits_of(chosen: Sequence[Ranked], groups: Sequence[Group]) -> tuple[Hit, ...]:
    """Return the stories ``chosen``, in that order, marked for ``groups``."""
    if not chosen:
        return ()
    numbers = [one.article_id for one in chosen]
    # The body comes along: one page of results, never a list.
    query = (
        select_cards()
        .add_columns(ArticleRow.id, ArticleRow.body)
        .where(ArticleRow.id.in_(numbers), ArticleRow.status == "published")
    )
    rows = {row.id: row for row in db.session.execute(query)}
    words = wanted(groups)
    hits = []
    for one in chosen:
        row = rows.get(one.article_id)
        if row is None:
            continue
        found = card(row)
        runs = _answer(found.standfirst or found.teaser, row.body, words)
        hits.append(Hit(found, marked(found.headline, words), runs, one.whole))
    return tuple(hits)


def _answer(standfirst: str, body: list[dict[str, object]], words: Wanted) -> tuple[Run, ...]:
    paragraphs = text_of(from_json(body)).split("\n")
    return snippet([standfirst, *paragraphs], words)
