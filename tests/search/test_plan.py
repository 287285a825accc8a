"""A query is planned in one question to the archive's vocabulary, and a second for rare words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from factories.story import BY, MORNING, proposal
from sqlalchemy import event

from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.publish import publish
from khabarayn.search.plan import NEAR, plan
from khabarayn.search.query import WORDS
from khabarayn.store.db import db

pytestmark = pytest.mark.usefixtures("any_app_context")

RARE = ("الزنجبيل", "المستنقعات", "القراصنة", "البرتقال", "الطحالب", "المنجنيق", "السلحفاة")


@contextmanager
def asked() -> Iterator[list[str]]:
    """Collect the questions to the table of words meanwhile."""
    statements: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        if "search_word" in statement:
            statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


@pytest.fixture
def archive(any_app_context: object) -> None:
    """A story of many words, each of them rare."""
    del any_app_context
    body = f"<p>{' ثم '.join(RARE)} في دبي ونيويورك، وعملة جديدة.</p>"
    publish(draft(proposal(headline="القناة تفتح", body_html=body), BY), BY, at=MORNING)


def questions(query: str) -> int:
    with asked() as statements:
        plan(query)
    return len(statements)


@pytest.mark.usefixtures("archive")
def test_a_long_query_of_rare_words_asks_twice_as_one_of_two_words_does():
    assert questions(" ".join(RARE[:2])) == questions(" ".join(RARE)) == 2


@pytest.mark.usefixtures("archive")
def test_words_that_are_no_slips_are_asked_for_once():
    for number in range(4):
        publish(draft(proposal(headline=f"القناة تفتح {number}"), BY), BY, at=MORNING)
    assert questions("القناة قنا* دبي") == 1


@pytest.mark.usefixtures("archive")
def test_words_of_every_kind_are_asked_for_together():
    each = "دبي عبدالله نيويورك العملة عملات ترامب فيتو حق النقض قنا* قهو* «البنك المركزي»"
    assert len(each.split()) <= WORDS
    assert questions(each) == 2


@pytest.mark.usefixtures("archive")
def test_a_query_on_the_other_keyboard_asks_no_more_often():
    assert plan("hgrkhi").read_as == "القناه"
    assert questions("hgrkhi") == 2


@pytest.mark.usefixtures("archive")
def test_each_rare_word_gets_its_own_near_words():
    publish(
        draft(proposal(headline="المستنقع والبرتقالة", body_html="<p>والقرصان.</p>"), BY),
        BY,
        at=MORNING,
    )
    groups = {group.text: group for group in plan("الزنجيل البرتقل القناة").groups}
    near = {
        written: {form.term for form in group.forms if form.weight == NEAR}
        for written, group in groups.items()
    }
    assert near["الزنجيل"] and near["البرتقل"]
    assert not near["الزنجيل"] & near["البرتقل"]
