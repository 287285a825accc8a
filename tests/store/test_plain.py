"""Statements whose values go to the driver as they are, on each engine."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from khabarayn.store.db import db
from khabarayn.store.models import SearchWord
from khabarayn.store.plain import insert_plain, run_plain


@pytest.mark.usefixtures("any_app_context")
def test_values_are_found_by_their_names_and_never_read_as_a_statement():
    connection = db.session.connection()
    rows = [
        {"word": word, "stem": "جذر", "shown": "100% :word", "votes": 1, "df": count}
        for count, word in enumerate(("'; --", "خبر"), 1)
    ]
    insert_plain(connection, SearchWord, rows)
    insert_plain(connection, SearchWord, [])
    kept = db.session.execute(select(SearchWord.word, SearchWord.display).order_by(SearchWord.df))
    assert kept.all() == [("'; --", "100% :word"), ("خبر", "100% :word")]
    query = "SELECT word FROM search_word WHERE df = :least AND shown LIKE '100%'"
    assert run_plain(connection, query, {"least": 2}).scalar_one() == "خبر"
