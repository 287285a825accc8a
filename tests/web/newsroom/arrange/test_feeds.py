"""The chief editor tries a feed, subscribes to it, sees its health and ends it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from factories.feed import Agency, agency, feed, rss
from flask import Flask

from khabarayn.ingest.feeds import read_due_feeds
from khabarayn.settings import settings_of
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow, FeedRow

ADDRESS = "/newsroom/arrange/feeds"


@pytest.fixture
def far(app: Flask) -> Iterator[Agency]:
    app.config["KHABARAYN"] = replace(settings_of(app.config), fetch_private=True)
    with agency() as made:
        made.data = rss(("library", "المكتبة تفتح قاعة جديدة"))
        yield made


def form(far: Agency, **changes: str) -> dict[str, str]:
    usual = {"url": far.url, "source": "وكالة الواحة", "status": "draft", "minutes": "30"}
    return {**usual, "section": "", **changes}


def test_only_the_chief_sees_feeds(app, enter):
    with app.app_context():
        number = feed().id
        db.session.commit()
    for address in (ADDRESS, f"{ADDRESS}/{number}"):
        assert enter("editor").get(address).status_code == 403
        assert enter("chief").get(address).status_code == 200
    assert enter("chief").get(f"{ADDRESS}/999").status_code == 404


def test_a_feed_is_tried_before_anything_is_written(app, enter, far):
    page = enter("chief").post(f"{ADDRESS}/check", data=form(far))
    assert page.status_code == 200
    assert "المكتبة تفتح قاعة جديدة" in page.text
    assert f'value="{far.url}"' in page.text
    with app.app_context():
        assert db.session.query(ArticleRow).count() == db.session.query(FeedRow).count() == 0


def test_a_feed_that_does_not_answer_says_so_beside_its_address(enter, far):
    far.status = 404
    page = enter("chief").post(f"{ADDRESS}/check", data=form(far))
    assert page.status_code == 422
    assert "404" in page.text
    assert 'aria-describedby="bad-url"' in page.text


def test_the_worker_brings_what_was_subscribed_to_and_the_page_shows_it(app, enter, far):
    chief = enter("chief")
    answer = chief.post(ADDRESS, data=form(far))
    assert answer.status_code == 303
    with app.app_context():
        settings = settings_of(app.config)
        assert read_due_feeds(settings, app.extensions["khabarayn.media"], lambda: False) == 1
    one = chief.get(answer.headers["Location"])
    assert "قُبل: 1" in one.text
    assert "المكتبة تفتح قاعة جديدة" in one.text
    far.status = 500
    assert chief.post(f"{answer.headers['Location']}/ask").status_code == 303
    with app.app_context():
        read_due_feeds(settings, app.extensions["khabarayn.media"], lambda: False)
    assert "500" in chief.get(answer.headers["Location"]).text
    assert "500" in chief.get(ADDRESS).text
    chief.post(f"{answer.headers['Location']}/pause")
    assert "موقوفة" in chief.get(ADDRESS).text
    chief.post(f"{answer.headers['Location']}/delete")
    assert far.url not in chief.get(ADDRESS).text


def test_a_form_with_faults_keeps_what_was_typed(enter, far):
    page = enter("chief").post(ADDRESS, data=form(far, url="agency", source="اسم كتبته"))
    assert page.status_code == 422
    assert "اسم كتبته" in page.text
    assert 'aria-describedby="bad-url"' in page.text
