"""Where a story leads: insets and cards that never repeat one another."""

from __future__ import annotations

from datetime import timedelta

import pytest
from factories.story import BY, MORNING, body, proposal
from sqlalchemy import select

from khabarayn.article.blocks import PinnedSeeAlso
from khabarayn.article.parse import parse
from khabarayn.article.story import Story
from khabarayn.desk.stories import links
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.enter import reconnect
from khabarayn.desk.stories.publish import publish
from khabarayn.related.candidates import candidates
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow, LinkRow
from khabarayn.store.queries.story import article_by_id

pytestmark = pytest.mark.usefixtures("any_app_context")


def told(hours=0, **given):
    public_id = draft(proposal(**given), BY)
    publish(public_id, BY, at=MORNING + timedelta(hours=hours))
    return public_id


def read(public_id) -> Story:
    found = article_by_id(public_id)
    assert isinstance(found, Story)
    return found


def used(story: Story) -> list[str]:
    return [inset.card.id for inset in story.see_also] + [card.id for card in story.related]


def test_each_story_is_used_once_and_never_itself():
    ids = [told(n, body_html=body(n, 12), tags=("مدن",)) for n in range(12)]
    reconnect(ids)
    for public_id in ids:
        story = read(public_id)
        assert story.see_also
        assert len(story.related) == 4
        assert len(set(used(story))) == len(used(story))
        assert public_id not in used(story)


def test_shared_tags_come_before_the_section_and_the_section_before_the_rest():
    apart = {"standfirst": "", "body_html": "<p>خيول بيضاء ركضت بعيدًا.</p>"}
    elsewhere = told(9, section="sport", tags=("كرة",), headline="سباق الهجن", **apart)
    apart["body_html"] = "<p>أمواج هادئة لامست شاطئًا.</p>"
    same_section = told(3, section="news", tags=("بحر",), headline="مد وجزر", **apart)
    same_tag = told(1, section="sport", tags=("جسور",))
    here = told(10, section="news", tags=("جسور",), body_html=body(1, 1))
    assert used(read(here)) == [same_tag, same_section, elsewhere]


def test_an_inset_leads_only_to_a_story_that_shares_something():
    told(1, section="sport", tags=("كرة",))
    here = told(2, section="news", tags=("جسور",), body_html=body(1, 12))
    story = read(here)
    assert story.see_also == ()
    assert len(story.related) == 1


def test_insets_and_cards_take_turns_at_the_closest_stories():
    ids = [told(n, body_html=body(n, 12), tags=("مدن",)) for n in range(8)]
    reconnect(ids[-1:])
    row = db.session.scalars(select(ArticleRow).where(ArticleRow.public_id == ids[-1])).one()
    names = dict(db.session.execute(select(ArticleRow.id, ArticleRow.public_id)).all())
    closest = [names[one.article_id] for one in candidates(row, 4)]
    story = read(ids[-1])
    assert story.see_also[0].card.id == closest[1]
    assert [card.id for card in story.related[:2]] == [closest[0], closest[2]]


def test_an_inset_is_left_out_rather_than_led_to_a_story_that_merely_shares_a_word(monkeypatch):
    ids = [told(n, body_html=body(n, 12), tags=("مدن",)) for n in range(4)]
    monkeypatch.setattr(links, "NEAR", 99.0)
    reconnect(ids)
    story = read(ids[0])
    assert story.see_also == ()
    assert len(story.related) == 3


def test_under_a_sensitive_story_stand_only_near_and_sober_stories():
    light = told(1, section="entertainment", tags=("جسور",))
    grave = told(2, section="entertainment", tags=("جسور",), sensitive=True)
    same = told(3, section="news", tags=("جسور",))
    apart = {"standfirst": "", "body_html": "<p>أمواج هادئة لامست شاطئًا.</p>"}
    far = told(4, section="news", tags=("بحر",), headline="مد وجزر", **apart)
    here = told(5, section="news", tags=("جسور",), sensitive=True)
    story = read(here)
    assert {card.id for card in story.related} == {grave, same}
    assert not {light, far} & set(used(story))


def test_a_pinned_inset_stands_where_the_editor_put_it():
    target = told(1, section="sport", tags=("كرة",))
    blocks = list(parse(body(1, 12)))
    blocks.insert(2, PinnedSeeAlso(target))
    here = told(2, blocks=tuple(blocks), tags=("جسور",))
    story = read(here)
    assert (story.see_also[0].card.id, story.see_also[0].after) == (target, 2)
    assert target not in [card.id for card in story.related]


def test_a_story_that_the_body_links_to_is_not_offered_again():
    target = told(1, tags=("جسور",))
    here = told(
        2, tags=("جسور",), body_html=body(3) + f'<p>اقرأ <a href="/a/{target}">هنا</a>.</p>'
    )
    assert target not in used(read(here))


def test_older_stories_learn_of_a_newer_one_and_every_link_has_a_reason():
    old = told(1, tags=("جسور",))
    new = told(2, tags=("جسور",))
    assert new in used(read(old))
    assert all(db.session.scalars(select(LinkRow.reason)))
