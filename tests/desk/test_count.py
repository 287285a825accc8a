"""Sums of a day are kept, of nobody, and not at all when the paper does not want them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from factories.count import day_count
from factories.story import BY, story
from sqlalchemy import select

from khabarayn.desk import count as verb
from khabarayn.desk.arrange.site_settings import PaperSettings, set_site
from khabarayn.desk.count import KEEP_DAYS, count, count_read, forget_old_counts
from khabarayn.store.db import db, now
from khabarayn.store.models import CountRow, ReadsRow


def sums(kind: str) -> dict[str, int]:
    rows = db.session.execute(select(CountRow.name, CountRow.count).where(CountRow.kind == kind))
    return {row.name: row.count for row in rows}


def test_what_happens_twice_is_two(any_app_context):
    for kind, name in (("share", "whatsapp"), ("save", ""), ("edition", "full")):
        assert count(kind, name)
        assert count(kind, name)
        assert sums(kind) == {name: 2}


def test_searches_in_vain_are_counted_by_their_folded_words(any_app_context):
    for text in ("  الجِسْر العتيق", "الجسر العتيق؟", "الجسر العتيق"):
        assert count("nothing", text)
    assert list(sums("nothing").values()) == [3]


@pytest.mark.parametrize(
    ("kind", "name"),
    [("share", "carrier-pigeon"), ("edition", ""), ("else", "x"), ("", ""), ("nothing", " ؟ "),
     ("nothing", "samar@example.org"), ("nothing", "0501234567"), ("nothing", "https://x.example")],
)  # fmt: skip
def test_what_is_nobodys_business_is_not_counted(any_app_context, kind, name):
    assert not count(kind, name)
    assert db.session.scalars(select(CountRow)).all() == []


def test_a_flood_of_different_words_fills_nothing(any_app_context, monkeypatch):
    monkeypatch.setattr(verb, "DISTINCT", 3)
    for word in ("واحد", "اثنان", "ثلاثه", "اربعه", "خمسه"):
        count("nothing", word)
    assert len(sums("nothing")) == 3
    assert count("nothing", "واحد")
    assert sums("nothing")["واحد"] == 2


def test_a_paper_that_does_not_want_numbers_has_none(any_app):
    public_id = story(any_app)
    with any_app.app_context():
        set_site(PaperSettings(counting=False), BY, [])
        count_read(public_id)
        assert not count("save")
        assert db.session.scalars(select(ReadsRow)).all() == []
        assert db.session.scalars(select(CountRow)).all() == []


def test_sums_of_long_ago_are_forgotten(any_app_context):
    today = now().date()
    day_count(day=today - timedelta(days=KEEP_DAYS + 1))
    day_count(day=today - timedelta(days=KEEP_DAYS - 1))
    assert forget_old_counts() == 1
    assert len(db.session.scalars(select(CountRow)).all()) == 1
