"""What an editor changed is never lost to what the source says later."""

from __future__ import annotations

from khabarayn.article.blocks import Paragraph
from khabarayn.article.content import Content
from khabarayn.article.update import updated


def said(*texts: str, **fields: object) -> Content:
    blocks = tuple(Paragraph(text) for text in texts)
    return Content(**{"headline": "عنوان", "section": "news", "blocks": blocks, **fields})  # type: ignore[arg-type]


BASE = said("أولى", "ثانية", "ثالثة", slug="title")


def test_changes_of_different_things_meet():
    ours = said("أولى", "ثانية حرّرها محرر", "ثالثة", teaser="للمشاركة")
    theirs = said("أولى", "ثانية", "ثالثة", "رابعة", headline="عنوان جديد", slug="new")
    update = updated(BASE, ours, theirs)
    assert update.clashes == ()
    texts = [block.html for block in update.content.blocks]
    assert texts == ["أولى", "ثانية حرّرها محرر", "ثالثة", "رابعة"]
    assert (update.content.headline, update.content.slug) == ("عنوان جديد", "new")
    assert update.content.teaser == "للمشاركة"
    assert update.content.word_count == 6


def test_what_both_changed_is_named_and_ours_stands():
    ours = said("أولى", "ثانية من محرر", "ثالثة", headline="عنوان المحرر")
    theirs = said("أولى", "ثانية من المصدر", "ثالثة", headline="عنوان المصدر")
    update = updated(BASE, ours, theirs)
    assert update.clashes == ("headline", "blocks")
    assert (update.content.headline, update.content.blocks) == (ours.headline, ours.blocks)


def test_the_same_change_of_both_is_no_clash():
    both = said("أولى", "ثانية وزيادة", "ثالثة")
    assert updated(BASE, both, both).clashes == ()


def test_without_a_base_every_difference_is_a_clash():
    assert updated(None, BASE, said("أخرى")).clashes == ("blocks",)
