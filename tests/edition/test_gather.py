"""A story is collected just as the site serves it."""

from __future__ import annotations

import pytest
from edition.conftest import Pages, make_card

from khabarayn.edition.gather import Answer, NotServed, part, story_parts


def test_page_first_then_its_fragments_then_one_picture_of_each(pages: Pages) -> None:
    card = make_card(0)
    pages.add(card, rev=7)
    story = story_parts(card, pages)
    assert [p.path for p in story.text] == [
        f"/a/{card.id}",
        f"/_f/see-also/{card.id}/1",
        f"/_f/related/{card.id}",
    ]
    assert [p.path for p in story.pictures] == [f"/media/pic{card.id[3:]}/800.avif"]
    assert story.assets == ("/static/css/app.0123456789ab.css",)
    assert story.rev == 7


def test_an_empty_fragment_is_left_to_its_link(pages: Pages) -> None:
    card = make_card(0)
    pages.add(card)
    pages.pages[f"/_f/related/{card.id}"] = Answer(204, (), b"")
    assert len(story_parts(card, pages).text) == 2


def test_a_withdrawn_story_is_not_collected(pages: Pages) -> None:
    card = make_card(0)
    pages.pages[f"/a/{card.id}"] = Answer(410, (), b"")
    with pytest.raises(NotServed) as caught:
        story_parts(card, pages)
    assert caught.value.status == 410


def test_an_answer_with_a_cookie_never_travels(pages: Pages) -> None:
    pages.pages["/a/x"] = Answer(200, (("Set-Cookie", "session=1"),), b"<html>")
    with pytest.raises(NotServed):
        part("/a/x", "article", pages)


def test_a_thumbnail_travels_in_its_smallest_size(pages: Pages) -> None:
    card = make_card(0)
    pages.add(card)
    pages.put(
        f"/_f/related/{card.id}",
        b'<img src="/media/thumb222/4x3-640.jpg" srcset="/media/thumb222/4x3-320.avif 320w, '
        b'/media/thumb222/4x3-640.avif 640w">',
    )
    pages.put("/media/thumb222/4x3-320.avif", b"avif", "image/avif")
    paths = [p.path for p in story_parts(card, pages).pictures]
    assert "/media/thumb222/4x3-320.avif" in paths
    assert len(paths) == 2
