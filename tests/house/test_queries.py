"""A page asks few questions, and no more of them when there is more to show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from factories.story import stories, story
from flask import Flask
from sqlalchemy import event

from khabarayn.store.db import db

MOST = {
    # One of them asks whether there are readings enough for a ranking.
    "/": 10,
    "/a/{id}": 6,
    "/latest": 3,
    # One of them asks for the sections below.
    "/s/news": 4,
    "/t/مدن": 4,
    "/search?q=جسر": 9,
    "/p/about": 4,
    "/sections": 2,
    "/_f/related/{id}": 4,
    "/_f/see-also/{id}/1": 3,
    "/_f/section/news": 3,
    "/_f/most-read": 3,
    "/_f/rail": 5,
    "/_f/shown/{id}": 7,
    "/nothing": 3,
    "/healthz": 0,
    "/feed.xml": 6,
    "/robots.txt": 1,
}


@contextmanager
def asked(app: Flask) -> Iterator[list[str]]:
    """Collect the statements that the database is asked meanwhile."""
    statements: list[str] = []
    with app.app_context():
        engine = db.engine

    def note(_connection, _cursor, statement, *_rest) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")):
            statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("address", MOST)
def test_an_answer_asks_few_questions(any_app, address):
    public_id = stories(any_app, 12)[-1]
    client = any_app.test_client()
    with asked(any_app) as statements:
        client.get(address.format(id=public_id)).close()
    assert len(statements) <= MOST[address], "\n\n".join(statements)


@pytest.mark.parametrize("address", ["/", "/a/{id}", "/latest", "/s/news"])
def test_more_stories_do_not_mean_more_questions(app, address):
    counts = []
    client = app.test_client()
    for _ in range(2):
        public_id = stories(app, 15)[-1]
        with asked(app) as statements:
            client.get(address.format(id=public_id)).close()
        counts.append(len(statements))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("address", ["/", "/latest", "/s/news", "/t/مدن", "/search?q=جسر"])
def test_a_list_never_loads_a_body(app, address):
    story(app)
    with asked(app) as statements:
        app.test_client().get(address).close()
    assert statements
    assert not [statement for statement in statements if "article.body" in statement]


def test_reading_never_writes(app):
    public_id = story(app)
    client = app.test_client()
    with asked(app) as statements:
        for address in MOST:
            client.get(address.format(id=public_id)).close()
    assert not [s for s in statements if s.lstrip()[:6].upper() in {"INSERT", "UPDATE", "DELETE"}]


def test_every_question_for_published_stories_is_asked_in_one_way():
    """`PUBLISHED` keeps SQLite off an index that leads through every story of the archive."""
    package = Path(__file__).resolve().parents[2] / "khabarayn"
    by_hand = re.compile(r'ArticleRow\.status (?:==|!=) "published"|filter_by\(status="published"')
    files = {path.name: path.read_text("utf-8") for path in package.rglob("*.py")}
    assert not {name for name, code in files.items() if by_hand.search(code)}
