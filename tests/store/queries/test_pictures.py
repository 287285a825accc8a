"""The library is found by words, goes on by key, and knows what looks alike and what is used."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from factories.article import NOON, article
from factories.author import author
from factories.media import article_media, media

from khabarayn.desk.pictures.upload import found_by, store_fingerprint
from khabarayn.store.db import db
from khabarayn.store.queries.cards import BadKey
from khabarayn.store.queries.pictures import (
    NEAR,
    alike,
    alike_pictures,
    as_signed,
    distance,
    picture_by_id,
    picture_library,
    portraits_of,
    uses_of,
)

pytestmark = pytest.mark.usefixtures("any_app_context")


def held(**given):
    row = media(**given)
    row.words = found_by(row)
    return row


def ids(page) -> list[str]:
    return [one.id for one in page.pictures]


def test_the_newest_come_first_and_every_page_goes_on_where_the_last_ended():
    rows = [held(created_at=NOON + timedelta(minutes=n // 2)) for n in range(7)]
    seen, key = [], ""
    while True:
        page = picture_library(before=key, limit=3)
        seen += ids(page)
        key = page.next_key
        if not key:
            break
    assert seen == [row.public_id for row in reversed(rows)]


@pytest.mark.parametrize("key", ["x", "0", "-1", "1.2", "٣", "9" * 17])
def test_a_key_of_nobody_is_refused(key):
    with pytest.raises(BadKey):
        picture_library(before=key)


@pytest.mark.parametrize(
    "query", ["والجسر", "جسر النهر", "بالجِسْر", "سلمى", "نهر جسر", "bridge", "100%"]
)
def test_a_picture_is_found_by_the_words_around_it(query):
    wanted = held(alt="جسر على النهر 100%", credit="سلمى", name="old-bridge-2.jpg")
    held(alt="برج")
    assert ids(picture_library(query)) == [wanted.public_id]


def test_words_that_a_picture_has_not_find_nothing():
    held(alt="جسر على النهر")
    assert ids(picture_library("جسر قطار")) == []
    assert ids(picture_library("%")) != []


def test_silent_pictures_are_those_that_need_words():
    silent = held()
    held(alt="جسر")
    held(decorative="فاصل")
    assert ids(picture_library(silent=True)) == [silent.public_id]


def test_what_has_been_replaced_is_out_of_the_library_but_not_lost():
    new = held(alt="جديد")
    old = held(alt="قديم", replaced_by=new.id)
    assert ids(picture_library()) == [new.public_id]
    found = picture_by_id(old.public_id)
    assert found
    assert found.replaced_by == new.public_id
    assert picture_by_id("none") is None


def test_like_is_found_among_many_up_to_six_bits_and_no_further():
    dice = Random(7)
    look = dice.getrandbits(64)
    for _ in range(300):
        store_fingerprint(media(), f"{dice.getrandbits(64):016x}")
    near = []
    for bits in range(9):
        row = media()
        changed = look
        for place in dice.sample(range(64), bits):
            changed ^= 1 << place
        store_fingerprint(row, f"{changed:016x}")
        near.append((row.id, bits))
    db.session.flush()
    assert alike(as_signed(f"{look:016x}")) == near[: NEAR + 1]
    assert alike(as_signed(f"{look:016x}"), but=near[0][0]) == near[1 : NEAR + 1]


def test_every_difference_of_six_bits_is_found_wherever_it_lies():
    dice = Random(11)
    look = as_signed(f"{dice.getrandbits(64):016x}")
    rows = {}
    for _ in range(150):
        changed = look & ((1 << 64) - 1)
        for place in dice.sample(range(64), NEAR):
            changed ^= 1 << place
        row = media()
        store_fingerprint(row, f"{changed:016x}")
        rows[row.id] = as_signed(f"{changed:016x}")
    db.session.flush()
    assert {number for number, _ in alike(look)} == set(rows)
    assert all(distance(look, other) == NEAR for other in rows.values())


def test_like_pictures_are_told_with_their_distance():
    one, other, far = media(), media(), media()
    for row, look in ((one, "00ff00ff00ff00ff"), (other, "00ff00ff00ff00fe"), (far, "f" * 16)):
        store_fingerprint(row, look)
    db.session.flush()
    found = alike_pictures(picture_by_id(one.public_id))
    assert [(like.picture.id, like.bits) for like in found] == [(other.public_id, 1)]
    assert alike_pictures(picture_by_id(media().public_id)) == ()


def test_uses_are_leads_insides_and_portraits_each_story_once():
    row = media()
    lead = article(lead_id=row.id, headline="يتصدر")
    inside = article(headline="في المتن", status="draft")
    for story in (lead, inside):
        article_media(article_id=story.id, media_id=row.id)
    samar = author(portrait_id=row.id)
    found = picture_by_id(row.public_id)
    assert [(use.headline, use.status, use.lead) for use in uses_of(found)] == [
        ("في المتن", "draft", False),
        ("يتصدر", "published", True),
    ]
    assert portraits_of(found) == ((samar.slug, samar.name),)
    assert uses_of(picture_by_id(media().public_id)) == ()
