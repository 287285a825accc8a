"""The form's text and the story's blocks say the same, there and back."""

import pytest
from article.demo_bodies import demo_bodies, known
from article.test_markup import WHOLE

from khabarayn.article.blocks import Paragraph
from khabarayn.article.compare import bodies, compose, pairs
from khabarayn.article.form import StoryForm, body_of

STORIES = dict(demo_bodies())


def test_there_are_stories():
    assert len(STORIES) > 30


@pytest.mark.parametrize("name", STORIES)
def test_every_demo_story_comes_back_from_its_form_as_it_was(name):
    assert StoryForm(body=body_of(STORIES[name])).blocks() == STORIES[name]


def test_every_kind_of_block_comes_back():
    blocks = tuple(map(known, WHOLE))
    assert StoryForm(body=body_of(blocks)).blocks() == blocks


def test_plain_text_is_paragraphs():
    assert StoryForm(body="أول\r\nسطر\r\n\r\nثانٍ <3").blocks() == (
        Paragraph("أول سطر"),
        Paragraph("ثانٍ &lt;3"),
    )


def test_a_form_is_what_its_json_says():
    form = StoryForm(headline="خبر", body="<p>نص</p>", sensitive=True)
    assert StoryForm.of(form.to_json()) == form
    assert form.to_json() == {
        "headline": "خبر", "body": "<p>نص</p>", "language": "ar", "sensitive": True,
    }  # fmt: skip


BASE = StoryForm(headline="خبر", teaser="قديم", body="<p>أول.</p><p>ثانٍ.</p><p>ثالث.</p>")


def test_what_only_one_changed_is_picked_by_itself():
    mine = StoryForm(headline="خبر سمر", teaser="قديم", body=BASE.body)
    theirs = StoryForm(headline="خبر", teaser="جديد", body=BASE.body, breaking=True)
    assert {pair.field: pair.pick for pair in pairs(BASE, mine, theirs)} == {
        "headline": "mine", "teaser": "theirs", "breaking": "theirs",
    }  # fmt: skip
    one = compose(BASE, mine, theirs, {})
    assert (one.headline, one.teaser, one.breaking) == ("خبر سمر", "جديد", True)


def test_what_both_changed_waits_for_a_person():
    mine, theirs = StoryForm(headline="سمر"), StoryForm(headline="كريم")
    assert pairs(BASE, mine, theirs)[0].pick == ""
    assert compose(BASE, mine, theirs, {"headline": "theirs"}).headline == "كريم"


def test_two_bodies_become_one():
    mine = StoryForm(body="<p>أول!</p><p>ثانٍ.</p><p>ثالث.</p>")
    theirs = StoryForm(body="<p>أول.</p><p>ثانٍ.</p><p>ثالث.</p><p>رابع.</p>")
    found = bodies(BASE, mine, theirs)
    assert found and found.clashes == 0
    one = compose(BASE, mine, theirs, {"body": "both"})
    assert [b.html for b in one.blocks()] == ["أول!", "ثانٍ.", "ثالث.", "رابع."]
    assert compose(BASE, mine, theirs, {"body": "theirs"}).body == theirs.body
    assert bodies(BASE, mine, mine) is None
